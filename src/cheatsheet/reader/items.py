"""What a reading finds in a finished file: destinations, links, lines of the outline, fonts."""

from dataclasses import dataclass

from cheatsheet.reader.runs import Rectangle


@dataclass(frozen=True)
class Destination:
    """A place in the PDF: a 1-based page, and how far up it, in pt."""

    page: int
    top: float


@dataclass(frozen=True)
class Link:
    """A link annotation on a 1-based page.

    An internal link has a `name` or a `page_reached`, an external one a `uri`; `other` names any
    other kind of action. `words` are those under its rectangle, `description` its /Contents.
    A `hidden` one nobody can use on a screen.
    """

    page: int
    rectangle: Rectangle
    words: str
    name: str | None = None
    page_reached: int | None = None
    uri: str | None = None
    other: str | None = None
    description: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class OutlineEntry:
    """A line of the outline: its title, its level from 1, and its 1-based page.

    One without a page `leads` to what is no page, or nowhere, as a heading may.
    """

    title: str
    level: int
    page: int | None
    leads: bool = True


@dataclass(frozen=True)
class Font:
    """A font: whether its glyphs are in the file, and can be read as text.

    `mapped` are the code units of the texts that its glyphs stand for; `faults` say what is wrong
    with how its codes lead to its glyphs.
    """

    name: str
    embedded: bool
    readable: bool
    mapped: frozenset[int] = frozenset()
    faults: tuple[str, ...] = ()
