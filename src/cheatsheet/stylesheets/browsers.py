"""What no browser, mail program or e-reader can understand in a style sheet that it gets.

They know more of CSS than the renderer: what it refuses is told only where no grammar has it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import tinycss2
from cssselect2 import SelectorError, compile_selector_list
from tinycss2.color5 import parse_color

from cheatsheet.findings import Place
from cheatsheet.findings.suggestions import meant_by
from cheatsheet.stylesheets.calculations import RELATIVE
from cheatsheet.stylesheets.nodes import place_of, walk
from cheatsheet.stylesheets.sheet import StyleFile
from cheatsheet.stylesheets.syntax import short


def _words(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


UNITS = frozenset(RELATIVE).union(
    (f"{size}{unit}" for size in "sld" for unit in ("vw", "vh", "vi", "vb", "vmin", "vmax")),
    _words(
        "cqw cqh cqi cqb cqmin cqmax cm mm q in pt pc px deg grad rad turn s ms hz khz dpi dpcm"
        " dppx x fr db st"
    ),
)
FUNCTIONS = _words(
    "calc min max clamp var env attr rgb rgba hsl hsla hwb lab lch oklab oklch color-mix counter"
    " counters repeat minmax fit-content linear-gradient radial-gradient conic-gradient translate"
    " translatex translatey rotate scale url image-set cubic-bezier"
)
MATH, COLOURS = frozenset({"calc", "min", "max", "clamp"}), {"rgb", "rgba", "hsl", "hsla"}
SIDES = ("top", "right", "bottom", "left")
LENGTHS = _words(
    "margin padding width height min-width min-height max-width max-height font-size gap row-gap"
    " column-gap letter-spacing word-spacing text-indent border-radius border-width outline-width"
    " outline-offset column-width text-underline-offset inset"
).union(
    SIDES,
    *([f"margin-{side}", f"padding-{side}", f"border-{side}-width"] for side in SIDES),
)
NUMBERS = _words("line-height opacity z-index order flex flex-grow flex-shrink zoom font-weight")
CURLY = re.compile("[\u2018-\u201e\xab\xbb]")
KEYWORDS = _words(
    "auto none block inline inline-block flex inline-flex grid inline-grid table table-cell"
    " list-item static relative absolute fixed center left right start end justify top bottom"
    " middle baseline bold normal bolder lighter italic oblique uppercase lowercase capitalize"
    " underline line-through solid dashed dotted double nowrap pre-wrap pre-line hidden visible"
    " scroll collapse separate both repeat no-repeat cover contain sans-serif serif monospace"
    " stretch space-between space-around wrap row column avoid always inherit initial unset small"
    " large smaller larger medium small-caps border-box content-box break-word anywhere disc"
    " decimal square circle light dark transparent currentcolor black white gray grey silver red"
    " maroon orange yellow olive lime green aqua teal blue navy fuchsia purple pink brown"
)
SYSTEM = _words(  # colours (CSS Color 4, 6.2 and appendix A) and fonts (CSS Fonts 4, 2.7)
    "accentcolor accentcolortext activetext buttonborder buttonface buttontext canvas canvastext"
    " field fieldtext graytext highlight highlighttext linktext mark marktext selecteditem"
    " selecteditemtext visitedtext activeborder activecaption appworkspace background"
    " buttonhighlight buttonshadow captiontext inactiveborder inactivecaption inactivecaptiontext"
    " infobackground infotext menu menutext scrollbar threeddarkshadow threedface threedhighlight"
    " threedlightshadow threedshadow window windowframe windowtext caption icon message-box"
    " small-caption status-bar"
)
WIDE = frozenset({"inherit", "initial", "unset", "revert", "revert-layer", "currentcolor"})
HEX_DIGITS = {3, 4, 6, 8}
OTHER_FUNCTIONS = frozenset({"mix", "translatez", "scalex", "scaley", "scalez", "rotatex"}).union(
    ("rotatey", "rotatez", "mod", "rem", "sin", "cos", "tan", "hypot", "color", "inset", "ray")
)
AMOUNTS = {"number", "dimension", "percentage"}
PSEUDO = _words(
    "hover focus active visited link root empty target checked disabled enabled before after"
    " first-child last-child nth-child nth-last-child first-of-type last-of-type nth-of-type"
    " only-child not is where has first-line first-letter marker placeholder selection backdrop"
    " focus-visible focus-within placeholder-shown"
)
ROOT = tinycss2.parse_component_value_list(":root")


Wrong = tuple[str, Place, str]
"""What is wrong, where, and a hint."""


@dataclass(frozen=True)
class Renderer:
    """What the renderer knows: its properties, and whether it takes a value of one."""

    properties: frozenset[str]
    accepts: Callable[[str, Sequence[Any]], bool]


def not_understood(styles: Iterable[StyleFile], renderer: Renderer) -> Iterator[Wrong]:
    """Yield each declaration and selector that is certainly wrong."""
    for style in styles:
        yield from _judged(style, renderer)


@lru_cache(maxsize=256)  # a warm process asks for the same sheets again and again
def _judged(style: StyleFile, renderer: Renderer) -> tuple[Wrong, ...]:
    """Return the findings for a style sheet."""
    return tuple(_in_nodes(style, tinycss2.parse_stylesheet(style.text), renderer, is_nested=False))


def _in_nodes(
    style: StyleFile, nodes: Iterable[Any], renderer: Renderer, *, is_nested: bool
) -> Iterator[Wrong]:
    """Yield the findings for some nodes and for those in their blocks."""
    for node in nodes:
        if node.type == "declaration":
            said, hint = _of_declaration(node, renderer)
            if said:
                yield (said, place_of(style, node), hint)
            continue
        inner = tinycss2.parse_blocks_contents(getattr(node, "content", None) or ())
        is_rule = node.type == "qualified-rule"
        prelude = node.prelude if is_rule else ()
        words = [one for one in prelude if one.type not in {"whitespace", "comment"}]
        if words and (said := _of_selector(node.prelude, is_nested=is_nested)):
            yield (said, place_of(style, words[0]), "")
        elif node.type != "at-rule" or node.lower_at_keyword not in {"keyframes", "property"}:
            yield from _in_nodes(style, inner, renderer, is_nested=is_nested or is_rule)


def _of_declaration(node: Any, renderer: Renderer) -> tuple[str, str]:
    """Return why a declaration says nothing, and a hint; nothing if it may be right."""
    name = node.lower_name
    if name.startswith("-") and not name.startswith("--"):
        return "", ""
    if meant := "" if name.startswith("--") else meant_by(name, renderer.properties):
        return f"there is no property `{name}`", f"did you mean `{meant}`?"
    value = [one for one in node.value if one.type not in {"whitespace", "comment"}]
    if not name.startswith(("--", "mso-")):
        why, hint = _of_value(name, value, renderer)
    else:
        why, hint = next((one for one in map(_of_token, _all(value)) if one[0]), ("", ""))
    if not why:
        return "", ""
    shown = short(tinycss2.serialize(node.value).strip())
    return f"`{node.name}` cannot be `{shown}`: {why}", hint


def _of_value(name: str, value: Sequence[Any], renderer: Renderer) -> tuple[str, str]:
    """Return what is wrong with a property's value, and a hint; nothing if it may be right."""
    if "!" in value or ":" in value[:1]:
        sign = "!" if "!" in value else ":"
        return f"`{sign}` stands in it", "write `!important`" if sign == "!" else ""
    if getattr(value[-1] if value else None, "lower_value", "") == "important":
        return "its `important` has no sign", "write `!important`"
    for token in _all(value):
        if (found := _of_token(token))[0]:
            return found
    words = [one.lower_value for one in value if one.type == "ident"]
    if name in LENGTHS and any(one.type == "number" and one.value for one in value):
        return "a length has a unit, right after its number", ""
    if name in LENGTHS | NUMBERS and "," in value:
        return "a comma stands in it", "decimals have a point" if name in NUMBERS else ""
    return _of_kind(name, value, words, renderer)


def _of_kind(
    name: str, value: Sequence[Any], words: Sequence[str], renderer: Renderer
) -> tuple[str, str]:
    """Return what is wrong with a colour, a font, or a word of a value; nothing if it may be."""
    is_colour = name == "color" or name.endswith("-color")
    if is_colour and len(value) == 1 and not _may_be_colour(value[0]):
        return "that is no colour", ""
    if name == "font" and len(value) == len(words) == 1 and words[0] not in SYSTEM | WIDE:
        return "a size and a family are missing", ""
    return _misspelt_in(name, value, renderer)


def _all(value: Sequence[Any]) -> Iterator[Any]:
    """Yield the nodes of a value, with those in its brackets."""
    return (node for node, _ in walk(value))


def _of_token(token: Any) -> tuple[str, str]:
    """Return what is wrong with a node wherever it stands in a value, and a hint."""
    if token.type == "dimension" and token.lower_unit not in UNITS:
        meant = meant_by(token.lower_unit, UNITS)
        return f"there is no unit `{token.unit}`", f"did you mean `{meant}`?" if meant else ""
    if token.type == "hash" and (len(token.value) not in HEX_DIGITS or parse_color(token) is None):
        return f"`#{token.value}` is no colour", "write 3 or 6 signs after #, 0 to 9 and a to f"
    if token.type == "ident" and CURLY.search(token.value):
        return f"its quotes are none for CSS: {token.value}", 'type straight ones: "'
    return _of_function(token) if token.type == "function" else ("", "")


def _of_function(token: Any) -> tuple[str, str]:
    """Return what is wrong with a function in a value, and a hint."""
    meant = meant_by(token.lower_name, FUNCTIONS)
    if meant and token.lower_name not in OTHER_FUNCTIONS:
        return f"there is no `{token.name}()`", f"did you mean `{meant}`?"
    if token.lower_name in MATH:
        parts = [one for one in token.arguments if one.type not in {"whitespace", "comment"}]
        if any(one.type in AMOUNTS and other.type in AMOUNTS for one, other in pairwise(parts)):
            return "a sign is missing, or the space on both sides of it", ""
    if token.lower_name in COLOURS and not _may_be_colour(token):
        return f"`{tinycss2.serialize([token])}` is no colour", ""
    return "", ""


def _may_be_colour(node: Any) -> bool:
    """Tell whether a node may be a colour: it is one, or a function that may come to one."""
    if node.type == "function":
        plain = all(one.type in {*AMOUNTS, "whitespace", "literal"} for one in node.arguments)
        return not (plain and node.lower_name in COLOURS) or parse_color(node) is not None
    if node.type == "ident" and (node.lower_value in SYSTEM | WIDE or node.value.startswith("-")):
        return not node.value.startswith("--")
    is_auto = node.type == "ident" and node.lower_value == "auto"
    return is_auto or parse_color(node) is not None


def _misspelt_in(name: str, value: Sequence[Any], renderer: Renderer) -> tuple[str, str]:
    """Return the word with which a value is right, where a slip in it makes it wrong."""
    if name not in renderer.properties or name.endswith("family"):
        return "", ""
    for at, word in enumerate(value):
        meant = meant_by(word.lower_value, KEYWORDS) if word.type == "ident" else ""
        if not meant or renderer.accepts(name, value):  # to ask the renderer takes a while
            continue
        fixed = tinycss2.ast.IdentToken(word.source_line, word.source_column, meant)
        if renderer.accepts(name, [*value[:at], fixed, *value[at + 1 :]]):
            return f"there is no `{word.value}`", f"did you mean `{meant}`?"
    return "", ""


def _of_selector(prelude: Sequence[Any], *, is_nested: bool) -> str:
    """Return why words before a block are no selector; nothing if they may be one."""
    nodes: list[Any] = []
    rest = iter([one for one in prelude if one.type != "comment"])
    before: Any = ","
    for node in rest:
        if node == ":":
            pseudo = next(rest, None)
            pseudo = next(rest, None) if pseudo == ":" else pseudo
            name = getattr(pseudo, "lower_value", getattr(pseudo, "lower_name", ""))
            if meant := meant_by(name, PSEUDO):
                return f"there is no `:{name}` (did you mean `:{meant}`?)"
            nodes.extend(ROOT if name else [node])
        elif node == "&":
            nodes.extend(ROOT)
        elif not (is_nested and node in (">", "+", "~") and before == ","):
            nodes.append(node)
        before = before if node.type == "whitespace" else node
    # A sheet declares the prefixes of names (CSS Namespaces 3, 2); which they are is not judged.
    prefixes = {one.value: "" for one in _all(prelude) if one.type == "ident"}
    try:
        compile_selector_list(nodes, prefixes)
    except (SelectorError, AttributeError):  # which cssselect2 has for `*|`
        return f"`{short(tinycss2.serialize(prelude).strip())}` is no selector"
    return ""
