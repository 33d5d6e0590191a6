"""Files made once and found again by what they were made of: a folder of entries, or memory.

The folder is safe to delete at any time, and to share: an entry appears whole, by a rename. One
that is damaged, or is another's, is noticed by its digest and made again.
"""

import hashlib
import os
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path
from shutil import rmtree

from cheatsheet.system.reading import MADE_BYTES, read_plain
from cheatsheet.system.writing import clear_leftovers, write_atomically, write_new

FOLDER = ".cheatsheet_cache"
LIMIT = 256_000_000  # bytes
TRIMMED = 0.9  # of the limit: what is left after the longest unused entries have gone
DIGEST = 32  # bytes
TAG = """Signature: 8a477f597d28d172789f06886806bc55
# A cache of the cheat sheet's builder, safe to delete. See https://bford.info/cachedir/
"""


class Store:
    """Entries by key, in a project's cache folder; in memory where that cannot be used.

    Keys are hexadecimal digests. A disk that is full or read-only costs the cache, nothing else.
    """

    def __init__(self, project: Path | None, limit: int = LIMIT) -> None:
        self._folder = project / FOLDER if project else None
        self._limit = limit
        self._memory: OrderedDict[str, bytes] = OrderedDict()
        if self._folder and not self._prepare(self._folder):
            self._folder = None

    def get(self, key: str) -> bytes | None:
        """Return the entry of a key, or None."""
        if key in self._memory:
            self._memory.move_to_end(key)
            return self._memory[key]
        if self._folder is None:
            return None
        path = self._folder / key
        data = read_plain(path, MADE_BYTES)[0]
        with suppress(OSError):  # the project may be read-only
            os.utime(path)
        entry = data[DIGEST:]
        return entry if data[:DIGEST] == _digest(key, entry) else None

    def put(self, key: str, entry: bytes) -> None:
        """Keep an entry."""
        if self._folder is None or not _write(self._folder / key, _digest(key, entry) + entry):
            self._remember(key, entry)

    def trim(self) -> None:
        """Remove the entries that were unused for the longest time, if they are too many bytes."""
        with suppress(OSError):
            own = [(entry.stat(follow_symlinks=False), entry.path) for entry in self._entries()]
            files = sorted((stat.st_mtime_ns, stat.st_size, path) for stat, path in own)
            excess = sum(size for _, size, _ in files) - self._limit
            if excess > 0:
                excess += round(self._limit * (1 - TRIMMED))
                for _, size, path in files:
                    if excess > 0:
                        with suppress(OSError):
                            _clear(Path(path))
                        excess -= size

    def _entries(self) -> list[os.DirEntry[str]]:
        """Return the files of the folder, but for those that say what it is."""
        if self._folder is None:
            return []
        with os.scandir(self._folder) as found:
            return [file for file in found if file.name not in {"CACHEDIR.TAG", ".gitignore"}]

    def _remember(self, key: str, entry: bytes) -> None:
        """Keep an entry in memory; the longest unused ones go."""
        self._memory[key] = entry
        while sum(map(len, self._memory.values())) > self._limit:
            self._memory.popitem(last=False)

    def _prepare(self, folder: Path) -> bool:
        """Make the folder, marked as a cache; tell whether it can be used."""
        try:
            folder.mkdir(exist_ok=True)
            if folder.is_symlink():  # it would lead out of the project
                return False
            clear_leftovers(folder)
            for name, text in (("CACHEDIR.TAG", TAG), (".gitignore", "*\n")):
                if not (folder / name).is_file():
                    write_atomically(folder / name, text.encode())
        except OSError:
            return False
        return True


def _write(path: Path, data: bytes) -> bool:
    """Write a file so that at no time half of it is there; tell whether that was possible."""
    try:
        _clear(path)
        write_new(path, data)
    except FileExistsError:  # another process was faster
        return True
    except OSError:
        return False
    return True


def _clear(path: Path) -> None:
    """Remove an entry, or a folder that stands in its place. Raises OSError."""
    if path.is_dir() and not path.is_symlink():
        rmtree(path)
    path.unlink(missing_ok=True)


def _digest(key: str, entry: bytes) -> bytes:
    """Return the digest of an entry and its key."""
    return hashlib.blake2b(entry, digest_size=DIGEST, key=key.encode()).digest()
