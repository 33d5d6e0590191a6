"""What the preview shows: an edition's pages, which of them are stale, and what is wrong.

No process, no server: section files go in, and what the browser shows comes out.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cheatsheet.build.rules import with_causes
from cheatsheet.findings import Finding, Place, Severity, has_errors
from cheatsheet.findings.report.result_json import finding_dict
from cheatsheet.model.sections import Section, number_pages, to_roman
from cheatsheet.pdf.section import Area, Frame, content_digest

FOOT = 28.0  # pt: of a page whose text is too long, where to look


@dataclass(frozen=True)
class Plan:
    """The book as the manuscript has it now.

    `sections` are in reading order; `places` say where each stands, and `words` by what else it may
    be searched. `drawings` are files, and the sections that show them. The page's `size` is in pt;
    `typeset` returns a text as the pages' HTML has it.
    """

    title: str
    editions: tuple[str, ...]
    has_epub: bool
    size: tuple[float, float]
    file: str
    sections: tuple[Section, ...]
    places: Mapping[str, Place]
    drawings: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    typeset: Callable[[str], str]


@dataclass(frozen=True)
class Shown:
    """A section's pages as they are shown.

    `made_of` is the key of the section file, and `pdf` that of the opened PDF.
    """

    made_of: str
    pdf: str
    frames: tuple[Frame, ...]


@dataclass
class PreviewState:
    """One edition in the preview.

    `known` has the key of the section file that each section should have, as far as that is known
    since the last save; `changed` are the (section, page of the section) that do not look as in the
    baseline, as far as they are `compared`. `counts` are the numbers of pages that the printed
    numbers follow from, of hidden sections too; they are `unsettled` where a section turns out to
    have another. The book is `linked` when its PDF is of all that was saved.
    """

    edition: str
    generation: int = 0
    plan: Plan | None = None
    shown: dict[str, Shown] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    book: bytes = field(default=b"", repr=False)
    linked: bool = False
    judged: bool = False
    unsettled: bool = False
    compared: bool = False
    changed: set[tuple[str, int]] = field(default_factory=set)
    errors: tuple[Finding, ...] = ()
    linted: tuple[Finding, ...] = ()
    laid_out: tuple[Finding, ...] = ()
    checked: tuple[Finding, ...] = ()

    def begin(self, generation: int) -> None:
        """Take all pages for stale until they are known to be the same: something was saved."""
        self.generation = generation
        self.known = {}
        self.linked = self.judged = self.unsettled = self.compared = False
        self.laid_out = ()

    def set_plan(self, plan: Plan) -> None:
        """Take the sections as the manuscript, which can be read, has them now."""
        self.plan, self.errors = plan, ()
        names = {section.id for section in plan.sections if section.shown}
        self.shown = {name: shown for name, shown in self.shown.items() if name in names}

    def show(self, section: str, shown: Shown) -> None:
        """Show a section's pages, which are what it should have."""
        self.shown[section] = shown
        self.known[section] = shown.made_of
        self.unsettled |= self._pages_of(section) != len(shown.frames)

    def _pages_of(self, section: str) -> int:
        """Return how many pages a section has by the numbers that are printed."""
        sections = self.plan.sections if self.plan else ()
        usual = {one.id: one.usual_pages for one in sections}
        return self.counts.get(section, usual.get(section, 1))

    def set_errors(self, errors: Sequence[Finding]) -> None:
        """Note why no page can be laid out; what is shown stays, and is stale."""
        self.errors, self.known = tuple(errors), {}

    def set_book(self, book: bytes, counts: Mapping[str, int]) -> None:
        """Take the whole book, of which every page is shown."""
        self.book, self.counts = book, counts
        self.linked, self.unsettled = True, False

    def set_checked(self, findings: Sequence[Finding]) -> None:
        """Note what the checks say of the whole book."""
        self.checked, self.judged = tuple(findings), True

    def is_stale(self, section: str) -> bool:
        """Tell whether a section's pages are not known to be what the project makes now.

        While numbers of pages are unsettled, none are: any may print a number of a page.
        """
        shown = self.shown.get(section)
        return self.unsettled or shown is None or self.known.get(section) != shown.made_of

    @property
    def is_current(self) -> bool:
        """Whether every page is what the project makes now, and the book is linked from them."""
        return self.linked and not any(map(self.is_stale, self.shown))

    @property
    def progress(self) -> tuple[int, int]:
        """How many of the sections are shown as they should be, of how many."""
        return sum(not self.is_stale(section) for section in self.shown), len(self.shown)

    @property
    def pdfs(self) -> set[str]:
        """The keys of the PDFs whose pages are shown."""
        return {shown.pdf for shown in self.shown.values()}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that is known to be wrong, each once: what stops everything alone, if there is.

        Errors come first.
        """
        found = self.errors or dict.fromkeys(
            with_causes([*self.linted], (*self.laid_out, *self.checked))
        )
        return tuple(sorted(found, key=lambda finding: finding.severity is not Severity.ERROR))

    def sections_of(self, files: Iterable[str]) -> list[str]:
        """Return the sections whose text or drawing stands in some files."""
        if self.plan is None:
            return []
        wanted = set(files)
        drawn = {section for file, section in self.plan.drawings.items() if file in wanted}
        places = self.plan.places.items()
        return [section for section, place in places if place.file in wanted or section in drawn]

    def pages(self) -> Iterator[dict[str, Any]]:
        """Yield each page as the browser needs it, in reading order; numbers are 0-based."""
        if self.plan is None:
            return
        width, height = self.plan.size
        counts = {name: len(shown.frames) for name, shown in self.shown.items()}
        starts = number_pages(self.plan.sections, {**self.counts, **counts})
        for section in (one for one in self.plan.sections if one.shown):
            shown, start = self.shown.get(section.id), starts[section.id]
            for index in range(len(shown.frames) if shown else 1):
                number = start.number + index
                frame = shown.frames[index] if shown else None
                yield {
                    "section": section.id,
                    "index": index,
                    "title": section.title,
                    "folio": to_roman(number) if section.roman else str(number),
                    "width": round(frame.width if frame else width, 2),
                    "height": round(frame.height if frame else height, 2),
                    "key": shown.pdf if shown else None,
                    "digest": shown.made_of if shown else None,
                    "known": section.id in self.known,
                    "stale": self.is_stale(section.id),
                    "changed": (section.id, index) in self.changed,
                }

    def section_of(self, finding: Finding) -> str | None:
        """Return the section that a finding's place is in, if it is in one.

        A text belongs to the last section that begins before it in its file.
        """
        place, plan = finding.place, self.plan
        if plan is None or place.file is None:
            return None
        if place.file in plan.drawings:
            return plan.drawings[place.file]
        inside = {name: p.line or 1 for name, p in plan.places.items() if p.file == place.file}
        before = [name for name, line in inside.items() if line <= (place.line or 1)]
        return max(before, key=inside.__getitem__, default=None)

    def full_page(self, section: str) -> tuple[int, Area]:
        """Return where a section has run out of room, if so: a page's index, and its foot in pt.

        A page that should not be there is the last one.
        """
        frames = self.shown[section].frames
        index = max(len(frames) - 2, 0)
        left, top, width, height = frames[index].area
        return index, (left, top + height - FOOT, width, FOOT)

    def page_of(self, finding: Finding, pages: Sequence[Mapping[str, Any]]) -> int | None:
        """Return the 0-based page, of all that are shown, that a finding is about, if any."""
        if finding.place.page is not None:
            return min(finding.place.page, len(pages)) - 1
        section = self.section_of(finding)
        return next((n for n, page in enumerate(pages) if page["section"] == section), None)

    def state(self) -> dict[str, Any]:
        """Return all that the browser shows."""
        plan, pages = self.plan, list(self.pages())
        return {
            "generation": self.generation,
            "edition": self.edition,
            "title": plan.title if plan else "",
            "epub": bool(plan and plan.has_epub),
            "broken": bool(self.errors),
            "rejected": has_errors(self.findings),
            "current": self.is_current,
            "judged": self.judged,
            "compared": self.compared,
            "progress": self.progress,
            "pages": pages,
            "sections": list(_listed(plan)) if plan else [],
            "findings": [
                finding_dict(finding)
                | {"id": name_of(finding), "shows": self.page_of(finding, pages)}
                for finding in self.findings
            ],
        }


def name_of(finding: Finding) -> str:
    """Return what tells a finding from all others."""
    return content_digest(repr(finding).encode())


def _listed(plan: Plan) -> Iterator[dict[str, Any]]:
    """Yield each section as the search needs it."""
    for section in (one for one in plan.sections if one.shown):
        words = plan.words[section.id]
        yield {"id": section.id, "title": section.title, "level": section.level, "words": words}
