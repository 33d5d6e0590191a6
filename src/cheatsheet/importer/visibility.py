"""What styles hide, raise, lower and strike out, as far as a file itself says it.

The styles are those of the elements and of the simple rules (`.name`, `#name`, `tag.name`) in the
file's own style sheets; what stands in @media may hold or not, and is not read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

Styles = Mapping[str, str]

SELECTOR = re.compile(r"([a-z][a-z0-9]*)?([.#][\w-]+)?")
NOTHING = re.compile(r"[-+]?0*\.?0*(px|pt|em|rem|ex|ch|vh|vw|mm|cm|in|%)?")
TINY = re.compile(r"([01](\.\d*)?|\.\d+)(px|pt)|0?\.[01]\d*r?em")
FAR = re.compile(r"-\d{3,}(\.\d+)?(px|pt|em|rem|%)|-\d{2,}(em|rem)")
HEX = re.compile(r"#(?:([0-9a-f])([0-9a-f])([0-9a-f])|([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2}))")
RGB = re.compile(r"rgba?\((\d{1,3})[, ]+(\d{1,3})[, ]+(\d{1,3})(?:[,/ ]+([\d.]+%?))?\)")
NAMES = {"white": (255, 255, 255), "black": (0, 0, 0)}
NONE_AT_ALL = {"0", "0%", "0.0", ".0"}

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Look:
    """What an element hands on to those in it: tiny or invisible text, its colour, the ground."""

    is_tiny: bool = False
    is_invisible: bool = False
    colour: Colour | None = None
    ground: Colour | None = None

    @property
    def is_hidden(self) -> bool:
        """Whether text in it cannot be seen."""
        same = self.colour is not None and self.colour == self.ground
        return self.is_tiny or self.is_invisible or same


class StyleSheets:
    """The rules of a page's own style sheets, by selector."""

    def __init__(self, sheets: Iterator[str]) -> None:
        self._rules: dict[str, dict[str, str]] = {}
        for sheet in sheets:
            for selectors, body in _rules(sheet):
                styles = _declarations(body)
                for selector in map(str.strip, selectors.split(",")):
                    if selector and SELECTOR.fullmatch(selector):
                        self._rules.setdefault(selector, {}).update(styles)

    def styles(self, element: Any) -> Styles:
        """Return an element's styles by property: those of rules, and over them its own."""
        styles: dict[str, str] = {}
        if self._rules:
            names = [f".{name}" for name in element.get("class", "").split()]
            names += [f"#{element.get('id')}"] if element.get("id") else []
            for name in ("", *names):
                for selector in (name, f"{element.tag}{name}"):
                    styles.update(self._rules.get(selector, {}))
        if own := element.get("style"):
            styles.update(_declarations(own))
        return styles


def look_of(element: Any, styles: Styles, around: Look) -> Look:
    """Return what an element hands on, `around` being what the one around it does."""
    look = around
    if size := styles.get("font-size"):
        is_tiny = bool(NOTHING.fullmatch(size) or TINY.fullmatch(size))
        look = replace(look, is_tiny=is_tiny)
    if seen := styles.get("visibility"):
        look = replace(look, is_invisible=seen in {"hidden", "collapse"})
    if colour := styles.get("color") or element.get("color"):
        is_clear = colour == "transparent" or _is_clear(colour)
        look = replace(look, colour=_rgb(colour), is_invisible=is_clear or look.is_invisible)
    ground = styles.get("background-color") or styles.get("background") or element.get("bgcolor")
    if ground and ground not in {"none", "transparent", "inherit"}:
        look = replace(look, ground=_ground(ground))
    return look


def is_hidden(element: Any, styles: Styles) -> bool:
    """Tell whether nothing of an element and of what is in it can be seen."""
    clips = styles.get("overflow", "hidden") == "hidden"
    return (
        "hidden" in element.attrib
        or styles.get("display") == "none"
        or styles.get("opacity", "1") in NONE_AT_ALL
        or (clips and NOTHING.fullmatch(styles.get("max-height", "none")) is not None)
        or (styles.get("overflow") == "hidden" and _is_small(styles))
        or _is_clipped(styles)
    )


def height(element: Any, styles: Styles) -> str:
    """Return `sup` or `sub` for text above or below its line, or nothing."""
    if element.tag in {"sup", "sub"}:
        return str(element.tag)
    return {"super": "sup", "sub": "sub"}.get(styles.get("vertical-align", ""), "")


def is_struck_out(element: Any, styles: Styles) -> bool:
    """Tell whether text is struck out."""
    lines = styles.get("text-decoration", "") + styles.get("text-decoration-line", "")
    return element.tag in {"del", "s", "strike"} or "line-through" in lines


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield the selectors and the body of each rule that stands in no other one."""
    first, *commented = sheet.split("/*")
    text = first + "".join(part.partition("*/")[2] for part in commented)
    depth, before = 0, ""
    for part in re.split(r"([{}])", text):
        if part == "{":
            depth += 1
        elif part == "}":
            depth = max(depth - 1, 0)
        elif depth == 0:
            before = part.rpartition(";")[2].strip()
        elif depth == 1 and not before.startswith("@"):
            yield before.casefold().replace("\n", " "), part


def _declarations(text: str) -> dict[str, str]:
    """Return declarations by property, without case."""
    pairs = (part.partition(":") for part in text.casefold().split(";"))
    return {
        name.strip(): value.replace("!important", "").strip()
        for name, colon, value in pairs
        if colon
    }


def _is_small(styles: Styles) -> bool:
    """Tell whether a box that shows nothing beyond its edges is no larger than a pixel."""
    sizes = [styles.get(name, "") for name in ("height", "width")]
    return any(NOTHING.fullmatch(size) or TINY.fullmatch(size) for size in sizes if size)


def _is_clipped(styles: Styles) -> bool:
    """Tell whether a box is cut to nothing, or stands far beside the page."""
    cut = styles.get("clip", "") + styles.get("clip-path", "")
    is_cut = re.fullmatch(r"rect\(([01](px)?[, ]*){4}\)|inset\((50|100)%\)", cut) is not None
    beside = [styles.get(name, "") for name in ("text-indent", "left", "top", "margin-left")]
    return is_cut or any(FAR.fullmatch(length) for length in beside)


def _ground(value: str) -> Colour | None:
    """Return the colour of a background; None for a picture, or for what is not known."""
    if "url(" in value or "gradient(" in value:
        return None
    found = HEX.search(value) or RGB.search(value)
    return (
        _rgb(found[0]) if found else NAMES.get(value.split(maxsplit=1)[0] if value.split() else "")
    )


def _rgb(value: str) -> Colour | None:
    """Return a colour's red, green and blue from 0 to 255; None for one that is not known."""
    if found := HEX.fullmatch(value.casefold()):
        short, long = found.groups()[:3], found.groups()[3:]
        red, green, blue = [digit * 2 for digit in short] if short[0] else long
        return int(red, 16), int(green, 16), int(blue, 16)
    if found := RGB.fullmatch(value):
        return int(found[1]), int(found[2]), int(found[3])
    return NAMES.get(value.casefold())


def _is_clear(value: str) -> bool:
    """Tell whether a colour lets all through."""
    found = RGB.fullmatch(value)
    return found is not None and found[4] in NONE_AT_ALL
