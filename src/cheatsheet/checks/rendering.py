"""What PDFium sees in a PDF: the words of its pages, and its own reading of links and outline."""

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2
from pypdfium2 import raw

from cheatsheet.checks.paragraphs import Paragraph, read_paragraphs
from cheatsheet.checks.runs import Rectangle, Run, read_runs

Goal = int | str | None
"""Where a link leads: a 1-based page, an address, or nowhere."""

DEEPEST = 32  # levels of an outline that are followed
LONGEST_ADDRESS = 4096
INCH_PT = 72


class Rendering:
    """A PDF as PDFium has it. Page numbers are 1-based."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document
        self._pages: dict[int, Any] = {}
        self._texts: dict[int, Any] = {}

    @property
    def pages(self) -> int:
        """The number of pages."""
        return len(self._document)

    def text(self, page: int) -> str:
        """Return a page's text; what stands outside its paper is left out."""
        return str(self._text(page).get_text_bounded())

    def paragraphs(self, page: int) -> list[Paragraph]:
        """Return the paragraphs of a page, as its tags have them."""
        return list(read_paragraphs(self._page(page).raw, self._text(page).raw))

    def runs(self, page: int) -> list[Run]:
        """Return the runs of text of a page, as they are drawn."""
        return list(read_runs(self._page(page), self._text(page)))

    def words_in(self, page: int, rectangle: Rectangle) -> str:
        """Return the words under a rectangle of a page, in one line."""
        words = self._text(page).get_text_bounded(*rectangle)
        return " ".join(words.split())

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
            found.append((mark.get_title(), None if index is None or index < 0 else index + 1))
        return found

    def resolutions(self, page: int) -> Iterator[float]:
        """Yield the pixels an inch of each picture on a page, in its coarser direction."""
        for item in self._page(page).get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
            width, height = item.get_px_size()
            left, bottom, right, top = item.get_bounds()
            inches = (right - left) / INCH_PT, (top - bottom) / INCH_PT
            if min(inches) > 0:
                yield min(width / inches[0], height / inches[1])

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

    def _page(self, page: int) -> Any:
        """Return a page."""
        if page not in self._pages:
            self._pages[page] = self._document[page - 1]
        return self._pages[page]

    def _text(self, page: int) -> Any:
        """Return PDFium's text of a page."""
        if page not in self._texts:
            self._texts[page] = self._page(page).get_textpage()
        return self._texts[page]
