"""Selectors that no element can match: they name what no page has."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import tinycss2

from cheatsheet.findings import Finding, Place, warning
from cheatsheet.findings.suggestions import did_you_mean
from cheatsheet.stylesheets.nodes import place_of
from cheatsheet.stylesheets.sheet import StyleFile

UNMATCHED = warning(
    "css-unmatched",
    "A selector names something that no page of the book has.",
    "correct the name, or delete the rule",
)
TAG, NAME, DIGITS = re.compile(r"<([\w-]+)"), re.compile(r"[\w-]+"), re.compile(r"\d+")
CODE = r"\{\{.*?\}\}|\{%.*?%\}"  # of a template; in it, words in quotes may be a class
GIVEN = re.compile(rf"""(?<![\w-])(class|id)=(["'])((?:{CODE}|(?!\2).)*)\2""", re.DOTALL)
IN_CODE, QUOTED = re.compile(CODE, re.DOTALL), re.compile(r"""(["'])(.*?)\1""")
GIVING = re.compile(r"\{\{|\{%-?\s*set\b")  # what may end up in a class elsewhere
SIGNS = {"class": ".", "id": "#"}
PAGE, PAGES = "@page ", re.compile(r"(?<![\w-])page\s*:\s*([\w-]+)")
BY_ID = ".category-"  # is ended by an id of the manuscript: another one is a mistake
NESTING = {"media", "supports", "layer", "container"}


def names_in(html: str) -> set[str]:
    """Return what selectors may name in some HTML, or in a template of it.

    Elements stand as they are, classes after `.`, ids after `#`. Each number in them is 0, so that
    `.step-8` fits a book of six categories too.
    """
    names = set(TAG.findall(html))
    for name, _, value in set(GIVEN.findall(html)):
        names.update(f"{SIGNS[name]}{word}" for word in NAME.findall(IN_CODE.sub(_words_in, value)))
    for code in filter(GIVING.match, IN_CODE.findall(html)):
        names.update(f".{word}" for _, words in QUOTED.findall(code) for word in words.split())
    return {DIGITS.sub("0", name) for name in names}


def _words_in(code: re.Match[str]) -> str:
    """Return the words in quotes in a template's code."""
    return " ".join(words for _, words in QUOTED.findall(code[0]))


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
    begun = tuple(n for n in known if n.endswith("-") and n != BY_ID)  # a template's code ends them
    for (sign, name), place in found.items():
        if _known_as(sign, name) not in known and not _known_as(sign, name).startswith(begun):
            hint = did_you_mean(_known_as(sign, name), _alike(sign, shown))
            yield UNMATCHED.finding(f"no page has `{sign}{name}`", place, hint)


def _alike(sign: str, names: Iterable[str]) -> list[str]:
    """Return those of some names that have a sign, sorted."""
    return sorted(n for n in names if (n.startswith(sign) if sign else n[0] not in ".#@"))


def _known_as(sign: str, name: str) -> str:
    """Return how what a selector names stands among the known names."""
    return f"{PAGE}{name}" if sign == PAGE else DIGITS.sub("0", f"{sign}{name}")


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
