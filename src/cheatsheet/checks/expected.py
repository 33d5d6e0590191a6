"""What a PDF must be, from the manuscript alone: its sections, what each says and leads to.

What a section prints comes from the glossary, not from what the templates are given
(model/sections.py): what gets lost there is missed here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from cheatsheet.checks.obligations import OBLIGATIONS, Passage, Reference, matter_passages
from cheatsheet.findings import Place
from cheatsheet.model.glossary import Glossary, Term
from cheatsheet.model.references import REFERENCE
from cheatsheet.model.sections import Section, make_sections, term_id
from cheatsheet.model.selling import Edition
from cheatsheet.stylesheets import StyleFile, declared_families


@dataclass(frozen=True)
class ExpectedBook:
    """The manuscript's side of the checks: the glossary, the edition's name, its style sheets.

    `folder` is the project's, which the file must not tell of.
    """

    glossary: Glossary
    name: str
    styles: tuple[StyleFile, ...] = ()
    folder: Path | None = None

    @cached_property
    def edition(self) -> Edition:
        """The edition of the PDF or EPUB."""
        return (self.glossary.book.editions | self.glossary.book.epubs)[self.name]

    @cached_property
    def families(self) -> frozenset[str]:
        """The font families that the style sheets declare."""
        return declared_families(list(self.styles))

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

    def section_place(self, section: Section, page: int) -> Place:
        """Return a page of a section, with the file of its term if it has one."""
        place = self.glossary.place(section.term.slug) if section.term else Place()
        return replace(place, page=page)

    def passages(self, section: Section) -> list[Passage]:
        """Return the texts that a section must print."""
        return [
            replace(text, words=self.glossary.without_references(text.words))
            for text in self._texts(section)
        ]

    def address(self, section: Section) -> str | None:
        """Return the address on the site that a section must lead to, if it must."""
        if section.term:
            return self.glossary.address(section.term) or None
        return self.glossary.sources_address if section.kind == "colophon" else None

    def references(self, section: Section) -> list[Reference]:
        """Return the links that a section must have, each as often as it names it.

        Those to what a sample does not show have an address as their target.
        """
        must, by_slug = OBLIGATIONS[section.kind], self.glossary.by_slug
        named = [
            Reference(term_id(term.slug), words)
            for term, words in must.terms(self.glossary, section)
        ]
        rows = [slug for term in self._with_tiles(section) for slug in term.related]
        named += [Reference(term_id(slug), by_slug[slug].name, is_tile=True) for slug in rows]
        listed = (one for one in self.book_sections if must.lists(one.kind))
        named += [Reference(one.id, one.title) for one in listed]
        if must.sells:
            lacking = (one for one in self.book_sections if one.term and not one.shown)
            named += [Reference(one.id, one.title) for one in lacking]
            named.append(Reference(self.glossary.book.seller, self.glossary.offer_line))
        matches = (
            match for text in self._texts(section) for match in REFERENCE.finditer(text.words)
        )
        named += [Reference(term_id(m[1]), m[2] or by_slug[m[1]].name) for m in matches]
        shown = {one.id for one in self.sections}
        return [r if r.target in shown else replace(r, target=self.buy or r.target) for r in named]

    def _with_tiles(self, section: Section) -> Sequence[Term]:
        """Return the terms that a section shows with a tile for each of their neighbours."""
        return OBLIGATIONS[section.kind].tiles(self.glossary, section)

    def _texts(self, section: Section) -> Iterator[Passage]:
        """Yield the texts that a section must print, with markup."""
        must = OBLIGATIONS[section.kind]
        yield from must.texts(self.glossary, section, self.name)
        for matter in must.matter:
            yield from matter_passages(self.glossary, matter, self.name)
