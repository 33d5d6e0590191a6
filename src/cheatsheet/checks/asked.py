"""What a PDF must be, from the manuscript alone: which sections, in which order, leading where."""

from dataclasses import dataclass
from functools import cached_property

from cheatsheet.book import Section, list_acronyms, list_index, make_sections, term_id
from cheatsheet.glossary import Edition, Glossary


@dataclass(frozen=True)
class Asked:
    """The manuscript's side of the checks: the glossary, the edition, the declared fonts."""

    glossary: Glossary
    edition: Edition
    families: frozenset[str]

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections that the book must have, in order."""
        return make_sections(self.glossary)

    def links_from(self, section: Section) -> list[str]:
        """Return the destinations that a section must link to, with those it links to twice."""
        glossary = self.glossary
        if section.term:
            return [term_id(slug) for slug in section.term.leads_to]
        if section.category:
            return [term_id(term.slug) for term in glossary.in_category(section.category)]
        if section.kind == "contents":
            return [s.id for s in self.sections if s.kind not in {"cover", "contents"}]
        if section.kind == "acronyms":
            return [term_id(term.slug) for _, _, term in list_acronyms(glossary)]
        if section.kind == "pairs":
            return [term_id(term.slug) for term in glossary.terms]
        if section.kind == "index":
            return [term_id(e.term.slug) for _, entries in list_index(glossary) for e in entries]
        return []
