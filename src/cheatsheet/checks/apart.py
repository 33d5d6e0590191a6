"""Work on a foreign file in a process of its own, which has so much time and memory and no more.

What pypdf, PDFium and qpdf do with a hostile file is not known: they may look for ever, ask for all
memory, or end the process they are in. The limits are the process's own: they hold when the one
that started it is gone.
"""

import math
import os
import pickle
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import Any, Self, TypeVar

from cheatsheet.checks.asked import Asked
from cheatsheet.checks.judging import judge
from cheatsheet.checks.report import Checked
from cheatsheet.findings import error

T = TypeVar("T")

LIMIT = error(
    "pdf-limit",
    "The file takes more time or memory to read than a check may.",
    "look at it with another program; no book is like that",
)
MEGABYTE = 1_000_000
GRACE = 1  # seconds by which a process outlives its time, if nobody ends it
DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG, Linux's prctl(2)
OUT_OF_TIME = {-getattr(signal, name, 0) for name in ("SIGALRM", "SIGXCPU")}


@dataclass(frozen=True)
class Limits:
    """What work on a file may take: seconds, MB of address space, and MB of the file itself."""

    seconds: float = 60
    megabytes: int = 2000
    file_megabytes: int = 200


LIMITS = Limits()


class LimitError(RuntimeError):
    """Work on a file took more than it may; says what there was too much of."""


class Apart:
    """An object in a process of its own, whose methods take as much as `limits` say, each time.

    The object, what its methods are given, and what they return are pickled. After a LimitError the
    process is gone. On Linux it also ends with the thread that made it.
    """

    def __init__(self, thing: object, limits: Limits = LIMITS) -> None:
        self._limits = limits
        command = (sys.executable, "-P", "-c", f"import {__name__} as apart; apart.serve()")
        self._process = subprocess.Popen(  # noqa: S603 - this very program
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._first: tuple[Any, ...] = (thing, limits, os.getpid())
        self._is_late = False

    def __enter__(self) -> Self:
        """Return this."""
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        """End the process."""
        self.close()

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()

    def call(self, method: str, *values: Any) -> Any:
        """Return what a method of the object returns.

        Raises LimitError, and RuntimeError with the words of any error that the method raised.
        """
        clock = Timer(self._limits.seconds, self._stop)
        clock.start()
        try:
            fine, answer = self._ask(method, values)
        except (EOFError, OSError, pickle.UnpicklingError):  # the process has ended
            raise LimitError(self._what_was_too_much()) from None
        finally:
            clock.cancel()
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

    def _stop(self) -> None:
        """End the process because its time is over."""
        self._is_late = True
        self._process.kill()

    def _what_was_too_much(self) -> str:
        """Return why the process has ended, in words."""
        self.close()
        if self._is_late or self._process.returncode in OUT_OF_TIME:
            return f"after {self._limits.seconds:g} s there is no end of it"
        return f"reading it takes more than {memory_limit(self._limits)} MB, or makes a reader fail"


def run_apart(work: Callable[[], T], limits: Limits = LIMITS) -> T:
    """Return what a picklable function returns that is called in a process of its own.

    Raises LimitError, and RuntimeError with the words of any error that the function raised.
    """
    with Apart(work, limits) as process:
        done: T = process.call("__call__")
        return done


def check_apart(
    path: Path,
    editions: Mapping[str, Asked],
    *,
    certain: bool,
    codes: frozenset[str] | None = None,
    limits: Limits = LIMITS,
) -> Checked:
    """Judge a PDF file as `judge` does, in a process of its own.

    Raises OSError where the file cannot be read.
    """
    try:
        data = read_within(path, limits)
        return run_apart(partial(judge, data, editions, certain=certain, codes=codes), limits)
    except LimitError as problem:
        return Checked([LIMIT.finding(str(problem))])


def read_within(path: Path, limits: Limits = LIMITS) -> bytes:
    """Return a file's bytes, if it is a file and not larger than it may be.

    A device or a pipe, which may have no end or make one wait for ever, is not read. Raises
    LimitError, and OSError where the file cannot be read.
    """
    at_once = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, os.O_RDONLY | at_once), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise LimitError("it is a device or a pipe, and no file")
        data = file.read(limits.file_megabytes * MEGABYTE + 1)
    if len(data) > limits.file_megabytes * MEGABYTE:
        raise LimitError(f"the file has more than {limits.file_megabytes} MB")
    return data


def memory_limit(limits: Limits) -> int:
    """Return how many MB of address space a process will have: fewer, if the system says so."""
    if sys.platform == "win32":
        return limits.megabytes
    import resource  # noqa: PLC0415 - Windows has no such module

    given = set(resource.getrlimit(resource.RLIMIT_AS)) - {resource.RLIM_INFINITY}
    return min([limits.megabytes, *(size // MEGABYTE for size in given)])


def serve() -> None:
    """Take an object from standard input, then calls of its methods; write what they return."""
    thing, limits, parent = pickle.load(sys.stdin.buffer)  # noqa: S301 - from this very program
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    _end_with(parent)
    _limit_memory(limits)
    with suppress(EOFError):
        while True:
            method, values = pickle.load(sys.stdin.buffer)  # noqa: S301 - as above
            _limit_time(limits)
            pickle.dump(_done(getattr(thing, method), values), answers)
            answers.flush()
            _limit_time(None)


def _done(method: Callable[..., Any], values: tuple[Any, ...]) -> tuple[bool, Any]:
    """Call a method; return whether it went well, and what it returned or the error's words."""
    try:
        return True, method(*values)
    except MemoryError:
        raise
    except Exception as problem:  # noqa: BLE001 - hostile bytes raise anything
        return False, str(problem)


def _end_with(parent: int) -> None:
    """Have the system end this process with the one that started it; Linux alone can."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - for Linux

        ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != parent:
            sys.exit()


def _limit_memory(limits: Limits) -> None:
    """Limit the process's address space, where the system can; macOS often refuses."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has no such module

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory_limit(limits) * MEGABYTE, most))


def _limit_time(limits: Limits | None) -> None:
    """Limit the time on the clock, and the processor's, from now on; without limits, neither."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has no such module

        seconds = limits.seconds + GRACE if limits else 0
        signal.setitimer(signal.ITIMER_REAL, seconds)
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        wanted = math.ceil(used.ru_utime + used.ru_stime + seconds) if limits else most
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, (wanted, most))
