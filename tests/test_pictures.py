"""Drawings: what is measured is what is printed, and a drawing can harm nobody."""

import re
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib.tables._g_l_y_f import Glyph

from cheatsheet.drawings import (
    LabelFonts,
    blank_drawing,
    check_drawing,
    coloured_drawing,
    drawing_in_rows,
    label_fonts,
    motif_drawing,
    trimmed_drawing,
)
from cheatsheet.drawings.drawing import SVG, parse_drawing
from cheatsheet.drawings.geometry import distance, is_inside
from cheatsheet.drawings.outlines import path_outlines
from cheatsheet.drawings.painting import Label, Shape, painted
from cheatsheet.drawings.rows import NARROWEST
from cheatsheet.drawings.turning import meeting
from cheatsheet.drawings.vocabulary import COLOURS
from cheatsheet.stylesheets import (
    StyleFile,
    book_colours,
    declared_faces,
    declared_tokens,
    read_styles,
    resolve_token,
)
from conftest import ROOT, Bench, Built, alt_of, codes

COMPOST = "content/pictures/compost.svg"
STYLES = read_styles(ROOT, "print")[0]
TOKENS = declared_tokens(STYLES)
FAMILY = "Bricolage Grotesque"
FILES = {f.weight: f.file for f in declared_faces(STYLES) if f.family == FAMILY}
FOREIGN = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 297" width="210mm"
 xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" inkscape:version="1.3.2">
<g inkscape:label="Layer 1" inkscape:groupmode="layer">
<rect style="fill:none" x="1" y="1" width="9" height="9"/>
<rect style="fill:none" x="1" y="1" width="9" height="9" fill="#f00"/>
<path style="fill:none" d="M1 1h9" fill="#f00"/>
</g></svg>
"""
NO_FONTTOOLS = """
import sys
import cheatsheet.cli
assert not {"fontTools.ttLib", "fontTools.svgLib.path"} & sys.modules.keys()
"""


def drawing(inner: str) -> str:
    return blank_drawing().replace("</svg>", f"{inner}</svg>")


def fonts() -> LabelFonts:
    found = label_fonts(*((weight, (ROOT / file).read_bytes()) for weight, file in FILES.items()))
    assert found is not None
    return found


def found_in(inner: str, width_mm: float = 118) -> set[str]:
    return codes(list(check_drawing("one.svg", drawing(inner), fonts(), width_mm)))


def shapes_of(inner: str) -> list[Shape]:
    root = parse_drawing("one.svg", drawing(inner)).root
    assert root is not None
    return [thing for thing in painted(root) if isinstance(thing, Shape)]


def only_label(inner: str) -> Label:
    root = parse_drawing("one.svg", drawing(inner)).root
    assert root is not None
    (label,) = (thing for thing in painted(root) if isinstance(thing, Label))
    return label


def alternatives(element: Any) -> Iterator[str]:
    """Yield the alternative texts in a PDF's structure (ISO 32000-1, 14.7.2)."""
    if isinstance(element, dict):
        if "/Alt" in element:
            yield str(element["/Alt"])
        kids = element.get("/K", ())
        kids = kids.get_object() if hasattr(kids, "get_object") else kids
        for kid in kids if isinstance(kids, list) else [kids]:
            yield from alternatives(kid.get_object() if hasattr(kid, "get_object") else kid)


# What the styles say.


def test_the_book_says_in_what_its_drawings_are_printed() -> None:
    assert resolve_token("picture-sans-serif", TOKENS).strip('"') == FAMILY
    assert {500, 700, 800} <= FILES.keys()
    assert resolve_token("picture-width", TOKENS) == "174mm"


def test_every_colour_of_a_drawing_is_a_token_and_a_category_has_its_own() -> None:
    colours = book_colours(TOKENS, "engine-room")
    assert all(f"--picture-{name}" in TOKENS for name in COLOURS)
    assert colours["royalblue"] == TOKENS["--category-engine-room-tab"]
    assert colours["lavender"] == TOKENS["--category-engine-room-tint"]
    assert colours["black"] == TOKENS["--ink"]


def test_variables_that_lead_in_a_circle_lead_nowhere() -> None:
    assert resolve_token("a", {"--a": "var(--b)", "--b": "var(--a)"}) == ""


def test_without_tokens_a_colour_is_itself() -> None:
    assert book_colours({}, "soil") == {name: name for name in (*COLOURS, "sans-serif")}


# What is printed.


def test_a_drawing_for_print_has_the_books_colours_and_fonts_alone() -> None:
    text = drawing(
        '<desc>the heap</desc><g id="heap" stroke="royalblue"><path d="M1 1h5"/></g>'
        '<text x="100" y="20" text-anchor="middle">a &amp; b<tspan x="100" dy="9">c</tspan></text>'
    )
    printed = coloured_drawing("one.svg", text, book_colours(TOKENS, "engine-room"), fonts())
    root = ET.fromstring(printed)  # noqa: S314 - our own text
    assert root.get("fill") == TOKENS["--ink"]
    assert [e.text for e in root.iter(f"{{{SVG}}}text")] == ["a & b", "c"]
    assert "royalblue" not in printed
    assert "sans-serif" not in printed
    assert "the heap" not in printed
    assert "text-anchor" not in printed


@pytest.mark.parametrize(
    ("left", "width", "frame"),
    [
        (4, 328, "4.00 1.00 328.00 82.00"),  # its ink reaches from edge to edge of the frame
        (200, 100, "97.27 3.82 305.45 76.36"),  # but nothing is more than 1.1 times as large
    ],
)
def test_the_ink_of_a_drawing_on_a_page_meets_the_texts_edges(
    left: int, width: int, frame: str
) -> None:
    text = drawing(f'<rect x="{left}" y="22" width="{width}" height="40" fill="black"/>')
    colours = book_colours({}, "soil")
    root = ET.fromstring(trimmed_drawing("one.svg", text, colours, fonts()))  # noqa: S314 - our own text
    assert root.get("viewBox") == frame
    assert [root.get("width"), root.get("height")] == frame.split()[2:]


def test_a_drawing_that_cannot_be_measured_is_as_it_was_drawn() -> None:
    colours = book_colours({}, "soil")
    for inner, known in (('<rect width="9" height="9"/>', None), ("", fonts())):
        text = drawing(inner)
        whole = coloured_drawing("one.svg", text, colours, known)
        assert trimmed_drawing("one.svg", text, colours, known) == whole


def motif_in(inner: str) -> str:
    return motif_drawing("one.svg", drawing(inner), book_colours({}, "soil"), 4)


@pytest.mark.parametrize("size", [6, 60])
def test_every_motif_is_as_large_as_any_other_and_has_one_pen(size: int) -> None:
    own = (
        f'<rect x="9" y="9" width="{size}" height="{size / 2}" stroke="black" stroke-width="1.2"/>'
    )
    root = ET.fromstring(motif_in(f'<g id="motif">{own}</g>'))  # noqa: S314 - our own text
    one = float(root.attrib["viewBox"].split()[2]) / 100
    assert float(root.attrib["width"]) == pytest.approx(100)
    assert float(root.attrib["height"]) == pytest.approx(52)
    assert float(root[0][0].attrib["stroke-width"]) == pytest.approx(4 * one, abs=0.01)


def test_a_motif_has_neither_labels_nor_what_is_outside_its_group() -> None:
    own = '<g><path d="M5 5h9"/></g><text x="1" y="9">no</text>'
    drawn = motif_in(f'<path d="M1 1h1"/><g id="motif">{own}</g><circle cx="50" cy="50" r="3"/>')
    assert drawn.count("<path") == 1
    assert "text" not in drawn
    assert "circle" not in drawn


@pytest.mark.parametrize("inside", ["", '<text x="1" y="9">a</text>'])
def test_a_drawing_may_have_no_motif(inside: str) -> None:
    assert motif_in("") == ""
    assert motif_in(f'<g id="motif">{inside}</g>') == ""


def test_a_drawing_in_two_rows_has_each_label_once_and_uncut() -> None:
    text = drawing(
        '<path d="M5 80H330" stroke="black" stroke-width="1.2"/>'
        '<text x="9" y="20">left</text><text x="230" y="20">right</text>'
    )
    root = ET.fromstring(drawing_in_rows("one.svg", text, book_colours({}, "soil"), fonts()))  # noqa: S314
    first, second = root
    assert [e.text for e in first.iter(f"{{{SVG}}}text")] == ["left"]
    assert [e.text for e in second.iter(f"{{{SVG}}}text")] == ["right"]
    assert float(root.attrib["width"]) == NARROWEST  # and no label is larger than in the text
    assert len(list(root.iter(f"{{{SVG}}}path"))) == 2


def test_in_two_rows_a_frame_is_closed_and_nothing_small_is_cut() -> None:
    text = drawing(
        '<rect x="4" y="4" width="328" height="76" fill="none" stroke="black" stroke-width="1.2"/>'
        '<circle cx="172" cy="40" r="12"/><text x="160" y="70">here</text>'
    )
    root = ET.fromstring(drawing_in_rows("one.svg", text, book_colours({}, "soil"), fonts()))  # noqa: S314
    frames = [next(row.iter(f"{{{SVG}}}rect")).attrib for row in root]
    for row, frame in zip(root, frames, strict=True):
        left, _, width, _ = (float(n) for n in row.attrib["viewBox"].split())
        assert left < float(frame["x"])
        assert float(frame["x"]) + float(frame["width"]) < left + width
    assert len(list(root.iter(f"{{{SVG}}}circle"))) == 1


def test_in_two_rows_a_group_stays_whole_and_the_rule_between_two_goes() -> None:
    circles = [f'<circle cx="{x}" cy="40" r="4"/>' for x in (20, 176, 200, 320)]
    rule = '<path d="M185 4V80" fill="none" stroke="silver" stroke-width="0.6"/>'
    text = drawing(f'<g id="a">{"".join(circles[:2])}</g>{rule}<g>{"".join(circles[2:])}</g>')
    root = ET.fromstring(drawing_in_rows("one.svg", text, book_colours({}, "soil"), fonts()))  # noqa: S314
    rows = [[c.attrib["cx"] for c in row.iter(f"{{{SVG}}}circle")] for row in root]
    assert rows == [["20", "176"], ["200", "320"]]
    assert not list(root.iter(f"{{{SVG}}}path"))


BOXES = (
    '<rect x="10" y="{y}" width="60" height="20"/><rect x="266" y="{y}" width="60" height="20"/>'
)


def in_rows(shapes: str) -> ET.Element:
    """Return a drawing of shapes in two rows, with an arrow's colour as its own."""
    colours = book_colours({}, "soil")
    return ET.fromstring(drawing_in_rows("one.svg", drawing(shapes), colours, fonts()))  # noqa: S314


ARROW = '<path d="{d}" fill="none" stroke="{colour}" stroke-width="1.2"/>'
THERE, BACK = (
    "M78 24L250 24M246.6 26.1L250 24L246.6 21.9",
    "M258 66L86 66M89.4 68.1L86 66L89.4 63.9",
)


def test_the_label_alone_with_an_arrow_turns_with_it_and_stands_beside_it() -> None:
    groups = "".join(
        f'<g><text x="{x}" y="{y}">{words}</text>{ARROW.format(d=d, colour=colour)}</g>'
        for x, y, words, colour, d in (
            (90, 18, "there", "royalblue", THERE),
            (200, 78, "back", "dimgray", BACK),
        )
    )
    first, there, said, back, answered, second = in_rows(BOXES.format(y=35) + groups)
    labels = ["".join(one.itertext()).strip() for one in (first, said, answered, second)]
    assert labels == ["", "there", "back", ""]
    begins = [[float(n) for n in re.findall(r"[\d.]+", one.attrib["d"])] for one in (there, back)]
    for (x, top, bottom, *_), words in zip(begins, (said, answered), strict=True):
        middle = float(words.attrib["y"]) + float(words.attrib["height"]) / 2
        assert top < middle < bottom
        assert x < float(words.attrib["x"]) < x + 12
    assert begins[0][2] < begins[1][1]


def test_the_lower_row_stands_under_what_an_arrow_comes_from() -> None:
    boxes = "".join(
        f'<rect x="{x}" y="30" width="{width}" height="30"/>'
        for x, width in ((4, 96), (110, 30), (250, 80))
    )
    arrow = ARROW.format(d="M144 45L242 45M238.6 47.1L242 45L238.6 42.9", colour="black")
    first, turned, second = in_rows(boxes + arrow)
    x = float(turned.attrib["d"][1:].split()[0])
    left = float(first.attrib["x"]) + 110 - float(first.attrib["viewBox"].split()[0])
    assert left < x < left + 30
    assert float(second.attrib["x"]) < x < float(second.attrib["x"]) + 82


@pytest.mark.parametrize(
    ("lower", "slack", "stands"),
    [
        ((40, 90), (-40, 40), (0.0, 50)),  # they need not be moved, and the middle is in both
        ((64, 90), (-40, 40), (0.0, 77)),  # the middle is not: they stand amid what meets
        ((10, 40), (-60, 60), (45.0, 70)),  # under the middle of the upper one
        ((10, 40), (-40, 40), (40.0, 70)),
        ((95, 140), (-40, 40), (-40.0, 64)),
        ((10, 40), (-9, 9), (0.0, 50)),  # it cannot be moved so far
    ],
)
def test_arrows_stand_where_two_spans_meet(
    lower: tuple[float, float], slack: tuple[float, float], stands: tuple[float, float]
) -> None:
    upper = (50, 90) if lower[0] == 10 else (30, 90)
    assert meeting(upper, lower, slack, 18, 50) == pytest.approx(stands)


def test_arrows_between_what_does_not_meet_lead_from_one_to_the_other_and_do_not_cross() -> None:
    boxes = "".join(
        f'<rect x="{x}" y="20" width="{width}" height="40"/>'
        for x, width in ((4, 40), (74, 70), (190, 70), (290, 40))
    )
    there = ARROW.format(d="M148 30L186 30M182.6 32.1L186 30L182.6 27.9", colour="royalblue")
    back = ARROW.format(d="M186 50L148 50M151.4 52.1L148 50L151.4 47.9", colour="dimgray")
    first, *turned, second = in_rows(boxes + there + back)
    bends = [[float(n) for n in re.findall(r"[\d.]+", one.attrib["d"])] for one in turned]
    (x, top, level, to, bottom, *_), (beside, _, above, until, *_) = bends
    start, end = float(first.attrib["x"]), float(second.attrib["x"])
    assert start + 71 < x < beside < start + 142
    assert end < to < until < end + 72
    assert float(first.attrib["height"]) < top < level < above < bottom < float(second.attrib["y"])


@pytest.mark.parametrize(
    ("arrow", "is_down"),
    [
        ("M78 40L250 40M246.6 42.1L250 40L246.6 37.9", True),
        ("M258 40L86 40M89.4 42.1L86 40L89.4 37.9", False),
        ("M78 30Q168 8 250 34M246 34.5L250 34L248 30.6", True),
    ],
)
def test_an_arrow_from_one_row_to_the_other_turns(arrow: str, *, is_down: bool) -> None:
    path = f'<path d="{arrow}" fill="none" stroke="black" stroke-width="1.2"/>'
    first, turned, second = in_rows(BOXES.format(y=30) + path)
    assert [len(list(row)) for row in (first, second)] == [1, 1]
    top = float(first.attrib["height"])
    numbers = [float(n) for n in re.findall(r"[\d.]+", turned.attrib["d"])]
    begins, ends, tip = numbers[1], numbers[2], numbers[6]
    assert top < begins < ends < float(second.attrib["y"])
    assert tip == (ends if is_down else begins)


def test_an_arrow_within_a_row_stays_as_it_is() -> None:
    near = '<path d="M30 60L60 60M56.6 62.1L60 60L56.6 57.9" fill="none" stroke="black"/>'
    near += '<circle cx="20" cy="60" r="6"/><circle cx="72" cy="60" r="6"/>'
    first, second = in_rows(BOXES.format(y=20) + near)
    assert [len(list(row)) for row in (first, second)] == [4, 1]


def test_two_flows_one_above_the_other_are_two_rows_each() -> None:
    arrow = '<path d="M78 {y}L250 {y}M246.6 {a}L250 {y}L246.6 {b}" fill="none" stroke="black"/>'
    arrows = [arrow.format(y=y, a=y + 2.1, b=y - 2.1) for y in (15, 65)]
    root = in_rows(BOXES.format(y=5) + BOXES.format(y=55) + "".join(arrows))
    lefts = [row[0].attrib["x"] for row in root if row.tag == f"{{{SVG}}}svg"]
    assert lefts == ["10", "266", "10", "266"]
    assert sum(one.tag == f"{{{SVG}}}path" for one in root) == 2


@pytest.mark.parametrize("anchor", ["start", "middle", "end"])
def test_a_label_is_printed_where_it_was_measured(anchor: str, tmp_path: Path) -> None:
    """The letters' ink in the PDF lies within a px of the box that lint measures."""
    from cheatsheet.build.proof import PIXELS_PER_UNIT  # noqa: PLC0415
    from cheatsheet.layout.pictures import STRIP  # noqa: PLC0415 - the renderer
    from cheatsheet.pdf.making import make_alone  # noqa: PLC0415
    from cheatsheet.reader.raster import page_pictures  # noqa: PLC0415

    inner = f'<text x="168" y="40" text-anchor="{anchor}" font-size="20">Hamburg type</text>'
    label, face = only_label(inner), fonts().nearest(500)
    above, below = (reach * label.size for reach in face.reach(label.words))
    left = label.left(fonts())
    svg = coloured_drawing("one.svg", drawing(inner), book_colours(TOKENS, "x"), fonts())
    faces = [StyleFile(s.file, s.text) for s in STYLES if s.file.name == "fonts.css"]
    shutil.copytree(ROOT / "fonts", tmp_path / "fonts")
    address = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    page = (
        '<html lang="en"><title>t</title><style>body, p { margin: 0 }</style>'
        f'<p class="picture"><img alt="words" src="{address}"></p>'
    )
    sheet, findings = make_alone(tmp_path, [*faces, STRIP.styles], page)
    assert sheet is not None, findings
    with page_pictures(sheet.pdf) as pictures:
        ink = pictures.picture(0, PIXELS_PER_UNIT).convert("L").point(lambda v: 255 * (v < 200))
    box = [side / PIXELS_PER_UNIT for side in ink.getbbox() or ()]
    expected = [left, 40 - above, left + label.width(fonts()), 40 + below]
    assert box == pytest.approx(expected, abs=2.0)
    assert box[1] == pytest.approx(expected[1], abs=0.7)
    assert box[3] == pytest.approx(expected[3], abs=0.7)


def test_the_picture_stands_in_the_book_as_a_figure_with_its_words(built_garden: Built) -> None:
    import io  # noqa: PLC0415

    import pypdf  # noqa: PLC0415

    reader = pypdf.PdfReader(io.BytesIO(built_garden.build.data))
    alts = set(alternatives(reader.root_object["/StructTreeRoot"]))
    terms = built_garden.bench.glossary().terms
    assert {alt_of(term) for term in terms} <= alts
    page = next(p for p in reader.pages if "Compost in one breath" in p.extract_text())
    assert "peelings and leaves" in page.extract_text()


# How it is measured.


@pytest.mark.parametrize(
    ("data", "points"),
    [
        ("M1 2h3v4z", [(1, 2), (4, 2), (4, 6), (1, 2)]),
        ("m1,2 3-4", [(1, 2), (4, -2)]),
        ("M0 0L1 1 2 0", [(0, 0), (1, 1), (2, 0)]),
    ],
)
def test_a_paths_data_becomes_its_points(data: str, points: list[tuple[float, float]]) -> None:
    assert [point for outline in path_outlines(data) for point in dict.fromkeys(outline)] == (
        list(dict.fromkeys(points))
    )


@pytest.mark.parametrize(
    "data", ["", "L1 1", "M1", "M1 1 2", "M1 1 X", "M0 0A5 5 0 2 0 1 1", "M1e9 1"]
)
def test_a_path_that_cannot_be_drawn_is_refused(data: str) -> None:
    with pytest.raises(ValueError, match="a path"):
        path_outlines(data)


@pytest.mark.parametrize(
    "inner",
    [
        '<circle cx="20" cy="20" r="10"/>',
        '<ellipse cx="20" cy="20" rx="10" ry="10"/>',
        '<rect x="10" y="10" width="20" height="20" rx="3"/>',
        '<path d="M10 20a10 10 0 0 1 20 0a10 10 0 0 1 -20 0"/>',
        '<path d="M15 10C-5 40 45 40 25 10z" transform="translate(0 0)"/>',
        '<polygon points="10,20 20,10 30,20 20,30"/>',
        '<g transform="translate(20 20) rotate(90) scale(2)"><circle r="5"/></g>',
        '<circle cx="20" cy="20" r="10" transform="rotate(180 20 20)"/>',
    ],
)
def test_a_shape_is_where_svg_puts_it(inner: str) -> None:
    (shape,) = shapes_of(inner)
    assert is_inside((20, 20), shape.outlines)
    assert not is_inside((35, 35), shape.outlines)
    assert shape.box == pytest.approx((10, 10, 30, 30), abs=3)


def test_distances_are_those_of_plane_geometry() -> None:
    square = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
    assert distance([(13.0, 5.0), (20.0, 5.0)], square) == 3
    assert distance([(13.0, 14.0)], square) == 5
    assert distance([(-5.0, 5.0), (15.0, 5.0)], square) == 0
    assert distance([(4.0, 4.0), (5.0, 5.0)], square) == 0


def test_the_size_of_a_label_is_that_in_print() -> None:
    label = '<text x="20" y="30">leaf</text>'
    assert found_in(label) == set()
    assert found_in(label, width_mm=105) == {"picture-text-size"}


def test_a_bold_label_is_measured_in_the_bold_face() -> None:
    assert fonts().nearest(800).width("leaf mold") > fonts().nearest(500).width("leaf mold")
    assert fonts().nearest(600).width("leaf") in {
        fonts().nearest(500).width("leaf"),
        fonts().nearest(700).width("leaf"),
    }


def test_a_drawing_that_a_label_goes_across_stays_in_one_row() -> None:
    text = drawing('<text x="9" y="40" font-size="30">from the left to the right</text>')
    colours = book_colours({}, "soil")
    whole = coloured_drawing("one.svg", text, colours, fonts())
    assert drawing_in_rows("one.svg", text, colours, fonts()) == whole


def test_a_file_that_is_no_font_measures_nothing() -> None:
    whole = (ROOT / FILES[min(FILES)]).read_bytes()
    assert label_fonts((400, b"no font")) is None
    assert label_fonts((400, whole[:-100])) is None


def test_a_blank_drawing_has_nothing_to_fix() -> None:
    assert found_in("") == set()


# What it may not do.


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><svg>&b;</svg>',
        '<!DOCTYPE svg SYSTEM "file:///etc/passwd"><svg/>',
        '<!DOCTYPE x [<!ENTITY % e SYSTEM "https://garden.example/e">%e;]><svg/>',
    ],
)
def test_entities_are_refused_before_they_are_read(text: str) -> None:
    (finding,) = check_drawing("one.svg", text, None, None)
    assert finding.code == "picture-unsafe"


@pytest.mark.parametrize(
    "text",
    ["", "<", "<svg", "\x00", "<svg/>", "<svg xmlns='x'/>", "<a/><b/>", "&amp;", "<g>" * 5000],
)
def test_what_is_no_drawing_is_a_finding_with_a_place(text: str) -> None:
    findings = check_drawing("one.svg", text, fonts(), 118)
    assert findings
    assert all(finding.place.file == "one.svg" for finding in findings)


def test_an_address_in_the_place_of_a_number_is_not_measured() -> None:
    text = drawing('<rect x="9" y="9" width="9" height="9" rx="3tp://x" fill="black"/>')
    (finding,) = check_drawing("one.svg", text, fonts(), 118)
    assert finding.code == "picture-unsafe"


def test_an_unfinished_drawing_is_answered_wherever_it_ends() -> None:
    text = (ROOT / "tests/garden" / COMPOST).read_text(encoding="utf-8")
    for end in range(0, len(text) - 8, 7):
        assert check_drawing("one.svg", text[:end], fonts(), 118)


def test_a_command_without_drawings_does_not_load_the_font_library() -> None:
    subprocess.run([sys.executable, "-c", NO_FONTTOOLS], check=True)  # noqa: S603 - the text above


def test_a_finding_has_the_drawings_file_and_line(garden: Bench) -> None:
    garden.replace(COMPOST, "</svg>", '\n<circle cx="30" cy="30" r="5" fill="green"/>\n</svg>')
    (finding,) = garden.lint()
    assert str(finding.place) == f"{COMPOST}:9:1"


@pytest.mark.slow
def test_a_changed_drawing_costs_its_pages_alone(garden: Bench) -> None:
    assert garden.build().ok
    garden.replace(COMPOST, "peelings and leaves", "peels and leaves")
    again = garden.build()
    assert again.ok
    assert again.layouts <= 2  # an opener may show it


def test_a_drawing_of_an_editor_is_told_once_for_each_cause(garden: Bench) -> None:
    garden.write("content/pictures/compost.svg", FOREIGN)
    found = [(f.code, f.place.line, re.split(",|; and", f.message)[0]) for f in garden.lint()]
    assert [one for one in found if one[0].startswith("picture-")] == [
        ("picture-frame", 1, 'the root has viewBox="0 0 210 297"'),
        ("picture-vocabulary", 1, "`inkscape:version` is not SVG's"),
        ("picture-vocabulary", 4, "`style` is none of the attributes of <rect>"),
        ("picture-colour", 5, 'fill="#f00" is none of the book\'s colours'),
    ]


@pytest.mark.parametrize(
    ("inner", "code"),
    [
        ('<image width="9" height="9"/>', "picture-unsafe"),
        ("<script>1</script>", "picture-unsafe"),
        ("<g></h>", "picture-syntax"),
    ],
)
def test_a_drawing_of_what_none_may_have_is_not_called_blank_too(
    inner: str, code: str, garden: Bench
) -> None:
    garden.write(COMPOST, drawing(inner))
    assert [f.code for f in garden.lint() if f.code.startswith("picture-")] == [code]


def test_editions_that_are_built_at_once_may_draw_the_same_letters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = (ROOT / "fonts/vollkorn/Vollkorn-Regular.ttf").read_bytes()
    fonts = LabelFonts({400: data})
    expand = Glyph.expand

    def slowly(glyph: Glyph, table: object) -> None:
        """Give another thread its turn while a glyph is half unpacked."""
        packed = vars(glyph).pop("data", None)
        if packed is not None:
            time.sleep(0.01)
            glyph.data = packed
            expand(glyph, table)

    monkeypatch.setattr(Glyph, "expand", slowly)
    with ThreadPoolExecutor(4) as threads:
        reached = list(threads.map(fonts.nearest(400).reach, ["Hamburgefonts"] * 8))
    assert len(set(reached)) == 1
