"""PDF bytes → pictures of pages, by PDFium: the same pixels that a browser's PDF viewer shows.

And where words stand in a picture.
"""

import gzip
import hashlib
import io
import struct
from collections.abc import Sequence
from ctypes import c_long, create_string_buffer
from functools import cached_property
from typing import Any, Self

import pypdfium2
from PIL import Image, ImageDraw
from pypdfium2 import PdfBitmap, raw

Area = tuple[float, float, float, float]
"""Left, top, width and height in pt from a page's upper left corner."""

WIDEST = 4096  # px, of a page in the browser
TALLEST = 8192  # px, of either side: a page of another shape than paper's is drawn smaller
LEVEL = 1  # of compression: what is small is sooner with the browser, by more than this takes
COMPARED = 1.0  # px a pt: at this scale two pages are compared
HEAD, INFO = 14, 40  # bytes of a BMP's two headers
EDGE = "#8a8f99"  # of a page that lies on paper


class PagePictures:
    """Makes pictures of the pages of a PDF, which is opened when something is first asked of it.

    Pages are 0-based. What cannot be opened raises PdfiumError (a RuntimeError). PDFium is not safe
    for threads: one thread at a time in the process.
    """

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf

    @cached_property
    def _document(self) -> pypdfium2.PdfDocument:
        """The opened PDF."""
        return pypdfium2.PdfDocument(self._pdf)

    def __enter__(self) -> Self:
        """Return this."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the PDF."""
        self.close()

    def close(self) -> None:
        """Close the PDF."""
        if "_document" in vars(self):
            self._document.close()

    def call(self, method: str, *values: Any) -> Any:
        """Return what a method returns: what `Bounded` does too, in another process."""
        return getattr(self, method)(*values)

    def __len__(self) -> int:
        """Return the number of pages."""
        return len(self._document)

    def size(self, page: int) -> tuple[float, float]:
        """Return a page's width and height in pt."""
        width, height = self._document.get_page_size(page)
        return width, height

    def picture(self, page: int, pixels_per_pt: float) -> Image.Image:
        """Return a page in RGB."""
        drawn = self._draw(page, pixels_per_pt)  # it has the pixels, and must outlive the image
        image: Image.Image = drawn.to_pil()
        return image.convert("RGB")

    def wide(self, page: int, width: int) -> Image.Image:
        """Return a page in RGB, `width` pixels wide."""
        return self.picture(page, width / self.size(page)[0])

    def draw(self, page: int, width: int) -> bytes:
        """Return a picture of a page, so many px wide if it may be: a BMP in gzip.

        PDFium's own pixels stand behind the header, copied once. A BMP is drawn from the bottom up,
        unless its height is negative; its rows are whole words, as PDFium's are (Microsoft,
        BITMAPINFOHEADER).
        """
        drawn = self._draw(page, self._scale(page, min(width, WIDEST) / self.size(page)[0]))
        pixels = bytes(drawn.buffer)
        size = drawn.width, -drawn.height, 1, 8 * drawn.n_channels
        head = struct.pack("<2sI4xI", b"BM", HEAD + INFO + len(pixels), HEAD + INFO)
        bitmap = head + struct.pack("<IiiHH24x", INFO, *size) + pixels
        return gzip.compress(bitmap, LEVEL, mtime=0)

    def look(self, page: int) -> bytes:
        """Return the digest of what a page looks like."""
        picture = self.picture(page, self._scale(page, COMPARED))
        return hashlib.blake2b(picture.tobytes()).digest()

    def _scale(self, page: int, wanted: float) -> float:
        """Return how many px a pt a page is drawn with: as wanted, as far as its sides allow."""
        return min(wanted, TALLEST / max(self.size(page)))

    def _draw(self, page: int, pixels_per_pt: float) -> PdfBitmap:
        """Return a page drawn by PDFium, in memory of its own, whose rows are whole words."""
        loaded = self._document[page]
        try:
            return loaded.render(scale=pixels_per_pt, bitmap_maker=PdfBitmap.new_foreign)
        finally:
            loaded.close()

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

    def find(self, page: int, phrases: Sequence[str]) -> list[Area]:
        """Return where the first of some phrases that is on a page stands: an area for each line.

        A phrase that does not stand there as it is written may stand in letters of another case.
        """
        loaded = self._document[page]
        try:
            text, height = loaded.get_textpage(), loaded.get_height()
            searches = (
                text.search(words, match_case=case) for words in phrases for case in (True, False)
            )
            found = next(filter(None, (search.get_next() for search in searches)), None)
            edges = [text.get_rect(n) for n in range(text.count_rects(*found))] if found else []
            return [(x1, height - y2, x2 - x1, y2 - y1) for x1, y1, x2, y2 in edges]
        finally:
            loaded.close()


def fit_width(image: Image.Image, width: int) -> Image.Image:
    """Return a picture made smaller to a width in px."""
    height = round(image.height * width / image.width)
    return image.resize((width, height), Image.Resampling.LANCZOS)


def on_square(image: Image.Image, side: int, paper: str) -> Image.Image:
    """Return a picture whole in the middle of a square of paper; `side` in px."""
    height = round(side * 0.94)
    small = fit_width(image, round(image.width * height / image.height))
    square = Image.new("RGB", (side, side), paper)
    square.paste(small, ((side - small.width) // 2, (side - small.height) // 2))
    return square


def fan(
    cover: Image.Image, pages: Sequence[Image.Image], size: tuple[int, int], paper: str
) -> Image.Image:
    """Return a cover, and beside it pages that lie one on the other, the last one whole.

    `size` is in px. The pages have the cover's shape.
    """
    width, height = size
    margin, gap = height // 12, height // 24
    picture = Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(picture)
    across = round(cover.width * (height - 2 * margin) / cover.height)
    start = margin + across + gap
    step = (width - margin - across - start) // max(len(pages) - 1, 1)
    for left, page in zip(
        (margin, *(start + index * step for index in range(len(pages)))),
        (cover, *pages),
        strict=True,
    ):
        small = fit_width(page, across)
        picture.paste(small, (left, margin))
        draw.rectangle((left, margin, left + across, margin + small.height), outline=EDGE, width=2)
    return picture


def png(image: Image.Image) -> bytes:
    """Return a picture as a PNG file."""
    output = io.BytesIO()
    image.save(output, "PNG", optimize=True)
    return output.getvalue()


def small_png(image: Image.Image, colours: int = 256) -> bytes:
    """Return a picture as a PNG file with few colours, which is a third of the size.

    Its ground, which its corner shows, keeps its colour: what it lies on may have the same.
    """
    output = io.BytesIO()
    few = image.quantize(colours, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette, corner = few.getpalette() or [], few.getpixel((0, 0))
    if image.mode == "RGB" and isinstance(corner, int):
        palette[3 * corner : 3 * corner + 3] = list(image.getpixel((0, 0)) or ())
        few.putpalette(palette)
    few.save(output, "PNG", optimize=True)
    return output.getvalue()
