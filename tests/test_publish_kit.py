"""The shop's kit, builds side by side, and what differs between two builds."""

import hashlib
import io
import json
import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner, Result
from PIL import Image
from pypdf.generic import FloatObject, NameObject, StreamObject, TextStringObject

from cheatsheet import __version__
from cheatsheet.book.html import HtmlRenderer, first_sentence
from cheatsheet.build.builder import Builder, no_progress
from cheatsheet.build.checking import check_file
from cheatsheet.build.last import Build
from cheatsheet.cli import main
from cheatsheet.findings import Finding
from cheatsheet.model.editions import list_editions
from cheatsheet.publish import compare as compare_module
from cheatsheet.publish import kit as kit_module
from cheatsheet.publish.compare import compare_files, compare_pdfs
from cheatsheet.publish.kit import Kit, make_kit, sold_editions
from cheatsheet.reader.seal import IDENTIFIER
from cheatsheet.reader.words import squash
from cheatsheet.system.bounded import Bounds
from conftest import Bench, Built, changed, codes, only
from test_publish_sample import SAMPLE, add_sample

CHANGELOG = f"""# Changelog

## [Unreleased]

## [{__version__}] - 2026-11-22

### For readers of the book

- Twelve words.

### For users of the tool

- A trowel.
"""
POST = """@import "../fonts.css";
@page { size: 1080px 1350px; margin: 0 }
body, h1, p { margin: 0; font-weight: normal }
.post { height: 1350px; font: 40px Vollkorn; break-after: page }
.post:last-child { break-after: auto }
"""
COMPOST_PAGE = 4  # 0-based


@dataclass(frozen=True)
class AllBuilt:
    """All editions of a project, their builds in the order asked for, and the stages told."""

    bench: Bench
    builds: list[Build]
    told: dict[str, set[str]]


@pytest.fixture(scope="module")
def all_built(
    tmp_path_factory: pytest.TempPathFactory, make_garden: Callable[[Path], Bench]
) -> AllBuilt:
    """The garden with a sample and a changelog, all editions built side by side."""
    bench = add_sample(make_garden(tmp_path_factory.mktemp("all") / "garden"))
    bench.write("CHANGELOG.md", CHANGELOG)
    bench.write("styles/kit/post.css", POST)
    told: dict[str, set[str]] = {}

    def tell(edition: str, stage: str, *_: object) -> None:
        told.setdefault(edition, set()).add(stage)

    with Builder(bench.folder, tell) as builder:
        builds = builder.build_all()
    assert [build.findings for build in builds] == [[], [], []]
    return AllBuilt(bench, builds, told)


@pytest.fixture(scope="module")
def built_all(all_built: AllBuilt) -> Bench:
    return all_built.bench


@pytest.fixture
def shop(built_all: Bench, tmp_path: Path) -> Bench:
    return Bench(shutil.copytree(built_all.folder, tmp_path / "garden"))


@pytest.fixture(scope="module")
def kit(built_all: Bench, tmp_path_factory: pytest.TempPathFactory) -> Kit:
    folder = shutil.copytree(built_all.folder, tmp_path_factory.mktemp("kit") / "garden")
    made = make_kit(folder, no_progress)
    assert made.findings == []
    return made


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def latin(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"trowel", b"tr\xf6wel"))


def leave_print(garden: Bench) -> None:
    """Remove the garden's other edition: one is enough where a process of its own is all."""
    pocket = garden.read("content/book.yaml").partition("  pocket:\n")[2].partition("web:")[0]
    garden.replace("content/book.yaml", "  pocket:\n" + pocket, "")


def test_a_kit_has_all_editions_pictures_notes_a_zip_and_digests(kit: Kit) -> None:
    posts = {name for name in kit.files if name.startswith("post-")}
    assert set(kit.files) - posts == {
        "garden-words.pdf", "garden-words-pocket.pdf", "garden-words-sample.pdf",
        "cover-400.png", "cover-800.png", "cover-1600.png", "thumbnail.png", "pages.png",
        "page-compost.png", "page-mulch.png", "release-notes.md", "whats-new.md",
        f"garden-words-kit-{__version__}.zip", "SHA256SUMS",
    }  # fmt: skip


@pytest.mark.slow
def test_what_a_kit_sells_is_what_was_checked(shop: Bench, kit: Kit) -> None:
    """Another process puts another file there when the first edition has passed."""
    book = shop.folder / "dist/garden-words.pdf"

    def replace(stage: str, _what: str, number: int, _all: int) -> None:
        if stage == "check" and number == 1:
            book.write_bytes(changed(book.read_bytes(), lambda _: None))

    made = make_kit(shop.folder, replace)
    assert made.files["garden-words.pdf"] == kit.files["garden-words.pdf"] != book.read_bytes()


def test_an_edition_that_is_built_while_it_is_checked_is_not_sold(
    shop: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(project: Path, file: PurePath, _: str) -> list[Finding]:
        with (project / file).open("ab") as opened:
            opened.write(b"%")
        return []

    monkeypatch.setattr(kit_module, "check_built", check)
    made = make_kit(shop.folder, no_progress)
    assert (codes(made.findings), made.files) == ({"kit-book"}, {})


def test_an_edition_for_a_print_shop_is_not_sold(garden: Bench) -> None:
    press = "  press:\n    page_size: {width: 148, height: 210, bleed: 3}\n    pages: 22\n"
    garden.replace("content/book.yaml", "editions:\n", f"editions:\n{press}")
    assert "press" in list_editions(garden.glossary())
    assert sold_editions(garden.glossary()) == ["print", "pocket"]


def test_its_folder_has_these_files_and_nothing_else(shop: Bench) -> None:
    shop.write("dist/kit/left-from-last-time.txt", "old")
    made = make_kit(shop.folder, no_progress)
    folder = shop.folder / "dist/kit"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == made.files
    assert len(list(folder.parent.iterdir())) == 4


def test_the_digests_are_of_the_files(kit: Kit) -> None:
    lines = dict(line.split("  ")[::-1] for line in kit.files["SHA256SUMS"].decode().splitlines())
    assert lines.keys() == kit.files.keys() - {"SHA256SUMS"}
    assert all(hashlib.sha256(kit.files[name]).hexdigest() == sum_ for name, sum_ in lines.items())


def test_pictures_have_the_sizes_that_shops_ask_for(kit: Kit) -> None:
    sizes = {
        name: Image.open(io.BytesIO(data)).size
        for name, data in kit.files.items()
        if name.endswith(".png")
    }
    assert {sizes[f"cover-{width}.png"][0] for width in (400, 800, 1600)} == {400, 800, 1600}
    assert sizes["thumbnail.png"] == (600, 600)
    assert sizes["pages.png"] == (2560, 1440)
    assert sizes["page-compost.png"][0] == 1200


def test_there_is_a_card_to_post_of_every_term(kit: Kit, built_all: Bench) -> None:
    slugs = [term.slug for term in built_all.glossary().terms]
    cards = {slug: kit.files[f"post-{slug}.png"] for slug in slugs}
    assert len(set(cards.values())) == len(slugs) == 12
    for data in cards.values():
        with Image.open(io.BytesIO(data)) as image:
            assert image.size == (1080, 1350)


@pytest.mark.slow
def test_a_card_whose_words_do_not_fit_is_found(shop: Bench) -> None:
    shop.replace("styles/kit/post.css", "40px", "400px")
    made = make_kit(shop.folder, no_progress)
    assert only(made.findings, "kit-card").message.startswith("12 cards need ")
    assert not made.ok


@pytest.mark.slow
def test_a_card_whose_words_reach_into_its_foot_is_found(shop: Bench) -> None:
    shop.append("styles/kit/post.css", ".post { position: relative }\n")
    shop.append("styles/kit/post.css", ".post-line { position: absolute; bottom: 10px }\n")
    assert "the card of Compost is too long" in {
        finding.message for finding in make_kit(shop.folder, no_progress).findings
    }


@pytest.mark.slow
def test_a_card_whose_name_leaves_it_is_found(shop: Bench) -> None:
    shop.append("styles/kit/post.css", ".post-name { font-size: 400px; white-space: pre }\n")
    findings = make_kit(shop.folder, no_progress).findings
    assert '"Compost" is cut at the paper\'s edge' in {one.message for one in findings}


@pytest.mark.slow
def test_a_project_without_styles_for_cards_has_none(shop: Bench) -> None:
    (shop.folder / "styles/kit/post.css").unlink()
    assert not [name for name in make_kit(shop.folder, no_progress).files if "post-" in name]


def test_the_real_cards_say_nothing_that_is_for_sale(book: Built) -> None:
    glossary = book.bench.glossary()
    html = HtmlRenderer(glossary, (), {}).render_posts(glossary.terms)
    shown = squash(re.sub(r"<img [^>]*>", "", html))
    for term in glossary.terms:
        line = first_sentence(glossary.without_references(term.tldr))
        assert line.endswith(".")
        assert squash(line) in shown
        sides = [side.line for pair in glossary.pairs_by_slug[term.slug] for side in pair]
        for text in (term.takeaway, term.try_it, term.why, term.nerd, *sides):
            assert squash(glossary.without_references(text)) not in shown


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("A chip. It adds.", "A chip."),
        ("The U.S. Army has one. It adds.", "The U.S. Army has one."),
        ("Tools (e.g. Midjourney) draw. They guess.", "Tools (e.g. Midjourney) draw."),
        ("Ask Dr. No, who knows. Or don't.", "Ask Dr. No, who knows."),
        ("Generators like DALL-E. It learns.", "Generators like DALL-E."),
        ('It says "no." Then it goes.', 'It says "no."'),
        ("version 2.5 is out. 3 is not.", "version 2.5 is out."),
        ("No full stop", "No full stop"),
    ],
)
def test_a_card_says_a_texts_first_sentence(text: str, first: str) -> None:
    assert first_sentence(text) == first


def test_the_notes_are_the_changelogs_for_each_audience(kit: Kit) -> None:
    assert kit.files["whats-new.md"] == b"- Twelve words.\n"
    assert b"For users of the tool\n\n- A trowel." in kit.files["release-notes.md"]
    assert b"Unreleased" not in kit.files["release-notes.md"]


@pytest.mark.slow
def test_a_kit_made_again_is_the_same_bytes(kit: Kit, shop: Bench) -> None:
    assert make_kit(shop.folder, no_progress).files == kit.files


def test_the_zip_has_the_files_and_no_date(kit: Kit) -> None:
    with zipfile.ZipFile(io.BytesIO(kit.files[f"garden-words-kit-{__version__}.zip"])) as archive:
        assert archive.testzip() is None
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = {info.filename.partition("/")[2] for info in archive.infolist()}
    assert names == {name for name in kit.files if not name.endswith(("zip", "SUMS"))}


@pytest.mark.slow_but_first
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda shop: shop.replace("content/terms/ph.yaml", "in June", "in May"), "pdf-stale"),
        (lambda shop: (shop.folder / "dist/garden-words-pocket.pdf").unlink(), "pdf-file"),
        (lambda shop: (shop.folder / "CHANGELOG.md").unlink(), "kit-changelog"),
        (lambda shop: shop.replace("CHANGELOG.md", "- 2026-11-22", ""), "kit-changelog"),
        (lambda shop: shop.replace("CHANGELOG.md", "readers of", "friends of"), "kit-changelog"),
        (lambda shop: shop.write("CHANGELOG.md", "Nothing yet."), "kit-changelog"),
        (lambda shop: shop.replace("CHANGELOG.md", __version__, "/../../x"), "kit-changelog"),
        (lambda shop: shop.replace("CHANGELOG.md", __version__, "2026/11"), "kit-changelog"),
        (lambda shop: latin(shop.folder / "CHANGELOG.md"), "file-encoding"),
        (lambda shop: shop.replace("content/book.yaml", "title:", "tilte:"), "fields-unknown"),
    ],
)  # fmt: skip
def test_a_kit_of_what_is_stale_or_missing_is_not_made(
    change: Callable[[Bench], Any], code: str, shop: Bench
) -> None:
    change(shop)
    result = run("kit", "-C", shop.folder)
    assert result.exit_code == 1
    assert f"[{code}]" in result.output
    assert result.output.endswith("No kit was made.\n")
    assert not (shop.folder / "dist/kit").exists()


@pytest.mark.slow
def test_a_kit_of_a_stale_book_says_so_once_for_each_file_and_nothing_else(shop: Bench) -> None:
    shop.replace("content/terms/ph.yaml", "in June", "in May")
    shop.replace("content/terms/mulch.yaml", "A blanket for", "A cover for")
    findings = make_kit(shop.folder, no_progress).findings
    assert codes(findings) <= {"pdf-stale", "text-spaces"}
    assert any("is older than content/terms/" in finding.message for finding in findings)


@pytest.mark.slow
def test_a_kit_has_the_version_of_the_book_and_not_of_the_tool(shop: Bench) -> None:
    shop.replace("CHANGELOG.md", f"[{__version__}]", "[7.2.0]")
    assert "garden-words-kit-7.2.0.zip" in make_kit(shop.folder, no_progress).files


@pytest.mark.slow
def test_a_kit_needs_a_sample(built_garden: Built) -> None:
    bench = built_garden.bench
    assert "kit-sample" in codes(make_kit(bench.folder, no_progress).findings)


def test_the_editions_are_built_side_by_side_and_all_told(
    all_built: AllBuilt, built_garden: Built
) -> None:
    assert [build.edition for build in all_built.builds] == ["pocket", "print", "sample"]
    assert all_built.told.pop("") == {"load"}
    assert all_built.told.keys() == {"pocket", "print", "sample"}
    assert all({"layout", "link", "check"} <= stages for stages in all_built.told.values())
    files = [all_built.builds[1].data, built_garden.build.data]  # the settings are not the same
    assert len({IDENTIFIER.sub(b"", data) for data in files}) == 1


@pytest.mark.slow
def test_an_edition_that_fails_leaves_the_others(shop: Bench) -> None:
    shop.replace("content/book.yaml", "pages: 49", "pages: 50")
    shop.replace("content/book.yaml", SAMPLE, "web:\n")  # two editions are enough
    (shop.folder / "dist/garden-words.pdf").unlink()
    result = run("build", "--all", "-C", shop.folder)
    assert result.exit_code == 1
    assert "pocket: Nothing was built: 1 error" in result.output
    assert "print: dist/garden-words.pdf: 22 pages" in result.output
    assert (shop.folder / "dist/garden-words.pdf").is_file()


def test_what_the_file_system_refuses_is_a_finding_of_each_edition(garden: Bench) -> None:
    leave_print(garden)
    garden.write("dist", "in the way")
    output = run("build", "--all", "-C", garden.folder).output
    assert "dist: Not a directory; dist/ is as it was [build-write]" in output
    assert "Traceback" not in output


def test_a_slip_in_the_manuscript_is_told_once_for_all_editions(garden: Bench) -> None:
    garden.replace("content/terms/compost.yaml", "tagline:", "tagine:")
    output = run("build", "--all", "-C", garden.folder).output
    assert output.count("unknown field `tagine`") == 1


def test_all_editions_have_one_report_for_ci(garden: Bench) -> None:
    leave_print(garden)
    garden.replace("content/book.yaml", "pages: 22", "pages: 23")
    output = run("build", "--all", "-C", garden.folder, "--format", "junit").output
    assert output.startswith("<?xml")
    assert "22 pages, and book.yaml asks for 23" in output


def test_all_editions_and_one_are_not_asked_for_together(garden: Bench) -> None:
    result = run("build", "print", "--all", "-C", garden.folder)
    assert result.exit_code == 2
    assert "either print or --all" in result.output


def test_the_same_file_twice_is_the_same(built_garden: Built, tmp_path: Path) -> None:
    one, other = tmp_path / "one.pdf", tmp_path / "other.pdf"
    for path in (one, other):
        path.write_bytes(built_garden.build.data)
    result = run("compare", one, other)
    assert result.exit_code == 0
    assert built_garden.build.sha256 in result.output


def redraw(writer: Any) -> None:
    stream = writer.pages[COMPOST_PAGE]["/Contents"].get_object()
    assert isinstance(stream, StreamObject)
    stream.set_data(stream.get_data().replace(b" Tf", b"  Tf", 1))


def relink(writer: Any) -> None:
    link = writer.pages[COMPOST_PAGE]["/Annots"][0].get_object()
    link[NameObject("/Contents")] = TextStringObject("elsewhere")


def resize(writer: Any) -> None:
    writer.pages[COMPOST_PAGE]["/MediaBox"][2] = FloatObject(400)


def retitle(writer: Any) -> None:
    writer.add_metadata({"/Title": "Twelve Other Words"})


def date(writer: Any) -> None:
    writer.add_metadata({"/CreationDate": "D:20261122"})


def rename(writer: Any) -> None:
    writer.root_object["/Outlines"]["/First"][NameObject("/Title")] = TextStringObject("Cover!")


def refont(writer: Any) -> None:
    font = next(iter(writer.pages[0]["/Resources"]["/Font"].values())).get_object()
    program = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]["/FontFile2"]
    program.get_object().set_data(program.get_object().get_data() + b"\0")


@pytest.mark.parametrize(
    ("change", "page", "says"),
    [
        (redraw, COMPOST_PAGE + 1, "the drawing differs at /Contents: "),
        (relink, COMPOST_PAGE + 1, "a link differs at /Annots[0]/Contents: "),
        (resize, COMPOST_PAGE + 1, "the page size differs at /MediaBox[2]: "),
        (refont, 1, "a font differs at /Resources/Font/"),
        (retitle, None, "the metadata differs at /Info/Title: "),
        (date, None, "the metadata differs at /Info/CreationDate: only one of them has it"),
        (rename, None, "the outline differs at /Root/Outlines/First/Title: "),
    ],
)
def test_a_differing_build_says_what_differs(
    change: Callable[[Any], None], page: int | None, says: str, built_garden: Built
) -> None:
    same = changed(built_garden.build.data, lambda _: None)
    finding = only(compare_pdfs(same, changed(built_garden.build.data, change)), "release-differs")
    assert finding.message.startswith(says)
    assert finding.place.page == page


def test_a_page_less_is_told(all_built: AllBuilt) -> None:
    _, whole, part = all_built.builds
    found = compare_pdfs(whole.data, part.data)
    assert found[0].message == "the number of pages is 22 in one, 10 in the other"
    assert len(found) == 10


def test_another_packing_of_the_same_objects_is_told(built_garden: Built) -> None:
    data = built_garden.build.data
    finding = only(compare_pdfs(data, changed(data, lambda _: None)), "release-differs")
    assert finding.message.startswith("all objects are the same, but")


def objects(*parts: str, pages: str = "/Kids [3 0 R] /Count 1") -> bytes:
    """Return a small PDF with some objects, the first of which is number 3."""
    body = ["<</Type /Catalog /Pages 2 0 R>>", f"<</Type /Pages {pages}>>", *parts]
    text = "%PDF-1.7\n" + "".join(f"{n} 0 obj\n{part}\nendobj\n" for n, part in enumerate(body, 1))
    return f"{text}trailer\n<</Root 1 0 R /Size {len(body) + 1}>>\n%%EOF\n".encode()


PAGE = "<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9]{}>>"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (objects(PAGE.format("")), objects(PAGE.format(" /Contents 4 0 R"), "<<>>")),
        (objects(PAGE.format("")), objects(PAGE.format(" /Annots 7"))),
        (objects(PAGE.format(" /Annots [9 0 R]")), objects(PAGE.format(" /Annots [null]"))),
        (objects(PAGE.format("")), objects("7")),
        (objects(PAGE.format("")), objects(PAGE.format(""), pages="/Kids 3 /Count (x)")),
        (objects(PAGE.format("")), b"%PDF-1.7\n%%EOF\n"),
        (objects(PAGE.format("")), objects(PAGE.format("")) + b"%"),
    ],
)
def test_a_pdf_without_the_usual_parts_is_compared_and_no_traceback(
    one: bytes, other: bytes
) -> None:
    for pair in ((one, other), (other, one)):
        assert codes(compare_pdfs(*pair)) == {"release-differs"}


def test_a_pdf_that_asks_for_a_password_is_said_to(built_garden: Built, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(built_garden.build.data)
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        pdf.save(tmp_path / "b.pdf", encryption=pikepdf.Encryption(user="u", owner="o"))
    found = compare_files(tmp_path / "a.pdf", tmp_path / "b.pdf").findings
    assert only(found, "release-differs").message == "the second file asks for a password"


@pytest.mark.slow
def test_a_comparison_of_two_bombs_comes_to_an_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = zlib.compress(bytes(500_000_000), 9).decode("latin-1")
    for name, end in (("a.pdf", "0"), ("b.pdf", "1")):
        stream = (
            f"<</Filter /FlateDecode /X {end} /Length {len(bomb)}>>\nstream\n{bomb}{end}\nendstream"
        )
        data = objects(PAGE.format(" /Contents 4 0 R"), "<<>>").replace(
            b"4 0 obj\n<<>>", b"4 0 obj\n%s"
        )
        (tmp_path / name).write_bytes(data.replace(b"%s", stream.encode("latin-1")))
    monkeypatch.setattr(compare_module, "BOUNDS", Bounds(megabytes=400))
    found = compare_files(tmp_path / "a.pdf", tmp_path / "b.pdf").findings
    assert only(found, "release-differs")


def test_a_device_in_the_place_of_an_edition_is_not_said_to_be_an_old_one(garden: Bench) -> None:
    (garden.folder / "dist").mkdir(exist_ok=True)
    (garden.folder / "dist/garden-words.pdf").symlink_to("/dev/zero")
    found = check_file(garden.folder).findings
    assert only(found, "pdf-limit").message.endswith("it is a device or a pipe, and no file")


@pytest.mark.parametrize("what", ["/dev/zero", "fifo", "large"])
def test_what_has_no_end_is_not_compared(what: str, built_garden: Built, tmp_path: Path) -> None:
    file = Path(what) if what.startswith("/") else tmp_path / what
    if what == "fifo":
        os.mkfifo(file)
    elif what == "large":
        file.touch()
        os.truncate(file, 300_000_000)
    result = run("compare", built_garden.pdf, file, "--format", "json")
    said = json.loads(result.output)
    assert (result.exit_code, said["findings"][0]["code"]) == (1, "release-file")


def test_what_is_no_pdf_is_a_finding_and_no_traceback(built_garden: Built, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(built_garden.build.data)
    (tmp_path / "b.pdf").write_bytes(b"nothing")
    result = run("compare", tmp_path / "a.pdf", tmp_path / "b.pdf")
    assert result.exit_code == 1
    assert "the second file is no PDF" in result.output


def test_an_epub_is_not_called_a_damaged_pdf(tmp_path: Path) -> None:
    files = [tmp_path / "a.epub", tmp_path / "b.epub"]
    for file in files:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("mimetype", f"application/epub+zip {file.name}")
    message = only(compare_files(*files).findings, "release-differs").message
    assert message.startswith("the files are not the same; the first is an EPUB")
