"""What the two workers do: lay out what is in view at once, then the whole book.

Both work as the build does, by the same composer; each is a process of its own. What is in view is
the first one's alone. Then they share the pages that are stale: the second one goes on to the whole
book, from the front, and the first comes towards it, from the back.
"""

import gc
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from cheatsheet.book import Section
from cheatsheet.build import pdf_path
from cheatsheet.checks import check_pdf
from cheatsheet.composition import Composer, Setting
from cheatsheet.findings import Finding, has_errors
from cheatsheet.lint import lint_glossary
from cheatsheet.manuscript import load_glossary
from cheatsheet.pagination import Press
from cheatsheet.pdf import LaidOut, Typesetter, digest_html, page_frames
from cheatsheet.preview.messages import (
    Bound,
    Broken,
    InView,
    Job,
    Judged,
    Pages,
    Planned,
    Progressed,
    Proofed,
    Surveyed,
)
from cheatsheet.preview.worker import Line

PT_PER_MM = 72 / 25.4
CALM_S = 0.1  # in which the pages in view come to the screen, and no worker is in their way
GROUP = 8  # sections out of view that are bound together
SHARE = 0.4  # of the sections: those that the second worker lays out first


class _Written(NamedTuple):
    """A section, its HTML, and the digest of its pages."""

    section: Section
    html: str
    digest: str


class _Bench:
    """What both benches have: a composer, and whether their last job was broken off."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._composer = Composer(project)
        self._broken_off = False

    def _proof(
        self, job: Job, setting: Setting, press: Press, group: Sequence[_Written], line: Line
    ) -> None:
        """Lay out and bind some sections."""
        laid_out = tuple(press.lay_out(written.section, written.html) for written in group)
        pdf = setting.bind(laid_out, []).pdf
        findings = tuple(press.findings(setting.edition))
        pages = _pages(setting, (written.section for written in group), laid_out)
        line.tell(Proofed(job.generation, setting.name, pdf, pages, findings))
        press.laid_out.clear()


class ViewBench(_Bench):
    """Lays out the sections in view, says which others have changed, and lays out half of them."""

    def work(self, job: Job, line: Line) -> None:
        """Do a job. Raises SupersededError."""
        setting, loaded = _set_up(self._project, self._composer, job, line)
        if setting is None:
            return
        press = setting.press(job.counts)
        line.tell(_plan(job, setting, press))
        wanted = [section for section in press.shown if section.id in job.wanted]
        wanted.sort(key=lambda section: job.wanted.index(section.id))
        for group in _stale_groups(job, _write(setting, press, wanted), 1):
            self._proof(job, setting, press, group, line)
        line.tell(InView(job.generation))
        line.pause(CALM_S)
        if self._broken_off:
            gc.collect()
        self._broken_off = True
        _, back = _shares(job, press)
        written = _write(setting, press, back if job.surveyed else press.shown)
        if not job.surveyed:
            digests = {section.id: digest for section, _, digest in written}
            said = (*loaded, *lint_glossary(setting.glossary))
            line.tell(Surveyed(job.generation, setting.name, digests, said))
        of_back = {section.id for section in back}
        behind = [page for page in reversed(written) if page.section.id in of_back]
        for group in _stale_groups(job, behind, GROUP):
            self._proof(job, setting, press, group, line)
            setting.typesetter.forget_unused()
        setting.typesetter.forget_unused()
        gc.collect()
        self._broken_off = False


class BookBench(_Bench):
    """Lays out half of the sections that have changed, binds the whole book, and judges it."""

    def __init__(self, project: Path) -> None:
        super().__init__(project)
        self._typesetter: Typesetter | None = None

    def work(self, job: Job, line: Line) -> None:
        """Do a job. Raises SupersededError."""
        line.pause(CALM_S)
        self._work(job, line)
        gc.collect()
        self._broken_off = False

    def _work(self, job: Job, line: Line) -> None:
        """Do a job. Raises SupersededError."""
        setting, _ = _set_up(self._project, self._composer, job, line)
        if setting is None:
            return
        others = setting.typesetter is not self._typesetter
        self._typesetter = setting.typesetter
        if others or self._broken_off:
            gc.collect()  # the old pages go before there are new ones
        self._broken_off = True
        press = setting.press(job.counts)
        front, _ = _shares(job, press)
        for group in _stale_groups(job, _write(setting, press, front), GROUP):
            self._proof(job, setting, press, group, line)
        pagination = self._composer.lay_out(
            setting, lambda _, done, total: line.tell(Progressed(job.generation, done, total))
        )
        binding = setting.bind(pagination.laid_out, pagination.labels)
        pages = _pages(setting, pagination.sections, pagination.laid_out)
        counts = pagination.counts
        line.tell(Bound(job.generation, setting.name, binding.pdf, pages, counts))
        checked = check_pdf(binding.pdf, setting.asked).findings
        said = (*setting.findings, *pagination.findings, *binding.findings)
        line.tell(Judged(job.generation, setting.name, (*said, *checked)))


def _set_up(
    project: Path, composer: Composer, job: Job, line: Line
) -> tuple[Setting | None, list[Finding]]:
    """Return the edition's setting as the project has it now, or tell what is broken."""
    glossary, findings = load_glossary(project)
    if glossary is not None:
        names = list(glossary.book.editions)
        setting = composer.set_up(glossary, job.edition if job.edition in names else names[0])
        if not has_errors(setting.findings):
            return setting, findings
        findings.extend(setting.findings)
    line.tell(Broken(job.generation, tuple(findings)))
    return None, findings


def _shares(job: Job, press: Press) -> tuple[Sequence[Section], Sequence[Section]]:
    """Return the sections out of view: those that the second worker lays out first, and the rest.

    The first worker has its share laid out sooner, and so it is larger.
    """
    rest = [section for section in press.shown if section.id not in job.wanted]
    middle = round(SHARE * len(rest))
    return rest[:middle], rest[middle:]


def _write(setting: Setting, press: Press, sections: Iterable[Section]) -> list[_Written]:
    """Return some sections with their HTML."""
    pages = ((section, press.html(section)) for section in sections)
    return [_Written(s, html, setting.digest(digest_html(html))) for s, html in pages]


def _stale_groups(job: Job, written: Sequence[_Written], size: int) -> Iterator[Sequence[_Written]]:
    """Yield the sections that are not on the screen as they are now, so many at a time."""
    stale = [page for page in written if page.digest != job.shown.get(page.section.id)]
    for first in range(0, len(stale), size):
        yield stale[first : first + size]


def _plan(job: Job, setting: Setting, press: Press) -> Planned:
    """Return the book as the manuscript has it."""
    book, size = setting.glossary.book, setting.edition.page_size
    return Planned(
        generation=job.generation,
        title=book.title,
        edition=setting.name,
        editions=tuple(book.editions),
        size=(size.width * PT_PER_MM, size.height * PT_PER_MM),
        file=pdf_path(setting.glossary, setting.name).as_posix(),
        sections=tuple(replace(section, category=None, term=None) for section in press.sections),
        places={section.id: press.place(section) for section in press.shown},
        drawings={section.term.picture_file: section.id for section in press.shown if section.term},
        words={section.id: _words(section) for section in press.shown},
    )


def _words(section: Section) -> tuple[str, ...]:
    """Return by what a section may be searched besides its title."""
    return (*section.term.aliases, section.term.full_form or "") if section.term else ()


def _pages(setting: Setting, sections: Iterable[Section], laid_out: Sequence[LaidOut]) -> Pages:
    """Return the digest and frames of each section's pages."""
    return {
        section.id: (setting.digest(pages.digest), page_frames(pages))
        for section, pages in zip(sections, laid_out, strict=True)
    }
