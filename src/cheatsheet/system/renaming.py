"""Renaming that Python does not have: two names exchanged, and a name that must be free."""

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

HERE = -100  # AT_FDCWD: a relative name is relative to the working folder
UNKNOWN = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM}
"""How a file system says that it cannot do this."""

Rename = Callable[[bytes, bytes, int], int]


def exchange(one: Path, other: Path) -> bool:
    """Exchange what two names stand for, in one step; False where the system cannot.

    By Linux's renameat2(2) and macOS's renamex_np(2). Raises OSError.
    """
    return _renamed(one, other, 2)  # RENAME_EXCHANGE, RENAME_SWAP


def rename_new(old: Path, new: Path) -> None:
    """Rename a file to a name that nobody has, in one step. Raises FileExistsError, and OSError."""
    flag = 4 if sys.platform == "darwin" else 1  # RENAME_EXCL, RENAME_NOREPLACE
    if not _renamed(old, new, flag):
        new.hardlink_to(old)
        with suppress(OSError):  # a second name for the same file does no harm
            old.unlink()


def _renamed(old: Path, new: Path, flag: int) -> bool:
    """Rename with a flag; False where the system does not know it. Raises OSError."""
    rename = _system_call()
    if rename is None:
        return False
    sys.audit("os.rename", str(old), str(new), -1, -1)
    if rename(os.fsencode(old), os.fsencode(new), flag) == 0:
        return True
    number = ctypes.get_errno()
    if number in UNKNOWN:
        return False
    raise OSError(number, os.strerror(number), str(new))


@cache
def _system_call() -> Rename | None:
    """Return the system's renaming with a flag; None where it has none."""
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        return getattr(library, "renamex_np", None)
    call = getattr(library, "renameat2", None)
    return call and (lambda old, new, flag: call(HERE, old, HERE, new, flag))
