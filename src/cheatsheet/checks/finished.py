"""What the checks ask of a finished file, be it a PDF or an EPUB; which pages are a section's."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Protocol

from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.model.sections import Section
from cheatsheet.reader.items import Destination, Link


class Finished(Protocol):
    """A finished book as its reader has it: pages (1-based), their words and links.

    The pages of an EPUB, which has none, are its files in reading order.
    """

    @property
    def pages(self) -> int:
        """The number of pages."""

    @property
    def destinations(self) -> Mapping[str, Destination]:
        """Where each section begins, by id."""

    @property
    def links(self) -> Sequence[Link]:
        """The links in reading order."""

    def text(self, page: int) -> str:
        """Return a page's text."""

    def words_at(self, target: Destination) -> Iterable[str]:
        """Return what stands at a destination: the longest text first, then parts of it."""

    def resolve(self, link: Link) -> int | None:
        """Return the page that a link leads to, or None."""


def section_pages(pdf: Finished, expected: ExpectedBook) -> list[tuple[Section, range]]:
    """Return each section that has a destination with its 1-based pages, in reading order."""
    found = [section for section in expected.sections if section.id in pdf.destinations]
    starts = [pdf.destinations[section.id].page for section in found]
    ranges = [range(first, end) for first, end in pairwise([*starts, pdf.pages + 1])]
    return list(zip(found, ranges, strict=True))
