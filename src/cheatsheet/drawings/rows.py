"""A drawing in two rows, for a page on which the strip's labels would be too small to read."""

from collections.abc import Mapping
from dataclasses import replace

from cheatsheet.drawings.colouring import coloured_element
from cheatsheet.drawings.drawing import SVG, Element, parse_drawing
from cheatsheet.drawings.labels import LabelFonts
from cheatsheet.drawings.measuring import label_box
from cheatsheet.drawings.painting import Label, painted
from cheatsheet.drawings.screen import GAP, row_cut
from cheatsheet.drawings.vocabulary import HEIGHT, WIDTH
from cheatsheet.findings import Place


def stacked_drawing(
    file: str, text: str, colours: Mapping[str, str], fonts: LabelFonts
) -> str | None:
    """Return the drawing in a file in the book's colours, its right part under the left one.

    It is as wide as the wider part, in units; None if labels forbid a cut. The drawing has passed
    its checks.
    """
    root, cut = parse_drawing(file, text).root, row_cut(file, text, fonts)
    if root is None or cut is None:
        return None
    width, height = max(cut, WIDTH - cut), 2 * HEIGHT + GAP
    size = f'viewBox="0 0 {width:g} {height}" width="{width:g}" height="{height}"'
    rows = ""
    for name, top, left, right in (("a", 0, 0, cut), ("b", HEIGHT + GAP, cut, WIDTH)):
        part = coloured_element(_part(root, _between(root, left, right, fonts)), colours, fonts)
        clip = f'<rect x="{left:g}" width="{right - left:g}" height="{HEIGHT}"/>'
        moved = f"translate({(width - left - right) / 2:g} {top})"
        rows += f'<clipPath id="{name}">{clip}</clipPath>'
        rows += f'<g transform="{moved}" clip-path="url(#{name})">{part}</g>'
    return f'<svg xmlns="{SVG}" {size}>{rows}</svg>'


def _between(root: Element, left: float, right: float, fonts: LabelFonts) -> frozenset[Place]:
    """Return the places of what is painted between two distances from the drawing's left."""
    boxes = {
        thing.place: label_box(thing, fonts) if isinstance(thing, Label) else thing.box
        for thing in painted(root)
    }
    return frozenset(place for place, box in boxes.items() if box[0] < right and left < box[2])


def _part(element: Element, places: frozenset[Place]) -> Element:
    """Return an element with those of its shapes and labels that have one of the places."""
    if element.tag not in {"svg", "g"}:
        return element
    inner = [_part(child, places) for child in element.children if _is_in(child, places)]
    return replace(element, tag="g", children=inner)


def _is_in(element: Element, places: frozenset[Place]) -> bool:
    """Tell whether an element, or one in it, has one of the places."""
    return any(one.place in places for one in element.walk())
