"""PDFs by digest → pictures of their pages. PDFium works in one thread of its own."""

import asyncio
import gzip
import hashlib
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TypeVar

from cheatsheet.pdf.section import Area
from cheatsheet.raster import PagePictures, page_pictures

T = TypeVar("T")

MEDIA_TYPE = "image/bmp"  # for a picture that travels no further, the quickest to make
ENCODING = "gzip"
LEVEL = 1  # of compression: what is small is sooner with the browser, by more than this takes
WIDEST = 4096  # px
COMPARED = 1.0  # px a pt: at this scale two pages are compared


class Pictures:
    """Opened PDFs, each under a key that is the digest of its bytes."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "pdfium")
        self._open: dict[str, tuple[ExitStack, PagePictures, bytes]] = {}
        self._widths: dict[tuple[str, int], int] = {}
        self._ahead: dict[tuple[str, int, int], asyncio.Task[bytes | None]] = {}

    async def add(self, pdf: bytes) -> str:
        """Open a PDF and return its key. Raises PdfiumError (a RuntimeError) if it is none."""
        key = hashlib.blake2b(pdf, digest_size=12).hexdigest()
        if key not in self._open:
            self._open[key] = await self._run(lambda: _opened(pdf))
        return key

    async def add_with_destinations(self, pdf: bytes) -> tuple[str, dict[str, int]]:
        """Open a PDF; return its key and the 0-based pages of its named destinations.

        Raises PdfiumError (a RuntimeError) if it is none.
        """
        destinations = await self._run(lambda: _destinations(pdf))
        return await self.add(pdf), destinations  # what is added may be closed again by `keep_only`

    async def keep_only(self, keys: Collection[str]) -> None:
        """Close all PDFs but these."""
        unwanted = [self._open.pop(key)[0] for key in self._open.keys() - keys]
        self._widths = {name: width for name, width in self._widths.items() if name[0] in keys}
        for stack in unwanted:  # one of them may be opened again meanwhile
            await self._run(stack.close)

    def pdf(self, key: str) -> bytes | None:
        """Return a PDF's bytes, or None if it is not open."""
        return self._open[key][2] if key in self._open else None

    async def picture(self, key: str, page: int, width: int) -> bytes | None:
        """Return a picture of a 0-based page, so many px wide, or None if there is no such page.

        It is a BMP in gzip.
        """
        self._widths[key, page] = width
        ahead = self._ahead.pop((key, page, width), None)
        return await ahead if ahead else await self._draw(key, page, width)

    def draw_ahead(self, key: str, page: int, instead: tuple[str, int]) -> None:
        """Begin to draw a page before it is asked for.

        It will be asked for as wide as the one, of another PDF, in whose place it comes.
        """
        if width := self._widths.get(instead):
            self._ahead = {(key, page, width): asyncio.create_task(self._draw(key, page, width))}

    async def _draw(self, key: str, page: int, width: int) -> bytes | None:
        """Draw a page."""

        def draw(pages: PagePictures) -> bytes:
            scale = min(width, WIDEST) / pages.size(page)[0]
            return gzip.compress(pages.bitmap(page, scale), LEVEL, mtime=0)

        return await self._on_page(key, page, draw)

    async def look(self, key: str, page: int) -> bytes | None:
        """Return the digest of what a 0-based page looks like, or None if there is no such page."""
        return await self._on_page(
            key,
            page,
            lambda pages: hashlib.blake2b(pages.picture(page, COMPARED).tobytes()).digest(),
        )

    async def find(self, key: str, page: int, phrases: list[str]) -> list[Area]:
        """Return where the first of some phrases that is on a 0-based page stands on it."""
        found = await self._on_page(
            key, page, lambda pages: next(filter(None, (pages.find(page, p) for p in phrases)), [])
        )
        return found or []

    async def _on_page(self, key: str, page: int, do: Callable[[PagePictures], T]) -> T | None:
        """Do something with an open PDF, or return None if it is not open, or has no such page."""
        if key not in self._open or not 0 <= page < len(self._open[key][1]):
            return None
        pages = self._open[key][1]
        return await self._run(lambda: do(pages))

    async def _run(self, do: Callable[[], T]) -> T:
        """Do something in PDFium's thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, do)


def _destinations(pdf: bytes) -> dict[str, int]:
    """Return the 0-based pages of a PDF's named destinations."""
    with page_pictures(pdf) as pages:
        return pages.destinations()


def _opened(pdf: bytes) -> tuple[ExitStack, PagePictures, bytes]:
    """Return an opened PDF, and what closes it."""
    stack = ExitStack()
    return stack, stack.enter_context(page_pictures(pdf)), pdf
