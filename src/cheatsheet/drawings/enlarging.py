"""A drawing → the same with larger labels, as far as they have room, for who sees it small."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import inf

from fontTools.misc.transform import Identity

from cheatsheet.drawings.drawing import Element, changed
from cheatsheet.drawings.geometry import Point, box_of
from cheatsheet.drawings.labels import LabelFonts
from cheatsheet.drawings.measuring import Placed, Shapes, has_room, meet, place_labels
from cheatsheet.drawings.painting import ANCHORS, painted

STEPS = (1.4, 1.3, 1.2, 1.1)
"""How much larger labels may be: each takes the first that it has room for."""
LARGEST = 10.6  # units: a heading that is as large already stays as it is
AIR = 1.6  # units between a larger label and what is around it
ASIDE = 3.4  # units between it and a label beside it, which would be read as its next word
NEAR = 1.8  # times a label's size: what is no further below is its next line
ALIGNED = 0.6  # units: what begins, or stands, no further apart is of one column, or of one line


@dataclass
class _Text:
    """A text of a drawing with its lines as they are drawn, the point it grows from, its share."""

    element: Element
    lines: tuple[Placed, ...]
    origin: Point
    factor: float = 1.0

    @property
    def grown(self) -> tuple[Placed, ...]:
        """Its lines as large as it has become."""
        return tuple(_grown(line, self.origin, self.factor) for line in self.lines)


def enlarge_labels(
    root: Element, fonts: LabelFonts, cut: float | None = None, wanted: float = inf
) -> Element:
    """Return a drawing with larger labels, at most 1.4 times, where they stand.

    The lines of a bubble, and the entries of a row or a column, remain of one size. Where the
    drawing is cut, at x, none grows over the cut from the right. None grows further than it must to
    be as large as `wanted`, in units.
    """
    labels, shapes = place_labels(list(painted(root)), fonts)
    texts = list(_texts(root, labels))
    for text in texts:
        others = [one for other in texts if other is not text for one in other.grown]
        fits = (
            f
            for f in _steps(text, wanted)
            if _fits(text, f, others, shapes) and _stays(text, f, cut)
        )
        text.factor = next(fits, 1.0)
    _even_out(texts)
    larger = {text.element.place: _enlarged(text) for text in texts if text.factor > 1}
    return changed(root, lambda element: larger.get(element.place, {}))


def _texts(root: Element, labels: Sequence[Placed]) -> Iterator[_Text]:
    """Yield the texts of a drawing; those that a transform turns are none."""
    lines = {placed.label.place: placed for placed in labels}
    for element in root.walk():
        own = tuple(lines[one.place] for one in element.walk() if one.place in lines)
        if element.tag == "text" and own and own[0].label.matrix[:4] == Identity[:4]:
            left, top, right, bottom = box_of([point for line in own for point in line.corners])
            share = ANCHORS[own[0].label.anchor]
            yield _Text(element, own, (left + share * (right - left), (top + bottom) / 2))


def _steps(text: _Text, wanted: float) -> Iterator[float]:
    """Yield by how much a text may be larger, without a step further than it must be."""
    label = text.lines[0].label
    enough = wanted / (label.size * label.scale)
    if enough > 1:
        yield from (factor for factor in (enough, *STEPS) if factor <= min(enough, STEPS[0]))


def _grown(placed: Placed, origin: Point, factor: float) -> Placed:
    """Return a label that is larger by a factor, away from a point."""
    corners = tuple(
        (origin[0] + factor * (x - origin[0]), origin[1] + factor * (y - origin[1]))
        for x, y in placed.corners
    )
    return replace(placed, corners=corners, box=box_of(corners))


def _fits(text: _Text, factor: float, others: Sequence[Placed], shapes: Shapes) -> bool:
    """Tell whether a text that is larger by a factor has air on all sides."""
    if text.lines[0].label.size * factor > LARGEST:
        return False
    lines = [_grown(line, text.origin, factor) for line in text.lines]
    return all(
        has_room(_widened(line, AIR), shapes)
        and not any(meet(_widened(line, ASIDE), other) for other in others)
        for line in lines
    )


def _stays(text: _Text, factor: float, cut: float | None) -> bool:
    """Tell whether a text that is larger by a factor stays to the right of a cut, if it is."""
    left, _, right, _ = text.lines[0].box
    if cut is None or left + right < 2 * cut:
        return True
    return all(_grown(line, text.origin, factor).box[0] > cut + AIR for line in text.lines)


def _widened(placed: Placed, aside: float) -> Placed:
    """Return a label with air around it."""
    left, top, right, bottom = placed.box
    box = left - aside, top - AIR, right + aside, bottom + AIR
    corners = (box[:2], (box[2], box[1]), box[2:], (box[0], box[3]))
    return replace(placed, corners=corners, box=box)


def _even_out(texts: Sequence[_Text]) -> None:
    """Make texts that belong together no larger than the one of them with the least room."""
    pairs = [pair for pair in combinations(texts, 2) if _belong(*pair)]
    for _ in texts:
        for one, other in pairs:
            one.factor = other.factor = min(one.factor, other.factor)


def _belong(one: _Text, other: _Text) -> bool:
    """Tell whether two texts are lines of one label, or entries of one row or column."""
    first, second = one.lines[0].label, other.lines[0].label
    if first.size != second.size:
        return False
    (left, top, right, bottom), (west, north, east, south) = (
        box_of([point for line in text.lines for point in line.corners]) for text in (one, other)
    )
    is_next = min(right, east) > max(left, west) and (
        max(top, north) - min(bottom, south) < (NEAR - 1) * first.size
    )
    in_column = abs(one.origin[0] - other.origin[0]) < ALIGNED
    in_row = abs(one.lines[-1].label.y - other.lines[-1].label.y) < ALIGNED
    return is_next or in_row or in_column


def _enlarged(text: _Text) -> dict[str, str]:
    """Return the transform by which a text becomes larger."""
    x, y = text.origin
    own = text.element.attributes.get("transform", "")
    grow = f"{own} translate({x:g} {y:g}) scale({text.factor:g}) translate({-x:g} {-y:g})"
    return {"transform": grow.strip()}
