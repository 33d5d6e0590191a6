"""The file as a whole: that it needs no repair, and that two readers see the same in it."""

import re
from collections.abc import Iterator

from pypdf.generic import ArrayObject, DictionaryObject, EncodedStreamObject

from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.checks.report import book_check, general_check
from cheatsheet.findings import Finding, error
from cheatsheet.reader.items import Link
from cheatsheet.reader.objects import listed, mapping, resolved, text_in
from cheatsheet.reader.pdfium_view import Goal
from cheatsheet.reader.pypdf_view import PypdfView
from cheatsheet.reader.streams import is_whole

REPAIR = error(
    "pdf-repair",
    "The file is against the PDF standard, so that readers have to guess.",
    "write the file again with another program",
)
READERS = error(
    "pdf-readers",
    "Two readers of the file, pypdf and PDFium, see different things in it.",
    "build it again; readers that guess differently lead people to different pages",
)
LARGE = error(
    "pdf-size",
    "The file is larger than its edition may be.",
    "look for a large picture or a font that is not subset; `kilobytes` in content/book.yaml",
)
REVISIONS = error(
    "pdf-revisions",
    "The file has been changed after it was made, and still has what was there before.",
    "build it again; what was removed from a page can still be read in the file",
)

OUTSIDE = error(
    "pdf-outside",
    "The file has something after its end.",
    "write the file again with another program; no reader shows what stands there",
)

LAYERS = error(
    "pdf-layers",
    "The file's layers have no name to choose them by, or show and hide themselves.",
    "write the file without layers, or name their settings and leave out /AS",
)

END = b"startxref"
LAST = re.compile(rb"startxref\s+\d+\s+%%EOF")
NEAR = 1024  # bytes: within so many of the end, readers look for the trailer (ISO 32000-1, annex H)


@general_check(REPAIR)
def no_repair_is_needed(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each thing that pypdf has to overlook when it reads the whole file."""
    _ = pdf.page_objects, pdf.destinations, pdf.outline, pdf.dictionaries
    for complaint in pdf.complaints:
        yield REPAIR.finding(complaint)
    broken = 0 if pdf.complaints else sum(map(_is_broken, pdf.dictionaries))
    if broken:
        what = "1 stream is" if broken == 1 else f"{broken} streams are"
        yield REPAIR.finding(f"{what} not what was packed: bytes have changed or are missing")


def _is_broken(value: DictionaryObject) -> bool:
    """Tell whether something is a Flate stream that is not whole."""
    if not isinstance(value, EncodedStreamObject):
        return False
    filters = resolved(value.get("/Filter"))
    first = filters[0] if isinstance(filters, ArrayObject) and filters else filters
    return first == "/FlateDecode" and not is_whole(bytes(value._data))  # noqa: SLF001 - as it is packed


@general_check(OUTSIDE)
def nothing_stands_outside(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for what stands after the last trailer."""
    ends = [found.end() for found in LAST.finditer(pdf.data)] or [len(pdf.data)]
    after = len(pdf.data[ends[-1] :].strip(b"\0 \t\r\n"))
    if after > NEAR:
        yield OUTSIDE.finding(f"{after} bytes stand after its end")


@general_check(LAYERS)
def layers_are_named(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each way in which settings of layers are wrong (ISO 14289-1, 7.10)."""
    layers = mapping(pdf.catalog.get("/OCProperties"))
    settings = [layers.get("/D"), *listed(layers.get("/Configs"))] if layers else []
    if not all(text_in(mapping(one).get("/Name")).strip() for one in settings):
        yield LAYERS.finding("settings of its layers have no name")
    if any("/AS" in mapping(one) for one in settings):
        yield LAYERS.finding("its layers show and hide themselves (/AS)")


@general_check(READERS)
def readers_agree(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding where PDFium has other pages, labels, links or outline entries."""
    if pdf.pages != pdf.rendering.pages:
        yield READERS.finding(f"one sees {pdf.pages} pages, the other {pdf.rendering.pages}")
        return
    for page, label in enumerate(pdf.labels, 1):
        if "/PageLabels" in pdf.catalog and pdf.rendering.label(page) != label:
            said = f'one calls the page "{label}", the other "{pdf.rendering.label(page)}"'
            yield READERS.on_page(page, said)
            break
    yield from _links_agree(pdf)
    yield from _outlines_agree(pdf)


def _links_agree(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each page where the two readers see links to other places."""
    links: dict[int, list[Link]] = {page: [] for page in range(1, pdf.pages + 1)}
    for link in pdf.links:
        links[link.page].append(link)
    for page, own in links.items():
        goals = pdf.rendering.goals(page)
        if len(goals) != len(own):
            yield READERS.on_page(page, f"one sees {len(own)} links, the other {len(goals)}")
            continue
        for link, other in zip(own, goals, strict=True):
            goal: Goal = link.uri if link.uri is not None else pdf.resolve(link)
            if goal != other and not link.other:
                message = f'"{link.words}" leads one to {goal}, and the other to {other}'
                yield READERS.on_page(page, message)


def _outlines_agree(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding if the two readers see another outline."""
    own: list[tuple[str, Goal]] = [(entry.title, entry.page) for entry in pdf.outline]
    other = pdf.rendering.outline(len(own))
    if own != other:
        differing = [one[0] for one, two in zip(own, other, strict=False) if one != two]
        first = f'"{differing[0]}"' if differing else f"its length, {len(own)} and {len(other)}"
        yield READERS.finding(f"they differ in the outline: {first}")


@book_check(LARGE)
def file_is_small(pdf: PypdfView, expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding if the file is larger than its edition may be."""
    size = len(pdf.data) / 1000
    if size > expected.edition.kilobytes:
        message = f"{size:.0f} KB, and book.yaml allows {expected.edition.kilobytes}"
        yield LARGE.finding(message)


@book_check(REVISIONS)
def file_has_one_revision(pdf: PypdfView, expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding if a change was appended to the file (ISO 32000-1, 7.5.6).

    The line of a buyer's copy is appended to a master that all copies share; a sample has none.
    """
    is_copy = (
        "/Licensee" in mapping(pdf.reader.trailer.get("/Info")) and not expected.edition.sample
    )
    if pdf.data.count(END) > 1 + is_copy:
        yield REVISIONS.finding(f"{pdf.data.count(END)} revisions are in the file")
