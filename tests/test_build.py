"""The whole pipeline: what is written, what is refused, and what stays as it was."""

import errno
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
from base64 import b64encode
from itertools import pairwise
from pathlib import Path, PurePath

import pypdf
import pytest

import cheatsheet.build.builder
from cheatsheet.build.builder import Builder
from cheatsheet.findings import Place, has_errors
from cheatsheet.layout.records import input_digest
from cheatsheet.lint import proofreading
from cheatsheet.model.editions import UnknownEditionError
from cheatsheet.pdf.section import read_style_set
from cheatsheet.stylesheets import StyleFile, read_styles
from cheatsheet.system.reading import FILE
from cheatsheet.system.running import LIMIT
from conftest import ROOT, Bench, Built, codes, only

COMPOST = "content/terms/compost.yaml"
LOOK = "styles/look.css"


def test_the_real_book_is_built_without_a_finding(book: Built) -> None:
    assert book.build.findings == []
    assert book.build.ok
    assert book.pdf.read_bytes() == book.build.data


def test_the_real_book_takes_at_most_one_layout_a_page(book: Built) -> None:
    assert book.build.layouts <= book.build.pages


@pytest.mark.slow
def test_the_phone_edition_is_built_by_its_style_sheet_alone(book: Built) -> None:
    build = book.bench.build("phone")
    assert build.findings == []
    assert build.pages > book.build.pages  # each as long as its text


def test_the_real_book_is_small(book: Built) -> None:
    assert len(book.build.data) <= 2_000_000


def test_another_glossary_with_its_own_styles_is_built(built_garden: Built) -> None:
    assert built_garden.build.ok
    assert built_garden.build.pdf is not None
    assert built_garden.build.pdf.as_posix() == "dist/garden-words.pdf"


@pytest.mark.slow
def test_another_edition_has_its_own_file_and_terms_of_several_pages(garden: Bench) -> None:
    build = garden.build("pocket")
    assert build.findings == []
    assert (garden.folder / "dist/garden-words-pocket.pdf").is_file()
    assert build.pages == 49


@pytest.mark.parametrize("edition", ["poket", "p\udcff"])
def test_an_unknown_edition_names_those_there_are(garden: Bench, edition: str) -> None:
    with pytest.raises(UnknownEditionError) as raised:
        garden.build(edition)
    assert raised.value.editions == ["print", "pocket"]


def test_what_was_missing_for_a_moment_is_said(
    garden: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor puts a file back before the build asks what else is wrong."""
    finding = FILE.finding("there is no such file", Place(COMPOST))
    monkeypatch.setattr(proofreading, "load_glossary", lambda _: (None, [finding]))
    assert garden.build().findings == [finding]


@pytest.mark.slow
def test_a_term_that_does_not_fit_is_named_with_its_file_and_millimetres(garden: Bench) -> None:
    garden.replace(
        COMPOST, "Nobody gets it right", "And so on and on. " * 90 + "Nobody gets it right"
    )
    finding = only(garden.build().findings, "fit-overflow")
    assert finding.place.file == COMPOST
    assert finding.message.startswith("Compost is ")
    assert finding.message.endswith("mm too long for its page")


@pytest.mark.slow
def test_what_makes_most_terms_too_long_is_told_once_and_blames_no_text(garden: Bench) -> None:
    garden.append(LOOK, ".term-plain { padding-bottom: 300mm; }\n")
    finding = only(garden.build().findings, "fit-overflow")
    assert re.search(r"mm too long for its page; and \d+ more like it$", finding.message)
    assert finding.place == Place()
    assert "the last change to the styles" in finding.hint


@pytest.mark.slow
def test_a_text_that_is_cut_off_at_its_page_is_found(garden: Bench) -> None:
    garden.append(LOOK, ".term-rail { position: absolute; top: 170mm; }\n")
    assert {"fit-overflow", "terms-text"} & codes(garden.build().findings)


def test_a_term_that_just_fits_is_no_finding(garden: Bench) -> None:
    garden.replace(COMPOST, "Nobody gets it right", "And so on. " * 3 + "Nobody gets it right")
    assert garden.build().findings == []


@pytest.mark.parametrize(
    ("css", "says", "hint", "at"),
    [
        ("p { colour: red; }", "no property `colour`", "`color`", "15:5"),
        ("p { color: rot; }", "`color` cannot be `rot`", "", "15:5"),
        ("p { width: ; }", "`width` has no value", "", "15:5"),
        ("i { --a: 1pt; }\np { width: var(--a); }", "`--a` is not defined here", "", "16:12"),
        ("p >> a { color: red; }", "`p >> a` is no selector", "", "15:1"),
        ("@media (x) { p { color: red; } }", "Invalid media type", "", "15:1"),
        (
            '@font-face { fnt-family: "X"; src: url("../fonts/vollkorn/Vollkorn-Regular.ttf"); }',
            "has no `fnt-",
            "`font-",
            "15:14",
        ),
    ],
)
def test_a_mistake_in_css_has_a_file_and_a_line(
    css: str, says: str, hint: str, at: str, garden: Bench
) -> None:
    garden.append(LOOK, css + "\n")
    finding = only(garden.build().findings, "css-style")
    assert says in finding.message
    assert hint in finding.hint
    assert str(finding.place) == f"{LOOK}:{at}"


@pytest.mark.slow_but_first
@pytest.mark.parametrize(
    "css",
    [
        "h1 { position: running(top); }",
        ".term { display: none; }",
        ".step-1.term { display: block } body.term { & article { display: none } }",
    ],
)
def test_a_style_that_takes_headings_off_the_pages_is_one_finding_in_its_line(
    css: str, garden: Bench
) -> None:
    garden.append(LOOK, css + "\n.picture-none, h2 span { display: none; }\n")
    finding = only(garden.build().findings, "bind-target")
    assert str(finding.place).startswith(f"{LOOK}:15:")


@pytest.mark.parametrize(
    ("css", "code", "says", "at"),
    [
        ("p {\n  color: red;\n.term h1 { margin: 0; }", "css-unclosed", "`{` is never", "15:3"),
        ("p { color: red; /* why", "css-unclosed", "`/*` is never", "15:17"),
        ("/* p { color: red; }", "css-unclosed", "`/*` is never", "15:1"),
        ("p { color: rgb(1, 2, 3; }", "css-unclosed", "`(` is never", "15:12"),
        ("p { background: url(a.png; }", "css-unclosed", "`url(` is never", "15:17"),
        ('p { content: "a; }\np { margin: 0 }', "css-unclosed", "a quote is not", "15:14"),
        ("{ color: red; }", "css-syntax", "a block has no selector", "15:1"),
        ("// p { color: red; }", "css-syntax", "`// p` is no rule", "15:1"),
        ("b color: red; }\np { margin: 0; }", "css-syntax", "`b color: red` is no rule", "15:1"),
        ("p {\n  color red;\n}", "css-syntax", "`color red` is no rule and no dec", "16:3"),
        ("p { bottom: ;0\n  width: 1mm; }", "css-syntax", "`0 width: 1mm` is no", "15:14"),
        ("p { wi}dth: 1mm; }", "css-syntax", "`wi` is no", "15:5"),
        ("p { color: red; /* } */ ] }", "css-syntax", "`]` closes nothing", "15:25"),
        ("p { color: rgb(1, 2, 3)); }", "css-syntax", "`)` closes nothing", "15:24"),
        ("p { color: red; }}", "css-syntax", "`}` closes nothing", "15:18"),
        ("p { color: red; } */", "css-syntax", "`*/` is no rule", "15:19"),
        (":root {\n  --one: 1pt\n  --two: 2pt;\n}", "css-semicolon", "before `--two`", "16:3"),
        ("p { color: red\n  margin: 0; }", "css-semicolon", "before `margin`", "15:5"),
        ("@pag { margin: 1mm; }", "css-syntax", "there is no rule `@pag`", "15:1"),
        ('@improt "look.css";', "css-syntax", "there is no rule `@improt`", "15:1"),
        ("p { margin: 0 padding: 0; }", "css-semicolon", "before `padding`", "15:5"),
        ("@page { size: 9mm 9mm margin: 0; }", "css-semicolon", "before `margin`", "15:9"),
        ("/* one\np { margin: 0; }\n/* two */", "css-unclosed", "before the next one", "15:1"),
        ("p {\n  color:\xa0red; }", "css-invisible", "U+00A0 (NO-BREAK SPACE)", "16:9"),
        ("\ufeffp { color: red; }", "css-invisible", "U+FEFF", "15:1"),
        (".te\u200brm { color: red; }", "css-invisible", "U+200B", "15:4"),
        ("p::after { content: counter( pages); }", "css-total", "counter(pages)", "15:21"),
        (
            "a::after { content: target-counter(attr(href), page); }",
            "css-counter",
            "other",
            "15:21",
        ),
        ("a::after { content: target-text(attr(href)); }", "css-counter", "target-text()", "15:21"),
        ("@page { counter-increment: page 2; }", "css-counter", "numbers already", "15:28"),
        (".term { counter-reset: item page; }", "css-counter", "numbers already", "15:29"),
        ("b { counter-increment: n; content: counter(n); }", "css-counter", "begins `n`", "15:36"),
        ("p { color: var(--leef); }", "css-variable", "gives `--leef` a value", "15:16"),
        ("p { --own: 1pt; margin: calc(2 * var(--onw)); }", "css-variable", "`--onw`", "15:38"),
    ],
)
def test_a_slip_that_css_takes_for_something_else_is_found(
    css: str, code: str, says: str, at: str, garden: Bench
) -> None:
    garden.append(LOOK, css + "\n")
    finding = only(garden.build().findings, code)
    assert says in finding.message
    assert str(finding.place) == f"{LOOK}:{at}"
    if code == "css-variable":
        assert finding.hint in {"did you mean `--leaf`?", "did you mean `--own`?"}


def test_a_counter_that_begins_in_a_section_counts_there(garden: Bench) -> None:
    counting = "ul { counter-reset: n; } li { counter-increment: n; }"
    garden.append(LOOK, f"{counting} li::before {{ content: counter(n) counter(list-item); }}\n")
    assert read_styles(garden.folder, "print")[1] == []


@pytest.mark.slow
def test_a_variable_with_a_value_to_fall_back_on_may_be_unknown(garden: Bench) -> None:
    garden.append(
        LOOK, "p { color: var(--nope, red); }\n/* } { ( */ .term::after { content: '{' }\n"
    )
    assert garden.build().findings == []


def test_a_missing_font_is_found(garden: Bench) -> None:
    garden.replace("styles/fonts.css", "Vollkorn-Regular", "Vollkorn-Black")
    finding = only(garden.build().findings, "layout-fetch")
    assert str(finding.place) == "styles/fonts.css:1:46"


@pytest.mark.slow
def test_a_font_family_that_is_not_declared_is_found(garden: Bench) -> None:
    garden.replace("styles/fonts.css", "font-family: Vollkorn", "font-family: Folkorn")
    finding = only(garden.build().findings, "layout-family")
    assert "`Vollkorn`" in finding.message
    assert str(finding.place) == f"{LOOK}:1:82"


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("../pictures/none.png", "there is no such file"),
        ("../../outside.png", "leads out of the project folder"),
        ("..%2F..%2Foutside.png", "leads out of the project folder"),
        ("https://example.org/x.png", "is not a file of the project"),
        ("file:///etc/passwd", "leads out of the project folder"),
        ("file://example.org/x.png", "is not a file of the project"),
        ("link.png", "leads out of the project folder"),
        ("m\u00fcller garden.png", "there is no such file"),
    ],
)
def test_nothing_is_read_outside_the_project_or_from_the_network(
    url: str, says: str, garden: Bench
) -> None:
    (garden.folder.parent / "outside.png").write_bytes(b"")
    (garden.folder / "styles/link.png").symlink_to(garden.folder.parent / "outside.png")
    line = len(garden.read(LOOK).splitlines()) + 1
    garden.append(LOOK, f'.term, .cover {{ background: url("{url}"); }}\n')
    finding = only(garden.build().findings, "layout-fetch")
    assert says in finding.message
    assert str(finding.place) == f"{LOOK}:{line}:33"
    assert str(garden.folder) not in finding.message


def test_a_style_sheet_is_imported_only_from_the_project(garden: Bench) -> None:
    garden.append("styles/main.css", '@import "../../outside.css";\n')
    finding = only(garden.build().findings, "css-file")
    assert str(finding.place) == "styles/main.css:3:1"


@pytest.mark.parametrize("name", ["a %20b", "a#b", "a?b", "é ü"])
def test_a_style_sheet_in_a_folder_of_any_name_finds_its_files(name: str, tmp_path: Path) -> None:
    (tmp_path / "styles" / name).mkdir(parents=True)
    (tmp_path / "styles" / name / "x.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    sheet = StyleFile(PurePath("styles", name, "x.css"), 'p { background: url("x.png"); }')
    found = read_style_set(tmp_path, [sheet])
    assert (len(found.files), found.refused) == (1, {})


def test_styles_that_are_a_link_out_of_the_project_are_said_to_be_one(
    garden: Bench, tmp_path: Path
) -> None:
    (garden.folder / "styles").rename(tmp_path / "look")
    (garden.folder / "styles").symlink_to(tmp_path / "look")
    _, findings = read_styles(garden.folder, "print")
    assert [(f.code, f.place.file) for f in findings] == [("css-file", "styles")]
    assert "`styles` is a link that leads out of the project" in findings[0].message


def test_styles_that_are_a_link_in_the_project_are_read(garden: Bench) -> None:
    (garden.folder / "styles").rename(garden.folder / "look")
    (garden.folder / "styles").symlink_to("look")
    assert read_styles(garden.folder, "print")[1] == []


@pytest.mark.parametrize("part", ["content/terms", COMPOST, "styles/look.css", "content"])
def test_what_a_link_in_the_project_leads_to_is_seen_by_the_next_build(
    part: str, garden: Bench
) -> None:
    path = garden.folder / part
    path.rename(garden.folder / "shared")
    path.symlink_to(os.path.relpath(garden.folder / "shared", path.parent))
    before = input_digest(garden.folder)
    assert input_digest(garden.folder) == before
    file = part if path.is_file() else COMPOST
    garden.append(file, "\n")
    assert input_digest(garden.folder) != before


def test_a_folder_that_is_a_link_to_one_around_it_has_an_end(garden: Bench) -> None:
    (garden.folder / "content/again").symlink_to("..")
    (garden.folder / "content/out").symlink_to("/")
    assert input_digest(garden.folder) == input_digest(garden.folder)


@pytest.mark.slow
def test_what_was_changed_while_a_build_read_it_is_built_again(garden: Bench) -> None:
    before = garden.read(COMPOST)

    def change(_: str, stage: str, *__: object) -> None:
        if stage == "load":  # what there is has been noted, and nothing is read yet
            garden.replace(COMPOST, "Nobody gets it right", "Hardly anybody gets it right")

    with Builder(garden.folder, change) as builder:
        changed = builder.build()
    garden.write(COMPOST, before)
    again = garden.build()
    assert (again.unchanged, again.data != changed.data) == (False, True)


@pytest.mark.parametrize(
    "css", ['@import "../../shared/x.css";', "h1 { background: url(../../shared/x.svg) }"]
)
def test_what_lies_where_changes_are_not_looked_for_is_not_read(css: str, garden: Bench) -> None:
    garden.write("shared/x.css", "h1 { color: red }")
    garden.write("shared/x.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    garden.write("styles/editions/print.css", css + "\n")
    (finding,) = garden.build().findings
    assert "only content/, styles/ and fonts/ are looked into for changes" in finding.message
    assert str(finding.place).startswith("styles/editions/print.css:1:")


def test_a_style_sheet_may_begin_with_a_byte_order_mark(garden: Bench) -> None:
    before, _ = read_styles(garden.folder, "print")
    for path in (garden.folder / "styles").rglob("*.css"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_styles(garden.folder, "print") == (before, [])


def test_an_import_with_a_layer_is_refused_and_not_ignored(garden: Bench) -> None:
    garden.append("styles/main.css", '@import "look.css" layer(look);\n')
    assert only(garden.build().findings, "css-file").place.line == 3


def test_a_character_that_no_font_has_is_found(garden: Bench) -> None:
    garden.replace(COMPOST, "Nobody gets it right", "\u4e2d nobody gets it right")
    finding = only(garden.build().findings, "text-font")
    assert finding.place.file == COMPOST
    assert "\u4e2d" in finding.message


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (COMPOST, "Nobody gets it right the first"),
        ("content/book.yaml", "The number after a word"),
        ("content/categories.yaml", "How it stays that way"),
    ],
)
def test_a_character_that_no_font_has_is_reported_where_it_stands(
    file: str, words: str, garden: Bench
) -> None:
    garden.replace(file, words, f"{words} \u4e2d")
    finding = only(garden.build().findings, "text-font")
    assert finding.place.file == file
    line = garden.read(file).splitlines()[(finding.place.line or 0) - 1]
    assert line[(finding.place.column or 0) - 1 :].startswith("\u4e2d")


@pytest.mark.slow
def test_a_character_of_the_styles_that_no_font_has_is_found(garden: Bench) -> None:
    garden.append(LOOK, 'h1::before { content: "\u4e2d"; }\n')
    build = garden.build()
    assert not build.ok
    assert codes(build.findings) == {"bind-glyph"}


def test_a_category_without_the_look_of_the_others_is_an_error_that_lists_it(garden: Bench) -> None:
    for one in ("soil", "sowing"):
        garden.append(LOOK, f".category-{one} {{ color: var(--leaf); }}\n")
    garden.append(LOOK, ".step-1 { color: red; } .step-2 { color: red; }\n")
    finding = only(garden.build().findings, "css-category")
    assert str(finding.place) == "content/categories.yaml:8:9"
    assert finding.message == "no style sheet has `.category-care`, `.step-3`"


@pytest.mark.slow
def test_selectors_that_match_nothing_are_warnings_with_the_right_name(garden: Bench) -> None:
    cases = [
        (".term-tdlr { color: red; }", "15:2", "`.term-tldr`"),
        ("p, main > .term:not(.fornt) { color: red; }", "16:22", "`.front`"),
        (".term-compost { color: red; }", "17:2", "`.term-"),
        ("#term { color: red; }", "18:1", "`#term-"),
        ("#term-composd { color: red; }", "19:1", "`#term-compost`"),
        ("@media print { artcle p { color: red; } }", "20:16", "`article`"),
        (".term { .term-tlrd { color: red; } }", "21:10", "`.term-tldr`"),
        ("@page fornt { margin: 0; }", "22:7", "`@page front`"),
    ]
    garden.append(LOOK, "\n".join(css for css, _, _ in cases) + "\n")
    build = garden.build()
    found = {str(finding.place): finding for finding in build.findings}
    assert build.ok
    assert codes(build.findings) == {"css-unmatched"}
    assert sorted(found) == sorted(f"{LOOK}:{at}" for _, at, _ in cases)
    for _, at, hint in cases:
        finding = found[f"{LOOK}:{at}"]
        assert finding.severity == "warning"
        assert hint in finding.hint


@pytest.mark.slow
def test_a_selector_for_another_edition_or_a_larger_book_matches(garden: Bench) -> None:
    css = ".offer, .step-12, .map-way-right, .card-site, b, a:hover, [hidden] { color: red; }\n"
    garden.append(LOOK, css)
    assert garden.build().findings == []


@pytest.mark.slow_but_first
@pytest.mark.parametrize(
    ("css", "says"),
    [("p { font-weight: 600; }", "in bold"), ("em, p { font-style: italic; }", "in italics")],
)
def test_bold_and_italics_that_are_not_declared_are_found(
    css: str, says: str, garden: Bench
) -> None:
    garden.append(LOOK, css + "\n")
    finding = only(garden.build().findings, "layout-face")
    assert finding.message == f"the font `Vollkorn` is not declared {says}"


@pytest.mark.slow
def test_a_font_that_is_declared_in_bold_has_it(garden: Bench) -> None:
    bold = "fonts/vollkorn/Vollkorn-SemiBold.ttf"
    shutil.copy(ROOT / bold, garden.folder / bold)
    face = f'font-family: Vollkorn; font-weight: 600; src: url("../{bold}")'
    garden.append("styles/fonts.css", f"@font-face {{ {face}; }}\n")
    garden.append(LOOK, "p { font-weight: bold; }\n")
    assert garden.build().findings == []


def test_a_font_that_is_a_link_to_itself_is_not_there(garden: Bench) -> None:
    font = garden.folder / "fonts/vollkorn/Vollkorn-Regular.ttf"
    font.unlink()
    font.symlink_to(font.name)
    assert "cannot be read" in only(garden.build().findings, "layout-fetch").message


@pytest.mark.parametrize("address", ["http://[x", "file://[bad", "//[bad", "a%00b", "file:///%00"])
def test_what_is_no_address_is_one_finding(address: str, garden: Bench) -> None:
    garden.append(LOOK, f'h1 {{ background: url("{address}"); }}\n')
    (finding,) = garden.build().findings
    assert (finding.code, str(finding.place)) == ("layout-fetch", f"{LOOK}:15:22")


def test_a_font_without_its_licence_is_found(garden: Bench) -> None:
    (garden.folder / "fonts/vollkorn/LICENSE").unlink()
    finding = only(garden.build().findings, "css-licence")
    assert finding.message == "there is no `fonts/vollkorn/LICENSE`"
    assert str(finding.place) == "styles/fonts.css:1:46"


@pytest.mark.parametrize("byte", [0xFF, None])
def test_a_damaged_font_is_found_where_it_is_declared(byte: int | None, garden: Bench) -> None:
    font = garden.folder / "fonts/vollkorn/Vollkorn-Regular.ttf"
    data = font.read_bytes()
    middle = len(data) // 2
    rest = bytes([data[middle] ^ byte]) + data[middle + 1 :] if byte else b""
    font.write_bytes(data[:middle] + rest)
    (finding,) = garden.build().findings
    assert finding.code == "css-font"
    assert finding.message.startswith("`fonts/vollkorn/Vollkorn-Regular.ttf`: ")
    assert str(finding.place) == "styles/fonts.css:1:46"


@pytest.mark.slow_but_first
@pytest.mark.parametrize(
    "css",
    [
        ".contents .page-link-folio::before { content: leader(dotted); }",
        '.page-link-folio::before { content: "["; } .page-link-folio::after { content: "]"; }',
        '.page-link-folio::before { content: "p. "; }',
        '.contents .page-link-folio::before { content: "\\A"; white-space: pre; }',
        '.page-link-folio::before { content: " page "; } .page-link-folio::after { content: "."; }',
        '.page-link-folio::before { content: "- "; } .page-link-folio::after { content: " -"; }',
        ".page-link-folio { text-transform: uppercase; }",
        ".page-link-folio, .reference-page { letter-spacing: .3em; }",
    ],
)
def test_a_number_that_a_link_prints_may_be_decorated(css: str, garden: Bench) -> None:
    garden.append(LOOK, css + "\n")
    assert garden.build().findings == []


@pytest.mark.slow
def test_a_name_may_end_in_a_number_and_break_before_it(garden: Bench) -> None:
    garden.replace("content/terms/mulch.yaml", "name: Mulch\n", "name: Mulch Mixture 2\n")
    garden.append(LOOK, ".term-related li { width: 18mm; }\n")
    assert garden.build().ok


@pytest.mark.slow_but_first
@pytest.mark.parametrize(
    ("arabic", "roman"),
    [
        ('"\\2013 " counter(page) " \\2013"', '"\\2013 " counter(page, lower-roman) " \\2013"'),
        ('"[" counter(page) "]"', '"[" counter(page, lower-roman) "]"'),
        ('"Page " counter(page) "."', 'counter(page, upper-roman) "."'),
        ("counter(page, decimal-leading-zero)", '"Page " counter(page, lower-roman)'),
        ("counter(page); letter-spacing: .3em", "counter(page, lower-roman); letter-spacing: .3em"),
        ('"Garden | " counter(page)', '"Garden | " counter(page, upper-roman)'),
    ],
)
def test_a_page_s_number_may_be_decorated(arabic: str, roman: str, garden: Bench) -> None:
    garden.append(LOOK, f"@page {{ @bottom-center {{ content: {arabic}; }} }}\n")
    garden.append(LOOK, f"@page front {{ @bottom-center {{ content: {roman}; }} }}\n")
    assert garden.build().findings == []


PRESS = "  press:\n    page_size: {width: 148, height: 210, bleed: 3}\n    pages: 22\n"


@pytest.mark.slow
def test_an_edition_for_a_print_shop_has_marks_and_colour_past_the_cut(garden: Bench) -> None:
    garden.replace("content/book.yaml", "editions:\n", f"editions:\n{PRESS}")
    garden.write("styles/editions/press.css", "@page { bleed: 10mm; marks: crop; }\n")
    build = garden.build("press")
    assert build.findings == []
    page = pypdf.PdfReader(io.BytesIO(build.data)).pages[0]
    millimetres = 72 / 25.4
    assert [float(length) / millimetres for length in page.trimbox] == pytest.approx(
        [0, 0, 148, 210]
    )
    assert [float(length) / millimetres for length in page.mediabox] == pytest.approx(
        [-10, -10, 158, 220]
    )
    assert -5 < float(page.bleedbox.left) / millimetres < -3


@pytest.mark.slow_but_first
@pytest.mark.parametrize(
    ("css", "code"),
    [
        ("", "pages-box"),
        ("@page { bleed: 2mm; }", "pages-box"),
        ("@page { bleed: 10mm; size: 140mm 210mm; }", "pages-size"),
    ],
)
def test_an_edition_for_a_print_shop_without_enough_to_cut_is_refused(
    css: str, code: str, garden: Bench
) -> None:
    garden.replace("content/book.yaml", "editions:\n", f"editions:\n{PRESS}")
    garden.write("styles/editions/press.css", css)
    assert code in codes(garden.build("press").findings)


@pytest.mark.slow
def test_marks_that_nobody_asked_for_are_found(garden: Bench) -> None:
    garden.append(LOOK, "@page { bleed: 10mm; marks: crop; }\n")
    assert "pages-box" in codes(garden.build().findings)


def test_a_failed_build_leaves_the_last_good_pdf_and_the_rejected_one(garden: Bench) -> None:
    good = garden.build()
    garden.replace("content/book.yaml", "pages: 22", "pages: 23")
    bad = garden.build()
    assert not bad.ok
    dist = garden.folder / "dist"
    assert (dist / "garden-words.pdf").read_bytes() == good.data
    assert sorted(path.name for path in dist.iterdir()) == [
        "garden-words.pdf",
        "garden-words.rejected.pdf",
    ]
    garden.replace("content/book.yaml", "pages: 23", "pages: 22")
    assert garden.build().ok
    assert [path.name for path in dist.iterdir()] == ["garden-words.pdf"]


@pytest.mark.slow
def test_what_has_no_end_in_the_books_place_is_built_anew(garden: Bench) -> None:
    assert garden.build().ok
    with (garden.folder / "dist/garden-words.pdf").open("wb") as file:
        file.truncate(1 << 36)
    again = garden.build()
    assert (again.ok, again.unchanged) == (True, False)


@pytest.mark.slow
def test_numbers_settle_when_the_contents_grow(garden: Bench) -> None:
    garden.append(LOOK, ".contents li { margin-bottom: 40mm; }\n")
    build = garden.build()
    assert codes(build.findings) == {"pages-count"}


@pytest.mark.slow
def test_numbers_that_do_not_settle_are_an_error(garden: Bench) -> None:
    # With Mulch on page 3, Compost gets a second page; with Mulch on page 4, it does not.
    rule = 'a[href="#term-mulch"][title$="page 3"] { display: block; break-before: page; }'
    garden.append(LOOK, rule + "\n")
    assert "fit-unsettled" in codes(garden.build().findings)


def test_a_second_build_in_the_same_process_lays_out_only_what_changed(
    garden: Bench, builder: Builder
) -> None:
    first = builder.build()
    assert builder.build().layouts == 0
    garden.replace(COMPOST, "Nobody gets it right", "Hardly anybody gets it right")
    third = builder.build()
    assert third.layouts == 1
    assert third.data != first.data
    assert third.data == garden.build(cache=False).data


@pytest.mark.slow
def test_changed_styles_are_seen_by_the_next_build(garden: Bench, builder: Builder) -> None:
    first = builder.build()
    garden.replace(LOOK, "#2c5e1a", "#5e1a2c")
    second = builder.build()
    assert second.ok
    assert second.data != first.data
    assert second.data == garden.build(cache=False).data


@pytest.mark.slow
def test_other_fonts_are_seen_by_the_next_build(garden: Bench, builder: Builder) -> None:
    first = builder.build()
    regular = garden.folder / "fonts/vollkorn/Vollkorn-Regular.ttf"
    shutil.copy(ROOT / "fonts/vollkorn/Vollkorn-Italic.ttf", regular)
    second = builder.build()
    assert second.layouts >= first.pages - 2
    assert second.data == garden.build(cache=False).data != first.data


@pytest.mark.slow
def test_a_picture_that_was_drawn_anew_is_seen_by_the_next_build(
    garden: Bench, builder: Builder
) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4"/></svg>'
    garden.write("styles/heap.svg", drawing)
    garden.append(LOOK, "h1 { background: url(heap.svg); }\n")
    first = builder.build()
    garden.replace("styles/heap.svg", "circle r", "circle cx='5' r")
    second = builder.build()
    assert second.data != first.data
    garden.replace("content/pictures/compost.svg", "M60 76", "M62 76")
    third = builder.build()
    assert third.data != second.data
    assert third.layouts == 1  # its page: an opener shows motifs, and this drawing marks none


def test_the_same_input_gives_the_same_bytes_anywhere(built_garden: Built, tmp_path: Path) -> None:
    elsewhere = tmp_path / "an other place" / "deeper"
    elsewhere.parent.mkdir()
    subprocess.run(["cp", "-r", str(built_garden.bench.folder), str(elsewhere)], check=True)  # noqa: S603, S607
    (elsewhere / "dist/garden-words.pdf").unlink()
    environment = {**os.environ, "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "77", "LC_ALL": "C"}
    subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "cheatsheet", "build", "-C", str(elsewhere)],
        check=True,
        capture_output=True,
        env=environment,
        cwd=tmp_path,
    )
    again = (elsewhere / "dist/garden-words.pdf").read_bytes()
    assert hashlib.sha256(again).hexdigest() == built_garden.build.sha256


@pytest.mark.slow
def test_a_build_leaves_no_temporary_file(garden: Bench, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "cheatsheet", "build", "-C", str(garden.folder)],
        check=True,
        env={**os.environ, "TMPDIR": str(scratch)},
    )
    assert list(scratch.iterdir()) == []


def test_no_path_of_the_machine_is_in_the_pdf(built_garden: Built) -> None:
    assert str(built_garden.bench.folder).encode() not in built_garden.build.data
    assert b"/tmp/" not in built_garden.build.data


def test_a_broken_manuscript_is_not_typeset(garden: Bench) -> None:
    garden.replace(COMPOST, "difficulty: 1", "difficulty: 9")
    build = garden.build()
    assert has_errors(build.findings)
    assert "layout" not in build.seconds
    assert not (garden.folder / "dist").exists()


BOMB = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefgh"))
SVG = '<svg xmlns="http://www.w3.org/2000/svg">'


@pytest.mark.parametrize(
    ("drawing", "says"),
    [
        ("not a drawing", "styles/heap.svg:1:1: not well-formed XML"),
        (
            f'<!DOCTYPE svg [<!ENTITY a "aaaa">{BOMB}]>{SVG}<text>&h;</text></svg>',
            "1:15: a document type",
        ),
        (f'{SVG}\n<g id="a"><use href="#a"/></g></svg>', "2:11: <use> is none of the elements"),
        (f'{SVG}\n<path d="M1e99 0"/></svg>', "2:1: `d` has a number of more than 1,000,000"),
        (SVG + '<g onclick="steal()"/></svg>', "`onclick` is none of the attributes"),
        (SVG + '<g transform="scale(1e6)">' * 9 + "</g>" * 9 + "</svg>", "enlarge it without end"),
        (f'{SVG}<image href="data:image/png,x"/></svg>', "<image> is none of the elements"),
        (f'{SVG}<path style="filter: url(#a)"/></svg>', "`style` is none of the attributes"),
        ("\ud800", "`styles/heap.svg` is no font, no picture and no drawing"),
    ],
)
def test_a_drawing_that_does_harm_is_refused_before_it_is_drawn(
    drawing: str, says: str, garden: Bench
) -> None:
    data = drawing.encode(errors="surrogatepass")
    (garden.folder / "styles/heap.svg").write_bytes(data)
    garden.append(LOOK, "h1 { background: url(heap.svg); }\n")
    build = garden.build()
    finding = only(build.findings, "layout-fetch")
    assert says in finding.message
    assert str(finding.place) == f"{LOOK}:15:18"
    assert not build.layouts


@pytest.mark.parametrize(
    ("drawing", "code"),
    [
        (f'<!DOCTYPE svg [<!ENTITY a "a">]>{SVG}</svg>', "picture-unsafe"),
        (SVG + "<g>" * 5000 + "</g>" * 5000 + "</svg>", "picture-heavy"),
        (SVG + '<path d="M0 0' + "h1" * 90_000 + '"/></svg>', "picture-heavy"),
        ("no drawing", "picture-syntax"),
    ],
)
def test_a_terms_drawing_that_cannot_be_drawn_is_one_finding(
    drawing: str, code: str, garden: Bench
) -> None:
    garden.write("content/pictures/compost.svg", drawing)
    (finding,) = garden.build().findings
    assert finding.code == code
    assert finding.place.file == "content/pictures/compost.svg"


@pytest.mark.parametrize("address", ["data:image/svg+xml;base64,", "data:image/png;base64,"])
def test_a_drawing_in_an_address_is_held_to_the_same_rules(address: str, garden: Bench) -> None:
    bomb = b64encode(f'<!DOCTYPE svg [<!ENTITY a "aaaa">{BOMB}]>{SVG}&h;</svg>'.encode()).decode()
    garden.append(LOOK, f"h1 {{ background: url({address}{bomb}); }}\n")
    finding = only(garden.build().findings, "layout-fetch")
    assert finding.message.startswith("a drawing in an address:1:15: a document type")


@pytest.mark.parametrize("data", ["font/ttf;base64,AAAAAAAA", "image/png;base64,/9k=", ",x"])
def test_data_in_an_address_that_are_nothing_are_not_called_a_drawing(
    data: str, garden: Bench
) -> None:
    garden.append(LOOK, f"h1 {{ background: url(data:{data}); }}\n")
    finding = only(garden.build().findings, "layout-fetch")
    assert finding.message == "the data in an address is no font, no picture and no drawing"


@pytest.mark.slow
def test_a_broken_picture_is_one_finding_where_it_is_asked_for(garden: Bench) -> None:
    garden.append(LOOK, "\nh1 { background: url(big.png) }\n")
    (garden.folder / "styles/big.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(30))
    finding = only(garden.build().findings, "layout-log")
    assert finding.message == "styles/big.png is no picture that can be drawn"
    assert str(finding.place).startswith(f"{LOOK}:")


def test_margins_that_leave_no_room_are_one_finding_at_their_place(garden: Bench) -> None:
    garden.append(LOOK, "\n@page { margin: 500mm }\n")
    finding = only(garden.build().findings, "css-limit")
    assert finding.message == "the margins leave 0 x 0 mm of a page, no room for a word"
    assert str(finding.place).startswith(f"{LOOK}:")


def test_a_word_that_crosses_the_papers_edge_is_found(garden: Bench) -> None:
    garden.replace(COMPOST, "Nobody gets it right", "Compo" + "o" * 300 + "st gets it right")
    assert "layout-off-page" in codes(garden.build().findings)


@pytest.mark.slow
def test_what_is_wrong_with_the_styles_is_said_by_each_build_in_the_same_process(
    garden: Bench, builder: Builder
) -> None:
    main = "styles/main.css"
    garden.append(LOOK, "h1 { color: var(--own); margin-top: var(--own-gap); }\n")
    garden.append(main, ":root { --own: green; --own-gap: 1pt; }\n")
    assert builder.build().ok
    good, bad = "green; --own-gap: 1pt", "grene; --own-gap: 1pz"
    for builds in (2, 1):
        garden.replace(main, good, bad)
        for _ in range(builds):
            found = {str(f.place) for f in builder.build().findings if f.code == "css-style"}
            assert found == {f"{main}:3:9", f"{main}:3:23"}
        garden.replace(main, bad, good)
        assert builder.build().ok


def test_a_wrong_value_of_a_variable_leads_to_the_variable(garden: Bench) -> None:
    garden.replace(LOOK, "--leaf: #2c5e1a;", "--leaf: grene;")
    build = garden.build()
    found = {str(f.place) for f in build.findings if f.code == "css-style"}
    assert found == {f"{LOOK}:1:9"}
    assert build.layouts < len(garden.glossary().terms)  # the rest is not laid out for it


@pytest.mark.parametrize("place", ["related:\n  - mulsh\n", "[[mulsh]]"])
def test_a_reference_to_a_term_that_there_is_not_is_one_finding(place: str, garden: Bench) -> None:
    compost = garden.read("content/terms/compost.yaml")
    related, text = compost.replace("related:\n", place), compost.replace("[[mulch|mulch]]", place)
    garden.write("content/terms/compost.yaml", text if place.startswith("[") else related)
    (finding,) = garden.build().findings
    assert finding.code == "refs-dangling"


@pytest.mark.slow
def test_a_text_that_the_styles_put_over_another_is_one_finding(
    garden: Bench,
) -> None:
    garden.append(LOOK, ".term-tldr { position: relative; top: -30pt; }\n")
    (finding,) = garden.build().findings
    assert finding.code == "visible-overlap"
    assert f"{LOOK}:15:34" in finding.hint


@pytest.mark.parametrize(
    ("css", "column"),
    [
        ("p { color: red; font: 12px/ }", 17),
        ("p:nth-child(2n + ) { color: red }", 1),
        ("@page :nth(2n+) { margin: 0 }", 1),
        ("p { content: attr() }", 5),
        ("@media print { p { grid: / } }", 1),
    ],
)
def test_what_the_renderer_fails_at_in_a_style_sheet_is_told_at_its_line(
    css: str, column: int, garden: Bench
) -> None:
    garden.append(LOOK, f"{css}\n")
    (finding,) = garden.build().findings
    assert finding.message.startswith("the renderer fails at `")
    assert str(finding.place) == f"{LOOK}:15:{column}"


def test_a_rule_for_browsers_is_not_taken_for_a_slip(garden: Bench) -> None:
    garden.append(LOOK, "@supports (display: grid) { p { color: red } }\n")
    (finding,) = garden.build().findings
    assert finding.message == "the renderer knows no rule `@supports`"
    assert "did you mean" not in finding.hint


@pytest.mark.slow_but_first
@pytest.mark.parametrize("declaration", ["visibility: hidden;", "display: none;"])
def test_a_style_that_hides_a_text_is_one_finding_at_its_line(
    declaration: str, garden: Bench
) -> None:
    garden.append(LOOK, f".term-plain {{ {declaration} }}\n")
    (finding,) = garden.build().findings
    assert finding.code == "parity-hidden"
    assert str(finding.place) == f"{LOOK}:15:15"


@pytest.mark.slow
def test_style_sheets_that_import_each_other_end(garden: Bench) -> None:
    text = garden.read(LOOK)
    garden.write(LOOK, '@import "main.css";\n' + text)
    assert garden.build().ok


@pytest.mark.slow
def test_a_limit_of_the_shells_is_named_where_a_pdf_is_not_written(
    garden: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, _: bytes) -> None:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))

    monkeypatch.setattr(cheatsheet.build.builder, "write_atomically", refuse)
    finding = only(garden.build().findings, "build-write")
    assert "File too large for this shell (`ulimit -f`); dist/ is as it was" in finding.message
    assert finding.hint == LIMIT
