"""Selectors that no element can match: they name what no page has."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import tinycss2

from cheatsheet.findings import Finding, Place, warning
from cheatsheet.findings.suggestions import closest
from cheatsheet.stylesheets.nodes import place_of
from cheatsheet.stylesheets.sheet import StyleFile

UNMATCHED = warning(
    "css-unmatched",
    "A selector names something that no page of the book has.",
    "correct the name, or delete the rule",
)
TAG, NAME, DIGITS = re.compile(r"<[^!>][^>]*>"), re.compile(r"[\w-]+"), re.compile(r"\d+")
PAGE, PAGES = "@page ", re.compile(r"(?<![\w-])page\s*:\s*([\w-]+)")
NESTING = {"media", "supports", "layer", "container"}


def names_in(html: str) -> set[str]:
    """Return the words in the tags of some HTML: elements, classes and ids are among them.

    Each number in them is 0, so that `.step-8` fits a book of six categories too.
    """
    return plain_names(" ".join(set(TAG.findall(html))))


def plain_names(text: str) -> set[str]:
    """Return the words in a text that may be names, each number in them as 0."""
    return {DIGITS.sub("0", name) for name in set(NAME.findall(text))}


def find_unmatched(
    styles: Sequence[StyleFile], names: Iterable[str], others: Callable[[], Iterable[str]]
) -> Iterator[Finding]:
    """Yield a finding for each name in selectors that is in no page, where it stands first.

    `names` are those of the edition's pages, and `others` returns those of the other editions'.
    """
    pages = {f"{PAGE}{name}" for style in styles for name in PAGES.findall(style.text)}
    shown = pages.union(names)
    known, found = set(shown), dict[tuple[str, str], Place]()
    for style in styles:
        for sign, name, place in _selected(style):
            if _known_as(sign, name) not in known:
                found.setdefault((sign, name), place)
    if found:
        from lxml.html.defs import tags  # noqa: PLC0415 - only now

        known.update(others(), tags)
    for (sign, name), place in found.items():
        if _known_as(sign, name) not in known:
            near = closest(_known_as(sign, name), sorted(shown))
            start = "" if sign == PAGE else sign
            hint = f"did you mean `{start}{near}`?" if near else ""
            yield UNMATCHED.finding(f"no page has `{sign}{name}`", place, hint)


def _known_as(sign: str, name: str) -> str:
    """Return how what a selector names stands among the known names."""
    return f"{PAGE}{name}" if sign == PAGE else DIGITS.sub("0", name)


@lru_cache(maxsize=256)
def _selected(style: StyleFile) -> tuple[tuple[str, str, Place], ...]:
    """Return the sign (`.`, `#` or none), name and place of what a style sheet's selectors name."""
    return tuple(
        (sign, node.value, place_of(style, node))
        for sign, node in _selected_in(tinycss2.parse_stylesheet(style.text))
    )


def _selected_in(nodes: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Yield what the selectors among some nodes name, those of nested rules too."""
    for node in nodes:
        if node.type == "qualified-rule":
            yield from _names(node.prelude)
            yield from _selected_in(tinycss2.parse_blocks_contents(node.content))
        elif node.type == "at-rule" and node.lower_at_keyword == "page":
            yield from ((PAGE, name) for sign, name in _names(node.prelude) if not sign)
        elif node.type == "at-rule" and node.content and node.lower_at_keyword in NESTING:
            yield from _selected_in(tinycss2.parse_rule_list(node.content))


def _names(nodes: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Yield what a selector names, with its sign: classes, ids and elements."""
    before = ""
    for node in nodes:
        if node.type == "hash":
            yield "#", node
        elif node.type == "ident" and before in {"", "."}:
            yield before, node
        elif node.type == "function" and node.lower_name in {"is", "not", "where", "has"}:
            yield from _names(node.arguments)
        before = node.value if node.type == "literal" and node.value in {".", ":"} else ""
