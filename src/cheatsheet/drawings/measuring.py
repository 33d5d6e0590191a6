"""What is painted → what is too thin, too small, outside the strip, or in each other's way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from cheatsheet.drawings.geometry import Box, Point, box_of, boxes_meet, distance, is_inside
from cheatsheet.drawings.labels import LabelFonts
from cheatsheet.drawings.painting import Label, Painted, Shape, is_even
from cheatsheet.drawings.vocabulary import COLOURS, FONT_RULE, HEIGHT, WIDTH
from cheatsheet.findings import Finding, error

PENS = (1.2, 0.6)
SMALLEST_PT = 7.0
AIR = 0.4  # between a label and a line or another label, in units
SLACK = 0.02  # what rounding may add up to, in units
PT_PER_MM = 72 / 25.4
STRIP: Box = (-SLACK, -SLACK, WIDTH + SLACK, HEIGHT + SLACK)

# The colours that a label may have on each ground: a contrast of 4.5 : 1 in every category.
READABLE = {
    "white": {"black", "dimgray", "royalblue"},
    "lavender": {"black", "dimgray", "royalblue"},
    "silver": {"black"},
    "black": {"white", "lavender", "silver"},
    "dimgray": {"white", "lavender"},
    "royalblue": {"white", "lavender"},
}

PEN = error(
    "picture-pen",
    "A line of a drawing is not of one of the two pens.",
    "stroke-width is 1.2 or 0.6 after all transforms; scale(2) doubles it",
)
SIZE = error(
    "picture-text-size",
    f"A label of a drawing is printed smaller than {SMALLEST_PT:g} pt.",
    "set it larger, or say it in fewer words",
)
OUTSIDE = error(
    "picture-outside",
    "Something in a drawing reaches out of the view box.",
    f"everything, with its stroke, stays within 0 0 {WIDTH} {HEIGHT}",
)
OVERLAP = error(
    "picture-overlap",
    "A label of a drawing runs into a line, an edge or another label.",
    f"move one of them; between them are {AIR:g} units at least",
)
CONTRAST = error(
    "picture-contrast",
    "A label of a drawing cannot be read on what is under it.",
    "write in black, dimgray or royalblue on white or lavender, and in white on a dark shape",
)


Shapes = Sequence[tuple[int, Shape]]
"""Shapes with their order in painting."""


@dataclass(frozen=True)
class Placed:
    """A label with the box of its letters' ink, a quadrilateral, and its order in painting.

    `missing` are the characters that its font does not have.
    """

    label: Label
    corners: tuple[Point, ...]
    box: Box
    order: int
    missing: tuple[str, ...]

    @property
    def named(self) -> str:
        """The label as a message names it."""
        return f'"{self.label.words}"'


def measure(things: Sequence[Painted], fonts: LabelFonts, width_mm: float) -> Iterator[Finding]:
    """Yield what is wrong with what a drawing paints; it is printed `width_mm` wide."""
    labels, shapes = place_labels(things, fonts)
    for _, shape in shapes:
        yield from _check_shape(shape)
    for placed in labels:
        yield from _check_label(placed, width_mm * PT_PER_MM / WIDTH)
        yield from _check_surroundings(placed, shapes)
    for one, other in combinations(labels, 2):
        if meet(one, other):
            message = f"{other.named} runs into {one.named} (line {one.label.place.line})"
            yield OVERLAP.finding(message, other.label.place)


def place_labels(things: Sequence[Painted], fonts: LabelFonts) -> tuple[list[Placed], Shapes]:
    """Return the labels of what a drawing paints, and its shapes with their order in painting."""
    labels = [_place(t, n, fonts) for n, t in enumerate(things) if isinstance(t, Label)]
    return labels, [(n, thing) for n, thing in enumerate(things) if isinstance(thing, Shape)]


def has_room(placed: Placed, shapes: Shapes) -> bool:
    """Tell whether a label runs into no shape, stays in the strip, and can be read."""
    return _out_by(placed.box) <= 0 and not any(_check_surroundings(placed, shapes))


def label_box(label: Label, fonts: LabelFonts) -> Box:
    """Return the box of a label's ink."""
    return _place(label, 0, fonts).box


def _place(label: Label, order: int, fonts: LabelFonts) -> Placed:
    """Return a label with the corners of its letters."""
    font = fonts.nearest(label.weight)
    above, below = (reach * label.size for reach in font.reach(label.words))
    left, top, bottom = label.left(fonts), label.y - above, label.y + below
    right = left + label.width(fonts)
    flat = [(left, top), (right, top), (right, bottom), (left, bottom)]
    corners = tuple(label.matrix.transformPoints(flat))
    return Placed(label, corners, box_of(corners), order, font.lacks(label.words))


def _check_shape(shape: Shape) -> Iterator[Finding]:
    """Yield what is wrong with a shape alone."""
    if shape.stroke != "none" and all(abs(shape.pen - pen) > SLACK for pen in PENS):
        message = f"the pen of <{shape.tag}> is {shape.pen:.3g} wide"
        yield PEN.finding(message, shape.place)
    out = _out_by(shape.box)
    if out > 0:
        message = f"<{shape.tag}> reaches {out + SLACK:.2g} units out of the view box"
        yield OUTSIDE.finding(message, shape.place)


def _check_label(placed: Placed, pt_per_unit: float) -> Iterator[Finding]:
    """Yield what is wrong with a label alone."""
    label = placed.label
    for character in placed.missing:
        yield FONT_RULE.finding(f"the book's font has no {character}", label.place)
    if label.stroke != "none":
        message = f'{placed.named} is outlined: it inherits stroke="{label.stroke}"'
        yield FONT_RULE.finding(message, label.place, 'give it stroke="none"')
    if not is_even(label.matrix):
        yield SIZE.finding(f"{placed.named} is stretched or skewed by a transform", label.place)
    printed = label.size * label.scale * pt_per_unit
    if printed < SMALLEST_PT:
        yield SIZE.finding(f"{placed.named} is {printed:.2f} pt in print", label.place)
    out = _out_by(placed.box)
    if out > 0:
        message = f"{placed.named} reaches {out + SLACK:.2g} units out of the view box"
        yield OUTSIDE.finding(message, label.place)


def _out_by(box: Box) -> float:
    """Return how far a box reaches out of the strip; 0 or less if it does not."""
    return max(STRIP[0] - box[0], STRIP[1] - box[1], box[2] - STRIP[2], box[3] - STRIP[3])


def _check_surroundings(placed: Placed, shapes: Shapes) -> Iterator[Finding]:
    """Yield what a label runs into, and whether it can be read on what is under it.

    What a filled shape hides that all of the label stands on does not count.
    """
    near = [(n, shape) for n, shape in shapes if boxes_meet(shape.box, _widened(placed.box))]
    grounds = [(n, shape) for n, shape in near if n < placed.order and _holds(shape, placed)]
    floor, ground = grounds[-1] if grounds else (-1, None)
    colour = ground.fill if ground else "white"
    for order, shape in near:
        if order >= floor and _runs_into(shape, placed, above=order > placed.order):
            message = f"{placed.named} runs into <{shape.tag}> (line {shape.place.line})"
            yield OVERLAP.finding(message, placed.label.place)
    is_known = placed.label.fill in {*COLOURS, "none"}  # else picture-colour says it
    if is_known and placed.label.fill not in READABLE.get(colour, {placed.label.fill}):
        message = f"{placed.named} is {placed.label.fill} on {colour}"
        yield CONTRAST.finding(message, placed.label.place)


def _widened(box: Box) -> Box:
    """Return a box with air around it."""
    return box[0] - AIR, box[1] - AIR, box[2] + AIR, box[3] + AIR


def _holds(shape: Shape, placed: Placed) -> bool:
    """Tell whether a filled shape is under all of a label."""
    if shape.fill == "none":
        return False
    if not all(is_inside(corner, shape.outlines) for corner in placed.corners):
        return False
    return not _comes_near(shape, placed, SLACK)


def _runs_into(shape: Shape, placed: Placed, *, above: bool) -> bool:
    """Tell whether a shape's line or edge is on a label, or the shape hides it."""
    if above and _holds(shape, placed):
        return True
    return _comes_near(shape, placed, AIR + (shape.pen / 2 if shape.stroke != "none" else 0.0))


def _comes_near(shape: Shape, placed: Placed, reach: float) -> bool:
    """Tell whether a shape's outline comes nearer to a label than a distance."""
    for outline in shape.outlines:
        closed = (*outline, outline[0]) if shape.fill != "none" else outline
        for piece in pairwise(closed) if len(closed) > 1 else [closed]:
            if boxes_meet(box_of(piece, reach), placed.box) and (
                distance(piece, placed.corners) < reach
            ):
                return True
    return False


def meet(one: Placed, other: Placed) -> bool:
    """Tell whether two labels have less than air between them."""
    if not boxes_meet(_widened(one.box), other.box):
        return False
    ring = (*one.corners, one.corners[0])
    return distance(ring, other.corners) < AIR or is_inside(other.corners[0], [one.corners])
