"""Glossary → the map: where each term stands in a grid, and the roads between neighbours.

Terms settle by simulated annealing (Kirkpatrick, Gelatt, Vecchi: Optimization by Simulated
Annealing, Science 220, 1983): two of a category change places, for the worse too while it is hot.
"""

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from cheatsheet.model.glossary import Category, Glossary, Term

Place = tuple[int, int]
"""A cell of the grid: its column and row from 0."""

Bond = tuple[str, str, float]
"""Two terms that belong together, and what a road between them is worth."""

Kin = AbstractSet[frozenset[str | None]]
"""Pairs of terms."""

Parts = tuple[tuple[str, ...], ...]
"""The slugs of each category's terms."""

WAYS = {"right": (1, 0), "down": (0, 1)}

ALONE = -6.0  # what a place without a road is worth; with roads, it is worth them all
ROAD, ABROAD, FIRST = 1.0, 1.5, 0.5  # a road, one across a border, and more for the first related
SEED = 3  # of the first few, its map of our book has the fewest groups that no road joins
TURNS = 15_000  # changes of places that are tried
HOT, COLD = 2.5, 0.1  # the worth that a change may cost, about, at first and at last


@dataclass(frozen=True)
class Road:
    """A road from a term's cell to the one at its right or below it.

    `is_confused` tells that the two terms are a pair that people mix up.
    """

    way: str
    is_confused: bool


@dataclass(frozen=True)
class MapCell:
    """A term's cell of the map, and its roads to the right and down.

    `free` tells where a cell without a term is: `before` it, `after` it, or nowhere. `abroad` is
    the term that it is related to where no road leads to or from it, for none of its family is in
    its country.
    """

    term: Term
    roads: tuple[Road, ...]
    free: str = ""
    abroad: str = ""


@dataclass(frozen=True)
class Country:
    """A category on the map: whole rows, of which the last may lack more than one cell.

    Where only one cell is lacking, it may be anywhere.
    """

    category: Category
    rows: int
    cells: list[MapCell]


def map_countries(glossary: Glossary, columns: int, *, are_open: bool) -> list[Country]:
    """Return the map's countries, one under the other, each of rows of `columns` cells.

    A category's terms stand so that each is beside one that it is related to or mixed up with
    where that can be, and many are. Borders that are not open have no roads across.
    """
    parts = tuple(
        tuple(term.slug for term in glossary.in_category(category))
        for category in glossary.categories
    )
    bonds = _bonds(glossary)
    at = _settled(parts, bonds, columns, are_open=are_open)
    kin = {frozenset((one, other)) for one, other, _ in bonds}
    confused = {frozenset(side.key for side in pair if side.is_term) for pair in glossary.pairs}
    countries = []
    own = _places(parts, columns, are_open=are_open)
    for category, places in zip(glossary.categories, own, strict=True):
        cells = [_cell(glossary, at, place, kin, confused) for place in places if at.get(place)]
        countries.append(Country(category, -(-len(places) // columns), cells))
    return countries


def _cell(
    glossary: Glossary, at: Mapping[Place, str], place: Place, kin: Kin, confused: Kin
) -> MapCell:
    """Return the cell of the term at a place, among those of the whole map."""
    (column, row), term = place, glossary.by_slug[at[place]]
    roads = tuple(
        Road(way, ends in confused)
        for way, (right, down) in WAYS.items()
        if (ends := frozenset((term.slug, at.get((column + right, row + down))))) in kin
    )
    joined = any(frozenset((term.slug, at.get(one))) in kin for one in _around(place))
    related = [other for other in term.related if other in glossary.by_slug]
    free = "after" if at.get((column + 1, row)) == "" else ""
    if at.get((column - 1, row)) == "" and column == 1:
        free = "before"
    return MapCell(term, roads, free, "" if joined or not related else related[0])


def _around(place: Place) -> Iterator[Place]:
    """Yield the four places beside one."""
    column, row = place
    yield from ((column - 1, row), (column + 1, row), (column, row - 1), (column, row + 1))


def _places(parts: Parts, columns: int, *, are_open: bool) -> list[list[Place]]:
    """Return the places of each category's terms, and the free one where a row lacks just that.

    Where borders are closed, a row parts them.
    """
    places, row = [], 0
    for part in parts:
        count = len(part) + (columns > 1 and len(part) % columns == columns - 1)
        places.append([(n % columns, row + n // columns) for n in range(count)])
        row += -(-count // columns) + (not are_open)
    return places


def _bonds(glossary: Glossary) -> frozenset[Bond]:
    """Return the pairs of terms that are related or mixed up, and what their roads are worth."""
    terms = glossary.by_slug
    related = [(slug, other) for slug, term in terms.items() for other in term.related]
    confused = [(one.key, other.key) for one, other in glossary.pairs]
    first = {frozenset((slug, term.related[0])) for slug, term in terms.items() if term.related}
    bonds = set()
    for one, other in map(sorted, related + confused):
        if one in terms and other in terms:
            worth = ROAD if terms[one].category == terms[other].category else ABROAD
            bonds.add((one, other, worth + FIRST * (frozenset((one, other)) in first)))
    return frozenset(bonds)


@lru_cache(maxsize=8)
def _settled(
    parts: Parts, bonds: frozenset[Bond], columns: int, *, are_open: bool
) -> Mapping[Place, str]:
    """Return the term at each place after many changes of places, and "" at a free one."""
    chance = random.Random(SEED)  # noqa: S311 - no secret, and the same on each machine
    places = _places(parts, columns, are_open=are_open)
    kin: dict[str, dict[str, float]] = {slug: {} for part in parts for slug in part}
    for slug, relative, worth in bonds:
        kin[slug][relative] = kin[relative][slug] = worth
    here: list[str] = []
    pairs: list[tuple[int, int]] = []
    for part, own in zip(parts, places, strict=True):
        pairs += combinations(range(len(here), len(here) + len(own)), 2)
        here += chance.sample([*part, *[""] * (len(own) - len(part))], len(own))
    number = {place: n for n, place in enumerate(place for own in places for place in own)}
    beside = [[number[one] for one in _around(place) if one in number] for place in number]
    if pairs:
        _anneal(here, kin, beside, pairs, chance)
    return dict(zip(number, here, strict=True))


def _anneal(
    here: list[str],
    kin: Mapping[str, Mapping[str, float]],
    beside: Sequence[Sequence[int]],
    pairs: Sequence[tuple[int, int]],
    chance: random.Random,
) -> None:
    """Let terms change places many times: `here` has the term of each place.

    `beside` has the numbers of the places beside each, and `pairs` those that may be exchanged.
    """
    near = [{number, *others} for number, others in enumerate(beside)]

    def worth_of(place: int) -> float:
        known = kin.get(here[place])
        if known is None:
            return 0.0
        return sum([known.get(here[one], 0.0) for one in beside[place]]) or ALONE

    for turn in range(TURNS):
        heat = HOT * (1 - turn / TURNS) + COLD
        one, other = pairs[int(chance.random() * len(pairs))]
        concerned = near[one] | near[other]
        before = sum(map(worth_of, concerned))
        here[one], here[other] = here[other], here[one]
        gain = sum(map(worth_of, concerned)) - before
        if gain < 0 and chance.random() >= math.exp(gain / heat):
            here[one], here[other] = here[other], here[one]
