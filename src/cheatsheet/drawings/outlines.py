"""A shape's attributes → its outlines as polylines, in the shape's own units."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from math import cos, pi, sin

from cheatsheet.drawings.geometry import Point, Polyline

ROUND = 48  # sides of the polygon that stands for a circle
CURVE = 8  # segments that stand for a Bézier curve
FARTHEST = 1e5  # units from the origin; beyond it is a slip, and arithmetic that ends in nothing
NUMBER = r"(?>[-+]?(?:\d{1,6}\.?\d*|\.\d+)(?:[eE][-+]?\d)?)(?![\deE])"
NUMBERS = re.compile(NUMBER)
PATH = re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9eE+\-.,\s]*")


def numbers_in(value: str) -> list[float]:
    """Return the numbers of an attribute's value."""
    return [float(number) for number in NUMBERS.findall(value)]


@lru_cache(maxsize=8192)
def path_outlines(data: str) -> tuple[tuple[Point, ...], ...]:
    """Return the outlines of a path's data (SVG 1.1, 8.3), closed ones with their start at the end.

    There are none if it cannot be drawn to its end.
    """
    from fontTools.svgLib.path import parse_path  # noqa: PLC0415 - see labels.py

    pen = _Pen()
    if PATH.fullmatch(data) is None:
        return ()
    try:
        parse_path(data, pen)
    except (ArithmeticError, IndexError, ValueError):
        return ()
    outlines = tuple(tuple(outline) for outline in pen.outlines)
    is_near = all(abs(n) < FARTHEST for outline in outlines for point in outline for n in point)
    return outlines if is_near else ()


class _Pen:
    """Keeps what fontTools' parser draws as polylines; it makes cubic curves of arcs."""

    def __init__(self) -> None:
        self.outlines: list[list[Point]] = []

    def moveTo(self, point: Point) -> None:  # noqa: N802 - fontTools' names
        """Begin an outline."""
        self.outlines.append([point])

    def lineTo(self, point: Point) -> None:  # noqa: N802
        """Add a segment."""
        self.outlines[-1].append(point)

    def curveTo(self, a: Point, b: Point, end: Point) -> None:  # noqa: N802
        """Add the segments that stand for a cubic curve."""
        outline = self.outlines[-1]
        start = outline[-1]
        outline.extend(
            (
                k * start[0] + m * a[0] + n * b[0] + o * end[0],
                k * start[1] + m * a[1] + n * b[1] + o * end[1],
            )
            for k, m, n, o in WEIGHTS
        )

    def qCurveTo(self, control: Point, end: Point) -> None:  # noqa: N802
        """Add the segments that stand for a quadratic curve."""
        (x, y), (cx, cy), (ex, ey) = self.outlines[-1][-1], control, end
        a = x + (cx - x) * 2 / 3, y + (cy - y) * 2 / 3
        self.curveTo(a, (ex + (cx - ex) * 2 / 3, ey + (cy - ey) * 2 / 3), end)

    def closePath(self) -> None:  # noqa: N802
        """Close an outline."""
        self.outlines[-1].append(self.outlines[-1][0])

    def endPath(self) -> None:  # noqa: N802
        """Leave an outline open."""


STEPS = [step / CURVE for step in range(1, CURVE + 1)]
WEIGHTS = [((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3) for t in STEPS]
"""How much each of a cubic curve's four points counts at each step along it."""


def _line(attributes: Mapping[str, str]) -> list[Polyline]:
    """Return a line."""
    x1, y1, x2, y2 = (float(attributes.get(name, 0)) for name in ("x1", "y1", "x2", "y2"))
    return [[(x1, y1), (x2, y2)]]


def _polyline(attributes: Mapping[str, str]) -> list[Polyline]:
    """Return a polyline."""
    numbers = numbers_in(attributes["points"])
    return [list(zip(numbers[::2], numbers[1::2], strict=True))]


def _polygon(attributes: Mapping[str, str]) -> list[Polyline]:
    """Return a polygon, closed."""
    return [[*line, line[0]] for line in _polyline(attributes)]


def _rectangle(attributes: Mapping[str, str]) -> list[Polyline]:
    """Return a rectangle, with its rounded corners, closed."""
    x, y = float(attributes.get("x", 0)), float(attributes.get("y", 0))
    width, height = float(attributes["width"]), float(attributes["height"])
    rx = float(attributes.get("rx", attributes.get("ry", 0)))
    ry = float(attributes.get("ry", rx))
    rx, ry = min(rx, width / 2), min(ry, height / 2)
    corners = [
        (x + width - rx, y + height - ry, 0),
        (x + rx, y + height - ry, 1),
        (x + rx, y + ry, 2),
        (x + width - rx, y + ry, 3),
    ]
    steps = range(5) if rx and ry else range(1)
    points = [
        (cx + rx * cos((quarter + step / 4) * pi / 2), cy + ry * sin((quarter + step / 4) * pi / 2))
        for cx, cy, quarter in corners
        for step in steps
    ]
    return [[*points, points[0]]]


def _ellipse(attributes: Mapping[str, str]) -> list[Polyline]:
    """Return a circle or an ellipse, closed."""
    cx, cy = float(attributes.get("cx", 0)), float(attributes.get("cy", 0))
    rx = float(attributes.get("rx", attributes.get("r", 0)))
    ry = float(attributes.get("ry", attributes.get("r", 0)))
    angles = (2 * pi * step / ROUND for step in range(ROUND + 1))
    return [[(cx + rx * cos(angle), cy + ry * sin(angle)) for angle in angles]]


OUTLINES: Mapping[str, Callable[[Mapping[str, str]], Sequence[Polyline]]] = {
    "path": lambda attributes: path_outlines(attributes["d"]),
    "line": _line,
    "polyline": _polyline,
    "polygon": _polygon,
    "rect": _rectangle,
    "circle": _ellipse,
    "ellipse": _ellipse,
}
