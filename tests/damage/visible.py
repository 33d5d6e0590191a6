"""Damages to how text is seen."""

from typing import Any

from damage.content import WHY
from damage.lines import line, redraw
from damage.tools import blocks, damage, draw, harmless

BLACK, TEXT = b"0 0 0 rg", b"11.333008 Tf"


def recolour(pdf: Any, colour: bytes) -> None:
    """Draw a line of a paragraph in another colour."""
    redraw(pdf, 0, line(pdf, 0).replace(BLACK, colour))


def cover(pdf: Any, shape: bytes) -> None:
    """Draw something after a paragraph."""
    drawn, lines = blocks(pdf, WHY)
    end = lines[-1].end()
    draw(pdf, drawn[:end] + b"/Artifact BMC q " + shape + b" Q EMC\n" + drawn[end:])


@damage("visible-text")
def print_white_on_white(pdf: Any) -> None:
    """A line is as white as the paper."""
    recolour(pdf, b"1 1 1 rg")


@damage("visible-text")
def print_without_ink(pdf: Any) -> None:
    """A line is there for search alone: text rendering mode 3 (ISO 32000-1, 9.3.6)."""
    redraw(pdf, 0, line(pdf, 0).replace(b"BT\n", b"BT\n3 Tr\n").replace(b"ET", b"0 Tr\nET"))


@damage("visible-text")
def paint_over_a_paragraph(pdf: Any) -> None:
    """A white box lies over a paragraph."""
    cover(pdf, b"1 g 0 0 600 600 re f")


def over_line(pdf: Any, left: float, below: float, height: float) -> bytes:
    """Return a box over a line, from `left` of its start and `below` its baseline, in px."""
    across, down = line(pdf, 0).partition(b" Tm")[0].split()[-2:]
    return b"%f %f 400 %f re" % (float(across) + left, float(down) + below, height)


def cover_line(pdf: Any, shape: bytes, left: float, below: float, height: float) -> None:
    """Draw a box over a line in a colour."""
    cover(pdf, shape + b" " + over_line(pdf, left, below, height) + b" f")


@damage("visible-text")
def paint_over_the_lower_half_of_a_line(pdf: Any) -> None:
    """A white box hides the lower half of a line."""
    cover_line(pdf, b"1 g", -1, -3, 6)


@damage("visible-text")
def paint_over_the_upper_half_of_a_line(pdf: Any) -> None:
    """A black box hides the upper half of a line."""
    cover_line(pdf, b"0 g", -1, -12, 9)


@damage("visible-text")
def paint_over_the_end_of_a_line(pdf: Any) -> None:
    """A white box hides all of a line but its first words."""
    cover_line(pdf, b"1 g", 150, -12, 16)


@damage("visible-text")
def paint_a_pattern_over_the_end_of_a_line(pdf: Any) -> None:
    """A white box with squares in the letters' own colour, as a QR code, hides a line's end."""
    box = over_line(pdf, 230, -12, 16)
    squares = b" ".join(
        b"%d %d 2 2 re" % (x, y) for x in range(0, 600, 4) for y in range(0, 800, 4)
    )
    cover(pdf, b"1 g " + box + b" f " + box + b" W n 0 g " + squares + b" f")


@harmless("visible-text")
def paint_over_a_line_where_nothing_is_drawn(pdf: Any) -> None:
    """A white box lies over a line, and a clip leaves none of it."""
    cover(pdf, b"0 0 1 1 re W n 1 g " + over_line(pdf, -1, -12, 16) + b" f")


@harmless("visible-text")
def paint_under_a_line(pdf: Any) -> None:
    """A grey rule is drawn right under a line, and touches its longest letters."""
    cover_line(pdf, b".6 g", -1, 2, 1)


@harmless("visible-text")
def paint_beside_a_paragraph(pdf: Any) -> None:
    """A grey box lies where no text is."""
    cover(pdf, b".8 g 0 0 9 9 re f")


@damage("visible-contrast")
def print_pale(pdf: Any) -> None:
    """A line is pale grey."""
    recolour(pdf, b".75 .75 .75 rg")


@harmless("visible-contrast")
def print_grey(pdf: Any) -> None:
    """A line is dark grey."""
    recolour(pdf, b".4 .4 .4 rg")


@damage("visible-size")
def print_tiny(pdf: Any) -> None:
    """A line has letters of two points."""
    redraw(pdf, 0, line(pdf, 0).replace(TEXT, b"2.6 Tf"))


@harmless("visible-size")
def print_small(pdf: Any) -> None:
    """A line has letters a tenth smaller."""
    redraw(pdf, 0, line(pdf, 0).replace(TEXT, b"10.2 Tf"))


@damage("visible-overlap")
def print_a_line_over_another(pdf: Any) -> None:
    """A paragraph's second line stands where the first one does."""
    first, second = line(pdf, 0), line(pdf, 1)
    place = first[first.index(b"1 0 0 -1 ") : first.index(b" Tm")]
    other = second[second.index(b"1 0 0 -1 ") : second.index(b" Tm")]
    redraw(pdf, 1, second.replace(other, place))


@harmless("visible-overlap")
def print_lines_closer(pdf: Any) -> None:
    """A paragraph's second line stands a little higher."""
    second = line(pdf, 1)
    place = second[second.index(b"1 0 0 -1 ") : second.index(b" Tm")]
    *same, height = place.split(b" ")
    redraw(pdf, 1, second.replace(place, b" ".join((*same, b"%.2f" % (float(height) - 3)))))
