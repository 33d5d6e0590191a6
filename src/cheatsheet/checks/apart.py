"""A PDF judged in a process of its own, which has so much time and memory and no more.

What pypdf and PDFium do with a hostile file is not known: they may look for ever, ask for all
memory, or end the process they are in.
"""

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from cheatsheet.checks.asked import Asked
from cheatsheet.checks.judging import judge
from cheatsheet.checks.report import Checked
from cheatsheet.findings import Finding, error

LIMIT = error(
    "pdf-limit",
    "The file takes more time or memory to read than a check may.",
    "look at it with another program; no book is like that",
)
MEGABYTE = 1_000_000
KILLED = 5.0  # seconds that a process has to end


@dataclass(frozen=True)
class Limits:
    """What reading a file may take: seconds, MB of address space, and MB of the file itself."""

    seconds: float = 60
    megabytes: int = 2000
    file_megabytes: int = 200


LIMITS = Limits()


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
    if path.stat().st_size > limits.file_megabytes * MEGABYTE:
        return _over(f"the file has more than {limits.file_megabytes} MB")
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    work = partial(judge, path.read_bytes(), editions, certain=certain, codes=codes)
    process = context.Process(target=_work, args=(sender, work, limits), daemon=True)
    process.start()
    sender.close()
    try:
        if not receiver.poll(limits.seconds):
            return _over(f"after {limits.seconds:g} s there is no end of it")
        answer: Checked = receiver.recv()
    except EOFError:  # the process has ended without an answer
        return _over(f"reading it takes more than {limits.megabytes} MB, or makes a reader fail")
    finally:
        process.kill()
        process.join(KILLED)
        receiver.close()
    return answer


def _work(sender: Connection, work: Callable[[], Checked], limits: Limits) -> None:
    """Do the work and send what comes of it; what a library prints as it dies goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    _limit_memory(limits.megabytes * MEGABYTE)
    try:
        checked = work()
    except MemoryError:
        checked = _over(f"reading it takes more than {limits.megabytes} MB")
    sender.send(checked)


def _limit_memory(size: int) -> None:
    """Limit the process's address space, in bytes, where the system can; macOS often refuses."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has no such module

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        wanted = size if most == resource.RLIM_INFINITY else min(size, most)
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (wanted, most))


def _over(message: str) -> Checked:
    """Return the one finding that there is when a limit was reached."""
    finding: Finding = LIMIT.finding(message)
    return Checked([finding])
