"""What is drawn over text: the parts of a page's texts that lie under a filled rectangle."""

import ctypes
from collections.abc import Iterator
from typing import Any

from pypdfium2 import raw

from cheatsheet.reader.runs import Rectangle

RECTANGLE = 5  # segments: a drawing's shapes have others, and may leave room for words
LEAST_WIDTH_PT = 1.0
LEAST_HEIGHT = 0.3  # of the text's: a line's box may reach into the next


def read_covered(page: Any) -> Iterator[Rectangle]:
    """Yield what is covered of the texts of a page of PDFium's, by what is drawn after them.

    What is drawn first lies below (ISO 32000-1, 8.2). Forms are not looked into, and pictures may
    be seen through.
    """
    texts: list[Rectangle] = []
    for number in range(raw.FPDFPage_CountObjects(page)):
        item = raw.FPDFPage_GetObject(page, number)
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT:
            texts.append(_bounds(item))
        elif _covers(item):
            bounds = _bounds(item)
            if any(_hides(bounds, text) for text in texts):
                seen = _shared(bounds, *_clips(item))
                yield from (_shared(seen, text) for text in texts if _hides(seen, text))


def _hides(cover: Rectangle, text: Rectangle) -> bool:
    """Tell whether so much of a text lies under a cover that it is seen."""
    left, bottom, right, top = _shared(cover, text)
    return top - bottom > LEAST_HEIGHT * (text[3] - text[1]) and right - left > LEAST_WIDTH_PT


def _shared(*rectangles: Rectangle) -> Rectangle:
    """Return what rectangles share; where that is nothing, its right edge is left of its left."""
    lefts, bottoms, rights, tops = zip(*rectangles, strict=True)
    return max(lefts), max(bottoms), min(rights), min(tops)


def _covers(item: Any) -> bool:
    """Tell whether an object is a rectangle that is filled, and nothing is seen through it."""
    if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_PATH:
        return False
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, mode, stroke)
    is_filled = mode.value and raw.FPDFPath_CountSegments(item) == RECTANGLE
    return bool(is_filled) and not raw.FPDFPageObj_HasTransparency(item)


def _bounds(item: Any) -> Rectangle:
    """Return the edges of an object."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    return left.value, bottom.value, right.value, top.value


def _clips(item: Any) -> Iterator[Rectangle]:
    """Yield the edges of each path outside of which an object is not drawn (8.5.4)."""
    clip = raw.FPDFPageObj_GetClipPath(item)
    for path in range(max(raw.FPDFClipPath_CountPaths(clip), 0)):
        points = [
            _point(raw.FPDFClipPath_GetPathSegment(clip, path, number))
            for number in range(max(raw.FPDFClipPath_CountPathSegments(clip, path), 0))
        ]
        if points:
            across, up = zip(*points, strict=True)
            yield min(across), min(up), max(across), max(up)


def _point(segment: Any) -> tuple[float, float]:
    """Return where a segment of a path ends."""
    across, up = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(segment, across, up)
    return across.value, up.value
