"""The metadata: title, author, language, and that Info and XMP say the same."""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from pypdf.generic import StreamObject

from cheatsheet.checks.asked import Asked
from cheatsheet.checks.objects import mapping, resolved
from cheatsheet.checks.reading import Reading
from cheatsheet.checks.report import BookChecks, GeneralChecks
from cheatsheet.findings import Finding, error

INFORMATION = error(
    "meta-information",
    "The file does not say its title, author or language, or is not tagged.",
    "set it where the file is made; a book has it from content/book.yaml",
)
XMP = error(
    "meta-xmp",
    "The file's two kinds of metadata, Info and XMP, do not say the same.",
    "write the file with a program that keeps the two alike",
)
UA = error(
    "meta-ua",
    "The file does not say that it keeps to PDF/UA-1, the standard for accessible PDF.",
    "the renderer is asked for it; see src/cheatsheet/pdf/layout.py",
)

MISSING = {
    "title": "it does not say its title",
    "author": "it does not say who wrote it",
    "language": "it does not say its language",
    "tagged": "it does not say that it is tagged",
    "shows title": "viewers show the file's name and not its title",
}
LARGEST_PACKET = 1_000_000  # bytes of XMP that are looked at
DC = "{http://purl.org/dc/elements/1.1/}"
PDF = "{http://ns.adobe.com/pdf/1.3/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
UA_PART = "{http://www.aiim.org/pdfua/ns/id/}part"
# Keys of Info and the XMP properties that say the same (ISO 16684-1; ISO 19005-1, 6.7.3).
SAME = {"/Title": f"{DC}title", "/Author": f"{DC}creator", "/Subject": f"{DC}description"}
SAME |= {"/Producer": f"{PDF}Producer"}


def something_is_said(pdf: Reading) -> Iterator[Finding]:
    """Yield a finding for each piece of information that is missing."""
    for name, value in pdf.information.items():
        if value in {"", "False"}:
            yield INFORMATION.finding(MISSING[name])


def metadata_agree(pdf: Reading) -> Iterator[Finding]:
    """Yield a finding for each thing that Info and XMP do not both say alike."""
    packet = _packet(pdf)
    if packet is None:
        yield XMP.finding("there is no XMP that can be read")
        return
    info = mapping(pdf.reader.trailer.get("/Info"))
    for key, name in SAME.items():
        one, other = str(resolved(info.get(key, ""))), _property(packet, name)
        if one != other:
            yield XMP.finding(
                f'{key.removeprefix("/")} is "{one}" in one and "{other}" in the other'
            )


def information_is_right(pdf: Reading, asked: Asked) -> Iterator[Finding]:
    """Yield a finding for each piece of information that is another than the book's."""
    book = asked.glossary.book
    wanted = {
        "title": f"{book.title}: {book.subtitle}",
        "author": book.author,
        "language": book.language,
    }
    for name, value in wanted.items():
        found = pdf.information[name]
        if found not in {"", value}:
            yield INFORMATION.finding(f'{name} is "{found}", and should be "{value}"')


def standard_is_claimed(pdf: Reading, _: Asked) -> Iterator[Finding]:
    """Yield a finding if the XMP does not claim PDF/UA-1 (ISO 14289-1, clause 5)."""
    packet = _packet(pdf)
    if packet is not None and _property(packet, UA_PART) != "1":
        yield UA.finding("the XMP has no pdfuaid:part of 1")


def _packet(pdf: Reading) -> ET.Element | None:
    """Return the document's XMP, or None if there is none, or none that can be read.

    A document type is refused: XMP has none, and its entities can grow without end.
    """
    stream = resolved(pdf.catalog.get("/Metadata"))
    if not isinstance(stream, StreamObject):
        return None
    data = stream.get_data()
    if len(data) > LARGEST_PACKET or b"<!DOCTYPE" in data:
        return None
    try:
        return ET.fromstring(data.strip(b"\0 \r\n\t"))  # noqa: S314 - no document type
    except ET.ParseError:
        return None


def _property(packet: ET.Element, name: str) -> str:
    """Return a property's text: an attribute, an element, or the first of its list."""
    for description in packet.iter(f"{RDF}Description"):
        if name in description.attrib:
            return description.attrib[name]
        element = description.find(name)
        if element is not None:
            return next(element.iter(f"{RDF}li"), element).text or ""
    return ""


GENERAL: GeneralChecks = {something_is_said: (INFORMATION,), metadata_agree: (XMP,)}
BOOK: BookChecks = {information_is_right: (INFORMATION,), standard_is_claimed: (UA,)}
