"""What is drawn over text: the parts of a page's texts under a filled rectangle or a picture."""

import ctypes
from collections.abc import Iterator, Sequence
from typing import Any

from pypdfium2 import raw

from cheatsheet.reader.runs import Rectangle

RECTANGLE = 5  # segments: a drawing's shapes have others, and may leave room for words
OPAQUE = 200  # of 255
LEAST_WIDTH_PT = 1.0
LEAST_HEIGHT = 0.3  # of the text's: a line's box may reach into the next


def read_covered(page: Any) -> Iterator[Rectangle]:
    """Yield what is covered of the texts of a page of PDFium's, by what is drawn after them.

    What is drawn first lies below (ISO 32000-1, 8.2). Forms are not looked into.
    """
    texts: list[Rectangle] = []
    for number in range(raw.FPDFPage_CountObjects(page)):
        item = raw.FPDFPage_GetObject(page, number)
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT:
            texts.append(_bounds(item))
        elif _covers(item):
            yield from _under(_bounds(item), texts)


def _under(cover: Rectangle, texts: Sequence[Rectangle]) -> Iterator[Rectangle]:
    """Yield what texts share with what covers them."""
    left, bottom, right, top = cover
    for text in texts:
        shared = max(left, text[0]), max(bottom, text[1]), min(right, text[2]), min(top, text[3])
        is_wide = shared[2] - shared[0] > LEAST_WIDTH_PT
        if is_wide and shared[3] - shared[1] > LEAST_HEIGHT * (text[3] - text[1]):
            yield shared


def _covers(item: Any) -> bool:
    """Tell whether nothing is seen through an object: a picture, or a rectangle that is filled."""
    kind = raw.FPDFPageObj_GetType(item)
    if kind != raw.FPDF_PAGEOBJ_PATH:
        return bool(kind == raw.FPDF_PAGEOBJ_IMAGE)
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, mode, stroke)
    if not mode.value or raw.FPDFPath_CountSegments(item) != RECTANGLE:
        return False
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
    return alpha.value > OPAQUE


def _bounds(item: Any) -> Rectangle:
    """Return the edges of an object."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value
