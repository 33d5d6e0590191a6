"""The pipeline as one function: load, lint, lay out, link, check, write. All front ends call it.

dist/ changes by an atomic rename, after the checks have passed. A build with errors leaves the
last good PDF as it was, and the rejected one beside it as `<name>.rejected.pdf`.
"""

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePath
from typing import Self

from cheatsheet.checks import Asked, Checked, Half, check_apart, check_half, merged
from cheatsheet.edition_build import EditionBuild, set_up
from cheatsheet.findings import Finding, Place, Severity, error, fails, has_errors
from cheatsheet.glossary import Glossary
from cheatsheet.html import RenderError
from cheatsheet.lint import lint_glossary
from cheatsheet.manuscript import load_glossary
from cheatsheet.pagination import Pagination
from cheatsheet.pdf.making import JobExecutor
from cheatsheet.pdf.pool import JobError, WorkerPool, default_jobs, start_server
from cheatsheet.pdf.store import Store
from cheatsheet.proofreading import proofread
from cheatsheet.records import BuildRecord, find_record, input_digest, keep_record
from cheatsheet.stylesheets import declared_families, read_styles
from cheatsheet.writing import write_atomically

DIST = PurePath("dist")
DEFAULT_EDITION = "print"

NO_FILE = error("pdf-file", "There is no such PDF.", "run `cheatsheet build` first")
NO_EDITION = error(
    "build-edition",
    "The edition that is being watched is not in content/book.yaml any more.",
    "put it back under `editions`, or start again with another edition",
)
UNCHECKED = error(
    "build-unchecked",
    "The checks could not be run to their end.",
    "build again; if it happens again, `cheatsheet check` says more",
)
UNWRITTEN = error(
    "build-write",
    "The PDF could not be written into dist/.",
    "make room on the disk, or make dist/ a folder that may be written to",
)
TEMPLATE = error(
    "build-template",
    "A template cannot be rendered.",
    "undo the last change to the template, or to the field that the message names",
)

Progress = Callable[[str, str, str, int, int], None]
"""Is called with the edition, the stage, what is being done, how many are done, of how many."""


class UnknownEditionError(ValueError):
    """There is no such edition in content/book.yaml; `editions` are those that there are."""

    def __init__(self, edition: str, editions: list[str]) -> None:
        super().__init__(f"there is no edition `{edition}`; there is: {', '.join(editions)}")
        self.editions = editions


def no_progress(*_: object) -> None:
    """Show nothing."""


@dataclass
class Build:
    """What a build did.

    `pdf` is the file written, relative to the project, or None. `seconds` is the time of each
    stage, in order. `layouts` counts the section layouts that were done. `fail_on` is how bad a
    finding must be to reject the PDF. It is `unchanged` if the last build had the same input.
    """

    edition: str
    pdf: PurePath | None = None
    data: bytes = field(default=b"", repr=False)
    pages: int = 0
    terms: int = 0
    layouts: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    checked: Checked = field(default_factory=Checked)
    fail_on: Severity = Severity.ERROR
    unchanged: bool = False

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


class Builder:
    """Builds the editions of the book in a project folder, as often as wanted.

    Sections come from the project's cache, unless it is told not to use one, or from `jobs` worker
    processes (by default one a core), or from an `executor` (see SectionMaker).
    """

    def __init__(
        self,
        project: Path,
        progress: Progress = no_progress,
        *,
        jobs: int | None = None,
        cache: bool = True,
        executor: JobExecutor | None = None,
    ) -> None:
        self._project = project
        self._progress = progress
        self._store = Store(project if cache else None)
        self._pool = WorkerPool(jobs or default_jobs())
        self._executor = executor or self._pool

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the workers."""
        self._pool.close()
        self._store.trim()

    def build(self, edition: str = DEFAULT_EDITION, fail_on: Severity = Severity.ERROR) -> Build:
        """Build an edition from what is in the project folder now.

        Raises UnknownEditionError.
        """
        return self.build_all([edition], fail_on)[0]

    def build_all(
        self, editions: Sequence[str] = (), fail_on: Severity = Severity.ERROR
    ) -> list[Build]:
        """Build some editions side by side, or all if none is named.

        Raises UnknownEditionError.
        """
        digest = input_digest(self._project)
        found = [self._find_last(name, digest, fail_on) for name in editions]
        builds = [build for build in found if build]
        if builds and len(builds) == len(editions):
            return builds
        start_server()
        start = time.perf_counter()
        self._progress("", "load", "manuscript", 0, 1)
        glossary, findings = load_glossary(self._project)
        seconds = {"load": time.perf_counter() - start}
        if glossary is None:
            return [
                Build(name, seconds=seconds, findings=findings, fail_on=fail_on)
                for name in editions or [DEFAULT_EDITION]
            ]
        builds = []
        for name in editions or _by_size(glossary):
            require_edition(glossary, name)
            build = Build(name, seconds={**seconds}, findings=[*findings], fail_on=fail_on)
            builds.append(self._find_last(name, digest, fail_on) or build)
        self._build_beside([build for build in builds if not build.unchanged], glossary)
        for build in builds:
            self._keep(build, digest)
        return builds

    def _build_beside(self, builds: Sequence[Build], glossary: Glossary) -> None:
        """Build editions side by side, and lint beside them."""
        with ThreadPoolExecutor(len(builds) + 1) as threads:
            try:
                linted = threads.submit(lint_glossary, glossary)
                list(threads.map(lambda build: self._build(build, glossary, linted), builds))
            except BaseException:
                self._pool.close()  # what the threads wait for ends
                raise

    def _build(self, build: Build, glossary: Glossary, linted: Future[list[Finding]]) -> None:
        """Build an edition, and fill in what was done."""
        edition = set_up(self._project, glossary, build.edition, self._store, self._executor)
        sample = edition.edition.sample
        build.terms = len(sample.terms if sample else glossary.terms)
        pagination = self._lay_out(build, edition)
        with build.stage("lint"):
            build.findings[:0] = linted.result()
        if pagination is None or has_errors(build.findings):
            return
        self._report(build, "link")
        with build.stage("link"):
            linked = edition.link(pagination)
        build.data, build.pages = linked.pdf, linked.pages
        build.findings.extend(linked.findings)
        self._report(build, "check")
        with build.stage("check"):
            build.checked = self._check(build.data, edition.asked)
        build.findings.extend(build.checked.findings)
        self._write(build, pdf_path(glossary, build.edition))

    def _lay_out(self, build: Build, edition: EditionBuild) -> Pagination | None:
        """Lay out an edition; None if the styles or the manuscript do not allow it."""
        self._report(build, "layout")
        with build.stage("layout"):
            build.findings.extend(edition.findings)
            if not has_errors(build.findings):
                build.findings.extend(edition.style_findings())
            if has_errors(build.findings):
                return None
            try:
                pagination = edition.lay_out(partial(self._progress, build.edition, "layout"))
            except RenderError as problem:
                build.findings.append(TEMPLATE.finding(str(problem)))
                return None
        build.layouts = edition.maker.made
        build.findings.extend(pagination.findings)
        return pagination

    def _check(self, pdf: bytes, asked: Asked) -> Checked:
        """Check a PDF, in two processes side by side."""
        halves = [self._pool.submit(check_half, pdf, asked, half) for half in Half]
        try:
            return merged([half.result() for half in halves])
        except JobError as problem:
            return Checked([UNCHECKED.finding(f"the checks came to no end: {problem}")])

    def _write(self, build: Build, name: PurePath) -> None:
        """Put the PDF into dist/ under its name, or under another if there are errors."""
        rejected = name.with_suffix(".rejected.pdf")
        try:
            if fails(build.findings, build.fail_on):
                write_atomically(self._project / rejected, build.data)
            else:
                write_atomically(self._project / name, build.data)
                build.pdf = name
                (self._project / rejected).unlink(missing_ok=True)
        except OSError as problem:
            reason = f"{Path(problem.filename or name).name}: {problem.strerror}"
            build.findings.append(UNWRITTEN.finding(f"{reason}; dist/ is as it was"))

    def _find_last(self, edition: str, digest: str, fail_on: Severity) -> Build | None:
        """Return the last build of an edition, if nothing has changed and its PDF is there."""
        record = find_record(self._store, edition, digest)
        if record is None or fails(record.findings, fail_on):
            return None
        path = self._project / record.pdf
        data = path.read_bytes() if path.is_file() else b""
        if hashlib.sha256(data).hexdigest() != record.sha256:
            return None
        path.with_suffix(".rejected.pdf").unlink(missing_ok=True)
        return Build(
            edition,
            PurePath(record.pdf),
            data,
            record.pages,
            record.terms,
            findings=[*record.findings],
            checked=Checked(counts=record.counts),
            fail_on=fail_on,
            unchanged=True,
        )

    def _keep(self, build: Build, digest: str) -> None:
        """Note what a build has made, so that the next one need not do it again."""
        if build.pdf and not build.unchanged:
            record = BuildRecord(
                build.pdf.as_posix(),
                build.sha256,
                build.pages,
                build.terms,
                dict(build.checked.counts),
                tuple(build.findings),
            )
            keep_record(self._store, build.edition, digest, record)

    def _report(self, build: Build, stage: str) -> None:
        """Say that a stage of a build begins."""
        self._progress(build.edition, stage, "", 0, 1)


def _by_size(glossary: Glossary) -> list[str]:
    """Return the names of the editions, those with most pages first."""
    editions = glossary.book.editions
    return sorted(editions, key=lambda name: -editions[name].pages)


def check_file(
    project: Path,
    file: Path | None = None,
    edition: str | None = None,
    codes: frozenset[str] | None = None,
) -> Checked:
    """Judge a PDF, by default the book in dist/, by all rules or by those with the given codes.

    It is judged as the given edition of the project's book; else as the one that it is by its name,
    then by its title or destinations and its pages' size; else by the general rules. What is wrong
    with the manuscript comes first. Raises UnknownEditionError.
    """
    if file and not edition and not (project / "content").is_dir():
        return check_apart(file, {}, certain=True, codes=codes)
    glossary, findings = proofread(project)
    if glossary is None:
        return Checked(findings)
    name = edition or (edition_of(glossary, file) if file else DEFAULT_EDITION)
    if name:
        require_edition(glossary, name)
    path = file or project / pdf_path(glossary, name or DEFAULT_EDITION)
    if not path.is_file():
        built = pdf_path(glossary, name or DEFAULT_EDITION).as_posix()
        return Checked([*findings, NO_FILE.finding("there is no such file", Place(built))])
    editions = {}
    for one in [name] if name else glossary.book.editions:
        styles, complaints = read_styles(project, one)
        findings += complaints
        families = declared_families(styles)
        own = glossary.for_edition(one)
        editions[one] = Asked(own, own.book.editions[one], families, project.resolve())
    checked = check_apart(path, editions, certain=bool(name), codes=codes)
    if checked.edition is None and not name:
        return checked
    kept = [finding for finding in findings if codes is None or finding.code in codes]
    return replace(checked, findings=[*kept, *checked.findings])


def pdf_path(glossary: Glossary, edition: str) -> PurePath:
    """Return an edition's file, relative to the project."""
    suffix = "" if edition == DEFAULT_EDITION else f"-{edition}"
    return DIST / f"{glossary.book.stem}{suffix}.pdf"


def edition_of(glossary: Glossary, path: Path) -> str | None:
    """Return the edition that a PDF is by its name; None if the name says nothing.

    A buyer's copy has its order after an underscore, which no edition's name has.
    """
    stem = path.stem.removesuffix(".rejected").partition("_")[0]
    for edition in glossary.book.editions:
        if stem == pdf_path(glossary, edition).stem:
            return edition
    return None


def require_edition(glossary: Glossary, edition: str) -> None:
    """Raise UnknownEditionError if the book has no such edition."""
    if edition not in glossary.book.editions:
        raise UnknownEditionError(edition, list(glossary.book.editions))
