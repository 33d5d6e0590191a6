"""The print edition's pages: their numbers, and with which link each begins."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.layout.pagination import Pagination
from cheatsheet.model.glossary import Term
from cheatsheet.model.sections import Section
from cheatsheet.pdf.section import Frame


@dataclass(frozen=True)
class ExpectedEpub(ExpectedBook):
    """What an EPUB must be; `pages` has (address, label) of each page in print that it has."""

    pages: tuple[tuple[str, str], ...] = ()

    def in_print(self, pagination: Pagination) -> Self:
        """Return the same with the pages of the print edition."""
        pages = (
            (f"{section.id}.xhtml#page-{label}", label)
            for section in self.sections
            for label in print_labels(pagination, section)
        )
        return replace(self, pages=tuple(pages))

    def _with_tiles(self, section: Section) -> Sequence[Term]:
        """Return the terms with a tile for each neighbour: on the map too, which has no roads."""
        return self.glossary.terms if section.kind == "map" else super()._with_tiles(section)


def print_labels(pagination: Pagination, section: Section) -> list[str]:
    """Return the numbers of a section's pages in print; none if it is not in print."""
    if section.id not in pagination.numbers:
        return []
    start, pages = pagination.numbers[section.id], range(pagination.counts.get(section.id, 1))
    return [replace(start, number=start.number + page).folio for page in pages]


def first_links(targets: Sequence[str], frames: Sequence[Frame]) -> Iterator[int]:
    """Yield for each page of a section the first of its links that begins there, from 0.

    `targets` are those of the section's links in order. A link that breaks over lines has several
    rectangles, and the way back to the contents is on every page.
    """
    at = 0
    for frame in frames:
        yield at
        for target, _ in frame.links:
            at += at < len(targets) and target == targets[at]
