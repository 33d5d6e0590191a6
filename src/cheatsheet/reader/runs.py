"""The runs of text on a page as PDFium draws them: box, size, colour, and pixels."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from PIL import Image
from pypdfium2 import raw

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

Rectangle = tuple[float, float, float, float]
"""Left, bottom, right, top in pt from the page's lower left corner."""

LEAST_WIDTH_PX = 500
AROUND_PX = 2  # what is around a run shows what is behind it
ALIKE = 64  # levels of red, green or blue: pixels nearer to the ink are its own
LETTERS = 3  # times the height: a part of a run so long has letters
LONG_LETTERS = 6  # times the height: so long, they are high and low, whatever they are
MOST_PARTS = 8  # of a run, side by side
LEAST_LEVELS = 40  # of grey, between the background and an ink by which parts are judged
STEPS = [round(level / 17) * 17 for level in range(256)] * 3  # few colours are quickly counted
LINEAR = 0.04045  # of 1: darker levels are linear in sRGB
REACH_PT = 3.0  # from a run's edge to its first letter's middle


@dataclass(frozen=True)
class Run:
    """Letters of one font and colour on a line.

    `background` is the commonest colour in and around it that is not its own, or its own where
    there is no other; `clearest` is that of its pixels which differs most from it. Of the parts of
    its box, each of which has letters and what is between them, the `dimmest` has ink of so much of
    its colour, and the `fullest` is nowhere further from it: 0 is the background, 1 the ink.
    """

    box: Rectangle
    size_pt: float
    colour: Colour
    is_drawn: bool
    background: Colour
    clearest: Colour
    dimmest: float = 1.0
    fullest: float = 0.0

    @property
    def width(self) -> float:
        """The width in pt."""
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        """The height in pt, from the lowest to the highest ink."""
        return self.box[3] - self.box[1]


def read_runs(page: Any, text: Any) -> Iterator[Run]:
    """Yield the runs of a page of PDFium's (pypdfium2), and `text` of it.

    A single letter is part of a drawing's label, whose letters are drawn one by one.
    """
    edge, _, far_edge, head = page.get_cropbox()  # with bleed, it begins left of 0
    scale = max(1.0, LEAST_WIDTH_PX / (far_edge - edge))  # a phone's page is looked at from nearer
    picture = page.render(scale=scale).to_pil().point(STEPS)
    grey = picture.convert("L")
    for number in range(text.count_rects()):
        left, bottom, right, top = box = text.get_rect(number)
        middle = (bottom + top) / 2
        at = raw.FPDFText_GetCharIndexAtPos(text, left + 0.2, middle, REACH_PT, REACH_PT)
        letter = chr(max(raw.FPDFText_GetUnicode(text, at), 0)) if at >= 0 else ""
        if letter.isalnum() and (letter.isdigit() or right - left > top - bottom):
            size, colour, is_drawn = _style(text, at)
            edges = _pixels((left - edge, head - top, right - edge, head - bottom), scale)
            around = edges[0] - AROUND_PX, edges[1] - AROUND_PX, edges[2] + AROUND_PX
            behind = _behind(picture.crop((*around, edges[3] + AROUND_PX)), colour)
            clearest = _clearest(picture.crop(edges), behind)
            parts = _parts_seen(grey, edges, _level(behind), _level(colour))
            yield Run(box, size, colour, is_drawn, behind, clearest, *parts)


def _pixels(box: Rectangle, scale: float) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom in whole px around a box in pt."""
    left, top, right, bottom = (edge * scale for edge in box)
    return int(left), int(top), int(right) + 1, int(bottom) + 1


def _style(text: Any, index: int) -> tuple[float, Colour, bool]:
    """Return a letter's size in pt, its colour, and whether it is drawn at all."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFText_GetFillColor(text, index, red, green, blue, alpha)
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, index, matrix)
    size = raw.FPDFText_GetFontSize(text, index) * abs(matrix.d or matrix.b)
    return size, (red.value, green.value, blue.value), alpha.value > 0


def _behind(picture: Image.Image, ink: Colour) -> Colour:
    """Return the commonest colour of a picture that is not the ink; the ink's if there is none."""
    counted: Any = picture.getcolors(picture.width * picture.height)
    common: list[Colour] = [colour for _, colour in sorted(counted, reverse=True)]
    return next((one for one in common if _difference(one, ink) > ALIKE), common[0])


def _clearest(picture: Image.Image, behind: Colour) -> Colour:
    """Return the colour of a picture whose luminance differs most from what is behind."""
    counted: Any = picture.getcolors(picture.width * picture.height)
    colours: Iterator[Colour] = (colour for _, colour in counted)
    level = luminance(behind)
    return max(colours, key=lambda colour: abs(luminance(colour) - level))


def _parts_seen(
    grey: Image.Image, edges: tuple[int, int, int, int], behind: int, ink: int
) -> tuple[float, float]:
    """Return how much ink the part of a run with the least has, and how full the fullest part is.

    `grey` is the page, `edges` the run's box in px; `behind` and `ink` are levels of grey.
    """
    if abs(ink - behind) < LEAST_LEVELS:
        return 1.0, 0.0
    pixels: Any = grey.im  # Pillow's own: a new Image for each of 80,000 parts takes a second
    extremes = [pixels.crop(part).getextrema() for part in _parts(*edges)]
    shares = [sorted((one - behind) / (ink - behind) for one in two) for two in extremes]
    return min(most for _, most in shares), max(least for least, _ in shares)


def _parts(left: int, top: int, right: int, bottom: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield the parts of a box in which there must be ink: side by side, and halves of these."""
    height = bottom - top
    half = max(1, height // 2)
    for start, end in _cut(left, right, LETTERS * height):
        yield start, top, end, bottom
    for start, end in _cut(left, right, LONG_LETTERS * height):
        yield start, top, end, top + half
        yield start, bottom - half, end, bottom


def _cut(left: int, right: int, length: int) -> Iterator[tuple[int, int]]:
    """Yield where parts begin and end that are as long, or longer: few, and one at least."""
    count = max(1, min(MOST_PARTS, (right - left) // length))
    width = right - left
    yield from ((left + width * n // count, left + width * (n + 1) // count) for n in range(count))


def _level(colour: Colour) -> int:
    """Return a colour's level of grey, 0 to 255 (ITU-R BT.601, as Pillow has it)."""
    red, green, blue = colour
    return (299 * red + 587 * green + 114 * blue) // 1000


def _difference(one: Colour, other: Colour) -> int:
    """Return the largest difference of two colours in red, green or blue."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


@lru_cache(maxsize=4096)
def luminance(colour: Colour) -> float:
    """Return a colour's relative luminance, 0 to 1 (WCAG 2.2, relative luminance)."""
    red, green, blue = (
        c / 255 / 12.92 if c / 255 <= LINEAR else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
