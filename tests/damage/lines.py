"""Damages to how lines end."""

import re
from typing import Any

from damage.content import WHY
from damage.tools import blocks, damage, draw, harmless

DATE = "Begin before"
SPACE, NO_BREAK_SPACE = b"0002", b"06b0"  # their glyphs
NEXT_LINE = b"0 -14 Td\n"


def redraw(pdf: Any, number: int, line: bytes) -> None:
    """Draw a line of a paragraph another way."""
    drawn, lines = blocks(pdf, WHY)
    draw(pdf, drawn[: lines[number].start()] + line + drawn[lines[number].end() :])


def line(pdf: Any, number: int) -> bytes:
    """Return a line of a paragraph as it is drawn."""
    _, lines = blocks(pdf, WHY)
    return lines[number][0]


def scaled(drawn: bytes, percent: int) -> bytes:
    """Return a line that is set narrower or wider (ISO 32000-1, 9.3.4)."""
    return drawn.replace(b"BT\n", b"BT\n%d Tz\n" % percent).replace(b"ET", b"100 Tz\nET")


def parted(drawn: bytes, glyph: bytes, between: bytes = b"") -> bytes:
    """Return a line that is written in two goes: to the last of a glyph, and what follows."""
    found = list(re.finditer(rb"<(?:[0-9a-f]{4})*?(?=%s)" % glyph, drawn))[-1]
    end = found.end()
    return drawn[:end] + b">] TJ\n" + between + b"[<" + drawn[end + len(glyph) :]


def held(drawn: bytes) -> bytes:
    """Return a line whose words are held together."""
    return re.sub(rb"<%s" % SPACE, b"<" + NO_BREAK_SPACE, drawn)


def part_date(pdf: Any, between: bytes) -> None:
    """Write what follows a month's name in a go of its own."""
    drawn, lines = blocks(pdf, DATE, "paths")
    first = lines[0]
    other = parted(first[0], NO_BREAK_SPACE, between)
    draw(pdf, drawn[: first.start()] + other + drawn[first.end() :], "paths")


@damage("lines-early")
def end_a_line_early(pdf: Any) -> None:
    """A line ends at two thirds of the measure, and the next word would have fitted."""
    redraw(pdf, 0, scaled(line(pdf, 0), 70))


@harmless("lines-early")
def end_a_line_a_little_early(pdf: Any) -> None:
    """A line is set a hundredth narrower."""
    redraw(pdf, 0, scaled(line(pdf, 0), 99))


@damage("lines-alone")
def leave_a_word_alone(pdf: Any) -> None:
    """A paragraph's last word stands on a line of its own."""
    redraw(pdf, 1, parted(line(pdf, 1), SPACE, NEXT_LINE))


@harmless("lines-alone")
def write_a_line_in_two_goes(pdf: Any) -> None:
    """A paragraph's last word is written by itself, in the line of the others."""
    redraw(pdf, 1, parted(line(pdf, 1), SPACE))


@damage("lines-hole")
def hold_words_together(pdf: Any) -> None:
    """Three words are held together, and the line before them ends early."""
    redraw(pdf, 1, held(line(pdf, 1)))
    redraw(pdf, 0, scaled(line(pdf, 0), 88))


@harmless("lines-hole")
def hold_words_that_fit_nowhere_else(pdf: Any) -> None:
    """Three words are held together, and the line before them is full."""
    redraw(pdf, 1, held(line(pdf, 1)))


@damage("lines-date")
def break_a_date(pdf: Any) -> None:
    """The day of a date is on the next line."""
    part_date(pdf, NEXT_LINE)


@harmless("lines-date")
def write_a_date_in_two_goes(pdf: Any) -> None:
    """The day of a date is written by itself, in the line of its month."""
    part_date(pdf, b"")
