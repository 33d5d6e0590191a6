"""Writing files and folders so that nobody sees half of one.

What is not finished stands beside its target under a random name, and is locked. What a process
leaves there when it is killed has no lock any more: the next writing in that folder removes it.
"""

import errno
import fcntl
import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

from cheatsheet.system.renaming import exchange, rename_new

NO_FOLDER = (errno.ENOTDIR, os.strerror(errno.ENOTDIR))
LEFT = re.compile(r"\.cheatsheet-[0-9a-f]{16}(?:\.old-(?P<old>\w[\w.-]*))?")
"""The name of what is not finished; and of a folder that was renamed away, with its own name."""


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file, or replace one, so that at no time half of it is there. Raises OSError."""
    with _naming(path), made_folder(path.parent):
        clear_leftovers(path.parent)
        with _unfinished_file(path.parent, data) as unfinished:
            _replace(path, unfinished)


def discard(path: Path) -> None:
    """Remove a file, if there is one; one that cannot be removed stays."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def write_new(path: Path, data: bytes) -> None:
    """Write a file where there is none, whole or not at all, though others try at the same time.

    Its folder must be there. Raises FileExistsError, and OSError.
    """
    with _naming(path), _unfinished_file(path.parent, data) as unfinished:
        rename_new(unfinished, path)


@contextmanager
def replaced_files(files: Mapping[Path, bytes]) -> Iterator[None]:
    """Write or replace files, whose folders are there, and run the body.

    Raises OSError; then, and when the body raises, all are as they were.
    """
    old = {path: path.read_bytes() if os.path.lexists(path) else None for path in files}
    with ExitStack() as undo:
        with ExitStack() as stack:
            new = {}
            for path, data in files.items():
                with _naming(path):
                    clear_leftovers(path.parent)
                    new[path] = stack.enter_context(_unfinished_file(path.parent, data))
            for path, unfinished in new.items():
                undo.callback(_put_back, path, old[path])
                with _naming(path):
                    _replace(path, unfinished)
        yield
        undo.pop_all()


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder with these files, by their paths in it, in the place of what is there.

    Raises OSError; then all is as it was.
    """
    with _alone(folder.parent), replaced_folder(folder) as new:
        write_files(new, files)


def add_to_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write all of these files into a folder beside those that are there, or none of them.

    What another process adds at the same time stays. Raises OSError; then all is as it was.
    """
    with _alone(folder.parent), replaced_folder(folder) as new:
        if folder.is_dir() and not folder.is_symlink():
            shutil.copytree(folder, new, symlinks=True, dirs_exist_ok=True, copy_function=_link)
        for file in files:
            (new / file).unlink(missing_ok=True)  # a link of the old file's: it is not written to
        write_files(new, files)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Run the body while no other process does the same in a folder, which is made."""
    with made_folder(folder):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            with suppress(OSError):  # a file system without locks
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


@contextmanager
def made_folder(folder: Path) -> Iterator[None]:
    """Run the body with a folder, which is made; where the body raises, none stays that is empty.

    Raises OSError.
    """
    above = [folder, *folder.parents]
    made = [one for one in above if not os.path.lexists(one)]
    there = above[len(made)]
    if there.exists() and not there.is_dir():  # what a system would say of a name below it
        raise NotADirectoryError(*NO_FOLDER, str(there))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for one in made:
            with suppress(OSError):  # others have put something into it
                one.rmdir()
        raise


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder that nobody sees yet, by their paths in it."""
    for file, data in files.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


@contextmanager
def replaced_folder(folder: Path) -> Iterator[Path]:
    """Yield an empty folder to fill, and put it in the place of `folder` when the body is done.

    Raises OSError; then, and when the body raises, all is as it was.
    """
    with _naming(folder), made_folder(folder.parent):
        clear_leftovers(folder.parent)
        if folder.exists() and not folder.is_dir():
            raise NotADirectoryError(*NO_FOLDER)
        with _locked(folder.parent, _new_folder) as (new, _):
            try:
                yield new
                _swap(new, folder)
            finally:
                remove_tree(new)


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Yield a folder for temporary files, which goes afterwards.

    What killed processes left of theirs goes first. Raises OSError.
    """
    place = Path(tempfile.gettempdir())
    clear_leftovers(place)
    with _locked(place, partial(_new_folder, mode=0o700)) as (path, _):
        try:
            yield path
        finally:
            remove_tree(path)


def clear_leftovers(folder: Path) -> None:
    """Remove from a folder what killed processes left, and put back what they renamed away."""
    with suppress(OSError), os.scandir(folder) as entries:
        for name in [entry.name for entry in entries]:
            left = LEFT.fullmatch(name)
            if left:
                with suppress(OSError):
                    _clear(folder / name, left["old"])


def _replace(path: Path, unfinished: Path) -> None:
    """Give a new file a name; a file that had it leaves it its permissions. Raises OSError."""
    if path.is_file():
        with suppress(OSError):
            shutil.copymode(path, unfinished)
    unfinished.replace(path)


def _put_back(path: Path, data: bytes | None) -> None:
    """Give a file what was in it; remove it where it was not there. Raises OSError."""
    if data is None:
        path.unlink(missing_ok=True)
    elif path.read_bytes() != data:
        write_atomically(path, data)


def _clear(left: Path, old: str | None) -> None:
    """Put a folder back that was renamed away and has no follower; remove what nobody works on.

    Raises OSError for what another process has locked.
    """
    if old and not os.path.lexists(left.with_name(old)):
        left.rename(left.with_name(old))
        return
    if not left.is_symlink():
        descriptor = os.open(left, os.O_RDONLY | os.O_NONBLOCK)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            remove_tree(left)  # while who made it waits for the lock
        finally:
            os.close(descriptor)
        return
    remove_tree(left)


def _swap(new: Path, folder: Path) -> None:
    """Give a folder the name of another, which is then removed or has the first one's name."""
    if not os.path.lexists(folder):
        new.rename(folder)
    elif not exchange(new, folder):
        old = new.with_name(f"{new.name}.old-{folder.name}")
        folder.rename(old)
        try:
            new.rename(folder)
        except BaseException:
            old.rename(folder)
            raise
        remove_tree(old)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Have an error of the system name what was to be written, where it names no file or ours."""
    try:
        yield
    except OSError as problem:
        if problem.filename and not any(map(LEFT.fullmatch, Path(problem.filename).parts)):
            raise
        raise OSError(problem.errno, problem.strerror, str(path)) from problem


@contextmanager
def _unfinished_file(folder: Path, data: bytes) -> Iterator[Path]:
    """Yield a new file with some bytes, to be renamed; where it is not, it is gone afterwards."""
    create = partial(os.open, flags=os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode=0o666)
    with _locked(folder, create) as (path, descriptor):
        try:
            with open(descriptor, "wb", closefd=False) as file:
                file.write(data)
            yield path
        except BaseException:
            remove_tree(path)
            raise


@contextmanager
def _locked(folder: Path, create: Callable[[Path], int]) -> Iterator[tuple[Path, int]]:
    """Yield something new in a folder, under a name that nobody can guess, and locked."""
    while True:
        path = folder / f".cheatsheet-{secrets.token_hex(8)}"
        descriptor = create(path)
        try:
            with suppress(OSError):  # a file system without locks
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            if path.exists():  # nobody took it for a leftover before it was locked
                yield path, descriptor
                return
        finally:
            os.close(descriptor)


def _new_folder(path: Path, mode: int = 0o777) -> int:
    """Make a folder and return its descriptor."""
    path.mkdir(mode)
    try:
        return os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:  # taken for a leftover before it was open, and so locked
        return _new_folder(path, mode)
    except OSError:  # a mask that lets nobody in (umask 777): nor would a later run come in
        path.rmdir()
        raise


def remove_tree(path: Path) -> None:
    """Remove a file, a link, or a folder as far as that can be; what stays goes another time."""
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _link(source: str, target: str) -> None:
    """Have a file under a second name; copy it where the file system has no second names."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)
