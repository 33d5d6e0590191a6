"""A drawing → two rows, so that a narrow page shows its labels large enough.

Nothing small is cut: each thing stands in one of the rows. What reaches far to both sides of the
cut, such as a table or a frame, is in both; a frame is closed again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from cheatsheet.drawings.colouring import coloured_root
from cheatsheet.drawings.drawing import SVG, Element, only, parse_drawing
from cheatsheet.drawings.geometry import Box
from cheatsheet.drawings.labels import LabelFonts
from cheatsheet.drawings.measuring import label_box
from cheatsheet.drawings.painting import Label, Painted, painted
from cheatsheet.drawings.vocabulary import HEIGHT, WIDTH
from cheatsheet.findings import Place

GAP = 6  # units between two rows
CUTS = range(WIDTH // 3, WIDTH - WIDTH // 3 + 1, 2)
FAR = 30  # units: what reaches so far past a cut on both sides is in both rows
WIDEST = 240  # units: in a wider row, labels are smaller than 7 pt on the phone's page
LOW = 8  # units: what is no higher may be cut, as the ground under people's feet
THIN, TALL = 2, 60  # units: a line from top to bottom
EDGE = 1.0  # units between what is in a row and its end

# What is worse about a cut, per case: a thing apart from what it stands on, a line that ends,
# a group in both rows.
APART, FRAME, GROUND, CUT, WIDE, SPLIT = 12.0, 2.0, 1.0, 8.0, 0.1, 1.8


@dataclass(frozen=True, eq=False)
class _Thing:
    """A shape, or a label with all its lines; a frame is a rectangle that no transform moves.

    `group` is the place of the outermost group that it is in, or its own.
    """

    places: frozenset[Place]
    box: Box
    group: Place
    is_label: bool
    is_frame: bool

    @property
    def is_rule(self) -> bool:
        """Whether it is a line that parts two halves."""
        left, top, right, bottom = self.box
        return not self.is_label and right - left < THIN and bottom - top > TALL


@dataclass(frozen=True)
class _Cut:
    """Two rows, cut at x: what is in them, and how far each reaches."""

    x: float
    left: Sequence[_Thing]
    right: Sequence[_Thing]
    both: Sequence[_Thing]

    @property
    def end(self) -> float:
        """Where the left row ends."""
        return min(WIDTH, max([self.x, *(thing.box[2] + EDGE for thing in self.left)]))

    @property
    def start(self) -> float:
        """Where the right row begins."""
        return max(0, min([self.x, *(thing.box[0] - EDGE for thing in self.right)]))

    @property
    def width(self) -> float:
        """The width of the wider row."""
        return max(self.end, WIDTH - self.start)


def drawing_in_rows(
    file: str, text: str, colours: Mapping[str, str], fonts: LabelFonts | None
) -> str:
    """Return the drawing in a file as SVG in the book's colours, its right part under the left one.

    It is one row where it allows no cut. `colours` are those of `book_colours`. The drawing has
    passed its checks.
    """
    root = parse_drawing(file, text).root
    if root is None:
        return ""
    cut = _best_cut(list(_things(root, fonts))) if fonts else None
    if cut is None:
        return coloured_root(root, colours, fonts)
    parts = (
        _part(root, [*cut.left, *cut.both], (0, cut.end), cut.width, 0),
        _part(root, [*cut.right, *cut.both], (cut.start, WIDTH), cut.width, HEIGHT + GAP),
    )
    rows = "".join(coloured_root(part, colours, fonts) for part in parts)
    size = f"{cut.width:g} {2 * HEIGHT + GAP}"
    frame = f'viewBox="0 0 {size}" width="{cut.width:g}" height="{2 * HEIGHT + GAP}"'
    return f'<svg xmlns="{SVG}" {frame}>{rows}</svg>'


def _things(root: Element, fonts: LabelFonts) -> Iterator[_Thing]:
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
            yield _Thing(own, thing.box, group, is_label=False, is_frame=is_frame)
    for place, boxes in labels.items():
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        box = min(lefts), min(tops), max(rights), max(bottoms)
        lines = frozenset(line.place for line in elements[place].walk())
        yield _Thing(lines, box, groups[place], is_label=True, is_frame=False)


def _is_unmoved(shape: Painted, element: Element) -> bool:
    """Tell whether a rectangle stands where its attributes say."""
    pen = shape.pen / 2 if not isinstance(shape, Label) and shape.stroke != "none" else 0.0
    left = shape.box[0] if not isinstance(shape, Label) else 0.0
    return abs(left + pen - float(element.attributes.get("x", 0))) < EDGE / 10


def _best_cut(things: Sequence[_Thing]) -> _Cut | None:
    """Return the cut that does least harm; None if a row would be too wide with each."""
    bonds = [(*pair, share) for pair in combinations(things, 2) if (share := _share(*pair))]
    cuts = [cut for cut in (_cut_at(x, things) for x in CUTS) if cut.width <= WIDEST]
    return min(cuts, key=lambda cut: _harm(cut, bonds), default=None)


def _cut_at(x: float, things: Sequence[_Thing]) -> _Cut:
    """Return the rows of a cut at x, without a rule that would stand between them."""
    both = [t for t in things if not t.is_label and t.box[0] < x - FAR and x + FAR < t.box[2]]
    rest = [thing for thing in things if thing not in both]
    left = [thing for thing in rest if thing.box[0] + thing.box[2] < 2 * x]
    right = [thing for thing in rest if thing not in left]
    return _Cut(x, _without_rule(left, 2, max), _without_rule(right, 0, min), both)


def _without_rule(row: list[_Thing], side: int, furthest: Callable[..., _Thing]) -> list[_Thing]:
    """Return a row without a rule at its end, which is a side of boxes: 0 for left, 2 for right."""
    end = furthest(row, key=lambda thing: thing.box[side], default=None)
    return [thing for thing in row if thing is not end or not thing.is_rule]


def _harm(cut: _Cut, bonds: Sequence[tuple[_Thing, _Thing, float]]) -> float:
    """Return how bad a cut is."""
    left, both = set(cut.left), set(cut.both)
    apart = sum(
        share
        for one, other, share in bonds
        if one not in both and other not in both and (one in left) != (other in left)
    )
    cuts = sum(
        FRAME if one.is_frame else GROUND if one.box[3] - one.box[1] < LOW else CUT
        for one in cut.both
    )
    split = {thing.group for thing in cut.left} & {thing.group for thing in cut.right}
    return APART * apart + cuts + SPLIT * len(split) + WIDE * cut.width


def _share(one: _Thing, other: _Thing) -> float:
    """Return how much of the smaller of two things' boxes is in the other's, of 1."""
    (left, top, right, bottom), (west, north, east, south) = one.box, other.box
    wide, high = min(right, east) - max(left, west), min(bottom, south) - max(top, north)
    if wide <= 0 or high <= 0:
        return 0.0
    areas = (right - left) * (bottom - top), (east - west) * (south - north)
    return wide * high / max(1.0, min(areas))


def _part(
    root: Element, things: Sequence[_Thing], span: tuple[float, float], width: float, top: float
) -> Element:
    """Return some things of a drawing from one x to another, amid a row `width` wide."""
    left, right = span
    frame = {
        "x": f"{(width - right + left) / 2:g}",
        "y": f"{top:g}",
        "width": f"{right - left:g}",
        "height": f"{HEIGHT}",
        "viewBox": f"{left:g} 0 {right - left:g} {HEIGHT}",
    }
    frames = {place for thing in things if thing.is_frame for place in thing.places}
    own = only(root, {place for thing in things for place in thing.places})
    part = _closed(own, frames, span)
    return replace(part, attributes={**part.attributes, **frame})


def _closed(element: Element, frames: set[Place], span: tuple[float, float]) -> Element:
    """Return an element whose frames end where a row does."""
    children = [_closed(child, frames, span) for child in element.children]
    attributes = dict(element.attributes)
    if element.place in frames:
        x, width = (float(attributes.get(name, 0)) for name in ("x", "width"))
        left, right = max(x, span[0] + EDGE), min(x + width, span[1] - EDGE)
        attributes |= {"x": f"{left:g}", "width": f"{right - left:g}"}
    return replace(element, attributes=attributes, children=children)
