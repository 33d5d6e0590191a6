"""What the pages are compared with: the last good build, or a PDF that was given."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cheatsheet.preview.pictures import Pictures
from cheatsheet.preview.state import PreviewState
from cheatsheet.system.bounded import OutOfBoundsError, read_bounded

Stamp = tuple[int, int]
"""A file's time of change in ns, and its size."""


@dataclass
class Baseline:
    """An opened PDF, what it is called, and on which 0-based page each section begins.

    `stamp` tells whether its file was written anew; `looks` are the digests of its pages' pictures.
    One that cannot be opened has a `problem`, and no pages.
    """

    name: str
    key: str
    stamp: Stamp
    starts: Mapping[str, int]
    looks: dict[int, bytes | None] = field(default_factory=dict)
    problem: str = ""

    def page(self, section: str, index: int, sections: Iterable[str]) -> int | None:
        """Return the page that a section's page, by its 0-based index in it, was; None if none."""
        if section not in self.starts:
            return None
        page = self.starts[section] + index
        later = [self.starts[s] for s in sections if self.starts.get(s, -1) > self.starts[section]]
        return page if page < min(later, default=page + 1) else None


async def open_baseline(
    pictures: Pictures, pdf: bytes, name: str, stamp: Stamp, *, foreign: bool = False
) -> Baseline:
    """Return a PDF as a baseline. Raises PdfiumError (a RuntimeError) if it is none."""
    key = await pictures.add(pdf, foreign=foreign)
    return Baseline(name, key, stamp, pictures.destinations(key))


async def reopen_baseline(
    pictures: Pictures, path: Path, known: Baseline | None
) -> Baseline | None:
    """Return the baseline in a file: the known one, unless the file was written anew.

    A file that is not there, or is not yet whole, leaves the known one as it is.
    """
    try:
        stamp = await asyncio.to_thread(_stamp, path)
    except OSError:
        return known
    if known and known.stamp == stamp:
        return known
    try:
        pdf = await asyncio.to_thread(read_bounded, path)
        return await open_baseline(pictures, pdf, path.name, stamp, foreign=True)
    except OutOfBoundsError as problem:
        said = str(problem)
    except (OSError, RuntimeError):
        said = "it is no PDF that can be read"
    if known:
        known.stamp = stamp  # it is tried again when it is written again
    return known or Baseline(path.name, "", stamp, {}, problem=said)


def _stamp(path: Path) -> Stamp:
    """Return a file's time of change in ns and its size. Raises OSError."""
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size


class Looks:
    """What pages look like, by what they were made of: the same is not looked at twice."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures
        self._known: dict[tuple[str, int], bytes | None] = {}

    async def changed(self, state: PreviewState, baseline: Baseline) -> set[tuple[str, int]]:
        """Return the (section, index of its page) of each page that looks unlike the baseline's.

        There is none where the baseline cannot be drawn: its `problem` says why.
        """
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
        baseline.problem = baseline.problem or self._pictures.problems.get(baseline.key, "")
        return set() if baseline.problem else changed

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
