"""Arrows of a drawing: where one begins, and where it points."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import permutations
from math import dist, hypot

from cheatsheet.drawings.geometry import Box, Point
from cheatsheet.drawings.painting import Shape

HEAD = 3  # points of a head: its tip is the middle one
SHAFT = 2  # points of the shortest shaft
AHEAD = 4.0  # units from an arrow's end to what it comes from or points to
NEAR = 0.5  # units from the end of a shaft to the tip of its head


@dataclass(frozen=True)
class Arrow:
    """An arrow: what lies just before its shaft and just after its tip, and its pen's colour.

    The colour is one that drawings are written in.
    """

    origin: Point
    target: Point
    colour: str


def arrow_of(shape: Shape) -> Arrow | None:
    """Return the arrow that a shape is: a shaft, and a head of two strokes at one of its ends."""
    if shape.fill != "none":
        return None
    pairs = [
        (shaft, head)
        for shaft, head in permutations(shape.outlines, 2)
        if len(head) == HEAD and dist(shaft[-1], head[1]) < NEAR
    ]
    if len(pairs) != 1 or len(shape.outlines) != len(pairs[0]) or len(pairs[0][0]) < SHAFT:
        return None
    shaft = pairs[0][0]
    origin, target = _beyond(*shaft[1::-1]), _beyond(*shaft[-2:])
    return Arrow(origin, target, shape.stroke)


def nearest(point: Point, boxes: Iterable[Box]) -> Box:
    """Return the box that a point is nearest to, of one at least."""
    return min(boxes, key=lambda box: _distance_from(point, box))


def upright(x: float, top: float, bottom: float, *, is_down: bool) -> str:
    """Return the path of an upright arrow."""
    return f"M{x:g} {top:g}V{bottom:g}{_head(x, bottom if is_down else top, is_down=is_down)}"


def with_bends(start: Point, level: float, end: Point, *, is_down: bool) -> str:
    """Return the path of an arrow from above to below that goes across at a height between."""
    (x, top), (below, bottom) = start, end
    head = _head(*(end if is_down else start), is_down=is_down)
    return f"M{x:g} {top:g}V{level:g}H{below:g}V{bottom:g}{head}"


def _head(x: float, tip: float, *, is_down: bool) -> str:
    """Return the path of an arrow's head."""
    barb = f"{tip - 3.4 if is_down else tip + 3.4:g}"
    return f"M{x - 2.1:g} {barb}L{x:g} {tip:g}L{x + 2.1:g} {barb}"


def _beyond(before: Point, end: Point) -> Point:
    """Return the point some way beyond a line's end."""
    ahead = AHEAD / max(NEAR, dist(before, end))
    return end[0] + ahead * (end[0] - before[0]), end[1] + ahead * (end[1] - before[1])


def _distance_from(point: Point, box: Box) -> float:
    """Return how far a point is from a box; 0 in it."""
    left, top, right, bottom = box
    beside = max(left - point[0], 0, point[0] - right)
    return hypot(beside, max(top - point[1], 0, point[1] - bottom))
