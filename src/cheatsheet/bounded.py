"""Work that may take any time and memory, in a process of its own that has so much and no more."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

MEGABYTE = 1_000_000
KILLED = 5.0  # seconds that a process has to end
PR_SET_PDEATHSIG = 1  # prctl(2)
Made = TypeVar("Made")


@dataclass(frozen=True)
class Bounds:
    """What work may take: seconds, and MB of address space."""

    seconds: float = 60
    megabytes: int = 2000


class OutOfBoundsError(RuntimeError):
    """Work was ended: the message says what it takes too much of."""


def run_bounded(work: Callable[[], Made], bounds: Bounds) -> Made:
    """Return what some work makes; it must be such that another process can be sent it.

    It ends with this process, however this one ends. Raises OutOfBoundsError.
    """
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    arguments = (sender, work, bounds, os.getpid())
    process = context.Process(target=_run, args=arguments, daemon=True)
    process.start()
    sender.close()
    try:
        if not receiver.poll(bounds.seconds):
            raise OutOfBoundsError(f"it takes more than {bounds.seconds:g} s")
        made: Made = receiver.recv()
    except EOFError:  # the process has ended without an answer
        message = f"it takes more than {bounds.megabytes} MB, or makes a library fail"
        raise OutOfBoundsError(message) from None
    finally:
        process.kill()
        process.join(KILLED)
        receiver.close()
    return made


def _run(sender: Connection, work: Callable[[], Made], bounds: Bounds, parent: int) -> None:
    """Do the work and send what it makes; what a library prints as it dies goes nowhere."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends this process
    _die_with(parent)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    _limit(bounds)
    with suppress(MemoryError):
        sender.send(work())


def _die_with(parent: int) -> None:
    """Have this process killed when its parent ends, where the system can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _limit(bounds: Bounds) -> None:
    """Limit the process's address space and its time, where the system can; macOS often refuses."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has no such module

        for kind, wanted in (
            (resource.RLIMIT_AS, bounds.megabytes * MEGABYTE),
            (resource.RLIMIT_CPU, round(bounds.seconds) + 1),
        ):
            _, most = resource.getrlimit(kind)
            value = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
            with suppress(ValueError, OSError):
                resource.setrlimit(kind, (value, most))
