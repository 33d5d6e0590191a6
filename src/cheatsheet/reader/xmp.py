"""The document's XMP metadata (ISO 16684-1)."""

from xml.etree import ElementTree as ET

from pypdf.generic import DictionaryObject, StreamObject

from cheatsheet.reader.objects import resolved

LARGEST = 1_000_000  # bytes of XMP that are looked at
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def read_xmp(catalog: DictionaryObject) -> ET.Element | None:
    """Return the document's XMP, or None if there is none, or none that can be read.

    A document type is refused: XMP has none, and its entities can grow without end.
    """
    stream = resolved(catalog.get("/Metadata"))
    if not isinstance(stream, StreamObject):
        return None
    data = stream.get_data()
    if len(data) > LARGEST or b"<!DOCTYPE" in data:
        return None
    try:
        return ET.fromstring(data.strip(b"\0 \r\n\t"))  # noqa: S314 - no document type
    except ET.ParseError:
        return None


def xmp_property(packet: ET.Element | None, name: str) -> str:
    """Return a property's text: an attribute, an element, or the first of its list."""
    for description in packet.iter(f"{RDF}Description") if packet is not None else ():
        if name in description.attrib:
            return description.attrib[name]
        element = description.find(name)
        if element is not None:
            return (next(element.iter(f"{RDF}li"), element).text or "").strip()
    return ""
