"""The program, as `cheatsheet` and as `python -m cheatsheet`; signals end it at any time."""

import os
import signal
from types import FrameType
from typing import NoReturn

from cheatsheet.system.ending import ENDING, TerminatedError, exit_code

IMPORT = "<frozen importlib._bootstrap>"  # what Python imports with


def run() -> None:
    """Load the program and run it.

    While it loads, Ctrl-C ends it at once, for nothing was begun; at its end, when all was done, it
    is not heard. Other signals end it like Ctrl-C, so that no temporary file stays. One that is
    ignored, as under nohup, stays so.
    """
    heard = [
        number
        for number in (signal.SIGINT, *ENDING)
        if signal.getsignal(number) is not signal.SIG_IGN
    ]
    for number in heard:
        signal.signal(number, _leave)
    from cheatsheet.cli import main  # noqa: PLC0415 - this is what takes a while

    for number in heard:
        signal.signal(number, _end)
    try:
        main(prog_name="cheatsheet")
    finally:
        for number in heard:
            signal.signal(number, signal.SIG_IGN)


def _leave(number: int, _: FrameType | None) -> NoReturn:
    """End the program before it has begun anything."""
    os._exit(exit_code(number))


def _end(number: int, frame: FrameType | None) -> NoReturn:
    """End the program as Ctrl-C does, with the signal's own exit code.

    While it loads a module it is ended at once: an exception there makes pikepdf end with a core
    dump, and pydantic refuse all that it is given.
    """
    while frame:
        if frame.f_code.co_filename == IMPORT:
            _leave(number, frame)
        frame = frame.f_back
    raise TerminatedError(number)


if __name__ == "__main__":
    run()
