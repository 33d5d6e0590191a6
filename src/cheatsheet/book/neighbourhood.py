"""Glossary → the map: where each term stands in a grid, and the roads between neighbours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from cheatsheet.model.glossary import Category, Glossary, Term

Place = tuple[int, int]
"""A cell of the grid: its column and row from 0."""

SIDES = {"top": (0, -1), "right": (1, 0), "bottom": (0, 1), "left": (-1, 0)}
ROADS = {"right": (1, 0), "down": (0, 1), "right-down": (1, 1), "left-down": (-1, 1)}


@dataclass(frozen=True)
class MapCell:
    """A cell of the map, a category's name where it has no term.

    `edges` are the sides on which no cell of the same category is, and `roads` the directions of
    the neighbours that its term is related to; each road is with one of its two ends.
    """

    term: Term | None
    edges: tuple[str, ...]
    roads: tuple[str, ...]


def map_halves(
    glossary: Glossary, count: int, columns: int
) -> list[list[tuple[Category, list[MapCell]]]]:
    """Return the map's halves (1 or 2), each `columns` wide: its categories, each with its cells.

    Cells fill the rows of a half one after the other, the name before the terms. A category's
    terms stand so that many are beside what they are related to.
    """
    half = -(-len(glossary.categories) // count)
    halves = [glossary.categories[:half], glossary.categories[half:]]
    places = [_places(glossary, part, n * columns, columns) for n, part in enumerate(halves)]
    grid = _Grid(glossary, places)
    return [[(one, grid.cells(one)) for one in part] for part in halves if part]


def _places(
    glossary: Glossary, categories: Sequence[Category], left: int, columns: int
) -> dict[str, list[Place]]:
    """Return the cells of each category in a half that begins at column `left`: name, terms."""
    places: dict[str, list[Place]] = {}
    taken = 0
    for category in categories:
        cells = range(taken, taken + 1 + len(glossary.in_category(category)))
        places[category.id] = [(left + n % columns, n // columns) for n in cells]
        taken = cells.stop
    return places


class _Grid:
    """Terms on their cells."""

    def __init__(self, glossary: Glossary, halves: Sequence[Mapping[str, list[Place]]]) -> None:
        self._glossary = glossary
        self._places = {category: own for half in halves for category, own in half.items()}
        self._countries = {place: one for one, own in self._places.items() for place in own}
        self._at = {
            term.slug: place
            for category in glossary.categories
            for term, place in zip(
                glossary.in_category(category), self._places[category.id][1:], strict=True
            )
        }
        self._relatives: dict[str, set[str]] = {slug: set() for slug in self._at}
        for term in glossary.terms:  # both ways, or terms might follow each other without end
            for other in term.related:
                self._relatives[term.slug].add(other)
                self._relatives[other].add(term.slug)
        self._settle()
        self._here = {place: glossary.by_slug[slug] for slug, place in self._at.items()}

    def cells(self, category: Category) -> list[MapCell]:
        """Return the cells of a category in the order of their rows."""
        return [self._cell(place) for place in self._places[category.id]]

    def _settle(self) -> None:
        """Let two terms of a category change places as long as that brings relatives together."""
        pairs = [
            (one.slug, other.slug)
            for category in self._glossary.categories
            for other, one in combinations(self._glossary.in_category(category), 2)
        ]
        while sum(self._swap(*pair) for pair in pairs):
            pass

    def _swap(self, one: str, other: str) -> bool:
        """Let two terms change places, and back again if they have no more neighbours there."""
        before = self._met(one) + self._met(other)
        self._at[one], self._at[other] = self._at[other], self._at[one]
        if self._met(one) + self._met(other) > before:
            return True
        self._at[one], self._at[other] = self._at[other], self._at[one]
        return False

    def _met(self, slug: str) -> int:
        """Return how many of a term's relatives are on the cells around it."""
        column, row = self._at[slug]
        around = (self._at[other] for other in self._relatives[slug])
        return sum(max(abs(x - column), abs(y - row)) == 1 for x, y in around)

    def _cell(self, place: Place) -> MapCell:
        """Return what is on a cell."""
        own, term = self._countries[place], self._here.get(place)
        edges = [side for side, way in SIDES.items() if self._countries.get(_on(place, way)) != own]
        roads = [road for road, way in ROADS.items() if self._is_road(place, way)]
        return MapCell(term, tuple(edges), tuple(roads))

    def _is_road(self, place: Place, way: Place) -> bool:
        """Tell whether a road leaves a cell in a direction; of two that cross, one to the right."""
        one, other = self._here.get(place), self._here.get(_on(place, way))
        if one is None or other is None or other.slug not in one.related:
            return False
        return way != ROADS["left-down"] or not self._is_road(_on(place, (-1, 0)), (1, 1))


def _on(place: Place, way: Place) -> Place:
    """Return the cell in a direction."""
    return place[0] + way[0], place[1] + way[1]
