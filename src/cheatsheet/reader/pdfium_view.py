"""What PDFium sees in a PDF: the words of its pages, and its own reading of links and outline."""

import ctypes
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw

from cheatsheet.reader.covers import read_covered
from cheatsheet.reader.paragraphs import Paragraph, read_paragraphs
from cheatsheet.reader.runs import Rectangle, Run, read_runs

Goal = int | str | None
"""Where a link leads: a 1-based page, an address, or nowhere."""

DEEPEST = 32  # levels of an outline that are followed
LONGEST_ADDRESS = 4096
LONGEST_NAME = 128  # bytes in UTF-16
DEEPEST_FORM = 8
OPEN_PAGES = 128  # pages that PDFium holds, some 0.3 MB each; with more, checks parse them again
OPEN_TEXTS = 8  # pages whose text PDFium holds, half a MB each; checks go from page to page
ARTIFACT = "Artifact"
KINDS = {
    raw.FPDF_PAGEOBJ_TEXT: "a text",
    raw.FPDF_PAGEOBJ_IMAGE: "a picture",
    raw.FPDF_PAGEOBJ_PATH: "a drawing",
    raw.FPDF_PAGEOBJ_SHADING: "a drawing",
}
INCH_PT = 72


class Piece(NamedTuple):
    """A piece of what is drawn: what it is, and how it is marked (ISO 32000-1, 14.6).

    `number` is its marked content's, or -1; `is_artifact` tells whether it is none of the contents.
    """

    handle: Any
    kind: str
    number: int
    is_artifact: bool

    @property
    def language(self) -> str:
        """The language that its marks say; "" if none does."""
        asked = raw.FPDFPageObjMark_GetParamStringValue
        return next(filter(None, (_said(asked, m, b"Lang") for m in _marks(self.handle))), "")


class PdfiumView:
    """A PDF as PDFium has it. Page numbers are 1-based."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document
        # What is dropped is closed when nobody uses it any more.
        self._page: Callable[[int], Any] = lru_cache(OPEN_PAGES)(lambda page: document[page - 1])
        self._text: Callable[[int], Any] = lru_cache(OPEN_TEXTS)(
            lambda page: self._page(page).get_textpage()
        )
        self._words = cache(lambda page: str(self._text(page).get_text_bounded()))

    @property
    def pages(self) -> int:
        """The number of pages."""
        return len(self._document)

    def text(self, page: int) -> str:
        """Return a page's text; what stands outside its paper is left out."""
        return self._words(page)

    def paragraphs(self, page: int) -> list[Paragraph]:
        """Return the paragraphs of a page, as its tags have them."""
        return list(read_paragraphs(self._page(page).raw, self._text(page).raw))

    def runs(self, page: int) -> list[Run]:
        """Return the runs of text of a page, as they are drawn."""
        return list(read_runs(self._page(page), self._text(page)))

    def covered(self, page: int) -> list[Rectangle]:
        """Return the parts of a page's texts that something is drawn over."""
        return list(read_covered(self._page(page)))

    def words_in(self, page: int, rectangle: Rectangle) -> str:
        """Return the words under a rectangle of a page, in one line."""
        return " ".join(self.text_in(page, rectangle).split())

    def text_in(self, page: int, rectangle: Rectangle) -> str:
        """Return the text under a rectangle of a page, line by line."""
        return str(self._text(page).get_text_bounded(*rectangle))

    def label(self, page: int) -> str:
        """Return a page's label."""
        return str(self._document.get_page_label(page - 1))

    def goals(self, page: int) -> list[Goal]:
        """Return where the links of a page lead, in the order of its annotations."""
        found: list[Goal] = []
        position, link = ctypes.c_int(0), raw.FPDF_LINK()
        while raw.FPDFLink_Enumerate(self._page(page), position, link):
            found.append(self._goal(link))
        return found

    def outline(self, longest: int) -> list[tuple[str, Goal]]:
        """Return the outline's titles and pages; at most `longest` lines, so that loops end."""
        found: list[tuple[str, Goal]] = []
        for mark in self._document.get_toc(max_depth=DEEPEST):
            if len(found) > longest:
                break
            target = mark.get_dest()
            index = target.get_index() if target else None
            title = " ".join(mark.get_title().split())
            found.append((title, None if index is None or index < 0 else index + 1))
        return found

    def resolutions(self, page: int) -> Iterator[float]:
        """Yield the pixels an inch of each picture on a page, in its coarser direction."""
        for item in self._page(page).get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
            width, height = item.get_px_size()
            left, bottom, right, top = item.get_bounds()
            inches = (right - left) / INCH_PT, (top - bottom) / INCH_PT
            if min(inches) > 0:
                yield min(width / inches[0], height / inches[1])

    def pieces(self, page: int) -> Iterator[Piece]:
        """Yield what is drawn on a page, piece by piece; forms in pieces, but for tagged ones."""
        loaded = self._page(page)
        count = raw.FPDFPage_CountObjects(loaded)
        yield from _pieces([raw.FPDFPage_GetObject(loaded, at) for at in range(count)], 0)

    def _goal(self, link: Any) -> Goal:
        """Return where a link leads."""
        target = raw.FPDFLink_GetDest(self._document, link)
        if target:
            index = raw.FPDFDest_GetDestPageIndex(self._document, target)
            return index + 1 if index >= 0 else None
        address = ctypes.create_string_buffer(LONGEST_ADDRESS)
        action = raw.FPDFLink_GetAction(link)
        if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
            return None
        raw.FPDFAction_GetURIPath(self._document, action, address, LONGEST_ADDRESS)
        return address.value.decode("utf-8", "replace")


def _pieces(handles: list[Any], depth: int) -> Iterator[Piece]:
    """Yield the pieces of some page objects."""
    for handle in handles:
        kind = raw.FPDFPageObj_GetType(handle)
        number = raw.FPDFPageObj_GetMarkedContentID(handle)
        marks = _marks(handle)
        names = (_said(raw.FPDFPageObjMark_GetName, mark) for mark in marks)
        is_artifact = len(marks) > (number >= 0) and ARTIFACT in names
        if kind in KINDS or number >= 0 or is_artifact or depth >= DEEPEST_FORM:
            yield Piece(handle, KINDS.get(kind, "a form"), number, is_artifact)
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            count = raw.FPDFFormObj_CountObjects(handle)
            inner = [raw.FPDFFormObj_GetObject(handle, at) for at in range(count)]
            yield from _pieces(inner, depth + 1)


def _marks(handle: Any) -> list[Any]:
    """Return the marks of a page object, the outermost first."""
    count = raw.FPDFPageObj_CountMarks(handle)
    return [raw.FPDFPageObj_GetMark(handle, at) for at in range(count)]


def _said(ask: Callable[..., Any], *asked: Any) -> str:
    """Return the text that a function of PDFium gives of a mark; "" if there is none."""
    length, text = ctypes.c_ulong(), (ctypes.c_ushort * LONGEST_NAME)()
    ask(*asked, text, LONGEST_NAME, length)
    return bytes(text)[: max(0, length.value - 2)].decode("utf-16-le", "replace")
