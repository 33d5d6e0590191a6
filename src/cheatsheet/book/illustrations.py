"""What is drawn on pages: terms' drawings as addresses of images, and QR codes as paths."""

import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cache

import segno

from cheatsheet.drawings import book_colours, coloured_drawing, label_fonts, stacked_drawing
from cheatsheet.model.glossary import Glossary, Term
from cheatsheet.stylesheets import resolve_token

HEIGHT = 84  # units of a drawing
LABEL = re.compile(r"<text\b.*?</text>", re.DOTALL)
WIDTH = re.compile(r' width="\d+"')
VIEW = re.compile(r'viewBox="[^"]*"')


def drawing(glossary: Glossary, tokens: Mapping[str, str], term: Term) -> str:
    """Return the address of a term's drawing in the colours of its category; "" without one.

    It is an image that is its own address, and not elements of the page: WeasyPrint looks up
    the styles of each element of a page, which takes longer than drawing it. Where the styles say
    `--picture-rows: 2`, its right half stands under the left one.
    """
    pictures = glossary.pictures
    if term.slug not in pictures.drawings:  # lint says so; a preview shows the page without it
        return ""
    text, fonts = pictures.drawings[term.slug], label_fonts(*pictures.faces.items())
    colours, stacked = book_colours(tokens, term.category), None
    if fonts and tokens.get("--picture-rows") == "2":
        stacked = stacked_drawing(term.picture_file, text, colours, fonts)
    return _as_address(stacked or coloured_drawing(term.picture_file, text, colours, fonts))


def drawing_on_tab(
    glossary: Glossary, tokens: Mapping[str, str], term: Term, left: int | None = None
) -> str:
    """Return the address of a term's drawing without labels, light on its category's colour.

    With `left`, it is the square that begins there, in units of the drawing.
    """
    text = glossary.pictures.drawings.get(term.slug)
    if text is None:
        return ""
    colours = book_colours(tokens, term.category)
    light = resolve_token("drawing-lines", tokens, term.category) or "white"
    dark = resolve_token("drawing-ground", tokens, term.category) or "black"
    colours |= dict.fromkeys(("black", "dimgray", "royalblue"), light)
    colours |= {"white": dark, "lavender": dark, "silver": colours["lavender"]}
    drawn = LABEL.sub("", coloured_drawing(term.picture_file, text, colours, None))
    if left is not None:
        square = f'viewBox="{left} 0 {HEIGHT} {HEIGHT}" width="{HEIGHT}"'
        drawn = VIEW.sub(square, WIDTH.sub("", drawn, count=1), count=1)
    return _as_address(drawn)


@cache
def qr_path(address: str) -> dict[str, str]:
    """Return a QR code (ISO/IEC 18004, level M) as an SVG path of strokes 1 unit thick.

    `d` is the path's data, `size` the modules along a side, without a quiet zone.
    """
    code = segno.make(address, error="m", micro=False)
    drawing = code.svg_inline(border=0, omitsize=True)
    data = re.search(r' d="([^"]+)"', drawing)
    return {"d": data[1] if data else "", "size": str(code.symbol_size(border=0)[0])}


def _as_address(svg: str) -> str:
    """Return SVG as an address that holds it."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
