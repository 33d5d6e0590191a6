"""The command line, one file a command: options, printing, exit codes. Computes nothing.

Exit code 0 is well, 1 findings, 2 wrong usage. A command's file is imported when it is asked for,
and what needs the renderer when the command runs, so that what is quick is not kept waiting.
"""

from cheatsheet.cli.program import main

__all__ = ["main"]
