"""Where style sheets say what makes a text hard to read: its colour, its size, its place."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import tinycss2
from tinycss2.color5 import parse_color

from cheatsheet.findings import Place
from cheatsheet.stylesheets.nodes import blocks, place_of, statements, walk
from cheatsheet.stylesheets.sheet import StyleFile

Says = Callable[[str, Any], bool]
"""Tells of a property and a node of its value whether it is looked for."""

PT = {"px": 0.75, "pt": 1.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "q": 18 / 25.4, "in": 72.0}
"""Absolute lengths in pt (CSS Values 4, 6.2)."""
SMALL_PT = 3.0  # a size of text that nobody means
SHARES = {"number": 1.0, "percentage": 0.01}
CLOSE = 0.9  # of the text's size: lines nearer to each other touch
FAR_PT = 3.0  # that a text may be moved, and hardly touch another
FAR_EM = 0.3
SUSPECTS = 3  # places that are worth a look
TAKEN_OUT = {"absolute", "fixed"}
BACK = re.compile(r"margin(?:-[a-z-]+)?|(?:letter|word)-spacing|text-indent")
PLACING = re.compile(r"top|right|bottom|left|inset(?:-[a-z-]+)?|transl.*|transform|(?:max-)?height")


def place_of_variable(styles: Sequence[StyleFile], name: str) -> Place | None:
    """Return where a variable has its length from: the last that gives it one, if any does."""
    kinds = {"dimension", "number", "percentage", "function"}
    places = _places(styles, lambda own, node: own == name.lower() and node.type in kinds)
    return places[-1] if places else None


def places_of_colour(styles: Sequence[StyleFile], colour: tuple[int, int, int]) -> list[Place]:
    """Return where a text may get a colour (red, green and blue, 0 to 255) from."""

    def says(name: str, node: Any) -> bool:
        return _is_colour(name) and _rgba(node)[:3] == colour

    return _places(styles, says)


def places_of_fading(styles: Sequence[StyleFile]) -> list[Place]:
    """Return where style sheets make something transparent."""

    def says(name: str, node: Any) -> bool:
        alpha = _rgba(node)[3:] if _is_colour(name) else (255,)
        return any(level < 255 for level in alpha) or (name == "opacity" and _share(node) < 1)  # noqa: PLR2004 - opaque

    return _places(styles, says)


def places_of_shrinking(styles: Sequence[StyleFile]) -> list[Place]:
    """Return where style sheets make something small: by a scale, or by a size of text."""

    def says(name: str, node: Any) -> bool:
        is_size = name in {"font", "font-size"} or name.startswith("--")
        small = is_size and node.type == "dimension" and 0 < _pt(node) < SMALL_PT
        return small or (name in {"transform", "scale"} and _share(node) < 1)

    return _places(styles, says)


def places_of_crowding(styles: Sequence[StyleFile]) -> list[Place]:
    """Return where style sheets may put a text over another.

    They move something, take it out of its place, or set lines closer than letters are high.
    """

    def says(name: str, node: Any) -> bool:
        is_taken_out = name == "position" and getattr(node, "lower_value", "") in TAKEN_OUT
        return is_taken_out or (name == "line-height" and _share(node) < CLOSE)

    return [*dict.fromkeys([*places_of_moving(styles), *_places(styles, says)])]


def places_of_moving(styles: Sequence[StyleFile]) -> list[Place]:
    """Return where style sheets draw something back, place it or set its height by a length."""

    def says(name: str, node: Any) -> bool:
        if node.type != "dimension" or not _is_far(node):
            return False
        return bool(PLACING.fullmatch(name) or (BACK.fullmatch(name) and node.value < 0))

    return _places(styles, says)


def places_of_spacing(styles: Sequence[StyleFile], name: str) -> list[Place]:
    """Return where style sheets draw letters or words together, by a property or a variable."""

    def says(own: str, node: Any) -> bool:
        is_length = node.type == "dimension" and node.value < 0 and _is_far(node)
        return is_length and (own == name or own.startswith("--"))

    direct = _places(styles, lambda own, node: own == name and says(own, node))
    return direct or _places(styles, says)


def blamed(causes: Sequence[Place], page: int | None = None) -> tuple[Place, str]:
    """Return the place of a finding that may have some causes, and its hint if they are several."""
    if len(causes) == 1:
        return replace(causes[0], page=page), ""
    hint = f"look at {' or '.join(map(str, causes))}" if 1 < len(causes) <= SUSPECTS else ""
    return Place(page=page), hint


def _places(styles: Sequence[StyleFile], says: Says) -> list[Place]:
    """Return where style sheets say something."""
    return [
        place_of(style, declaration[0])
        for style in styles
        for declaration in _declarations(style)
        if any(says(declaration[0].lower_value, node) for node, _ in walk(declaration[2:]))
    ]


@lru_cache(maxsize=256)  # a warm process asks for the same sheets again and again
def _declarations(style: StyleFile) -> tuple[list[Any], ...]:
    """Return the nodes of each declaration: its name, a colon, its value."""
    said = (
        statement
        for block in blocks(tinycss2.parse_component_value_list(style.text))
        for statement in statements(block)
    )
    return tuple(one for one in said if one[1:2] == [":"] and one[0].type == "ident")


def _is_colour(name: str) -> bool:
    """Tell whether a property, or a variable, may be a text's colour."""
    return name == "color" or name.startswith("--")


def _rgba(node: Any) -> tuple[int, ...]:
    """Return a colour's red, green, blue and alpha, 0 to 255; nothing if it is none."""
    colour = parse_color(node)
    if colour is None or isinstance(colour, str):
        return ()
    return tuple(round(255 * part) for part in (*colour.to("srgb").coordinates, colour.alpha))


def _share(node: Any) -> float:
    """Return a number, or a percentage of 1; 1 for what is neither."""
    return float(node.value * SHARES[node.type]) if node.type in SHARES else 1.0


def _is_far(node: Any) -> bool:
    """Tell whether a length, a dimension, is one by which a text may come to stand over another."""
    is_relative = node.lower_unit in {"em", "rem"}
    return abs(node.value) > FAR_EM if is_relative else abs(_pt(node)) > FAR_PT


def _pt(node: Any) -> float:
    """Return an absolute length in pt; 0 for others."""
    return float(node.value * PT.get(node.lower_unit, 0.0))
