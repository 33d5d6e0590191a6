"""The confused pairs → pages: which categories stand on each, and how high all rows are."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from cheatsheet.model.glossary import Category
from cheatsheet.model.pairs import Pair, Side

BOLD = 1.12  # times as wide as other letters
NARROW = dict.fromkeys("fijlrt.,;:'\u2019! ", 0.6)
WIDE = dict.fromkeys("mwMW\u2014", 1.6)
WIDTHS = NARROW | WIDE  # as against most small letters
CAPITAL = 1.1  # and a digit

Named = Callable[[Side], tuple[str, str]]
Part = tuple[Category, Sequence[Pair]]


@dataclass(frozen=True)
class PairPage:
    """The categories of a page, and how high each of its rows is at least, in points.

    Rows are so high that the last one ends where the page does; 0 where pairs flow.
    """

    parts: list[Part]
    row: float


def pair_pages(parts: Sequence[Part], named: Named, sizes: Mapping[str, float]) -> list[PairPage]:
    """Return the pages that pairs take, no category on two.

    `named` gives the words that name a side, in bold, and the rest. `sizes` are in points: the
    `room` of a page, of the `first` one, a `line`, the `padding` of a pair, a category's `head`,
    the `highest` row; and how many `letters` a line has. Without room, all is one page that flows,
    and so does a category that is longer than a page.
    """
    pages = list(_filled(parts, named, sizes))
    rooms = [sizes["first"], *[sizes["room"]] * len(pages)]
    return [
        PairPage(page, _row(page, named, sizes, room))
        for page, room in zip(pages, rooms, strict=False)
    ]


def _filled(
    parts: Sequence[Part], named: Named, sizes: Mapping[str, float]
) -> Iterator[list[Part]]:
    """Yield the categories of each page."""
    page: list[Part] = []
    room, used = sizes["first"], 0.0
    for part in parts:
        height = sizes["head"] + sum(_heights([part], named, sizes))
        if page and sizes["room"] and used + height > room:
            yield page
            page, room, used = [], sizes["room"], 0.0
        page.append(part)
        used += height
    if page:
        yield page


def _row(parts: Sequence[Part], named: Named, sizes: Mapping[str, float], room: float) -> float:
    """Return how high the rows of a page may be at least, so that it has room for all, in points.

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
    lines = (lines_of_side(*named(side), sizes["letters"]) for side in pair)
    return max(lines) * sizes["line"] + sizes["padding"]


def lines_of_side(name: str, rest: str, letters: float) -> int:
    """Return how many lines a name in bold and the rest take, each of so many `letters`.

    A letter is as wide as most small ones. By this, a sentence is 1.5 % wider or narrower than the
    book's fonts set it.
    """
    return ceil((BOLD * _width(name) + _width(rest)) / letters)


def _width(words: str) -> float:
    """Return how many letters' room words take."""
    return sum(
        WIDTHS.get(character, CAPITAL if character.isupper() or character.isdigit() else 1.0)
        for character in words
    )
