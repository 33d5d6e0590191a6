"""Sections → laid-out sections whose printed page numbers are true, and what does not fit."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from cheatsheet.book import PageNumbers, Section, make_sections, number_pages
from cheatsheet.findings import Finding, Place, error
from cheatsheet.glossary import Edition, Glossary
from cheatsheet.html import HtmlRenderer
from cheatsheet.pdf import LaidOut, Typesetter

MAX_PASSES = 6
TOLERANCE_MM = 0.5  # a line's box reaches below its letters

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

Progress = Callable[[str, int, int], None]
"""Is told what is being done, how many are done, and of how many."""


LabelRun = tuple[int, bool, int]
"""Where page labels begin anew: (0-based page, whether Roman, first number)."""


@dataclass(frozen=True)
class Pagination:
    """The shown sections and their pages in reading order, and what is wrong.

    `numbers` is where each section of the book begins, shown or not, and `counts` are the sections'
    numbers of pages by id.
    """

    sections: tuple[Section, ...]
    laid_out: tuple[LaidOut, ...]
    numbers: PageNumbers
    counts: Mapping[str, int]
    findings: tuple[Finding, ...]

    @property
    def labels(self) -> list[LabelRun]:
        """Where the page numbers do not go on from the page before."""
        runs: list[LabelRun] = []
        page, following = 0, None
        for section, laid_out in zip(self.sections, self.laid_out, strict=True):
            start = self.numbers[section.id]
            if (start.roman, start.number) != following:
                runs.append((page, start.roman, start.number))
            page, following = page + laid_out.pages, (start.roman, start.number + laid_out.pages)
        return runs


def paginate(
    glossary: Glossary,
    edition: Edition,
    typesetter: Typesetter,
    counts: Mapping[str, int],
    progress: Progress,
) -> Pagination:
    """Lay out the book's sections with the page numbers that come out: a fixed point.

    Until it was laid out, each section is taken to have as many pages as in `counts`, or one. The
    typesetter remembers, so a further pass costs only the sections whose HTML has changed. What a
    sample does not show is laid out all the same where only that tells its number of pages.
    """
    press = Press(glossary, edition, typesetter, counts)
    settled = any(press.lay_out_all(progress) for _ in range(MAX_PASSES))
    findings = list(dict.fromkeys(press.findings(edition)))  # several sections may say the same
    if not settled:
        findings.append(UNSETTLED.finding(f"after {MAX_PASSES} passes they still change"))
    laid_out = tuple(press.laid_out[section.id] for section in press.shown)
    return Pagination(press.shown, laid_out, press.numbers, press.counts, tuple(findings))


class Press:
    """One build's sections on their way through the typesetter.

    `sections` are the book's in reading order, `shown` those that the edition has. `numbers` is
    where each begins by what is known, `counts` how many pages each has; `laid_out` are those that
    went through already.
    """

    def __init__(
        self,
        glossary: Glossary,
        edition: Edition,
        typesetter: Typesetter,
        counts: Mapping[str, int],
    ) -> None:
        self._glossary = glossary
        self._typesetter = typesetter
        self.sections = make_sections(glossary, edition.sample)
        self.shown = tuple(section for section in self.sections if section.shown)
        one_page = edition.pages_per_term == 1
        self._needed = [s for s in self.sections if s.shown or not (s.term and one_page)]
        self._renderer = HtmlRenderer(glossary, self.sections, typesetter.tokens, edition.sample)
        self.laid_out: dict[str, LaidOut] = {}
        self.counts = dict(counts)
        self.numbers = number_pages(self.sections, counts)

    def lay_out_all(self, progress: Progress) -> bool:
        """Lay out every section; tell whether the numbers stayed what they were.

        Those that may have several pages come first, from the front; a term has one page in the
        usual book, which is so right after one pass, but for the contents.
        """
        before = self.numbers
        order = sorted(self._needed, key=lambda s: (s.term is not None, not s.roman))
        for done, section in enumerate(order):
            progress(section.title, done, len(order))
            self.lay_out(section, self.html(section))
        return self.numbers == before

    def html(self, section: Section) -> str:
        """Return a section's HTML with the numbers as they stand."""
        return self._renderer.render(section, self.numbers)

    def lay_out(self, section: Section, html: str) -> LaidOut:
        """Lay out a section, which has this HTML, and follow its pages."""
        laid_out = self._typesetter.lay_out(html, self.place(section))
        self.laid_out[section.id] = laid_out
        if laid_out.pages != self.counts.get(section.id, 1):
            self.counts[section.id] = laid_out.pages
            self.numbers = number_pages(self.sections, self.counts)
        return laid_out

    def findings(self, edition: Edition) -> Iterator[Finding]:
        """Yield what the renderer said of each section so far, and which have too little room."""
        for section in self._needed:
            if section.id not in self.laid_out:
                continue
            pages = self.laid_out[section.id]
            yield from pages.findings
            allowed = edition.pages_per_term if section.term else pages.pages
            too_long = pages.overflow_mm(allowed)
            if too_long > TOLERANCE_MM:
                room = "its page" if allowed == 1 else f"its {allowed} pages"
                message = f"{section.title} is {too_long:.0f} mm too long for {room}"
                yield OVERFLOW.finding(message, self.place(section))

    def place(self, section: Section) -> Place:
        """Return where a section's text stands."""
        if section.term:
            return self._glossary.place(section.term.slug)
        if section.category:
            index = self._glossary.categories.index(section.category)
            return self._glossary.place("categories", ("categories", index))
        return self._glossary.place("book", ("matter", section.kind))
