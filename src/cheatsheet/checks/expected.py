"""What a PDF must be, from the manuscript alone: its sections, what each says and leads to.

What a section prints comes from the glossary, not from what the templates are given
(book/sections.py): what gets lost there is missed here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from cheatsheet.book.sections import Section, make_sections, named_side, term_id
from cheatsheet.findings import FieldPath, Place
from cheatsheet.model.glossary import REFERENCE, Glossary, Term
from cheatsheet.model.labels import put
from cheatsheet.model.pairs import Side
from cheatsheet.model.selling import Edition

# A term's fields that are printed as they are written, in this order on its page.
RUNNING = ("tagline", "tldr", "plain", "why", "nerd")
BESIDE = ("full_form", "try_it", "takeaway")


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


@dataclass(frozen=True)
class ExpectedBook:
    """The manuscript's side of the checks: the glossary, the edition, the declared fonts.

    `folder` is the project's, which the file must not tell of.
    """

    glossary: Glossary
    edition: Edition
    families: frozenset[str]
    folder: Path | None = None

    @cached_property
    def book_sections(self) -> tuple[Section, ...]:
        """The sections of the whole book, in order; a sample does not show them all."""
        return make_sections(self.glossary, self.edition.sample)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections that the PDF must have, in order."""
        return tuple(section for section in self.book_sections if section.shown)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The terms that the PDF must have: all, or those of the sample."""
        sample, terms = self.edition.sample, self.glossary.terms
        return tuple(term for term in terms if sample is None or term.slug in sample.terms)

    @property
    def parts(self) -> dict[str, str]:
        """The ids and titles of the sections that categories and terms must have."""
        categories = {f"category-{one.id}": one.name for one in self.glossary.categories}
        return categories | {term_id(term.slug): term.name for term in self.terms}

    @property
    def _edition_name(self) -> str:
        """The edition's name in the book's settings."""
        editions = self.glossary.book.editions.items()
        return next((name for name, one in editions if one == self.edition), "")

    @property
    def buy(self) -> str | None:
        """The address that a sample's links lead to where it lacks their target."""
        return self.glossary.book.seller if self.edition.sample else None

    @property
    def sample_line(self) -> str | None:
        """What stands on every page of a sample, as a link to that address."""
        return self.edition.sample.line if self.edition.sample else None

    @property
    def reference(self) -> str:
        """The label of the page that a reference prints."""
        return self.glossary.labels.page.reference

    @property
    def title(self) -> str:
        """The title that the file must have."""
        return f"{self.glossary.book.title}: {self.glossary.book.subtitle}"

    def place(self, passage: Passage) -> Place:
        """Return where a text is written."""
        return self.glossary.place(passage.key, passage.location)

    def passages(self, section: Section) -> list[Passage]:
        """Return the texts that a section must print."""
        found = [*self._own_passages(section), *self._matter_passages(section.kind)]
        return [replace(text, words=self.glossary.without_references(text.words)) for text in found]

    def sides(self, term: Term) -> list[Side]:
        """Return what a term's page says of its pairs: its own first side, and each neighbour."""
        pairs = self.glossary.pairs_by_slug[term.slug]
        return [own for own, _ in pairs[:1]] + [neighbour for _, neighbour in pairs]

    def address(self, section: Section) -> str | None:
        """Return the address on the site that a section must lead to, if it must."""
        if section.term:
            return self.glossary.address(section.term) or None
        return self.glossary.sources_address if section.kind == "colophon" else None

    def references(self, section: Section) -> list[Reference]:
        """Return the links that a section must have, each as often as it names it.

        Those to what a sample does not show have an address as their target.
        """
        named = [Reference(term_id(term.slug), words) for term, words in self._named(section)]
        rows = [slug for term in self._with_tiles(section) for slug in term.related]
        by_slug = self.glossary.by_slug
        named += [Reference(term_id(slug), by_slug[slug].name, is_tile=True) for slug in rows]
        named += [Reference(s.id, s.title) for s in self._listed(section)]
        if section.kind == "offer":
            book = self.glossary.book
            named.append(Reference(book.seller, book.priced_title))
        texts = [*self._own_passages(section), *self._matter_passages(section.kind)]
        matches = [match for text in texts for match in REFERENCE.finditer(text.words)]
        named += [Reference(term_id(m[1]), self._words_of(m[1], m[2])) for m in matches]
        shown = {one.id for one in self.sections}
        return [r if r.target in shown else replace(r, target=self.buy or r.target) for r in named]

    def _own_passages(self, section: Section) -> Iterator[Passage]:
        """Yield the texts of a term or a category, with markup."""
        if section.term:
            yield from self._term_passages(section.term)
        elif section.category:
            index = self.glossary.categories.index(section.category)
            for location, words in section.category.texts():
                if location[0] in {"purpose", "opening"}:
                    yield Passage("categories", ("categories", index, *location), words)
            for term in self.glossary.in_category(section.category):
                yield Passage(term.slug, ("tagline",), term.tagline)

    def _term_passages(self, term: Term) -> Iterator[Passage]:
        """Yield the texts of a term's page, with markup."""
        for location, words in term.texts():
            if location[0] in (*RUNNING, *BESIDE):
                yield Passage(term.slug, location, words, location[0] in RUNNING)
        yield from self._side_passages(self.sides(term))
        label, newsletter = self.glossary.labels.term.issue, self.glossary.book.newsletter
        if newsletter and term.issue:
            yield Passage(
                term.slug, ("issue",), put(label, newsletter=newsletter, issue=term.issue)
            )

    def _matter_passages(self, kind: str) -> Iterator[Passage]:
        """Yield the texts of a section of the front or back matter, with markup."""
        for name in (kind, "facts_checked") if kind == "colophon" else (kind,):
            matter = getattr(self.glossary.book.matter, name, None)
            special = matter is not None and self._edition_name in matter.editions
            owner = ("editions", self._edition_name) if special else ("paragraphs",)
            for index, words in enumerate(matter.paragraphs if matter else ()):
                yield Passage("book", ("matter", name, *owner, index), words)
        own = {"cover": self._cover, "paths": self._paths, "acronyms": self._acronyms}
        own |= {"pairs": self._pairs, "offer": self._offer}
        if kind in own:
            yield from own[kind]()

    def _cover(self) -> Iterator[Passage]:
        """Yield the texts of the cover."""
        for field in ("title", "subtitle", "author"):
            yield Passage("book", (field,), getattr(self.glossary.book, field))

    def _paths(self) -> Iterator[Passage]:
        """Yield the texts of the learning paths."""
        for location, words in self.glossary.book.paths.texts() if self.glossary.book.paths else ():
            if location[-1] in {"intro", "name", "line", "why"}:
                yield Passage("book", ("paths", *location), words)

    def _acronyms(self) -> Iterator[Passage]:
        """Yield the letters and words of each acronym."""
        for term in self.glossary.terms:
            for letters, words in term.letters:
                name = "acronyms" if letters in term.acronyms else "full_form"
                yield Passage(term.slug, (name,), f"{letters} {words}")

    def _pairs(self) -> Iterator[Passage]:
        """Yield the texts of all pairs."""
        for pair in self.glossary.pairs:
            yield from self._side_passages(pair)

    def _side_passages(self, sides: Iterable[Side]) -> Iterator[Passage]:
        """Yield the sentence of each side, after its name where it does not begin with that."""
        for side in sides:
            name, _ = named_side(self.glossary, side)
            words = side.line if side.line.startswith(name) else f"{name} {side.line}"
            yield Passage("pairs", side.location, words)

    def _offer(self) -> Iterator[Passage]:
        """Yield the texts of a sample's last page."""
        sample, name = self.edition.sample, self._edition_name
        for index, words in enumerate(sample.offer.paragraphs if sample else ()):
            location = ("editions", name, "sample", "offer", "paragraphs", index)
            yield Passage("book", location, words)

    def _named(self, section: Section) -> Iterator[tuple[Term, str]]:
        """Yield the terms that a section lists as links, and the words of each."""
        by_slug = self.glossary.by_slug
        if section.term:
            others = (side for side in self.sides(section.term) if side.key != section.term.slug)
            yield from self._named_sides(others)
            yield from ((by_slug[slug], by_slug[slug].name) for slug in section.term.related)
        elif section.category:
            yield from ((t, t.name) for t in self.glossary.in_category(section.category))
        elif section.kind == "map":
            yield from ((term, term.name) for term in self.glossary.terms)
        elif section.kind == "acronyms":
            yield from ((term, term.name) for term in self.glossary.terms for _ in term.letters)
        elif section.kind == "index":
            for term in self.glossary.terms:
                covered = [words for one in term.also_covers for words in one.words]
                yield from ((term, words) for words in {term.name, *term.aliases, *covered})
        elif section.kind == "pairs":
            yield from self._named_sides(side for pair in self.glossary.pairs for side in pair)
        elif section.kind == "paths" and self.glossary.book.paths:
            steps = (step for path in self.glossary.book.paths.paths for step in path.steps)
            yield from ((by_slug[step.slug], by_slug[step.slug].name) for step in steps)

    def _named_sides(self, sides: Iterable[Side]) -> Iterator[tuple[Term, str]]:
        """Yield the term of each side that is one, and the words that name it."""
        by_slug = self.glossary.by_slug
        for side in sides:
            if side.key in by_slug:
                yield by_slug[side.key], named_side(self.glossary, side)[0]

    def _with_tiles(self, section: Section) -> Sequence[Term]:
        """Return the terms that a section lists with a tile for each of their neighbours."""
        if section.category:
            return self.glossary.in_category(section.category) if not section.term else ()
        return self.glossary.terms if section.kind == "map" else ()

    def _listed(self, section: Section) -> list[Section]:
        """Return the sections that a section lists: all others, in the contents."""
        listed = section.kind == "contents"
        return [s for s in self.book_sections if listed and s.kind not in {"cover", "contents"}]

    def _words_of(self, slug: str, words: str | None) -> str:
        """Return the words that a reference prints."""
        return words or self.glossary.by_slug[slug].name
