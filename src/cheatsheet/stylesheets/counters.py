"""Counters: each section is laid out by itself, so that none counts through the book."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Any

import tinycss2

from cheatsheet.findings import Finding, Rule, error
from cheatsheet.stylesheets.nodes import blocks, place_of, statements, walk
from cheatsheet.stylesheets.sheet import StyleFile

TOTAL = error(
    "css-total",
    "A style sheet asks for the number of pages, which is that of a section and not of the book.",
    "write the number as {pages} in a text of content/book.yaml, or leave it out",
)
COUNTER = error(
    "css-counter",
    "A style sheet counts through the book, numbers its pages, or asks for what another section"
    " has; each section is laid out by itself.",
    "leave page numbers to the program, which prints them in every link; begin a list's counter"
    " with counter-reset",
)
COUNTERS = {"counter", "counters", "target-counter", "target-counters"}
ELSEWHERE = {"target-counter", "target-counters", "target-text"}
SETTING = {"counter-reset", "counter-set", "counter-increment"}
OWN = {"page", "list-item", "footnote"}  # the renderer's and the program's


def find_miscounts(styles: Sequence[StyleFile]) -> Iterator[Finding]:
    """Yield a finding for each counter that would print another number than is meant.

    CSS Lists 3, 4, and CSS Generated Content 3, 2.6, have what counters are.
    """
    begun = OWN.union(*(_begun(style) for style in styles))
    for style in styles:
        asking, counted = _counters_in(style)
        for function in asking:
            if fault := _fault(function, begun):
                rule, message = fault
                yield rule.finding(message, place_of(style, function))
        for _, name in counted:
            if name.lower_value == "page":
                yield COUNTER.finding("the pages have their numbers already", place_of(style, name))


def _fault(function: Any, begun: AbstractSet[str]) -> tuple[Rule, str] | None:
    """Return the rule that a function breaks by asking for a counter, and how."""
    words = [word.value for word in function.arguments if word.type == "ident"]
    name = function.lower_name
    if name in COUNTERS and "pages" in map(str.lower, words):
        return TOTAL, "`counter(pages)` is not known here"
    if name in ELSEWHERE:
        return COUNTER, f"`{name}()` does not know the other sections"
    if words and words[0] not in begun:
        return COUNTER, f"no style sheet begins `{words[0]}` with counter-reset"
    return None


def _begun(style: StyleFile) -> set[str]:
    """Return the names of the counters that a style sheet begins."""
    return {name.value for how, name in _counters_in(style)[1] if how != "counter-increment"}


@lru_cache(maxsize=256)  # a warm process asks for the same sheets again and again
def _counters_in(style: StyleFile) -> tuple[tuple[Any, ...], tuple[tuple[str, Any], ...]]:
    """Return the functions that ask for counters; the properties that set one, and its name."""
    nodes = tinycss2.parse_component_value_list(style.text)
    asking = (node for node, _ in walk(nodes) if node.type == "function")
    counted = (
        (statement[0].lower_value, word)
        for block in blocks(nodes)
        for statement in statements(block)
        if statement and getattr(statement[0], "lower_value", "") in SETTING
        for word in statement[2:]
        if word.type == "ident"
    )
    return tuple(node for node in asking if node.lower_name in COUNTERS | ELSEWHERE), (*counted,)
