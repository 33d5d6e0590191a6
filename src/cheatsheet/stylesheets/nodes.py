"""Walking through what tinycss2 makes of a style sheet, however deep it is."""

from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2

from cheatsheet.findings import Place
from cheatsheet.stylesheets.sheet import StyleFile


def inside(node: Any) -> list[Any]:
    """Return the nodes in a node."""
    return getattr(node, "content", None) or getattr(node, "arguments", None) or []


def walk(nodes: Iterable[Any], depth: int = 1) -> Iterator[tuple[Any, int]]:
    """Yield nodes and all that are in them, in order, and how deep each is."""
    left = [(node, depth) for node in reversed([*nodes])]
    while left:
        node, depth = left.pop()
        yield node, depth
        left.extend((child, depth + 1) for child in reversed(inside(node)))


def blocks(nodes: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield what stands in each pair of curly brackets among some nodes."""
    return (inside(node) for node, _ in walk(nodes) if node.type == "{} block")


def statements(nodes: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield what stands between semicolons and nested blocks, without space."""
    statement: list[Any] = []
    for node in nodes:
        if node == ";" or node.type == "{} block":
            yield statement
            statement = []
        elif node.type not in {"whitespace", "comment"}:
            statement.append(node)
    yield statement


def variables_in(nodes: Iterable[Any]) -> Iterator[tuple[Any, list[Any]]]:
    """Yield each var(...) among some nodes, and what stands in its brackets, without space."""
    for node, _ in walk(nodes):
        if node.type == "function" and node.lower_name == "var":
            words = [one for one in node.arguments if one.type not in {"whitespace", "comment"}]
            yield node, words


def variable_names(nodes: Iterable[Any]) -> Iterator[str]:
    """Yield the name in each var(...) among some nodes, if it begins with one."""
    for _, words in variables_in(nodes):
        if words and words[0].type == "ident":
            yield str(words[0].value)


def place_of(style: StyleFile, node: Any) -> Place:
    """Return where a node of a style sheet stands."""
    return Place(style.file.as_posix(), node.source_line, node.source_column)


def parts(style: StyleFile) -> Iterator[tuple[str, Place]]:
    """Yield each declaration of a style sheet, as a rule of its own, and each rule; with places."""
    for rule in tinycss2.parse_stylesheet(style.text, skip_comments=True, skip_whitespace=True):
        for one in tinycss2.parse_blocks_contents(getattr(rule, "content", None) or ()):
            if one.type == "declaration" and rule.type == "qualified-rule":
                yield f"a {{ {one.serialize()} }}", place_of(style, one)
        yield rule.serialize(), place_of(style, rule)
