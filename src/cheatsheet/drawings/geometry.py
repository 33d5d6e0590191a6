"""Plane geometry of drawings: points, polylines, and how far they are from each other."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import hypot

Point = tuple[float, float]
Polyline = Sequence[Point]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def box_of(points: Sequence[Point], margin: float = 0.0) -> Box:
    """Return the box around points, larger by a margin on each side."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin


def around(boxes: Iterable[Box]) -> Box:
    """Return the box around boxes, of which there is one at least."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def boxes_meet(one: Box, other: Box) -> bool:
    """Tell whether two boxes have a point in common."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def is_inside(point: Point, outlines: Sequence[Polyline]) -> bool:
    """Tell whether a point is inside closed outlines, by the even-odd rule."""
    x, y = point
    inside = False
    for outline in outlines:
        for (x1, y1), (x2, y2) in pairwise((*outline, outline[0])):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                inside = not inside
    return inside


def distance(line: Polyline, area: Polyline) -> float:
    """Return how far a polyline is from a convex area; 0 where they meet."""
    if is_inside(line[0], [area]):
        return 0.0
    sides = list(pairwise((*area, area[0])))
    if len(line) == 1:
        return min(_to_segment(line[0], *side) for side in sides)
    return min(_between(*segment, *side) for segment in pairwise(line) for side in sides)


def _between(a: Point, b: Point, c: Point, d: Point) -> float:
    """Return the distance of two segments."""
    if _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0:
        return 0.0
    return min(
        _to_segment(a, c, d), _to_segment(b, c, d), _to_segment(c, a, b), _to_segment(d, a, b)
    )


def _side(a: Point, b: Point, p: Point) -> float:
    """Return on which side of the line from a to b a point is, by the sign."""
    return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])


def _to_segment(p: Point, a: Point, b: Point) -> float:
    """Return a point's distance from a segment."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    along = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length if length else 0.0
    along = min(1.0, max(0.0, along))
    return hypot(p[0] - a[0] - along * dx, p[1] - a[1] - along * dy)
