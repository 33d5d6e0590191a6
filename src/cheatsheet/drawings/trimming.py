"""A drawing → the same without the air at its sides, so that its ink meets the text's edges."""

from collections.abc import Mapping
from dataclasses import replace

from cheatsheet.drawings.colouring import coloured_drawing
from cheatsheet.drawings.cutting import things_in
from cheatsheet.drawings.drawing import Element
from cheatsheet.drawings.geometry import around
from cheatsheet.drawings.labels import LabelFonts
from cheatsheet.drawings.vocabulary import HEIGHT, WIDTH

LARGEST = 1.1  # times as large as it was drawn: what is narrower has air at its sides


def trimmed_drawing(root: Element, colours: Mapping[str, str], fonts: LabelFonts | None) -> str:
    """Return a drawing as SVG in the book's colours, as wide as its ink.

    Its frame has the shape of the strip, and what is drawn stands in its middle. Without the
    labels' fonts, it is as it was drawn.
    """
    return coloured_drawing(_trimmed(root, fonts) if fonts else root, colours, fonts)


def _trimmed(root: Element, fonts: LabelFonts) -> Element:
    """Return a drawing's root with a frame around its ink."""
    boxes = [thing.box for thing in things_in(root, fonts)]
    if not boxes:
        return root
    left, top, right, bottom = around(boxes)
    width = max(right - left, WIDTH / LARGEST, (bottom - top) * WIDTH / HEIGHT)
    height = width * HEIGHT / WIDTH
    x, y = (left + right - width) / 2, (top + bottom - height) / 2
    frame = {
        "viewBox": f"{x:.2f} {y:.2f} {width:.2f} {height:.2f}",
        "width": f"{width:.2f}",
        "height": f"{height:.2f}",
    }
    return replace(root, attributes={**root.attributes, **frame})
