"""A project's folder → what is saved in it, and a rebuilt PDF after each save.

Alone knows watchfiles, which asks the operating system to be told of changes.
"""

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from watchfiles import Change, watch

from cheatsheet.build.builder import Builder
from cheatsheet.build.last import Build
from cheatsheet.build.rules import NO_EDITION
from cheatsheet.findings import Severity
from cheatsheet.model.editions import UnknownEditionError
from cheatsheet.system.reading import PARTS, TEMPLATES, is_scratch
from cheatsheet.system.running import REFUSED, refused_hint, why_refused

QUIET_MS = 4  # a save is several events; they are one change after two such times without any
LOOK_MS = 100  # how often to look whether a watched folder was replaced by another

Files = frozenset[str]
"""Files, relative to the project's folder, with forward slashes; templates may be outside it."""


@dataclass(frozen=True)
class Rebuild:
    """A build, what was saved before it, and the time in s from then until it was written."""

    build: Build
    saved: Files
    seconds: float


def watch_project(project: Path, stop: Event) -> Iterator[Files]:
    """Yield the files that are saved, made or removed, until `stop` is set.

    No file is named as soon as the project is watched: what is read after that misses no save. It
    is so again when a folder was removed and has come back, as when a branch is switched. Where the
    system tells this program of no changes, it looks for them itself.
    """
    root = project.resolve()
    again, polls = True, False
    while not stop.is_set():
        folders = _folders(root)
        try:
            for files in _watch(root, folders, stop, polls=polls):
                if files or again:  # nothing is known of what was saved before it was watched
                    yield Files() if again else files
                again = False
                if _folders(root) != folders:
                    break
        except FileNotFoundError:  # one of the folders goes in this moment
            pass
        except (OSError, RuntimeError):  # as where other programs have all the watches (inotify(7))
            if polls:
                raise
            polls = True
        again = True


def rebuild_on_save(
    builder: Builder,
    project: Path,
    edition: str,
    stop: Event,
    fail_on: Severity = Severity.ERROR,
) -> Iterator[Rebuild]:
    """Build an edition now and after each save, until `stop` is set.

    Raises UnknownEditionError for an edition that there never was.
    """
    known = False
    for files in watch_project(project, stop):
        start = time.perf_counter()
        try:
            build = builder.build(edition, fail_on)
        except UnknownEditionError as problem:
            if not known:
                raise
            build = Build(edition, findings=[NO_EDITION.finding(str(problem))])
        except OSError as problem:  # a disk that is full, or a file that goes in this moment
            message = f"{Path(problem.filename or project).name}: {why_refused(problem)}"
            refused = REFUSED.finding(message, hint=refused_hint(problem))
            build = Build(edition, findings=[refused])
        known = True
        yield Rebuild(build, files, time.perf_counter() - start)


def _watch(root: Path, folders: dict[Path, int], stop: Event, *, polls: bool) -> Iterator[Files]:
    """Yield the files that change in some folders; now and then nothing, to look at the folders.

    It ends when one of the folders is removed. Raises FileNotFoundError if one is not there.
    """
    for changes in watch(
        *folders,
        watch_filter=lambda _, path: not is_scratch(Path(path).name),
        step=QUIET_MS,
        rust_timeout=LOOK_MS,
        yield_on_timeout=True,
        stop_event=stop,
        force_polling=polls or None,
    ):
        passing = {
            path for change, path in changes if change is Change.added and not os.path.lexists(path)
        }  # an editor's new file, renamed in the same moment to the one it was written for
        paths = {path for _, path in changes} - passing
        yield Files(Path(os.path.relpath(path, root)).as_posix() for path in paths)
        if any(Path(path) in folders for change, path in changes if change is Change.deleted):
            return  # another folder of its name, even with its number, would not be watched


def _folders(root: Path) -> dict[Path, int]:
    """Return the folders to watch that are there, and what tells each from another of its name.

    They are the project's, or its own where none of these is there, and the templates'.
    """
    parts = _numbers(root / part for part in PARTS)
    return {**(parts or _numbers([root])), **_numbers([TEMPLATES.resolve()])}


def _numbers(folders: Iterable[Path]) -> dict[Path, int]:
    """Return the inode number of each folder that is there."""
    found = {}
    for folder in folders:
        with suppress(OSError):
            found[folder] = os.stat(folder).st_ino  # noqa: PTH116 - as os.walk does
    return found
