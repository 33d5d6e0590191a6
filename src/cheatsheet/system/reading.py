"""A file of the project → its text, or what keeps it from being read; and which files are no one's.

Any text file may begin with a byte order mark (Unicode 17, 23.8): it is no part of the text.
"""

import os
import re
from pathlib import Path, PurePath

from cheatsheet.findings import Finding, Place, error
from cheatsheet.system.bounded import BOUNDS, MEGABYTE, read_regular

MAX_BYTES = 256 * 1024
MADE_BYTES = BOUNDS.file_megabytes * MEGABYTE  # of a file that the program has made
PARTS = ("content", "styles", "fonts")  # of a project: what a build reads, and is watched
TEMPLATES = Path(__file__).parent.parent / "templates"  # are read and watched, too

FILE = error(
    "file-unreadable",
    "A file is missing, is not a file of the project, or is too large.",
    "put a plain file of at most 256 KB inside the project folder",
)
ENCODING = error("file-encoding", "A text file is not UTF-8.", "save it as UTF-8 in your editor")

# Backups, locks and notes of editors, file managers and systems, as gitignore.io lists them.
SCRATCH = re.compile(
    r"\..*|.*~|~\$.*|#.*#|4913|.*\.sw[a-z]|.*___jb_(?:tmp|old)___"
    r"|.*\.(?:bak|backup|orig|rej|save(?:\.\d+)?|tmp|temp|old|crswap|part|crdownload|lnk|url)"
    r"|thumbs\.db(?::encryptable)?|ehthumbs(?:_vista)?\.db|desktop\.ini|icon\r|__macosx|@eadir"
    r"|.*\.sync-conflict-.*|.*conflicted copy.*",
    re.IGNORECASE | re.DOTALL,
)
OUTSIDE = "the file lies outside of the project folder"
NO_TARGET = "this is a link to something that is not there"
WIDE = {
    "UTF-32": re.compile(rb"\xff\xfe\0\0|\0\0\xfe\xff|[^\0]\0\0\0|\0\0\0[^\0]"),
    "UTF-16": re.compile(rb"\xff\xfe|\xfe\xff|(?:[^\0]\0){2}|(?:\0[^\0]){2}"),
}
"""How a file begins that has two or four bytes a letter: by its mark, or by a Latin letter."""


def is_scratch(name: str) -> bool:
    """Tell whether a file's name says that a tool keeps it for itself: hidden, a backup, a lock."""
    return SCRATCH.fullmatch(name) is not None


def read_text(project: Path, file: PurePath, most: int = MAX_BYTES) -> tuple[str, list[Finding]]:
    """Return the text of the file at `file`, a path relative to the project, and findings.

    A byte order mark is left out, and lines end with a line feed. With a finding the text is empty.
    """
    raw, message = read_bytes(project, file, most)
    if message:
        return "", [FILE.finding(message, Place(file.as_posix()))]
    if wide := wide_encoding(raw):
        return "", [ENCODING.finding(f"the file is {wide}, not UTF-8", Place(file.as_posix()))]
    try:
        return decode(raw), []
    except UnicodeDecodeError as problem:
        return "", [_not_utf8(problem, file)]


def list_folder(project: Path, folder: PurePath) -> tuple[list[str], list[Finding]]:
    """Return the names in a folder of the project, sorted, or why there are none.

    What tools keep for themselves is left out. Links may not lead out of the project.
    """
    try:
        if not _is_own(project, folder):
            return [], [FILE.finding(_way_out(project, folder), Place(folder.as_posix()))]
        names = sorted(path.name for path in (project / folder).iterdir())
    except (FileNotFoundError, NotADirectoryError):
        is_there = (project / folder).exists()
        missing = NO_TARGET if (project / folder).is_symlink() else "there is no such folder"
        message = "this is not a folder" if is_there else missing
        return [], [FILE.finding(message, Place(folder.as_posix()), "make a folder of this name")]
    except OSError as problem:
        message = f"the folder cannot be read: {problem.strerror}"
        return [], [FILE.finding(message, Place(folder.as_posix()))]
    return [name for name in names if not is_scratch(name)], []


def closed_folders(project: Path, *folders: PurePath) -> list[Finding]:
    """Return why folders of the project cannot be used; one that is not there yet can be made."""
    there = [folder for folder in folders if os.path.lexists(project / folder)]
    return [problem for folder in there for problem in list_folder(project, folder)[1]]


def is_file(path: Path) -> bool:
    """Tell whether there is a file; there is none in a folder that may not be read."""
    return os.path.isfile(path)  # noqa: PTH113 - that of pathlib raises PermissionError


def folder_problem(project: Path, file: PurePath) -> str:
    """Return what is wrong with the first folder on the way to a file; nothing if all are there."""
    for folder in reversed(file.parents[:-1]):
        _, problems = list_folder(project, folder)
        if problems:
            return f"`{folder.as_posix()}`: {problems[0].message}"
    return ""


def decode(raw: bytes) -> str:
    """Return the text of a file's bytes, without a byte order mark, its lines ended by line feeds.

    Raises UnicodeDecodeError.
    """
    return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def wide_encoding(raw: bytes) -> str:
    """Return which encoding with several bytes for each letter some bytes are in, or nothing."""
    return next((name for name, start in WIDE.items() if start.match(raw)), "")


def read_bytes(project: Path, file: PurePath, most: int = MAX_BYTES) -> tuple[bytes, str]:
    """Return a file's bytes, or why there are none; links may not lead out of the project."""
    try:
        is_own = _is_own(project, file)
    except ValueError:  # a name that no file can have
        return b"", "there is no such file"
    return read_plain(project / file, most) if is_own else (b"", _way_out(project, file))


def read_made(path: Path) -> bytes:
    """Return the bytes of a file that the program has made; none for what it has not: a device.

    Raises OSError for a file that cannot be read.
    """
    try:
        data = read_regular(path, MADE_BYTES)
    except (FileNotFoundError, IsADirectoryError):
        return b""
    return data if data is not None and len(data) <= MADE_BYTES else b""


def unwatched(file: PurePath) -> str:
    """Return why a build does not read a file of the project; nothing if it may."""
    folders = "content/, styles/ and fonts/"
    return "" if file.parts[0] in PARTS else f"only {folders} are looked into for changes"


def read_plain(path: Path, most: int) -> tuple[bytes, str]:
    """Return the bytes of a file, or why there are none; `most` is how many there may be.

    A device or a pipe is not waited for.
    """
    try:
        data, size = read_regular(path, most), path.stat().st_size
    except (FileNotFoundError, ValueError):  # see above
        return b"", NO_TARGET if path.is_symlink() else "there is no such file"
    except IsADirectoryError:
        return b"", "this is not a file"
    except OSError as problem:
        return b"", f"the file cannot be read: {problem.strerror}"
    if data is None:
        return b"", "this is not a file"
    if len(data) > most:
        return b"", f"the file has {max(size, len(data)):,} bytes, more than {most:,}"
    return data, ""


def _is_own(project: Path, file: PurePath) -> bool:
    """Tell whether a file or folder lies in the project, links followed. Raises ValueError."""
    return Path(os.path.realpath(project / file)).is_relative_to(os.path.realpath(project))


def _way_out(project: Path, file: PurePath) -> str:
    """Return how a file lies outside of the project's folder."""
    ways = [file, *list(file.parents)[:-1]]
    links = [way.as_posix() for way in ways if (project / way).is_symlink()]
    return f"`{links[-1]}` is a link that leads out of the project folder" if links else OUTSIDE


def _not_utf8(problem: UnicodeDecodeError, file: PurePath) -> Finding:
    """Return the finding for a file's first byte that is not UTF-8."""
    raw, position = problem.object, problem.start
    if b"\0" in raw:
        message = "it is no text, but a file of another kind, such as a picture"
        return ENCODING.finding(message, Place(file.as_posix()), "export it as what its name says")
    before = decode(raw[:position])
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    byte = raw[position : position + 1]
    meant = byte.decode("cp1252", errors="replace")
    message = f"byte 0x{byte.hex()} is not UTF-8; in Latin-1 (Windows-1252) it is `{meant}`"
    message = message if meant.isprintable() and meant != "\ufffd" else message.partition(";")[0]
    return ENCODING.finding(message, Place(file.as_posix(), line, column))
