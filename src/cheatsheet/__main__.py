"""The program, as `cheatsheet` and as `python -m cheatsheet`; signals end it at any time."""

import os
import signal
import sys

STOPPED, TERMINATED = 128 + signal.SIGINT, 128 + signal.SIGTERM  # as shells have it


def run() -> None:
    """Load the program and run it.

    While it loads, Ctrl-C ends it at once, for nothing was begun; at its end, when all was done, it
    is not heard. SIGTERM ends it like Ctrl-C, so that no temporary file stays.
    """
    heard = signal.getsignal(signal.SIGINT) is not signal.SIG_IGN  # as under nohup
    if heard:
        signal.signal(signal.SIGINT, lambda *_: os._exit(STOPPED))
    from cheatsheet.cli import main  # noqa: PLC0415 - this is what takes a while

    if heard:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    try:
        main(prog_name="cheatsheet")
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)


if __name__ == "__main__":
    run()
