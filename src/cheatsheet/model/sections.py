"""Glossary → the ordered sections of the book, and the page numbers they print. No HTML.

A section's number is data: it follows from how many pages the sections before it have. The front
matter is numbered i, ii, iii; the book itself begins again at 1.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, product

from cheatsheet.findings import FieldPath
from cheatsheet.model.collation import initial, sort_key
from cheatsheet.model.glossary import Category, Glossary, Term
from cheatsheet.model.pairs import Pair, Side
from cheatsheet.model.section_kinds import SECTION_KINDS, Part
from cheatsheet.model.selling import Sample

ROMAN = {"m": 1000, "cm": 900, "d": 500, "cd": 400, "c": 100, "xc": 90, "l": 50, "xl": 40}
ROMAN |= {"x": 10, "ix": 9, "v": 5, "iv": 4, "i": 1}

COVER_COLUMNS = 12
ROUNDING = 0.01
SIGNS = re.compile(r"[\s\u2010-\u2015-]+")  # spaces, hyphens and dashes
# What a sentence begins with before its subject's name: an article, spaced or with an apostrophe.
ARTICLE = r"(?:\w{1,5} |\w{1,2}['\u2019])?"
WORD = re.compile(r"[^\W_]+")
SUBJECT = 4  # words at most that a sentence's subject has up to the last one of its name
SHORT = 3  # letters of a word that says nothing by itself: `the`, `of`
ENDING = 2  # letters that two forms of a word may differ by at the end: `embedding`, `embeddings`


@dataclass(frozen=True)
class Section:
    """A part of the book that begins on a page of its own.

    `id` is the anchor of its heading, `kind` a row of `SECTION_KINDS`. `roman` sections belong to
    the front matter. `level` is the outline's: a term stands under its category. A free sample does
    not have the sections that are not `shown`; they keep their page numbers.
    """

    id: str
    kind: str
    title: str
    roman: bool = False
    level: int = 1
    category: Category | None = None
    term: Term | None = None
    shown: bool = True

    @property
    def usual_pages(self) -> int:
        """How many pages it is taken to have until it is laid out."""
        return SECTION_KINDS[self.kind].pages


@dataclass(frozen=True)
class Start:
    """Where a section begins: its page in the PDF (1-based) and the number printed there."""

    page: int
    number: int
    roman: bool

    @property
    def folio(self) -> str:
        """The printed page number: `iv` or `27`."""
        return to_roman(self.number) if self.roman else str(self.number)


PageNumbers = Mapping[str, Start]
"""Where each section begins, by section id."""


@dataclass(frozen=True)
class IndexEntry:
    """Words in the index and the term they lead to."""

    words: str
    term: Term

    @property
    def is_name(self) -> bool:
        """Whether the words are the term's own name."""
        return self.words == self.term.name


def term_id(slug: str) -> str:
    """Return the section id of a term."""
    return f"term-{slug}"


def make_sections(glossary: Glossary, sample: Sample | None = None) -> tuple[Section, ...]:
    """Return the sections of the book in reading order; those that a sample lacks are not shown."""
    sections = tuple(_sections(glossary))
    if sample is None:
        return sections
    offer = Section("offer", "offer", sample.offer.title)
    return (*(replace(one, shown=_is_shown(one, sample)) for one in sections), offer)


def _is_shown(section: Section, sample: Sample) -> bool:
    """Tell whether a sample has a section."""
    return section.term.slug in sample.terms if section.term else section.kind not in sample.without


def _sections(glossary: Glossary) -> Iterator[Section]:
    """Yield the sections: front matter, each category with its terms, back matter."""
    yield from _matter(glossary, Part.FRONT)
    for category in glossary.categories:
        yield Section(f"category-{category.id}", "category", category.name, category=category)
        for term in glossary.in_category(category):
            yield Section(
                term_id(term.slug), "term", term.name, level=2, category=category, term=term
            )
    yield from _matter(glossary, Part.BACK)


def _matter(glossary: Glossary, part: Part) -> Iterator[Section]:
    """Yield the sections of the front or back matter that the book has."""
    for name, kind in SECTION_KINDS.items():
        title = kind.title(glossary) if kind.part is part else None
        if title is not None:
            yield Section(name.replace("_", "-"), name, title, roman=part is Part.FRONT)


def number_pages(sections: Sequence[Section], counts: Mapping[str, int]) -> dict[str, Start]:
    """Return where each section begins, given the numbers of pages that are known, by id."""
    starts: dict[str, Start] = {}
    page, number, roman = 1, 1, True
    for section in sections:
        if section.roman != roman:
            number, roman = 1, section.roman
        starts[section.id] = Start(page, number, roman)
        pages = counts.get(section.id, section.usual_pages)
        page, number = page + pages, number + pages
    return starts


def to_roman(number: int) -> str:
    """Return a positive number in lower-case Roman numerals, as CSS's `lower-roman` prints it."""
    roman = ""
    for symbol, value in ROMAN.items():
        count, number = divmod(number, value)
        roman += symbol * count
    return roman


def list_acronyms(glossary: Glossary) -> list[tuple[str, list[tuple[str, str, Term]]]]:
    """Return the acronyms in alphabetical order: each initial with its letters, words and terms."""
    found = [(letters, words, term) for term in glossary.terms for letters, words in term.letters]
    language = glossary.book.language
    found.sort(key=lambda entry: (sort_key(entry[0], language), entry[2].slug))
    groups = groupby(found, lambda entry: initial(entry[0], language))
    return [(letter, list(group)) for letter, group in groups]


def list_pairs(glossary: Glossary) -> list[tuple[Category, list[Pair]]]:
    """Return the pairs by category, in book order: by the first side of each that is a term."""
    found: dict[str, list[Pair]] = {category.id: [] for category in glossary.categories}
    order = {term.slug: number for number, term in enumerate(glossary.terms)}
    firsts = ((next((s.key for s in pair if s.key in order), ""), pair) for pair in glossary.pairs)
    known = [(slug, pair) for slug, pair in firsts if slug]
    for slug, pair in sorted(known, key=lambda one: order[one[0]]):
        found[glossary.by_slug[slug].category].append(pair)
    return [(one, found[one.id]) for one in glossary.categories if found[one.id]]


def sides_on_page(glossary: Glossary, term: Term) -> list[Side]:
    """Return what a term's page says of its pairs: their other sides.

    What the term itself is, the whole page says.
    """
    return [neighbour for _, neighbour in glossary.pairs_by_slug[term.slug]]


def named_side(glossary: Glossary, side: Side) -> tuple[str, str]:
    """Return the words that name a side in print, and the rest of what it prints.

    They are the first words of its sentence where these are its name, with an article or without
    ("A token" of "A token is a piece"), or up to a word of it ("An embedding" of embeddings); else
    its name, and the rest is the whole sentence.
    """
    name, term = glossary.names.get(side.key, side.key), glossary.by_slug.get(side.key)
    for known in (name, *(term.aliases if term else ())):
        words = re.match(rf"{ARTICLE}{re.escape(known)}(?=[\s,;:])", side.line, re.IGNORECASE)
        if words:
            return words[0], side.line[words.end() :]
    end = _subject(name, side.line)
    return (side.line[:end], side.line[end:]) if end else (name, f": {side.line}")


def _subject(name: str, line: str) -> int:
    """Return where in a sentence the words of a name end that it begins with; 0 without one."""
    own = [word.casefold() for word in WORD.findall(name) if len(word) > SHORT or word.isupper()]
    found = list(WORD.finditer(line))[:SUBJECT]
    ends = [match.end() for match in found if any(_same(match[0].casefold(), w) for w in own)]
    return ends[-1] if ends else 0


def _same(one: str, other: str) -> bool:
    """Tell whether two words are forms of one, such as a singular and its plural."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and len(long) - len(short) <= min(ENDING, len(short) - 2)


def list_index(glossary: Glossary) -> list[tuple[str, list[IndexEntry]]]:
    """Return the index: each initial with its entries, names before others of the same words.

    A term's entries are its names, the words that it explains, and the letters of the decoder.
    """
    entries = [
        IndexEntry(words, term)
        for term in glossary.terms
        for words in _differing([*dict(indexed_names(term)).values(), *dict(term.letters)])
    ]
    language = glossary.book.language
    entries.sort(key=lambda e: (sort_key(e.words, language), not e.is_name, e.term.slug))
    groups = groupby(entries, lambda entry: initial(entry.words, language))
    return [(letter, list(group)) for letter, group in groups]


def indexed_names(term: Term) -> Iterator[tuple[FieldPath, str]]:
    """Yield the names under which a reader may look for a term, with their places in its file."""
    yield ("name",), term.name
    for index, alias in enumerate(term.aliases):
        yield ("aliases", index), alias
    for index, covered in enumerate(term.also_covers):
        for position, words in enumerate(covered.words):
            yield ("also_covers", index, "words", position), words


@dataclass(frozen=True)
class CoverTile:
    """A term's square on the cover: its column and row from 0, and how many of each it takes."""

    term: Term
    column: int
    row: int
    size: int


def cover_columns(terms: Sequence[Term], large: Container[str], rows: float) -> int:
    """Return how many columns the cover's squares need to fill no more room than `rows` of twelve.

    More columns have smaller squares. Without room, which styles may not name, there are twelve.
    """
    columns = COVER_COLUMNS
    while rows and cover_rows(terms, large, columns) * COVER_COLUMNS > rows * columns + ROUNDING:
        columns += 1
    return columns


def cover_tiles(
    terms: Sequence[Term], large: Container[str], columns: int = COVER_COLUMNS
) -> list[CoverTile]:
    """Return a square for each term in book order, twice as wide and high for the `large` slugs.

    Rows are filled from the left; a large square waits for the next place where it fits.
    """
    waiting, tiles = list(terms), []
    taken: set[tuple[int, int]] = set()
    for row, column in product(range(2 * len(terms)), range(columns)):
        if not waiting:
            break
        if (row, column) in taken:
            continue
        fits = column + 1 < columns and (row, column + 1) not in taken
        term = next((t for t in waiting if fits or t.slug not in large), None)
        if term is not None:
            waiting.remove(term)
            tiles.append(CoverTile(term, column, row, 2 if term.slug in large else 1))
            size = range(tiles[-1].size)
            taken |= {(row + down, column + right) for down, right in product(size, size)}
    return tiles


def cover_rows(terms: Sequence[Term], large: Container[str], columns: int = COVER_COLUMNS) -> int:
    """Return how many rows the cover's squares fill."""
    return max((tile.row + tile.size for tile in cover_tiles(terms, large, columns)), default=0)


def _differing(names: Sequence[str]) -> Iterable[str]:
    """Return names without those whose letters are an earlier one's: `finetuning`, `gen AI`."""
    return {SIGNS.sub("", name).casefold(): name for name in reversed(names)}.values()
