"""The manuscript → an EPUB edition in dist/, checked; and the check of a file that is there."""

from collections.abc import Iterator
from pathlib import Path, PurePath

from cheatsheet.book import Section
from cheatsheet.build import (
    DEFAULT_EDITION,
    DIST,
    NO_FILE,
    Build,
    Progress,
    UnknownEditionError,
    no_progress,
)
from cheatsheet.checks import Asked, Checked
from cheatsheet.epub.checks import check_epub
from cheatsheet.epub.documents import make_documents
from cheatsheet.epub.packaging import COVER, pack_epub
from cheatsheet.epub.styling import make_look
from cheatsheet.findings import Place, Severity, fails, has_errors
from cheatsheet.glossary import Glossary, Term
from cheatsheet.printed import Printed, read_print
from cheatsheet.proofreading import proofread
from cheatsheet.writing import write_atomically

EPUB = "epub"


class _Asked(Asked):
    """What an EPUB must be: its map has no curves, and links each term to those that it knows."""

    def _named(self, section: Section) -> Iterator[tuple[Term, str]]:
        """Yield the terms that a section lists as links, and the words of each."""
        yield from super()._named(section)
        if section.kind == "map":
            known = (self.glossary.by_slug[s] for term in self.glossary.terms for s in term.related)
            yield from ((term, term.name) for term in known)


def epub_editions(glossary: Glossary) -> dict[str, str]:
    """Return the EPUB editions by name, each with the edition whose sections it has.

    They are the print edition's, `epub`, and `epub-<name>` of each free sample.
    """
    if glossary.book.epub is None or DEFAULT_EDITION not in glossary.book.editions:
        return {}
    samples = (name for name, one in glossary.book.editions.items() if one.sample)
    return {EPUB: DEFAULT_EDITION} | {f"{EPUB}-{name}": name for name in samples}


def epub_path(glossary: Glossary, edition: str) -> PurePath:
    """Return an EPUB edition's file, relative to the project."""
    return DIST / f"{glossary.book.stem}{edition.removeprefix(EPUB)}.epub"


def build_epub(
    project: Path,
    edition: str,
    progress: Progress = no_progress,
    fail_on: Severity = Severity.ERROR,
) -> Build:
    """Build an EPUB edition from what is in the project folder now.

    The print edition is laid out where dist/ has no current one. Raises UnknownEditionError.
    """
    build = Build(edition, fail_on=fail_on)
    with build.stage("proofread"):
        progress("proofread", "manuscript", 0, 1)
        glossary, build.findings = proofread(project)
    if glossary is None or has_errors(build.findings):
        return build
    asked = _asked(project, glossary, edition)
    build.terms = sum(section.term is not None for section in asked.sections)
    with build.stage("layout"):
        progress("layout", "print edition", 0, 1)
        printed, findings = read_print(project, glossary)
        build.findings.extend(findings)
    if printed is not None and not has_errors(build.findings):
        _make(build, project, asked, printed, progress)
        _write(build, project, epub_path(glossary, edition))
    return build


def check_epub_file(
    project: Path, file: Path, edition: str | None = None, codes: frozenset[str] | None = None
) -> Checked:
    """Judge an EPUB as an edition of the project's book: that of its name, or the whole book.

    By all rules or by those with the given codes. Raises UnknownEditionError.
    """
    glossary, findings = proofread(project)
    if glossary is None:
        return Checked(findings)
    if not file.is_file():
        return Checked([NO_FILE.finding("there is no such file", Place(file.name))])
    names = {epub_path(glossary, name).stem: name for name in epub_editions(glossary)}
    stem = file.name.partition("_")[0].removesuffix(".epub").removesuffix(".rejected")
    name = edition or names.get(stem, EPUB)
    asked = _asked(project, glossary, name)
    printed, found = read_print(project, glossary)
    checked = check_epub(file.read_bytes(), asked, printed) if printed else Checked(found)
    kept = [one for one in (*findings, *checked.findings) if codes is None or one.code in codes]
    return Checked(kept, checked.counts, name, checked.rules)


def _asked(project: Path, glossary: Glossary, edition: str) -> Asked:
    """Return what the checks compare an EPUB edition with. Raises UnknownEditionError."""
    editions = epub_editions(glossary)
    if edition not in editions:
        raise UnknownEditionError(edition, [*glossary.book.editions, *editions])
    source = glossary.book.editions[editions[edition]]
    return _Asked(glossary, source, frozenset(), project.resolve())


def _make(build: Build, project: Path, asked: Asked, printed: Printed, progress: Progress) -> None:
    """Make the EPUB's bytes, and judge them."""
    with build.stage("bind"):
        progress("bind", "EPUB", 0, 1)
        look, tokens, findings = make_look(project, [text for *_, text in asked.glossary.texts()])
        build.findings.extend(findings)
        if has_errors(findings):
            return
        files = {**make_documents(asked, printed, tokens), COVER: printed.cover, **look}
        build.data = pack_epub(asked, printed, files, build.edition)
    with build.stage("epub"):
        progress("check", "EPUB", 0, 1)
        build.checked = check_epub(build.data, asked, printed)
        build.pages = build.checked.counts.get("pages", 0)
        build.findings.extend(build.checked.findings)


def _write(build: Build, project: Path, name: PurePath) -> None:
    """Put the EPUB into dist/ under its name, or under another if there are errors."""
    rejected = name.with_suffix(".rejected.epub")
    with build.stage("write"):
        if build.data and fails(build.findings, build.fail_on):
            write_atomically(project / rejected, build.data)
        elif build.data:
            write_atomically(project / name, build.data)
            (project / rejected).unlink(missing_ok=True)
            build.pdf = name
