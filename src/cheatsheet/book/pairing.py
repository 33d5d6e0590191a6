"""The confused pairs → pages that are filled: which categories stand on each, and how far apart."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from cheatsheet.model.glossary import Category
from cheatsheet.model.pairs import Pair, Side

MOST = 4.0  # times the least step: a page with few pairs ends early

BOLD = 1.12  # times as wide as other letters

Named = Callable[[Side], tuple[str, str]]
Part = tuple[Category, Sequence[Pair]]


@dataclass(frozen=True)
class PairsPage:
    """The categories on a page, each with its pairs, and the points between two pairs."""

    parts: list[Part]
    step: float


def pair_pages(parts: Sequence[Part], named: Named, sizes: Mapping[str, float]) -> list[PairsPage]:
    """Return the pages that pairs take, no category on two; each filled where it has enough.

    `named` gives the words that name a side, in bold, and the rest. `sizes` are in points: the
    `room` of a page, of the `first` one, a `line`, the `padding` of a pair, the least `step`, a
    category's `head`; and how many `letters` a line has. Without room, all is one page that flows;
    a category that is longer than a page flows on with the least step.
    """
    step = sizes["step"]
    if not sizes["room"]:
        return [PairsPage([*parts], step)]
    pages = list(_pages(parts, named, sizes))
    gaps = [sum(len(own) + 1 for _, own in page) for page, _, _ in pages]
    return [
        PairsPage(page, min(MOST * step, step + max(0.0, room - used) / gap))
        for (page, room, used), gap in zip(pages, gaps, strict=True)
    ]


def _pages(
    parts: Sequence[Part], named: Named, sizes: Mapping[str, float]
) -> Iterator[tuple[list[Part], float, float]]:
    """Yield the categories on each page, the room that it has, and what they take of it."""
    page: list[Part] = []
    room, used = sizes["first"], 0.0
    for part in parts:
        height = (
            sizes["head"] + sizes["step"] + sum(_height(pair, named, sizes) for pair in part[1])
        )
        if page and used + height > room:
            yield page, room, used
            page, room, used = [], sizes["room"], 0.0
        page.append(part)
        used += height
    if page:
        yield page, room, used


def _height(pair: Pair, named: Named, sizes: Mapping[str, float]) -> float:
    """Return how many points a pair takes, with the step after it."""
    lengths = [BOLD * len(name) + len(rest) for name, rest in map(named, pair)]
    lines = ceil(max(lengths) / sizes["letters"])
    return lines * sizes["line"] + sizes["padding"] + sizes["step"]
