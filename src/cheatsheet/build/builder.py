"""The pipeline as one function: load, lint, lay out, link, check, write. All front ends call it.

dist/ changes by an atomic rename, after the checks have passed. A build with errors leaves the
last good PDF as it was, and the rejected one beside it as `<name>.rejected.pdf`.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path, PurePath

from cheatsheet.book.templates import RenderError
from cheatsheet.build.last import Build, find_last, rejected_path
from cheatsheet.build.rules import UNCHECKED, UNWRITTEN, caused, with_causes
from cheatsheet.checks.judging import merged
from cheatsheet.checks.report import CheckResult
from cheatsheet.epub.making import set_up_epub
from cheatsheet.findings import Finding, Severity, fails, has_errors
from cheatsheet.layout.edition_build import EditionBuild, Job, set_up
from cheatsheet.layout.pagination import Pagination
from cheatsheet.layout.records import CONTENT, BuildRecord, input_digest, keep_record
from cheatsheet.lint import lint_glossary, untried
from cheatsheet.lint.proofreading import load_whole
from cheatsheet.model.editions import DEFAULT_EDITION, edition_path
from cheatsheet.model.glossary import Glossary
from cheatsheet.pdf.making import JobExecutor
from cheatsheet.pdf.pool import JobError, WorkerPool, default_jobs, start_server
from cheatsheet.pdf.store import Store
from cheatsheet.system.running import refused_hint, why_refused
from cheatsheet.system.writing import discard, write_atomically

SECONDS_A_PAGE = 1.0  # that linking, and each half of the checks, may take; 0.1 are usual

Progress = Callable[[str, str, str, int, int], None]
"""Is called with the edition, the stage, what is being done, how many are done, of how many."""


def no_progress(*_: object) -> None:
    """Show nothing."""


class Builder(AbstractContextManager["Builder"]):
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
        self._executor, self._stopped = executor or self._pool, False
        self._digest = self._content = ""  # of the project, and its texts, before they were read

    def __exit__(self, *_: object) -> None:
        """End the workers."""
        self._pool.close()
        self._store.trim()

    def build(self, edition: str = DEFAULT_EDITION, fail_on: Severity = Severity.ERROR) -> Build:
        """Build an edition from what is in the project folder. Raises UnknownEditionError."""
        return self.build_all([edition], fail_on)[0]

    def build_all(
        self, editions: Sequence[str] = (), fail_on: Severity = Severity.ERROR
    ) -> list[Build]:
        """Build some editions side by side, or all if none is named.

        Raises UnknownEditionError.
        """
        self._digest = input_digest(self._project)
        last = partial(find_last, self._project, self._store, self._digest, fail_on)
        builds = [build for build in map(last, editions) if build]
        if builds and len(builds) == len(editions):
            return builds
        self._content = input_digest(self._project, CONTENT)
        start_server()
        start = time.perf_counter()
        self._progress("", "load", "manuscript", 0, 1)
        glossary, findings = load_whole(self._project)
        seconds = {"load": time.perf_counter() - start}
        if glossary is None:
            return [
                Build(name, seconds=seconds, findings=findings, fail_on=fail_on)
                for name in editions or [DEFAULT_EDITION]
            ]
        builds = []
        for name in editions or _by_size(glossary):
            edition_path(glossary, name)
            build = Build(name, seconds={**seconds}, findings=[*findings], fail_on=fail_on)
            builds.append(last(name) or build)
        if changed := [build for build in builds if not build.unchanged]:
            self._build_beside(changed, glossary)
        for build in builds:
            self._keep(build)
        return builds

    def _build_beside(self, builds: Sequence[Build], glossary: Glossary) -> None:
        """Build editions side by side, and lint in a worker beside them.

        The EPUBs, which need the print edition's sections, come after it.
        """
        epubs = [build for build in builds if build.edition in glossary.book.epubs]
        linted = self._pool.submit(lint_glossary, glossary)
        with ThreadPoolExecutor(len(builds)) as threads:
            try:
                for beside in ([build for build in builds if build not in epubs], epubs):
                    list(threads.map(lambda build: self._build(build, glossary, linted), beside))
            except BaseException:
                self._stopped = True
                self._pool.close()  # what the threads wait for ends
                raise

    def _build(self, build: Build, glossary: Glossary, linted: Future[list[Finding]]) -> None:
        """Build an edition, and fill in what was done."""
        build.untried = untried(glossary)
        start = set_up_epub if build.edition in glossary.book.epubs else set_up
        edition = start(self._project, glossary, build.edition, self._store, self._executor)
        is_whole = input_digest(self._project, CONTENT) == self._content  # none was saved meanwhile
        build.terms = len(edition.expected.terms)
        pagination = self._lay_out(build, edition)
        with build.stage("lint"):
            try:
                found = linted.result()
            except JobError as problem:
                found = [UNCHECKED.finding(f"the texts could not be checked: {problem}")]
        build.findings[:] = with_causes(found, build.findings)
        if pagination is None or has_errors(build.findings):
            return
        self._report(build, "link")
        try:
            with build.stage("link"):
                self._pool.allow(SECONDS_A_PAGE * sum(pagination.counts.values()))
                linked = edition.link(pagination, self._pool, self._content if is_whole else "")
        except RenderError as problem:
            build.findings.append(problem.finding)
            return
        except JobError as problem:
            build.findings.append(UNCHECKED.finding(f"the linking came to no end: {problem}"))
            return
        build.data, build.pages = linked.data, linked.pages
        build.findings.extend(linked.findings)
        if has_errors(linked.findings):  # what the checks would find follows from it
            return
        self._report(build, "check")
        with build.stage("check"):
            checked = self._check(edition.checks(build.data, pagination))
        build.counts = checked.counts
        build.findings.extend(caused(checked.findings, edition, pagination))
        if not self._stopped:  # else nothing has checked the file
            self._write(build, edition_path(glossary, build.edition))

    def _lay_out(self, build: Build, edition: EditionBuild) -> Pagination | None:
        """Lay out an edition; None if the styles or the manuscript do not allow it."""
        self._report(build, "layout")
        with build.stage("layout"):
            build.findings.extend(edition.style_findings())
            if has_errors(build.findings):
                return None
            try:
                pagination = edition.lay_out(partial(self._progress, build.edition, "layout"))
            except RenderError as problem:
                build.findings.append(problem.finding)
                return None
        build.layouts = edition.maker.made
        build.findings.extend(pagination.findings)
        return pagination

    def _check(self, checks: Sequence[Job]) -> CheckResult:
        """Do the checks of a file, in processes side by side."""
        parts = [self._pool.submit(*job) for job in checks]
        try:
            return merged([part.result() for part in parts])
        except JobError as problem:
            return CheckResult([UNCHECKED.finding(f"the checks came to no end: {problem}")])

    def _write(self, build: Build, name: PurePath) -> None:
        """Put the file into dist/ under its name, or under another if there are errors."""
        path = self._project / name
        try:
            if fails(build.findings, build.fail_on):
                write_atomically(rejected_path(path), build.data)
                build.rejected = True
            else:
                write_atomically(path, build.data)
                build.pdf = name
                discard(rejected_path(path))
        except OSError as problem:
            reason = f"{Path(problem.filename or name).name}: {why_refused(problem)}"
            message, hint = f"{reason}; dist/ is as it was", refused_hint(problem)
            build.findings.append(UNWRITTEN.finding(message, hint=hint))

    def _keep(self, build: Build) -> None:
        """Note what a build has made of what is still so, so that the next one need not do it."""
        if build.pdf and not build.unchanged and input_digest(self._project) == self._digest:
            counts, found = dict(build.counts), tuple(build.findings)
            record = BuildRecord(
                build.pdf.as_posix(), build.sha256, build.pages, build.terms, counts, found
            )
            keep_record(self._store, build.edition, self._digest, record)

    def _report(self, build: Build, stage: str) -> None:
        """Say that a stage of a build begins."""
        self._progress(build.edition, stage, "", 0, 1)


def _by_size(glossary: Glossary) -> list[str]:
    """Return the names of the editions, those with most pages first, EPUBs last."""
    editions = glossary.book.editions
    return [*sorted(editions, key=lambda name: -(editions[name].pages or 0)), *glossary.book.epubs]
