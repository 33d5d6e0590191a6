"""Work that may take any time and memory, in a process of its own that has so much and no more.

What pypdf, PDFium and qpdf do with a hostile file is not known: they may look for ever, ask for all
memory, or end the process they are in. The limits are the process's own: they hold when the one
that started it is gone.
"""

import math
import os
import pickle
import resource
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

MEGABYTE = 1_000_000
SLOW = 5  # times as long as it works, a process may take on a busy machine
PR_SET_PDEATHSIG = 1  # prctl(2)
GRACE = 1  # seconds of the processor by which a process outlives its time, if it does not end
OUT_OF_TIME = {-signal.SIGPROF, -signal.SIGALRM, -signal.SIGXCPU}
Made = TypeVar("Made")


@dataclass(frozen=True)
class Bounds:
    """What work may take: a processor's seconds, MB of address space, and MB of a file it reads."""

    seconds: float = 60
    megabytes: int = 2000
    file_megabytes: int = 200


BOUNDS = Bounds()


class OutOfBoundsError(RuntimeError):
    """Work was ended, or not begun: the message says what it takes too much of."""


class Bounded:
    """An object in a process of its own, whose methods have as much as the bounds say, each time.

    The object, what its methods are given, and what they return are pickled. After an
    OutOfBoundsError the process is gone. On Linux it also ends with the thread that made it.
    """

    def __init__(self, thing: object, bounds: Bounds = BOUNDS) -> None:
        self._bounds = bounds
        command = (sys.executable, "-P", "-c", f"import {__name__} as bounded; bounded.serve()")
        self._process = subprocess.Popen(  # noqa: S603 - this very program
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._first: tuple[Any, ...] = (thing, bounds, os.getpid())

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()

    def call(self, method: str, *values: Any) -> Any:
        """Return what a method of the object returns.

        Raises OutOfBoundsError, and RuntimeError with the words of any error that it raised.
        """
        try:
            fine, answer = self._ask(method, values)
        except (EOFError, OSError, pickle.UnpicklingError):  # the process has ended
            raise OutOfBoundsError(self._what_was_too_much()) from None
        if not fine:
            raise RuntimeError(answer)
        return answer

    def _ask(self, method: str, values: tuple[Any, ...]) -> tuple[bool, Any]:
        """Send what is to be done, and return whether it went well, and the answer or the error."""
        pipe, answers = self._process.stdin, self._process.stdout
        if pipe is None or answers is None or pipe.closed:
            raise EOFError
        if self._first:
            pickle.dump(self._first, pipe)
            self._first = ()
        pickle.dump((method, values), pipe)
        pipe.flush()
        answer: tuple[bool, Any] = pickle.load(answers)  # noqa: S301 - from this very program
        return answer

    def _what_was_too_much(self) -> str:
        """Return why the process has ended, in words."""
        self.close()
        if self._process.returncode in OUT_OF_TIME:
            return f"it takes more than {self._bounds.seconds:g} s"
        return (
            f"it takes more than {memory_limit(self._bounds.megabytes)} MB, or makes a library fail"
        )


def run_bounded(work: Callable[[], Made], bounds: Bounds = BOUNDS) -> Made:
    """Return what a picklable function returns that is called in a process of its own.

    Raises OutOfBoundsError, and RuntimeError with the words of any error that the function raised.
    """
    with closing(Bounded(work, bounds)) as process:
        made: Made = process.call("__call__")
        return made


def read_bounded(path: Path, bounds: Bounds = BOUNDS) -> bytes:
    """Return a file's bytes, if it is a file and not larger than it may be.

    A device or a pipe, which may have no end or make one wait for ever, is not read. Raises
    OutOfBoundsError, and OSError where the file cannot be read.
    """
    if path.is_dir():
        raise OutOfBoundsError("it is a folder, and no file")
    data = read_regular(path, bounds.file_megabytes * MEGABYTE)
    if data is None:
        raise OutOfBoundsError("it is a device or a pipe, and no file")
    if len(data) > bounds.file_megabytes * MEGABYTE:
        raise OutOfBoundsError(f"it has more than {bounds.file_megabytes} MB")
    return data


def read_regular(path: Path, most: int) -> bytes | None:
    """Return a file's bytes, at most one more than `most`; None for a device or a pipe.

    Nobody is waited for who writes into a pipe. Raises OSError.
    """
    if path.is_socket():
        return None
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as file:
        return file.read(most + 1) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None


def file_limit(most: int) -> int:
    """Return how many files this process may have open at once, `most` where it may have more."""
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return most if soft == resource.RLIM_INFINITY else min(soft, most)


def memory_limit(megabytes: int) -> int:
    """Return how many MB of address space a process will have: fewer, if the system says so."""
    given = set(resource.getrlimit(resource.RLIMIT_AS)) - {resource.RLIM_INFINITY}
    return min([megabytes, *(size // MEGABYTE for size in given)])


def limit_memory(megabytes: int) -> int:
    """Limit this process's address space, where the system can; return the limit in MB.

    macOS often refuses.
    """
    limit = memory_limit(megabytes)
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (limit * MEGABYTE, most))
    return limit


def end_with_parent() -> None:
    """Have the system kill this process when the one that started it ends; Linux alone can."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - for Linux

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def serve() -> None:
    """Take an object from standard input, then calls of its methods; write what they return."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends this process
    thing, bounds, parent = pickle.load(sys.stdin.buffer)  # noqa: S301 - from this very program
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    end_with_parent()
    if sys.platform == "linux" and os.getppid() != parent:  # it has ended before
        sys.exit()
    limit_memory(bounds.megabytes)
    with suppress(EOFError):
        while True:
            method, values = pickle.load(sys.stdin.buffer)  # noqa: S301 - as above
            _limit_time(bounds.seconds)
            pickle.dump(_done(getattr(thing, method), values), answers)
            answers.flush()
            _limit_time(0)


def _done(method: Callable[..., Any], values: tuple[Any, ...]) -> tuple[bool, Any]:
    """Call a method; return whether it went well, and what it returned or the error's words."""
    try:
        return True, method(*values)
    except MemoryError:
        raise
    except Exception as problem:  # noqa: BLE001 - hostile bytes raise anything
        return False, str(problem)


def _limit_time(seconds: float) -> None:
    """Limit the processor's time, and the time on the clock, from now on; with 0, neither.

    The clock's limit is far off: on a busy machine little is done in a second.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * SLOW)
    most = resource.getrlimit(resource.RLIMIT_CPU)[1]
    last = math.ceil(time.process_time() + seconds + GRACE) if seconds else most
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (last, most))
