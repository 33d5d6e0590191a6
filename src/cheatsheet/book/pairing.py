"""The confused pairs → pages: which categories stand on each, and how high their rows are."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from cheatsheet.model.glossary import Category
from cheatsheet.model.pairs import Pair, Side

BOLD = 1.12  # times as wide as other letters

Named = Callable[[Side], tuple[str, str]]
Part = tuple[Category, Sequence[Pair]]


@dataclass(frozen=True)
class PairPage:
    """The categories of a page, and how high each of its rows is at least, in points.

    Rows are so high that the last one ends where the page does; 0 where pairs flow.
    """

    parts: list[Part]
    row: float


def pair_pages(
    parts: Sequence[Part], named: Named, sizes: Mapping[str, float]
) -> Iterator[PairPage]:
    """Yield the pages that pairs take, no category on two.

    `named` gives the words that name a side, in bold, and the rest. `sizes` are in points: the
    `room` of a page, of the `first` one, a `line`, the `padding` of a pair, a category's `head`,
    the `highest` row; and how many `letters` a line has. Without room, all is one page that flows;
    a category that is longer than a page flows on.
    """
    page: list[Part] = []
    room, used = sizes["first"], 0.0
    for part in parts:
        height = sizes["head"] + sum(_heights([part], named, sizes))
        if page and sizes["room"] and used + height > room:
            yield PairPage(page, _row(page, named, sizes, room))
            page, room, used = [], sizes["room"], 0.0
        page.append(part)
        used += height
    if page:
        yield PairPage(page, _row(page, named, sizes, room))


def _row(parts: Sequence[Part], named: Named, sizes: Mapping[str, float], room: float) -> float:
    """Return how high the rows of a page are at least, so that they fill its room in points.

    All are equally high, unless a sentence needs more.
    """
    left = room - len(parts) * sizes["head"]
    heights = sorted(_heights(parts, named, sizes), reverse=True)
    for number, height in enumerate(heights):
        row = left / (len(heights) - number)
        if height <= row:
            return min(row, sizes["highest"])
        left -= height
    return 0.0


def _heights(parts: Sequence[Part], named: Named, sizes: Mapping[str, float]) -> list[float]:
    """Return how many points each pair of categories needs."""
    return [_height(pair, named, sizes) for _, pairs in parts for pair in pairs]


def _height(pair: Pair, named: Named, sizes: Mapping[str, float]) -> float:
    """Return how many points a pair needs."""
    lengths = [BOLD * len(name) + len(rest) for name, rest in map(named, pair)]
    return ceil(max(lengths) / sizes["letters"]) * sizes["line"] + sizes["padding"]
