"""What no book needs and a renderer chokes on: style sheets too large, too deep, or without end."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import Any
from unicodedata import category

import tinycss2

from cheatsheet.findings import NOWHERE, Finding, Place, Rule, error
from cheatsheet.stylesheets.nodes import blocks, inside, place_of, statements, variable_names, walk
from cheatsheet.stylesheets.sheet import StyleFile

MOST_BYTES = 256 * 1024  # of all style sheets together; the book's are 50 KB
DEEPEST = 32  # brackets, imports or variables in each other; the book's brackets are 6 deep
LONGEST = 4_000  # characters between semicolons, addresses aside; the book's have 225
LARGEST = 100_000  # a number, whatever its unit
COPIES = 100  # that nested rules make of a selector; and its parts
COLUMNS = 100
SMALLEST_PAPER_PX = 20.0
THINNEST_PX = 0.25  # that a gradient's colours may take together
PAGE_PX = 800.0
MATH = {"calc", "min", "max", "clamp", "hypot", "abs", "round", "mod", "rem"}  # CSS Values 4, 10
ENDLESS = {"infinity", "-infinity", "nan"}  # CSS Values 4, 10.7
COMBINATOR = re.compile(r"[\s>+~|]+")
DIGITS = re.compile(r"\d{40}")
PX = {"px": 1.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6, "in": 96.0, "pt": 4 / 3}
PX |= {"pc": 16.0, "em": 16.0, "rem": 16.0}
"""Lengths in px (CSS Values 4, 6), for text of the usual 16 px."""

LIMIT = error(
    "css-limit",
    "A style sheet has something larger, longer, deeper or smaller than any book needs.",
    "undo the last change, or say it in fewer words and other numbers",
)
CHARACTER = error(
    "css-character",
    "A style sheet has a character that nobody can print.",
    "remove it, or write another one",
)

_Excess = tuple[Rule, str, Any]
"""A rule, what is said, and the node that it is about."""


@dataclass(frozen=True)
class _Statement:
    """What stands between semicolons: its characters, and the variables that it asks for.

    `name` is the variable that it gives a value to, if it does.
    """

    name: str
    size: int
    asks: tuple[str, ...]
    place: Place


@lru_cache(maxsize=256)  # here and below: a warm process asks for the same sheets again and again
def find_excess(style: StyleFile) -> Finding | None:
    """Return the first thing that is too much in a style sheet by itself, if there is one."""
    digits = DIGITS.search(style.text)
    if digits:
        before = style.text[: digits.start()]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        place = Place(style.file.as_posix(), line, column)
        return LIMIT.finding("a number of 40 digits or more", place)
    nodes = tinycss2.parse_component_value_list(style.text)
    excess = chain(
        _deep(nodes),
        _odd(nodes),
        _endless(nodes),
        _columns(nodes),
        _stripes(nodes),
        _chains(nodes),
        _copies(nodes),
        _paper(nodes),
    )
    for rule, message, node in excess:
        return rule.finding(message, place_of(style, node))
    return None


def find_long(styles: Sequence[StyleFile]) -> list[Finding]:
    """Return what is longer than it may be in style sheets that are used together.

    It is what stands between semicolons, with the values of its variables written out.
    """
    said = [statement for style in styles for statement in _statements_of(style)]
    lengths = _Lengths(said)
    excess = ((lengths.excess(statement), statement.place) for statement in said)
    return [LIMIT.finding(message, place) for message, place in excess if message][:1]


def _deep(nodes: Sequence[Any]) -> Iterator[_Excess]:
    """Yield the first bracket that is in too many others."""
    found = next((node for node, depth in walk(nodes) if depth > DEEPEST), None)
    if found:
        yield LIMIT, f"brackets are more than {DEEPEST} deep in each other", found


def _odd(nodes: Sequence[Any]) -> Iterator[_Excess]:
    """Yield the numbers that are too large, and the characters that cannot be printed."""
    for node, _ in walk(nodes):
        if node.type in {"number", "percentage", "dimension"} and not abs(node.value) <= LARGEST:
            yield LIMIT, f"`{node.serialize()[:40]}` is more than {LARGEST:,}", node
        for character in filter(_is_unprintable, str(getattr(node, "value", ""))):
            yield CHARACTER, f"the character U+{ord(character):04X} cannot be printed", node


def _endless(nodes: Sequence[Any]) -> Iterator[_Excess]:
    """Yield what makes a calculation's result no number (CSS Values 4, 10.9)."""
    for node, _ in walk(nodes):
        if node.type == "function" and node.lower_name in MATH:
            parts = [part for part, _ in walk(node.arguments) if part.type != "whitespace"]
            for sign, part in pairwise([None, *parts]):
                is_zero = sign == "/" and getattr(part, "value", None) == 0
                if is_zero or getattr(part, "lower_value", "") in ENDLESS:
                    yield LIMIT, f"`{node.serialize()[:40]}` has no end", part


def _columns(nodes: Sequence[Any]) -> Iterator[_Excess]:
    """Yield the numbers of columns, and of a grid's lines, that no paper has."""
    for block in blocks(nodes):
        for name, *said in filter(None, statements(block)):
            called = getattr(name, "lower_value", "")
            numbered = (node for node, _ in walk(said) if called.startswith("grid"))
            counted = said if called in {"columns", "column-count"} else numbered
            many = (one for one in counted if _tracks(one) > COLUMNS)
            yield from ((LIMIT, f"more than {COLUMNS} columns", one) for one in many)


def _tracks(node: Any) -> float:
    """Return how many columns a number means, or a grid's repeat(...); 0 for anything else."""
    if node.type == "function" and node.lower_name == "repeat":
        count, *tracks = [n for n in node.arguments if n.type not in {"whitespace", "comment"}]
        return _tracks(count) * len(tracks[1:])  # after a comma
    return float(node.value) if node.type == "number" else 0.0


def _stripes(nodes: Sequence[Any]) -> Iterator[_Excess]:
    """Yield the gradients that repeat so often that they are drawn without end."""
    for node, _ in walk(nodes):
        if node.type == "function" and node.lower_name.startswith("repeating-"):
            stops = [stop for stop in map(_stop_px, node.arguments) if stop is not None]
            step = max(stops, default=0.0) - min(stops if len(stops) > 1 else [0.0])
            if 0 < step < THINNEST_PX:
                yield LIMIT, f"`{node.serialize()[:40]}` repeats too often to be seen", node


def _stop_px(node: Any) -> float | None:
    """Return where a stop of a gradient stands, in px; a share of a page's width is about so."""
    if node.type == "percentage":
        return float(node.value) * PAGE_PX / 100
    return _px(node) if node.type in {"number", "dimension"} else None


def _is_unprintable(character: str) -> bool:
    """Tell whether a character is a control, half of a pair, or none at all."""
    is_none = ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF  # noqa: PLR2004 - Unicode 16, 23.7
    return is_none or (category(character) in {"Cc", "Cs"} and character not in "\t\n\f\r")


def _chains(nodes: Sequence[Any]) -> Iterator[_Excess]:
    """Yield the rules whose selector has more in each other than the renderer can follow."""
    for block in (nodes, *blocks(nodes)):
        for selectors, node in _rules(block):
            longest = max(len(COMBINATOR.split(one.strip())) for one in selectors.split(","))
            if COPIES < longest <= LONGEST:  # with more, it is too long
                yield LIMIT, f"a selector of {longest:,} parts, more than {COPIES}", node


def _copies(nodes: Sequence[Any]) -> Iterator[_Excess]:
    """Yield the nested rules whose selector the renderer would copy too often (CSS Nesting 1)."""
    left = [(inside(node), 1) for node in nodes if node.type == "{} block"]
    while left:
        inner, copies = left.pop()
        for selector, block in _rules(inner):
            times = copies * (1 + selector.count("&")) * (1 + selector.count(","))
            if times > COPIES:
                yield LIMIT, f"nested rules make {times:,} copies of a selector", block
            left.append((inside(block), times))


def _rules(nodes: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """Yield what stands before each curly bracket among some nodes, and the bracket."""
    start = 0
    for at, node in enumerate(nodes):
        if node.type == "{} block":
            yield tinycss2.serialize(nodes[start:at]), node
        if node.type == "{} block" or node == ";":
            start = at + 1


def _paper(nodes: Sequence[Any]) -> Iterator[_Excess]:
    """Yield the lengths of paper on which nothing can be printed (CSS Paged Media 3, 7.1)."""
    for at_rule, block in _rules(nodes):
        if at_rule.strip().lower().startswith("@page"):
            for statement in statements(inside(block)):
                name = getattr(statement[0], "lower_value", "") if statement else ""
                if name == "size" and statement.count(":") == 1:  # else a `;` is missing
                    yield from (_small(node) for node in statement if _px(node) < SMALLEST_PAPER_PX)


def place_of_margin(styles: Sequence[StyleFile]) -> Place:
    """Return where the last margin of a page is set; nowhere, where none is."""
    found = [
        place_of(style, statement[0])
        for style in styles
        for at_rule, block in _rules(tinycss2.parse_component_value_list(style.text))
        if at_rule.strip().lower().startswith("@page")
        for statement in statements(inside(block))
        if statement and getattr(statement[0], "lower_value", "").startswith("margin")
    ]
    return found[-1] if found else NOWHERE


def _small(node: Any) -> _Excess:
    """Return what is said of a length that is too small for a side of the paper."""
    return LIMIT, f"paper of `{node.serialize()}` has no room for a word", node


def _px(node: Any) -> float:
    """Return a length in px; the largest number for what is none."""
    unit = node.lower_unit if node.type == "dimension" else "px" if node.type == "number" else ""
    return float(node.value * PX[unit]) if unit in PX else float(LARGEST)


@lru_cache(maxsize=256)
def _statements_of(style: StyleFile) -> tuple[_Statement, ...]:
    """Return all that stands between semicolons in a style sheet."""
    nodes = tinycss2.parse_component_value_list(style.text)
    return tuple(
        _Statement(
            name=str(said[0].value) if said[0].type == "ident" and said[1:2] == [":"] else "",
            size=sum(_length(node) for node in said),
            asks=tuple(variable_names(said)),
            place=place_of(style, said[0]),
        )
        for block in (nodes, *blocks(nodes))
        for said in statements(block)
        if said
    )


def _length(node: Any) -> int:
    """Return how many characters a node is written with; 0 for an address, which may be data."""
    is_address = node.type == "url" or (node.type == "function" and node.lower_name == "url")
    return 0 if is_address else len(node.serialize())


class _Lengths:
    """How many characters statements have with the values of their variables written out."""

    def __init__(self, said: Sequence[_Statement]) -> None:
        self._given: dict[str, list[_Statement]] = {}
        for statement in said:
            self._given.setdefault(statement.name, []).append(statement)
        self._known: dict[str, int] = {}
        self._open: list[str] = []

    def excess(self, statement: _Statement) -> str:
        """Return what is too much about a statement, or nothing."""
        try:
            length = self._of(statement)
        except RecursionError as problem:
            return str(problem)
        variables = " with its variables written out" if statement.asks else ""
        return (
            f"{length:,} characters{variables}, more than {LONGEST:,}" if length > LONGEST else ""
        )

    def _of(self, statement: _Statement) -> int:
        """Return a statement's length; the longest, where a variable has several values."""
        return statement.size + sum(map(self._of_variable, statement.asks))

    def _of_variable(self, name: str) -> int:
        """Return a variable's length. Raises RecursionError."""
        if name in self._open or len(self._open) > DEEPEST:
            self._open.clear()
            raise RecursionError(f"`{name}` refers to itself, or through too many others")
        if name not in self._known:
            self._open.append(name)
            self._known[name] = max(map(self._of, self._given.get(name, ())), default=0)
            self._open.pop()
        return self._known[name]
