"""The areas of links: one for each line of an `a`, with what floats in it or stands below."""

from collections.abc import Iterable
from typing import Any

from cheatsheet.pdf.engine import boxes
from cheatsheet.pdf.section import Area


def whole_links(links: Iterable[Any]) -> list[Any]:
    """Return a page's links with the areas of their `a` elements: kind, target, area, box.

    The renderer has one for each box in an `a`. A float or a block in it reaches out of its area,
    which is made larger; ISO 14289-1 (PDF/UA), 7.18.5, has links of `a` elements alone.
    """
    whole: list[Any] = []
    for link in links:
        kind, target, area, box = link
        last = whole[-1] if whole and whole[-1][1] == target else None
        if last and _around(area, last[2]) == last[2]:
            continue
        if box.element_tag == "a":
            whole.append(link)
        elif last and (isinstance(box, boxes.BlockBox) or box.is_floated()):
            whole[-1] = (kind, target, _around(last[2], area), last[3])
    return whole


def _around(one: Area, other: Area) -> Area:
    """Return the area around two: left, top, right, bottom."""
    left, top = min(one[0], other[0]), min(one[1], other[1])
    return left, top, max(one[2], other[2]), max(one[3], other[3])
