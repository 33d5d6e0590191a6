"""Sections → section files whose printed page numbers are true, and what does not fit."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import Future
from dataclasses import dataclass, field, replace

from cheatsheet.book.html import HtmlRenderer
from cheatsheet.findings import Finding, Place, error
from cheatsheet.findings.complaints import SEVERAL, told_once
from cheatsheet.model.glossary import Glossary
from cheatsheet.model.sections import PageNumbers, Section, Start, make_sections, number_pages
from cheatsheet.model.selling import Edition
from cheatsheet.pdf.linker import LabelRun, Part
from cheatsheet.pdf.making import NotTriedError
from cheatsheet.pdf.pool import JobError
from cheatsheet.pdf.rules import CROWDED, ENGINE, GLYPH, OFF_PAGE, STYLE
from cheatsheet.pdf.section import SectionFile
from cheatsheet.stylesheets import names_in

MAX_PASSES = 8
OF_STYLES = {CROWDED.code, GLYPH.code, OFF_PAGE.code}

UNSETTLED = error(
    "fit-unsettled",
    "The page numbers do not settle: printing them changes how many pages there are.",
    "make room for longer numbers in the styles",
)
OVERFLOW = error(
    "fit-overflow",
    "A section takes more room than it may.",
    "shorten the text, or make room in the styles",
)

OF_ROOM = {OFF_PAGE.code, OVERFLOW.code}
OF_ALL = "undo the last change to the styles or to a template: it is so of most terms"
Progress = Callable[[str, int, int], None]
"""Is called with what is being done, how many are done, and of how many."""

Make = Callable[[str], "Future[SectionFile]"]
"""Returns the section file of a section's HTML."""


class Paginator:
    """The sections of an edition, and their HTML with the page numbers that they print.

    `sections` are the book's in reading order, `shown` those that the edition has, and `needed`
    those whose number of pages is only known once they are laid out, shown or not.
    """

    def __init__(self, glossary: Glossary, edition: Edition, tokens: Mapping[str, str]) -> None:
        self._glossary = glossary
        self.edition = edition
        self.sections = make_sections(glossary, edition.sample)
        self.shown = tuple(section for section in self.sections if section.shown)
        self.needed = tuple(s for s in self.sections if s.shown or self.may_run_on(s))
        self._renderer = HtmlRenderer(glossary, self.sections, tokens, edition.sample)

    def may_run_on(self, section: Section) -> bool:
        """Tell whether a section may have several pages."""
        return section.term is None or self.edition.pages_per_term > 1

    def number(self, counts: Mapping[str, int]) -> dict[str, Start]:
        """Return where each section begins, given the numbers of pages that are known."""
        return number_pages(self.sections, counts)

    def html(self, section: Section, numbers: PageNumbers) -> str:
        """Return a section's HTML. Raises RenderError."""
        return self._renderer.render(section, numbers)

    def place(self, section: Section) -> Place:
        """Return where a section's text stands."""
        if section.term:
            return self._glossary.place(section.term.slug)
        if section.category:
            index = self._glossary.categories.index(section.category)
            return self._glossary.place("categories.yaml", ("categories", index))
        return self._glossary.place("book.yaml", ("matter", section.kind))

    def findings(self, files: Mapping[str, SectionFile]) -> list[Finding]:
        """Return what is wrong with sections, by id, each cause once; terms come first.

        What the styles alone decide is one cause, wherever it is printed: a character that no font
        has, the same words at the paper's edge. A character of the manuscript's is a finding of the
        text's own (`text-font`).
        """
        found: dict[object, Finding] = {}
        for section in sorted(self.needed, key=lambda section: section.term is None):
            file, place = files.get(section.id), self.place(section)
            for finding in (*file.findings, *self._overflow(section, file)) if file else ():
                at_place = finding if finding.place.file else replace(finding, place=place)
                cause = finding.message if finding.code in OF_STYLES else at_place
                if not self._is_of_text(finding):
                    found.setdefault(cause, at_place)
        return list(_of_most(found.values(), len(self._glossary.terms)))

    def _is_of_text(self, finding: Finding) -> bool:
        """Tell whether a finding is about a character that the texts have and no font has."""
        character = finding.message.partition('"')[2][:1]
        return finding.code == GLYPH.code and character in self._glossary.typefaces.missing

    def _overflow(self, section: Section, file: SectionFile) -> Iterator[Finding]:
        """Yield a finding if a section has too little room."""
        allowed = self.edition.pages_per_term if section.term else file.pages
        too_long = file.overflow_mm(allowed)
        if too_long:
            room = "its page" if allowed == 1 else f"its {allowed} pages"
            message = f"{section.title} is {too_long:.0f} mm too long for {room}"
            hint = f"shorten the text, or change {file.room}" if file.room else ""
            yield OVERFLOW.finding(message, hint=hint)


def _of_most(findings: Collection[Finding], terms: int) -> Iterator[Finding]:
    """Yield findings; of what is so of most terms, and of no text's making, the first alone."""
    of_room = [finding for finding in findings if finding.code in OF_ROOM]
    yield from (finding for finding in findings if finding.code not in OF_ROOM)
    for finding in told_once(of_room, max(SEVERAL, terms // 2 + 1)):
        is_one = finding in findings
        yield finding if is_one else replace(finding, place=Place(), hint=OF_ALL)


@dataclass(frozen=True)
class Pagination:
    """The section files of an edition, and what is wrong.

    `sections` are those that are shown, in reading order; `files` are by section id. `numbers` is
    where each section of the book begins, shown or not, and `counts` how many pages each has.
    `html` is that of each section by id.
    """

    sections: tuple[Section, ...]
    places: Mapping[str, Place]
    files: Mapping[str, SectionFile]
    numbers: PageNumbers
    counts: Mapping[str, int]
    html: Mapping[str, str] = field(repr=False)
    findings: Sequence[Finding]

    @property
    def parts(self) -> list[Part]:
        """What is linked."""
        return [
            Part(self.files[s.id], s.level, self.places[s.id], self.html[s.id])
            for s in self.sections
        ]

    @property
    def names(self) -> AbstractSet[str]:
        """The words in the tags of the HTML (stylesheets/selectors.py)."""
        return frozenset().union(*map(names_in, self.html.values()))

    @property
    def labels(self) -> list[LabelRun]:
        """Where the page numbers do not go on from the page before."""
        runs: list[LabelRun] = []
        page, following = 0, None
        for section in self.sections:
            start, pages = self.numbers[section.id], self.files[section.id].pages
            if (start.roman, start.number) != following:
                runs.append((page, start.roman, start.number))
            page, following = page + pages, (start.roman, start.number + pages)
        return runs


def paginate(paginator: Paginator, make: Make, progress: Progress) -> Pagination:
    """Lay out an edition's sections with the page numbers that come out: a fixed point.

    It always begins from the usual numbers of pages, so that the same input comes to the same end;
    what was made before costs next to nothing. Sections that may have several pages are laid out
    first, so that in the usual book the others are laid out once. It ends early where the renderer
    ignores a value of the styles. Raises RenderError.
    """
    work = _Work(paginator, make)
    settled = any(
        work.lay_out_stale(progress) or work.has_wrong_values() for _ in range(MAX_PASSES)
    )
    findings = [*work.failed(), *paginator.findings(work.files)]
    if not settled:
        findings.append(UNSETTLED.finding(f"after {MAX_PASSES} passes they still change"))
    places = {section.id: paginator.place(section) for section in paginator.shown}
    return Pagination(
        paginator.shown, places, work.files, work.numbers, work.counts, work.html, findings
    )


def count_matter(paginator: Paginator, make: Make) -> dict[str, int]:
    """Return how many pages each section has that is no term's: the terms' numbers follow.

    It lays out these sections alone. Raises RenderError.
    """
    work = _Work(paginator, make)
    while any(s.term is None and s.id not in work.printed for s in paginator.needed):
        work.lay_out_stale(lambda *_: None)
    return work.counts


@dataclass
class _Work:
    """Sections on their way to true page numbers; `printed` are those that a file prints."""

    paginator: Paginator
    make: Make
    files: dict[str, SectionFile] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    printed: dict[str, PageNumbers] = field(default_factory=dict)
    failures: dict[str, list[Section]] = field(default_factory=dict)
    html: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin from the usual number of pages of each section."""
        self.numbers: PageNumbers = self.paginator.number(self.counts)

    def lay_out_stale(self, progress: Progress) -> bool:
        """Lay out the sections that do not print the numbers as they stand; tell if none is left.

        It stops after those whose numbers of pages are not known yet.
        """
        needed = self.paginator.needed
        stale = [s for s in needed if self.printed.get(s.id) is not self.numbers]
        unknown = [s for s in stale if s.id not in self.printed and self.paginator.may_run_on(s)]
        first = [section for section in unknown if section.roman]  # all sides follow from these
        wave = first or unknown or stale
        futures = [(section, self._start(section)) for section in wave]
        before = len(needed) - len(stale)
        for number, (section, future) in enumerate(futures):
            progress(section.title, before + number, len(needed))
            self._take(section, future)
        numbers = self.paginator.number(self.counts)
        if numbers != self.numbers:
            self.numbers = numbers
        return all(self.printed.get(s.id) is self.numbers for s in needed)

    def has_wrong_values(self) -> bool:
        """Tell whether the renderer ignores a variable's value; it judges it where it is used."""
        return any(f.code == STYLE.code for file in self.files.values() for f in file.findings)

    def failed(self) -> Iterator[Finding]:
        """Yield a finding for each way in which the renderer failed, at the first section."""
        for problem, (first, *others) in self.failures.items():
            more = f" and {len(others)} other{'s' if others[1:] else ''}" if others else ""
            message = f"{first.title}{more}: {problem}"
            yield ENGINE.finding(message, self.paginator.place(first))

    def _start(self, section: Section) -> "Future[SectionFile]":
        """Have a section made."""
        html = self.paginator.html(section, self.numbers)
        self.html[section.id] = html
        return self.make(html)

    def _take(self, section: Section, future: "Future[SectionFile]") -> None:
        """Take a section's file, or note why there is none."""
        self.printed[section.id] = self.numbers
        try:
            file = future.result()
        except NotTriedError:
            return
        except JobError as problem:
            self.failures.setdefault(str(problem), []).append(section)
            return
        self.files[section.id] = file
        self.counts[section.id] = file.pages
