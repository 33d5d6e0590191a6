"""Buyers' copies: what each says, what stays as it was, and what lists of buyers may do to us."""

import io
import json
import os
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from click.testing import CliRunner, Result
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from cheatsheet.build.builder import no_progress
from cheatsheet.build.checking import check_file
from cheatsheet.checks import check_pdf
from cheatsheet.cli import main
from cheatsheet.findings import Severity
from cheatsheet.model.editions import UnknownEditionError
from cheatsheet.publish import stamping
from cheatsheet.publish.buyers import Buyer, make_buyer, read_buyers
from cheatsheet.publish.lettering import CannotDrawError, StampFont
from cheatsheet.publish.stamped import Stamping
from cheatsheet.publish.stamping import stamp_copies
from cheatsheet.reader.opening import read_pdf
from cheatsheet.reader.pypdf_view import PypdfView
from cheatsheet.reader.seal import SIGN
from conftest import ROOT, Bench, Built, changed, codes, only

FONT = "fonts/dejavu-sans/DejaVuSansCondensed.ttf"
STAMP = (
    'stamp:\n  line: "For {name}, order {order}."\n  font: fonts/vollkorn/Vollkorn-Regular.ttf\n'
)
TOKENS = """
:root { --stamp-size: 5pt; --ink-soft: #444444; --stamp-left: 13mm; --stamp-bottom: 4mm;
  --stamp-width: 50mm; }
"""
ADA = Buyer("Ada Lovelace", "ada@example.org", "1815")
NAMES = [
    "Zoë Ångström", "Đorđe Balašević", "Łukasz Żółć", "Ştefan Țepeș", "Ķārlis Ņikitins", "Siân Ŵyn",
    "Þóra Ðísardóttir", "Gülşen Iğdır", "Əli Quliyev", "Ñandú Ó Súilleabháin", "Ħal Għaxaq",  # noqa: RUF001 - a name
    "Žofia Ľubomírová", "Győző Erdős", "Käthe Großmann", "Ĉiuĵaŭde Ĝoja", "Nguyễn Thị Hường",
    "Γεώργιος Σεφέρης", "Ἀριστοτέλης ὁ Σταγειρίτης", "Наталія Їжакевич", "Ђорђе Љубичић",
    "Йорданка Ъгълова", "Ўладзімір Караткевіч", "Ќирил Ѓорѓиев", "Ǩeârrâž Ǥuo",
    "Renée d’Albret–Ibáñez",  # noqa: RUF001 - a name
]  # fmt: skip


# Blocks of Unicode: Latin with all accents, Greek with all breathings, Cyrillic.
LETTERS = [
    (0x20, 0x7F), (0xA1, 0x180), (0x1C4, 0x220), (0x222, 0x234), (0x1E00, 0x1EFA),
    (0x386, 0x3E2), (0x1F00, 0x2000), (0x400, 0x482), (0x48A, 0x526),
]  # fmt: skip


@pytest.fixture(scope="module")
def stamped(
    tmp_path_factory: pytest.TempPathFactory, make_garden: Callable[[Path], Bench]
) -> Bench:
    garden = make_garden(tmp_path_factory.mktemp("stamped") / "garden")
    garden.replace("content/book.yaml", "matter:\n", STAMP + "matter:\n")
    garden.append("styles/look.css", TOKENS)
    assert garden.build().ok
    return garden


@pytest.fixture
def checked_garden(stamped: Bench, tmp_path: Path) -> Bench:
    """A garden book that is built and can be stamped, in a folder of its own."""
    return Bench(shutil.copytree(stamped.folder, tmp_path / "garden"))


@pytest.fixture
def stamped_garden(checked_garden: Bench, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """The same, for tests of what comes after its checks: it has passed them."""
    monkeypatch.setattr(stamping, "check_built", lambda *_: [])
    return checked_garden


@pytest.fixture(scope="module")
def copy(book: Built, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A copy of the real book."""
    folder = tmp_path_factory.mktemp("copies")
    done = stamp_copies(book.bench.folder, "print", [ADA], folder, no_progress)
    assert done.findings == []
    return (folder / "speaknerd-cheat-sheet_1815.pdf").read_bytes()


@pytest.fixture(scope="module")
def font() -> StampFont:
    return StampFont((ROOT / FONT).read_bytes())


def stamp(bench: Bench, *buyers: Buyer) -> Stamping:
    return stamp_copies(bench.folder, "print", buyers, bench.folder / "copies", no_progress)


def copies(bench: Bench) -> list[str]:
    return sorted(path.name for path in (bench.folder / "copies").iterdir())


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["stamp", *map(str, arguments)])


def structure(pdf: bytes) -> list[Any]:
    """Return the kinds of all tags, in reading order, with their alternative texts."""
    found: list[Any] = []

    def walk(value: Any) -> None:
        value = value.get_object()
        for item in value if isinstance(value, list) else [value]:
            tag = item.get_object()
            if isinstance(tag, dict):
                found.append((tag.get("/S"), tag.get("/Alt")))
                if "/K" in tag:
                    walk(tag["/K"])

    walk(pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]["/K"])  # type: ignore[index]
    return found


def test_a_copy_names_its_buyer_on_every_page(copy: bytes, book: Built) -> None:
    with read_pdf(copy) as pdf:
        assert isinstance(pdf, PypdfView)
        assert pdf.pages == book.build.pages
        for page in range(1, pdf.pages + 1):
            assert "This copy was made for Ada Lovelace. Order 1815." in pdf.text(page)


def test_a_copy_names_its_buyer_in_the_metadata(copy: bytes, book: Built) -> None:
    reader = pypdf.PdfReader(io.BytesIO(copy))
    assert reader.metadata
    assert reader.metadata["/Licensee"] == TextStringObject("Ada Lovelace")
    assert reader.metadata["/Order"] == TextStringObject("1815")
    assert reader.metadata.title == pypdf.PdfReader(io.BytesIO(book.build.data)).metadata.title  # type: ignore[union-attr]
    xmp = reader.trailer["/Root"]["/Metadata"].get_data().decode()  # type: ignore[index]
    assert "<rdf:li>Ada Lovelace &lt;ada@example.org&gt;</rdf:li>" in xmp
    assert 'pdfuaid:part="1"' in xmp


@pytest.mark.slow
def test_links_outline_labels_and_tags_survive(copy: bytes, book: Built) -> None:
    with read_pdf(copy) as pdf, read_pdf(book.build.data) as before:
        assert isinstance(pdf, PypdfView)
        assert isinstance(before, PypdfView)
        assert pdf.links == before.links
        assert pdf.outline == before.outline
        assert pdf.labels == before.labels
        assert pdf.destinations == before.destinations
    assert structure(copy) == structure(book.build.data)


def test_a_copy_passes_all_checks_of_the_book(copy: bytes, book: Built, tmp_path: Path) -> None:
    file = tmp_path / "speaknerd-cheat-sheet_1815.pdf"
    file.write_bytes(copy)
    assert check_file(book.bench.folder, file).findings == []


@pytest.mark.slow
def test_a_change_appended_to_a_copy_is_found(copy: bytes, book: Built) -> None:
    output = io.BytesIO()
    writer = pypdf.PdfWriter(io.BytesIO(copy), incremental=True)
    writer.add_metadata({"/Keywords": "new"})
    writer.write(output)
    found = check_pdf(output.getvalue(), book.bench.expected()).findings
    assert [finding.code for finding in found] == ["pdf-revisions"]


def test_the_line_is_an_artifact_that_nobody_hears_on_every_page(copy: bytes) -> None:
    for page in pypdf.PdfReader(io.BytesIO(copy)).pages:
        first, *_, last = (part.get_object().get_data() for part in page["/Contents"])  # type: ignore[attr-defined]
        assert first == b"q\n"
        assert last.startswith(b"Q\n/Artifact <</Type /Pagination /Subtype /Footer")
        assert last.endswith(b"BDC\n/BuyersLine Do\nEMC\n")


def test_a_copy_adds_a_few_kilobytes_and_leaves_the_rest_of_the_bytes(
    stamped_garden: Bench,
) -> None:
    stamp(stamped_garden, ADA, Buyer("Bo", "bo@example.org", "2"))
    folder = stamped_garden.folder / "copies"
    one, two = ((folder / f"garden-words_{order}.pdf").read_bytes() for order in ("1815", "2"))
    same = next(at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b)
    assert len(one) - one.rindex(b"%%EOF", 0, same) < 12_000


def test_an_order_gives_the_same_bytes_and_another_gives_others(stamped_garden: Bench) -> None:
    file = stamped_garden.folder / "copies/garden-words_1815.pdf"
    stamp(stamped_garden, ADA)
    first = file.read_bytes()
    file.unlink()
    stamp(stamped_garden, ADA)
    assert file.read_bytes() == first
    ids: list[Any] = []
    for order in ("1815", "1816"):
        stamp(stamped_garden, Buyer(ADA.name, ADA.email, order))
        data = (file.parent / f"garden-words_{order}.pdf").read_bytes()
        ids.append(pypdf.PdfReader(io.BytesIO(data)).trailer["/ID"])
    assert ids[0][0] == ids[1][0]
    assert ids[0][1] != ids[1][1]


@pytest.mark.slow
def test_names_from_all_over_europe_are_set_and_can_be_read_back(
    book: Built, tmp_path: Path
) -> None:
    buyers = [Buyer(name, "a@example.org", str(n)) for n, name in enumerate(NAMES)]
    done = stamp_copies(book.bench.folder, "print", buyers, tmp_path, no_progress)
    assert done.findings == []
    for (order, file), name in zip(done.written, NAMES, strict=True):
        with read_pdf(file.read_bytes()) as pdf:
            assert isinstance(pdf, PypdfView)
            assert f"This copy was made for {name}. Order {order}." in pdf.text(5)


def test_the_font_has_every_letter_of_latin_greek_and_cyrillic(font: StampFont) -> None:
    letters = [
        chr(code)
        for start, end in LETTERS
        for code in range(start, end)
        if unicodedata.category(chr(code)) in {"Lu", "Ll", "Lt", "Nd"}
    ]
    assert len(letters) > 1_200
    font.shape("".join(letters))


def test_a_mark_without_a_letter_of_its_own_stands_over_its_letter(font: StampFont) -> None:
    letter, mark = font.shape("m\u0304").glyphs
    assert letter.x <= mark.x + mark.advance <= letter.x + letter.advance + 500
    assert (letter.words, mark.words) == ("m", "\u0304")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("王小明", "the stamp's font does not have `王`"),
        ("たなか さくら", "the stamp's font does not have `た`"),
        ("ישראל ישראלי", "is written from right to left"),
        ("محمد علي", "is written from right to left"),
        ("प्रिया", "the stamp's font does not have `प`"),
        ("Zoë 🚀", "the stamp's font does not have `🚀` (ROCKET)"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_not_dropped(
    name: str, says: str, stamped_garden: Bench, font: StampFont
) -> None:
    with pytest.raises(CannotDrawError, match=says.replace("(", r"\(").replace(")", r"\)")):
        font.shape(name)
    done = stamp(stamped_garden, Buyer(name, "a@example.org", "1"), ADA)
    assert only(done.findings, "stamp-letters").message.startswith(
        "the copy of order 1 is not made"
    )
    assert copies(stamped_garden) == ["garden-words_1815.pdf"]


def test_where_no_copy_is_made_no_folder_is(stamped_garden: Bench) -> None:
    folder = stamped_garden.folder / "new/copies"
    buyers = [Buyer("Zoë 🚀", "a@example.org", "1")]
    done = stamp_copies(stamped_garden.folder, "print", buyers, folder, lambda *_: None)
    assert codes(done.findings) == {"stamp-letters"}
    assert not folder.parent.exists()


def test_a_long_name_is_set_smaller_and_one_that_is_too_long_is_refused(
    stamped_garden: Bench,
) -> None:
    done = stamp(
        stamped_garden,
        Buyer("Wolfeschlegelsteinhausenbergerdorff " + "W" * 12, "w@example.org", "1"),
        Buyer("W" * 80, "w@example.org", "2"),
    )
    assert [order for order, _ in done.written] == ["1"]
    assert "too long for the foot of the page" in only(done.findings, "stamp-letters").message


@pytest.mark.parametrize("write", ["write_new", "write_atomically"])
def test_a_copy_that_has_its_name_when_ctrl_c_comes_is_told(
    write: str, stamped_garden: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    if write == "write_atomically":  # in the place of an older copy of the same buyer's
        stamp(stamped_garden, Buyer("Adda Lovelace", ADA.email, ADA.order))
    own = getattr(stamping, write)

    def interrupted(path: Path, data: bytes) -> None:
        own(path, data)
        raise KeyboardInterrupt

    monkeypatch.setattr(stamping, write, interrupted)
    done = stamp(stamped_garden, ADA)
    assert [order for order, _ in done.written] == [ADA.order]
    assert done.stopped == 130


def test_stamping_can_be_broken_off_and_begun_again(stamped_garden: Bench) -> None:
    buyers = [Buyer("Ada", "ada@example.org", str(number)) for number in range(1, 6)]

    def stop(_stage: str, order: str, done: int, total: int) -> None:
        assert total == 5
        if done == 3:
            raise KeyboardInterrupt(order)

    folder = stamped_garden.folder / "copies"
    done = stamp_copies(stamped_garden.folder, "print", buyers, folder, stop)
    assert done.stopped
    assert not done.ok
    assert [order for order, _ in done.written] == ["1", "2", "3"]
    assert copies(stamped_garden) == [f"garden-words_{number}.pdf" for number in (1, 2, 3)]
    done = stamp(stamped_garden, *buyers)
    assert [order for order, _ in done.kept] == ["1", "2", "3"]
    assert [order for order, _ in done.written] == ["4", "5"]


def test_a_mended_name_is_written_anew(stamped_garden: Bench) -> None:
    stamp(stamped_garden, Buyer("Adda Lovelace", ADA.email, ADA.order))
    assert [order for order, _ in stamp(stamped_garden, ADA).written] == ["1815"]


@pytest.mark.parametrize("again", ["1815", "#1815"])
def test_an_order_keeps_its_first_buyers_copy(again: str, stamped_garden: Bench) -> None:
    stamp(stamped_garden, ADA)
    file = stamped_garden.folder / "copies/garden-words_1815.pdf"
    before = file.read_bytes()
    done = stamp(stamped_garden, Buyer("Bo", "bo@example.org", again), Buyer("Cy", "c@d.ef", "7"))
    finding = only(done.findings, "stamp-taken")
    assert f"order {again} got no copy: {file.name} is there, and is another" in finding.message
    assert [order for order, _ in done.written] == ["7"]
    assert file.read_bytes() == before
    done = stamp(stamped_garden, ADA)
    assert [order for order, _ in done.kept] == ["1815"]
    assert done.summary == "0 copies written, 1 was there already."


@pytest.mark.slow
def test_of_two_buyers_at_once_one_has_the_order(checked_garden: Bench) -> None:
    # In processes, as sellers run them: PDFium is not safe for threads.
    folder = checked_garden.folder
    command = [sys.executable, "-m", "cheatsheet", "stamp", "-C", str(folder), "--order", "1"]
    command += ["-o", str(folder / "copies"), "--name", "Buyer", "--email"]
    started = [
        subprocess.Popen([*command, f"{letter}@example.org"], stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own program
        for letter in "abc"
    ]
    said = [process.communicate()[0] for process in started]
    assert sorted(process.returncode for process in started) == [0, 1, 1], said
    (winner,) = (n for n, process in enumerate(started) if process.returncode == 0)
    (file,) = (folder / "copies").iterdir()
    assert f"Buyer <{'abc'[winner]}@example.org>".encode() in unescape(file.read_bytes())


def unescape(xmp: bytes) -> bytes:
    return xmp.replace(b"&lt;", b"<").replace(b"&gt;", b">")


@pytest.mark.parametrize("data", [b"", b"no copy of anybody", b"%PDF-1.7 " + b"x" * 3_000])
def test_what_is_there_and_is_no_copy_is_not_replaced(data: bytes, stamped_garden: Bench) -> None:
    stamped_garden.write("copies/garden-words_1815.pdf", data.decode())
    message = only(stamp(stamped_garden, ADA).findings, "stamp-taken").message
    assert message.endswith("is there, and is not a copy of this buyer's")
    assert (stamped_garden.folder / "copies/garden-words_1815.pdf").read_bytes() == data


@pytest.mark.parametrize("kind", ["a pipe", "a file of 64 GB"])
def test_what_has_no_end_in_a_copys_place_is_not_read(kind: str, stamped_garden: Bench) -> None:
    path = stamped_garden.folder / "copies/garden-words_1815.pdf"
    path.parent.mkdir()
    if kind == "a pipe":
        os.mkfifo(path)
    else:
        with path.open("wb") as file:
            file.truncate(1 << 36)
    assert codes(stamp(stamped_garden, ADA).findings) == {"stamp-taken"}


@pytest.mark.slow
def test_a_copy_of_a_book_that_was_built_anew_is_written_anew(stamped_garden: Bench) -> None:
    stamp(stamped_garden, ADA)
    stamped_garden.replace("content/terms/compost.yaml", "slow pot", "large pot")
    assert stamped_garden.build().ok
    assert [order for order, _ in stamp(stamped_garden, ADA).written] == ["1815"]


def script(data: bytes) -> bytes:
    def add(writer: Any) -> None:
        script = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert(1)")}
        action = DictionaryObject({NameObject(key): value for key, value in script.items()})
        writer.root_object[NameObject("/OpenAction")] = action

    return changed(data, add)


def flipped(data: bytes) -> bytes:
    at = data.index(b"stream\n", len(data) // 2) + 20
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def less(data: bytes) -> bytes:
    return data[:-1000]


def unfinished(data: bytes) -> bytes:
    return changed(data, lambda writer: writer.remove_page(3))


@pytest.mark.slow_but_first
@pytest.mark.parametrize("damage", [script, flipped, less, unfinished])
def test_a_book_that_does_not_pass_its_checks_now_is_not_stamped(
    damage: Callable[[bytes], bytes], checked_garden: Bench
) -> None:
    file = checked_garden.folder / "dist/garden-words.pdf"
    file.write_bytes(damage(file.read_bytes()))
    done = stamp(checked_garden, ADA)
    assert not done.ok
    assert done.findings
    assert not (checked_garden.folder / "copies").exists()


def test_another_edition_under_a_books_name_is_not_stamped(checked_garden: Bench) -> None:
    assert checked_garden.build("pocket").ok
    dist = checked_garden.folder / "dist"
    shutil.copy(dist / "garden-words-pocket.pdf", dist / "garden-words.pdf")
    shutil.rmtree(checked_garden.folder / ".cheatsheet_cache")  # the file itself says what it is
    (finding,) = stamp(checked_garden, ADA).findings
    said = (finding.code, finding.message, finding.place.file)
    assert said == (
        "pdf-master", "it is the edition `pocket`, not `print`", "dist/garden-words.pdf",
    )  # fmt: skip
    assert not (checked_garden.folder / "copies").exists()


def test_a_buyers_copy_in_the_place_of_the_book_is_not_sold(checked_garden: Bench) -> None:
    ((_, copy),) = stamp(checked_garden, ADA).written
    assert check_file(checked_garden.folder, copy).findings == []
    shutil.copy(copy, checked_garden.folder / "dist/garden-words.pdf")
    found = [*check_file(checked_garden.folder).findings, *stamp(checked_garden, ADA).findings]
    said = ("pdf-master", "it is a buyer's own copy")
    assert [(finding.code, finding.message) for finding in found] == [said] * 2


def resaved(data: bytes) -> bytes:
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(output)
    return output.getvalue()


def longer(data: bytes) -> bytes:
    return data + b"999 0 obj\n(nobody sees this)\nendobj\n"


@pytest.mark.slow_but_first
@pytest.mark.parametrize("write", [resaved, longer])
def test_what_another_program_has_written_in_the_place_of_the_book_is_not_sold(
    write: Callable[[bytes], bytes], checked_garden: Bench
) -> None:
    """It may be another edition, which looks the same to the checks."""
    file = checked_garden.folder / "dist/garden-words.pdf"
    file.write_bytes(write(file.read_bytes()))
    found = check_file(checked_garden.folder).findings
    done = stamp(checked_garden, ADA)
    for findings in (found, done.findings):
        (finding,) = findings
        said = "it is not what a build of this edition has written"
        assert (finding.code, finding.message) == ("pdf-master", said)
    assert done.written == []


def unsealed(data: bytes) -> bytes:
    return data.replace(SIGN, b"5ea1ef")


@pytest.mark.slow_but_first
@pytest.mark.parametrize("write", [resaved, longer, unsealed])
def test_it_is_said_of_a_book_or_a_copy_elsewhere_that_no_build_has_written_it(
    write: Callable[[bytes], bytes], checked_garden: Bench
) -> None:
    folder = checked_garden.folder
    ((_, copy),) = stamp(checked_garden, ADA).written
    for path in (folder / "dist/garden-words.pdf", copy):
        other = folder / "fetched.pdf"
        other.write_bytes(path.read_bytes())
        assert check_file(folder, other).findings == []
        other.write_bytes(write(path.read_bytes()))
        (finding,) = check_file(folder, other).findings
        assert (finding.code, finding.severity) == ("pdf-resaved", Severity.WARNING)


def test_what_is_wrong_with_the_books_file_is_said_of_the_file(checked_garden: Bench) -> None:
    checked_garden.write("dist/garden-words.pdf", "no PDF")
    (finding,) = stamp(checked_garden, ADA).findings
    assert (finding.code, str(finding.place)) == ("pdf-open", "dist/garden-words.pdf")


@pytest.mark.slow_but_first
@pytest.mark.parametrize(
    "edit",
    [
        ("content/pictures/compost.svg", "</svg>", '<circle cx="9" cy="9" r="3"/></svg>'),
        ("styles/look.css", "#444444", "#333333"),
    ],
)
def test_a_book_that_differs_in_what_no_check_sees_is_not_stamped(
    edit: tuple[str, str, str], checked_garden: Bench
) -> None:
    checked_garden.replace(*edit)
    (finding,) = stamp(checked_garden, ADA).findings
    said = "it was built before the last change to its texts, styles or templates"
    assert (finding.code, finding.message) == ("pdf-stale", said)
    assert checked_garden.build().ok
    assert stamp(checked_garden, ADA).ok


@pytest.mark.slow
def test_a_book_that_was_built_of_this_project_is_stamped_without_a_cache(
    checked_garden: Bench,
) -> None:
    shutil.rmtree(checked_garden.folder / ".cheatsheet_cache")
    assert stamp(checked_garden, ADA).findings == []


def test_a_terms_file_that_is_gone_is_not_taken_for_damage_of_the_book(
    checked_garden: Bench,
) -> None:
    (checked_garden.folder / "content/terms/mulch.yaml").unlink()
    found = check_file(checked_garden.folder).findings
    assert codes([one for one in found if one.code.startswith("pdf-")]) == {"pdf-stale"}
    assert any("mulch" in finding.message for finding in found)
    assert codes(found) == {"pdf-stale", "refs-dangling"}
    (checked_garden.folder / "dist/garden-words.pdf").touch()
    assert codes(check_file(checked_garden.folder).findings) == {"refs-dangling"}


def test_a_book_that_is_older_than_its_text_is_not_stamped(checked_garden: Bench) -> None:
    checked_garden.replace("content/terms/compost.yaml", "slow pot", "large pot")
    assert codes(stamp(checked_garden, ADA).findings) == {"pdf-stale"}


def test_a_stamp_font_that_draws_nothing_for_a_letter_makes_no_copy(stamped_garden: Bench) -> None:
    """Its lines would be words that nobody sees."""
    other = "fonts/vollkorn/Other.ttf"
    stamped_garden.replace("content/book.yaml", "fonts/vollkorn/Vollkorn-Regular.ttf", other)
    with TTFont(stamped_garden.folder / "fonts/vollkorn/Vollkorn-Regular.ttf") as font:
        font["glyf"]["F"] = Glyph()
        font.save(stamped_garden.folder / other)
    done = stamp(stamped_garden, ADA)
    assert "draws nothing for `F`" in only(done.findings, "stamp-letters").message
    assert done.written == []


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "this is no font that can be read"),
        (b"junk", "this is no font that can be read"),
        (None, "there is no such file"),
    ],
)
def test_a_stamp_font_that_is_none_is_said_to_be(
    stamped_garden: Bench, data: bytes | None, says: str
) -> None:
    other = "fonts/vollkorn/Other.ttf"
    stamped_garden.replace("content/book.yaml", "fonts/vollkorn/Vollkorn-Regular.ttf", other)
    if data is not None:
        (stamped_garden.folder / other).write_bytes(data)
    assert only(stamp(stamped_garden, ADA).findings, "stamp-style").message == f"`{other}`: {says}"


@pytest.mark.parametrize("what", ["folder", "fifo"])
def test_what_is_no_file_in_the_place_of_the_book_is_not_called_missing(
    what: str, checked_garden: Bench
) -> None:
    book = checked_garden.folder / "dist/garden-words.pdf"
    book.unlink()
    (book.mkdir if what == "folder" else partial(os.mkfifo, book))()
    finding = only(stamp(checked_garden, ADA).findings, "pdf-limit")
    assert finding.message.endswith(", and no file")
    assert finding.hint.startswith("move it away")


def test_a_changed_byte_in_a_stamp_font_makes_no_copy(stamped_garden: Bench) -> None:
    """Its letters would be drawn wrongly, and no rule reads outlines."""
    font = stamped_garden.folder / "fonts/vollkorn/Vollkorn-Regular.ttf"
    data = bytearray(font.read_bytes())
    data[TTFont(font).reader.tables["glyf"].offset + 5000] ^= 0xFF
    font.write_bytes(data)
    done = stamp(stamped_garden, ADA)
    assert "its table `glyf` is not what it was" in only(done.findings, "css-font").message
    assert done.written == []


def test_a_file_without_a_books_parts_is_a_finding(
    stamped_garden: Bench,
) -> None:
    """The checks were passed, and yet it cannot be stamped."""
    file = stamped_garden.folder / "dist/garden-words.pdf"

    def remove(writer: Any) -> None:
        del writer.root_object["/Metadata"]

    file.write_bytes(changed(file.read_bytes(), remove))
    assert "cannot be stamped" in only(stamp(stamped_garden, ADA).findings, "stamp-book").message


def test_of_a_book_that_cannot_be_read_the_book_is_blamed_and_no_copy(
    stamped_garden: Bench,
) -> None:
    file = stamped_garden.folder / "dist/garden-words.pdf"
    file.unlink()
    file.symlink_to(file.name)  # a loop
    done = stamp(stamped_garden, ADA)
    assert "dist/garden-words.pdf cannot be read" in only(done.findings, "stamp-book").message
    assert not (stamped_garden.folder / "copies").exists()


def test_a_folder_that_is_a_link_to_nothing_is_told_once_and_is_no_other_buyers_copy(
    stamped_garden: Bench,
) -> None:
    (stamped_garden.folder / "copies").symlink_to("nowhere")
    done = stamp(stamped_garden, ADA, replace(ADA, order="1816"))
    message = only(done.findings, "stamp-write").message
    assert "this is a link to something that is not there; 1 after it was not tried" in message


def test_a_free_sample_is_not_stamped(stamped_garden: Bench) -> None:
    """Its checks allow no second revision, in which a buyer's line would stand."""
    sample = "{terms: [compost], without: [pairs], line: Free, offer: {title: More}}"
    stamped_garden.replace("content/book.yaml", "  pocket:\n", f"  pocket:\n    sample: {sample}\n")
    done = stamp_copies(stamped_garden.folder, "pocket", [ADA], stamped_garden.folder, no_progress)
    assert only(done.findings, "stamp-book").message == "`pocket` is a free sample"
    assert done.written == []


@pytest.mark.slow
def test_the_highest_stack_of_marks_that_is_taken_passes_the_checks(
    checked_garden: Bench,
) -> None:
    name = "A\u0301\u0306 \u1ebe Zo\u0308\u0323e"
    buyer, _ = make_buyer({"name": name, "email": "a@b.org", "order": "1"})
    (_, file), *_ = stamp(checked_garden, buyer).written
    assert check_file(checked_garden.folder, file).findings == []


def test_a_link_in_the_way_is_replaced_and_not_followed(stamped_garden: Bench) -> None:
    precious = stamped_garden.folder / "precious.txt"
    precious.write_text("keep", encoding="utf-8")
    (stamped_garden.folder / "copies").mkdir()
    file = stamped_garden.folder / "copies/garden-words_1815.pdf"
    file.symlink_to(precious)
    stamp(stamped_garden, ADA)
    assert precious.read_text(encoding="utf-8") == "keep"
    assert not file.is_symlink()


@pytest.mark.slow
def test_an_order_that_is_an_editions_name_does_not_overwrite_the_edition(
    stamped_garden: Bench,
) -> None:
    stamped_garden.build("pocket")
    dist = stamped_garden.folder / "dist"
    before = (dist / "garden-words-pocket.pdf").read_bytes()
    stamp_copies(
        stamped_garden.folder, "print", [Buyer("A", "a@example.org", "pocket")], dist, no_progress
    )
    assert (dist / "garden-words-pocket.pdf").read_bytes() == before
    assert (dist / "garden-words_pocket.pdf").is_file()


HOSTILE = [
    ("Ada,ada@example.org,../../etc/passwd", "has other signs than letters"),
    ("Ada,ada@example.org,..", "has other signs than letters"),
    ("Ada,ada@example.org,a/b", "has other signs than letters"),
    ("Ada,ada@example.org,a\\b", "has other signs than letters"),
    ("Ada,ada@example.org,C:evil", "has other signs than letters"),
    ("Ada,ada@example.org,one two", "has other signs than letters"),
    ("Ada,ada@example.org,##1", "has other signs than letters"),
    ("Ada,ada@example.org,.hidden", "has other signs than letters"),
    ("Ada,ada@example.org,№7", "has other signs than letters"),
    ("Ada,ada@example.org,=1+1", "begins with `=`"),
    ("=HYPERLINK(0),ada@example.org,1", "the name begins with `=`"),
    ("@SUM(A1),ada@example.org,1", "the name begins with `@`"),
    ("Ada,-2+3@example.org,1", "the email begins with `-`"),
    ("Ad\0a,ada@example.org,1", "the name has the invisible character U+0000"),
    ("Ada\u202eadA,ada@example.org,1", "the name has the invisible character U+202E"),
    ("Ada\u200b,ada@example.org,1", "the name has the invisible character U+200B"),
    ('"Ada\nLovelace",ada@example.org,1', "the name has the invisible character U+000A"),
    ("A" * 81 + ",ada@example.org,1", "the name has 81 characters, and may have 80"),
    ("Ada,ada@example.org," + "1" * 65, "the order has 65 characters, and may have 64"),
    (",ada@example.org,1", "the name is empty"),
    ("   ,ada@example.org,1", "the name is empty"),
    ("Ada,ada at example.org,1", "is no e-mail address"),
    ("Ada,ada@example.org", "the line has 2 fields, and the first line has 3"),
    ("Ada,Lovelace,ada@example.org,1", "the line has 4 fields, and the first line has 3"),
]


@pytest.mark.parametrize(("row", "says"), HOSTILE)
def test_a_hostile_line_is_named_and_the_others_are_read(
    row: str, says: str, tmp_path: Path
) -> None:
    file = tmp_path / "buyers.csv"
    file.write_text(f"name,email,order\nBo,bo@example.org,7\n{row}\nCy,cy@example.org,8\n", "utf-8")
    buyers, findings = read_buyers(file)
    assert [buyer.order for buyer in buyers] == ["7", "8"]
    finding = only(findings, "buyers-field")
    assert says in finding.message
    assert str(finding.place) == "buyers.csv:3"
    assert buyers[1].place.line == (5 if "\n" in row else 4)


@pytest.mark.parametrize("again", ["7", "#7"])
def test_an_order_that_comes_twice_is_named(again: str, tmp_path: Path) -> None:
    file = tmp_path / "buyers.csv"
    file.write_text(f"name,email,order\nBo,bo@example.org,7\nCy,cy@example.org,{again}\n", "utf-8")
    buyers, findings = read_buyers(file)
    assert [buyer.name for buyer in buyers] == ["Bo"]
    assert only(findings, "buyers-twice").message == f"order {again} is in line 2 too"
    assert findings[0].place.line == 3


def test_orders_that_differ_in_case_alone_are_one_on_some_systems(tmp_path: Path) -> None:
    file = tmp_path / "buyers.csv"
    file.write_text("name,email,order\nBo,bo@example.org,aB\nCy,cy@example.org,Ab\n", "utf-8")
    assert codes(read_buyers(file)[1]) == {"buyers-twice"}


@pytest.mark.parametrize(
    ("data", "says", "at"),
    [
        (b"", "the file is empty", "buyers.csv"),
        (b"\n\n", "the file is empty", "buyers.csv"),
        ("name,email,order\nZoë,z@c.de,1\n".encode("cp1252"), "the byte 0xEB", "buyers.csv:2"),
        (b"name,mail,order\nBo,b@c.de,1\n", "`email` once; it has `name`, `mail`", "buyers.csv:1"),
        (b"name|email|order\nBo|b@c.de|1\n", "the column `name` and `email`", "buyers.csv:1"),
        (b"name,email,order,order\nBo,b@c.de,1,2\n", "the column `order` once", "buyers.csv:1"),
        (b'name,email,order\nBo,b@c.de,1\n"Cy,c@c.de,2\n', "is never closed", "buyers.csv:3"),
        (b'name,email,order\n"Bo"x,b@c.de,1\n', "closes in the middle of a field", "buyers.csv:2"),
        (b"name,email,order\n" + b"B" * 200_000 + b",b,1\n", "more than 131,072", "buyers.csv:2"),
        (b'name,email,order\n"' + b"Bo,b@c.de,1\n" * 20_000, "is a quotation mark", "buyers.csv:2"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_list_of_buyers_is_refused_whole(
    data: bytes, says: str, at: str, tmp_path: Path
) -> None:
    file = tmp_path / "buyers.csv"
    file.write_bytes(data)
    buyers, findings = read_buyers(file)
    assert buyers == []
    finding = only(findings, "buyers-file")
    assert says in finding.message
    assert str(finding.place) == at


def test_what_a_shop_exports_is_read(tmp_path: Path) -> None:
    file = tmp_path / "buyers.csv"
    name = "A\u030angstro\u0308m, Zoe\u0308 "
    text = f'\ufeffPaid,Order,Email,Name\r\n9,#1001,zoe@example.org,"{name}"\r\n\r\n'
    file.write_text(text, "utf-8", newline="")
    (buyer,), findings = read_buyers(file)
    assert findings == []
    assert (buyer.name, buyer.order, buyer.file_part) == ("Ångström, Zoë", "#1001", "1001")


@pytest.mark.parametrize("order", ["CON", "nul", "1" * 64, "A.b_c-d", "#1001", "0"])
def test_an_order_that_may_name_a_file_is_taken(order: str) -> None:
    assert make_buyer({"name": "Ada", "email": "a@b.org", "order": order})[1] == []


@pytest.mark.slow_but_first
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda bench: bench.replace("content/book.yaml", STAMP, ""), "stamp-style"),
        (lambda bench: bench.replace("styles/look.css", "5pt", "large"), "stamp-style"),
        (lambda bench: bench.replace("content/book.yaml", "Regular", "Blak"), "stamp-style"),
        (
            lambda bench: (bench.replace("styles/look.css", ": 4mm", ": 90mm"), bench.build()),
            "stamp-room",
        ),
        (lambda bench: (bench.folder / "dist/garden-words.pdf").unlink(), "stamp-book"),
        (lambda bench: bench.write("dist/garden-words.pdf", "no PDF"), "pdf-open"),
        (lambda bench: bench.replace("content/book.yaml", "title:", "tilte:"), "fields-unknown"),
    ],
)  # fmt: skip
def test_a_book_that_cannot_be_stamped_is_a_finding(
    change: Callable[[Bench], Any], code: str, checked_garden: Bench
) -> None:
    change(checked_garden)
    done = stamp(checked_garden, ADA)
    assert code in codes(done.findings)
    assert not done.ok
    assert not (checked_garden.folder / "copies").exists()


def test_an_unknown_edition_is_not_stamped(stamped_garden: Bench) -> None:
    with pytest.raises(UnknownEditionError):
        stamp_copies(stamped_garden.folder, "poket", [ADA], stamped_garden.folder, no_progress)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["-o", "x"], "Missing --name, --email, --order; or give --csv"),
        (["--name", "Ada", "-o", "x"], "Missing --email, --order"),
        (["--name", "A", "--email", "a@b.de", "--order", "1"], "Missing option '-o'"),
        (["--csv", "none.csv", "-o", "x"], "does not exist"),
        (
            ["poket", "--name", "A", "--email", "a@b.de", "--order", "1", "-o", "x"],
            "there is: print",
        ),
    ],
)
def test_a_mistyped_stamp_command_is_answered(
    arguments: list[str], says: str, stamped_garden: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(stamped_garden.folder)
    result = run(*arguments)
    assert result.exit_code == 2
    assert says in " ".join(result.output.split())


def test_a_webhook_gets_json_with_the_file(checked_garden: Bench, tmp_path: Path) -> None:
    result = run(
        "-C", checked_garden.folder, "--name", "Zoë", "--email", "z@example.org", "--order", "#7",
        "-o", tmp_path / "copies", "--format", "json",
    )  # fmt: skip
    said = json.loads(result.output)
    assert result.exit_code == 0
    assert said["ok"]
    assert [copy["order"] for copy in said["written"]] == ["#7"]
    assert Path(said["written"][0]["file"]).is_file()


def test_a_webhook_is_told_what_the_buyer_must_be_asked(stamped_garden: Bench) -> None:
    result = run(
        "-C", stamped_garden.folder, "--name", "王小明", "--email", "w@example.org", "--order", "7",
        "-o", stamped_garden.folder / "copies", "--format", "json",
    )  # fmt: skip
    (finding,) = json.loads(result.output)["findings"]
    assert result.exit_code == 1
    assert (finding["code"], finding["file"]) == ("stamp-letters", None)
    assert finding["message"].startswith("the copy of order 7 is not made: ")


def test_a_list_with_one_bad_line_makes_the_other_copies_and_fails(
    stamped_garden: Bench, tmp_path: Path
) -> None:
    file = tmp_path / "buyers.csv"
    file.write_text("name,email,order\nBo,bo@example.org,7\nCy,cy@example.org,../8\n", "utf-8")
    result = run("-C", stamped_garden.folder, "--csv", file, "-o", tmp_path / "copies")
    assert result.exit_code == 1
    assert "buyers.csv:3: error: the order `../8` has other signs" in result.output
    assert result.output.endswith("1 copy written, 1 error.\n")
    assert [path.name for path in (tmp_path / "copies").iterdir()] == ["garden-words_7.pdf"]
