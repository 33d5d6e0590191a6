"""A drawing that a style sheet asks for → why the renderer may not see it.

It may have sizes and colours of its own, but must be as plain as a term's: what refers to other
elements or has entities can come to more than any memory holds.
"""

import re
from collections.abc import Iterator
from math import prod

from cheatsheet.drawings.drawing import Element, parse_drawing
from cheatsheet.drawings.vocabulary import ELEMENTS

PLAIN = ELEMENTS.keys() | {"defs", "linearGradient", "radialGradient", "stop"}
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
LARGEST = 1e6
FARTHEST = 1e30  # what the numbers of transforms in each other may come to


def ornament_fault(file: str, text: str) -> str:
    """Return why a drawing may not be rendered, with its line; nothing if it may.

    `file` is what it is called.
    """
    drawing = parse_drawing(file, text)
    if drawing.root is None:
        finding = drawing.findings[0]
        return f"{finding.place}: {finding.message}"
    return next(_faults(drawing.root, 1.0), "")


def _faults(element: Element, outer: float) -> Iterator[str]:
    """Yield what is wrong with an element and those in it, in transforms of a size."""
    if element.tag not in PLAIN:
        yield f"{element.place}: <{element.tag}> is none of the elements that drawings may have"
    for name, value in element.attributes.items():
        numbers = [abs(float(number)) for number in NUMBER.findall(value)]
        if name.rpartition(":")[2] in {"href", "style"} or name.lower().startswith("on"):
            yield f"{element.place}: `{name}` is none of the attributes that drawings may have"
        if any(number > LARGEST for number in numbers):
            yield f"{element.place}: `{name}` has a number of more than {LARGEST:,.0f}"
        if name.endswith(("transform", "Transform")):
            outer *= prod(max(1.0, number) for number in numbers)
    if outer > FARTHEST:
        yield f"{element.place}: the transforms in each other enlarge it without end"
        return
    for child in element.children:
        yield from _faults(child, outer)
