"""Style sheets that are too much for a renderer are answered before it sees them."""

import errno
import os
import re
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path, PurePath

import pytest
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.css.validation.expanders import EXPANDERS

from cheatsheet.epub import styling as epub_styling
from cheatsheet.findings import Finding
from cheatsheet.newsletter.mail import read_mail_styles
from cheatsheet.pdf.browsers import browser_findings
from cheatsheet.pdf.engine import check_math, solve_calculation
from cheatsheet.pdf.properties import PROPERTIES
from cheatsheet.pdf.styles import read_sheet
from cheatsheet.stylesheets import StyleFile, find_unsolvable, read_style_sheets, read_styles
from cheatsheet.stylesheets.characters import font_damage
from cheatsheet.stylesheets.css_lint import find_css_mistakes
from cheatsheet.stylesheets.matching import SCREEN, Cascade
from cheatsheet.web import styling as web_styling
from conftest import ROOT, Bench, only

LOOK = "styles/look.css"
LINE = 15  # where what is appended begins
EXPLODING = "".join(f"--a{n}: " + f"var(--a{n - 1}) " * 10 + ";" for n in range(1, 10))
PATIENCE_S = 10.0  # of a processor; each takes less than one


@pytest.mark.parametrize(
    "css",
    [
        "@property --x { syntax: '*'; inherits: true; initial-value: 1 }",
        "@page { @footnote { color: red } @bottom-left-corner { content: none } }",
        "@font-feature-values X { @swash { a: 1 } }",
        "@starting-style { p { color: red } }",
        "@media print { a:hover, b:focus { margin: 0 } }",
        "@media only screen and (max-width: 3px), not all and (hover) { p { margin: 0 } }",
        "@media (width >= 3px) or (prefers-color-scheme: dark) { p { margin: 0 } }",
        "p { color: red; a:hover, b:focus { margin: 0 } }",
        "/* see papers/*.css; and kit/*.css { } */",
    ],
)
def test_rules_of_css_that_look_like_slips_are_none(css: str, garden: Bench) -> None:
    garden.append(LOOK, css)
    assert read_styles(garden.folder, "print")[1] == []


@pytest.mark.parametrize(
    "media",
    [
        *("prnt", "max-width: 300px", "screen and prnt", "screen and(hover)", "screen (hover)"),
        *("(max-width 9px)", "(max-width: 9)", "600px", "(min-width >= 9px)", "print screen"),
        *("screen or (hover)", "(hover) and (color) or (grid)", "screen and", "(600px)"),
        "(min-width: 600px, max-width: 900px)",
        "(max-width: 600px and hover)",
        "(width > 600px and width < 900px)",
        "(600px < width > 900px)",
        "(width <= 600)",
        "(aspect-ratio: 16:9)",
    ],
)
def test_a_medium_that_there_is_not_is_told(media: str, garden: Bench) -> None:
    garden.append(LOOK, f"@media {media} {{ p {{ color: red }} }}")
    finding = only(read_styles(garden.folder, "print")[1], "css-syntax")
    assert finding.message == f"`@media {media}` is never true"


@pytest.mark.parametrize(
    ("css", "says", "column"),
    [
        ("p { @page { margin: 0 } }", "`@page` stands in a selector's block", 5),
        ("@media print { p { & b { @font-face { } } } }", "`@font-face` stands in", 26),
        ("@page :lefft { margin: 0 }", "@page cannot ask for `lefft`", 8),
        ("@page front:frist { margin: 0 }", "@page cannot ask for `frist`", 13),
        ("@media (max-widht: 3em) { p { margin: 0 } }", "@media cannot ask for `max-widht`", 9),
        ("@media (3em <= widht) { p { margin: 0 } }", "@media cannot ask for `widht`", 16),
        ("@media (orientation: lanscape) { }", "@media cannot ask for `lanscape`", 22),
        ("@media print and (prefers-colour-scheme: dark) { }", "`prefers-colour-scheme`", 19),
    ],
)
def test_what_no_page_and_no_medium_is_asked_for_is_told_in_any_sheet(
    css: str, says: str, column: int
) -> None:
    (finding,) = find_css_mistakes([StyleFile(PurePath("styles/web/base.css"), css)])
    assert says in finding.message
    assert (finding.code, finding.place.column) == ("css-syntax", column)


@pytest.mark.parametrize(
    "css",
    [
        "@page front:first, :left, chapter:nth(2n):blank { @top-left { content: none } }",
        "@page lefft { margin: 0 } @media print { @page :right { margin: 0 } }",
        "@media (-webkit-min-device-pixel-ratio: 2), (min-resolution: 2dppx) { p { margin: 0 } }",
        "@media (hover: hover) and (pointer: fine), not (display-mode: picture-in-picture) { }",
        "@media (400px < width <= 700px) and (not (scripting: initial-only)) { p { margin: 0 } }",
        "@media (min-width: 0) and (hover) and (not (color)), ((grid)) or (hover) { }",
        "@media screen and not (hover), (min-width: calc(1px + 2em)), \\0screen { }",
        "@media (--narrow), style(--x: 1), (aspect-ratio: 16/9), (9px >= width) { } @media { }",
        "@media amzn-kf8 { p { margin: 0 } }",
        "@media yahoo { p { margin: 0 } }",
        "@media not amzn-mobi { p { margin: 0 } }",
        "p { @media (color) { margin: 0 } @supports (display: grid) { margin: 0 } }",
    ],
)
def test_what_a_page_and_a_medium_may_be_asked_for_is_no_slip(css: str) -> None:
    assert not find_css_mistakes([StyleFile(PurePath("styles/web/base.css"), css)])


def test_a_style_sheet_that_was_emptied_is_told_where_it_is_imported(garden: Bench) -> None:
    garden.write(LOOK, "/* all gone */\n")
    finding = only(read_styles(garden.folder, "print")[1], "css-file")
    assert finding.message == f"`{LOOK}` has nothing in it"
    assert str(finding.place).startswith("styles/main.css:")


def test_a_style_sheet_that_none_imports_any_more_is_told(garden: Bench) -> None:
    garden.write("styles/main.css", '@import "fonts.css";\n')
    found = only(read_styles(garden.folder, "print")[1], "css-unused")
    assert (str(found.place), found.message) == (
        f"{LOOK}:1:1",
        f"`{LOOK}` is imported by no style sheet",
    )


def test_an_emptied_main_sheet_is_one_finding_and_names_with_brackets_are_names(
    garden: Bench,
) -> None:
    garden.write("styles/main.css", "\n")
    (found,) = read_styles(garden.folder, "print")[1]
    assert (found.code, found.place.file) == ("css-file", "styles/main.css")
    garden.write("styles/main.css", '@import "fonts.css"; @import "look(1).css";\n')
    garden.write("styles/look(1).css", garden.read(LOOK))
    garden.write("styles/.history/look.css", "p { color: red }\n")
    (garden.folder / LOOK).unlink()
    assert not read_styles(garden.folder, "print")[1]


@pytest.mark.parametrize("main", ["main", "web/main", "epub/main", "newsletter/main"])
def test_of_a_lost_import_no_more_is_told_than_its_file(main: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "styles", tmp_path / "styles")
    root = PurePath(f"styles/{main}.css")
    path = tmp_path / root
    text = path.read_text(encoding="utf-8")
    lost = re.findall(r'@import "([^."]+\.css)";\n', text)
    assert lost
    for name in ("tokens.css", lost[-1]) if main != "main" else lost[-1:]:
        path.write_text(text.replace(f'@import "{name}";\n', ""), encoding="utf-8")
        found = only(read_style_sheets(tmp_path, root)[1], "css-unused")
        assert main == "main" or not read_styles(tmp_path, "print")[1]  # it is of another medium
        assert tmp_path / str(found.place.file) == path.parent / name
    path.write_text(text, encoding="utf-8")
    assert not read_style_sheets(tmp_path, root)[1]


def test_a_style_sheet_on_trial_or_meant_by_a_misspelt_import_is_not_told(garden: Bench) -> None:
    garden.write("styles/main.css", '@import "fonts.css"; /* @import "look.css"; */\n')
    assert not read_styles(garden.folder, "print")[1]
    garden.write("styles/newsletter/main.css", '@import "../fnots.css"; @import "../look.css";\n')
    garden.write("styles/main.css", '@import "look.css";\n')
    assert not read_styles(garden.folder, "print")[1]


def test_the_known_properties_are_the_renderers_own() -> None:
    assert {name.replace("_", "-") for name in {*INITIAL_VALUES, *EXPANDERS}} == PROPERTIES


def unsolvable(garden: Bench) -> list[Finding]:
    """Return what is said of the calculations in the garden's style sheets."""
    styles, _ = read_styles(garden.folder, "print")
    return list(find_unsolvable(styles, check_math, solve_calculation))


def excess(garden: Bench, css: str, code: str = "css-limit") -> tuple[str, str]:
    """Return what is said of a style sheet after which some CSS was written, and where."""
    garden.append(LOOK, css)
    start = time.process_time()
    finding = only(read_styles(garden.folder, "print")[1], code)
    assert time.process_time() - start < PATIENCE_S
    return finding.message, str(finding.place)


def test_the_books_own_style_sheets_keep_to_the_limits() -> None:
    for path in (ROOT / "styles/editions").iterdir():
        assert read_styles(ROOT, path.stem)[1] == []


@pytest.mark.parametrize("table", [b"glyf", b"hmtx"])
def test_a_font_that_has_lost_its_letters_is_damaged(table: bytes) -> None:
    data = (ROOT / "fonts/vollkorn/Vollkorn-Regular.ttf").read_bytes()
    assert not font_damage(data)
    assert "no letters" in font_damage(data.replace(table, b"glyg", 1))


@pytest.mark.parametrize(
    ("css", "says", "at"),
    [
        ("a{" * 5_000 + "}" * 5_000, "more than 32 deep", f"{LINE}:65"),
        ("p { width: " + "(" * 1_100 + ")" * 1_100 + "}", "more than 32 deep", f"{LINE}:43"),
        ("p { width: " + "[" * 1_100 + "]" * 1_100 + "}", "more than 32 deep", f"{LINE}:43"),
        ("p { width: " + "calc(" * 1_100 + ")" * 1_100 + "}", "32 deep", f"{LINE}:167"),
        (":not(" * 300 + "a" + ")" * 300 + "{ }", "32 deep", f"{LINE}:161"),
        ("{" * 400, "32 deep", f"{LINE}:33"),
        ("p { font-size: 1e400px; }", "`1e400px` is more than 100,000", f"{LINE}:16"),
        ("p { margin: -1e400px; }", "`-1e400px` is more", f"{LINE}:13"),
        ("p { margin: 1e38%; }", "`1e38%` is more", f"{LINE}:13"),
        ("p {\n  line-height: 100001; }", "`100001` is more", f"{LINE + 1}:16"),
        ("p { font-size: calc(1px / 0); }", "`calc(1px / 0)` has no end", f"{LINE}:27"),
        ("p { font-size: max(1px/0, 2px); }", "`max(1px/0, 2px)` has no end", f"{LINE}:24"),
        ("p { width: hypot(INFINITY, 2px); }", "`hypot(INFINITY, 2px)` has no end", f"{LINE}:18"),
        ("p { width: calc(2 * (1px/0)); }", "has no end", f"{LINE}:26"),
        ("p { line-height: calc(NaN); }", "`calc(NaN)` has no end", f"{LINE}:23"),
        ("p { width: calc(-Infinity * 1px); }", "has no end", f"{LINE}:17"),
        ("body { columns: 2em 99999; }", "more than 100 columns", f"{LINE}:21"),
        ("body { column-count: 101; }", "more than 100 columns", f"{LINE}:22"),
        ("p { grid-template-rows: repeat(101, 1fr); }", "more than 100 columns", f"{LINE}:25"),
        ("p { grid: auto / repeat(51, 1fr 2fr); }", "more than 100 columns", f"{LINE}:18"),
        (
            "p { background: repeating-linear-gradient(red 9px, blue 9.01px); }",
            "too often",
            f"{LINE}:17",
        ),
        (
            "p { background: repeating-radial-gradient(red, blue 1e-30px); }",
            "too often",
            f"{LINE}:17",
        ),
        ("p { grid-column: 1 / 101; }", "more than 100 columns", f"{LINE}:22"),
        ("p { columns: " + "9" * 500_0 + "; }", "40 digits", f"{LINE}:14"),
        ("p::before { content: " + '"word" ' * 20_000 + "; }", "more than 4,000", f"{LINE}:13"),
        ("p::before { content: '" + "w" * 5_000 + "'; }", "more than 4,000", f"{LINE}:13"),
        ("a " * 5_000 + "{ }", "more than 4,000", f"{LINE}:1"),
        ("a " * 101 + "{ }", "a selector of 101 parts", f"{LINE}:203"),
        ("@media print { b, " + "a>" * 100 + "a { } }", "a selector of 101 parts", f"{LINE}:221"),
        (f":root {{ --a0: x x; {EXPLODING} }}", "with its variables", f"{LINE}:234"),
        ("a { --a: var(--b); } b { --b: var(--a); }", "`--b` refers to itself", f"{LINE}:5"),
        ("a { --a: var(--a) }", "`--a` refers to itself", f"{LINE}:5"),
        ("@page { size: 0 0; }", "paper of `0` has no room", f"{LINE}:15"),
        ("@page { size: 148mm 0.1in; }", "paper of `0.1in`", f"{LINE}:21"),
        ("@PAGE front { margin: 0; SIZE: -5pt }", "paper of `-5pt`", f"{LINE}:32"),
        ("p { " + "& & & & & & & & & {" * 4 + "}" * 5, "copies of a selector", f"{LINE}:61"),
        ("p { " + "& & i, & & i, & & b {" * 3 + "}" * 4, "copies of", f"{LINE}:46"),
    ],
)
def test_what_is_too_much_is_refused_at_its_place(
    css: str, says: str, at: str, garden: Bench
) -> None:
    message, place = excess(garden, css)
    assert says in message
    assert place == f"{LOOK}:{at}"


@pytest.mark.parametrize(
    ("css", "character"),
    [
        (r'p::before { content: "\d800"; }', "U+D800"),
        (r'p::before { content: "\1b[31m"; }', "U+001B"),
        (r'p::before { content: "\ffff"; }', "U+FFFF"),
        (r"p { font-family: a\dfff; }", "U+DFFF"),
        (r"@\1 x { }", "U+0001"),
    ],
)
def test_a_character_that_nobody_can_print_is_refused(
    css: str, character: str, garden: Bench
) -> None:
    message, _ = excess(garden, css, "css-character")
    assert character in message


def test_a_calculation_may_divide_and_a_color_be_transparent(garden: Bench) -> None:
    css = "p { width: calc(9mm / 2); color: rgb(0 0 0 / 0); columns: 2; border-radius: 1px / 0; "
    css += "grid: auto / repeat(50, 1fr 2fr); grid-row: span 9; "
    css += "background: repeating-linear-gradient(45deg, red 0 1px, blue 1px 2px) }"
    garden.append(LOOK, css)
    assert read_styles(garden.folder, "print")[1] == []


def test_a_style_sheet_of_30_megabytes_is_not_read(garden: Bench) -> None:
    garden.write(LOOK, "a { color: red }\n" * 2_000_000)
    finding = only(read_styles(garden.folder, "print")[1], "css-file")
    assert "34,000,000 bytes, more than 262,144" in finding.message
    assert str(finding.place) == "styles/main.css:2:1"


def test_a_style_sheet_that_is_not_there_is_one_finding(garden: Bench) -> None:
    garden.append("styles/main.css", '@import "tokens.css";\n')
    garden.append(LOOK, "p { color: var(--ink); margin: var(--gap) }\n")
    (finding,) = read_styles(garden.folder, "print")[1]
    assert (finding.code, str(finding.place)) == ("css-file", "styles/main.css:3:1")


def test_many_style_sheets_are_too_much_together(garden: Bench) -> None:
    for number in range(3):
        garden.append("styles/main.css", f'@import "{number}.css";\n')
        garden.write(f"styles/{number}.css", "/*" + "x" * 100_000 + "*/")
    finding = only(read_styles(garden.folder, "print")[1], "css-limit")
    assert "together" in finding.message
    assert str(finding.place) == "styles/main.css:5:1"


def test_a_long_row_of_imports_ends(garden: Bench) -> None:
    garden.append("styles/main.css", '@import "0.css";\n')
    for number in range(1_100):
        garden.write(f"styles/{number}.css", f'@import "{number + 1}.css";')
    finding = only(read_styles(garden.folder, "print")[1], "css-limit")
    assert finding.place.file == "styles/31.css"


@pytest.mark.parametrize("file", [LOOK, "styles/main.css", "styles/editions/print.css"])
def test_a_device_or_a_pipe_is_no_style_sheet(file: str, garden: Bench) -> None:
    path = garden.folder / file
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    findings = read_styles(garden.folder, "print")[1]
    assert only(findings, "css-file").message == f"`{PurePath(file)}`: this is not a file"


@pytest.mark.parametrize(
    "css",
    [
        "p { " + "span {" * 20 + "}" * 21,
        "p { z-index: 100000; margin: -1000px; }",
        ".none::before { content: '" + "w" * 3_000 + "\\a'; }",
        ":root { --a: var(--leaf); --b: var(--a) var(--a); }",
        "@page { size: 20px 50mm; }",
        "p { &:hover, &:focus { color: red } }",
        ".none { background: url('data:image/png;base64," + "A" * 9_000 + "'); }",
    ],
)
def test_what_a_book_may_need_is_not_too_much(css: str, garden: Bench) -> None:
    garden.append(LOOK, css)
    assert read_styles(garden.folder, "print")[1] == []


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("calc(1px * pow(10, 400))", "`pow(10, 400)` comes to no number"),
        ("calc(1px * pow(var(--leaves), 400))", "`pow(var(--leaves), 400)` comes to no number"),
        ("calc(1px * pow(10, 300))", "`pow(10, 300)` comes to more than 100,000"),
        ("calc(1px * sqrt(-1))", "`sqrt(-1)` comes to no number"),
        ("calc(1px * exp(1000))", "`exp(1000)` comes to no number"),
        ("calc(1px * log(0))", "`log(0)` comes to no number"),
        ("calc(1px * tan(90deg))", "`tan(90deg)` comes to more"),
        ("mod(1px, 0px)", "`mod(1px, 0px)` comes to no number"),
        ("round(1em, 0em)", "`round(1em, 0em)` comes to no number"),
        ("calc(1px +)", "`calc(1px +)` comes to no number"),
        ("max(1px, calc(1px * sqrt(-1)))", "`sqrt(-1)` comes to no number"),
    ],
)
def test_a_calculation_that_comes_to_no_number_is_refused_at_its_place(
    value: str, says: str, garden: Bench
) -> None:
    garden.append(LOOK, ":root { --leaves: 10 }\n.none { width: " + value + "; }")
    (finding,) = unsolvable(garden)
    assert (finding.code, finding.message.startswith(says)) == ("css-limit", True)
    column = 1 + len(".none { width: ") + value.index(finding.message.split("`")[1])
    assert str(finding.place) == f"{LOOK}:{LINE + 1}:{column}"


def test_what_the_renderer_can_solve_is_not_refused(garden: Bench) -> None:
    good = ("round(up, 2.5px, 1px)", "clamp(1px, 2em, 3%)", "calc(100% - 3mm)", "hypot(3px, 4px)")
    more = (
        "calc(var(--nowhere) * 2)",
        "calc(1px * sin(1e4))",
        "min(1fr, 2px)",
        "calc(1px * asin(2))",
    )
    garden.append(LOOK, "".join(f".none {{ width: {value}; }}" for value in (*good, *more)))
    assert unsolvable(garden) == []


def test_a_build_says_where_a_calculation_has_no_end(garden: Bench) -> None:
    garden.append(LOOK, "p { width: calc(1px * sqrt(-1)); }")
    finding = only(garden.build().findings, "css-limit")
    assert str(finding.place) == f"{LOOK}:{LINE}:23"


@pytest.mark.parametrize("asked", ["var(--x)", "calc(1px)", "", "[--x]", "1px"])
def test_a_variable_without_a_name_is_answered(asked: str, garden: Bench) -> None:
    garden.append(LOOK, f"p {{ margin: var({asked}) }}")
    assert "no variable's name" in only(garden.build().findings, "css-variable").message


@pytest.mark.slow_but_first
@pytest.mark.parametrize("sheet", ["web", "newsletter", "epub"])
@pytest.mark.parametrize(
    ("slip", "says"),
    [
        ("font-szie: 9px", "there is no property `font-szie`"),
        ("margin: 3pxx", "there is no unit `pxx`"),
        ("color: #12345", "`#12345` is no colour"),
    ],
)
def test_a_slip_is_found_in_what_the_renderer_never_sees(
    sheet: str, slip: str, says: str, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "styles", tmp_path / "styles")
    shutil.copytree(ROOT / "fonts", tmp_path / "fonts")
    css = f"@media print {{ .x {{ cursor: help;\n  {slip}; mso-x: 1 }} }}\n"
    main = tmp_path / f"styles/{sheet}/main.css"
    at = main.read_text(encoding="utf-8").count("\n") + 2
    main.write_text(main.read_text(encoding="utf-8") + css, encoding="utf-8")
    findings: dict[str, Callable[[], Sequence[Finding]]] = {
        "web": lambda: web_styling.make_look(tmp_path, ["words"])[1],
        "newsletter": lambda: read_mail_styles(tmp_path, ["words"])[1],
        "epub": lambda: epub_styling.make_look(tmp_path, ["words"]).findings,
    }
    (finding,) = findings[sheet]()
    assert str(finding.place) == f"styles/{sheet}/main.css:{at}:3"
    assert says in finding.message


def told(css: str) -> list[str]:
    """Return what is said of a style sheet that the renderer never sees."""
    return [one.message for one in browser_findings([StyleFile(PurePath("x.css"), css)])]


@pytest.mark.parametrize(
    "slip",
    [
        *("margin: 3 mm", "margin: 3,5mm", "margin-top: 3", "color: blu", "color: 1a2b3c"),
        *("color: rgb(1,2)", "color: --ink", "color: red !importnt", "color:: red", "font: bold"),
        *("width: calc(100%-3mm)", "width: clac(100% - 3mm)", "display: blok", "--x: #12345"),
        *("text-align: centre", "font-weight: blod", "line-height: 1,5", "opacity: 0,5"),
        *("content: \u201cx\u201d", "border: 1px solid redd", "color: red important"),
    ],
)
def test_a_value_that_no_browser_understands_is_told_once(slip: str) -> None:
    assert len(told(f".a {{ {slip} }}")) == 1


@pytest.mark.parametrize(
    "selector",
    ["..a", ".1a", ".a::beforre", ".a:hovr", "<!-- a note --> .a", ".a >> > .b", ".a,"],
)
def test_a_selector_that_is_none_is_told_once(selector: str) -> None:
    assert len(told(f"{selector} {{ color: red; }}")) == 1


@pytest.mark.parametrize(
    "css",
    [
        ".a { &:hover { color: red } > li { margin: 0 } .b & { order: 1 } }",
        "a:is(.x, .y):has(> [hidden]) li:nth-child(2n+1 of .k) { color: red }",
        "a[x='y' i]::part(foo):hover, ::view-transition-old(x) { color: red }",
        "@keyframes x { from { color: red } 50% { margin: 3px } }",
        "@container (min-width: 3px) { .a { color: light-dark(red, blue); color: CanvasText } }",
        "@font-face { font-family: X; src: url(x.woff2) format('woff2'); unicode-range: U+26 }",
        "@supports (display: grid) { .a { width: stretch; all: unset; aspect-ratio: 3/4 } }",
        ".a { margin: revert; display: -webkit-box; font: caption; font: inherit; zoom: 1 }",
        ".a { width: env(safe-area-inset-top, 3px); transition: all .3s ease; line-height: 3 }",
        ".a { transform: scaleX(2) translateZ(0); filter: drop-shadow(0 0 2px #0003); order: -1 }",
        ".a { color: rgb(from red r g b); background: rgb(0 0 0 / .5); inset: 0; width: 3dvh }",
        ".a { --a: 3; width: calc(var(--a) * 3px); height: clamp(1rem, 2vw + 3px, 3rem) }",
        ".a { mso-line-height-rule: exactly; mso-padding-alt: 3px; -webkit-x: 3foo; color: red }",
        ".a { grid-template: 'a b' 1fr / 2fr 1fr; color: color-mix(in lab, red, tan) }",
        "@namespace epub 'x'; [epub|type~='y'] b, epub|a, *|a { color: red }",
        ".a { content: '\u201c'; stroke-dasharray: 1,5; border: 1px solid CanvasText; --x: 1,5 }",
        "*, *::before, a:focus-visible:not(:first-child) { outline: auto; caret-color: auto }",
    ],
)
def test_css_that_browsers_know_and_the_renderer_does_not_is_right(css: str) -> None:
    assert told(css) == []


@pytest.mark.parametrize(
    ("css", "code"),
    [
        ("{ color: red }", "css-syntax"),
        ("a {{ color: red }}", "css-syntax"),
        ("@media print { { color: red } }", "css-syntax"),
        ("*| { color: red }", "css-style"),
    ],
)
def test_a_block_without_a_selector_is_one_finding(css: str, code: str) -> None:
    style = StyleFile(PurePath("styles/web/base.css"), css)
    found = [*find_css_mistakes([style]), *browser_findings([style])]
    assert [finding.code for finding in found] == [code]
    assert not Cascade([style], SCREEN).hidden("<p>x</p>")[2]


def test_a_disk_that_is_full_is_no_mistake_of_a_style_sheet() -> None:
    def read(text: str) -> None:
        if text:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))

    with pytest.raises(OSError, match="too large"):
        read_sheet(StyleFile(PurePath("styles/a.css"), "a { color: red }"), read)
