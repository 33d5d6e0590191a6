"""A file judged in a process of its own, which has so much time and memory and no more."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from cheatsheet.checks.report import CheckResult
from cheatsheet.findings import error
from cheatsheet.system.bounded import BOUNDS, Bounds, OutOfBoundsError, read_bounded, run_bounded

LIMIT = error(
    "pdf-limit",
    "The file takes more time or memory to read than a check may.",
    "look at it with another program; no book is like that",
)


def check_sandboxed(
    path: Path, check: Callable[[bytes], CheckResult], bounds: Bounds = BOUNDS
) -> CheckResult:
    """Judge a file's bytes by a picklable function, in a process of its own.

    Raises OSError where the file cannot be read.
    """
    try:
        return run_bounded(partial(check, read_bounded(path, bounds)), bounds)
    except OutOfBoundsError as problem:
        hint = (
            "" if path.is_file() else "move it away, or name a file; `cheatsheet build` makes one"
        )
        return CheckResult([LIMIT.finding(f"the file is not read: {problem}", hint=hint)])
