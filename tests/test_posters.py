"""A drawing on a card: as large as it goes, its labels and its narrower row larger."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from math import prod

import pytest

from cheatsheet.book.posts import NAMES, SIZES, make_post
from cheatsheet.drawings import check_drawing, drawing_in_rows, poster_drawing, strip_drawing
from cheatsheet.drawings.drawing import SVG, parse_drawing
from cheatsheet.drawings.enlarging import STEPS, enlarge_labels
from cheatsheet.drawings.measuring import measure, place_labels
from cheatsheet.drawings.painting import painted
from cheatsheet.stylesheets import book_colours
from conftest import Bench, Built
from test_pictures import drawing, fonts

BOX = '<rect x="{x}" y="20" width="{width}" height="{height}" fill="white" stroke="black"/>'
WORDS = '<text x="{x}" y="40" text-anchor="middle">{words}</text>'
SHEET = (1080, 1350, 50, 400, 50, 46, 100, 40, 40)
LARGE = (130, 110, 90, 100)


def sizes_in(text: str) -> dict[str, float]:
    """Return the size of each label of a drawing after its labels were enlarged."""
    root = parse_drawing("one.svg", text).root
    assert root is not None
    labels, _ = place_labels(list(painted(enlarge_labels(root, fonts()))), fonts())
    return {one.label.words: one.label.size * one.label.scale for one in labels}


def in_room(inner: str, room: tuple[int, int]) -> list[dict[str, float]]:
    """Return where the rows of a drawing are in a room: x, y, width, height, and units across."""
    svg = poster_drawing("one.svg", drawing(inner), book_colours({}, "soil"), fonts(), room)
    root = ET.fromstring(svg)  # noqa: S314
    names = ("x", "y", "width", "height")
    assert [root.attrib[name] for name in names[2:]] == [str(side) for side in room]
    rows = [row for row in root if "viewBox" in row.attrib]
    spans = [{"span": float(row.attrib["viewBox"].split()[2])} for row in rows]
    return [
        {n: float(row.attrib[n]) for n in names} | span
        for row, span in zip(rows, spans, strict=True)
    ]


def test_a_label_with_room_is_larger_and_one_without_is_not() -> None:
    tight = BOX.format(x=161, width=18, height=30) + WORDS.format(x=170, words="leaf")
    free = '<text x="60" y="70">mold</text>'
    sizes = sizes_in(drawing(free + tight))
    assert sizes["mold"] == pytest.approx(7.5 * STEPS[0])
    assert sizes["leaf"] == pytest.approx(7.5)


def test_the_entries_of_a_column_have_one_size() -> None:
    labels = ("a", "a much longer entry")
    texts = "".join(f'<text x="20" y="{30 + 15 * n}">{one}</text>' for n, one in enumerate(labels))
    sizes = sizes_in(drawing(texts + BOX.format(x=100, width=9, height=40)))
    assert len(set(sizes.values())) == 1


def test_a_heading_that_is_large_already_stays_as_it_is() -> None:
    assert sizes_in(drawing('<text x="20" y="40" font-size="10.5">Rules</text>')) == {"Rules": 10.5}


def test_no_drawing_of_the_book_is_worse_with_larger_labels(book: Built) -> None:
    glossary = book.bench.glossary()
    larger = 0
    for term in glossary.terms:
        text = glossary.pictures.drawings[term.slug]
        root = parse_drawing(term.picture_file, text).root
        assert root is not None
        before = check_drawing(term.picture_file, text, fonts(), 174)
        things = list(painted(enlarge_labels(root, fonts())))
        assert [f for f in measure(things, fonts(), 174) if f not in before] == []
        larger += things != list(painted(root))
    assert larger > 60


TIGHT = {"context-window", "vector-database"}  # their labels stand too close to grow
PHONE, LEAST = 358, 12.9  # CSS pixels: a drawing on a telephone 390 px wide; a label that is read


@pytest.mark.slow
def test_no_label_is_small_on_a_narrow_screen(book: Built) -> None:
    glossary = book.bench.glossary()
    small = {
        (term.slug, words): round(size, 1)
        for term in glossary.terms
        for words, size in labels_in_rows(glossary.pictures.drawings[term.slug])
        if size < LEAST and term.slug not in TIGHT
    }
    assert small == {}


def labels_in_rows(text: str) -> Iterator[tuple[str, float]]:
    """Yield each label of a drawing in two rows, and how large it is on a narrow screen in px."""
    root = ET.fromstring(drawing_in_rows("one.svg", text, book_colours({}, "soil"), fonts()))  # noqa: S314
    shown = PHONE / float(root.attrib["width"])
    for label in root.iter(f"{{{SVG}}}text"):
        larger = [float(n) for n in re.findall(r"scale\(([\d.]+)", label.get("transform", ""))]
        yield label.text or "", prod([shown, float(label.attrib["font-size"]), *larger])


HALVES = BOX.format(x=4, width=150, height=60) + BOX.format(x=182, width=150, height=60)


def test_in_an_upright_room_the_right_part_stands_under_the_left_one() -> None:
    first, second = in_room(HALVES, (1000, 800))
    assert first["width"] == pytest.approx(second["width"])
    assert first["y"] + first["height"] < second["y"]
    assert second["y"] + second["height"] <= 800


def test_in_a_wide_room_a_drawing_is_one_row_from_edge_to_edge() -> None:
    (row,) = in_room(HALVES, (1000, 300))
    assert row["x"] == pytest.approx(0)
    assert row["width"] == pytest.approx(1000)


def test_a_narrower_row_is_larger_and_both_stay_in_the_room() -> None:
    narrow = BOX.format(x=4, width=60, height=40) + BOX.format(x=110, width=222, height=40)
    first, second = in_room(narrow, (1000, 800))
    assert first["width"] / 62 > second["width"] / 224
    assert all(row["y"] >= 0 and row["y"] + row["height"] <= 800 for row in (first, second))


NARROW_AND_WIDE = BOX.format(x=4, width=50, height=40) + BOX.format(x=134, width=198, height=40)
ARROW = '<path d="M58 40L130 40M126.6 42L130 40L126.6 38" fill="none" stroke="black"/>'
GROUND = '<path d="M4 62H332" stroke="black"/>'
FRAME = '<rect x="4" y="64" width="328" height="16" fill="none" stroke="black"/>'


@pytest.mark.parametrize(
    ("between", "least", "most"),
    [(ARROW, 1.1, 1.8), (GROUND, 1.1, 1.8), ("", 1.1, 1.8), (FRAME, 0.99, 1.01)],
)
def test_a_row_is_larger_beside_an_arrow_or_ground_but_not_where_a_frame_goes_on(
    between: str, least: float, most: float
) -> None:
    first, second, *_ = in_room(NARROW_AND_WIDE + between, (1000, 800))
    scales = [part["width"] / part["span"] for part in (first, second)]
    assert least < scales[0] / scales[1] < most


def test_rows_stand_closer_where_the_room_is_low() -> None:
    first, second = in_room(HALVES, (1000, 500))
    assert second["y"] + second["height"] == pytest.approx(500)
    between = (second["y"] - first["y"] - first["height"]) / (first["height"] / 63)
    assert between == pytest.approx(0.75 * 12, abs=0.01)


def test_a_strip_begins_and_ends_with_what_it_paints_and_has_larger_labels() -> None:
    inner = BOX.format(x=30, width=150, height=60) + '<text x="220" y="50">mold</text>'
    colours = book_colours({}, "soil")
    strip = ET.fromstring(strip_drawing("one.svg", drawing(inner), colours, fonts()))  # noqa: S314
    (part,) = strip
    left, _, width, _ = (float(side) for side in part.attrib["viewBox"].split())
    assert left == pytest.approx(29.5)
    assert float(strip.attrib["width"]) == pytest.approx(width)
    assert part.find(".//*[@font-size]") is not None
    assert "scale(1.4)" in ET.tostring(part, encoding="unicode")
    plain = strip_drawing("one.svg", drawing(inner), colours, None)
    assert 'width="336"' in plain
    assert strip_drawing("one.svg", "<svg", colours, fonts()) == ""


def test_what_paints_nothing_is_no_poster() -> None:
    colours = book_colours({}, "soil")
    assert poster_drawing("one.svg", drawing(""), colours, fonts(), (100, 100)) == ""
    assert poster_drawing("one.svg", "<svg", colours, fonts(), (100, 100)) == ""


def tokens_of_a_card() -> dict[str, str]:
    """Return the sizes of a card as tokens."""
    names = (*SIZES, *NAMES.values())
    return {name: f"{size}px" for name, size in zip(names, (*SHEET, *LARGE), strict=True)}


@pytest.mark.parametrize(
    ("name", "lines", "size"),
    [
        ("AGI", ["AGI"], ""),
        ("Prompt Engineering", ["Prompt Engineering"], "post-longest"),
        ("Natural Language Processing", ["Natural Language", "Processing"], "post-lines"),
        (
            "Donaudampfschifffahrtsgesellschaft",
            ["Donaudampfschifffahrtsgesellschaft"],
            "post-lines",
        ),
    ],
)
def test_a_name_is_on_one_line_where_it_goes(
    name: str, lines: list[str], size: str, book: Built
) -> None:
    glossary = book.bench.glossary()
    term = glossary.terms[0].model_copy(update={"name": name})
    post = make_post(glossary, tokens_of_a_card(), term, "A line.")
    assert (post.name.split("\n"), post.size) == (lines, size)


def test_a_sentence_is_broken_into_even_lines_and_smaller_where_that_saves_one(
    book: Built,
) -> None:
    glossary = book.bench.glossary()
    said = {
        words: make_post(glossary, tokens_of_a_card(), glossary.terms[0], words)
        for words in ("bean " * 7, "bean " * 8, "bean " * 12)
    }
    lines = [[len(line.split()) for line in post.line.split("\n")] for post in said.values()]
    assert lines == [[7], [8], [6, 6]]
    assert [post.line_size for post in said.values()] == ["", "post-line-long", ""]


def test_a_garden_without_the_sizes_has_cards_with_the_drawing_as_on_pages(garden: Bench) -> None:
    glossary = garden.glossary()
    post = make_post(glossary, {}, glossary.terms[0], "A line.")
    assert (post.name, post.size, post.line) == (glossary.terms[0].name, "", "A line.")
