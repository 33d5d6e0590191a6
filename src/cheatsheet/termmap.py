"""Glossary → a map of all terms: two columns of names, and a curve between each related pair.

Plain geometry, the same on every machine: numbers are rounded, and nothing is random. Units are
rows: a name is 1 high, the space for curves between the columns is `WIDTH` wide.
"""

from dataclasses import dataclass
from itertools import groupby

from cheatsheet.glossary import Glossary, Term

WIDTH = 10.0
BULGE = 0.42  # how far the deepest curve on one side reaches, of the width


@dataclass(frozen=True)
class Curve:
    """A relation drawn as a cubic Bézier curve: an SVG path's data, and whose colour it has."""

    category: str
    path: str


@dataclass(frozen=True)
class TermMap:
    """The two columns, top to bottom, and the curves between their terms.

    `rows` is the height of the longer column.
    """

    left: tuple[Term, ...]
    right: tuple[Term, ...]
    curves: tuple[Curve, ...]

    @property
    def rows(self) -> int:
        """The height in rows."""
        return max(len(self.left), len(self.right))

    @property
    def by_category(self) -> list[tuple[str, list[str]]]:
        """Each category's id with the paths of its curves, in book order."""
        return [
            (category, [curve.path for curve in curves])
            for category, curves in groupby(self.curves, lambda curve: curve.category)
        ]


def draw_map(glossary: Glossary) -> TermMap:
    """Return the map of a glossary's terms: the book's first half at the left, the rest right."""
    half = (len(glossary.terms) + 1) // 2
    return _drawn(glossary.terms[:half], glossary.terms[half:])


def draw_category(terms: tuple[Term, ...]) -> TermMap:
    """Return the map of one category's terms: one column, with the bows between related ones."""
    return _drawn(terms, ())


def _drawn(left: tuple[Term, ...], right: tuple[Term, ...]) -> TermMap:
    """Return the map of two columns of terms, each pair in the colour of the term that is first."""
    places = {term.slug: (0.0, row + 0.5) for row, term in enumerate(left)}
    places |= {term.slug: (WIDTH, row + 0.5) for row, term in enumerate(right)}
    order = {slug: number for number, slug in enumerate(places)}
    curves = tuple(
        Curve(term.category, _path(places[term.slug], places[slug], len(left)))
        for term in (*left, *right)
        for slug in term.related
        if order.get(slug, -1) > order[term.slug]
    )
    return TermMap(left, right, curves)


def _path(start: tuple[float, float], end: tuple[float, float], rows: int) -> str:
    """Return the curve between two places: across the middle, or a bow on one side."""
    (x1, y1), (x2, y2) = start, end
    if x1 == x2:
        inward = 1 if x1 == 0 else -1
        depth = WIDTH * BULGE * (0.25 + 0.75 * abs(y2 - y1) / rows) * 4 / 3
        a = b = x1 + inward * depth
    else:
        a = b = (x1 + x2) / 2
    numbers = (x1, y1, a, y1, b, y2, x2, y2)
    return "M{} {}C{} {} {} {} {} {}".format(*(f"{round(number, 2):g}" for number in numbers))
