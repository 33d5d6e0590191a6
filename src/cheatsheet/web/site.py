"""The site in dist/web: built from a fresh book, checked, and then put in the old one's place."""

from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from cheatsheet.build.builder import Builder, Progress, no_progress
from cheatsheet.findings import Finding, Severity, count_findings, error, fails
from cheatsheet.layout.records import input_digest
from cheatsheet.manuscript import load_glossary
from cheatsheet.model.editions import DIST, pdf_path
from cheatsheet.system.running import refused_hint, why_refused
from cheatsheet.system.writing import clear_leftovers, replace_folder
from cheatsheet.web.making import make_site, missing_settings

FOLDER = DIST / "web"

WRITE = error(
    "web-write",
    "The website could not be written.",
    "make room on the disk, or change who may write to the folder",
)

CHANGED = "a file of the project was changed while the site was made"


@dataclass
class SiteBuild:
    """What a build of the site did: its folder, relative to the project, or None; files, findings.

    `pages` counts the HTML files, `size` is all files' size in bytes.
    """

    folder: PurePath | None = None
    pages: int = 0
    files: int = 0
    size: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether the site was written."""
        return self.folder is not None

    @property
    def summary(self) -> str:
        """A line that says what was made."""
        if self.folder is None:
            return f"No site was built: {count_findings(self.findings)}."
        size = self.size / 1024 / 1024
        return f"{self.folder.as_posix()}: {self.pages} pages, {self.files} files, {size:.1f} MB"

    @property
    def facts(self) -> dict[str, Any]:
        """What was made, for JSON."""
        folder = self.folder.as_posix() if self.folder else None
        return {"folder": folder, "pages": self.pages, "files": self.files, "bytes": self.size}


def build_site(
    project: Path, progress: Progress = no_progress, fail_on: Severity = Severity.ERROR
) -> SiteBuild:
    """Build the book and its site from what is in the project folder now, and replace dist/web.

    With a finding as bad as `fail_on` the last site stays as it is, and after a change to the
    project meanwhile. The book is built each time, so that the site is never of another text or
    look than the book, and the same input gives the same bytes. Raises UnknownEditionError if there
    is no print edition.
    """
    clear_leftovers(project / DIST)
    settings, _ = load_glossary(project)
    if settings and (missing := missing_settings(settings)):
        return SiteBuild(findings=missing)
    digest = input_digest(project)
    with Builder(project, progress) as builder:
        book = builder.build(fail_on=fail_on)
        glossary, problems = load_glossary(project)  # the build has proofread it
        if not book.ok or glossary is None:
            return SiteBuild(findings=book.findings if not book.ok else problems)
        names = [name for name, one in glossary.book.editions.items() if one.sample]
        samples = [builder.build(name, fail_on=fail_on) for name in names]
    progress("", "web", "pages and pictures", 0, 1)
    given_away = {pdf_path(glossary, one.edition).name: one.data for one in samples}
    site = make_site(project, glossary, book.data, given_away)
    found = [*book.findings, *(finding for one in samples for finding in one.findings)]
    findings = [*dict.fromkeys(found), *site.findings]
    if input_digest(project) != digest:
        return SiteBuild(findings=[WRITE.finding(CHANGED, hint="make the site again")])
    if fails(findings, fail_on):
        return SiteBuild(findings=findings)
    try:
        replace_folder(project / FOLDER, site.files)
    except OSError as problem:
        message = f"{FOLDER.as_posix()} stays as it was: {why_refused(problem)}"
        return SiteBuild(findings=[*findings, WRITE.finding(message, hint=refused_hint(problem))])
    pages = sum(file.endswith(".html") for file in site.files)
    size = sum(map(len, site.files.values()))
    return SiteBuild(FOLDER, pages, len(site.files), size, findings)
