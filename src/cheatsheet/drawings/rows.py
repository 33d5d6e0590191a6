"""A drawing → two rows, so that a narrow page shows its labels large enough.

Nothing small is cut: each thing stands in one of the rows. What reaches far to both sides of the
cut, such as a table or a frame, is in both; a frame is closed again. An arrow from one row to the
other turns: it stands between them and points down or up. Where two flows go one above the other,
each is two rows of its own.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from cheatsheet.drawings.arrows import upright
from cheatsheet.drawings.colouring import coloured_root
from cheatsheet.drawings.cutting import EDGE, Cut, Thing, best_cut
from cheatsheet.drawings.drawing import SVG, Element, only, parse_drawing
from cheatsheet.drawings.geometry import Box
from cheatsheet.drawings.labels import LabelFonts
from cheatsheet.drawings.vocabulary import HEIGHT, WIDTH
from cheatsheet.findings import Place

GAP = 12.0  # units between two rows
TURN = 13.0  # units: an arrow between two rows
TURN_GAP = 22.4  # units between two rows with an arrow
ASIDE = 9.0  # units from the middle of one, where there are two
PARTING = 16.0  # units between two flows
NARROWEST = 196  # units: narrower rows would be larger than the text around them
PEN = 'stroke-width="1.2" stroke-linecap="round" stroke-linejoin="round"'


@dataclass(frozen=True)
class Row:
    """What stands in a row, the box that it takes of the drawing, and the arrows under it.

    An arrow is its colour, and whether it leads down.
    """

    things: Sequence[Thing]
    box: Box
    turns: Sequence[tuple[str, bool]]
    parting: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        """How high it is, without what stands under it."""
        return self.box[3] - self.box[1]


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
    cut = best_cut(root, fonts) if fonts else None
    if cut is None:
        return coloured_root(root, colours, fonts)
    rows = rows_of(cut)
    width = max(NARROWEST, *(row.width for row in rows))
    parts, top = "", 0.0
    for row in rows:
        left = (width - row.width) / 2
        parts += coloured_root(row_part(root, row, left, top), colours, fonts)
        top += row.height
        for n, (colour, is_down) in enumerate(row.turns):
            x = width / 2 + ASIDE * (2 * n + 1 - len(row.turns))
            parts += turn(x, top + row.parting / 2, colours[colour], is_down=is_down)
        top += row.parting
    size = f'viewBox="0 0 {width:g} {top:g}" width="{width:g}" height="{top:g}"'
    return f'<svg xmlns="{SVG}" {size}>{parts}</svg>'


def whole_row(things: Sequence[Thing]) -> Row:
    """Return all that a drawing paints as a row of its own."""
    return Row(things, _row_box(things, (), None, None), (), 0.0)


def turn(x: float, y: float, colour: str, *, is_down: bool) -> str:
    """Return an arrow between two rows as SVG, its middle at a point."""
    d = upright(x, y - TURN / 2, TURN, is_down=is_down)
    return f'<path d="{d}" fill="none" stroke="{colour}" {PEN}/>'


def rows_of(cut: Cut) -> list[Row]:
    """Return the rows of a cut: two, or two for each of two flows."""
    turning = cut.turning()
    turned = {thing for thing, _, _ in turning}
    rows: list[Row] = []
    flows = _flows(cut, turned)
    for flow in flows:
        turns = {(arrow.colour, is_down) for one, arrow, is_down in turning if one.is_in(flow)}
        left, right = (
            [one for one in part if one.is_in(flow) and one not in turned]
            for part in (cut.left, cut.right)
        )
        both = [one for one in cut.both if one.is_in(flow) and one not in turned]
        again = both if len(flows) == 1 else [one for one in both if not one.is_level]
        arrows = sorted(turns, key=lambda turn: (not turn[1], turn[0]))
        parting = TURN_GAP if arrows else GAP
        rows += [
            Row([*left, *both], _row_box(left, both, None, cut.x), arrows, parting),
            Row([*right, *again], _row_box(right, again, cut.x, None), (), PARTING),
        ]
    return [*rows[:-1], replace(rows[-1], parting=0.0)]


def _flows(cut: Cut, turned: Collection[Thing]) -> list[tuple[float, float]]:
    """Return between which heights a drawing's flows are: one, or two, one above the other.

    There are two where nothing but a rule crosses a line between, and an arrow turns in each.
    """
    things = [*cut.left, *cut.right, *cut.both]
    for y in range(HEIGHT // 3, 2 * HEIGHT // 3):
        above = [one.box[3] <= y for one in turned]
        if any(above) and not all(above) and not any(one.crosses(y) for one in things):
            return [(0.0, y), (y, HEIGHT)]
    return [(0.0, HEIGHT)]


def _row_box(
    own: Sequence[Thing], both: Sequence[Thing], start: float | None, end: float | None
) -> Box:
    """Return the box that a row takes of the drawing; what is in both rows reaches to the cut."""
    lefts, tops, rights, bottoms = zip(*(one.box for one in (*own, *both)), strict=True)
    if both:
        own_lefts = [one.box[0] for one in own]
        lefts = (start, *own_lefts) if start is not None else lefts
        rights = (end, *(one.box[2] for one in own)) if end is not None else rights
    left, right = max(0.0, min(lefts) - EDGE), min(float(WIDTH), max(rights) + EDGE)
    return left, max(0.0, min(tops) - EDGE), right, min(float(HEIGHT), max(bottoms) + EDGE)


def row_part(root: Element, row: Row, x: float, y: float, scale: float = 1.0) -> Element:
    """Return a row of a drawing from a point on, larger by a scale."""
    left, upper, right, _ = row.box
    frame = {
        "x": f"{x:g}",
        "y": f"{y:g}",
        "width": f"{scale * row.width:g}",
        "height": f"{scale * row.height:g}",
        "viewBox": f"{left:g} {upper:g} {row.width:g} {row.height:g}",
    }
    frames = {place for thing in row.things if thing.is_frame for place in thing.places}
    own = only(root, {place for thing in row.things for place in thing.places})
    part = _closed(own, frames, (left, right))
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
