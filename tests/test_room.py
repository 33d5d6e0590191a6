"""What an error about room or sight names: the variable, or the line of the styles, to change."""

from pathlib import PurePath
from typing import Any

import pytest

from cheatsheet.pdf.layout import make_section
from cheatsheet.pdf.section import RELOCATION, SectionFile, read_style_set, unpack_section
from cheatsheet.reader.opening import read_pdf
from cheatsheet.reader.pypdf_view import PypdfView
from cheatsheet.reader.words import printed_number, without_number
from cheatsheet.stylesheets import (
    StyleFile,
    places_of_colour,
    places_of_crowding,
    places_of_fading,
    places_of_moving,
    places_of_shrinking,
    read_styles,
)
from conftest import Bench, only

LOOK = "styles/look.css"
HTML = '<!DOCTYPE html><html lang="en"><head><title>Room</title></head><body>{}</body></html>'
LONG = "<p>" + "And so on and on. " * 900 + "</p>"


def lay_out(garden: Bench, css: str, elements: str) -> SectionFile:
    """Return the section file of elements in the garden's styles, and some more from line 15."""
    garden.append(LOOK, css)
    style_set = read_style_set(garden.folder, read_styles(garden.folder, "print")[0])
    return unpack_section(make_section(style_set, HTML.format(elements)))


@pytest.mark.parametrize(
    ("css", "elements", "room"),
    [
        (":root { --box: 2mm; }\nul { height: var(--box); }", "<ul><li>A<li>B</ul>", ("--box", 9)),
        (":root { --box: 2mm; }\nul { height: calc(2 * var(--box)); }", "<ul><li>A<li>B</ul>", ()),
        (":root { --size: 9pt; }\nhtml { font-size: var(--size); }", LONG, ("--size", 9)),
        (":root { --line: 1.5; }\np { line-height: var(--line); }", LONG, ("--line", 9)),
        (":root { --text: 9pt; }\np { font: var(--text) Vollkorn; }", LONG, ("--text", 9)),
        ("p { color: var(--leaf); }", LONG, None),
    ],
)
def test_a_section_names_the_variable_that_gives_it_room(
    css: str, elements: str, room: Any, cold_garden: Bench
) -> None:
    file = lay_out(cold_garden, css, elements)
    name, column = room or ("--box", 9)
    wanted = "" if room is None else f"`{name}` ({LOOK}:15:{column})"
    assert file.room == wanted
    assert file.overflow_mm(1) > 0


@pytest.mark.parametrize(("lines", "mm"), [(3, 0), (4, 1), (5, 11), (9, 51)])
def test_the_millimetres_are_those_that_are_missing_and_not_those_that_run_over(
    lines: int, mm: float, cold_garden: Bench
) -> None:
    css = "p { line-height: 10mm; break-inside: avoid; } p, body { margin: 0; }"  # on 189 mm
    two = (f"<p>{'Line<br>' * number}</p>" for number in (15, lines))
    assert lay_out(cold_garden, css, "".join(two)).overflow_mm(1) == pytest.approx(mm, abs=0.1)


@pytest.mark.parametrize("how", ["margin-left: var(--far)", "width: var(--far)"])
def test_a_text_off_the_page_names_the_variable_that_puts_it_there(
    how: str, cold_garden: Bench
) -> None:
    css = f":root {{ --far: 200mm; }}\np {{ {how}; text-align: right; }}"
    finding = only(list(lay_out(cold_garden, css, "<p>Rose</p>").findings), "layout-off-page")
    assert f"change `--far` ({LOOK}:15:9)" in finding.hint


@pytest.mark.parametrize(
    ("where", "is_off"),
    [
        ("left: 220mm", True),
        ("top: -60mm", True),
        ("top: 300mm", True),
        ("left: -25mm", False),
        ("top: 0", False),
    ],
)
def test_a_picture_off_the_page_is_found_and_one_that_bleeds_is_not(
    where: str,
    is_off: bool,  # noqa: FBT001 - pytest gives it
    cold_garden: Bench,
) -> None:
    css = f"svg {{ position: absolute; {where}; width: 50mm; height: 50mm; }}"
    found = lay_out(cold_garden, css, '<p>Rose</p><svg viewBox="0 0 9 9"><rect/></svg>').findings
    assert [finding.message for finding in found] == ["a picture is off the paper"] * is_off


@pytest.mark.parametrize(
    ("css", "place"),
    [
        ("p { letter-spacing: -1em; }", "15:5"),
        ("p { letter-spacing: -4pt; }", "15:5"),
        ("p { word-spacing: -2mm; }", "15:5"),
        (":root { --track: -.5em; }\np { letter-spacing: var(--track); }", "15:9"),
        ("body { letter-spacing: -12px; }", "15:8"),
    ],
)
def test_letters_set_over_each_other_are_one_finding_at_the_line_of_the_styles(
    css: str, place: str, cold_garden: Bench
) -> None:
    elements = "<h1>Compost</h1><p>And so on.</p><p>And <b>so</b> on and on.</p>"
    (finding,) = lay_out(cold_garden, css, elements).findings
    assert finding.code == "layout-crowded"
    assert str(finding.place) == f"{LOOK}:{place}"


@pytest.mark.parametrize("spacing", ["letter-spacing: -.05em", "word-spacing: -.1em; top: 0"])
def test_letters_may_be_set_a_little_closer(spacing: str, cold_garden: Bench) -> None:
    assert not lay_out(cold_garden, f"p {{ {spacing}; }}", "<p>And so on.</p>").findings


@pytest.mark.parametrize(
    "link",
    [
        "<a href='#x'>Compost<span>&nbsp;2</span></a>",
        "<a href='#x'>Compost<br>2</a>",
        "<a href='#x'>Compost<span style='float: right'>2</span></a>",
        "<a href='#x' style='display: block'>Compost<span style='display: block'>2</span></a>",
        "<a href='#x' style='display: flex'><span>Compost</span><span>2</span></a>",
        "<a href='#x'><span style='float: left'>2</span> Compost</a>",
    ],
)
def test_a_link_is_over_its_words_however_its_number_is_placed(
    link: str, cold_garden: Bench
) -> None:
    other = link.replace("Compost", "\u00c9\u00c5clair").replace("#x", "#y").replace("2", "3")
    file = lay_out(cold_garden, "", f"<p>{link}</p>\n<p style='margin: 0'>{other}</p>")
    with read_pdf(file.pdf) as pdf:
        assert isinstance(pdf, PypdfView)
        words = [(one.uri, one.words) for one in pdf.links]
    for target, name, number in (("x", "compost", "2"), ("y", "\u00e9\u00e5clair", "3")):
        under = " ".join(said for uri, said in words if uri == RELOCATION + target)
        assert printed_number(under, "(p. {page})", number) == number, words
        assert without_number(under, "(p. {page})", number) == name, words


def styled(css: str) -> list[StyleFile]:
    return [StyleFile(PurePath(LOOK), css)]


WHITE = (255, 255, 255)


@pytest.mark.parametrize(
    ("look", "css", "places"),
    [
        (lambda s: places_of_colour(s, WHITE), ":root { --ink: #ffffff; }", ["1:9"]),
        (lambda s: places_of_colour(s, WHITE), "p { margin: 0; color: white }", ["1:16"]),
        (lambda s: places_of_colour(s, WHITE), "p { b { color: rgb(255 255 255) } }", ["1:9"]),
        (
            lambda s: places_of_colour(s, WHITE),
            "p { color: #fff }\ni { color: #FFF }",
            ["1:5", "2:5"],
        ),
        (lambda s: places_of_colour(s, WHITE), "p { background: white; color: #fefefe }", []),
        (places_of_fading, "p { opacity: 0 }", ["1:5"]),
        (places_of_fading, "p { color: transparent }", ["1:5"]),
        (places_of_fading, ":root { --ink: rgb(0 0 0 / 5%) }", ["1:9"]),
        (places_of_fading, "p { opacity: 1; color: black; background: transparent }", []),
        (places_of_shrinking, "p { transform: scale(.1) }", ["1:5"]),
        (places_of_shrinking, "p { font: 1pt Vollkorn }", ["1:5"]),
        (places_of_shrinking, "p { font-size: .3mm }", ["1:5"]),
        (places_of_shrinking, "p { font: 9pt Vollkorn; margin: 1pt; transform: scale(2) }", []),
        (places_of_crowding, "p { line-height: .3 }", ["1:5"]),
        (places_of_crowding, "p { line-height: 30% }", ["1:5"]),
        (places_of_crowding, "p { line-height: 1.2; opacity: .5 }", []),
        (places_of_crowding, "p { line-height: .3 }\ni { margin-top: -20pt }", ["2:5", "1:5"]),
        (places_of_crowding, "p { position: absolute; top: 60pt; left: 0 }", ["1:25", "1:5"]),
        (places_of_crowding, "p { margin: 0 0 -1cm; translate: 0 9mm }", ["1:5", "1:23"]),
        (places_of_crowding, "p { text-indent: -5em; height: 2mm }", ["1:5", "1:24"]),
        (
            places_of_moving,
            "p { transform: translateY(-2em); inset: 1in 0 }",
            ["1:5", "1:34"],
        ),
        (places_of_moving, "p { margin: 20pt; top: 1pt; right: -0.1em; line-height: 0 }", []),
    ],
)
def test_what_makes_a_text_hard_to_see_has_a_place(look: Any, css: str, places: list[str]) -> None:
    assert [f"{place.line}:{place.column}" for place in look(styled(css))] == places
