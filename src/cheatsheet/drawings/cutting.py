"""Where a drawing is cut in two so that it harms least, and which arrows turn there."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from cheatsheet.drawings.arrows import Arrow, arrow_of, nearest
from cheatsheet.drawings.drawing import Element
from cheatsheet.drawings.geometry import Box, around
from cheatsheet.drawings.labels import LabelFonts
from cheatsheet.drawings.measuring import label_box
from cheatsheet.drawings.painting import Label, Shape, painted
from cheatsheet.drawings.vocabulary import WIDTH
from cheatsheet.findings import Place

CUTS = range(WIDTH // 4, WIDTH - WIDTH // 4 + 1, 2)
FAR = 30  # units: what reaches so far past a cut on both sides is in both rows
WIDEST = 34  # times a label's size: in a wider row, it is smaller than 7 pt on the phone's page
LOW = 8  # units: what is no higher may be cut, as the ground under people's feet
THIN, TALL = 2, 60  # units: a line from top to bottom
LABEL_AIR = 4.0  # units between a label and the end of a frame that is closed beside it
EDGE = 1.0  # units between what is in a row and its end

# What is worse about a cut, per case: a thing apart from what it stands on, a line that ends,
# a group in both rows, the same where a rule would part two whole ones, an arrow that turns down,
# or up.
APART, FRAME, GROUND, CUT, WIDE, SPLIT, DOWN, UP = 12.0, 2.0, 1.0, 8.0, 0.1, 1.8, 1.0, 4.0
ASTRAY = 8.0


@dataclass(frozen=True, eq=False)
class Thing:
    """A shape, or a label with all its lines; a frame is a rectangle that no transform moves.

    `group` is the place of the outermost group that it is in, or its own.
    """

    places: frozenset[Place]
    box: Box
    group: Place
    is_label: bool = False
    is_frame: bool = False
    is_solid: bool = True
    arrow: Arrow | None = None

    def is_in(self, flow: tuple[float, float]) -> bool:
        """Tell whether its middle is between two heights."""
        return flow[0] <= (self.box[1] + self.box[3]) / 2 < flow[1]

    def crosses(self, y: float) -> bool:
        """Tell whether it reaches well to both sides of a height."""
        return self.box[1] + EDGE < y < self.box[3] - EDGE

    @property
    def is_level(self) -> bool:
        """Whether it is no higher than the ground under people's feet."""
        return self.box[3] - self.box[1] < LOW

    @property
    def is_rule(self) -> bool:
        """Whether it is a line that parts two halves."""
        left, top, right, bottom = self.box
        return not self.is_label and right - left < THIN and bottom - top > TALL


@dataclass(frozen=True)
class Turning:
    """An arrow from one row to the other: whether it leads down, and the boxes that it joins."""

    thing: Thing
    arrow: Arrow
    is_down: bool
    since: Box
    to: Box


@dataclass(frozen=True)
class Cut:
    """Two rows, cut at x: what is in them, and how far each reaches."""

    x: float
    left: Sequence[Thing]
    right: Sequence[Thing]
    both: Sequence[Thing]

    @property
    def width(self) -> float:
        """The width of the wider row."""
        end = min(WIDTH, max([self.x, *(thing.box[2] + EDGE for thing in self.left)]))
        start = max(0, min([self.x, *(thing.box[0] - EDGE for thing in self.right)]))
        return max(end, WIDTH - start)

    @property
    def is_free(self) -> bool:
        """Whether a row may be larger than the other: both have but ground and turned arrows."""
        turned = {one.thing for one in self.turning()}
        return all(one.is_level or one in turned for one in self.both)

    def turning(self) -> list[Turning]:
        """Return the arrows from one row to the other."""
        things, lower = [*self.left, *self.right], set(self.right)
        at = {one.box: one in lower for one in things if one.is_solid}
        ends = [
            (one, one.arrow, nearest(one.arrow.origin, at), nearest(one.arrow.target, at))
            for one in [*things, *self.both]
            if one.arrow and at
        ]
        return [
            Turning(one, arrow, at[to], since, to)
            for one, arrow, since, to in ends
            if at[since] != at[to]
        ]


def best_cut(root: Element, fonts: LabelFonts) -> Cut | None:
    """Return the cut of a drawing that does least harm; None if a row is too wide with each."""
    things, widest = list(things_in(root, fonts)), _widest(root)
    bonds = [(*pair, share) for pair in combinations(things, 2) if (share := _share(*pair))]
    cuts = [cut for cut in (_cut_at(x, things) for x in CUTS) if cut.left and cut.right]
    cuts = [cut for cut in cuts if cut.width <= widest]
    return min(cuts, key=lambda cut: _harm(cut, bonds), default=None)


def moved_cut(cut: Cut, root: Element, fonts: LabelFonts) -> Cut:
    """Return a cut of a drawing with each thing as it is in another, of the same elements.

    It is as far to the right as the upper row's labels need, if a frame ends there.
    """
    now = {thing.places: thing for thing in things_in(root, fonts)}
    left, right, both = ([now[t.places] for t in row] for row in (cut.left, cut.right, cut.both))
    labels = [thing.box[2] + LABEL_AIR for thing in left if thing.is_label] if both else []
    return Cut(max([cut.x, *labels]), left, right, both)


def things_in(root: Element, fonts: LabelFonts) -> Iterator[Thing]:
    """Yield what a drawing paints, from the bottom up; the lines of a label are one thing."""
    elements = {element.place: element for element in root.walk()}
    texts = {line.place: text for text in root.walk() if text.tag == "text" for line in text.walk()}
    groups = {one.place: child.place for child in root.children for one in child.walk()}
    labels: dict[Place, list[Box]] = {}
    for thing in painted(root):
        if isinstance(thing, Label):
            labels.setdefault(texts[thing.place].place, []).append(label_box(thing, fonts))
        else:
            is_frame = thing.tag == "rect" and _is_unmoved(thing, elements[thing.place])
            own, group = frozenset({thing.place}), groups[thing.place]
            arrow, is_solid = arrow_of(thing), thing.fill != "none"
            yield Thing(own, thing.box, group, is_frame=is_frame, is_solid=is_solid, arrow=arrow)
    for place, boxes in labels.items():
        lines = frozenset(line.place for line in elements[place].walk())
        yield Thing(lines, around(boxes), groups[place], is_label=True)


def _is_unmoved(shape: Shape, element: Element) -> bool:
    """Tell whether a rectangle stands where its attributes say."""
    pen = shape.pen / 2 if shape.stroke != "none" else 0.0
    return abs(shape.box[0] + pen - float(element.attributes.get("x", 0))) < EDGE / 10


def _widest(root: Element) -> float:
    """Return how wide a row may be, for its smallest label."""
    labels = [one for one in painted(root) if isinstance(one, Label)]
    return min([WIDTH, *(WIDEST * one.size * one.scale for one in labels)])


def _cut_at(x: float, things: Sequence[Thing]) -> Cut:
    """Return the rows of a cut at x, without a rule that would stand between them."""
    both = [t for t in things if not t.is_label and t.box[0] < x - FAR and x + FAR < t.box[2]]
    rest = [thing for thing in things if thing not in both]
    left = [thing for thing in rest if thing.box[0] + thing.box[2] < 2 * x]
    right = [thing for thing in rest if thing not in left]
    return Cut(x, _without_rule(left, 2, max), _without_rule(right, 0, min), both)


def _without_rule(row: list[Thing], side: int, furthest: Callable[..., Thing]) -> list[Thing]:
    """Return a row without a rule at its end, which is a side of boxes: 0 for left, 2 for right."""
    end = furthest(row, key=lambda thing: thing.box[side], default=None)
    return [thing for thing in row if thing is not end or not thing.is_rule]


def _harm(cut: Cut, bonds: Sequence[tuple[Thing, Thing, float]]) -> float:
    """Return how bad a cut is."""
    turning = cut.turning()
    turned = {one.thing for one in turning}
    left, both = set(cut.left), {*cut.both, *turned}
    apart = sum(
        share
        for one, other, share in bonds
        if one not in both and other not in both and (one in left) != (other in left)
    )
    cuts = sum(
        FRAME if one.is_frame else GROUND if one.is_level else CUT
        for one in cut.both
        if one not in turned
    )
    groups = [{one.group for one in part if one not in turned} for part in (cut.left, cut.right)]
    arrows = {(one.arrow.colour, one.is_down) for one in turning}
    turns = sum(DOWN if is_down else UP for _, is_down in arrows)
    split = len(groups[0] & groups[1])
    has_rule = any(one.is_rule for one in (*cut.left, *cut.right))
    splits = split * (ASTRAY if has_rule else SPLIT)
    return APART * apart + cuts + splits + WIDE * cut.width + turns


def _share(one: Thing, other: Thing) -> float:
    """Return how much of the smaller of two things' boxes is in the other's, of 1."""
    (left, top, right, bottom), (west, north, east, south) = one.box, other.box
    wide, high = min(right, east) - max(left, west), min(bottom, south) - max(top, north)
    if wide <= 0 or high <= 0:
        return 0.0
    areas = (right - left) * (bottom - top), (east - west) * (south - north)
    return wide * high / max(1.0, min(areas))
