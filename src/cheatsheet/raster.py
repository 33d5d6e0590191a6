"""PDF bytes → pictures of pages, by PDFium: the same pixels that a browser's PDF viewer shows.

And where words stand in a picture.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_long, create_string_buffer

import pypdfium2
from PIL import Image
from pypdfium2 import raw


class PagePictures:
    """Makes pictures of the pages of one open PDF; pages are 0-based indices."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document

    def __len__(self) -> int:
        """Return the number of pages."""
        return len(self._document)

    def size(self, page: int) -> tuple[float, float]:
        """Return a page's width and height in pt."""
        width, height = self._document.get_page_size(page)
        return width, height

    def picture(self, page: int, pixels_per_pt: float) -> Image.Image:
        """Return a page in RGB."""
        loaded = self._document[page]
        try:
            image: Image.Image = loaded.render(scale=pixels_per_pt).to_pil()
        finally:
            loaded.close()
        return image.convert("RGB")

    def destinations(self) -> dict[str, int]:
        """Return the 0-based page of each named destination that leads to one."""
        found = {}
        for index in range(raw.FPDF_CountNamedDests(self._document)):
            length = c_long()
            raw.FPDF_GetNamedDest(self._document, index, None, length)  # tells the length alone
            name = create_string_buffer(length.value)
            place = raw.FPDF_GetNamedDest(self._document, index, name, length)
            page = raw.FPDFDest_GetDestPageIndex(self._document, place)
            if page >= 0:
                found[name.raw.decode("utf-16-le").rstrip("\0")] = page
        return found

    def find(self, page: int, words: str) -> list[tuple[float, float, float, float]]:
        """Return where words first stand on a page, case ignored: a rectangle for each line.

        A rectangle is its left, top, width and height in pt from the page's upper left corner.
        """
        loaded = self._document[page]
        try:
            text, height = loaded.get_textpage(), loaded.get_height()
            found = text.search(words).get_next()
            if found is None:
                return []
            edges = [text.get_rect(n) for n in range(text.count_rects(*found))]
            return [(x1, height - y2, x2 - x1, y2 - y1) for x1, y1, x2, y2 in edges]
        finally:
            loaded.close()


@contextmanager
def page_pictures(pdf: bytes) -> Iterator[PagePictures]:
    """Open a PDF for making pictures of its pages.

    Raises pypdfium2.PdfiumError for what PDFium cannot open. PDFium is not safe for threads: one
    thread at a time in the process.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield PagePictures(document)
    finally:
        document.close()
