"""A project's manuscript, loaded and held to the rules of the text. Needs no renderer."""

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

from cheatsheet.findings import Finding, has_errors
from cheatsheet.findings.groups import codes_in
from cheatsheet.lint import lint_glossary
from cheatsheet.lint.deleted import find_deleted
from cheatsheet.lint.numbers import NUMBER
from cheatsheet.lint.pictures import MISSING
from cheatsheet.lint.plan import CATEGORY_EMPTY, ISSUE_LACKS
from cheatsheet.lint.references import ONE_WAY, no_term
from cheatsheet.lint.renamed import find_renames
from cheatsheet.manuscript import load_glossary, load_partly
from cheatsheet.manuscript.categories import CATEGORY
from cheatsheet.manuscript.fields import UNKNOWN
from cheatsheet.manuscript.loading import CLAIMS
from cheatsheet.manuscript.pictures import NAME
from cheatsheet.manuscript.slugs import SLUG, slug_of_file, slug_of_name
from cheatsheet.model.glossary import PICTURES, Glossary

WHOLE = ("plan", "refs", "pairs", "claims")  # groups of rules that hold for more than one file


def proofread(project: Path, today: str = "") -> tuple[Glossary | None, list[Finding]]:
    """Return the glossary in a project folder, or None if it cannot be loaded, and all findings.

    What a file that cannot be loaded lacks elsewhere (a number of terms, a reference back) is
    reported too. What is due and which dates have passed is judged by the book's month, or by
    `today` (`2027-03-31`) where that is later.
    """
    glossary, findings = load_partly(project)
    if glossary is None:
        return None, findings
    misnamed = {PurePath(f.place.file or "") for f in findings if f.code == SLUG.code}
    lost = tuple(no_term(slug_of_file(file)) for file in misnamed)
    linted = [f for f in lint_glossary(glossary.by(today)) if not f.message.startswith(lost)]
    gone = (*find_renames(glossary).values(), *find_deleted(glossary))
    told = {f"{PICTURES}/{slug}.svg" for slug in gone}
    findings = [finding for finding in findings if finding.place.file not in told]
    linted = [finding for finding in linted if not _follows(finding, findings)]
    if not has_errors(findings):
        return glossary, findings + linted
    broken, whole = {finding.place.file for finding in findings}, codes_in(WHOLE)
    more = [one for one in linted if one.code in whole or broken.isdisjoint(_ways(one))]
    return None, findings + more


def load_whole(project: Path) -> tuple[Glossary | None, list[Finding]]:
    """Return the glossary in a project folder and what was found in reading it.

    Where it cannot be loaded, the findings are all: what keeps it from being loaded may be what
    another file lacks.
    """
    glossary, findings = load_glossary(project)
    if glossary is None:
        others = proofread(project)[1]
        findings = others if has_errors(others) else findings  # it was put right meanwhile
    return glossary, findings


def _follows(finding: Finding, read: Sequence[Finding]) -> bool:
    """Tell whether what the rules find is so only for what was found in reading the files."""
    file = finding.place.file
    if finding.code == MISSING.code:
        misnamed = (PurePath(f.place.file or "") for f in read if f.code == NAME.code)
        return file in {f"{PICTURES}/{slug_of_name(one.stem)}.svg" for one in misnamed}
    if finding.code == NUMBER.code:  # nothing is counted of what cannot be read
        return "claims" in finding.message and CLAIMS.as_posix() in {f.place.file for f in read}
    if finding.code == CATEGORY_EMPTY.code:  # its terms may name another one
        return CATEGORY.code in {f.code for f in read}
    if finding.code == ISSUE_LACKS.code:  # it may be there under a misspelt name
        return file in {f.place.file for f in read if f.code == UNKNOWN.code}
    related = {f.place.file for f in read if "`related" in f.message}
    return finding.code == ONE_WAY.code and file in related


def _ways(finding: Finding) -> Iterator[str | None]:
    """Yield the file that a finding is in, and the folders above it."""
    file = finding.place.file
    yield file
    yield from (folder.as_posix() for folder in PurePath(file or "").parents)
