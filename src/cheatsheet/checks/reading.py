"""PDF bytes → what a reader of the file can see: pages, words, links, outline, fonts.

pypdf reads the structure, PDFium the words on a page and under a rectangle.
"""

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pypdf
import pypdfium2
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from cheatsheet.findings import Finding, error

OPEN = error(
    "pdf-open",
    "The file is not a PDF that can be read.",
    "build it again; a finished book is neither damaged nor encrypted",
)

Rectangle = tuple[float, float, float, float]
"""Left, bottom, right, top in pt from the page's lower left corner."""


@dataclass(frozen=True)
class Destination:
    """A place in the PDF: a 1-based page, and how far up it, in pt."""

    page: int
    top: float


@dataclass(frozen=True)
class Link:
    """A link annotation on a 1-based page.

    An internal link has a `name` or a `page_reached`, an external one a `uri`; `other` names any
    other kind of action. `words` are those under its rectangle.
    """

    page: int
    rectangle: Rectangle
    words: str
    name: str | None = None
    page_reached: int | None = None
    uri: str | None = None
    other: str | None = None


@dataclass(frozen=True)
class OutlineEntry:
    """A line of the outline: its title, its level from 1, and its 1-based page (None if dead)."""

    title: str
    level: int
    page: int | None


class Reading:
    """An opened PDF. Page numbers are 1-based."""

    def __init__(self, reader: pypdf.PdfReader, document: pypdfium2.PdfDocument) -> None:
        self._reader = reader
        self._document = document
        self._text_pages: dict[int, Any] = {}
        self._texts: dict[int, str] = {}

    @cached_property
    def pages(self) -> int:
        """The number of pages."""
        return len(self._reader.pages)

    @cached_property
    def sizes(self) -> list[tuple[float, float]]:
        """Each page's width and height in pt."""
        boxes = [page.mediabox for page in self._reader.pages]
        return [(float(box.width), float(box.height)) for box in boxes]

    @cached_property
    def labels(self) -> list[str]:
        """Each page's label, as a viewer shows it."""
        return list(self._reader.page_labels)

    @cached_property
    def destinations(self) -> Mapping[str, Destination]:
        """The named destinations."""
        found = {}
        for name, target in self._reader.named_destinations.items():
            page = self._page_of(target.page)
            if page is not None:
                top = target.top if target.top is not None else self.sizes[page - 1][1]
                found[name] = Destination(page, float(top))
        return found

    @cached_property
    def links(self) -> list[Link]:
        """The links of all pages, in order; one that breaks over lines is one link a line."""
        return [link for number in range(1, self.pages + 1) for link in self._links_on(number)]

    @cached_property
    def outline(self) -> list[OutlineEntry]:
        """The outline's lines, in order."""
        return list(self._outline_entries(self._reader.outline, 1))

    @cached_property
    def fonts(self) -> Mapping[str, bool]:
        """The names of all fonts and whether each is embedded and has a way back to Unicode."""
        found: dict[str, bool] = {}
        for page in self._reader.pages:
            fonts = page.get("/Resources", {}).get("/Font", {})
            for font in _resolved(fonts).values():
                name, whole = _font(_resolved(font))
                found[name] = found.get(name, True) and whole
        return found

    @cached_property
    def information(self) -> Mapping[str, str]:
        """The document's title, author, language, and whether it is tagged and shows its title."""
        root: Any = self._reader.root_object
        info: Any = self._reader.metadata or {}
        return {
            "title": str(info.get("/Title", "")),
            "author": str(info.get("/Author", "")),
            "language": str(root.get("/Lang", "")),
            "tagged": str(_resolved(root.get("/MarkInfo", {})).get("/Marked", False)),
            "shows title": str(
                _resolved(root.get("/ViewerPreferences", {})).get("/DisplayDocTitle", False)
            ),
        }

    def text(self, page: int) -> str:
        """Return a page's text."""
        if page not in self._texts:
            self._texts[page] = self._text_page(page).get_text_range()
        return self._texts[page]

    def words_in(self, page: int, rectangle: Rectangle) -> str:
        """Return the words under a rectangle of a page, in one line."""
        words = self._text_page(page).get_text_bounded(*rectangle)
        return " ".join(words.split())

    def resolve(self, link: Link) -> int | None:
        """Return the page that an internal link reaches, or None."""
        if link.name is not None:
            target = self.destinations.get(link.name)
            return target.page if target else None
        return link.page_reached

    @cached_property
    def bytes(self) -> bytes:
        """The file itself."""
        self._reader.stream.seek(0)
        return self._reader.stream.read()

    @property
    def revisions(self) -> int:
        """How often the file was saved, the first time or by appending (ISO 32000-1, 7.5.6)."""
        return self.bytes.count(b"startxref")

    def objects(self) -> Iterator[tuple[int, Any]]:
        """Yield each indirect object, whether or not anything leads to it: (number, value)."""
        tables = self._reader.xref.items()
        numbers = {(number, generation) for generation, table in tables for number in table}
        numbers |= {(number, 0) for number in self._reader.xref_objStm}
        for number, generation in sorted(numbers):
            yield number, IndirectObject(number, generation, self._reader).get_object()

    def counts(self) -> dict[str, int]:
        """Return how much of what there is in the file."""
        return {
            "pages": self.pages,
            "links": len(self.links),
            "destinations": len(self.destinations),
            "outline": len(self.outline),
            "fonts": len(self.fonts),
        }

    def _text_page(self, page: int) -> Any:
        """Return PDFium's text of a page."""
        if page not in self._text_pages:
            self._text_pages[page] = self._document[page - 1].get_textpage()
        return self._text_pages[page]

    def _page_of(self, reference: Any) -> int | None:
        """Return the number of the page that a reference points to, or None."""
        if not isinstance(reference, IndirectObject):
            return None
        return self._page_numbers.get(reference.idnum)

    @cached_property
    def _page_numbers(self) -> dict[int, int]:
        """The pages' numbers by object number."""
        references = (page.indirect_reference for page in self._reader.pages)
        return {ref.idnum: n for n, ref in enumerate(references, 1) if ref is not None}

    def _links_on(self, number: int) -> Iterator[Link]:
        """Yield the links of a page."""
        annotations = _resolved(self._reader.pages[number - 1].get("/Annots", ArrayObject()))
        for reference in annotations:
            annotation = _resolved(reference)
            if annotation.get("/Subtype") == "/Link":
                yield self._link(number, annotation)

    def _link(self, number: int, annotation: DictionaryObject) -> Link:
        """Return a link annotation as a link (ISO 32000-1, 12.5.6.5)."""
        x1, y1, x2, y2 = (float(value) for value in _resolved(annotation["/Rect"]))
        rectangle = (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
        link = Link(number, rectangle, self.words_in(number, rectangle))
        action = _resolved(annotation.get("/A", DictionaryObject()))
        target = _resolved(annotation.get("/Dest", action.get("/D")))
        kind = action.get("/S")
        if kind == "/URI":
            return replace(link, uri=str(action.get("/URI", "")))
        if kind not in {None, "/GoTo"} or target is None:
            return replace(link, other=str(kind or "nothing"))
        if isinstance(target, ArrayObject):
            return replace(link, page_reached=self._page_of(target[0]))
        return replace(link, name=str(target))

    def _outline_entries(self, items: Any, level: int) -> Iterator[OutlineEntry]:
        """Yield the entries of pypdf's nested outline; a list holds the last entry's children."""
        for item in items:
            if isinstance(item, list):
                yield from self._outline_entries(item, level + 1)
            else:
                yield OutlineEntry(str(item.title), level, self._page_of(item.page))


@contextmanager
def read_pdf(data: bytes) -> Iterator[Reading | Finding]:
    """Open a PDF from its bytes; yield a finding where it cannot be read."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=True)
        document = pypdfium2.PdfDocument(data)
    except (PyPdfError, pypdfium2.PdfiumError, ValueError) as problem:
        yield OPEN.finding(f"the file cannot be opened: {problem}")
        return
    try:
        if reader.is_encrypted:
            yield OPEN.finding("the file is encrypted")
        else:
            yield Reading(reader, document)
    finally:
        document.close()


def _resolved(value: Any) -> Any:
    """Return an object itself where it stands behind a reference."""
    return value.get_object() if isinstance(value, IndirectObject) else value


def _font(font: DictionaryObject) -> tuple[str, bool]:
    """Return a font's name and whether it is embedded and has a /ToUnicode map."""
    name = str(font.get("/BaseFont", "")).removeprefix("/")
    descendant = _resolved(_resolved(font.get("/DescendantFonts", [font]))[0])
    descriptor = _resolved(descendant.get("/FontDescriptor", DictionaryObject()))
    embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return name, embedded and "/ToUnicode" in font
