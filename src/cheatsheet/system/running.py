"""What ends a command before it has done its work, as findings for those who asked for JSON."""

import errno
from pathlib import Path

from cheatsheet.findings import error
from cheatsheet.system.reading import NO_TARGET

USAGE = error("run-usage", "A command is not as it must be.", "see `--help` of the command")
REFUSED = error(
    "run-refused",
    "The file system refuses to read or to write something.",
    "make room on the disk, or change who may read and write the file",
)
STOPPED = error("run-stopped", "A command was ended by Ctrl-C or another signal.", "run it again")
LIMIT = "let the shell write larger files: see `ulimit -f`"


def why_refused(problem: OSError) -> str:
    """Return why the system refused something, in words.

    A limit of the shell's is named, and a link in the place of a folder that leads nowhere, of
    which the system says that it is there.
    """
    path = Path(problem.filename or ".")
    if isinstance(problem, FileExistsError) and path.is_symlink() and not path.exists():
        return NO_TARGET
    limit = " for this shell (`ulimit -f`)" if problem.errno == errno.EFBIG else ""
    return f"{problem.strerror}{limit}"


def refused_hint(problem: OSError) -> str:
    """Return what helps against a limit of the shell's; nothing where the rule's hint does."""
    return LIMIT if problem.errno == errno.EFBIG else ""
