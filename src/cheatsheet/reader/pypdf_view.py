"""PDF bytes → what a reader of the file can see: pages, words, links, outline, fonts.

pypdf reads the structure, PDFium (rendering.py) the words on a page and under a rectangle.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

import pypdf
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    RectangleObject,
    StreamObject,
)

from cheatsheet.reader.encodings import coding_faults
from cheatsheet.reader.items import Destination, Font, Link, OutlineEntry
from cheatsheet.reader.objects import (
    every_object,
    has_text,
    is_embedded,
    listed,
    mapped_units,
    mapping,
    resolved,
    resources_of,
    text_in,
    values_in,
)
from cheatsheet.reader.pdfium_view import PdfiumView
from cheatsheet.reader.runs import Rectangle
from cheatsheet.reader.structure import Tag, read_tags
from cheatsheet.reader.xmp import read_xmp, xmp_property

TITLE = "{http://purl.org/dc/elements/1.1/}title"
AUTHOR = "{http://purl.org/dc/elements/1.1/}creator"
UNSEEN = 1 << 1 | 1 << 5  # of an annotation's flags: Hidden, NoView (ISO 32000-1, table 165)
BANDS_PT = (400, 200, 50, 25)  # the heights of a heading's lines, and of what floats beside them
EDGE, EDGE_PT = 0.2, 2.0  # of a link's height: accents of the line below may reach into it


@dataclass(eq=False)
class PypdfView:
    """An opened PDF. Page numbers are 1-based.

    `data` are the file's bytes, `rendering` is PDFium's reading of it. `complaints` is what pypdf
    had to overlook.
    """

    data: bytes
    reader: pypdf.PdfReader
    rendering: PdfiumView
    complaints: list[str]

    @cached_property
    def page_objects(self) -> list[DictionaryObject]:
        """The pages' dictionaries."""
        return list(self.reader.pages)

    @cached_property
    def page_references(self) -> list[int]:
        """The numbers of the pages' objects; 0 for one that has none."""
        references = (page.indirect_reference for page in self.reader.pages)
        return [reference.idnum if reference else 0 for reference in references]

    @property
    def pages(self) -> int:
        """The number of pages."""
        return len(self.page_objects)

    @cached_property
    def sizes(self) -> list[tuple[float, float]]:
        """Each page's width and height in pt, as it is cut (ISO 32000-1, 14.11.2, TrimBox)."""
        return [_size(page.mediabox, page.trimbox) for page in self.reader.pages]

    @cached_property
    def labels(self) -> list[str]:
        """Each page's label, as a viewer shows it."""
        return list(self.reader.page_labels)

    @cached_property
    def destinations(self) -> Mapping[str, Destination]:
        """The named destinations."""
        found = {}
        for name, target in self.reader.named_destinations.items():
            page = self._page_of(target.page)
            if page is not None:
                found[name] = Destination(page, self._top(target.top, page))
        return found

    @cached_property
    def links(self) -> list[Link]:
        """The links of all pages, in order; one that breaks over lines is one link a line."""
        return [
            self._link(number, annotation)
            for number, page in enumerate(self.page_objects, 1)
            for annotation in map(mapping, listed(page.get("/Annots")))
            if annotation.get("/Subtype") == "/Link"
        ]

    @cached_property
    def outline(self) -> list[OutlineEntry]:
        """The outline's lines, in order."""
        return list(self._outline_entries(self.reader.outline, 1))

    @cached_property
    def fonts(self) -> list[Font]:
        """All fonts that the pages are set in, by name."""
        found: dict[int, DictionaryObject] = {}
        seen: set[int] = set()
        for page in self.page_objects:
            for resources in resources_of(page, seen):
                fonts = mapping(resources.get("/Font"))
                found |= {id(font): font for font in map(mapping, dict.values(fonts))}
        return sorted({_font(font) for font in found.values()}, key=lambda font: font.name)

    @cached_property
    def catalog(self) -> DictionaryObject:
        """The root of the document."""
        return mapping(self.reader.root_object)

    @property
    def title(self) -> str:
        """The title that Info, or else XMP, says."""
        return self.info.get("/Title", "").strip() or xmp_property(self.xmp, TITLE)

    @property
    def author(self) -> str:
        """The author whom Info, or else XMP, names."""
        return self.info.get("/Author", "").strip() or xmp_property(self.xmp, AUTHOR)

    @property
    def language(self) -> str:
        """The language that the whole document has."""
        return text_in(self.catalog.get("/Lang"))

    @cached_property
    def info(self) -> Mapping[str, str]:
        """The texts of the document's information dictionary."""
        info = mapping(self.reader.trailer.get("/Info"))
        return {key: text_in(value) for key, value in info.items()}

    @cached_property
    def xmp(self) -> Element | None:
        """The document's XMP, or None if there is none that can be read."""
        return read_xmp(self.catalog)

    @cached_property
    def tags(self) -> list[Tag]:
        """The tags, in reading order."""
        return read_tags(mapping(self.catalog.get("/StructTreeRoot")))

    @cached_property
    def dictionaries(self) -> list[DictionaryObject]:
        """Every dictionary of the file, also those that nothing leads to."""
        return [value for value in self._values if isinstance(value, DictionaryObject)]

    @cached_property
    def strings(self) -> list[bytes]:
        """Every string of the file as UTF-8, whichever way it is written."""
        found = (value for value in self._values if not isinstance(value, DictionaryObject))
        return [s.encode("utf-8", "replace") if isinstance(s, str) else bytes(s) for s in found]

    @cached_property
    def _values(self) -> list[Any]:
        """Every dictionary and string of the file."""
        return [v for _, item in every_object(self.reader) for v in values_in(item)]

    def text(self, page: int) -> str:
        """Return a page's text."""
        return self.rendering.text(page)

    def words_in(self, page: int, rectangle: Rectangle) -> str:
        """Return the words under a rectangle of a page, in one line."""
        return self.rendering.words_in(page, rectangle)

    def words_at(self, target: Destination) -> Iterator[str]:
        """Yield the words in bands below a destination, the highest first: floats come first."""
        width = self.sizes[target.page - 1][0]
        bands = ((0.0, target.top - height, width, target.top + 1) for height in BANDS_PT)
        return (self.words_in(target.page, band) for band in bands)

    def resolve(self, link: Link) -> int | None:
        """Return the page that an internal link reaches, or None."""
        if link.name is not None:
            target = self.destinations.get(link.name)
            return target.page if target else None
        return link.page_reached

    @property
    def forms(self) -> Iterator[bytes]:
        """What the forms and patterns draw, also those that no page uses."""
        for found in self.dictionaries:
            drawn = found.get("/Subtype") == "/Form" or found.get("/PatternType") == 1
            if drawn and isinstance(found, StreamObject):
                yield found.get_data()

    @property
    def has_pictures(self) -> bool:
        """Whether a picture made of pixels is in the file."""
        return any(found.get("/Subtype") == "/Image" for found in self.dictionaries)

    def counts(self) -> dict[str, int]:
        """Return how much of what there is in the file."""
        return {
            "pages": self.pages,
            "links": len(self.links),
            "destinations": len(self.destinations),
            "outline": len(self.outline),
            "fonts": len({font.name for font in self.fonts}),
        }

    def _page_of(self, reference: Any) -> int | None:
        """Return the number of the page that a reference points to, or None."""
        if not isinstance(reference, IndirectObject):
            return None
        return self._page_numbers.get(reference.idnum)

    def _top(self, top: Any, page: int) -> float:
        """Return how far up a page a destination is, in pt; the page's top where it is left out.

        It may be null (ISO 32000-1, 12.3.2.2).
        """
        found = resolved(top)
        return float(found) if isinstance(found, int | float) else self.sizes[page - 1][1]

    @cached_property
    def _page_numbers(self) -> dict[int, int]:
        """The pages' numbers by object number; a page that stands twice has its first one."""
        numbered = list(enumerate(self.page_references, 1))
        return {reference: number for number, reference in reversed(numbered) if reference}

    def _link(self, number: int, annotation: DictionaryObject) -> Link:
        """Return a link annotation as a link (ISO 32000-1, 12.5.6.5)."""
        x1, y1, x2, y2 = (float(value) for value in listed(annotation["/Rect"]))
        rectangle = (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
        description = str(annotation.get("/Contents", ""))
        edge = min(EDGE * (rectangle[3] - rectangle[1]), EDGE_PT)
        inner = rectangle[0], rectangle[1] + edge, rectangle[2], rectangle[3] - edge
        words = self.words_in(number, inner)
        hidden = bool(int(resolved(annotation.get("/F", 0))) & UNSEEN)
        link = Link(number, rectangle, words, description=description, hidden=hidden)
        action = mapping(annotation.get("/A"))
        target = resolved(annotation.get("/Dest", action.get("/D")))
        kind = action.get("/S")
        if not {"/AA", "/PA"}.isdisjoint(annotation) or "/Next" in action:
            return replace(link, other="several things")
        if kind == "/URI":
            return replace(link, uri=str(action.get("/URI", "")))
        if kind not in {None, "/GoTo"} or target is None:
            return replace(link, other=str(kind or "nothing"))
        if isinstance(target, ArrayObject):
            return replace(link, page_reached=self._page_of(target[0]) if target else None)
        return replace(link, name=str(target))

    def _outline_entries(self, items: Any, level: int) -> Iterator[OutlineEntry]:
        """Yield the entries of pypdf's nested outline; a list holds the last entry's children."""
        for item in items:
            if isinstance(item, list):
                yield from self._outline_entries(item, level + 1)
            else:
                title, page = " ".join(str(item.title).split()), self._page_of(item.page)
                node = mapping(item.node)
                yield OutlineEntry(title, level, page, "/Dest" in node or "/A" in node)


def _font(font: DictionaryObject) -> Font:
    """Return a font's dictionary as a font."""
    name = str(font.get("/BaseFont", "")).removeprefix("/")
    readable, mapped, faults = has_text(font), mapped_units(font), tuple(coding_faults(font))
    return Font(name, is_embedded(font), readable, mapped, faults)


def _size(whole: RectangleObject, cut: RectangleObject) -> tuple[float, float]:
    """Return the width and height of what two boxes share."""
    width = min(whole.right, cut.right) - max(whole.left, cut.left)
    return float(width), float(min(whole.top, cut.top) - max(whole.bottom, cut.bottom))
