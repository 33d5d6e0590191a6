"""A drawing → two rows of its halves, so that a narrow page shows its labels large enough."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from cheatsheet.drawings.colouring import coloured_root
from cheatsheet.drawings.drawing import SVG, Element, only, parse_drawing
from cheatsheet.drawings.geometry import Box
from cheatsheet.drawings.labels import LabelFonts
from cheatsheet.drawings.measuring import label_box
from cheatsheet.drawings.painting import Label, Painted, painted
from cheatsheet.drawings.vocabulary import HEIGHT, WIDTH

GAP = 6  # units between two rows
MIDDLE = range(WIDTH // 3, WIDTH - WIDTH // 3 + 1)


def drawing_in_rows(
    file: str, text: str, colours: Mapping[str, str], fonts: LabelFonts | None
) -> str:
    """Return the drawing in a file as SVG in the book's colours, its right part under the left one.

    It is one row where its labels allow no cut. `colours` are those of `book_colours`. The drawing
    has passed its checks.
    """
    root = parse_drawing(file, text).root
    if root is None:
        return ""
    cut = row_cut(file, text, fonts) if fonts else None
    if fonts is None or cut is None:
        return coloured_root(root, colours, fonts)
    width, height = max(cut, WIDTH - cut), 2 * HEIGHT + GAP
    halves = ((0, cut, 0), (cut, WIDTH, HEIGHT + GAP))
    parts = (_part(root, fonts, (left, right), width, top) for left, right, top in halves)
    rows = "".join(coloured_root(part, colours, fonts) for part in parts)
    size = f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
    return f'<svg xmlns="{SVG}" {size}>{rows}</svg>'


def row_cut(file: str, text: str, fonts: LabelFonts) -> float | None:
    """Return where a drawing is best cut in two, in units from its left; None if labels forbid it.

    No label is cut, and as few lines as can be.
    """
    root = parse_drawing(file, text).root
    things = list(painted(root)) if root else []
    labels = [label_box(thing, fonts) for thing in things if isinstance(thing, Label)]
    shapes = [thing.box for thing in things if not isinstance(thing, Label)]
    cuts = [x for x in MIDDLE if not any(_crossed(x, labels))]
    return min(cuts, key=lambda x: (sum(_crossed(x, shapes)), abs(x - WIDTH / 2)), default=None)


def _part(
    root: Element, fonts: LabelFonts, span: tuple[float, float], width: float, top: float
) -> Element:
    """Return what a drawing has from one x to another, in the middle of a row `width` wide.

    A shape that reaches out of it is cut off; a label is in one part alone, and read once.
    """
    left, right = span
    boxes = ((thing.place, _box(thing, fonts)) for thing in painted(root))
    own = {place for place, box in boxes if box[0] < right and left < box[2]}
    frame = {
        "x": f"{(width - right + left) / 2:g}",
        "y": f"{top:g}",
        "width": f"{right - left:g}",
        "height": f"{HEIGHT}",
        "viewBox": f"{left:g} 0 {right - left:g} {HEIGHT}",
    }
    part = only(root, own)
    return replace(part, attributes={**part.attributes, **frame})


def _box(thing: Painted, fonts: LabelFonts) -> Box:
    """Return the box of a shape or of a label's ink."""
    return label_box(thing, fonts) if isinstance(thing, Label) else thing.box


def _crossed(x: float, boxes: list[Box]) -> Iterator[bool]:
    """Yield for each box whether a cut goes through it."""
    return (left - 1 < x < right + 1 for left, _, right, _ in boxes)
