"""Glossary → the map: where each term stands in a grid, and the roads between neighbours."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from cheatsheet.model.glossary import Category, Glossary, Term

Place = tuple[int, int]
"""A cell of the grid: its column and row from 0."""

ROADS = {"right": (1, 0), "down": (0, 1), "right-down": (1, 1), "left-down": (-1, 1)}
SLANTED = {"right-down", "left-down"}

# What a place is worth to a term: a relative at a side, one aslant, no relative beside it.
BESIDE, ASLANT, ALONE = 4, 1, -20


@dataclass(frozen=True)
class MapCell:
    """A term's cell of the map, and the roads to the neighbours that it is related to.

    `roads` are their directions; each road is with one of its two ends.
    """

    term: Term
    roads: tuple[str, ...]


@dataclass(frozen=True)
class Country:
    """A category on the map: whole rows, of which its name takes the first `name_cells`."""

    category: Category
    name_cells: int
    rows: int
    cells: list[MapCell]


def map_halves(glossary: Glossary, count: int, columns: int) -> list[list[Country]]:
    """Return the map's halves (1 or 2), each `columns` wide: its countries, one under the other.

    The cells of a country fill its rows, the name before the terms. A category's terms stand so
    that each is beside one that it is related to where that can be, and many are.
    """
    half = -(-len(glossary.categories) // count)
    halves = [glossary.categories[:half], glossary.categories[half:]]
    places = [_places(glossary, part, n * columns, columns) for n, part in enumerate(halves)]
    grid = _Grid(glossary, places)
    return [[_country(glossary, grid, one, columns) for one in part] for part in halves if part]


def _country(glossary: Glossary, grid: "_Grid", category: Category, columns: int) -> Country:
    """Return a category's country."""
    name, terms = _name_cells(glossary, category, columns), len(glossary.in_category(category))
    return Country(category, name, (name + terms) // columns, grid.cells(category))


def _name_cells(glossary: Glossary, category: Category, columns: int) -> int:
    """Return how many cells a category's name takes, so that its terms fill the rows."""
    return columns - len(glossary.in_category(category)) % columns


def _places(
    glossary: Glossary, categories: Sequence[Category], left: int, columns: int
) -> dict[str, list[Place]]:
    """Return the cells of each category's terms in a half that begins at column `left`."""
    places: dict[str, list[Place]] = {}
    taken = 0
    for category in categories:
        taken += _name_cells(glossary, category, columns)
        cells = range(taken, taken + len(glossary.in_category(category)))
        places[category.id] = [(left + n % columns, n // columns) for n in cells]
        taken = cells.stop
    return places


class _Grid:
    """Terms on their cells."""

    def __init__(self, glossary: Glossary, halves: Sequence[Mapping[str, list[Place]]]) -> None:
        self._glossary = glossary
        self._places = {category: own for half in halves for category, own in half.items()}
        self._at = {
            term.slug: place
            for category in glossary.categories
            for term, place in zip(
                glossary.in_category(category), self._places[category.id], strict=True
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
        """Return the cells of a category's terms in the order of their rows."""
        return [
            MapCell(self._here[place], tuple(way for way in ROADS if self._is_road(place, way)))
            for place in self._places[category.id]
        ]

    def _settle(self) -> None:
        """Let terms of a category change places as long as that brings relatives together."""
        parts = [
            [term.slug for term in self._glossary.in_category(category)]
            for category in self._glossary.categories
        ]
        pairs = [pair for part in parts for pair in combinations(part, 2)]
        while sum(map(self._turn, pairs)) or sum(map(self._turn, self._rings(parts))):
            pass

    def _rings(self, parts: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
        """Yield threes of a category whose first is beside no relative, where no two may swap."""
        for part in parts:
            for slug in part:
                if self._worth(slug) == ALONE:
                    others = [other for other in part if other != slug]
                    yield from ((slug, *two) for two in permutations(others, 2))

    def _turn(self, ring: Sequence[str]) -> bool:
        """Let each term take the next one's place, and back if that is no better for all."""
        concerned = set(ring).union(*(self._relatives[slug] for slug in ring))
        before, places = sum(map(self._worth, concerned)), [self._at[slug] for slug in ring]
        self._at.update(zip(ring, places[1:] + places[:1], strict=True))
        if sum(map(self._worth, concerned)) > before:
            return True
        self._at.update(zip(ring, places, strict=True))
        return False

    def _worth(self, slug: str) -> int:
        """Return what a term's place is worth to it."""
        column, row = self._at[slug]
        places = (self._at[other] for other in self._relatives[slug])
        steps = [(abs(x - column), abs(y - row)) for x, y in places]
        beside = steps.count((0, 1)) + steps.count((1, 0))
        return BESIDE * beside + ASLANT * steps.count((1, 1)) or ALONE

    def _is_road(self, place: Place, way: str) -> bool:
        """Tell whether a road leaves a cell in a direction.

        One aslant is only for a term that would have none, and never crosses another.
        """
        one, other = self._here.get(place), self._here.get(_on(place, ROADS[way]))
        if one is None or other is None or other.slug not in self._relatives[one.slug]:
            return False
        if way == "left-down" and self._is_road(_on(place, (-1, 0)), "right-down"):
            return False
        return way not in SLANTED or self._is_lonely(one.slug) or self._is_lonely(other.slug)

    def _is_lonely(self, slug: str) -> bool:
        """Tell whether a term has no relative at a side of its cell."""
        return self._worth(slug) < BESIDE


def _on(place: Place, way: Place) -> Place:
    """Return the cell in a direction."""
    return place[0] + way[0], place[1] + way[1]
