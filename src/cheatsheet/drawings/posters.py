"""A drawing → the same in a room of pixels, as large as it goes there: its rows, its labels.

A card is seen on a telephone, among others. So labels grow where they have air, and a row that is
narrower than another may be drawn larger, unless something goes on from one to the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cheatsheet.drawings.colouring import coloured_drawing
from cheatsheet.drawings.cutting import best_cut, moved_cut, things_in
from cheatsheet.drawings.drawing import SVG, Element
from cheatsheet.drawings.enlarging import enlarge_labels
from cheatsheet.drawings.labels import LabelFonts
from cheatsheet.drawings.rows import Row, row_part, rows_of, standing, turns_svg, whole_row

LARGEST = 1.75  # times the scale of the widest row: pens and faces are still of one hand
STEP = 0.05  # by which narrower rows are tried larger
AIRIEST = 2.0  # times the distance that rows have elsewhere


@dataclass(frozen=True)
class _Sheet:
    """A room of width and height in pixels, the rows in it, and the pixels of a unit in each."""

    room: tuple[int, int]
    rows: Sequence[Row]
    scale: float
    scales: Sequence[float]

    @property
    def used(self) -> float:
        """The height of the rows alone."""
        return sum(own * row.height for own, row in zip(self.scales, self.rows, strict=True))

    @property
    def parting(self) -> float:
        """The pixels of a unit between rows: more than in them, where the room is not used up."""
        between = sum(row.parting for row in self.rows)
        most = AIRIEST * self.scale
        return min((self.room[1] - self.used) / between, most) if between else most


def poster_drawing(
    root: Element, colours: Mapping[str, str], fonts: LabelFonts, room: tuple[int, int]
) -> str:
    """Return a drawing as SVG in the book's colours, in a room of width and height.

    Its right part stands under the left one where that makes it larger.
    """
    whole = enlarge_labels(root, fonts)
    things = list(things_in(whole, fonts))
    if not things:
        return ""
    sheet = _one_scale([whole_row(things)], room)
    cut = best_cut(root, fonts)
    if cut:
        halves = enlarge_labels(root, fonts, cut.x if cut.both else None)
        cut = moved_cut(cut, halves, fonts)
        other = _one_scale(rows_of(cut), room)
        if other.scale > sheet.scale:
            sheet, whole = _own_scales(other) if cut.is_free else other, halves
    width, height = room
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return f'<svg xmlns="{SVG}" {size}>{_laid_out(whole, sheet, colours, fonts)}</svg>'


def strip_drawing(root: Element, colours: Mapping[str, str], fonts: LabelFonts | None) -> str:
    """Return a drawing as SVG in the book's colours, in one row with larger labels.

    It begins and ends with what it paints, so that it can be aligned with words.
    """
    if fonts is None:
        return coloured_drawing(root, colours, fonts)
    whole = enlarge_labels(root, fonts)
    row = whole_row(list(things_in(whole, fonts))).flush
    part = coloured_drawing(row_part(whole, row, 0.0, 0.0), colours, fonts)
    size = f'viewBox="0 0 {row.width:g} {row.height:g}" width="{row.width:g}"'
    return f'<svg xmlns="{SVG}" {size} height="{row.height:g}">{part}</svg>'


def _one_scale(rows: Sequence[Row], room: tuple[int, int]) -> _Sheet:
    """Return rows as large as they go in a room, all of one scale, from edge to edge."""
    rows = [row.flush for row in rows]
    tight = max((row.least_parting / row.parting for row in rows if row.parting), default=1.0)
    height = sum(row.height + tight * row.parting for row in rows)
    scale = min(room[0] / max(max(row.width, row.turns.width) for row in rows), room[1] / height)
    return _Sheet(room, rows, scale, [scale] * len(rows))


def _own_scales(sheet: _Sheet) -> _Sheet:
    """Return rows of which the narrower ones are larger, as far as the room is high enough."""
    best, most = sheet, 1.0
    between = sheet.scale * sum(row.parting for row in sheet.rows)
    widest = [sheet.room[0] / row.width for row in sheet.rows]
    while most < LARGEST:
        most += STEP
        scales = [max(sheet.scale, min(own, sheet.scale * most)) for own in widest]
        tried = replace(sheet, scales=scales)
        if tried.used + between > sheet.room[1]:
            break
        best = tried
    return best


def _laid_out(root: Element, sheet: _Sheet, colours: Mapping[str, str], fonts: LabelFonts) -> str:
    """Return the rows of a drawing, and the arrows between them, amid their room."""
    between = sheet.parting * sum(row.parting for row in sheet.rows)
    parts, top = "", (sheet.room[1] - sheet.used - between) / 2
    scale, width = sheet.scale, sheet.room[0]
    places = standing(sheet.rows, sheet.scales, scale, width)
    for row, own, (left, (start, end)) in zip(sheet.rows, sheet.scales, places, strict=True):
        parts += coloured_drawing(row_part(root, row, left, top, own), colours, fonts)
        top += own * row.height
        height = top + sheet.parting * row.parting / 2
        place = (start / scale, end / scale), height / scale, width / scale
        arrows = turns_svg(root, row.turns, place, colours, fonts)
        parts += f'<g transform="scale({scale:g})">{arrows}</g>' if arrows else ""
        top += sheet.parting * row.parting
    return parts
