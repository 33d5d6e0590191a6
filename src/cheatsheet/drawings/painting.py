"""A drawing's elements → what is painted, in order: shapes as polylines, labels as boxes.

All is in units of the view box: groups, inherited attributes and transforms are resolved. The
elements must have passed the vocabulary's checks.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import radians

from fontTools.misc.transform import Identity, Transform

from cheatsheet.drawings.drawing import Element
from cheatsheet.drawings.geometry import Box, Point, box_of
from cheatsheet.drawings.labels import LabelFonts
from cheatsheet.drawings.outlines import FARTHEST, OUTLINES, numbers_in
from cheatsheet.drawings.vocabulary import VALUE, WEIGHTS
from cheatsheet.findings import Finding, Place

# What elements inherit, and what it is where nobody says (SVG 1.1).
INITIAL = {"fill": "black", "stroke": "none", "stroke-width": "1", "text-anchor": "start"}
INITIAL |= {"font-size": "16", "font-weight": "400"}

ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}  # parts of a text to the left of its x
CALL = re.compile(r"([a-z]+)\s*\(([^)]*)\)")


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
    """A line of text: where it is anchored, its size and colours, and how it is turned."""

    place: Place
    words: str
    x: float
    y: float
    size: float
    weight: int
    anchor: str
    fill: str
    stroke: str
    matrix: Transform

    def width(self, fonts: LabelFonts) -> float:
        """Return how wide it is, in its own units."""
        return fonts.nearest(self.weight).width(self.words) * self.size

    def left(self, fonts: LabelFonts) -> float:
        """Return where its baseline begins, in its own units."""
        return self.x - ANCHORS[self.anchor] * self.width(fonts)

    @property
    def scale(self) -> float:
        """How much larger than its own units it is drawn."""
        return scale_of(self.matrix)


Painted = Shape | Label


def painted(
    element: Element, inherited: Mapping[str, str] = INITIAL, outer: Transform = Identity
) -> Iterator[Painted]:
    """Yield what an element and those in it paint, from the bottom up; the root, all there is."""
    style = inherited_by(element, inherited)
    matrix = matrix_of(element, outer)
    if element.tag in {"svg", "g"}:
        for child in element.children:
            yield from painted(child, style, matrix)
    elif element.tag == "text":
        yield from labels_of(element, inherited, matrix)
    elif element.tag in OUTLINES:
        outlines = OUTLINES[element.tag](element.attributes)
        moved = tuple(tuple(matrix.transformPoints(outline)) for outline in outlines if outline)
        if moved:
            pen = float(style["stroke-width"]) * scale_of(matrix)
            fill = "none" if element.tag == "line" else style["fill"]
            yield Shape(element.place, element.tag, moved, fill, style["stroke"], pen)


def inherited_by(element: Element, inherited: Mapping[str, str]) -> dict[str, str]:
    """Return the attributes that an element hands on to those in it."""
    own = {name: value for name, value in element.attributes.items() if name in INITIAL}
    return {**inherited, **own}


def labels_of(
    element: Element, inherited: Mapping[str, str], matrix: Transform = Identity
) -> Iterator[Label]:
    """Yield the lines of a text: its own words, and those of each tspan."""
    style = inherited_by(element, inherited)
    y = float(element.attributes["y"])
    for line in (element, *element.children):
        own = inherited_by(line, style)
        y = float(line.attributes.get("y", y)) + float(line.attributes.get("dy", 0))
        words = " ".join(line.text.split())
        if words and line.tag in {"text", "tspan"}:
            yield Label(
                line.place,
                words,
                float(line.attributes["x"]),
                y,
                size=float(own["font-size"]),
                weight=_weight(own["font-weight"]),
                anchor=own["text-anchor"],
                fill=own["fill"],
                stroke=own["stroke"],
                matrix=matrix,
            )


def scale_of(matrix: Transform) -> float:
    """Return by how much a transform enlarges an area's side."""
    return float(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5)


def is_even(matrix: Transform) -> bool:
    """Tell whether a transform enlarges both directions alike and skews nothing."""
    a, b, c, d = matrix[:4]
    size = a * a + b * b
    return bool(abs(c * c + d * d - size) < 0.01 * size and abs(a * c + b * d) < 0.01 * size)


def matrix_of(element: Element, outer: Transform) -> Transform:
    """Return an element's transform, within that of its parent."""
    matrix = outer
    for name, arguments in CALL.findall(element.attributes.get("transform", "")):
        matrix = _called(matrix, name, numbers_in(arguments))
    return matrix


def check_transforms(element: Element, outer: Transform = Identity) -> Iterator[Finding]:
    """Yield the elements whose transform, within those that they are in, leads out of all bounds.

    What is drawn so comes to numbers that no PDF can have.
    """
    matrix = matrix_of(element, outer)
    if any(not abs(number) <= FARTHEST for number in matrix):
        yield VALUE.finding("the transforms up to here lead out of all bounds", element.place)
        return
    for child in element.children:
        yield from check_transforms(child, matrix)


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


def _weight(value: str) -> int:
    """Return a font's weight as a number; normal for what the vocabulary does not have."""
    return int(value) if value in WEIGHTS else int(INITIAL["font-weight"])
