"""A drawing → the same in a room of pixels, as large as it goes there: its rows, its labels.

A card is seen on a telephone among others. So labels grow where they have air, and a row that is
narrower than the other may be drawn larger.
"""

from collections.abc import Mapping, Sequence

from cheatsheet.drawings.colouring import coloured_root
from cheatsheet.drawings.cutting import Cut, best_cut, moved_cut
from cheatsheet.drawings.drawing import SVG, Element, parse_drawing
from cheatsheet.drawings.enlarging import enlarge_labels
from cheatsheet.drawings.labels import LabelFonts
from cheatsheet.drawings.rows import ASIDE, Row, row_part, rows_of, turn
from cheatsheet.drawings.vocabulary import HEIGHT, WIDTH

LARGEST = 1.45  # times the scale of the wider row: pens and faces still look like one hand's
STEP = 0.05
AIRIEST = 2.0  # times their distance in units, which rows may be from each other


def poster_drawing(
    file: str,
    text: str,
    colours: Mapping[str, str],
    fonts: LabelFonts,
    room: tuple[int, int],
) -> str:
    """Return the drawing in a file as SVG in the book's colours, in a room of width and height.

    Its right part stands under the left one where that makes it larger. `colours` are those of
    `book_colours`. The drawing has passed its checks.
    """
    root = parse_drawing(file, text).root
    if root is None:
        return ""
    cut = best_cut(root, fonts)
    root = enlarge_labels(root, fonts, cut.x if cut and cut.both else None)
    cut = moved_cut(cut, root, fonts) if cut else None
    whole = [Row((), (0.0, 0.0, float(WIDTH), float(HEIGHT)), (), 0.0)]
    rows = rows_of(cut) if cut else whole
    if _scale(rows, room) <= _scale(whole, room):
        cut, rows = None, whole
    scale = _scale(rows, room)
    parts = _placed(root, rows, cut, scale, room, colours, fonts)
    width, height = room
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return f'<svg xmlns="{SVG}" {size}>{parts}</svg>'


def _placed(root, rows, cut, scale, room, colours, fonts) -> str:
    scales = _scales(rows, cut, scale, room)
    used = sum(s * row.height for s, row in zip(scales, rows, strict=True))
    gaps = sum(row.parting for row in rows)
    air = min((room[1] - used) / (gaps * scale), AIRIEST) if gaps else 1.0
    top = (room[1] - used - air * gaps * scale) / 2
    parts = ""
    for row, own in zip(rows, scales, strict=True):
        left = (room[0] - own * row.width) / 2
        part = root if cut is None else row_part(root, row, left, top, own)
        if cut is None:
            frame = {"x": f"{left:g}", "y": f"{top:g}", "width": f"{own*row.width:g}", "height": f"{own*row.height:g}"}
            from dataclasses import replace
            part = replace(root, attributes={**root.attributes, **frame})
        parts += coloured_root(part, colours, fonts)
        top += own * row.height
        parting = air * row.parting * scale
        for n, (colour, is_down) in enumerate(row.turns):
            x = room[0] / scale / 2 + ASIDE * (2 * n + 1 - len(row.turns))
            arrow = turn(x, (top + parting / 2) / scale, colours[colour], is_down=is_down)
            parts += f'<g transform="scale({scale:g})">{arrow}</g>'
        top += parting
    return parts


def _scale(rows: Sequence[Row], room: tuple[int, int]) -> float:
    """Return how many pixels a unit has where rows fill a room."""
    height = sum(row.height + row.parting for row in rows)
    return min(room[0] / max(row.width for row in rows), room[1] / height)


def _scales(rows: Sequence[Row], cut: Cut | None, scale: float, room: tuple[int, int]) -> list[float]:
    if cut is None or cut.both:
        return [scale] * len(rows)
    best = [scale] * len(rows)
    gaps = scale * sum(row.parting for row in rows)
    most = 1.0
    while most < LARGEST:
        most += STEP
        tried = [max(scale, min(room[0] / row.width, scale * most)) for row in rows]
        if gaps + sum(s * row.height for s, row in zip(tried, rows, strict=True)) > room[1]:
            break
        best = tried
    return best
