"""Reading PDFs: good ones, strange ones, hostile ones. test_mutations.py has the damaged ones."""

import io
import os
import random
import shutil
import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from cheatsheet.book import html
from cheatsheet.build.checking import check_file
from cheatsheet.checks import expected as expected_module
from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.checks.judging import DAMAGED, judge, merged
from cheatsheet.checks.pages import SIZE
from cheatsheet.checks.report import CheckResult, each_once
from cheatsheet.checks.sandbox import check_sandboxed
from cheatsheet.cli.rulebook import UnknownRuleError, codes_named
from cheatsheet.findings import Place
from cheatsheet.layout import pagination
from cheatsheet.model import sections as book_module
from cheatsheet.model.editions import UnknownEditionError
from cheatsheet.reader.opening import read_pdf
from cheatsheet.reader.pypdf_view import PypdfView
from cheatsheet.reader.seal import SIGN, is_broken
from cheatsheet.reader.streams import is_whole
from cheatsheet.reader.words import (
    LONGEST,
    in_one_line,
    printed_number,
    squash,
    without_number,
    without_page,
)
from cheatsheet.system.bounded import Bounds
from conftest import Bench, Built, changed, check_pdf, codes, only
from damage import DAMAGES
from hostile import FILES, PAGE, one_page

BY_THE_GENERAL_RULES = partial(judge, editions=[], certain=True)
# These take seconds, or end the process that reads them.
APART = {"labels in a ring", "a bomb on a page", "a bomb of bombs", "forms in forms"}
APART |= {"twenty thousand links"}
APART |= {name for name in FILES if "hundred thousand" in name}


@pytest.fixture(scope="session")
def expected(built_garden: Built) -> ExpectedBook:
    return built_garden.bench.expected()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"not a PDF", b"%PDF-1.7\n" + b"\0" * 999])
def test_what_is_not_a_pdf_is_a_finding(data: bytes, expected: ExpectedBook) -> None:
    assert codes(check_pdf(data, expected).findings) == {"pdf-open"}


@pytest.mark.slow
def test_a_pdf_of_another_manuscript_is_not_the_book(built_garden: Built, book: Built) -> None:
    found = codes(check_pdf(built_garden.build.data, book.bench.expected()).findings)
    assert {"pages-count", "pages-size", "terms-lost", "meta-information"} <= found


def test_the_real_books_links_are_all_looked_at(book: Built) -> None:
    counts = book.build.counts
    glossary = book.bench.glossary()
    assert counts["pages"] == book.build.pages
    assert counts["destinations"] == counts["outline"]
    assert counts["links"] > 10 * len(glossary.terms)


def test_each_internal_link_is_over_its_words(built_garden: Built) -> None:
    with read_pdf(built_garden.build.data) as pdf:
        assert isinstance(pdf, PypdfView)
        contents = [link for link in pdf.links if link.page == 3]
        assert [link.words for link in contents][:3] == [
            "How to Use This ii",
            "Soil 1",
            "Compost 2",
        ]


def test_a_name_that_ends_like_a_page_keeps_its_end() -> None:
    for name in ("AI Slop", "Homepage", "top-p", "PP"):
        assert without_number(f"{name} 77", "(p. {page})", "77") == squash(name)
    assert without_page("soilp", {"soil"}) == without_page("pagesoil", {"soil"}) == "soil"
    assert without_page("topp", {"topp"}) == "topp"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("12Compost", "compost"),
        ("Compost12", "compost"),
        ("3D Printing 12", "3dprinting"),
        ("12 Compost", "compost"),
    ],
)
def test_a_number_may_stand_before_its_name(words: str, name: str) -> None:
    assert printed_number(words, "(p. {page})", "12") == "12"
    assert without_number(words, "(p. {page})", "12") == name
    assert printed_number(words, "(p. {page})", "1") != "1"


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Compost 12", "12"),
        ("the heap (p. 12)", "12"),
        ("Contents iv", "iv"),
        ("Natural", None),
        ("Web 2.0", None),
        ("C3PO", None),
        ("GPT-4", None),
        ("Compost[ 12]", "12"),
        ("Compost - iv -", "iv"),
        ("Compost page 12.", "12"),
        ("3-D Printing", None),
        ("How to Use This II", "ii"),
        ("12", "12"),
    ],
)
def test_a_printed_number_is_read_from_a_links_words(words: str, number: str | None) -> None:
    assert printed_number(words, "(p. {page})") == number


def test_typeset_and_written_words_compare_equal() -> None:
    assert squash("\u201cDon\u2019t\u201d \u2014 dif\u2010 fusion") == squash(
        '"Don\'t" - diffusion'
    )


@pytest.mark.slow
def test_every_link_that_the_real_manuscript_implies_is_asked_for(book: Built) -> None:
    expected = book.bench.expected()
    links = sum(len(expected.references(section)) for section in expected.sections)
    with read_pdf(book.build.data) as pdf:
        assert isinstance(pdf, PypdfView)
        back = sum(link.name == "contents" for link in pdf.links)
    assert back == book.build.pages - 2  # from each page but the cover and the contents
    assert links > 1200


def test_what_is_said_of_several_pages_is_said_once() -> None:
    said = [SIZE.finding("too small", Place(page=page)) for page in (1, 2, 5)]
    other = SIZE.finding("too large", Place(page=3))
    placed = SIZE.finding("too small", Place("content/book.yaml", 4))
    first, *rest = each_once([said[0], other, *said[1:], placed])
    assert (first.message, first.place) == ("too small; and 2 more like it", Place(page=1))
    assert rest == [other, placed]


def names_alone(found: Any) -> Any:
    return [(initial, [one for one in group if one.is_name]) for initial, group in found]


def half_of_each(found: Any) -> Any:
    return [(category, pairs[::2]) for category, pairs in found]


@pytest.mark.slow_but_first
@pytest.mark.parametrize(
    ("name", "less", "code"),
    [
        ("list_index", names_alone, "links-missing"),
        ("list_pairs", half_of_each, "terms-text"),
        ("list_acronyms", lambda found: found[1:], "terms-text"),
        ("sides_on_page", lambda found: found[:1], "terms-text"),
        (
            "make_sections",
            lambda found: [one for one in found if one.id != "category-sowing"],
            "terms-lost",
        ),
    ],
)
def test_what_the_templates_are_not_given_is_missed(
    name: str, less: Callable[[Any], Any], code: str, garden: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = getattr(book_module, name)
    for module in (book_module, html, pagination, expected_module):
        if hasattr(module, name):
            monkeypatch.setattr(module, name, lambda *given: less(whole(*given)))
    built = garden.build(cache=False)
    assert code in codes(check_pdf(built.data, garden.expected()).findings)


@pytest.mark.parametrize("seed", range(40))
def test_no_damage_by_chance_ends_in_an_error(
    seed: int, built_garden: Built, expected: ExpectedBook
) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same damage each time
    data = bytearray(built_garden.build.data)
    if seed % 4 == 0:
        del data[chance.randrange(len(data)) :]
    for _ in range(chance.choice([1, 30, 500])):
        data[chance.randrange(len(data))] = chance.randrange(256)
    editions = [expected] if seed % 2 else []
    for finding in judge(bytes(data), editions, certain=True).findings:
        assert "\n" not in finding.message
        assert finding.hint


@pytest.mark.parametrize("name", sorted(FILES.keys() - APART))
def test_a_hostile_file_is_read_to_an_end(name: str) -> None:
    assert check_pdf(FILES[name]()).findings


def hostile(folder: Path, name: str) -> Path:
    (folder / "hostile.pdf").write_bytes(FILES[name]())
    return folder / "hostile.pdf"


def test_a_file_that_ends_its_reader_is_a_finding(tmp_path: Path) -> None:
    path = hostile(tmp_path, "labels in a ring")
    finding = only(check_sandboxed(path, BY_THE_GENERAL_RULES).findings, "pdf-limit")
    assert "makes a library fail" in finding.message


@pytest.mark.slow
def test_a_file_that_unpacks_without_end_is_a_finding(tmp_path: Path) -> None:
    path = hostile(tmp_path, "a bomb of bombs")
    bounds = Bounds(megabytes=700)
    assert codes(check_sandboxed(path, BY_THE_GENERAL_RULES, bounds).findings) == {"pdf-limit"}


def test_a_file_that_takes_too_long_is_a_finding(tmp_path: Path) -> None:
    path = hostile(tmp_path, "a hundred thousand times one page")
    bounds = Bounds(seconds=0.2)
    finding = only(check_sandboxed(path, BY_THE_GENERAL_RULES, bounds).findings, "pdf-limit")
    assert finding.message == "the file is not read: it takes more than 0.2 s"


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = hostile(tmp_path, "no pages")
    bounds = Bounds(file_megabytes=0)
    assert codes(check_sandboxed(path, BY_THE_GENERAL_RULES, bounds).findings) == {"pdf-limit"}


@pytest.mark.parametrize(
    ("language", "code"),
    [
        *((tag, "") for tag in ("en", "pt-BR", "zh-Hant-TW", "sl-rozaj-biske", "es-419", "x-ours")),
        *((tag, "meta-language") for tag in ("en_US", " ", "-pt", "1-pt", "\u0440\u0443", "en-")),
        *((tag, "meta-tag") for tag in ("English", "p", "portugue-pt", "deutsch")),
    ],
)
def test_a_language_is_a_tag_that_is_known(
    language: str, code: str, built_garden: Built, tmp_path: Path
) -> None:
    with pikepdf.open(io.BytesIO(built_garden.build.data)) as pdf:
        pdf.Root.Lang = pikepdf.String(language)
        pdf.save(tmp_path / "x.pdf")
    found = check_pdf((tmp_path / "x.pdf").read_bytes()).findings
    assert codes(found) == ({code} if code else set())


def test_a_file_that_is_called_false_says_its_title(built_garden: Built) -> None:
    data = changed(built_garden.build.data, lambda pdf: pdf.add_metadata({"/Title": "False"}))
    assert "meta-information" not in codes(check_pdf(data).findings)


@pytest.mark.parametrize("what", ["/dev/zero", "/dev/null", "fifo", "socket", "folder"])
def test_what_is_no_file_is_not_read(what: str, garden: Bench, tmp_path: Path) -> None:
    path = Path(what) if what.startswith("/") else tmp_path / what
    if what == "fifo":
        os.mkfifo(path)
    elif what == "folder":
        path.mkdir()
    elif what == "socket":
        path = Path(os.path.relpath(path))  # a socket's name may have 100 characters
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(path))
    kind = "folder" if what == "folder" else "device or a pipe"
    for folder in (tmp_path, garden.folder):
        found = check_file(folder, path).findings
        finding = only(found, "pdf-limit")
        assert finding.message.endswith(f"it is a {kind}, and no file")
        assert finding.hint.startswith("move it away, or name a file")


@pytest.mark.slow
def test_forms_in_forms_end_within_bounds(tmp_path: Path) -> None:
    path = hostile(tmp_path, "forms in forms")
    bounds = Bounds(seconds=3, megabytes=700)
    found = check_sandboxed(path, BY_THE_GENERAL_RULES, bounds).findings
    assert "it takes more than" in only(found, "pdf-limit").message


def test_a_link_to_nowhere_is_called_one() -> None:
    note = b"/Annots [<< /Subtype /Link /Rect [1 1 9 9] /A << /S /SubmitForm /F (x) >> >>] >>"
    data = one_page(PAGE[:-2] + note)
    said = only(check_pdf(data).findings, "links-rectangle").message
    assert said == "a link to nowhere covers no words"


def test_a_librarys_words_are_told_in_one_short_line() -> None:
    raw = "Unexpected\nIndirectObject(12, 0, 140234567) \x1b[31m" + "x" * 1000
    said = in_one_line(raw)
    assert said.startswith("Unexpected object 12 [31mxxx")
    assert (len(said), said[-4:]) == (LONGEST, " ...")


@pytest.mark.slow
def test_an_edition_is_known_by_its_name_and_else_by_its_title_and_size(
    garden: Bench, tmp_path: Path
) -> None:
    garden.build("pocket")
    pocket = garden.folder / "dist/garden-words-pocket.pdf"
    renamed = Path(shutil.copy(pocket, tmp_path / "renamed.pdf"))
    for path in (pocket, renamed):
        checked = check_file(garden.folder, path)
        assert (checked.edition, checked.findings) == ("pocket", [])


def test_a_book_that_is_not_built_yet_is_named(garden: Bench) -> None:
    finding = only(check_file(garden.folder).findings, "pdf-file")
    assert str(finding.place) == "dist/garden-words.pdf"


def test_an_edition_that_is_asked_for_and_is_another_is_one_finding(
    built_garden: Built, tmp_path: Path
) -> None:
    folder = built_garden.bench.folder
    elsewhere = shutil.copy(folder / "dist/garden-words.pdf", tmp_path / "book.pdf")
    (finding,) = check_file(folder, Path(elsewhere), "pocket").findings
    assert (finding.code, finding.place.file) == ("pdf-master", "book.pdf")
    assert "the edition `print`, not `pocket`" in finding.message
    with pytest.raises(UnknownEditionError):
        check_file(folder, folder / "dist/garden-words.pdf", "poket")


@pytest.mark.slow
def test_another_pdf_is_judged_by_the_general_rules(built_garden: Built, tmp_path: Path) -> None:
    path = hostile(tmp_path, "a form inside itself")
    checked = check_file(built_garden.bench.folder, path)
    assert checked.edition is None
    assert "tags-tree" in codes(checked.findings)
    assert not {"pages-count", "terms-lost"} & (codes(checked.findings) | checked.rules)


@pytest.mark.slow
def test_a_pdf_can_be_checked_where_there_is_no_project(
    built_garden: Built, tmp_path: Path
) -> None:
    checked = check_file(tmp_path, built_garden.bench.folder / "dist/garden-words.pdf")
    assert (checked.edition, checked.findings) == (None, [])


@pytest.mark.parametrize("revision", [2, 3, 4, 5, 6])
@pytest.mark.filterwarnings("ignore::UserWarning")  # pikepdf warns of old encryption
def test_a_file_that_needs_no_password_is_judged(revision: Any, built_garden: Built) -> None:
    locked = encrypted(built_garden.build.data, "", revision)
    checked = check_pdf(locked)
    assert (checked.findings, checked.counts["pages"]) == ([], built_garden.build.pages)


def test_a_file_that_needs_a_password_says_so(built_garden: Built) -> None:
    locked = encrypted(built_garden.build.data, "secret", 6)
    assert "asks for a password" in only(check_pdf(locked).findings, "pdf-open").message


def encrypted(data: bytes, password: str, revision: Any) -> bytes:
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        aes, metadata = revision > 3, revision > 3
        encryption = pikepdf.Encryption(
            user=password, owner="owner", R=revision, aes=aes, metadata=metadata
        )
        pdf.save(output, encryption=encryption)
    return output.getvalue()


@pytest.mark.slow
def test_some_rules_are_selected(built_garden: Built, tmp_path: Path) -> None:
    path = hostile(tmp_path, "a form inside itself")
    selected = codes_named(["tags", "fonts-embedded"])
    checked = check_file(built_garden.bench.folder, path, codes=selected)
    assert codes(checked.findings) == {"tags-tree"}
    assert checked.rules < selected


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (lambda data: data[:30_000], "pdf-open"),
        (lambda data: data[:20_000] + bytes([data[20_000] ^ 255]) + data[20_001:], "pdf-changed"),
    ],
)
def test_what_keeps_a_file_from_being_judged_is_told_whatever_is_selected(
    changed: Callable[[bytes], bytes], code: str, built_garden: Built, tmp_path: Path
) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(changed(built_garden.build.data))
    folder, selected = built_garden.bench.folder, codes_named(["fonts"])
    assert code in codes(check_file(folder, path, "print", selected).findings)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("font", "`fonts`"),
        ("link-dead", "`links-dead`"),
        ("xyzzy", "the groups are file, yaml, slug"),
    ],
)
def test_an_unknown_rule_is_answered_with_the_nearest(name: str, says: str) -> None:
    with pytest.raises(UnknownRuleError, match=says):
        codes_named([name])


def test_all_that_cannot_be_read_in_a_file_is_one_finding() -> None:
    parts = ("pages", "tags", "pages", "metadata")
    halves = [CheckResult([DAMAGED.finding(f"its {p} cannot be read: no table")]) for p in parts]
    (finding,) = merged(halves).findings
    assert finding.message == "its pages, tags and metadata cannot be read: no table"


def test_a_byte_that_has_changed_in_a_font_is_found(built_garden: Built) -> None:
    data = bytearray(built_garden.build.data)
    with read_pdf(bytes(data)) as pdf:
        assert isinstance(pdf, PypdfView)
        fonts = [one for one in pdf.dictionaries if "/Length1" in one]
    packed = bytes(vars(fonts[0])["_data"])  # as it is packed
    assert is_whole(packed)
    assert not is_whole(packed[:-1])
    data[data.index(packed) + len(packed) - 1] ^= 1  # of its checksum: both readers overlook it
    assert codes(check_pdf(bytes(data)).findings) == {"pdf-changed"}
    unsealed = bytes(data).replace(SIGN, b"00000000")
    assert codes(check_pdf(unsealed).findings) == {"pdf-repair"}


def test_any_byte_that_has_changed_is_found(built_garden: Built) -> None:
    data = built_garden.build.data
    assert not is_broken(data)
    kept = range(data.rindex(b"/ID ["), data.rindex(b">]") + 2)  # what says that it is sealed
    places = [at for at in range(0, len(data) - 1, 97) if at not in kept]
    bits = random.Random(8)  # noqa: S311 - damage, not a secret
    for at in places:
        changed = bytearray(data)
        changed[at] ^= 1 << bits.randrange(8)
        assert is_broken(bytes(changed)), at
    assert is_broken(data[:-9])


@pytest.mark.slow_but_first
@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("run_at_opening", ["safe-action", "safe-start"]),
        ("drop_the_author", ["meta-information"]),
        ("change_one_title", ["meta-xmp", "meta-xmp"]),
        ("make_the_title_of_spaces", ["meta-information"]),
        ("drop_the_language", ["meta-language"]),
    ],
)
def test_a_damage_of_the_file_is_told_once(
    damage: str, told: list[str], built_garden: Built
) -> None:
    change = next(change for change in DAMAGES if str(change) == damage)
    data = change.apply(built_garden.build.data)
    found = judge(data, [built_garden.bench.expected()], certain=True).findings
    assert sorted(finding.code for finding in found) == told


def test_an_epub_without_its_project_is_said_to_need_it(tmp_path: Path) -> None:
    (tmp_path / "book.epub").write_bytes(b"PK\x03\x04")
    (finding,) = check_file(tmp_path, tmp_path / "book.epub").findings
    assert "with the texts that it was made from" in finding.message
    assert "cheatsheet -C BOOK" in finding.hint
