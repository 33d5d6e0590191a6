"""The finished book → the pictures of the site: three pages, the cover, and drawings."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image

from cheatsheet.book.sections import term_id
from cheatsheet.layout.pictures import draw_pictures
from cheatsheet.model.glossary import Glossary
from cheatsheet.model.publicity import Web
from cheatsheet.reader.raster import PagePictures, page_pictures, small_png
from cheatsheet.web.rendering import (
    COVER_FILE,
    DRAWING_SIZE,
    FAN_FILE,
    FAN_SIZE,
    drawing_file,
    has_drawing,
)

COVER = "cover"
COVER_WIDTH = 240  # pixels; shown at half of that
UNITS = 336  # of a drawing's width
COLOURS = 24  # of a drawing: six, and what lies between them
TURN = 7.0  # degrees between a page of the fan and the next
OVERLAP = 0.3  # of a page's width, under the page after it
SHARPER = 2  # times the pixels while pages are turned
EDGE = 2  # pixels around a page, before it is made smaller
GREY = (0x8A, 0x8F, 0x99)
QUALITY = 28  # of WebP, 0-100


def make_pictures(
    project: Path, glossary: Glossary, web: Web, book: bytes, starts: Mapping[str, int]
) -> dict[str, bytes]:
    """Return the pictures by path: the cover, a fan of pages, the drawings that the site shows.

    `book` is the book as PDF, and `starts` the 1-based page of each of its sections by id. The
    fan has two pages of the free sample, if there is one, and the cover in front.
    """
    terms = [term for term in glossary.terms if has_drawing(glossary, web, term)]
    drawn = draw_pictures(project, glossary, terms, DRAWING_SIZE[0] / UNITS)
    files = {drawing_file(slug): small_png(image, COLOURS) for slug, image in drawn.items()}
    with page_pictures(book) as pages:
        files[COVER_FILE] = small_png(pages.wide(starts[COVER] - 1, COVER_WIDTH))
        fanned = [*map(term_id, _sampled(glossary)[:2]), COVER]
        files[FAN_FILE] = _webp(_fan(pages, [starts[name] - 1 for name in fanned]))
    return files


def _sampled(glossary: Glossary) -> Sequence[str]:
    """Return the slugs of the terms of the free sample."""
    samples = (edition.sample for edition in glossary.book.editions.values())
    return next((sample.terms for sample in samples if sample), ())


def _fan(pages: PagePictures, shown: Sequence[int]) -> Image.Image:
    """Return pages (0-based) as one holds them in a hand, the last in front, on no ground."""
    width, height = (SHARPER * side for side in FAN_SIZE)
    fan = Image.new("RGBA", (width, height))
    across = round(width / (1 + (1 - OVERLAP) * (len(shown) - 1) + 0.3))
    step = round(across * (1 - OVERLAP))
    middle = (len(shown) - 1) / 2
    for place, page in enumerate(shown):
        sheet = _edged(pages.wide(page, across))
        turned = sheet.rotate(TURN * (middle - place), Image.Resampling.BICUBIC, expand=True)
        left = width // 2 + round((place - middle) * step) - turned.width // 2
        sunk = round(abs(place - middle) * across * 0.05)
        fan.alpha_composite(turned, (max(left, 0), max((height - turned.height) // 2 + sunk, 0)))
    return fan.resize(FAN_SIZE, Image.Resampling.LANCZOS)


def _edged(page: Image.Image) -> Image.Image:
    """Return a page with a thin edge, so that white paper is seen on white."""
    sheet = Image.new("RGBA", (page.width + 2 * EDGE, page.height + 2 * EDGE), (*GREY, 255))
    sheet.paste(page, (EDGE, EDGE))
    return sheet


def _webp(image: Image.Image) -> bytes:
    """Return a picture as a WebP file."""
    data = io.BytesIO()
    image.save(data, "WEBP", quality=QUALITY, method=6)
    return data.getvalue()
