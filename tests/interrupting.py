"""Runs a command once for each step that it takes in some folders, and breaks it off at that step.

Python tells an audit hook of each file that is opened, made, renamed or removed, before it is. What
the hook raises is what the command gets: an error of the system, Ctrl-C, or a kill, after which no
step is done any more, not even by what would clean up. Where a folder is to be read only, no step
that would change something in it is done.
"""

import errno
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any

WRITING = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate"}
STEPS = {
    "open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.scandir",
    "os.listdir", "os.truncate", "shutil.copyfile", "shutil.rmtree",
}  # fmt: skip
ALIKE = 3  # times that one folder is read from in one way: the tenth is as the first
WAYS = ("error", "ctrl-c", "kill")


class Killed(BaseException):
    """The process was killed; nothing but the test catches this."""


class Interrupter:
    """Counts steps in folders, and breaks off at one of them."""

    def __init__(self) -> None:
        self.folders: tuple[str, ...] = ()
        self.steps = self.at = 0
        self.way = ""
        self.read: Counter[tuple[str, ...]] = Counter()

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Take a step; break off if it is the one."""
        if not self.folders or event not in STEPS or not self._is_ours(arguments):
            return
        if not self._is_dead() and self._is_as_before(event, arguments):
            return
        self.steps += 1
        if self.way == "read-only" and _writes(event, arguments):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(arguments[0]))
        if self._is_dead():
            raise Killed
        if self.steps != self.at:
            return
        if self.way == "ctrl-c":
            raise KeyboardInterrupt
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(arguments[0]))

    def _is_dead(self) -> bool:
        """Tell whether the process was killed."""
        return self.way == "kill" and 0 < self.at <= self.steps

    def _is_as_before(self, event: str, arguments: tuple[Any, ...]) -> bool:
        """Tell whether a step reads from a folder that was read from in this way often enough."""
        if _writes(event, arguments):
            return False
        way = event, *(str(Path(one).parent) for one in arguments[:1] if isinstance(one, str))
        self.read[way] += 1
        return self.read[way] > ALIKE

    def _is_ours(self, arguments: tuple[Any, ...]) -> bool:
        """Tell whether a step is in the folders; one by a folder's number is."""
        paths = [
            os.fsdecode(one) for one in arguments if isinstance(one, str | bytes | os.PathLike)
        ]
        inside = any(path.startswith(folder) for path in paths for folder in self.folders)
        return inside or any(type(one) is int and one > 2 for one in arguments[1:2])


def _writes(event: str, arguments: tuple[Any, ...]) -> bool:
    """Tell whether a step changes something."""
    opened = event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    return event in WRITING or bool(opened)


INTERRUPTER = Interrupter()
INSTALLED: list[Interrupter] = []


@contextmanager
def interrupted(folders: list[Path], at: int, way: str) -> Iterator[Interrupter]:
    """Break off what the body does in folders at its step `at`, from 1."""
    if not INSTALLED:
        sys.addaudithook(INTERRUPTER.hook)  # it cannot be taken away again
        INSTALLED.append(INTERRUPTER)
    INTERRUPTER.steps, INTERRUPTER.at, INTERRUPTER.way = 0, at, way
    INTERRUPTER.read.clear()
    INTERRUPTER.folders = tuple(map(str, folders))
    try:
        yield INTERRUPTER
    finally:
        INTERRUPTER.folders = ()


def read_only(folder: Path) -> AbstractContextManager[Interrupter]:
    """Let the body change nothing in a folder, as where it is on a file system for reading."""
    return interrupted([folder], 0, "read-only")


def break_off_everywhere(
    run: Callable[[], None],
    folders: list[Path],
    way: str,
    prepare: Callable[[], None],
    look: Callable[[], None],
) -> int:
    """Break `run` off at each of its steps; `prepare` comes before and `look` after it each time.

    Return how many steps there are.
    """
    at = 1
    while True:
        prepare()
        with interrupted(folders, at, way) as interrupter, suppress(Killed):
            run()
        if interrupter.steps < at:
            return at - 1
        look()
        at += 1
