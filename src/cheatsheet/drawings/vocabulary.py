"""What drawings are made of: elements, attributes, colours, pens. All else is a finding."""

import re
from collections.abc import Iterator
from typing import Final

from cheatsheet.drawings.drawing import SVG, UNSAFE, Element
from cheatsheet.drawings.outlines import NUMBER, numbers_in, path_outlines
from cheatsheet.findings import Finding, Place, error
from cheatsheet.findings.complaints import together
from cheatsheet.findings.suggestions import closest, did_you_mean

WIDTH: Final = 336
HEIGHT: Final = 84
FONT = "sans-serif"
WEIGHTS = ("500", "700", "800")
COLOURS = ("black", "dimgray", "silver", "white", "royalblue", "lavender")
FRAME = {
    "viewBox": f"0 0 {WIDTH} {HEIGHT}",
    "width": str(WIDTH),
    "height": str(HEIGHT),
    "font-family": FONT,
    "font-weight": WEIGHTS[0],
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
}
"""What each drawing's root says, so that all are of one size and one pen."""

VOCABULARY = error(
    "picture-vocabulary",
    "A drawing has an element or attribute that this book's pictures are not made of.",
    "use shapes and text with plain attributes; styles/README.md lists them",
)
VALUE = error(
    "picture-value",
    "An attribute of a drawing is missing, or does not have its form.",
    "write plain numbers without units; `d`, `points` and `transform` as SVG 1.1 has them",
)
FRAME_RULE = error(
    "picture-frame",
    "A drawing is not the strip that all pictures of the book are.",
    "begin with a copy of another drawing, or of styles/parts.svg",
)
COLOUR = error(
    "picture-colour",
    "A drawing has a colour that no token stands behind.",
    f"use {', '.join(COLOURS)} or none; the book puts its own in their place",
)
FONT_RULE = error(
    "picture-font",
    "A drawing asks for another font, or for a character that the book's font does not have.",
    f'labels are font-family="{FONT}", with font-weight {", ".join(WEIGHTS)}',
)

PAINT = {
    "fill", "fill-rule", "font-family", "font-size", "font-weight", "id", "stroke",
    "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "stroke-width", "text-anchor",
    "transform",
}  # fmt: skip
ELEMENTS = {
    "svg": {"viewBox", "width", "height", "version"},
    "g": set(),
    "path": {"d"},
    "line": {"x1", "y1", "x2", "y2"},
    "polyline": {"points"},
    "polygon": {"points"},
    "rect": {"x", "y", "width", "height", "rx", "ry"},
    "circle": {"cx", "cy", "r"},
    "ellipse": {"cx", "cy", "rx", "ry"},
    "text": {"x", "y"},
    "tspan": {"x", "y", "dy"},
    "title": set(),
    "desc": set(),
}
KNOWN = {tag: PAINT | own for tag, own in ELEMENTS.items()}
NEEDED = {
    "path": {"d"},
    "polyline": {"points"},
    "polygon": {"points"},
    "rect": {"width", "height"},
    "circle": {"r"},
    "ellipse": {"rx", "ry"},
    "text": {"x", "y"},
}
WORDLESS = {"title", "desc"}

GAP = r"[\s,]*+"
POINTS = rf"(?:{GAP}{NUMBER}{GAP}{NUMBER})+{GAP}"
SHORTEST_DASH = 0.5  # units, with its gap: the strip is 336 long, and each dash is drawn
FUNCTION = rf"(?:translate|scale|rotate|matrix)\s*\((?:{GAP}{NUMBER}){{1,6}}{GAP}\)"
POSITIVE = re.compile(rf"\s*\+?(?!-){NUMBER}\s*")
FORMS = {
    "points": re.compile(POINTS),
    "transform": re.compile(rf"(?:{GAP}{FUNCTION})*{GAP}"),
    "stroke-dasharray": re.compile(rf"none|(?:{GAP}(?!-){NUMBER})+{GAP}"),
    "stroke-linecap": re.compile(r"round|butt"),
    "stroke-linejoin": re.compile(r"round"),
    "fill-rule": re.compile(r"nonzero|evenodd"),
    "text-anchor": re.compile(r"start|middle|end"),
} | dict.fromkeys(("width", "height", "r", "rx", "ry", "font-size", "stroke-width"), POSITIVE)
FACES = {"font-family": (FONT,), "font-weight": WEIGHTS}
PLAIN = re.compile(rf"\s*{NUMBER}\s*")
NUMBERS = {"x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "dy"}
FREE = {"id", "version", "viewBox"}  # or judged by another rule

# SVG's own ways to act, and to bring in what is not in the file.
ACTIVE = {
    "a", "animate", "animateColor", "animateMotion", "animateTransform", "cursor", "discard",
    "feImage", "foreignObject", "handler", "iframe", "image", "listener", "script", "set", "style",
    "use", "audio", "video",
}  # fmt: skip
REFERRING = {"href", "src", "base"}
NONE_OF = " is none of "
PLAIN_SVG = "save it as plain SVG, or delete them"
OUTSIDE = re.compile(r"url\s*\(|@import|(?:java|vb)script:|data:|[a-z]+://", re.IGNORECASE)


def blank_drawing() -> str:
    """Return a drawing to begin with: the frame that all have in common, and nothing in it."""
    frame = " ".join(f'{name}="{value}"' for name, value in FRAME.items())
    note = "pens: 1.2 and 0.6; the colours and all else: styles/README.md"
    return f'<svg xmlns="{SVG}" {frame} font-size="7.5">\n  <!-- {note} -->\n</svg>\n'


def check_vocabulary(root: Element) -> Iterator[Finding]:
    """Yield a finding for each element, attribute and value that drawings are not made of.

    What stands in many places, and what an editor wrote for itself, is one.
    """
    yield from _check_frame(root)
    yield from _check_foreign(root)
    alike: dict[tuple[str, str], list[Finding]] = {}
    for element in root.walk():
        for finding in _check_element(element):
            cause = finding.message.partition(NONE_OF)[0]
            alike.setdefault((finding.code, cause), []).append(finding)
    for found in alike.values():
        yield from together(found)


def _check_frame(root: Element) -> Iterator[Finding]:
    """Yield a finding if the root says otherwise than the others do."""
    slips = {closest(name, FRAME) for name in root.attributes.keys() - KNOWN["svg"]}
    told = slips - root.attributes.keys()
    wrong = {n: v for n, v in FRAME.items() if root.attributes.get(n) != v and n not in told}
    if wrong:
        said = [f'{n}="{root.attributes[n][:40]}"' for n in wrong if n in root.attributes]
        said += [f"no {name}" for name in wrong if name not in root.attributes]
        wanted = " ".join(f'{name}="{value}"' for name, value in wrong.items())
        message = f"the root has {', '.join(said)}, and should have {wanted}"
        yield FRAME_RULE.finding(message, root.place)


def _check_foreign(root: Element) -> Iterator[Finding]:
    """Yield a finding if a drawing has elements or attributes that are not SVG's."""
    places: dict[str, Place] = {}
    for element in root.walk():
        for name in filter(_is_foreign, (element.tag, *element.attributes)):
            places.setdefault(name, element.place)
    yield from together(
        [
            VOCABULARY.finding(f"`{name}` is not SVG's, but an editor's own", place, PLAIN_SVG)
            for name, place in places.items()
        ]
    )


def _is_foreign(name: str) -> bool:
    """Tell whether a name is of another namespace than SVG's, and does no harm."""
    return ":" in name and name.rpartition(":")[2] not in {*REFERRING, "script", "handler"}


def _check_element(element: Element) -> Iterator[Finding]:
    """Yield what is wrong with an element and its attributes."""
    tag = element.tag
    if tag in ACTIVE or tag.rpartition(":")[2] in {"script", "handler"}:
        yield UNSAFE.finding(f"<{tag}> is not allowed in a drawing", element.place)
        return
    if _is_foreign(tag):
        return
    if tag not in ELEMENTS:
        yield VOCABULARY.finding(f"<{tag}>{NONE_OF}a drawing's elements", element.place)
        return
    for name in NEEDED.get(tag, set()) - element.attributes.keys():
        yield VALUE.finding(f"<{tag}> has no `{name}`", element.place)
    if tag == "tspan" and not (
        "x" in element.attributes and element.attributes.keys() & {"y", "dy"}
    ):
        yield VALUE.finding(
            "a <tspan> is a line of its own: it needs x, and y or dy", element.place
        )
    if element.tail:
        yield VOCABULARY.finding(f"text stands after an element in <{tag}>", element.tail)
    for name, value in element.attributes.items():
        yield from _check_attribute(element, name, value)


def _check_attribute(element: Element, name: str, value: str) -> Iterator[Finding]:
    """Yield what is wrong with an attribute."""
    place = element.place
    if name.lower().startswith("on"):
        yield UNSAFE.finding(f"`{name}` runs a script", place)
    elif name.rpartition(":")[2] in REFERRING or OUTSIDE.search(value):
        yield UNSAFE.finding(f'{name}="{value[:40]}" asks for something else', place)
    elif _is_foreign(name):
        return
    elif name not in KNOWN[element.tag]:
        message = f"`{name}`{NONE_OF}the attributes of <{element.tag}>"
        yield VOCABULARY.finding(message, place, did_you_mean(name, KNOWN[element.tag]))
    elif name in {"fill", "stroke"}:
        if value not in {*COLOURS, "none"}:
            yield COLOUR.finding(f'{name}="{value[:40]}"{NONE_OF}the book\'s colours', place)
    elif name in FACES:
        if value not in FACES[name]:
            yield FONT_RULE.finding(f'{name}="{value[:40]}" is not the labels\' font', place)
    elif name not in FREE and not _has_form(element.tag, name, value):
        yield VALUE.finding(f'{name}="{value[:40]}" does not have its form', place)


def _has_form(tag: str, name: str, value: str) -> bool:
    """Tell whether an attribute's value is one that SVG has for it."""
    if name == "d":
        return bool(path_outlines(value))
    if name == "stroke-dasharray" and value != "none" and sum(numbers_in(value)) < SHORTEST_DASH:
        return False
    form = PLAIN if name in NUMBERS else FORMS.get(name)
    framed = tag == "svg" and name in FRAME  # which has been judged
    return form is None or framed or form.fullmatch(value) is not None
