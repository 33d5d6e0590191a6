"""A preview while it runs: every save begins an update, and the browser is told what is new."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from cheatsheet.build.watching import Files, watch_project
from cheatsheet.findings import has_errors
from cheatsheet.layout.pagination import OVERFLOW
from cheatsheet.pdf.section import Area
from cheatsheet.preview.baseline import Baseline, Looks, open_baseline, reopen_baseline
from cheatsheet.preview.marks import phrases_at
from cheatsheet.preview.pictures import Pictures
from cheatsheet.preview.reading_view import ReadingView
from cheatsheet.preview.state import PreviewState, name_of
from cheatsheet.preview.update import Update, Workers

IN_VIEW = 8  # sections that are laid out first at most
LOOK_S = 1.0  # from one look at the last build's file to the next


class Session:
    """A project in the preview, in one edition at a time.

    `compared` is a PDF to compare with, in place of the last good build.
    """

    def __init__(self, project: Path, edition: str, compared: Path | None) -> None:
        self._project = project
        self._compared = compared
        self._states = {edition: PreviewState(edition)}
        self.state = self._states[edition]
        self.pictures = Pictures()
        self._workers = Workers(project)
        self._reading = ReadingView(project, self._workers)
        self._view: tuple[str, ...] = ()
        self._follows = False
        self._saved: list[str] = []
        self._generation = 0
        self._updating: asyncio.Task[None] | None = None
        self._listeners: set[asyncio.Event] = set()
        self._baselines: dict[str, Baseline] = {}
        self._looks = Looks(self.pictures)
        self._comparing: asyncio.Task[None] | None = None
        self._lately: set[str] = set()
        self._tasks = asyncio.TaskGroup()
        self._stop = Event()
        self.closed = False

    async def run(self) -> None:
        """Watch the project and keep what is shown up to date, until cancelled.

        Raises what an update fails with.
        """
        try:
            async with self._tasks as tasks:
                tasks.create_task(self._watch())
                tasks.create_task(self._keep_baseline())
        finally:
            self._stop.set()
            self._workers.close()
            self.pictures.close()

    def close(self) -> None:
        """Let those who listen know that nothing more will come."""
        self.closed = True
        self._notify()

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

    def shown(self) -> dict[str, Any]:
        """Return all that the browser shows."""
        shown, baseline = self.state.state(), self._baselines.get(self.state.edition)
        sections = list(self.state.shown)
        for page in shown["pages"]:
            page["was"] = baseline and baseline.page(page["section"], page["index"], sections)
        against = baseline and {
            name: getattr(baseline, name) for name in ("name", "key", "problem")
        }
        more = {"editions": self._editions, "saved": self._saved, "baseline": against}
        return {**shown, **more}

    @property
    def _editions(self) -> tuple[str, ...]:
        """The book's editions, as they were when the manuscript could last be read."""
        plans = [state.plan for state in self._states.values() if state.plan]
        return (self.state.plan or plans[-1]).editions if plans else ()

    def look_at(self, sections: list[str], *, follows: bool) -> None:
        """Note which sections are in view, most important first, and whether it follows saves."""
        self._view, self._follows = tuple(sections[:IN_VIEW]), follows

    def switch(self, edition: str) -> bool:
        """Show another edition; tell whether there is such an edition."""
        if edition not in self._editions:
            return False
        self.state = self._states.setdefault(edition, PreviewState(edition))
        self._begin()
        return True

    async def epub_file(self, path: str) -> bytes | None:
        """Return a file of the EPUB, by its path from the contents; None if there is none."""
        return await self._reading.file(path, self.state.generation)

    async def mark(self, name: str) -> tuple[int | None, list[Area]]:
        """Return where a finding is: the 0-based page of the book, and areas in pt on it."""
        state = self.state
        finding = next((f for f in state.findings if name_of(f) == name), None)
        if finding is None:
            return None, []
        pages = list(state.pages())
        page = state.page_of(finding, pages)
        if page is None or not pages[page]["key"]:
            return page, []
        section = pages[page]["section"]
        numbers = [n for n, p in enumerate(pages) if p["section"] == section]
        if finding.code == OVERFLOW.code:
            index, foot = state.full_page(section)
            return numbers[index], [foot]
        typeset = state.plan.typeset if state.plan else str
        phrases = await asyncio.to_thread(phrases_at, self._project, finding.place, typeset)
        for number in numbers:
            key, at = pages[number]["key"], pages[number]["index"]
            if areas := await self.pictures.find(key, at, phrases):
                return number, areas
        return page, []

    def _begin(self, saved: Files = frozenset()) -> None:
        """Begin a generation: take what is shown for stale, and bring it up to date."""
        if self.closed:
            return
        if self._updating:
            self._updating.cancel()
        self._generation += 1
        self.state.begin(self._generation)
        self._saved = self.state.sections_of(saved)
        self._updating = self._tasks.create_task(self._update(self.state))
        self._notify()

    async def _update(self, state: PreviewState) -> None:
        """Bring an edition up to date, and compare it."""
        await Update(
            self._project,
            self._workers,
            state,
            self.pictures,
            self._wanted,
            self._notify,
            partial(self._compare, state),
            self._switch_to,
        ).run()
        if state.linked:
            await self._first_baseline(state)
        await self._tidy()
        await asyncio.to_thread(self._workers.store.trim)

    def _switch_to(self, edition: str) -> None:
        """Show another edition, for the one that was shown is gone."""
        self._states.pop(self.state.edition, None)
        self.state = self._states.setdefault(edition, PreviewState(edition))
        asyncio.get_running_loop().call_soon(self._begin)

    def _wanted(self) -> Sequence[str]:
        """Return the sections that are wanted first: what was saved, if it is in view."""
        seen = [s for s in self._saved if self._follows or s in self._view][:IN_VIEW]
        return tuple(dict.fromkeys((*seen, *self._view)))

    async def _watch(self) -> None:
        """Begin a generation now and at every save."""
        loop = asyncio.get_running_loop()

        def watch() -> None:
            for files in watch_project(self._project, self._stop):
                loop.call_soon_threadsafe(self._begin, files)

        await asyncio.to_thread(watch)

    async def _keep_baseline(self) -> None:
        """Open what the pages are compared with, and again when it was written anew."""
        while True:
            state = self.state
            if state.plan:
                path = self._compared or self._project / state.plan.file
                known = self._baselines.get(state.edition)
                baseline = await reopen_baseline(self.pictures, path, known)
                if baseline and baseline is not known:
                    self._baselines[state.edition] = baseline
                    if state.linked:
                        self._compare(state)
                    await self._tidy()
            await asyncio.sleep(LOOK_S)

    async def _first_baseline(self, state: PreviewState) -> None:
        """Compare with the first good book of the session where no build is there."""
        if state.edition not in self._baselines and not has_errors(state.findings):
            name = "the first good book of this session"
            baseline = await open_baseline(self.pictures, state.book, name, (0, 0))
            self._baselines[state.edition] = baseline
            self._compare(state)

    def _compare(self, state: PreviewState) -> None:
        """Find out, in the background, which pages look unlike the baseline's."""
        if self._comparing:
            self._comparing.cancel()
        self._comparing = asyncio.create_task(self._note_changed(state))

    async def _note_changed(self, state: PreviewState) -> None:
        """Note which pages look unlike the baseline's."""
        baseline = self._baselines.get(state.edition)
        state.changed = await self._looks.changed(state, baseline) if baseline else set()
        state.compared = state.linked
        self._notify()

    async def _tidy(self) -> None:
        """Close the PDFs that are shown neither now nor were so the last time."""
        used = {key for state in self._states.values() for key in state.pdfs}
        used |= {baseline.key for baseline in self._baselines.values()}
        await self.pictures.keep_only(used | self._lately)
        self._lately = used

    def _notify(self) -> None:
        """Tell every listener that there is something new."""
        for event in self._listeners:
            event.set()
