"""What the checks of sections and links ask of a finished file, be it a PDF or an EPUB."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from cheatsheet.reader.items import Destination, Link
from cheatsheet.reader.runs import Rectangle


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

    @property
    def sizes(self) -> Sequence[tuple[float, float]]:
        """The pages' widths and heights in pt."""

    def text(self, page: int) -> str:
        """Return a page's text."""

    def words_in(self, page: int, rectangle: Rectangle) -> str:
        """Return the words under a rectangle of a page."""

    def resolve(self, link: Link) -> int | None:
        """Return the page that a link leads to, or None."""
