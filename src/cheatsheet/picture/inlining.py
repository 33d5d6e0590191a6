"""A drawing → the same drawing for a page: in the book's colours and font, with its words."""

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from cheatsheet.picture.drawing import Element, parse_drawing
from cheatsheet.picture.vocabulary import COLOURS, FONT, WORDLESS

VARIABLE = re.compile(r"var\(\s*--([\w-]+)\s*\)")
COLOURED = {"fill", "stroke", "font-family"}
STAND_INS = (*COLOURS, FONT)


def book_colours(tokens: Mapping[str, str], category: str) -> dict[str, str]:
    """Return what stands in the book for each colour of a category's drawings, and for the font.

    `tokens` are the values of the styles' custom properties: `--picture-royalblue` is what
    royalblue stands for. A variable that a category has for itself (`--category-<id>-tab` for
    `--tab`) is the category's. Without a token, a colour stands for itself.
    """
    return {name: _resolved(f"picture-{name}", tokens, category) or name for name in STAND_INS}


def _resolved(name: str, tokens: Mapping[str, str], category: str) -> str:
    """Return a token's value, through the variables that it refers to."""
    for _ in tokens:  # no further than a circle of all of them
        value = tokens.get(f"--category-{category}-{name}", tokens.get(f"--{name}", ""))
        variable = VARIABLE.fullmatch(value)
        if variable is None:
            return value
        name = variable[1]
    return ""


def inline_drawing(text: str, colours: Mapping[str, str], alt: str) -> str:
    """Return a drawing as an <svg> element of a page, whose title is `alt`.

    `colours` are what stands in the book for the drawing's colours, and for its font. The drawing
    is one that has passed its checks.
    """
    root = parse_drawing("", text).root
    if root is None:
        return ""
    inner = "".join(_written(child, colours) for child in root.children)
    fill = "" if "fill" in root.attributes else f" fill={quoteattr(colours['black'])}"
    return f"<svg{_attributes(root, colours)}{fill}><title>{escape(alt)}</title>{inner}</svg>"


def _written(element: Element, colours: Mapping[str, str]) -> str:
    """Return an element as text; what a reader does not see is left out."""
    if element.tag in WORDLESS:
        return ""
    words = escape(" ".join(element.text.split()))
    inner = words + "".join(_written(child, colours) for child in element.children)
    opening = f"<{element.tag}{_attributes(element, colours)}"
    return f"{opening}>{inner}</{element.tag}>" if inner else f"{opening}/>"


def _attributes(element: Element, colours: Mapping[str, str]) -> str:
    """Return an element's attributes as text."""
    return "".join(
        f" {name}={quoteattr(colours.get(value, value) if name in COLOURED else value)}"
        for name, value in element.attributes.items()
        if name not in {"id", "version"}
    )
