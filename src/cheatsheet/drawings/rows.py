"""A drawing → two rows, so that a narrow page shows its labels large enough.

Nothing small is cut: each thing stands in one of the rows. What reaches far to both sides of the
cut, such as a table or a frame, is in both; a frame is closed again. An arrow from one row to the
other turns: it stands between them and points down or up, between what it joins, and a label that
is alone with it in a group stands beside it. Where two flows go one above the other, each is two
rows of its own.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Self

from cheatsheet.drawings.colouring import coloured_drawing
from cheatsheet.drawings.cutting import EDGE, Cut, Thing, best_cut, moved_cut
from cheatsheet.drawings.drawing import SVG, Element, changed, only
from cheatsheet.drawings.enlarging import enlarge_labels
from cheatsheet.drawings.geometry import Box, around
from cheatsheet.drawings.labels import LabelFonts
from cheatsheet.drawings.turning import (
    ASIDE,
    LINE,
    Span,
    Turns,
    arrow_svg,
    bent_svg,
    ends_of,
    meeting,
    turns_of,
)
from cheatsheet.drawings.vocabulary import HEIGHT, WIDTH

GAP = 12.0  # units between two rows
PARTING = 16.0  # units between two flows
TIGHT = 2.4  # units between arrows and a row, where there is no more room
READABLE = 13.2 / 358  # of the width: a label on a telephone 390 px wide, beside its margins
NARROWEST = 196  # units: narrower rows would be larger than the text around them


@dataclass(frozen=True)
class Row:
    """What stands in a row, the box that it takes of the drawing, and the arrows under it."""

    things: Sequence[Thing]
    box: Box
    turns: Turns
    parting: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        """How high it is, without what stands under it."""
        return self.box[3] - self.box[1]

    @property
    def least_parting(self) -> float:
        """The least units under it: arrows with a little air, or three quarters of a gap."""
        return self.turns.height + 2 * TIGHT if self.turns.lines else 0.75 * self.parting

    @property
    def flush(self) -> Self:
        """The same without the air at its sides, so that it can be aligned with words."""
        left, upper, right, lower = self.box
        return replace(self, box=(left + EDGE, upper, right - EDGE, lower))


def drawing_in_rows(root: Element, colours: Mapping[str, str], fonts: LabelFonts | None) -> str:
    """Return a drawing as SVG in the book's colours, its right part under the left one.

    It is one row where it allows no cut.
    """
    cut = best_cut(root, fonts) if fonts else None
    if cut is None or fonts is None:
        return coloured_drawing(root, colours, fonts)
    width = _width(rows_of(cut))
    root = enlarge_labels(root, fonts, cut.x if cut.both else None, READABLE * width)
    rows = rows_of(moved_cut(cut, root, fonts))
    width = _width(rows)
    parts, top = "", 0.0
    for row, (left, ends) in zip(rows, standing(rows, [1.0] * len(rows), 1.0, width), strict=True):
        parts += coloured_drawing(row_part(root, row, left, top), colours, fonts)
        top += row.height
        place = ends, top + row.parting / 2, width
        parts += turns_svg(root, row.turns, place, colours, fonts)
        top += row.parting
    size = f'viewBox="0 0 {width:g} {top:g}" width="{width:g}" height="{top:g}"'
    return f'<svg xmlns="{SVG}" {size}>{parts}</svg>'


def _width(rows: Sequence[Row]) -> float:
    """Return the width of a narrow page in units, of which its widest row takes all."""
    return max(NARROWEST, *(max(row.width, row.turns.width) for row in rows))


def whole_row(things: Sequence[Thing]) -> Row:
    """Return all that a drawing paints as a row of its own."""
    return Row(things, _row_box(things, (), None, None), Turns(), 0.0)


def standing(
    rows: Sequence[Row], scales: Sequence[float], scale: float, width: float
) -> list[tuple[float, Span]]:
    """Return where each row begins, and where the arrows under it begin and end, in a width.

    `scales` are those of the rows, `scale` that of the arrows. A row stands in the middle, but for
    the lower one of two which do not meet where the arrows join them.
    """
    lefts = [(width - own * row.width) / 2 for own, row in zip(scales, rows, strict=True)]
    ends = [(width / 2, width / 2)] * len(rows)
    for n, (row, other) in enumerate(pairwise(rows)):
        if row.turns.lines:
            upper = _moved(row.turns.upper, row, scales[n], lefts[n])
            lower = _moved(row.turns.lower, other, scales[n + 1], lefts[n + 1])
            room, slack = scale * row.turns.narrow, abs(lefts[n + 1])
            move, middle = meeting(upper, lower, (-slack, slack), room, width / 2)
            lefts[n + 1] += move
            lower = lower[0] + move, lower[1] + move
            bends = row.turns.may_bend
            ends[n] = ends_of(upper, lower, room, middle) if bends else (middle, middle)
    return list(zip(lefts, ends, strict=True))


def turns_svg(
    root: Element,
    turns: Turns,
    place: tuple[Span, float, float],
    colours: Mapping[str, str],
    fonts: LabelFonts | None,
) -> str:
    """Return the arrows between two rows as SVG with their labels.

    `place` is where they begin above and end below, y of their middle, and the width that they stay
    in, all in units.
    """
    parts, ((middle, end), height, width) = "", place
    if middle != end:
        bent = [replace(one, colour=colours[one.colour]) for one in turns.lines[0]]
        return bent_svg(bent, (middle, end), height)
    left = min(max(0.0, middle - turns.narrow / 2), width - turns.width)
    for n, line in enumerate(turns.lines):
        y = height + LINE * (n - (len(turns.lines) - 1) / 2)
        for m, one in enumerate(line):
            x = left + ASIDE * (2 * m + 1)
            parts += arrow_svg(x, y, colours[one.colour], is_down=one.is_down)
            if one.label:
                words = whole_row([one.label])
                part = row_part(root, words, x + ASIDE, y - words.height / 2)
                parts += coloured_drawing(part, colours, fonts)
    return parts


def rows_of(cut: Cut) -> list[Row]:
    """Return the rows of a cut: two, or two for each of two flows."""
    turning = cut.turning()
    turned = {one.thing for one in turning}
    things = [*cut.left, *cut.right, *cut.both]
    gone = turned | turns_of(turning, things).labels
    if not _fills(cut, (0.0, HEIGHT), gone):
        things, gone = [], turned
    rows: list[Row] = []
    flows = _flows(cut, turned, gone)
    for flow in flows:
        turns = turns_of((one for one in turning if one.thing.is_in(flow)), things)
        left, right = (
            [one for one in part if one.is_in(flow) and one not in gone]
            for part in (cut.left, cut.right)
        )
        both = [one for one in cut.both if one.is_in(flow) and one not in turned]
        again = both if len(flows) == 1 else [one for one in both if not one.is_level]
        parting = turns.parting if turns.lines else GAP
        rows += [
            Row([*left, *both], _row_box(left, both, None, cut.x), turns, parting),
            Row([*right, *again], _row_box(right, again, cut.x, None), Turns(), PARTING),
        ]
    return [*rows[:-1], replace(rows[-1], parting=0.0)]


def _moved(span: Span, row: Row, scale: float, left: float) -> Span:
    """Return where what is in a row, from one x of the drawing to another, stands in a page."""
    start, end = (left + scale * (x - row.box[0]) for x in span)
    return start, end


def _flows(cut: Cut, turned: Collection[Thing], gone: Collection[Thing]) -> list[Span]:
    """Return between which heights a drawing's flows are: one, or two, one above the other.

    There are two where nothing but a rule crosses a line between, and an arrow turns in each; both
    have something in each row besides what is `gone` from it.
    """
    things = [*cut.left, *cut.right, *cut.both]
    for y in range(HEIGHT // 3, 2 * HEIGHT // 3):
        above = [one.box[3] <= y for one in turned]
        flows = [(0.0, float(y)), (float(y), float(HEIGHT))]
        parts = any(above) and not all(above) and not any(one.crosses(y) for one in things)
        if parts and all(_fills(cut, flow, gone) for flow in flows):
            return flows
    return [(0.0, HEIGHT)]


def _fills(cut: Cut, flow: Span, gone: Collection[Thing]) -> bool:
    """Tell whether a flow has something in each row of a cut besides what is `gone` from it."""
    return all(
        any(one.is_in(flow) and one not in gone for one in (*part, *cut.both))
        for part in (cut.left, cut.right)
    )


def _row_box(
    own: Sequence[Thing], both: Sequence[Thing], start: float | None, end: float | None
) -> Box:
    """Return the box that a row takes of the drawing; what is in both rows reaches to the cut."""
    left, top, right, bottom = around(one.box for one in (*own, *both))
    if both and start is not None:
        left = min([start, *(one.box[0] for one in own)])
    if both and end is not None:
        right = max([end, *(one.box[2] for one in own)])
    upper_left = max(0.0, left - EDGE), max(0.0, top - EDGE)
    return *upper_left, min(float(WIDTH), right + EDGE), min(float(HEIGHT), bottom + EDGE)


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
    part = changed(own, lambda one: _closed(one, (left, right)) if one.place in frames else {})
    return replace(part, attributes={**part.attributes, **frame})


def _closed(frame: Element, span: Span) -> dict[str, str]:
    """Return where a frame begins and how wide it is, so that it ends where a row does."""
    x, width = (float(frame.attributes.get(name, 0)) for name in ("x", "width"))
    left = x if x >= span[0] else span[0] + EDGE
    right = x + width if x + width <= span[1] else span[1] - EDGE
    return {"x": f"{left:g}", "width": f"{right - left:g}"}
