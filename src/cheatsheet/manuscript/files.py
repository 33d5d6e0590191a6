"""A file of the project → its text, or what keeps it from being read."""

from pathlib import Path, PurePath

from cheatsheet.findings import Finding, Place, error
from cheatsheet.inputs import read_own

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
    raw, message = read_own(project, file, MAX_BYTES)
    if message:
        return "", [FILE.finding(message, Place(file.as_posix()))]
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n"), []
    except UnicodeDecodeError as problem:
        return "", [_not_utf8(raw, problem.start, file)]


def _not_utf8(raw: bytes, position: int, file: PurePath) -> Finding:
    """Return the finding for the byte at a position that is not UTF-8."""
    before = raw[:position].decode("utf-8", errors="replace")
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    place = Place(file.as_posix(), line, column)
    return ENCODING.finding(f"byte 0x{raw[position]:02x} is not UTF-8", place)
