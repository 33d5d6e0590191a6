"""The work after a save: lay out what is in view, then the rest; then link and check the book.

Section files come from the project's cache, or from workers. A newer save cancels what is left to
do; a section that a worker has begun is finished, and kept.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cheatsheet.book.templates import RenderError
from cheatsheet.book.typography import Typographer
from cheatsheet.build.rules import UNCHECKED, caused, with_causes
from cheatsheet.checks.judging import merged
from cheatsheet.findings import Finding, has_errors
from cheatsheet.layout.edition_build import EditionBuild, set_up
from cheatsheet.layout.pagination import Pagination
from cheatsheet.layout.records import CONTENT, input_digest
from cheatsheet.lint import lint_glossary
from cheatsheet.lint.proofreading import load_whole
from cheatsheet.model.editions import EPUB, pdf_path
from cheatsheet.model.glossary import Glossary
from cheatsheet.model.sections import PageNumbers, Section
from cheatsheet.pdf.linker import link
from cheatsheet.pdf.making import SectionMaker, section_key
from cheatsheet.pdf.pool import JobError, WorkerPool, default_jobs, start_server
from cheatsheet.pdf.rules import ENGINE
from cheatsheet.pdf.store import Store
from cheatsheet.preview.pictures import Pictures
from cheatsheet.preview.state import Plan, PreviewState, Shown

PT_PER_MM = 72 / 25.4
STANDS_BACK = 10  # how much the work out of view gives way to what is in view (nice(2))


class Workers:
    """The cache, a worker for what is in view, and those for all the rest."""

    def __init__(self, project: Path) -> None:
        start_server()
        self.store = Store(project)
        self.front = WorkerPool(1)
        self.back = WorkerPool(default_jobs(), niceness=STANDS_BACK)

    def close(self) -> None:
        """End all workers at once."""
        self.front.close()
        self.back.close()
        self.store.trim()


@dataclass
class Update:
    """The work after one save.

    `in_view` returns the sections that are wanted first, most important first. `notify` is called
    when there is something new to show, `compare` when the book is linked, and `switch` with an
    edition that must be shown instead.
    """

    project: Path
    workers: Workers
    state: PreviewState
    pictures: Pictures
    in_view: Callable[[], Sequence[str]]
    notify: Callable[[], None]
    compare: Callable[[], object]
    switch: Callable[[str], object]

    async def run(self) -> None:
        """Bring all that is shown up to date."""
        glossary, findings = await asyncio.to_thread(load_whole, self.project)
        if glossary is None:
            self._set_errors(findings)
            return
        editions = list(glossary.book.editions)
        if self.state.edition not in editions:
            self.switch(editions[0])
            return
        store, back, name = self.workers.store, self.workers.back, self.state.edition
        edition = await asyncio.to_thread(set_up, self.project, glossary, name, store, back)
        front = SectionMaker(store, self.workers.front)
        findings += await asyncio.to_thread(edition.style_findings, front)
        if has_errors(findings):
            self._set_errors(findings)
            return
        self.state.set_plan(_plan(edition))
        try:
            with first_of_all():
                async with asyncio.TaskGroup() as tasks:
                    linted = tasks.create_task(self._show_linted(glossary))
                    tasks.create_task(self._bring_up_to_date(edition, findings, linted))
        except RenderError as problem:
            self._set_errors(with_causes(await self._lint(glossary), [problem.finding]))
        except JobError as problem:  # a worker was ended, by who needed its memory or ends them all
            self._set_errors([UNCHECKED.finding(str(problem))])

    async def _bring_up_to_date(
        self, edition: EditionBuild, findings: Sequence[Finding], linted: Awaitable[object]
    ) -> None:
        """Show every section, link the book, and check it. Raises RenderError."""
        pages = _Pages(self, edition)
        if not self.state.counts:  # what is in view first, though its numbers may change
            await pages.show_in_view()
            self.state.counts = await asyncio.to_thread(edition.count_matter)
        await pages.show()
        pagination = await asyncio.to_thread(edition.lay_out, lambda *_: None)
        number, known = edition.paginator.number, self.state.counts
        self.state.counts = pagination.counts
        if number(pagination.counts) != number(known):
            await pages.show()
        self.state.laid_out = (*findings, *pagination.findings)
        self.notify()
        if len(pagination.files) >= len(pagination.sections):
            await self._link_and_check(edition, pagination, linted)

    async def _link_and_check(
        self, edition: EditionBuild, pagination: Pagination, linted: Awaitable[object]
    ) -> None:
        """Link the book from its section files; check it, if nothing is wrong with the texts."""
        submit = self.workers.back.submit
        content = await asyncio.to_thread(input_digest, self.project, CONTENT)
        linked = await _result(submit(link, *edition.linked_from(pagination, content)))
        self.state.set_book(linked.data, pagination.counts)
        self.notify()
        self.compare()
        found = linked.findings
        await linted
        wrong = has_errors((*found, *self.state.linted))
        if not wrong:  # else what the checks would find follows from it
            jobs = [submit(*job) for job in edition.checks(linked.data, pagination)]
            checked = merged([await _result(job) for job in jobs]).findings
            found = (*found, *caused(checked, edition, pagination))
        self.state.set_checked(found)
        self.notify()

    async def _show_linted(self, glossary: Glossary) -> None:
        """Lint the manuscript beside the layout, and show what is found."""
        self.state.linted = tuple(await self._lint(glossary))
        self.notify()

    async def _lint(self, glossary: Glossary) -> list[Finding]:
        """Return what lint finds in a glossary, or that the worker came to no end with it."""
        try:
            found: list[Finding] = await _result(self.workers.back.submit(lint_glossary, glossary))
        except JobError as problem:
            return [UNCHECKED.finding(f"the texts could not be checked: {problem}")]
        return found

    def _set_errors(self, findings: Sequence[Finding]) -> None:
        """Show why no page can be laid out."""
        self.state.set_errors(findings)
        self.notify()


class _Pages:
    """The sections of an edition on their way to the screen."""

    def __init__(self, update: Update, edition: EditionBuild) -> None:
        self._update = update
        self._state = update.state
        self._edition = edition
        self._numbers: PageNumbers = {}
        self._left: dict[str, Section] = {}

    async def show_in_view(self) -> None:
        """Show what is in view as it is with the numbers of pages that are known."""
        paginator, workers = self._edition.paginator, self._update.workers
        self._numbers = paginator.number(self._state.counts)
        self._left = {section.id: section for section in paginator.shown}
        seen = [self._left.pop(s) for s in self._update.in_view() if s in self._left]
        turns = [workers.front, workers.back]
        async with asyncio.TaskGroup() as tasks:
            for number, section in enumerate(seen):
                tasks.create_task(self._show(section, turns[number % 2]))

    async def show(self) -> None:
        """Show every section, those in view first."""
        await self.show_in_view()
        async with asyncio.TaskGroup() as tasks:
            for _ in range(default_jobs()):
                tasks.create_task(self._show_rest())

    async def _show_rest(self) -> None:
        """Show one section after the other, those in view first, until none is left."""
        while self._left:
            wanted = next((s for s in self._update.in_view() if s in self._left), None)
            section = self._left.pop(wanted or next(iter(self._left)))
            await self._show(section, self._update.workers.back)

    async def _show(self, section: Section, executor: WorkerPool) -> None:
        """Show a section, unless it is shown as it should be."""
        styles = self._edition.styles
        html = await asyncio.to_thread(self._edition.paginator.html, section, self._numbers)
        key, shown = section_key(styles, html), self._state.shown.get(section.id)
        self._state.known[section.id] = key
        if shown is not None and shown.made_of == key:
            return
        try:
            maker = SectionMaker(self._update.workers.store, executor)
            file = await _result(maker.section(styles, html))
        except JobError as problem:
            place = self._edition.paginator.place(section)
            self._state.laid_out += (ENGINE.finding(f"{section.title}: {problem}", place),)
            return
        pdf = await self._update.pictures.add(file.pdf)
        if shown is not None and file.pages == 1:
            self._update.pictures.draw_ahead(pdf, shown.pdf)
        self._state.show(section.id, Shown(key, pdf, file.frames))
        found = self._edition.paginator.findings({section.id: file})
        self._state.laid_out = tuple(dict.fromkeys((*self._state.laid_out, *found)))
        self._update.notify()


@contextmanager
def first_of_all() -> Iterator[None]:
    """Raise the first of a group of exceptions alone."""
    try:
        yield
    except ExceptionGroup as problems:
        first: Exception = problems
        while isinstance(first, ExceptionGroup):
            first = first.exceptions[0]
        raise first from None


async def _result(future: "Future[Any]") -> Any:
    """Wait for a worker; what it has begun goes on even if nobody waits any more."""
    answer = asyncio.wrap_future(future)
    # Where nobody waits any more, an error is nobody's, and asyncio would print it.
    answer.add_done_callback(lambda done: done.cancelled() or done.exception())
    return await asyncio.shield(answer)


def _plan(edition: EditionBuild) -> Plan:
    """Return the book as the manuscript has it."""
    book, size, paginator = edition.glossary.book, edition.edition.page_size, edition.paginator
    shown = paginator.shown
    return Plan(
        title=book.title,
        editions=tuple(book.editions),
        has_epub=EPUB in book.epubs,
        size=(size.width * PT_PER_MM, size.height * PT_PER_MM),
        file=pdf_path(edition.glossary, edition.name).as_posix(),
        sections=paginator.sections,
        places={section.id: paginator.place(section) for section in shown},
        drawings={section.term.picture_file: section.id for section in shown if section.term},
        words={section.id: _words(section) for section in shown},
        typeset=Typographer(edition.glossary).words,
    )


def _words(section: Section) -> tuple[str, ...]:
    """Return by what a section may be searched besides its title."""
    if section.term is None:
        return ()
    return (*section.term.aliases, *map(" ".join, section.term.letters))
