"""Calculations in style sheets that come to no number, for which the renderer has no answer.

The renderer itself is asked, before it reads the sheets: it would end in the middle of a page, and
not say where.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import tinycss2
from tinycss2.ast import DimensionToken, FunctionBlock

from cheatsheet.findings import Finding
from cheatsheet.stylesheets.declared import declared_tokens
from cheatsheet.stylesheets.limits import DEEPEST, LARGEST, LIMIT
from cheatsheet.stylesheets.nodes import place_of, walk
from cheatsheet.stylesheets.sheet import StyleFile

RELATIVE = {"em", "rem", "ex", "ch", "lh", "rlh", "cap", "ic", "vw", "vh", "vi", "vb"}
RELATIVE |= {"vmin", "vmax", "rex", "rch", "rcap", "ric"}
EM_PX = 16.0  # what a relative unit is taken to be
SHOWN = 40  # characters

Solve = Callable[[Any], Any]
"""Returns what a function's node comes to; None if the page must tell. Raises what a renderer does.

A node that is no calculation comes to None too.
"""


def find_unsolvable(
    styles: Sequence[StyleFile], is_calculation: Callable[[Any], object], solve: Solve
) -> Iterator[Finding]:
    """Yield a finding for each calculation that comes to no number, or to one without end.

    The innermost one is told: what is around it is so because of it.
    """
    tokens = declared_tokens(list(styles))
    for style in styles:
        found: list[tuple[Any, str]] = []
        nodes = tinycss2.parse_component_value_list(style.text)
        calculations = [node for node, _ in walk(nodes) if is_calculation(node)]
        for node in reversed(calculations):  # the inner ones first
            inner = {id(one) for one, _ in walk(node.arguments)}
            fault = _fault(next(_filled([node], tokens, 0), node), solve)
            if fault and inner.isdisjoint(id(one) for one, _ in found):
                found.append((node, fault))
        for node, fault in reversed(found):
            said = " ".join(node.serialize()[:SHOWN].split())
            yield LIMIT.finding(f"`{said}` comes to {fault}", place_of(style, node))


def _fault(node: Any, solve: Solve) -> str:
    """Return what a calculation wrongly comes to; nothing if all is well."""
    try:
        value = solve(node)
    except Exception:  # noqa: BLE001 - whatever it is, it would end the renderer too
        return "no number"
    if isinstance(value, complex) or value != value:  # noqa: PLR0124 - as NaN alone does
        return "no number"
    is_large = isinstance(value, int | float) and abs(value) > LARGEST
    return f"more than {LARGEST:,}" if is_large else ""


def _filled(nodes: Iterable[Any], tokens: Mapping[str, str], depth: int) -> Iterator[Any]:
    """Yield nodes with the values of the root's variables, and without relative units."""
    for node in nodes:
        if node.type == "dimension" and node.lower_unit in RELATIVE:
            value = node.value * EM_PX
            place = node.source_line, node.source_column
            yield DimensionToken(*place, value, None, str(value), "px")
        elif node.type == "function" and node.lower_name == "var":
            names = [one.value for one in node.arguments if one.type == "ident"]
            value = tokens.get(names[0], "") if names and depth < DEEPEST else ""
            inside = tinycss2.parse_component_value_list(value.strip())
            yield from _filled(inside, tokens, depth + 1) if value else [node]
        elif node.type == "function":
            place = node.source_line, node.source_column
            yield FunctionBlock(*place, node.name, [*_filled(node.arguments, tokens, depth)])
        else:
            yield node
