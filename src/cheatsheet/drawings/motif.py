"""A drawing → its motif alone: the one thing that says at a glance what it is about.

A motif is what is in a drawing's group `<g id="motif">`, without labels.
"""

from collections.abc import Mapping
from dataclasses import replace

from cheatsheet.drawings.colouring import coloured_drawing
from cheatsheet.drawings.drawing import Element, changed, only
from cheatsheet.drawings.geometry import box_of
from cheatsheet.drawings.measuring import PENS
from cheatsheet.drawings.painting import Shape, painted

MOTIF = "motif"
SIDE = 100


def motif_drawing(root: Element, colours: Mapping[str, str], pen: float) -> str:
    """Return the motif of a drawing as SVG just as large; "" if it has none.

    Whatever size it has in its drawing, it is 100 units wide or high, the longer of the two, and
    the outlines are `pen` units thick.
    """
    group = next((one for one in root.walk() if one.attributes.get("id") == MOTIF), None)
    if group is None:
        return ""
    own = {one.place for one in group.walk() if one.tag not in {"text", "tspan"}}
    shapes = [one for one in painted(root) if isinstance(one, Shape) and one.place in own]
    points = [point for shape in shapes for outline in shape.outlines for point in outline]
    if not points:
        return ""
    tight = box_of(points)
    unit = max(1, tight[2] - tight[0], tight[3] - tight[1]) / (SIDE - pen)
    left, top, right, bottom = box_of(points, pen * unit / 2)
    frame = {
        "viewBox": f"{left:.2f} {top:.2f} {right - left:.2f} {bottom - top:.2f}",
        "width": f"{(right - left) / unit:.2f}",
        "height": f"{(bottom - top) / unit:.2f}",
    }
    times = pen * unit / PENS[0]

    def thicker(element: Element) -> dict[str, str]:
        own_pen = element.attributes.get("stroke-width")
        return {"stroke-width": f"{float(own_pen) * times:.2f}"} if own_pen else {}

    part = changed(only(root, own), thicker)
    return coloured_drawing(replace(part, attributes={**part.attributes, **frame}), colours, None)
