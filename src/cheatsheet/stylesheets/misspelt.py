"""Names of properties in style sheets → those that are a slip of the pen away from known ones."""

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Any

import tinycss2

from cheatsheet.findings import Place
from cheatsheet.stylesheets.nodes import place_of
from cheatsheet.stylesheets.sheet import StyleFile


def misspelt_in(
    styles: Iterable[StyleFile], known: Collection[str]
) -> Iterator[tuple[str, Place, str]]:
    """Yield each property that is none, its place, and the known one that it is nearly.

    A browser knows more properties than the `known` ones: another name is left alone.
    """
    nearly: dict[str, str] = {cut: name for name in sorted(known) for cut in _cuts(name)}
    for style in styles:
        for name, place in _properties(style):
            meant = next((nearly[cut] for cut in _cuts(name) if cut in nearly), "")
            if meant and name not in known and not name.startswith("-"):
                yield name, place, meant


def _cuts(name: str) -> list[str]:
    """Return a name, and it without each of its letters: those of a name with a slip are alike."""
    return [name, *(name[:at] + name[at + 1 :] for at in range(len(name)))]


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
