"""A drawing's elements → what is painted, in order: shapes as polylines, labels as boxes.

All is in units of the view box: groups, inherited attributes and transforms are resolved. The
elements must have passed the vocabulary's checks.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import cos, pi, radians, sin

from fontTools.misc.transform import Identity, Transform
from fontTools.pens.basePen import BasePen
from fontTools.svgLib.path import parse_path

from cheatsheet.findings import Place
from cheatsheet.picture.drawing import Element
from cheatsheet.picture.geometry import Box, Point, Polyline, box_of
from cheatsheet.picture.vocabulary import NUMBER, WEIGHTS

ROUND = 48  # sides of the polygon that stands for a circle
CURVE = 8  # segments that stand for a Bézier curve
# What elements inherit, and what it is where nobody says (SVG 1.1).
INITIAL = {"fill": "black", "stroke": "none", "stroke-width": "1", "text-anchor": "start"}
INITIAL |= {"font-size": "16", "font-weight": "400"}

CALL = re.compile(r"([a-z]+)\s*\(([^)]*)\)")
NUMBERS = re.compile(NUMBER)


@dataclass(frozen=True)
class Shape:
    """A painted shape: its outlines, its colours ("none" for nothing), and its pen's width."""

    place: Place
    tag: str
    outlines: tuple[tuple[Point, ...], ...]
    fill: str
    stroke: str
    pen: float

    @cached_property
    def box(self) -> Box:
        """The box around it, with its stroke."""
        points = [point for outline in self.outlines for point in outline]
        return box_of(points, self.pen / 2 if self.stroke != "none" else 0.0)


@dataclass(frozen=True)
class Label:
    """A line of text: where its baseline starts, its size and colour, and how it is turned."""

    place: Place
    words: str
    x: float
    y: float
    size: float
    weight: int
    anchor: str
    fill: str
    matrix: Transform

    @property
    def scale(self) -> float:
        """How much larger than its own units it is drawn."""
        return scale_of(self.matrix)


Painted = Shape | Label


def painted(root: Element) -> Iterator[Painted]:
    """Yield what a drawing paints, from the bottom up."""
    yield from _paint(root, INITIAL, Identity)


def scale_of(matrix: Transform) -> float:
    """Return by how much a transform enlarges an area's side."""
    return float(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5)


def is_even(matrix: Transform) -> bool:
    """Tell whether a transform enlarges both directions alike and skews nothing."""
    a, b, c, d = matrix[:4]
    size = a * a + b * b
    return bool(abs(c * c + d * d - size) < 0.01 * size and abs(a * c + b * d) < 0.01 * size)


def numbers_in(value: str) -> list[float]:
    """Return the numbers of an attribute's value."""
    return [float(number) for number in NUMBERS.findall(value)]


def matrix_of(element: Element, outer: Transform) -> Transform:
    """Return an element's transform, within that of its parent."""
    matrix = outer
    for name, arguments in CALL.findall(element.attributes.get("transform", "")):
        matrix = _called(matrix, name, numbers_in(arguments))
    return matrix


def _called(matrix: Transform, name: str, values: list[float]) -> Transform:
    """Return a transform after one of SVG's functions (SVG 1.1, 7.6)."""
    if name == "translate":
        return matrix.translate(values[0], values[1] if values[1:] else 0)
    if name == "scale":
        return matrix.scale(values[0], values[1] if values[1:] else values[0])
    if name == "rotate":
        x, y = values[1:3] if values[2:] else (0, 0)
        return matrix.translate(x, y).rotate(radians(values[0])).translate(-x, -y)
    return matrix.transform((*values, 0, 0, 0, 0, 0, 0)[:6])


def _paint(element: Element, inherited: Mapping[str, str], outer: Transform) -> Iterator[Painted]:
    """Yield what an element and those in it paint."""
    own = {name: value for name, value in element.attributes.items() if name in INITIAL}
    style = {**inherited, **own}
    matrix = matrix_of(element, outer)
    if element.tag in {"svg", "g"}:
        for child in element.children:
            yield from _paint(child, style, matrix)
    elif element.tag == "text":
        yield from _labels(element, style, matrix)
    elif element.tag in OUTLINES:
        outlines = OUTLINES[element.tag](element.attributes)
        moved = tuple(tuple(matrix.transformPoints(outline)) for outline in outlines if outline)
        if moved:
            pen = float(style["stroke-width"]) * scale_of(matrix)
            fill = "none" if element.tag == "line" else style["fill"]
            yield Shape(element.place, element.tag, moved, fill, style["stroke"], pen)


def _labels(element: Element, style: Mapping[str, str], matrix: Transform) -> Iterator[Label]:
    """Yield the lines of a text: its own words, and those of each tspan."""
    y = float(element.attributes["y"])
    for line in (element, *element.children):
        attributes = line.attributes
        own = {**style, **{k: v for k, v in attributes.items() if k in INITIAL}}
        y = float(attributes.get("y", y)) + float(attributes.get("dy", 0))
        words = " ".join(line.text.split())
        if words and line.tag in {"text", "tspan"}:
            size, weight = float(own["font-size"]), _weight(own["font-weight"])
            x, anchor = float(attributes["x"]), own["text-anchor"]
            yield Label(line.place, words, x, y, size, weight, anchor, own["fill"], matrix)


def _weight(value: str) -> int:
    """Return a font's weight as a number; normal for what the vocabulary does not have."""
    return int(value) if value in WEIGHTS else int(INITIAL["font-weight"])


class _Flat(BasePen):  # type: ignore[misc]  # fontTools has no annotations
    """A pen that keeps outlines as polylines."""

    def __init__(self) -> None:
        super().__init__()
        self.outlines: list[list[Point]] = []

    def _moveTo(self, pt: Point) -> None:  # noqa: N802 - fontTools' name
        self.outlines.append([pt])

    def _lineTo(self, pt: Point) -> None:  # noqa: N802
        self.outlines[-1].append(pt)

    def _curveToOne(self, pt1: Point, pt2: Point, pt3: Point) -> None:  # noqa: N802
        start = self._getCurrentPoint()
        for step in range(1, CURVE + 1):
            t = step / CURVE
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            self.outlines[-1].append(
                (
                    a * start[0] + b * pt1[0] + c * pt2[0] + d * pt3[0],
                    a * start[1] + b * pt1[1] + c * pt2[1] + d * pt3[1],
                )
            )

    def _closePath(self) -> None:  # noqa: N802
        self.outlines[-1].append(self.outlines[-1][0])


def _path(attributes: Mapping[str, str]) -> list[Polyline]:
    """Return a path's outlines."""
    pen = _Flat()
    parse_path(attributes["d"], pen)
    return list(pen.outlines)


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


OUTLINES = {
    "path": _path,
    "line": _line,
    "polyline": _polyline,
    "polygon": _polygon,
    "rect": _rectangle,
    "circle": _ellipse,
    "ellipse": _ellipse,
}
