"""PDFs by digest → pictures of their pages. PDFium works in one thread of its own.

A foreign PDF, which may be made to hurt, is drawn in a process that has so much time and memory and
no more.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from cheatsheet.pdf.section import Area, content_digest
from cheatsheet.reader.raster import PagePictures
from cheatsheet.system.bounded import Bounded, Bounds, OutOfBoundsError

T = TypeVar("T")

MEDIA_TYPE = "image/bmp"  # for a picture that travels no further, the quickest to make
ENCODING = "gzip"
BOUNDS = Bounds(seconds=20)  # of one page


@dataclass(frozen=True)
class _Opened:
    """An opened PDF: its number of pages, and the 0-based pages of its named destinations."""

    pdf: PagePictures | Bounded
    pages: int
    destinations: Mapping[str, int]

    @property
    def is_foreign(self) -> bool:
        """Whether it is drawn in another process."""
        return isinstance(self.pdf, Bounded)


class Pictures:
    """Opened PDFs, each under a key that is the digest of its bytes.

    `problems` says of those that cannot be drawn any more what they take too much of.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "pdfium")
        self._foreign_thread = ThreadPoolExecutor(1, "foreign")
        self._open: dict[str, _Opened] = {}
        self._widths: dict[tuple[str, int], int] = {}
        self._ahead: dict[tuple[str, int, int], asyncio.Task[bytes | None]] = {}
        self._processes: set[PagePictures | Bounded] = set()
        self.problems: dict[str, str] = {}

    async def add(self, pdf: bytes, *, foreign: bool = False) -> str:
        """Open a PDF and return its key.

        Raises PdfiumError (a RuntimeError) if it is none, and OutOfBoundsError (one, too).
        """
        key = content_digest(pdf)
        if key not in self._open:
            opening = self._open_foreign if foreign else _opened
            self._open[key] = await self._run(partial(opening, PagePictures(pdf)), foreign=foreign)
        return key

    def destinations(self, key: str) -> Mapping[str, int]:
        """Return the 0-based pages of an open PDF's named destinations."""
        return self._open[key].destinations

    async def keep_only(self, keys: Collection[str]) -> None:
        """Close all PDFs but these."""
        unwanted = [self._open.pop(key) for key in self._open.keys() - keys]
        self._widths = {name: width for name, width in self._widths.items() if name[0] in keys}
        self.problems = {key: said for key, said in self.problems.items() if key in keys}
        self._processes -= {opened.pdf for opened in unwanted}
        for opened in unwanted:  # one of them may be opened again meanwhile
            await self._run(opened.pdf.close, foreign=opened.is_foreign)

    def close(self) -> None:
        """End the processes of foreign PDFs, whatever they are at."""
        for process in tuple(self._processes):
            process.close()

    async def picture(self, key: str, page: int, width: int) -> bytes | None:
        """Return a picture of a 0-based page, so many px wide, or None if there is no such page.

        It is a BMP in gzip.
        """
        self._widths[key, page] = width
        ahead = self._ahead.pop((key, page, width), None)
        picture: bytes | None = await (ahead or self._on_page(key, "draw", page, width))
        return picture

    def draw_ahead(self, key: str, instead: str) -> None:
        """Begin to draw the first page of a PDF before it is asked for.

        It will be asked for as wide as that of the PDF in whose place it comes.
        """
        if width := self._widths.get((instead, 0)):
            drawing = self._on_page(key, "draw", 0, width)
            self._ahead = {(key, 0, width): asyncio.create_task(drawing)}

    async def look(self, key: str, page: int) -> bytes | None:
        """Return the digest of what a 0-based page looks like, or None if there is no such page."""
        look: bytes | None = await self._on_page(key, "look", page)
        return look

    async def find(self, key: str, page: int, phrases: list[str]) -> list[Area]:
        """Return where the first of some phrases that is on a 0-based page stands on it."""
        return await self._on_page(key, "find", page, phrases) or []

    async def _on_page(self, key: str, method: str, page: int, *values: Any) -> Any:
        """Do something with a page of an open PDF, or return None if there is no such page.

        A foreign one may take too much for it: then it is None, too, and `problems` says so.
        """
        if key not in self._open or not 0 <= page < self._open[key].pages:
            return None
        opened = self._open[key]
        try:
            doing = partial(opened.pdf.call, method, page, *values)
            return await self._run(doing, foreign=opened.is_foreign)
        except OutOfBoundsError as problem:
            self.problems[key] = str(problem)
        except RuntimeError:
            if not opened.is_foreign:
                raise
            self.problems[key] = "a page of it cannot be drawn"
        return None

    def _open_foreign(self, pdf: PagePictures) -> _Opened:
        """Open a PDF in a process of its own."""
        process = Bounded(pdf, BOUNDS)
        self._processes.add(process)
        return _opened(process)

    async def _run(self, do: Callable[[], T], *, foreign: bool) -> T:
        """Do something in PDFium's thread, or in that of foreign PDFs."""
        thread = self._foreign_thread if foreign else self._thread
        return await asyncio.get_running_loop().run_in_executor(thread, do)


def _opened(pdf: PagePictures | Bounded) -> _Opened:
    """Open a PDF."""
    try:
        return _Opened(pdf, pdf.call("__len__"), pdf.call("destinations"))
    except BaseException:
        pdf.close()
        raise
