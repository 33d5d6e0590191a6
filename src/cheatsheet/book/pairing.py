"""The confused pairs → pages: which categories stand on each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import ceil

from cheatsheet.model.glossary import Category
from cheatsheet.model.pairs import Pair, Side

BOLD = 1.12  # times as wide as other letters

Named = Callable[[Side], tuple[str, str]]
Part = tuple[Category, Sequence[Pair]]


def pair_pages(
    parts: Sequence[Part], named: Named, sizes: Mapping[str, float]
) -> Iterator[list[Part]]:
    """Yield the categories on each page that pairs take, no category on two.

    `named` gives the words that name a side, in bold, and the rest. `sizes` are in points: the
    `room` of a page, of the `first` one, a `line`, the `padding` of a pair, a category's `head`;
    and how many `letters` a line has. Without room, all is one page that flows; a category that is
    longer than a page flows on.
    """
    page: list[Part] = []
    room, used = sizes["first"], 0.0
    for part in parts:
        height = sizes["head"] + sum(_height(pair, named, sizes) for pair in part[1])
        if page and sizes["room"] and used + height > room:
            yield page
            page, room, used = [], sizes["room"], 0.0
        page.append(part)
        used += height
    if page:
        yield page


def _height(pair: Pair, named: Named, sizes: Mapping[str, float]) -> float:
    """Return how many points a pair takes."""
    lengths = [BOLD * len(name) + len(rest) for name, rest in map(named, pair)]
    return ceil(max(lengths) / sizes["letters"]) * sizes["line"] + sizes["padding"]
