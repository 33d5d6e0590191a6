"""Glossary → the map: where each term stands in a grid, and the roads between neighbours."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, permutations

from cheatsheet.model.glossary import Category, Glossary, Term

Place = tuple[int, int]
"""A cell of the grid: its column and row from 0."""

Room = tuple[Place, ...]
"""The cells that a term has: one, or two side by side."""

WAYS = {"right": (1, 0), "down": (0, 1)}

ALONE = -12  # what a place without a road is worth; with roads, it is worth them all
ABROAD = 3  # roads within a category that one across a border is worth: it tells more
PATIENCE = 300  # terms to settle, all told: a short book is settled anew and anew, a long one once


@dataclass(frozen=True)
class Road:
    """A road from a term's cell to the one at its right or below it.

    `is_confused` tells that the two terms are a pair that people mix up, `cell` from which of its
    cells it leads, counted from 0.
    """

    way: str
    is_confused: bool
    cell: int = 0


@dataclass(frozen=True)
class MapCell:
    """A term's cell of the map, and its roads to the right and down.

    It is as wide as two where its row lacks one. `abroad` is the term that it is related to where
    no road leads to or from it, for none of its family is in its country.
    """

    term: Term
    roads: tuple[Road, ...]
    is_wide: bool = False
    abroad: str = ""


@dataclass(frozen=True)
class Country:
    """A category on the map: whole rows, of which the last may lack more than one cell."""

    category: Category
    rows: int
    cells: list[MapCell]


def map_countries(glossary: Glossary, columns: int, *, are_open: bool) -> list[Country]:
    """Return the map's countries, one under the other, each of rows of `columns` cells.

    A category's terms stand so that each is beside one that it is related to or mixed up with
    where that can be, and many are, best of all across a border. Borders that are not open have no
    roads across.
    """
    grid = _Grid(glossary, columns, are_open=are_open)
    named = [(one, grid.cells(one)) for one in glossary.categories]
    return [Country(one, -(-len(cells) // columns), cells) for one, cells in named]


def _rooms(glossary: Glossary, columns: int, *, are_open: bool) -> dict[str, list[Room]]:
    """Return the cells of each category's terms; a row parts countries where it is closed."""
    rooms: dict[str, list[Room]] = {}
    row = 0
    for category in glossary.categories:
        own = range(len(glossary.in_category(category)))
        rooms[category.id] = [((n % columns, row + n // columns),) for n in own]
        if columns > 1 and len(own) % columns == columns - 1:
            ((column, last),) = rooms[category.id].pop()
            rooms[category.id].append(((column, last), (column + 1, last)))
        row += -(-len(own) // columns) + (not are_open)
    return rooms


@cache
def _beside(room: Room) -> frozenset[Place]:
    """Return the cells around those of a term, and the two of a wide one."""
    return frozenset(
        place
        for column, row in room
        for place in ((column - 1, row), (column + 1, row), (column, row - 1), (column, row + 1))
    )


class _Grid:
    """Terms on their cells."""

    def __init__(self, glossary: Glossary, columns: int, *, are_open: bool) -> None:
        self._rooms = _rooms(glossary, columns, are_open=are_open)
        self._parts = {
            category.id: [term.slug for term in glossary.in_category(category)]
            for category in glossary.categories
        }
        self._terms = glossary.by_slug
        self._confused = {
            frozenset(side.key for side in pair if side.is_term) for pair in glossary.pairs
        }
        self._kin = _kin(glossary)
        self._at: dict[str, Room] = {}
        tries = max(1, PATIENCE // max(1, len(glossary.terms)))
        maps = [self._settled(shift) for shift in range(tries)]
        self._at = max(maps, key=self._worth_of)
        self._here = {place: slug for slug, room in self._at.items() for place in room}

    def cells(self, category: Category) -> list[MapCell]:
        """Return the cells of a category's terms in the order of their rows."""
        return [self._cell(self._here[room[0]]) for room in self._rooms[category.id]]

    def _cell(self, slug: str) -> MapCell:
        """Return a term's cell."""
        related = [other for other in self._terms[slug].related if other in self._terms]
        abroad = related[0] if related and self._worth(slug) == ALONE else ""
        is_wide = len(self._at[slug]) > 1
        return MapCell(self._terms[slug], tuple(self._roads(slug)), is_wide, abroad)

    def _roads(self, slug: str) -> Iterator[Road]:
        """Yield the roads from a term to the right and down, one to each neighbour."""
        joined: set[str] = set()
        for cell, (column, row) in enumerate(self._at[slug]):
            for way, (right, down) in WAYS.items():
                other = self._here.get((column + right, row + down), "")
                if other in self._kin[slug] - joined:
                    joined.add(other)
                    yield Road(way, frozenset((slug, other)) in self._confused, cell)

    def _settled(self, shift: int) -> dict[str, Room]:
        """Return a map where no change of places within a category brings more roads.

        Each `shift` begins from another order of the terms, and so may end in another map.
        """
        self._at = {
            slug: room
            for category, part in self._parts.items()
            for slug, room in zip(_shuffled(part, shift), self._rooms[category], strict=True)
        }
        pairs = [pair for part in self._parts.values() for pair in combinations(part, 2)]
        while sum(map(self._turn, pairs)) or sum(map(self._turn, self._rings())):
            pass
        return self._at

    def _rings(self) -> list[tuple[str, ...]]:
        """Return threes of a category whose first has no road, where no two may swap."""
        return [
            (slug, *two)
            for part in self._parts.values()
            for slug in part
            if self._worth(slug) == ALONE
            for two in permutations([other for other in part if other != slug], 2)
        ]

    def _turn(self, ring: Sequence[str]) -> bool:
        """Let each term take the next one's place, and back if that is no better for all."""
        concerned = self._kin[ring[0]].union(ring, *(self._kin[slug] for slug in ring[1:]))
        before, rooms = sum(map(self._worth, concerned)), [self._at[slug] for slug in ring]
        self._at.update(zip(ring, rooms[1:] + rooms[:1], strict=True))
        if sum(map(self._worth, concerned)) > before:
            return True
        self._at.update(zip(ring, rooms, strict=True))
        return False

    def _worth(self, slug: str) -> int:
        """Return what a term's place is worth to it."""
        at = self._at
        beside = _beside(at[slug])
        home = self._terms[slug].category
        return (
            sum(
                1 if self._terms[other].category == home else ABROAD
                for other in self._kin[slug]
                if not beside.isdisjoint(at[other])
            )
            or ALONE
        )

    def _worth_of(self, at: Mapping[str, Room]) -> int:
        """Return what a whole map is worth: the fewer terms without a road, the better."""
        self._at = dict(at)
        return sum(map(self._worth, at))


def _kin(glossary: Glossary) -> dict[str, set[str]]:
    """Return the terms that each is related to or mixed up with, both ways.

    One way alone, terms might follow each other over the map without end.
    """
    kin: dict[str, set[str]] = {term.slug: set() for term in glossary.terms}
    related = [(term.slug, other) for term in glossary.terms for other in term.related]
    confused = [(one.key, other.key) for one, other in glossary.pairs]
    for one, other in related + confused:
        if one in kin and other in kin:
            kin[one].add(other)
            kin[other].add(one)
    return kin


def _shuffled(slugs: Sequence[str], shift: int) -> list[str]:
    """Return slugs in another order for each shift but 0, the same on each machine."""
    chance = random.Random(shift)  # noqa: S311 - no secret
    return sorted(slugs, key=lambda _: chance.random()) if shift else [*slugs]
