"""Slips of the pen in style sheets, which CSS takes for something else without a word."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import tinycss2

from cheatsheet.findings import Finding, Place, error
from cheatsheet.findings.suggestions import did_you_mean
from cheatsheet.stylesheets.counters import find_miscounts
from cheatsheet.stylesheets.nodes import (
    blocks,
    inside,
    place_of,
    statements,
    variables_in,
    walk,
)
from cheatsheet.stylesheets.sheet import StyleFile
from cheatsheet.stylesheets.syntax import find_slip

UNCLOSED = error(
    "css-unclosed",
    "A bracket or a comment in a style sheet is never closed, and what follows is taken into it.",
    "write the sign that closes it",
)
VARIABLE = error(
    "css-variable",
    "A style sheet uses a variable that none gives a value to.",
    "fix the name, or give it a value in styles/tokens.css",
)
INVISIBLE = error(
    "css-invisible",
    "A style sheet has a character that cannot be seen and is part of a name for CSS.",
    "delete it, or type a plain space; it came along when the text was copied",
)
UNSEEN = re.compile(
    r"/\*.*?\*/|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'"
    r"|([\x7f-\xa0\xad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff])",
    re.DOTALL,
)
MANY = 12  # names of variables that are no slips of the pen, each with a hint of its own
WHOLE = "look whether styles/tokens.css is whole"
OPENING = {"{} block": "{", "[] block": "[", "() block": "(", "function": "(", "comment": "/*"}
SWALLOWED = re.compile(r"[{};].*(?<!\S)/\*", re.DOTALL)  # a comment in what should be rules
QUOTE = "a quote is not closed in its line"
ADDRESS = "`url(` is never closed, or a space is in its address"
ENDLESS = {"bad-string": QUOTE, "bad-url": ADDRESS, "eof-in-url": ADDRESS}


@dataclass(frozen=True)
class _Read:
    """The mistakes that can be told from a style sheet alone, and its variables.

    `given` are those that it gives a value to, `used` those without a value to fall back on.
    """

    mistakes: tuple[Finding, ...]
    given: frozenset[str]
    used: tuple[tuple[str, Place], ...]


def find_css_mistakes(styles: Sequence[StyleFile]) -> list[Finding]:
    """Return what is slipped in style sheets that are used together."""
    found = [*find_slips(styles), *(finding for style in styles for finding in _unseen(style))]
    if found:  # what is missing may be in what was swallowed
        return found
    found += find_miscounts(styles)
    sheets = [_read(style) for style in styles]
    given = frozenset().union(*(sheet.given for sheet in sheets))
    first: dict[str, Place] = {}
    for name, place in (used for sheet in sheets for used in sheet.used):
        if name not in given:
            first.setdefault(name, place)
    if len(first) > MANY:  # a sheet of variables is empty, or cut off
        names = ", ".join(f"`{name}`" for name in [*first][:MANY])
        message = f"no style sheet gives {len(first)} variables a value: {names} ..."
        return [*found, VARIABLE.finding(message, next(iter(first.values())), WHOLE)]
    for name, place in first.items():
        message = f"no style sheet gives `{name}` a value"
        found.append(VARIABLE.finding(message, place, did_you_mean(name, given)))
    return found


def find_slips(styles: Sequence[StyleFile]) -> list[Finding]:
    """Return what is slipped in each style sheet by itself."""
    return [finding for style in styles for finding in _read(style).mistakes]


@lru_cache(maxsize=256)  # a warm process asks for the same sheets again and again
def _read(style: StyleFile) -> _Read:
    """Return what there is to know of a style sheet.

    What it opens and never closes takes in a closing bracket that is added; else that one is an
    error of its own, the last node (CSS Syntax 3, 5.4.8).
    """
    *nodes, last = tinycss2.parse_component_value_list(style.text + "\n}")
    if slip := _unclosed(style, [*nodes, last]) or find_slip(style, nodes):
        return _Read((slip,), frozenset(), ())
    given = [_given_in(statement) for block in blocks(nodes) for statement in statements(block)]
    mistakes = tuple(
        VARIABLE.finding("var() has no variable's name", place_of(style, node))
        for node, words in variables_in(nodes)
        if not words or words[0].type != "ident"
    )
    used = (
        (words[0].value, place_of(style, words[0]))
        for _, words in variables_in(nodes)
        if len(words) == 1 and words[0].type == "ident"
    )
    return _Read(mistakes, frozenset(word.value for words in given for word in words), tuple(used))


def _unclosed(style: StyleFile, nodes: Sequence[Any]) -> Finding | None:
    """Return the finding for the innermost sign that is never closed; a string ends in its line."""
    for node, _ in walk(nodes):
        if node.type == "error" and node.kind in ENDLESS:
            return UNCLOSED.finding(ENDLESS[node.kind], place_of(style, node))
        if node.type == "comment" and SWALLOWED.search(node.value):
            return UNCLOSED.finding("`/*` is not closed before the next one", place_of(style, node))
    opened = nodes[-1]
    if opened.type == "error":
        return None
    last = opened
    while inside(last) and last.type in OPENING:
        opened, last = last, inside(last)[-1]
    if last.type == "comment":
        opened = last
    elif last.type != "error":  # it is closed by what was added
        opened = nodes[-1]
    return UNCLOSED.finding(f"`{OPENING[opened.type]}` is never closed", place_of(style, opened))


def _unseen(style: StyleFile) -> Iterator[Finding]:
    """Yield a finding for each line of a style sheet with a character that cannot be seen."""
    lines: set[int | None] = set()
    for match in UNSEEN.finditer(style.text):
        place = style.place(match.start())
        if match[1] and place.line not in lines:
            lines.add(place.line)
            name = unicodedata.name(match[1], "a control character")
            yield INVISIBLE.finding(f"U+{ord(match[1]):04X} ({name})", place)


def _given_in(statement: Sequence[Any]) -> list[Any]:
    """Return the names of variables in a statement that a colon follows: one, if all is well."""
    return [
        word
        for word, after in pairwise(statement)
        if word.type == "ident" and word.value.startswith("--") and after == ":"
    ]
