"""Section files by what they are made of: from the store, or made by workers and stored.

The process that asks for them does not import the renderer.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from cheatsheet.findings import Finding
from cheatsheet.findings.packing import unpack_findings
from cheatsheet.pdf.pool import JobError, OutOfTimeError, WorkerPool
from cheatsheet.pdf.rules import ENGINE, FETCH, GLYPH
from cheatsheet.pdf.section import (
    SectionFile,
    StyleSet,
    content_digest,
    read_style_set,
    style_addresses,
    unpack_section,
)
from cheatsheet.pdf.store import Store
from cheatsheet.pdf.versions import engine_digest
from cheatsheet.stylesheets import StyleFile

NOT_TRIED = "it was not tried, after the renderer came to no end with another section"


class NotTriedError(JobError):
    """A section was not tried, because another one came to no end."""


class JobExecutor(Protocol):
    """What does jobs: a WorkerPool, or an Executor of concurrent.futures, Dask, Ray, loky ..."""

    def submit(self, job: Callable[..., Any], /, *arguments: Any) -> Any:
        """Have a job done, and return its Future."""


class SectionMaker:
    """Makes section files, each once; `made` counts those that were not in the store."""

    def __init__(self, store: Store, executor: JobExecutor) -> None:
        self._store = store
        self._executor = executor
        self._submitted: set[Any] = set()
        self._is_hopeless = False
        self.made = 0

    def style_findings(self, styles: StyleSet) -> tuple[Finding, ...]:
        """Return what is wrong with the files of style sheets; else what the renderer reports."""
        if styles.refused:
            asked = reversed([*style_addresses(styles.styles)])
            first = {styles.refused[url]: place for url, place in asked if url in styles.refused}
            return tuple(FETCH.finding(why, first[why]) for why in reversed(first))
        key = _key("styles", styles.digest)
        entry = self._store.get(key)
        if entry is None:
            try:
                entry = self._executor.submit(run, "make_style_findings", styles).result()
            except JobError as problem:
                return (ENGINE.finding(f"the style sheets cannot be read: {problem}"),)
            self._store.put(key, entry)
        return unpack_findings(entry)

    def section(self, styles: StyleSet, html: str) -> "Future[SectionFile]":
        """Return the section file of a section's HTML; the future raises JobError."""
        key = section_key(styles, html)
        answer: Future[SectionFile] = Future()
        entry = self._store.get(key)
        if entry is not None:
            answer.set_result(unpack_section(entry))
            return answer
        if self._is_hopeless:
            answer.set_exception(NotTriedError(NOT_TRIED))
            return answer
        self.made += 1

        def finish(done: "Future[bytes]") -> None:
            self._submitted.discard(done)
            try:
                entry = done.result()
                self._store.put(key, entry)
                answer.set_result(unpack_section(entry))
            except CancelledError:
                answer.set_exception(NotTriedError(NOT_TRIED))
            except BaseException as problem:  # noqa: BLE001 - whoever waits for the answer gets it
                answer.set_exception(problem)
                if isinstance(problem, OutOfTimeError):
                    self._give_up()

        submitted = self._executor.submit(run, "make_section", styles, html)
        self._submitted.add(submitted)
        submitted.add_done_callback(finish)
        return answer

    def _give_up(self) -> None:
        """Try no other section: what makes one endless is mostly in the styles, and so in all."""
        self._is_hopeless = True
        for submitted in tuple(self._submitted):
            submitted.cancel()


def make_alone(
    project: Path, styles: Sequence[StyleFile], html: str
) -> tuple[SectionFile | None, list[Finding]]:
    """Return the section file of a document that is part of no book, and what is wrong with it.

    It comes from the project's cache, or is made by a worker.
    """
    style_set = read_style_set(project, styles)
    with WorkerPool(1) as pool:
        maker = SectionMaker(Store(project), pool)
        findings = list(maker.style_findings(style_set))
        lost = [finding for finding in findings if finding.code in {FETCH.code, ENGINE.code}]
        if lost:  # what the renderer would say of the document follows from them
            return None, lost
        try:
            file = maker.section(style_set, html).result()
        except JobError as problem:
            return None, [*findings, ENGINE.finding(str(problem))]
    return file, [*findings, *_glyphs_once(file.findings)]


def _glyphs_once(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings with all characters that no font has as one: they are of one alphabet."""
    lacking = [finding for finding in findings if finding.code == GLYPH.code]
    others = [finding for finding in findings if finding.code != GLYPH.code]
    if len(lacking) > 1:
        message = f"{lacking[0].message}, nor {len(lacking) - 1} more characters"
        lacking = [replace(lacking[0], message=message)]
    return [*others, *lacking]


def run(function: str, *arguments: Any) -> bytes:
    """Call a function of pdf/layout.py, which a worker imports, and the main process does not."""
    answer: bytes = getattr(import_module("cheatsheet.pdf.layout"), function)(*arguments)
    return answer


def section_key(styles: StyleSet, html: str) -> str:
    """Return what is another for any other section file: the key of its inputs."""
    return _key("section", styles.digest, html)


def _key(*parts: str) -> str:
    """Return the key of what is made of some parts with these versions of the engine."""
    whole = "\0".join((engine_digest(), *parts))
    return content_digest(whole.encode(errors="surrogatepass"))
