"""What the pages are compared with: the last good build, or a PDF that was given."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cheatsheet.preview.pictures import Pictures
from cheatsheet.preview.state import PreviewState


@dataclass
class Baseline:
    """An opened PDF, what it is called, and on which 0-based page each section begins.

    `stamp` tells whether its file was written anew; `looks` are the digests of its pages' pictures.
    """

    name: str
    key: str
    stamp: tuple[int, int]
    starts: Mapping[str, int]
    looks: dict[int, bytes | None] = field(default_factory=dict)

    def page(self, section: str, index: int, sections: Iterable[str]) -> int | None:
        """Return the page that a section's page, by its 0-based index in it, was; None if none."""
        if section not in self.starts:
            return None
        page = self.starts[section] + index
        later = [self.starts[s] for s in sections if self.starts.get(s, -1) > self.starts[section]]
        return page if page < min(later, default=page + 1) else None


async def open_baseline(
    pictures: Pictures, pdf: bytes, name: str, stamp: tuple[int, int]
) -> Baseline:
    """Return a PDF as a baseline. Raises PdfiumError (a RuntimeError) if it is none."""
    key, starts = await pictures.add_with_destinations(pdf)
    return Baseline(name, key, stamp, starts)


async def reopen_baseline(
    pictures: Pictures, path: Path, known: Baseline | None
) -> Baseline | None:
    """Return the baseline in a file: the known one, unless the file was written anew.

    A file that is not there, or is not yet whole, leaves the known one as it is.
    """
    try:
        stamp = await asyncio.to_thread(_stamp, path)
        if known and known.stamp == stamp:
            return known
        pdf = await asyncio.to_thread(path.read_bytes)
        return await open_baseline(pictures, pdf, path.name, stamp)
    except (OSError, RuntimeError):
        return known


def _stamp(path: Path) -> tuple[int, int]:
    """Return a file's time of change in ns and its size. Raises OSError."""
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size


class Looks:
    """What pages look like, by what they were made of: the same is not looked at twice."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures
        self._known: dict[tuple[str, int], bytes | None] = {}

    async def changed(self, state: PreviewState, baseline: Baseline) -> set[tuple[str, int]]:
        """Return the (section, index of its page) of each page that looks unlike the baseline's."""
        changed, known = set(), {}
        sections = list(state.shown)
        for section, shown in list(state.shown.items()):
            for index in range(len(shown.frames)):
                name = (shown.made_of, index)
                look = self._known.get(name)
                known[name] = look or await self._pictures.look(shown.pdf, index)
                if known[name] != await self._look(baseline, section, index, sections):
                    changed.add((section, index))
        self._known = known
        return changed

    async def _look(
        self, baseline: Baseline, section: str, index: int, sections: Iterable[str]
    ) -> bytes | None:
        """Return what a page looks like in the baseline; None if it is not there."""
        page = baseline.page(section, index, sections)
        if page is None:
            return None
        if baseline.looks.get(page) is None:
            baseline.looks[page] = await self._pictures.look(baseline.key, page)
        return baseline.looks[page]
