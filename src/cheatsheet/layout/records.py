"""What an edition was last built from, and what came of it: the same input need not be built again.

Also tells that a PDF in dist/ has passed the checks as the edition that it is.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import requires, version
from pathlib import Path, PurePath

from cheatsheet.findings import Finding
from cheatsheet.findings.packing import as_finding
from cheatsheet.pdf.store import Store
from cheatsheet.pdf.versions import engine_versions
from cheatsheet.system.reading import PARTS, TEMPLATES, read_plain

CONTENT = ("content",)  # of PARTS
CODE = Path(__file__).parent.parent
MOST_BYTES = 8 * 1024 * 1024  # of a file of a project; one with more is refused, whatever is in it


@dataclass(frozen=True)
class BuildRecord:
    """A PDF that was written: its file, digest, pages, terms, what was checked and found."""

    pdf: str
    sha256: str
    pages: int
    terms: int
    counts: Mapping[str, int]
    findings: tuple[Finding, ...]


def input_digest(project: Path, parts: Iterable[str] = PARTS) -> str:
    """Return what is another after any change to some parts of a project, or to a template."""
    digest = hashlib.blake2b(digest_size=20)
    places = [(project / part, project) for part in parts]
    for place, home in [*places, (TEMPLATES, CODE)]:
        for path, data in _files(place, home):
            name = path.relative_to(home).as_posix()
            digest.update(f"{name}\0".encode(errors="surrogateescape") + data)
    return digest.hexdigest()


def find_record(store: Store, edition: str, digest: str) -> BuildRecord | None:
    """Return the record of an edition that was built from an input, if there is one."""
    entry = store.get(_key(edition, digest))
    if entry is None:
        return None
    values = json.loads(entry)
    findings = tuple(map(as_finding, values["findings"]))
    return BuildRecord(**{**values, "findings": findings})


def keep_record(store: Store, edition: str, digest: str, record: BuildRecord) -> None:
    """Keep the record of an edition that was built from an input."""
    store.put(_key(edition, digest), json.dumps(asdict(record)).encode())


@cache
def program_digest() -> str:
    """Return the digest of the program's code, and of its libraries' versions.

    A process keeps the code that it began with, but reads the templates anew.
    """
    digest = hashlib.blake2b(repr(engine_versions()).encode(), digest_size=20)
    for requirement in sorted(requires("cheatsheet") or ()):
        name = requirement.partition(">")[0].partition("[")[0].partition("=")[0]
        digest.update(f"{name} {version(name)}".encode())
    for path, data in _files(CODE, CODE):
        if path.suffix != ".pyc" and not path.is_relative_to(TEMPLATES):
            digest.update(path.relative_to(CODE).as_posix().encode() + data)
    return digest.hexdigest()


def newer_input(project: Path, file: Path) -> PurePath | None:
    """Return what of a project was changed last, if that was after a file was written.

    It is a folder where a file is new or gone.
    """
    paths = (path for part in PARTS for path in _paths(project / part, project))
    newest = max(paths, key=_changed, default=None)
    if newest is None or _changed(newest) <= _changed(file):
        return None
    return newest.relative_to(project)


def _changed(path: Path) -> int:
    """Return when a file, or what a folder has, was changed, in ns; 0 where there is none."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _files(folder: Path, home: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield what is below a folder, in order, each with the digest of its content.

    What goes in this moment, or may not be read, is for those to report who need it. Where a link
    leads is part of its digest; what is outside of `home` is not read.
    """
    for path in _paths(folder, home):
        digest, is_own = hashlib.blake2b(), True
        if path.is_symlink():
            with suppress(OSError):
                digest.update(bytes(path.readlink()))
            is_own = _real(path).is_relative_to(_real(home))
        data, problem = read_plain(path, MOST_BYTES) if is_own else (b"", "")
        digest.update(problem.encode() + b"\0" + data)
        yield path, digest.digest()


def _paths(folder: Path, home: Path) -> Iterator[Path]:
    """Yield what is below a folder, in order; a link to another one in `home` is followed once."""
    seen = set()
    for place, folders, names in os.walk(folder, followlinks=True):
        real = _real(Path(place))
        if real in seen or not real.is_relative_to(_real(home)):
            folders.clear()
            continue
        seen.add(real)
        folders.sort()
        yield from (Path(place, name) for name in sorted([*folders, *names]))


def _real(path: Path) -> Path:
    """Return a path without links on the way."""
    return Path(os.path.realpath(path))


def _key(edition: str, digest: str) -> str:
    """Return the store's key of a record: it is of this program and these libraries."""
    made_by = f"build {edition} {digest} {program_digest()}".encode(errors="surrogateescape")
    return hashlib.blake2b(made_by, digest_size=20).hexdigest()
