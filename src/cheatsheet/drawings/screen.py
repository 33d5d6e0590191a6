"""A coloured drawing → the same for screens: letters as outlines, colours for the night, two rows.

A screen's reader may have any font and any ground, so a drawing brings both along.
"""

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as ET

from cheatsheet.drawings.drawing import SVG
from cheatsheet.drawings.labels import LabelFonts
from cheatsheet.drawings.rows import GAP
from cheatsheet.drawings.vocabulary import HEIGHT, WIDTH

XLINK = "http://www.w3.org/1999/xlink"
FRAME = {"viewBox", "width", "height", "font-family"}


def screen_drawing(
    coloured: str, night: tuple[tuple[str, str], ...], fonts: LabelFonts | None, cut: float | None
) -> str:
    """Return a drawing in the book's colours on a ground of its own, its labels as outlines.

    It is cut at x = `cut`, its right part under the left one, so that a phone shows its labels
    large enough; without a cut it is a strip. `night` are the colours that stand for the day's
    where the reader asks for a dark page (Media Queries 5, prefers-color-scheme); the first is
    that of the ground.
    """
    ET.register_namespace("", SVG)
    ET.register_namespace("xlink", XLINK)
    root = ET.fromstring(coloured)  # noqa: S314 - the book's own drawing
    glyphs: dict[str, str] = {}
    if fonts:
        for text in root.findall(f".//{{{SVG}}}text"):
            _outline(text, fonts, glyphs)
    root[:] = [_element("g", _look(root), root)]
    drawn = ET.tostring(root[0], encoding="unicode")
    letters = "".join(f'<path id="{name}" d="{outline}"/>' for name, outline in glyphs.items())
    inner = f"<style>{_night_rules(night)}</style><defs>{letters}</defs>"
    if cut is None:
        return f"{_opened(WIDTH, HEIGHT, night[0][0])}{inner}{drawn}</svg>"
    rows = "".join(
        f'<svg y="{top}" width="{right - left:g}" height="{HEIGHT}" '
        f'viewBox="{left:g} 0 {right - left:g} {HEIGHT}"><use xlink:href="#whole"/></svg>'
        for top, left, right in ((0, 0, cut), (HEIGHT + GAP, cut, WIDTH))
    )
    opened = _opened(max(cut, WIDTH - cut), 2 * HEIGHT + GAP, night[0][0])
    return f'{opened}{inner}<defs><g id="whole">{drawn}</g></defs>{rows}</svg>'


def _opened(width: float, height: float, ground: str) -> str:
    """Return the opening tag of a drawing of a size, and its ground."""
    size = f'width="{width:g}" height="{height:g}"'
    opened = f'<svg xmlns="{SVG}" xmlns:xlink="{XLINK}" viewBox="0 0 {width:g} {height:g}" {size}>'
    return f'{opened}<rect {size} fill="{ground}"/>'


def _outline(text: ET.Element, fonts: LabelFonts, glyphs: dict[str, str]) -> None:
    """Turn a label into uses of the outlines of its letters, and add these to `glyphs` by id."""
    weight = text.attrib.pop("font-weight")
    face = fonts.nearest(int(weight))
    size, x, y = (float(text.attrib.pop(name)) for name in ("font-size", "x", "y"))
    scale = f"translate({x:g} {y:g}) scale({size / face.units:.5g} -{size / face.units:.5g})"
    text.set("transform", f"{text.get('transform', '')} {scale}".strip())
    for glyph, start, outline in face.letters(text.text or ""):
        if outline:
            name = f"{glyph}-{weight}"
            glyphs[name] = outline
            place = {"x": str(start)} if start else {}
            ET.SubElement(text, f"{{{SVG}}}use", {f"{{{XLINK}}}href": f"#{name}", **place})
    text.tag, text.text = f"{{{SVG}}}g", None


def _night_rules(night: tuple[tuple[str, str], ...]) -> str:
    """Return the style sheet that puts the night's colours in the day's place."""
    rules = "".join(
        f'[{kind}="{day}"]{{{kind}:{colour}}}'
        for day, colour in night
        for kind in ("fill", "stroke")
    )
    known = "@supports (color: color-mix(in oklab, red, blue))"
    return f"{known}{{@media (prefers-color-scheme:dark){{{rules}}}}}"


def _look(root: ET.Element) -> dict[str, str]:
    """Return the attributes of a drawing that what is in it inherits."""
    return {name: value for name, value in root.attrib.items() if name not in FRAME}


def _element(tag: str, attributes: Mapping[str, str], inside: Iterable[ET.Element]) -> ET.Element:
    """Return an SVG element with others in it."""
    element = ET.Element(f"{{{SVG}}}{tag}", dict(attributes))
    element.extend(inside)
    return element
