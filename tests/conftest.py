"""What the tests share: the real book, built once, and a small garden book to break."""

import fcntl
import io
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdf
import pytest

from browser import browser  # noqa: F401 - a fixture
from cheatsheet.build.builder import Builder
from cheatsheet.build.last import Build
from cheatsheet.checks import ExpectedBook
from cheatsheet.findings import Finding, Place
from cheatsheet.lint.proofreading import proofread
from cheatsheet.manuscript import load_labels
from cheatsheet.model.editions import DEFAULT_EDITION, pdf_path
from cheatsheet.model.glossary import Glossary, Term
from cheatsheet.model.labels import Labels
from cheatsheet.pdf.store import FOLDER
from cheatsheet.stylesheets import read_styles
from cheatsheet.system.writing import replace_folder
from cheatsheet.web import Site, make_site

TESTS = Path(__file__).parent
ROOT = TESTS.parent
PARTS = ("content", "styles", "fonts")
PATIENCE = 180.0  # s, on a slow machine

# Signals end what the tests start, even where they were started in the background or under nohup.
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow all cases but the first of each test that is `slow_but_first`."""
    begun = set()
    for item in items:
        test = item.nodeid.partition("[")[0]
        if item.get_closest_marker("slow_but_first") and test in begun:
            item.add_marker(pytest.mark.slow)
        begun.add(test)


@dataclass
class Bench:
    """A project in a folder of its own, to change, build and look at."""

    folder: Path

    def write(self, file: str, text: str) -> None:
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def read(self, file: str) -> str:
        return (self.folder / file).read_text(encoding="utf-8")

    def replace(self, file: str, old: str, new: str) -> None:
        text = self.read(file)
        assert old in text, f"{file} does not have {old!r}"
        self.write(file, text.replace(old, new))

    def append(self, file: str, text: str) -> None:
        self.write(file, self.read(file) + text)

    def build(self, edition: str = DEFAULT_EDITION, *, cache: bool = True) -> Build:
        with Builder(self.folder, cache=cache) as builder:
            return builder.build(edition)

    def lint(self) -> list[Finding]:
        return proofread(self.folder)[1]

    def glossary(self) -> Glossary:
        glossary, findings = proofread(self.folder)
        assert glossary is not None, findings
        return glossary

    def expected(self, edition: str = DEFAULT_EDITION) -> ExpectedBook:
        glossary = self.glossary().for_edition(edition)
        styles = tuple(read_styles(self.folder, edition)[0])
        return ExpectedBook(glossary, glossary.book.editions[edition], styles)


@dataclass(frozen=True)
class Built:
    """A project and the build of it."""

    bench: Bench
    build: Build

    @property
    def pdf(self) -> Path:
        """The PDF in dist/."""
        assert self.build.pdf
        return self.bench.folder / self.build.pdf


def copy_project(source: Path, folder: Path) -> Bench:
    for part in PARTS:
        if (source / part).is_dir():
            shutil.copytree(source / part, folder / part)
    return Bench(folder)


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory, testrun_uid: str) -> Built:
    """The real book, in a folder that all processes share, for tests that only look.

    Its sections are laid out by the first process to ask.
    """
    folder = tmp_path_factory.getbasetemp().parent / f"book-{testrun_uid}"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        bench = Bench(folder) if folder.is_dir() else copy_project(ROOT, folder)
        return Built(bench, bench.build())


@pytest.fixture(scope="session")
def make_garden() -> Callable[[Path], Bench]:
    """Return what copies the garden book into a folder."""

    def make(folder: Path) -> Bench:
        (folder / "fonts/vollkorn").mkdir(parents=True)
        for font in ("Vollkorn-Regular.ttf", "LICENSE"):
            shutil.copy(ROOT / "fonts/vollkorn" / font, folder / "fonts/vollkorn" / font)
        return copy_project(TESTS / "garden", folder)

    return make


@pytest.fixture
def cold_garden(tmp_path: Path, make_garden: Callable[[Path], Bench]) -> Bench:
    """The garden book: twelve words, three categories, styles of its own, in a copied folder."""
    return make_garden(tmp_path / "garden")


@pytest.fixture
def garden(cold_garden: Bench, built_garden: Built) -> Bench:
    """The garden book with its sections in the cache, so that a build lays out what changed."""
    shutil.copytree(built_garden.bench.folder / FOLDER, cold_garden.folder / FOLDER)
    return cold_garden


@pytest.fixture
def builder(garden: Bench) -> Iterator[Builder]:
    """What builds the garden book again and again in one process."""
    with Builder(garden.folder) as builder:
        yield builder


@pytest.fixture(scope="session")
def built_garden(
    tmp_path_factory: pytest.TempPathFactory, make_garden: Callable[[Path], Bench]
) -> Built:
    """The garden book, built; for tests that only look."""
    bench = make_garden(tmp_path_factory.mktemp("built") / "garden")
    return Built(bench, bench.build())


@dataclass(frozen=True)
class BuiltSite:
    """A site, and the folder that it was written into."""

    site: Site
    folder: Path


@pytest.fixture(scope="session")
def website(book: Built, tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The real book's site, written; its free sample is a stand-in."""
    glossary = book.bench.glossary()
    sample = {pdf_path(glossary, "sample").name: b"%PDF-2.0"}
    site = make_site(book.bench.folder, glossary, book.build.data, sample)
    folder = tmp_path_factory.mktemp("site") / "web"
    replace_folder(folder, site.files)
    return BuiltSite(site, folder)


@pytest.fixture(scope="session")
def make_web_garden(make_garden: Callable[[Path], Bench]) -> Callable[[Path], Bench]:
    """Return what copies the garden book into a folder, with the look that its site needs."""

    def make(folder: Path) -> Bench:
        bench = make_garden(folder)
        for name in ("web", "previews"):
            shutil.copytree(ROOT / "styles" / name, folder / "styles" / name)
        shutil.copy(ROOT / "styles/tokens.css", folder / "styles/tokens.css")
        licence = "fonts/bricolage-grotesque/LICENSE"
        (folder / licence).parent.mkdir()
        shutil.copy(ROOT / licence, folder / licence)
        for weight in (500, 800):
            font = f"fonts/bricolage-grotesque/bricolage-grotesque-latin-{weight}-normal.woff2"
            shutil.copy(ROOT / font, folder / font)
            face = f'font-family: "Bricolage Grotesque"; font-weight: {weight}'
            bench.append("styles/fonts.css", f'@font-face {{ {face}; src: url("../{font}"); }}\n')
        return bench

    return make


@pytest.fixture(scope="session")
def built_web_garden(
    tmp_path_factory: pytest.TempPathFactory, make_web_garden: Callable[[Path], Bench]
) -> Built:
    """The garden book with the look that its site needs, built; for tests that only look."""
    bench = make_web_garden(tmp_path_factory.mktemp("built-web") / "garden")
    return Built(bench, bench.build())


@pytest.fixture
def web_garden(
    tmp_path: Path, make_web_garden: Callable[[Path], Bench], built_web_garden: Built
) -> Bench:
    """The garden book with the look that its site needs, with its sections in the cache."""
    bench = make_web_garden(tmp_path / "garden")
    shutil.copytree(built_web_garden.bench.folder / FOLDER, bench.folder / FOLDER)
    return bench


def changed(data: bytes, change: Callable[[Any], None]) -> bytes:
    """Return a PDF to which something was done by a pypdf writer."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    change(writer)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def labels_in(language: str) -> Labels:
    """Return the program's own labels of a language."""
    labels = load_labels(TESTS, language, Place(), [])
    assert labels
    return labels


def codes(findings: list[Finding]) -> set[str]:
    return {finding.code for finding in findings}


def only(findings: list[Finding], code: str) -> Finding:
    """Return the one finding with a code."""
    found = [finding for finding in findings if finding.code == code]
    assert len(found) == 1, findings
    return found[0]


def alt_of(term: Term) -> str:
    """Return what a term's drawing shows, in words."""
    assert term.picture
    return term.picture.alt
