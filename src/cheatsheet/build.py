"""The pipeline as a function: proofread, lay out, bind, check, write. What all front ends call.

dist/ changes by an atomic rename, after the checks have passed. A build with errors leaves the
last good PDF as it was, and the rejected one beside it as `<name>.rejected.pdf`.
"""

import gc
import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from cheatsheet.checks import Asked, Checked, check_apart, check_pdf
from cheatsheet.composition import Composer, Setting, what_is_asked
from cheatsheet.findings import Finding, Place, Severity, error, fails, has_errors
from cheatsheet.glossary import Glossary
from cheatsheet.pagination import Pagination
from cheatsheet.pdf import read_styles
from cheatsheet.proofreading import proofread
from cheatsheet.writing import write_atomically

DIST = PurePath("dist")
DEFAULT_EDITION = "print"

NO_FILE = error("pdf-file", "There is no such PDF.", "run `cheatsheet build` first")
NO_EDITION = error(
    "build-edition",
    "The edition that is being watched is not in content/book.yaml any more.",
    "put it back under `editions`, or start again with another edition",
)
ENGINE = error(
    "layout-engine",
    "The renderer came upon an error of its own, and gave up.",
    "undo the last change, and make it in smaller steps",
)

Progress = Callable[[str, str, int, int], None]
"""Is told the stage, what is being done in it, how many are done, and of how many."""


@contextmanager
def rare_collections() -> Iterator[None]:
    """Let Python look for cyclic garbage rarely while the body makes a great many lasting objects.

    Nearly all of a build's objects live until the PDF is written, and going through them again
    and again took a quarter of the time.
    """
    threshold = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*threshold)
        gc.unfreeze()


class UnknownEditionError(ValueError):
    """There is no such edition in content/book.yaml; `editions` are those that there are."""

    def __init__(self, edition: str, editions: list[str]) -> None:
        super().__init__(f"there is no edition `{edition}`; there is: {', '.join(editions)}")
        self.editions = editions


def no_progress(_stage: str, _name: str, _done: int, _total: int) -> None:
    """Tell nobody."""


@dataclass
class Build:
    """What a build did.

    `pdf` is the file written, relative to the project, or None. `seconds` is the time of each
    stage, in order. `layouts` counts the section layouts that were done. `fail_on` is how bad a
    finding must be to reject the PDF.
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

    @property
    def ok(self) -> bool:
        """Whether the PDF was written."""
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


class Workshop:
    """Builds the editions of the book in a project folder, as often as asked.

    What was laid out is kept: another build in the same process costs only what changed.
    """

    def __init__(self, project: Path, progress: Progress = no_progress) -> None:
        self._project = project
        self._progress = progress
        self._composer = Composer(project)

    def build(self, edition: str = DEFAULT_EDITION, fail_on: Severity = Severity.ERROR) -> Build:
        """Build an edition from what is in the project folder now.

        Raises UnknownEditionError.
        """
        with rare_collections():
            return self._build(Build(edition, fail_on=fail_on))

    def _build(self, build: Build) -> Build:
        """Fill in what a build did."""
        edition = build.edition
        with build.stage("proofread"):
            self._progress("proofread", "manuscript", 0, 1)
            glossary, findings = proofread(self._project)
        build.findings.extend(findings)
        if glossary is not None:
            require_edition(glossary, edition)
            sample = glossary.book.editions[edition].sample
            build.terms = len(sample.terms if sample else glossary.terms)
        if glossary is None or has_errors(findings):
            return build
        setting, pagination = self._lay_out(build, glossary)
        if pagination is not None and not has_errors(build.findings):
            self._bind(build, setting, pagination)
            self._check(build, setting.asked)
            self._write(build, pdf_path(glossary, edition))
        return build

    def _lay_out(self, build: Build, glossary: Glossary) -> tuple[Setting, Pagination | None]:
        """Lay out the book; None if the styles do not allow it."""
        with build.stage("layout"):
            self._progress("layout", "styles", 0, 1)
            setting = self._composer.set_up(glossary, build.edition)
            build.findings.extend(setting.findings)
            if has_errors(build.findings):
                return setting, None
            before = setting.typesetter.layouts
            pagination = self._composer.lay_out(
                setting, lambda name, done, total: self._progress("layout", name, done, total)
            )
        build.layouts = setting.typesetter.layouts - before
        build.findings.extend(pagination.findings)
        return setting, pagination

    def _bind(self, build: Build, setting: Setting, pagination: Pagination) -> None:
        """Make the PDF's bytes."""
        with build.stage("bind"):
            self._progress("bind", "PDF", 0, 1)
            binding = setting.bind(pagination.laid_out, pagination.labels)
        build.data = binding.pdf
        build.pages = sum(section.pages for section in pagination.laid_out)
        build.findings.extend(binding.findings)

    def _check(self, build: Build, asked: Asked) -> None:
        """Judge the PDF's bytes."""
        with build.stage("check"):
            self._progress("check", "PDF", 0, 1)
            build.checked = check_pdf(build.data, asked)
        build.findings.extend(build.checked.findings)

    def _write(self, build: Build, name: PurePath) -> None:
        """Put the PDF into dist/ under its name, or under another if there are errors."""
        rejected = name.with_suffix(".rejected.pdf")
        with build.stage("write"):
            if fails(build.findings, build.fail_on):
                write_atomically(self._project / rejected, build.data)
            else:
                write_atomically(self._project / name, build.data)
                (self._project / rejected).unlink(missing_ok=True)
                build.pdf = name


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
        editions[one] = what_is_asked(project, glossary, one, styles)
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
