"""What a PDF must be, from the manuscript alone: which sections, in which order, leading where."""

from dataclasses import dataclass
from functools import cached_property

from cheatsheet.book import Section, list_acronyms, list_index, make_sections, term_id
from cheatsheet.glossary import Edition, Glossary, referenced_slugs


@dataclass(frozen=True)
class Asked:
    """The manuscript's side of the checks: the glossary, the edition, the declared fonts."""

    glossary: Glossary
    edition: Edition
    families: frozenset[str]

    @cached_property
    def book_sections(self) -> tuple[Section, ...]:
        """The sections of the whole book, in order; a sample does not show them all."""
        return make_sections(self.glossary, self.edition.sample)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections that the PDF must have, in order."""
        return tuple(section for section in self.book_sections if section.shown)

    @property
    def buy(self) -> str | None:
        """The address that a sample's links lead to where it lacks their target."""
        return self.edition.sample.buy if self.edition.sample else None

    def links_from(self, section: Section) -> list[str]:
        """Return the destinations and addresses that a section must link to.

        Each stands as often as the section names it.
        """
        shown = {one.id for one in self.sections}
        return [t if t in shown else str(self.buy) for t in self._named_in(section)]

    def _named_in(self, section: Section) -> list[str]:
        """Return the ids of the sections that a section names, each as often as it does."""
        if section.term:
            return [term_id(slug) for slug in section.term.leads_to]
        if section.category:
            terms = [term.slug for term in self.glossary.in_category(section.category)]
            return [term_id(s) for s in (*terms, *referenced_slugs(section.category.opening or ""))]
        return self._links_of_matter.get(section.kind, [])

    @cached_property
    def _links_of_matter(self) -> dict[str, list[str]]:
        """The destinations of the links in the front and back matter, by kind of section."""
        index = (entry for _, entries in list_index(self.glossary) for entry in entries)
        named = {
            "acronyms": [term for _, _, term in list_acronyms(self.glossary)],
            "map": list(self.glossary.terms),
            "pairs": list(self.glossary.terms),
            "index": [entry.term for entry in index],
        }
        links = {kind: [term_id(term.slug) for term in terms] for kind, terms in named.items()}
        paths = self.glossary.book.paths.paths if self.glossary.book.paths else ()
        links["paths"] = [term_id(step.slug) for path in paths for step in path.steps]
        links["contents"] = [
            s.id for s in self.book_sections if s.kind not in {"cover", "contents"}
        ]
        return links
