"""A drawing → the same drawing for print: in the book's colours and font.

Each line of a label becomes a text of its own that begins at its left end: WeasyPrint draws an
anchored text as a form of its own (svg/__init__.py), a third of all that drawings add to the file.
"""

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from cheatsheet.drawings.drawing import SVG, Element
from cheatsheet.drawings.labels import LabelFonts
from cheatsheet.drawings.painting import INITIAL, Label, inherited_by, labels_of
from cheatsheet.drawings.vocabulary import COLOURS, FONT, WORDLESS

COLOURED = {"fill", "stroke", "font-family"}
STAND_INS = (*COLOURS, FONT)
UNPRINTED = {"id", "version", "text-anchor"}


def coloured_drawing(root: Element, colours: Mapping[str, str], fonts: LabelFonts | None) -> str:
    """Return a drawing as SVG in the book's colours, its labels set from the left."""
    printed = _printed(root, INITIAL, colours, fonts)
    fill = "" if "fill" in root.attributes else f" fill={quoteattr(colours['black'])}"
    return printed.replace("<svg", f'<svg xmlns="{SVG}"{fill}', 1)


def _printed(
    element: Element,
    inherited: Mapping[str, str],
    colours: Mapping[str, str],
    fonts: LabelFonts | None,
) -> str:
    """Return an element as text; what a reader does not see is left out."""
    if element.tag == "text":
        return "".join(
            _line(label, element, colours, fonts) for label in labels_of(element, inherited)
        )
    style = inherited_by(element, inherited)
    inner = "".join(_printed(child, style, colours, fonts) for child in element.children)
    if element.tag in {"svg", "g"}:
        return (
            f"<{element.tag}{_attributes(element, colours)}>{inner}</{element.tag}>"
            if inner
            else ""
        )
    return "" if element.tag in WORDLESS else f"<{element.tag}{_attributes(element, colours)}/>"


def _attributes(element: Element, colours: Mapping[str, str]) -> str:
    """Return an element's attributes as text."""
    return "".join(
        f" {name}={quoteattr(colours.get(value, value) if name in COLOURED else value)}"
        for name, value in element.attributes.items()
        if name not in UNPRINTED
    )


def _line(
    label: Label, element: Element, colours: Mapping[str, str], fonts: LabelFonts | None
) -> str:
    """Return a line of a label as a text of its own."""
    placed = (
        {"x": f"{label.left(fonts):.2f}", "y": f"{label.y:g}"}
        if fonts
        else {"x": f"{label.x:g}", "y": f"{label.y:g}", "text-anchor": label.anchor}
    )
    said = {
        **placed,
        "fill": colours.get(label.fill, label.fill),
        "font-size": f"{label.size:g}",
        "font-weight": str(label.weight),
    }
    if "transform" in element.attributes:
        said["transform"] = element.attributes["transform"]
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in said.items())
    return f"<text{attributes}>{escape(label.words)}</text>"
