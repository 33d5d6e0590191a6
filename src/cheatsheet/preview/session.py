"""A preview while it runs: saves go to the workers, and their answers to the desk."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

from cheatsheet.findings import has_errors
from cheatsheet.pagination import OVERFLOW
from cheatsheet.pdf import Area
from cheatsheet.preview.baseline import Baseline, Looks, open_baseline, reopen_baseline
from cheatsheet.preview.benches import BookBench, ViewBench
from cheatsheet.preview.desk import Desk, name_of
from cheatsheet.preview.marks import phrases_at
from cheatsheet.preview.messages import (
    Answer,
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
from cheatsheet.preview.pictures import Pictures
from cheatsheet.preview.worker import Worker
from cheatsheet.watching import Files, watch_project

IN_VIEW = 8  # sections that are laid out first at most
STANDS_BACK = 10  # how much the whole book gives way to what is in view (nice(2))
LOOK_S = 1.0  # from one look at the last build's file to the next
STEPS = 10  # sections from one report of progress to the next


class Session:
    """A project on the desk, in one edition at a time.

    `compared` is a PDF to compare with, in place of the last good build.
    """

    def __init__(self, project: Path, edition: str, compared: Path | None) -> None:
        self._project = project
        self._compared = compared
        self._desks = {edition: Desk(edition)}
        self.desk = self._desks[edition]
        self._editions: tuple[str, ...] = ()
        self.pictures = Pictures()
        self._view: tuple[str, ...] = ()
        self._follows = False
        self._saved: list[str] = []
        self._job = Job(0, edition)
        self._listeners: set[asyncio.Event] = set()
        self._baselines: dict[str, Baseline] = {}
        self._looks = Looks(self.pictures)
        self._comparing: asyncio.Task[None] | None = None
        self._lately: set[str] = set()
        self._stop = Event()
        self.closed = False
        self._viewer = Worker(ViewBench, project, self._hear)
        self._binder = Worker(BookBench, project, self._hear, STANDS_BACK)

    async def run(self) -> None:
        """Watch the project and keep the desk up to date, until cancelled."""
        self._begin(self.desk.generation + 1)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._viewer.run())
                tasks.create_task(self._binder.run())
                tasks.create_task(self._watch())
                tasks.create_task(self._keep_baseline())
        finally:
            self._stop.set()

    def close(self) -> None:
        """Let those who listen know that nothing more will come."""
        self.closed = True
        self._ring()

    @contextmanager
    def listen(self) -> Iterator[asyncio.Event]:
        """Yield what is set whenever there is something new to show."""
        event = asyncio.Event()
        event.set()
        self._listeners.add(event)
        try:
            yield event
        finally:
            self._listeners.discard(event)

    def state(self) -> dict[str, Any]:
        """Return all that the browser shows."""
        state, baseline = self.desk.state(), self._baselines.get(self.desk.edition)
        sections = list(self.desk.shown)
        for page in state["pages"]:
            page["was"] = baseline and baseline.page(page["section"], page["index"], sections)
        against = {"name": baseline.name, "key": baseline.key} if baseline else None
        told = {"editions": self._editions, "saved": self._saved, "baseline": against}
        return {**state, **told}

    def look_at(self, sections: list[str], *, follows: bool) -> None:
        """Note which sections are in view, most important first, and whether it follows saves."""
        self._view, self._follows = tuple(sections[:IN_VIEW]), follows
        stale = {s for s in self._view if self.desk.is_stale(s)}
        if self.desk.plan and not self.desk.broken and stale - set(self._job.wanted):
            self._ask_view()

    def switch(self, edition: str) -> bool:
        """Put another edition on the desk; tell whether there is such an edition."""
        if edition not in self._editions:
            return False
        generation, self.desk = self.desk.generation, self._desks.setdefault(edition, Desk(edition))
        self._begin(generation + 1)
        return True

    async def mark(self, name: str) -> tuple[int | None, list[Area]]:
        """Return where a finding is: the 0-based page of the book, and areas in pt on it."""
        desk = self.desk
        finding = next((f for f in desk.findings if name_of(f) == name), None)
        if finding is None:
            return None, []
        pages = list(desk.pages())
        page = desk.page_of(finding, pages)
        if page is None or not pages[page]["key"]:
            return page, []
        section = pages[page]["section"]
        numbers = [n for n, p in enumerate(pages) if p["section"] == section]
        if finding.code == OVERFLOW.code:
            index, foot = desk.full_page(section)
            return numbers[index], [foot]
        phrases = await asyncio.to_thread(phrases_at, self._project, finding.place)
        for number in numbers:
            key, at = pages[number]["key"], pages[number]["page"]
            if areas := await self.pictures.find(key, at, phrases):
                return number, areas
        return page, []

    def _save(self, files: Files) -> None:
        """Note that some files were saved."""
        self._begin(self.desk.generation + 1, files)

    def _begin(self, generation: int, saved: Files = frozenset()) -> None:
        """Begin a generation: take what is shown for stale, and have it laid out."""
        self._binder.ask(None)
        self.desk.saved(generation)
        self._saved = self.desk.sections_of(saved)
        self._ask_view()
        self._ring()

    def _ask_view(self) -> None:
        """Have laid out what is in view, and first what was saved, if that is in view."""
        desk = self.desk
        seen = [s for s in self._saved if self._follows or s in self._view][:IN_VIEW]
        wanted = tuple(dict.fromkeys((*seen, *self._view)))
        shown = {s: shown.digest for s, shown in desk.shown.items()}
        self._job = Job(desk.generation, desk.edition, wanted, shown, desk.counts, desk.surveyed)
        self._viewer.ask(self._job)

    async def _watch(self) -> None:
        """Begin a generation at every save."""
        loop = asyncio.get_running_loop()

        def watch() -> None:
            for files in watch_project(self._project, self._stop):
                loop.call_soon_threadsafe(self._save, files)

        await asyncio.to_thread(watch)

    async def _hear(self, answer: Answer) -> None:
        """Take an answer of a worker's, if it is about what is on the desk."""
        key = await self.pictures.add(answer.pdf) if isinstance(answer, Proofed | Bound) else ""
        desk = self.desk  # as it is now: there may have been a save meanwhile
        if answer.generation != desk.generation:
            return
        if isinstance(answer, Planned):
            self._editions = answer.editions
        if getattr(answer, "edition", desk.edition) != desk.edition:
            if isinstance(answer, Planned):  # the book has lost the edition on the desk
                self.switch(answer.edition)
            return
        self._take(desk, answer, key)
        if not isinstance(answer, InView) and (
            not isinstance(answer, Progressed) or answer.done % STEPS == 0
        ):
            self._ring()
        if isinstance(answer, Judged):
            await self._first_baseline(desk)
        if isinstance(answer, InView | Judged):  # nobody waits now
            await self._tidy()

    def _take(self, desk: Desk, answer: Answer, key: str) -> None:
        """Put an answer on the desk; `key` is that of its PDF, if it has one."""
        match answer:
            case Planned():
                desk.take_plan(answer)
            case Proofed():
                self._draw_ahead(desk, answer, key)
                desk.take_proof(answer, key)
            case InView():
                self._ask_book(desk)
            case Surveyed():
                desk.take_survey(answer)
            case Progressed():
                desk.progress = answer.done, answer.total
            case Bound():
                desk.take_book(answer, key)
                self._compare(desk)
            case Judged():
                desk.take_judgement(answer)
            case Broken():
                desk.take_trouble(answer)

    def _draw_ahead(self, desk: Desk, proof: Proofed, key: str) -> None:
        """Begin to draw a section that is in view, before the browser asks for it."""
        shown = desk.shown.get(next(iter(proof.pages)))
        if shown and len(proof.pages) == 1:
            self.pictures.draw_ahead(key, 0, (shown.key, shown.first))

    def _ask_book(self, desk: Desk) -> None:
        """Have the whole book laid out, once for each generation."""
        if not desk.book_asked:
            desk.book_asked = True
            self._binder.ask(self._job)

    async def _keep_baseline(self) -> None:
        """Open what the pages are compared with, and again when it was written anew."""
        while True:
            desk = self.desk
            if desk.plan:
                path = self._compared or self._project / desk.plan.file
                known = self._baselines.get(desk.edition)
                baseline = await reopen_baseline(self.pictures, path, known)
                if baseline and baseline is not known:
                    self._baselines[desk.edition] = baseline
                    self._compare(desk)
            await asyncio.sleep(LOOK_S)

    async def _first_baseline(self, desk: Desk) -> None:
        """Compare with the first good book of the session where no build is there."""
        pdf = self.pictures.pdf(desk.whole)
        if pdf and desk.edition not in self._baselines and not has_errors(desk.findings):
            name = "the first good book of this session"
            self._baselines[desk.edition] = await open_baseline(self.pictures, pdf, name, (0, 0))
            self._compare(desk)

    def _compare(self, desk: Desk) -> None:
        """Find out, in the background, which pages look unlike the baseline's."""
        if self._comparing:
            self._comparing.cancel()
        self._comparing = asyncio.create_task(self._note_changed(desk))

    async def _note_changed(self, desk: Desk) -> None:
        """Note which pages look unlike the baseline's."""
        baseline = self._baselines.get(desk.edition)
        desk.changed = await self._looks.changed(desk, baseline) if baseline else set()
        desk.compared = desk.bound
        self._ring()

    async def _tidy(self) -> None:
        """Close the PDFs that are shown neither now nor were so the last time."""
        used = {key for desk in self._desks.values() for key in (*desk.keys, desk.whole)}
        used |= {baseline.key for baseline in self._baselines.values()}
        await self.pictures.keep_only(used | self._lately)
        self._lately = used

    def _ring(self) -> None:
        """Tell every listener that there is something new."""
        for event in self._listeners:
            event.set()
