"""The terms' drawings → files of the site, as SVG that turns dark at night."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from cheatsheet.book.illustrations import Composer, drawing_for_screens, motif
from cheatsheet.drawings import coloured_drawing, drawing_in_rows, is_drawable, strip_drawing
from cheatsheet.model.glossary import Glossary, Term
from cheatsheet.model.publicity import Web

SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')
PEN = 6  # hundredths of a motif's longer side, as on the book's last page
FINE = 4  # times a drawing's units: sizes in HTML are whole numbers, of which browsers take a ratio


@dataclass(frozen=True)
class Drawn:
    """A term's drawing on the site in one row or in two: its path, its SVG, and its size.

    Width and height are in quarters of the drawing's units.
    """

    path: str
    svg: str
    width: int
    height: int


@dataclass(frozen=True)
class TermDrawing:
    """A term's drawing in one row, and in two for a narrow screen; its motif as SVG, or "".

    `strip` is the one of the first page, if it is there: in one row, with larger labels, and
    without a margin.
    """

    wide: Drawn
    narrow: Drawn
    motif: str
    strip: Drawn | None = None

    @property
    def shapes(self) -> tuple[Drawn, ...]:
        """The drawing in each shape that the site has of it."""
        return (self.wide, self.narrow, *([self.strip] if self.strip else ()))


Drawings = Mapping[str, TermDrawing]
"""The drawings by the terms' slugs."""


def make_drawings(glossary: Glossary, web: Web, tokens: Mapping[str, str]) -> Drawings:
    """Return the drawings that the site shows; `tokens` are the values of its styles."""
    draw = partial(_drawn, glossary, tokens)
    shown = [term for term in glossary.terms if _is_shown(glossary, web, term)]
    return {
        term.slug: TermDrawing(
            draw(term, "", coloured_drawing),
            draw(term, "-narrow", drawing_in_rows),
            motif(glossary, tokens, term, PEN),
            draw(term, "-strip", strip_drawing) if term.slug in web.drawings else None,
        )
        for term in shown
    }


def drawing_files(drawings: Drawings) -> dict[str, bytes]:
    """Return the files of drawings and of their motifs by path."""
    files: dict[str, bytes] = {}
    for slug, drawn in drawings.items():
        files |= {one.path: one.svg.encode() for one in drawn.shapes}
        files |= {motif_file(slug): drawn.motif.encode()} if drawn.motif else {}
    return files


def motif_file(slug: str) -> str:
    """Return the path of the motif of a term's drawing."""
    return f"motifs/{slug}.svg"


def _is_shown(glossary: Glossary, web: Web, term: Term) -> bool:
    """Tell whether the site shows a term's drawing, which can be drawn."""
    text = glossary.pictures.drawings.get(term.slug)
    if not text or not ("picture" in web.shows or term.slug in web.drawings):
        return False
    return is_drawable(term.picture_file, text)


def _drawn(
    glossary: Glossary, tokens: Mapping[str, str], term: Term, name: str, composed: Composer
) -> Drawn:
    """Return a term's drawing as it is composed, in a file whose name ends with `name`."""
    svg = drawing_for_screens(glossary, tokens, term, composed)
    size = SIZE.search(svg)
    width, height = (round(FINE * float(value)) for value in size.groups()) if size else (0, 0)
    return Drawn(f"drawings/{term.slug}{name}.svg", svg, width, height)
