"""A coloured drawing → the same for screens: letters as outlines, colours for the night.

A screen's reader may have any font and any ground, so a drawing brings both along.
"""

from xml.etree import ElementTree as ET

from cheatsheet.drawings.drawing import SVG
from cheatsheet.drawings.labels import LabelFonts

XLINK = "http://www.w3.org/1999/xlink"


def screen_drawing(
    coloured: str, night: tuple[tuple[str, str], ...], fonts: LabelFonts | None
) -> str:
    """Return a drawing in the book's colours on a ground of its own, its labels as outlines.

    `night` are the colours that stand for the day's where the reader asks for a dark page (Media
    Queries 5, prefers-color-scheme); the first is that of the ground.
    """
    ET.register_namespace("", SVG)
    ET.register_namespace("xlink", XLINK)
    root = ET.fromstring(coloured)  # noqa: S314 - the book's own drawing
    glyphs: dict[str, str] = {}
    if fonts:
        for text in root.findall(f".//{{{SVG}}}text"):
            _outline(text, fonts, glyphs)
    style, letters, ground = (ET.Element(f"{{{SVG}}}{tag}") for tag in ("style", "defs", "rect"))
    style.text = _night_rules(night)
    for name, d in glyphs.items():
        ET.SubElement(letters, f"{{{SVG}}}path", {"id": name, "d": d})
    ground.attrib |= {name: root.attrib[name] for name in ("width", "height")}
    ground.set("fill", night[0][0])
    for one in root.iter():
        one.attrib.pop("font-family", None)
    root[:0] = [style, letters, ground]
    return ET.tostring(root, encoding="unicode")


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
