"""The command line, one file a command: options, printing, exit codes. Computes nothing.

Exit code 0 is well, 1 findings, 2 wrong usage. What needs the renderer is imported when a command
runs, so that `--help` and `lint` are quick.
"""

from cheatsheet.cli import (
    build,
    check,
    compare,
    import_,
    init,
    kit,
    lint,
    new,
    newsletter,
    preview,
    proof,
    rename,
    stamp,
    web,
)
from cheatsheet.cli.program import main

__all__ = [
    "build",
    "check",
    "compare",
    "import_",
    "init",
    "kit",
    "lint",
    "main",
    "new",
    "newsletter",
    "preview",
    "proof",
    "rename",
    "stamp",
    "web",
]
