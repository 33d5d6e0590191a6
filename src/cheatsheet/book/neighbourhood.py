"""Glossary → the map: where each term stands in a grid, and the roads between neighbours."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from cheatsheet.model.glossary import Category, Glossary, Term

Place = tuple[int, int]
"""A cell of the grid: its column and row from 0."""

WAYS = {"right": (1, 0), "down": (0, 1)}

ALONE = -12  # what a place without a road is worth; with roads, it is worth them all
ABROAD = 3  # roads within a category that one across a border is worth: it tells more
PATIENCE = 300  # terms to settle, all told: a short book is settled anew and anew, a long one once


@dataclass(frozen=True)
class Road:
    """A road from a term's cell to the one at its right or below it.

    `is_confused` tells that the two terms are a pair that people mix up.
    """

    way: str
    is_confused: bool


@dataclass(frozen=True)
class MapCell:
    """A term's cell of the map, and its roads to the right and down."""

    term: Term
    roads: tuple[Road, ...]


@dataclass(frozen=True)
class Country:
    """A category on the map: whole rows, of which the last may have room to spare."""

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


def _places(glossary: Glossary, columns: int, *, are_open: bool) -> dict[str, list[Place]]:
    """Return the cells of each category's terms; a row parts countries where it is closed."""
    places: dict[str, list[Place]] = {}
    row = 0
    for category in glossary.categories:
        own = range(len(glossary.in_category(category)))
        places[category.id] = [(n % columns, row + n // columns) for n in own]
        row += -(-len(own) // columns) + (not are_open)
    return places


class _Grid:
    """Terms on their cells."""

    def __init__(self, glossary: Glossary, columns: int, *, are_open: bool) -> None:
        self._places = _places(glossary, columns, are_open=are_open)
        self._parts = {
            category.id: [term.slug for term in glossary.in_category(category)]
            for category in glossary.categories
        }
        self._terms = glossary.by_slug
        self._confused = {
            frozenset(side.key for side in pair if side.is_term) for pair in glossary.pairs
        }
        self._kin = _kin(glossary)
        self._at: dict[str, Place] = {}
        tries = max(1, PATIENCE // max(1, len(glossary.terms)))
        maps = [self._settled(shift) for shift in range(tries)]
        self._at = max(maps, key=self._worth_of)
        self._here = {place: slug for slug, place in self._at.items()}

    def cells(self, category: Category) -> list[MapCell]:
        """Return the cells of a category's terms in the order of their rows."""
        slugs = (self._here[place] for place in self._places[category.id])
        return [MapCell(self._terms[slug], tuple(self._roads(slug))) for slug in slugs]

    def _roads(self, slug: str) -> list[Road]:
        """Return the roads from a term to the right and down."""
        column, row = self._at[slug]
        others = {
            way: self._here.get((column + right, row + down)) for way, (right, down) in WAYS.items()
        }
        return [
            Road(way, frozenset((slug, other)) in self._confused)
            for way, other in others.items()
            if other in self._kin[slug]
        ]

    def _settled(self, shift: int) -> dict[str, Place]:
        """Return a map where no change of places within a category brings more roads.

        Each `shift` begins from another order of the terms, and so may end in another map.
        """
        self._at = {
            slug: place
            for category, part in self._parts.items()
            for slug, place in zip(_shuffled(part, shift), self._places[category], strict=True)
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
        before, places = sum(map(self._worth, concerned)), [self._at[slug] for slug in ring]
        self._at.update(zip(ring, places[1:] + places[:1], strict=True))
        if sum(map(self._worth, concerned)) > before:
            return True
        self._at.update(zip(ring, places, strict=True))
        return False

    def _worth(self, slug: str) -> int:
        """Return what a term's place is worth to it."""
        at = self._at
        column, row = at[slug]
        beside = (column - 1, row), (column + 1, row), (column, row - 1), (column, row + 1)
        home = self._terms[slug].category
        return (
            sum(
                1 if self._terms[other].category == home else ABROAD
                for other in self._kin[slug]
                if at[other] in beside
            )
            or ALONE
        )

    def _worth_of(self, at: Mapping[str, Place]) -> int:
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
