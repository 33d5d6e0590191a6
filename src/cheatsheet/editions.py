"""All editions at once: each built by a process of its own, as many at a time as there are cores.

What happens to one edition, even a crash of its process, leaves the others alone.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from cheatsheet.build import Build, Progress, Workshop
from cheatsheet.epub import build_epub, epub_editions
from cheatsheet.findings import Severity, error
from cheatsheet.manuscript import load_glossary

DIED = error(
    "build-died",
    "The process that builds an edition could not go on.",
    "mend what the message names, or build this edition alone to see why it ended",
)

EditionProgress = Callable[[str, str, str, int, int], None]
"""Is told the edition, the stage, what is being done in it, how many are done, and of how many."""


def list_editions(project: Path) -> list[str]:
    """Return the names of the book's editions, those with most pages first, EPUBs last.

    Where the manuscript cannot be loaded there are none.
    """
    glossary, _ = load_glossary(project)
    editions = glossary.book.editions if glossary else {}
    printed = sorted(editions, key=lambda name: -editions[name].pages)
    return [*printed, *(epub_editions(glossary) if glossary else ())]


def build_editions(
    project: Path,
    editions: Sequence[str],
    progress: EditionProgress,
    fail_on: Severity = Severity.ERROR,
) -> list[Build]:
    """Build editions side by side, and return their builds in the same order, EPUBs last.

    An EPUB has the page numbers of the print edition, which is quickest once that is there.
    """
    glossary, _ = load_glossary(project)
    epubs = epub_editions(glossary) if glossary else {}
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        work = partial(_build_apart, project, progress, fail_on)
        builds = list(threads.map(work, [name for name in editions if name not in epubs]))
        return builds + list(threads.map(work, [name for name in editions if name in epubs]))


def build_edition(project: Path, edition: str, progress: Progress, fail_on: Severity) -> Build:
    """Build an edition, a PDF or an EPUB. Raises UnknownEditionError."""
    glossary, _ = load_glossary(project)
    if glossary and edition in epub_editions(glossary):
        return build_epub(project, edition, progress, fail_on)
    return Workshop(project, progress).build(edition, fail_on)


def _build_apart(
    project: Path, progress: EditionProgress, fail_on: Severity, edition: str
) -> Build:
    """Build an edition in a new process; pass on what it tells."""
    spawn = multiprocessing.get_context("spawn")  # a fork would copy the threads' locks
    receiver, sender = spawn.Pipe(duplex=False)
    process = spawn.Process(target=_work, args=(sender, project, edition, fail_on), name=edition)
    process.start()
    sender.close()
    build = Build(edition)
    for told in _received(receiver):
        if isinstance(told, Build):
            build = told
        else:
            progress(edition, *told)
    process.join()
    if process.exitcode:
        message = f"building the edition {edition} ended with {process.exitcode}"
        build.findings.append(DIED.finding(message))
    return build


def _received(receiver: Connection) -> Iterator[Build | tuple[str, str, int, int]]:
    """Yield what a process sends until it ends."""
    with receiver:
        while True:
            try:
                yield receiver.recv()
            except EOFError:
                return


def _work(sender: Connection, project: Path, edition: str, fail_on: Severity) -> None:
    """Build an edition and send its progress and the build."""

    def tell(*told: str | int) -> None:
        sender.send(told)

    build = Build(edition)
    try:
        build = build_edition(project, edition, tell, fail_on)
    except OSError as problem:
        name = Path(problem.filename).name if problem.filename else "a file"
        build.findings.append(DIED.finding(f"{name}: {problem.strerror}; nothing was changed"))
    sender.send(build)
    sender.close()
