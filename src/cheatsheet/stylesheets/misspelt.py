"""Names of properties in style sheets → those that are a slip of the pen away from known ones."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import tinycss2

from cheatsheet.findings import Place
from cheatsheet.findings.suggestions import meant_by
from cheatsheet.stylesheets.nodes import place_of
from cheatsheet.stylesheets.sheet import StyleFile


def misspelt_in(
    styles: Iterable[StyleFile], known: frozenset[str]
) -> Iterator[tuple[str, Place, str]]:
    """Yield each property that is none, its place, and the known one that it is nearly.

    A browser knows more properties than the `known` ones: another name is left alone.
    """
    for style in styles:
        for name, place in _properties(style):
            meant = "" if name.startswith("-") else meant_by(name, known)
            if meant:
                yield name, place, meant


@lru_cache(maxsize=256)  # a warm process asks for the same sheets again and again
def _properties(style: StyleFile) -> tuple[tuple[str, Place], ...]:
    """Return the name and place of each property in a style sheet."""
    nodes = tinycss2.parse_stylesheet(style.text)
    return tuple((one.lower_name, place_of(style, one)) for one in _declarations(nodes))


def _declarations(nodes: Iterable[Any]) -> Iterator[Any]:
    """Yield the declarations among some nodes, those in their blocks too."""
    for node in nodes:
        if node.type == "declaration":
            yield node
        elif getattr(node, "content", None):
            yield from _declarations(tinycss2.parse_blocks_contents(node.content))
