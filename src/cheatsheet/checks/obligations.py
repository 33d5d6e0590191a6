"""What a section of each kind must print and lead to: a row for each kind of section.

The rows read the glossary alone, not what the templates are given (`model/sections.py`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from cheatsheet.findings import FieldPath
from cheatsheet.model.glossary import Glossary, Term
from cheatsheet.model.labels import put
from cheatsheet.model.pairs import Side
from cheatsheet.model.section_kinds import SECTION_KINDS
from cheatsheet.model.sections import SIGNS, Section, named_side
from cheatsheet.model.term_fields import Printed, printed_fields


@dataclass(frozen=True)
class Passage:
    """A text that a section must print: where it is written, and its words without markup.

    `key` and `location` are its place in the manuscript. `running` texts follow one another.
    """

    key: str
    location: FieldPath
    words: str
    running: bool = False


@dataclass(frozen=True)
class Reference:
    """A link that a section must have: the section or address that it leads to, and its words.

    On paper, a tile prints a page number alone.
    """

    target: str
    words: str
    is_tile: bool = False


Named = Iterable[tuple[Term, str]]
"""Terms that a section lists as links, and the words of each."""


@dataclass(frozen=True)
class Obligation:
    """What a section of a kind must have.

    `texts` are its own, by an edition's name, besides the paragraphs of `matter`. `terms` it names
    as links. Each of `tiles` has a tile for each of its neighbours. It `lists` the sections of some
    kinds; it `sells` the book, and lists the terms that a sample lacks.
    """

    texts: Callable[[Glossary, Section, str], Iterable[Passage]] = lambda *_: ()
    matter: tuple[str, ...] = ()
    terms: Callable[[Glossary, Section], Named] = lambda *_: ()
    tiles: Callable[[Glossary, Section], Sequence[Term]] = lambda *_: ()
    lists: Callable[[str], bool] = lambda _: False
    sells: bool = False


def sides_of(glossary: Glossary, term: Term) -> list[Side]:
    """Return what a term's page says of its pairs: the other side of each."""
    return [neighbour for _, neighbour in glossary.pairs_by_slug[term.slug]]


def matter_passages(glossary: Glossary, name: str, edition: str) -> Iterator[Passage]:
    """Yield the paragraphs of a part of the front or back matter, with markup."""
    matter = getattr(glossary.book.matter, name)
    special = matter is not None and edition in matter.editions
    owner = ("editions", edition) if special else ("paragraphs",)
    for index, words in enumerate(matter.paragraphs if matter else ()):
        yield Passage("book.yaml", ("matter", name, *owner, index), words)


def _cover(glossary: Glossary, *_: object) -> Iterator[Passage]:
    """Yield the texts of the cover."""
    for field in ("title", "subtitle", "author"):
        yield Passage("book.yaml", (field,), getattr(glossary.book, field))


def _paths(glossary: Glossary, *_: object) -> Iterator[Passage]:
    """Yield the texts of the learning paths."""
    for location, words in glossary.book.paths.texts() if glossary.book.paths else ():
        if location[-1] in {"intro", "name", "line", "why"}:
            yield Passage("book.yaml", ("paths", *location), words)


def _steps(glossary: Glossary, *_: object) -> Named:
    """Return the terms of the learning paths."""
    paths = glossary.book.paths.paths if glossary.book.paths else ()
    steps = (glossary.by_slug[step.slug] for path in paths for step in path.steps)
    return [(term, term.name) for term in steps]


def _category(glossary: Glossary, section: Section, _: str) -> Iterator[Passage]:
    """Yield the texts of a category, whose references are words there, and its terms' taglines."""
    for index, category in enumerate(glossary.categories):
        for location, words in category.texts() if category == section.category else ():
            if location[0] in {"purpose", "opening"}:
                plain = glossary.without_references(words)
                yield Passage("categories.yaml", ("categories", index, *location), plain)
    for term in _in_category(glossary, section):
        yield Passage(term.slug, ("tagline",), term.tagline)


def _in_category(glossary: Glossary, section: Section) -> Sequence[Term]:
    """Return the terms of a category."""
    return glossary.in_category(section.category) if section.category else ()


def _term(glossary: Glossary, section: Section, _: str) -> Iterator[Passage]:
    """Yield the texts of a term's page, as the table of fields has them."""
    term = section.term
    if term is None:
        return
    running, beside = (printed_fields(where) for where in (Printed.RUNNING, Printed.BESIDE))
    for location, words in term.texts():
        if location[0] in (*running, *beside):
            printed = term.under_name if location[0] == "full_form" else words
            yield Passage(term.slug, location, printed, location[0] in running)
    yield from _sides(glossary, sides_of(glossary, term))
    if glossary.book.newsletter and term.issue:
        label, newsletter = glossary.labels.term.issue, glossary.book.newsletter
        yield Passage(term.slug, ("issue",), put(label, newsletter=newsletter, issue=term.issue))


def _neighbours(glossary: Glossary, section: Section) -> Named:
    """Yield the terms that a term's page leads to: the other sides of its pairs, its related."""
    term = section.term
    if term:
        yield from _named_sides(glossary, sides_of(glossary, term))
        yield from ((glossary.by_slug[slug], glossary.names[slug]) for slug in term.related)


def _acronyms(glossary: Glossary, *_: object) -> Iterator[Passage]:
    """Yield the letters and words of each acronym."""
    for term in glossary.terms:
        for letters, words in term.letters:
            name = "acronyms" if letters in term.acronyms else "full_form"
            yield Passage(term.slug, (name,), f"{letters} {words}")


def _pairs(glossary: Glossary, *_: object) -> Iterator[Passage]:
    """Yield the texts of all pairs."""
    for pair in glossary.pairs:
        yield from _sides(glossary, pair)


def _sides(glossary: Glossary, sides: Iterable[Side]) -> Iterator[Passage]:
    """Yield the sentence of each side, after its name where it does not begin with that."""
    for side in sides:
        name, _ = named_side(glossary, side)
        words = side.line if side.line.startswith(name) else f"{name} {side.line}"
        yield Passage("pairs.yaml", side.location, words)


def _in_pairs(glossary: Glossary, *_: object) -> Named:
    """Return the sides of all pairs that are terms."""
    return _named_sides(glossary, (side for pair in glossary.pairs for side in pair))


def _named_sides(glossary: Glossary, sides: Iterable[Side]) -> Named:
    """Yield the term of each side that is one, and the words that name it."""
    for side in sides:
        if side.key in glossary.by_slug:
            yield glossary.by_slug[side.key], named_side(glossary, side)[0]


def _in_index(glossary: Glossary, *_: object) -> Named:
    """Yield each term with its name, its other names, and the words and letters that it explains.

    Of those that differ in spaces and hyphens alone, the index has one.
    """
    for term in glossary.terms:
        covered = [words for one in term.also_covers for words in one.words]
        names = [term.name, *term.aliases, *covered, *(letters for letters, _ in term.letters)]
        first = {SIGNS.sub("", words).casefold(): words for words in reversed(names)}
        yield from ((term, words) for words in first.values())


def _offer(glossary: Glossary, _: Section, edition: str) -> Iterator[Passage]:
    """Yield the texts of a sample's last page."""
    sample = (glossary.book.editions | glossary.book.epubs)[edition].sample
    for index, words in enumerate(sample.offer.paragraphs if sample else ()):
        yield Passage(
            "book.yaml", ("editions", edition, "sample", "offer", "paragraphs", index), words
        )


OBLIGATIONS: dict[str, Obligation] = {
    "cover": Obligation(_cover),
    "how_to_read": Obligation(
        matter=("how_to_read",), lists=lambda kind: kind in {"acronyms", "pairs", "index"}
    ),
    "contents": Obligation(
        matter=("contents",), lists=lambda kind: kind not in {"cover", "contents"}
    ),
    "paths": Obligation(_paths, terms=_steps, lists=lambda kind: kind == "category"),
    "map": Obligation(
        matter=("map",),
        terms=lambda glossary, _: [(term, term.name) for term in glossary.terms],
    ),
    "category": Obligation(
        _category,
        terms=lambda glossary, section: [(t, t.name) for t in _in_category(glossary, section)],
        tiles=_in_category,
    ),
    "term": Obligation(_term, terms=_neighbours),
    "acronyms": Obligation(
        _acronyms,
        matter=("acronyms",),
        terms=lambda glossary, _: [(t, t.name) for t in glossary.terms for _ in t.letters],
    ),
    "pairs": Obligation(_pairs, matter=("pairs",), terms=_in_pairs),
    "index": Obligation(matter=("index",), terms=_in_index),
    "colophon": Obligation(matter=("colophon", "facts_checked")),
    "offer": Obligation(_offer, sells=True),
}

if OBLIGATIONS.keys() != SECTION_KINDS.keys():
    differing = ", ".join(sorted(OBLIGATIONS.keys() ^ SECTION_KINDS.keys()))
    raise TypeError(f"not in both SECTION_KINDS and OBLIGATIONS: {differing}")
