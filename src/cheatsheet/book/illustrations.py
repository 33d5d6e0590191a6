"""What is drawn on pages: terms' drawings as addresses of images, and QR codes as paths."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache

import segno

from cheatsheet.drawings import (
    Element,
    LabelFonts,
    drawing_in_rows,
    label_fonts,
    motif_drawing,
    parse_drawing,
    poster_drawing,
    screen_drawing,
    trimmed_drawing,
)
from cheatsheet.drawings.vocabulary import COLOURS
from cheatsheet.model.glossary import Glossary, Term
from cheatsheet.stylesheets import book_colours, resolve_token

Composer = Callable[[Element, Mapping[str, str], LabelFonts | None], str]
"""A drawing, the book's colours and the labels' fonts -> the drawing as SVG."""

SIDES = re.compile(r' width="([\d.]+)" height="([\d.]+)"')  # of a motif, before its shapes
PAPER_FIRST = tuple(sorted(COLOURS, key=lambda name: name != "white"))


def drawing(glossary: Glossary, tokens: Mapping[str, str], term: Term) -> str:
    """Return the address of a term's drawing in the colours of its category; "" without one.

    It is in two rows where `--drawing-rows` is 2, and as wide as its ink where it is not.
    It is an image that is its own address, and not elements of the page: WeasyPrint looks up
    the styles of each element of a page, which takes longer than drawing it.
    """
    if term.slug not in glossary.pictures.drawings:  # lint says so; a preview shows the page
        return ""
    is_narrow = resolve_token("drawing-rows", tokens, term.category) == "2"
    composed = drawing_in_rows if is_narrow else trimmed_drawing
    return _as_address(_coloured(glossary, tokens, term, composed))


def drawing_in_room(
    glossary: Glossary, tokens: Mapping[str, str], term: Term, room: tuple[int, int]
) -> str:
    """Return the address of a term's drawing as large as it goes in a room; "" without one.

    The room is its width and height, in pixels or in units of the drawing. Without the labels'
    fonts, a drawing is as it is on pages.
    """
    fonts = label_fonts(*glossary.pictures.faces.items())
    if fonts is None or term.slug not in glossary.pictures.drawings:
        return drawing(glossary, tokens, term)

    def composed(root: Element, colours: Mapping[str, str], _: object) -> str:
        return poster_drawing(root, colours, fonts, room)

    return _as_address(_coloured(glossary, tokens, term, composed))


def drawing_for_screens(
    glossary: Glossary, tokens: Mapping[str, str], term: Term, composed: Composer
) -> str:
    """Return a term's drawing as SVG that needs no font and turns dark at night.

    `composed` puts it in one row or in two. The term has a drawing.
    """
    coloured = _coloured(glossary, tokens, term, composed)
    fonts = label_fonts(*glossary.pictures.faces.items())
    return screen_drawing(coloured, night_colours(tokens, term.category), fonts)


def night_colours(tokens: Mapping[str, str], category: str) -> tuple[tuple[str, str], ...]:
    """Return the colours of a category's drawings by day and on a dark page, the paper's first.

    `--night-royalblue` is what stands there for royalblue; without a token, the day's does.
    """
    tab, day = resolve_token("tab", tokens, category), book_colours(tokens, category)
    night = {name: tokens.get(f"--night-{name}", day[name]) for name in PAPER_FIRST}
    return tuple((day[name], night[name].replace("var(--tab)", tab)) for name in PAPER_FIRST)


def _coloured(glossary: Glossary, tokens: Mapping[str, str], term: Term, composed: Composer) -> str:
    """Return a term's drawing in the book's colours as SVG; "" for one that cannot be read."""
    pictures = glossary.pictures
    root = parse_drawing(term.picture_file, pictures.drawings[term.slug]).root
    fonts = label_fonts(*pictures.faces.items())
    return composed(root, book_colours(tokens, term.category), fonts) if root else ""


def motifs(
    glossary: Glossary,
    tokens: Mapping[str, str],
    terms: Iterable[Term],
    pen: float,
) -> dict[str, str]:
    """Return the motifs of terms' drawings, by slug, light on the colours of their categories.

    They are addresses of images; a term whose drawing has no motif is not among them. `pen` is the
    width of their outlines in hundredths of their longer sides.
    """
    drawn = {term.slug: motif(glossary, tokens, term, pen) for term in terms}
    return {slug: _as_address(svg) for slug, svg in drawn.items() if svg}


def motif_sides(
    glossary: Glossary, tokens: Mapping[str, str], terms: Iterable[Term], pen: float
) -> dict[str, tuple[float, float]]:
    """Return how wide and high the motifs of `motifs` are, by slug, in parts of the longer side."""
    drawn = {term.slug: motif(glossary, tokens, term, pen) for term in terms}
    found = {slug: SIDES.search(svg) for slug, svg in drawn.items()}
    sides = {slug: (float(one[1]), float(one[2])) for slug, one in found.items() if one}
    return {slug: (one[0] / max(one), one[1] / max(one)) for slug, one in sides.items()}


def motif(glossary: Glossary, tokens: Mapping[str, str], term: Term, pen: float) -> str:
    """Return the motif of a term's drawing as SVG; "" without one. `pen` is that of `motifs`."""
    text = glossary.pictures.drawings.get(term.slug, "")
    colours = book_colours(tokens, term.category)
    light = resolve_token("drawing-lines", tokens, term.category) or "white"
    dark = resolve_token("drawing-ground", tokens, term.category) or "black"
    colours |= dict.fromkeys(("black", "dimgray", "royalblue"), light)
    colours |= {"white": dark, "lavender": dark, "silver": colours["lavender"]}
    return _motif_in(term.picture_file, text, tuple(colours.items()), pen)


@lru_cache(maxsize=2048)  # cover and openers are rendered again when page numbers change
def _motif_in(file: str, text: str, colours: tuple[tuple[str, str], ...], pen: float) -> str:
    """Return the motif of a drawing in colours as SVG; "" without one."""
    root = parse_drawing(file, text).root
    return motif_drawing(root, dict(colours), pen) if root else ""


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
