"""The program, as `cheatsheet` and as `python -m cheatsheet`; Ctrl-C ends it as it loads."""

import sys


def run() -> None:
    """Load the program and run it."""
    try:
        from cheatsheet.cli import main  # noqa: PLC0415 - this is what takes a while
    except KeyboardInterrupt:
        sys.exit(130)
    main(prog_name="cheatsheet")


if __name__ == "__main__":
    run()
