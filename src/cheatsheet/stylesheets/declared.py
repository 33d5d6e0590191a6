"""What style sheets declare: fonts, the values of variables, and the files that they ask for."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from pathlib import PurePath
from typing import Any

import tinycss2

from cheatsheet.drawings.colouring import STAND_INS
from cheatsheet.findings import Place
from cheatsheet.stylesheets.sheet import StyleFile, normal_path

WEIGHTS = {"normal": 400, "bold": 700}
ALONE = re.compile(r"var\(\s*--([\w-]+)\s*\)")
PIXELS = re.compile(r"(-?\d+)px")


@dataclass(frozen=True)
class Face:
    """A font that a style sheet declares: its family, weight, whether italic, and its file.

    `file` is relative to the project.
    """

    family: str
    weight: int
    italic: bool
    file: PurePath


def declared_families(styles: list[StyleFile]) -> frozenset[str]:
    """Return the font families that the style sheets declare by @font-face."""
    return frozenset(face.family for face in declared_faces(styles))


def declared_faces(styles: list[StyleFile]) -> list[Face]:
    """Return the fonts that the style sheets declare by @font-face."""
    return [face for style in styles for face in _faces_in(style)]


def declared_tokens(styles: list[StyleFile]) -> dict[str, str]:
    """Return the values of the custom properties that the style sheets give to the root element."""
    return {name: value for style in styles for name, value in _tokens_in(style.text)}


@lru_cache(maxsize=256)  # here and below: a warm process asks for the same sheets again and again
def asked_addresses(style: StyleFile) -> tuple[tuple[str, Place], ...]:
    """Return the addresses that a style sheet asks for by url(), as written, and where."""
    words = _addresses(tinycss2.parse_component_value_list(style.text))
    file = style.file.as_posix()
    return tuple((w.value, Place(file, w.source_line, w.source_column)) for w in words)


def resolve_token(name: str, tokens: Mapping[str, str], category: str = "") -> str:
    """Return a token's value, through the variables that it refers to; "" if there is none.

    A variable that a category has for itself (`--category-<id>-tab` for `--tab`) is the category's.
    """
    for _ in tokens:  # no further than a circle of all of them
        value = tokens.get(f"--category-{category}-{name}", tokens.get(f"--{name}", ""))
        variable = ALONE.fullmatch(value)
        if variable is None:
            return value
        name = variable[1]
    return ""


def book_colours(tokens: Mapping[str, str], category: str) -> dict[str, str]:
    """Return what stands in the book for each colour of a category's drawings, and for the font.

    `tokens` are the values of the styles' custom properties: `--picture-royalblue` is what
    royalblue stands for. Without a token, a colour stands for itself.
    """
    return {name: resolve_token(f"picture-{name}", tokens, category) or name for name in STAND_INS}


def pixels_of(tokens: Mapping[str, str], *names: str) -> tuple[int, ...] | None:
    """Return the values of tokens in CSS pixels; None if one of them is not given in px."""
    found = [PIXELS.fullmatch(tokens.get(name, "")) for name in names]
    values = tuple(int(match[1]) for match in found if match)
    return values if len(values) == len(names) else None


@lru_cache(maxsize=256)
def _faces_in(style: StyleFile) -> tuple[Face, ...]:
    """Return the fonts that a style sheet declares."""
    return tuple(
        _face(style.file, {d.lower_name: d.value for d in declarations if d.type == "declaration"})
        for rule in tinycss2.parse_stylesheet(style.text)
        if rule.type == "at-rule" and rule.lower_at_keyword == "font-face"
        for declarations in [tinycss2.parse_blocks_contents(rule.content)]
    )


@lru_cache(maxsize=256)
def _tokens_in(text: str) -> tuple[tuple[str, str], ...]:
    """Return the (name, value) of each custom property that a style sheet gives to the root."""
    return tuple(
        (declaration.name, tinycss2.serialize(declaration.value).strip())
        for rule in tinycss2.parse_stylesheet(text)
        if rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() == ":root"
        for declaration in tinycss2.parse_blocks_contents(rule.content)
        if declaration.type == "declaration" and declaration.name.startswith("--")
    )


def _addresses(nodes: Iterable[Any]) -> Iterator[Any]:
    """Yield the address in each url(...) and url("...") among some nodes (CSS Syntax 3, 4.3.6)."""
    for node in nodes:
        if node.type == "url":
            yield node
        elif node.type == "function" and node.lower_name == "url":
            yield from (word for word in node.arguments if word.type == "string")
        else:
            yield from _addresses(getattr(node, "content", getattr(node, "arguments", None)) or ())


def _face(style: PurePath, declared: Mapping[str, list[Any]]) -> Face:
    """Return the font of an @font-face rule in a style sheet."""

    def first(name: str, types: set[str]) -> Any:
        nodes = [*declared.get(name, ())]
        nodes += [inner for node in nodes if node.type == "function" for inner in node.arguments]
        return next((node.value for node in nodes if node.type in types), "")

    said = first("font-weight", {"number", "ident"})
    weight = said if isinstance(said, float) and isfinite(said) else WEIGHTS.get(said, 400)
    return Face(
        str(first("font-family", {"ident", "string"})),
        int(weight),
        first("font-style", {"ident"}) == "italic",
        PurePath(normal_path(style.parent / str(first("src", {"url", "string"})))),
    )
