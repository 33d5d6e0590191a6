"""What ends a command before it has done its work, as findings for those who asked for JSON."""

from cheatsheet.findings import error

USAGE = error("run-usage", "A command is not as it must be.", "see `--help` of the command")
REFUSED = error(
    "run-refused",
    "The file system refuses to read or to write something.",
    "make room on the disk, or change who may read and write the file",
)
STOPPED = error("run-stopped", "A command was ended by Ctrl-C or another signal.", "run it again")
