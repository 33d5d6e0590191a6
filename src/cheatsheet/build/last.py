"""What a build did, and the last one, which need not be done again if nothing has changed.

Imports little: a build of a book that has not changed takes no longer than to find that out.
"""

import hashlib
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from cheatsheet.findings import Finding, Severity, fails
from cheatsheet.layout.records import find_record
from cheatsheet.pdf.store import Store
from cheatsheet.system.reading import MADE_BYTES, read_plain
from cheatsheet.system.writing import discard


@dataclass
class Build:
    """What a build did.

    `pdf` is the file written, relative to the project, or None. `seconds` is the time of each stage
    in order, `layouts` counts section layouts, `counts` what the checks looked at. `fail_on` is how
    bad a finding must be that the PDF is `rejected`. It is `unchanged` if the last build had the
    same input; `untried` rules are not tried.
    """

    edition: str
    pdf: PurePath | None = None
    data: bytes = field(default=b"", repr=False)
    pages: int = 0
    terms: int = 0
    layouts: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    counts: Mapping[str, int] = field(default_factory=dict)
    fail_on: Severity = Severity.ERROR
    rejected: bool = False
    unchanged: bool = False
    untried: frozenset[str] = frozenset()

    @property
    def ok(self) -> bool:
        """Whether the PDF was written, or need not be."""
        return self.pdf is not None

    @property
    def sha256(self) -> str:
        """The PDF's digest, or nothing where there is no PDF."""
        return hashlib.sha256(self.data).hexdigest() if self.data else ""

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what the body does as a stage."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0) + time.perf_counter() - start


def find_last(
    project: Path, store: Store, digest: str, fail_on: Severity, edition: str
) -> Build | None:
    """Return the last build of an edition from an input, if it was kept and its PDF is there."""
    record = find_record(store, edition, digest)
    if record is None or fails(record.findings, fail_on):
        return None
    path = project / record.pdf
    data = read_plain(path, MADE_BYTES)[0]  # what cannot be read is built
    if hashlib.sha256(data).hexdigest() != record.sha256:
        return None
    discard(rejected_path(path))
    return Build(
        edition,
        PurePath(record.pdf),
        data,
        record.pages,
        record.terms,
        findings=[*record.findings],
        counts=record.counts,
        fail_on=fail_on,
        unchanged=True,
    )


def rejected_path(path: Path) -> Path:
    """Return where a rejected file lies, beside the one that it would have replaced."""
    return path.with_suffix(f".rejected{path.suffix}")
