"""A file → its bytes, if it is a plain file of a limited size: not a device, a pipe or a folder."""

import os
from functools import lru_cache
from pathlib import Path, PurePath
from stat import S_ISREG

NO_WAITING = getattr(os, "O_NONBLOCK", 0)  # for who writes into a pipe


def read_plain(path: Path, most: int) -> tuple[bytes, str]:
    """Return the bytes of a file, or why there are none; `most` is how many there may be.

    A device or a pipe is not waited for.
    """
    try:
        with open(os.open(path, os.O_RDONLY | NO_WAITING), "rb") as file:  # noqa: PTH123 - see above
            found = os.fstat(file.fileno())
            if not S_ISREG(found.st_mode):
                return b"", "this is not a file"
            data = file.read(most + 1)
    except (FileNotFoundError, ValueError):  # a name that no file can have is a ValueError
        return b"", "there is no such file"
    except IsADirectoryError:
        return b"", "this is not a file"
    except OSError as problem:
        return b"", f"the file cannot be read: {problem.strerror}"
    if len(data) > most:
        return b"", f"the file has {max(found.st_size, len(data)):,} bytes, more than {most:,}"
    return data, ""


def read_own(project: Path, file: PurePath, most: int) -> tuple[bytes, str]:
    """Return the bytes of a project's file, as `read_plain` does; no link leads out of the project.

    `file` is relative to the project's folder.
    """
    try:
        is_own = _resolved(project / file).is_relative_to(_resolved_folder(project.absolute()))
    except ValueError:  # see above
        return b"", "there is no such file"
    if not is_own:
        return b"", "the file is a link that leads out of the project folder"
    return read_plain(project / file, most)


def _resolved(path: Path) -> Path:
    """Return a path without links on the way, as far as there is one."""
    return Path(os.path.realpath(path))


@lru_cache(maxsize=16)  # it is asked for with each file
def _resolved_folder(project: Path) -> Path:
    """Return the project's folder without links on the way to it."""
    return _resolved(project)
