"""The table of section kinds: which sections a book has, in order, and under which titles.

A kind's template is templates/book/<kind>.html.j2, its styles are styles/components/<kind>.css.
What a section of a kind must print and lead to stands in `checks/obligations.py`, which has a row
for each kind too; a kind that lacks one is refused when the program starts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from cheatsheet.model.glossary import Glossary


class Part(Enum):
    """A part of the book. The front matter has Roman page numbers."""

    FRONT = "front matter"
    BODY = "categories and their terms"
    BACK = "back matter"
    SAMPLE = "what only a free sample has"


@dataclass(frozen=True)
class SectionKind:
    """A kind of section: its part of the book, and the title that a book gives it, if it has one.

    Sections of the body and of a sample get their titles from what they are of. `pages` is how many
    a section is taken to have until it is laid out: a wrong guess costs a second layout.
    """

    part: Part
    title: Callable[[Glossary], str | None] = lambda _: None
    pages: int = 1


def _matter(name: str) -> Callable[[Glossary], str | None]:
    """Return what gives a section the title that book.yaml has for it under `matter`."""

    def title(glossary: Glossary) -> str | None:
        matter = getattr(glossary.book.matter, name)
        return matter.title if matter else None

    return title


def _paths(glossary: Glossary) -> str | None:
    """Return the title of the learning paths, if the book has any."""
    return glossary.book.paths.title if glossary.book.paths else None


def _acronyms(glossary: Glossary) -> str | None:
    """Return the title of the acronym decoder, if a term has letters to decode."""
    return _matter("acronyms")(glossary) if any(t.letters for t in glossary.terms) else None


def _pairs(glossary: Glossary) -> str | None:
    """Return the title of the pairs, if there are any."""
    return _matter("pairs")(glossary) if glossary.pairs else None


def _colophon(glossary: Glossary) -> str | None:
    """Return the title of the last page: that of its first part, before the colophon's own."""
    matter = glossary.book.matter
    return (matter.facts_checked or matter.colophon).title if matter.colophon else None


SECTION_KINDS: dict[str, SectionKind] = {
    "cover": SectionKind(Part.FRONT, lambda glossary: glossary.book.title),
    "how_to_read": SectionKind(Part.FRONT, _matter("how_to_read")),
    "contents": SectionKind(Part.FRONT, _matter("contents")),
    "paths": SectionKind(Part.FRONT, _paths, pages=2),
    "map": SectionKind(Part.FRONT, _matter("map")),
    "category": SectionKind(Part.BODY),
    "term": SectionKind(Part.BODY),
    "acronyms": SectionKind(Part.BACK, _acronyms),
    "pairs": SectionKind(Part.BACK, _pairs, pages=3),
    "index": SectionKind(Part.BACK, _matter("index"), pages=2),
    "colophon": SectionKind(Part.BACK, _colophon),
    "offer": SectionKind(Part.SAMPLE),
}
"""In the order in which they stand in the book."""
