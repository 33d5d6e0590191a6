"""A PDF in dist/, or any other, held to the rules. It is built elsewhere."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePath

from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.checks.judging import CHANGED as BROKEN
from cheatsheet.checks.judging import DAMAGED, judge
from cheatsheet.checks.report import CheckResult
from cheatsheet.checks.sandbox import LIMIT, check_sandboxed
from cheatsheet.epub.checks import FILE as EPUB_FILE
from cheatsheet.epub.checks import check_epub
from cheatsheet.epub.making import set_up_epub
from cheatsheet.epub.packaging import identifier
from cheatsheet.epub.stamping import identifier_of_epub, purchase_of_epub
from cheatsheet.findings import Finding, Place, error, has_errors, warning
from cheatsheet.layout.edition_build import made_of
from cheatsheet.layout.records import CONTENT, find_record, input_digest, newer_input
from cheatsheet.lint.proofreading import proofread
from cheatsheet.model.editions import (
    DEFAULT_EDITION,
    DIST,
    EPUB,
    edition_of,
    edition_path,
    is_epub,
)
from cheatsheet.model.glossary import Book, Glossary
from cheatsheet.pdf.pool import WorkerPool, default_jobs
from cheatsheet.pdf.section import read_style_set
from cheatsheet.pdf.store import Store
from cheatsheet.reader.opening import OPEN
from cheatsheet.reader.seal import COPY, is_made_of, sealed_edition
from cheatsheet.stylesheets import read_styles
from cheatsheet.system.bounded import OutOfBoundsError, read_bounded, run_bounded
from cheatsheet.system.reading import read_made

NO_FILE = error("pdf-file", "There is no such PDF.", "run `cheatsheet build` first")

STALE = error(
    "pdf-stale",
    "A file in dist/ is older than the project, and differs from what a build makes of it.",
    "build first: `cheatsheet build`, or `cheatsheet build --all` for all editions",
)

MASTER = error(
    "pdf-master",
    "A file in dist/ is another edition of the book, a buyer's own copy, or no build's work.",
    "build it again: what is sold is made of it",
)
RESAVED = warning(
    "pdf-resaved",
    "Another program has written a file of the book again, or added something to it.",
    "fetch or build it again, unless it was to be changed: no check sees all that was",
)
UNJUDGED = {rule.code for rule in (OPEN, BROKEN, DAMAGED, LIMIT, EPUB_FILE)}
ZIP = b"PK"  # how an EPUB begins
FOREIGN = "it is not what a build of this edition has written"
ALONE = "an EPUB is checked with the texts that it was made from, and there are none here"
IN_PROJECT = "name the folder of its book: `cheatsheet -C BOOK check FILE`"
UNBUILT, CHANGED = (
    "no build has written it as it is",
    "it is not what a build makes of the project as it is",
)


def has_passed(project: Path, edition: str, data: bytes) -> bool:
    """Tell whether a PDF is what the last build made of the project as it is, without an error."""
    record = find_record(Store(project), edition, input_digest(project))
    if record is None or has_errors(record.findings):
        return False
    return record.sha256 == hashlib.sha256(data).hexdigest()


def check_file(
    project: Path,
    file: Path | None = None,
    edition: str | None = None,
    codes: frozenset[str] | None = None,
) -> CheckResult:
    """Judge a file, by default the book in dist/, by all rules or by those with the given codes.

    It is judged as the given edition of the project's book; else as the one that it is by its name,
    then by its title or destinations and its pages' size; else by the general rules. An EPUB is an
    edition, by default that of the whole book. Nothing is compared with a manuscript that has
    errors: these are all that is found. Raises UnknownEditionError.
    """
    if file and not edition and not (project / "content").is_dir():
        return _check_alone(file, codes)
    glossary, findings = proofread(project)
    if glossary is None:
        return CheckResult(findings)
    name = edition or (edition_of(glossary, file) if file else DEFAULT_EDITION)
    if file and not name and is_epub(file):
        name = EPUB
    built = edition_path(glossary, name or DEFAULT_EDITION)
    path = file or project / built
    is_known = name or not path.exists()
    if is_known and (unfit := _unfit(project, glossary, path, name or DEFAULT_EDITION)):
        return CheckResult([*findings, unfit])
    if name in glossary.book.epubs and not has_errors(findings):
        checked = _check_epub(project, glossary, path, name)
    elif name and has_errors(findings):
        return _current(project, path, built, CheckResult(findings), findings)
    else:
        names = [name] if name else [] if has_errors(findings) else [*glossary.book.editions]
        editions = _expected(project, glossary, names, findings)
        judging = partial(judge, editions=editions, certain=bool(name), codes=codes)
        checked = check_sandboxed(path, judging)
        if checked.edition is None and not name:
            return checked
        if not has_errors(checked.findings):
            found = _if_made_here(project, glossary.book.editions, path)
            checked = replace(checked, findings=[*checked.findings, *found])
    return _current(project, path, built, _limited(checked, findings, codes), findings)


def _check_alone(file: Path, codes: frozenset[str] | None) -> CheckResult:
    """Judge a file where there is no project."""
    if is_epub(file):
        return CheckResult([OPEN.finding(ALONE, Place(file.name), IN_PROJECT)])
    return check_sandboxed(file, partial(judge, editions=[], certain=True, codes=codes))


def _if_made_here(project: Path, editions: Iterable[str], path: Path) -> Iterator[Finding]:
    """Yield a finding for a PDF of the book that is neither a build's nor a buyer's own copy.

    In dist/ it is an error: what is sold is made of it.
    """
    if sealed_edition(read_bounded(path), [COPY, *editions]) is None:
        yield MASTER.finding(FOREIGN) if _is_in_dist(project, path) else RESAVED.finding(UNBUILT)


def _is_in_dist(project: Path, path: Path) -> bool:
    """Tell whether a file is one of dist/, of which copies are sold."""
    return path.resolve().parent == (project / DIST).resolve()


def _expected(
    project: Path, glossary: Glossary, names: Iterable[str], findings: list[Finding]
) -> list[ExpectedBook]:
    """Return what some PDF editions must be; add what is wrong with their style sheets."""
    editions = []
    for name in names:
        styles, complaints = read_styles(project, name)
        findings += complaints
        own = glossary.for_edition(name)
        editions.append(ExpectedBook(own, name, tuple(styles), project.resolve()))
    return editions


def check_built(project: Path, file: PurePath, edition: str) -> list[Finding]:
    """Return what is wrong with an edition's finished file, a path relative to the project.

    What stands at no place of the manuscript or the styles stands in the file. One that passes the
    checks must also be what a build makes of the project as it is: no check sees all of a drawing.
    """
    findings, path = check_file(project, project / file, edition).findings, project / file
    if not is_epub(path) and not has_errors(findings):
        findings = [*findings, *not_made_of(project, read_made(path), edition)]
    return [
        found
        if found.place.file
        else replace(found, place=replace(found.place, file=file.as_posix()))
        for found in findings
    ]


def not_made_of(project: Path, data: bytes, edition: str) -> Iterator[Finding]:
    """Yield why a PDF edition's bytes are not what a build makes of the project as it is."""
    if sealed_edition(data, [edition]) is None:
        yield MASTER.finding(FOREIGN)
        return
    styles = read_style_set(project, read_styles(project, edition)[0])
    if not is_made_of(data, edition, made_of(input_digest(project, CONTENT), styles)):
        yield STALE.finding("it was built of other texts, styles or templates than these")


def _unfit(project: Path, glossary: Glossary, path: Path, name: str) -> Finding | None:
    """Return why a file cannot be judged as an edition: there is none, or it is another one.

    In dist/ it may be no buyer's copy either.
    """
    built = edition_path(glossary, name)
    is_built = path.resolve() == (project / built).resolve()
    place = Place(built.as_posix() if is_built else path.name)
    if not path.exists():
        hint = "" if name == DEFAULT_EDITION else f"run `cheatsheet build {name}` first"
        return NO_FILE.finding("there is no such file", place, hint)
    with suppress(OutOfBoundsError, RuntimeError):  # a check says so
        data = read_bounded(path)
        if data.startswith(ZIP):
            other = run_bounded(partial(_edition_of_epub, data, glossary.book))
        else:
            other = sealed_edition(data, [COPY, *glossary.book.editions])
        if other == COPY and is_built:
            return MASTER.finding("it is a buyer's own copy", place)
        if other and other not in {COPY, name}:
            return MASTER.finding(f"it is the edition `{other}`, not `{name}`", place)
    return None


def _edition_of_epub(data: bytes, book: Book) -> str | None:
    """Return which edition of the book an EPUB is, by its identifier; None if it is none."""
    if purchase_of_epub(data):
        return COPY
    said = identifier_of_epub(data)
    return next((name for name in book.epubs if identifier(book, name) == said), None)


def _check_epub(project: Path, glossary: Glossary, file: Path, name: str) -> CheckResult:
    """Judge an EPUB as an edition, with the page numbers of the print edition as it is now."""
    with WorkerPool(default_jobs()) as pool:
        build = set_up_epub(project, glossary, name, Store(project), pool)
        if has_errors(wrong := build.style_findings()):
            return CheckResult([*wrong], edition=name)
        pagination = build.lay_out(lambda *_: None)
        if has_errors(pagination.findings):
            return CheckResult([*pagination.findings], edition=name)
        made = build.link(pagination).data
    check = partial(check_epub, expected=build.expected.in_print(pagination))
    checked = replace(check_sandboxed(file, check), edition=name)
    if has_errors(checked.findings) or (data := read_bounded(file)) == made:
        return checked
    if run_bounded(partial(purchase_of_epub, data)) is not None:
        return checked
    is_ours = _is_in_dist(project, file)
    found = STALE.finding(CHANGED) if is_ours else RESAVED.finding(UNBUILT)
    return replace(checked, findings=[*checked.findings, found])


def _current(
    project: Path, path: Path, built: PurePath, checked: CheckResult, findings: list[Finding]
) -> CheckResult:
    """Return what was found in a file; of a build that is out of date, no more than that it is.

    Where it is judged well, or another file than the last build's, it is not out of date. What is
    wrong with the manuscript is among the `findings`.
    """
    is_built = path.resolve() == (project / built).resolve() and path.is_file()
    if not is_built or not has_errors(checked.findings):
        return checked
    unmade = not_made_of(project, read_made(path), checked.edition) if checked.edition else ()
    why = next((one.message for one in unmade if one.code == STALE.code), "")
    if newer := newer_input(project, path):
        why = f"`{built.name}` is older than {newer.as_posix()}, and not what the manuscript says"
    stale = [*findings, STALE.finding(why, Place(built.as_posix()))]
    return replace(checked, findings=stale) if why else checked


def _limited(
    checked: CheckResult, findings: list[Finding], codes: frozenset[str] | None
) -> CheckResult:
    """Return what was found, after findings in the manuscript: of all rules or some.

    What keeps a file from being judged is of all.
    """
    found = [*findings, *checked.findings]
    kept = [one for one in found if codes is None or one.code in codes | UNJUDGED]
    return replace(checked, findings=kept)
