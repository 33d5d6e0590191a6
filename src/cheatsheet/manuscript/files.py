"""A file of the project → its text, or what keeps it from being read."""

from functools import lru_cache
from pathlib import Path, PurePath
from stat import S_ISREG

from cheatsheet.findings import Finding, Place, error

MAX_BYTES = 256 * 1024

FILE = error(
    "yaml-file",
    "A manuscript file is missing, is not a file of the project, or is too large.",
    "put a plain file of at most 256 KB inside the project folder",
)
ENCODING = error("yaml-encoding", "A file is not UTF-8.", "save it as UTF-8 in your editor")


def read_text(project: Path, file: PurePath) -> tuple[str, list[Finding]]:
    """Return the text of the file at `file`, a path relative to the project, and findings.

    A byte order mark is left out, and lines end with a line feed. With a finding the text is empty.
    """
    raw, message = read_bytes(project, file)
    if message:
        return "", [FILE.finding(message, Place(file.as_posix()))]
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n"), []
    except UnicodeDecodeError as problem:
        return "", [_not_utf8(raw, problem.start, file)]


def read_bytes(project: Path, file: PurePath, most: int = MAX_BYTES) -> tuple[bytes, str]:
    """Return a file's bytes, or why there are none; links may not lead out of the project."""
    path = project / file
    try:
        found = path.stat()
        if not S_ISREG(found.st_mode):
            return b"", "this is not a file"
        if not path.resolve().is_relative_to(_resolved(project.absolute())):
            return b"", "the file is a link that leads out of the project folder"
        if found.st_size > most:
            return b"", f"the file has {found.st_size:,} bytes, more than {most:,}"
        return path.read_bytes(), ""
    except FileNotFoundError:
        return b"", "there is no such file"
    except OSError as problem:
        return b"", f"the file cannot be read: {problem.strerror}"


@lru_cache(maxsize=16)  # it is asked for with each file
def _resolved(project: Path) -> Path:
    """Return the project's folder without links on the way to it."""
    return project.resolve()


def _not_utf8(raw: bytes, position: int, file: PurePath) -> Finding:
    """Return the finding for the byte at a position that is not UTF-8."""
    before = raw[:position].decode("utf-8", errors="replace")
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    place = Place(file.as_posix(), line, column)
    return ENCODING.finding(f"byte 0x{raw[position]:02x} is not UTF-8", place)
