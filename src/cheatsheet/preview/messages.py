"""What the server and its workers say to each other."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cheatsheet.book import Section
from cheatsheet.findings import Finding, Place
from cheatsheet.pdf import Frame

Pages = Mapping[str, tuple[str, tuple[Frame, ...]]]
"""Sections to the digest of what each is made of, and to what lies behind each of its pages."""


@dataclass(frozen=True)
class Job:
    """What a worker is asked for.

    `generation` numbers the saves. `wanted` are the sections to lay out first; `shown` has the
    digest of each section that is on the screen, and `counts` how many pages each section had in
    the last whole book. `surveyed` tells that this generation's digests and lint are known already.
    """

    generation: int
    edition: str
    wanted: tuple[str, ...] = ()
    shown: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    surveyed: bool = False


@dataclass(frozen=True)
class Planned:
    """The book as the manuscript has it now.

    `sections` are in reading order, without their texts; `places` say where each stands, and
    `words` by what else it may be searched. `drawings` are files, and the sections that show them.
    The page's `size` is in pt.
    """

    generation: int
    title: str
    edition: str
    editions: tuple[str, ...]
    size: tuple[float, float]
    file: str
    sections: tuple[Section, ...]
    places: Mapping[str, Place]
    drawings: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Proofed:
    """Some sections' pages, bound without the others; `findings` are those of their layout.

    `pages` are the digest and the frames of each section's pages, in the order of the PDF.
    """

    generation: int
    edition: str
    pdf: bytes
    pages: Pages
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class InView:
    """All that is wanted first has been laid out."""

    generation: int


@dataclass(frozen=True)
class Surveyed:
    """The digest of every section as the project has it now, and what lint says."""

    generation: int
    edition: str
    digests: Mapping[str, str]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Progressed:
    """How many of the book's sections have been laid out, of how many."""

    generation: int
    done: int
    total: int


@dataclass(frozen=True)
class Bound:
    """The whole book: the bytes that a build would write.

    `pages` are the digest and the frames of each section's pages, in reading order, and `counts`
    the numbers of pages of all sections that were laid out, also of those that are not shown.
    """

    generation: int
    edition: str
    pdf: bytes
    pages: Pages
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Judged:
    """All that the styles, the layout and the checks say of the whole book."""

    generation: int
    edition: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Broken:
    """Why no page can be laid out: the manuscript or the styles have errors."""

    generation: int
    findings: tuple[Finding, ...]


Answer = Planned | Proofed | InView | Surveyed | Progressed | Bound | Judged | Broken
