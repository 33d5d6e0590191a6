"""How paragraphs break into lines, and where a page ends."""

from collections.abc import Callable

import pytest

from cheatsheet.pdf.layout import make_section
from cheatsheet.pdf.section import SectionFile, StyleSet, read_style_set, unpack_section
from cheatsheet.reader.opening import read_pdf
from cheatsheet.reader.pypdf_view import PypdfView
from cheatsheet.stylesheets import read_styles
from conftest import Bench

FRAME = (
    '<!DOCTYPE html><html lang="en"><head><title>Lines</title><style>{}</style></head>'
    "<body>{}</body></html>"
)
WORDS = "Water the bed in the morning, since what is wet at night draws slugs, and tell {} too."
WIDTHS = range(90, 210, 3)

Set = Callable[[str, str], SectionFile]


@pytest.fixture
def lay_out(garden: Bench) -> Set:
    """Return what makes a section file of elements and styles, in the garden's font."""
    styles = read_styles(garden.folder, "print")[0]
    style_set: StyleSet = read_style_set(garden.folder, styles)

    def make(elements: str, css: str = "") -> SectionFile:
        return unpack_section(make_section(style_set, FRAME.format(css, elements)))

    return make


def lines(file: SectionFile) -> list[list[str]]:
    """Return the lines of each paragraph of a section's pages."""
    with read_pdf(file.pdf) as pdf:
        assert isinstance(pdf, PypdfView)
        paragraphs = [p for page in range(1, pdf.pages + 1) for p in pdf.rendering.paragraphs(page)]
    return [[" ".join(piece.text for piece in line) for line in p.lines] for p in paragraphs]


def in_widths(words: str) -> str:
    return "".join(f'<p style="width: {width}pt">{words}</p>' for width in WIDTHS)


@pytest.mark.parametrize("element", ["<a href='#a'>{}</a>", "<em>{}</em>", "<span>{}</span>"])
def test_a_line_ends_where_it_would_without_a_link_in_it(element: str, lay_out: Set) -> None:
    plain, linked = ("the neighbor", element.format("the neighbor"))
    without = lines(lay_out(in_widths(WORDS.format(plain)), ""))
    assert lines(lay_out(in_widths(WORDS.format(linked)), "")) == without
    assert len(without) == len(WIDTHS)


@pytest.mark.parametrize("css", ["", "p { text-align: right }"])
def test_no_paragraph_ends_with_one_word(css: str, lay_out: Set) -> None:
    for paragraph in lines(lay_out(in_widths(WORDS.format("all")), css)):
        assert len(paragraph[-1].split()) > 1, paragraph


def test_a_balanced_paragraph_has_lines_of_one_length_and_no_more_of_them(lay_out: Set) -> None:
    usual, balanced = (
        lines(lay_out(in_widths(WORDS.format("all")), f"p {{ --text-wrap: {value} }}"))
        for value in ("wrap", "balance")
    )
    assert list(map(len, balanced)) == list(map(len, usual))
    assert all(len(p[-1]) > 0.5 * len(max(p, key=len)) for p in balanced)


def test_the_lines_of_a_paragraph_to_the_right_end_at_its_edge(lay_out: Set) -> None:
    css = "p { --text-wrap: balance; text-align: right; margin-left: 30pt }"
    file = lay_out(in_widths(WORDS.format("all")), css)
    with read_pdf(file.pdf) as pdf:
        assert isinstance(pdf, PypdfView)
        paragraphs = [p for page in range(1, pdf.pages + 1) for p in pdf.rendering.paragraphs(page)]
    ends = [{round(line[-1].right) for line in p.lines} for p in paragraphs]
    assert len(ends) == len(WIDTHS)
    assert all(max(end) - min(end) <= 1 for end in ends)


@pytest.mark.slow_but_first
@pytest.mark.parametrize(
    "css",
    [
        "",
        "p { --text-wrap: balance }",
        "p { text-align: justify }",
        "p { text-align: right }",
    ],
)
@pytest.mark.parametrize(
    "before", ["", "<div style='float: right; width: 9mm; height: 99mm'></div>"]
)
def test_a_measure_that_is_passed_over_would_have_had_the_same_lines(
    css: str, before: str, lay_out: Set, monkeypatch: pytest.MonkeyPatch
) -> None:
    elements = before + in_widths(WORDS.format("all"))
    file = lay_out(elements, css)
    monkeypatch.setattr("cheatsheet.pdf.line_ends._Paragraph.has_room_for", lambda *_: False)
    assert lay_out(elements, css).pdf == file.pdf


def test_a_variable_has_the_value_that_it_has_where_it_is_used(lay_out: Set) -> None:
    css = "p { font-size: var(--size) } .small { --size: 7pt } .large { --size: 21pt }"
    elements = "<p class='small'>Hay</p><p class='large'>Hay</p><p style='--size: 14pt'>Hay</p>"
    with read_pdf(lay_out(elements + "<p class='small'>Hay</p>", css).pdf) as pdf:
        assert isinstance(pdf, PypdfView)
        sizes = [round(run.size_pt) for run in pdf.rendering.runs(1)]
        assert sizes[:4] == [7, 21, 14, 7]  # and the folio


def test_a_page_is_as_long_as_its_text_where_the_styles_say_so(lay_out: Set) -> None:
    page = "@page { size: 148mm 900mm; --page-length: text }"
    short, longer = (lay_out(f"<p>{words}</p>", page) for words in ("Mulch.", "Mulch.<br>Hay."))
    heights = [file.frames[0].height for file in (short, longer)]
    assert heights[0] < heights[1] < heights[0] + 15
    assert lay_out("<p>Mulch.</p>", "@page { size: 148mm 900mm }").frames[0].height > 2500


def test_the_last_of_several_pages_ends_with_its_text(lay_out: Set) -> None:
    page = "@page { size: 148mm 60mm; --page-length: text }"
    frames = lay_out(in_widths("Mulch."), page).frames
    assert len({frame.height for frame in frames[:-1]}) == 1
    assert frames[-1].height < frames[0].height
