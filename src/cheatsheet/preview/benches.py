"""What the two workers do: lay out what is in view at once, and the whole book after it.

Both work as the build does, by the same composer; each is a process of its own, so that a save is
answered while the book of the last one is still being bound.
"""

import gc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from cheatsheet.book import Section
from cheatsheet.build import pdf_path, rare_collections
from cheatsheet.checks import check_pdf
from cheatsheet.composition import Composer, Setting
from cheatsheet.findings import Finding, has_errors
from cheatsheet.lint import lint_glossary
from cheatsheet.manuscript import load_glossary
from cheatsheet.pagination import Pagination, Press
from cheatsheet.pdf import Frame, digest_html, page_frames
from cheatsheet.preview.messages import (
    Bound,
    Broken,
    InView,
    Job,
    Judged,
    Planned,
    Progressed,
    Proofed,
    Surveyed,
)
from cheatsheet.preview.worker import Line

PT_PER_MM = 72 / 25.4


class ViewBench:
    """Lays out the sections in view, each bound alone, then says which others have changed."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._composer = Composer(project)

    def work(self, job: Job, line: Line) -> None:
        """Do a job. Raises SupersededError."""
        with rare_collections():
            setting, loaded = _set_up(self._project, self._composer, job, line)
            if setting is None:
                return
            press = setting.press(job.counts)
            line.tell(_plan(job, setting, press))
            try:
                _proof(job, setting, press, line)
            finally:
                setting.typesetter.forget_unused()
            line.tell(InView(job.generation))
            if not job.surveyed:
                digests = dict(_digests(setting, press, line))
                said = (*loaded, *lint_glossary(setting.glossary))
                line.tell(Surveyed(job.generation, setting.name, digests, said))
        gc.collect()  # nobody waits now


class BookBench:
    """Lays out and binds the whole book, then judges it."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._composer = Composer(project)

    def work(self, job: Job, line: Line) -> None:
        """Do a job. Raises SupersededError."""
        try:
            with rare_collections():
                self._work(job, line)
        finally:
            gc.collect()  # a superseded job's pages too; nobody waits for this process

    def _work(self, job: Job, line: Line) -> None:
        """Do a job. Raises SupersededError."""
        setting, _ = _set_up(self._project, self._composer, job, line)
        if setting is None:
            return
        pagination = self._composer.lay_out(
            setting, lambda _, done, total: line.tell(Progressed(job.generation, done, total))
        )
        binding = setting.bind(pagination.laid_out, pagination.labels)
        line.tell(Bound(job.generation, setting.name, binding.pdf, _pages(setting, pagination)))
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


def _proof(job: Job, setting: Setting, press: Press, line: Line) -> None:
    """Lay out and bind, one by one, the wanted sections that are not on the screen as they are."""
    sections = {section.id: section for section in press.shown}
    for section in (sections[name] for name in job.wanted if name in sections):
        html = press.html(section)
        digest = setting.digest(digest_html(html))
        if digest == job.shown.get(section.id):
            continue
        laid_out = press.lay_out(section, html)
        pdf = setting.bind((laid_out,), []).pdf
        findings = tuple(press.findings(setting.edition))
        frames = page_frames(laid_out)
        line.tell(Proofed(job.generation, setting.name, section.id, digest, pdf, frames, findings))


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
        words={section.id: _words(section) for section in press.shown},
    )


def _words(section: Section) -> tuple[str, ...]:
    """Return by what a section may be searched besides its title."""
    return (*section.term.aliases, section.term.full_form or "") if section.term else ()


def _digests(setting: Setting, press: Press, line: Line) -> Iterator[tuple[str, str]]:
    """Yield the id and the digest of every section."""
    for section in press.shown:
        yield section.id, setting.digest(digest_html(press.html(section)))
        line.check()


def _pages(setting: Setting, pagination: Pagination) -> dict[str, tuple[str, tuple[Frame, ...]]]:
    """Return the digest and frames of each section's pages, in reading order."""
    return {
        section.id: (setting.digest(laid_out.digest), page_frames(laid_out))
        for section, laid_out in zip(pagination.sections, pagination.laid_out, strict=True)
    }
