"""What an edition was last built from, and what came of it: the same input need not be built again.

Also tells that a PDF in dist/ has passed the checks as the edition that it is.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import requires, version
from pathlib import Path, PurePath

from cheatsheet.findings import Finding
from cheatsheet.pdf.section import pack_findings, unpack_findings
from cheatsheet.pdf.store import Store
from cheatsheet.pdf.versions import engine_versions

PARTS = ("content", "styles", "fonts")
CODE = Path(__file__).parent.parent


@dataclass(frozen=True)
class BuildRecord:
    """A PDF that was written: its file, digest, pages, terms, what was checked and found."""

    pdf: str
    sha256: str
    pages: int
    terms: int
    counts: Mapping[str, int]
    findings: tuple[Finding, ...]


def input_digest(project: Path) -> str:
    """Return what is another after any change to the project, the program, or its libraries."""
    digest = hashlib.blake2b(program_digest().encode(), digest_size=20)
    for part in PARTS:
        for name, data in _files(project / part):
            digest.update(f"{part}/{name}\0".encode(errors="surrogateescape") + data)
    return digest.hexdigest()


def find_record(store: Store, edition: str, digest: str) -> BuildRecord | None:
    """Return the record of an edition that was built from an input, if there is one."""
    entry = store.get(_key(edition, digest))
    if entry is None:
        return None
    values = json.loads(entry)
    findings = unpack_findings(json.dumps(values["findings"]).encode())
    return BuildRecord(**{**values, "findings": findings})


def keep_record(store: Store, edition: str, digest: str, record: BuildRecord) -> None:
    """Keep the record of an edition that was built from an input."""
    values = {**asdict(record), "findings": json.loads(pack_findings(record.findings))}
    store.put(_key(edition, digest), json.dumps(values).encode())


@cache
def program_digest() -> str:
    """Return the digest of the program's own files, and of its libraries' versions."""
    digest = hashlib.blake2b(repr(engine_versions()).encode(), digest_size=20)
    for requirement in sorted(requires("cheatsheet") or ()):
        name = requirement.partition(">")[0].partition("[")[0].partition("=")[0]
        digest.update(f"{name} {version(name)}".encode())
    for name, data in _files(CODE):
        if not name.endswith(".pyc"):
            digest.update(name.encode() + data)
    return digest.hexdigest()


def newer_input(project: Path, file: Path) -> PurePath | None:
    """Return the file of a project that was changed last, if that was after another was written."""
    paths = [path for part in PARTS for path in (project / part).rglob("*") if path.is_file()]
    newest = max(paths, key=_changed, default=None)
    if newest is None or _changed(newest) <= _changed(file):
        return None
    return newest.relative_to(project)


def _changed(path: Path) -> int:
    """Return when a file was changed, in ns."""
    return path.stat().st_mtime_ns


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the relative path of each file below a folder, in order, and the digest of its content.

    What goes in this moment, or may not be read, is for those to report who need it.
    """
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        with suppress(OSError):
            if path.is_symlink():  # it may lead out of the project
                yield name, hashlib.blake2b(bytes(path.readlink())).digest()
            elif path.is_file():
                with path.open("rb") as file:
                    yield name, hashlib.file_digest(file, hashlib.blake2b).digest()


def _key(edition: str, digest: str) -> str:
    """Return the store's key of a record."""
    return hashlib.blake2b(f"build {edition} {digest}".encode(), digest_size=20).hexdigest()
