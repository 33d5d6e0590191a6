"""The finished book → the pictures of the site: its cover, pages of it, and drawings."""

import io
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from cheatsheet.book.sections import term_id
from cheatsheet.layout.pictures import draw_pictures
from cheatsheet.model.glossary import Glossary
from cheatsheet.model.publicity import Web
from cheatsheet.reader.raster import page_pictures, small_png
from cheatsheet.web.rendering import (
    COVER_FILE,
    DRAWING_SIZE,
    FAN_SIZE,
    PAGE_WIDTH,
    drawing_file,
    has_drawing,
    page_file,
    sampled,
    shown_pages,
)

COVER = "cover"
COVER_WIDTH = 240  # pixels; shown at half of that
UNITS = 336  # of a drawing's width
COLOURS = 24  # of a drawing: six, and what lies between them
BEHIND = 2  # pages behind the cover
SHEET = 440  # pixels of the fan, for a page's width
LEAN = 3.0  # degrees to the left, of the cover
TURN = 7.0  # degrees to the right, from a page to the one behind it
STEP = 0.42  # of a page's width, from a page to the one behind it
SHARPER = 2  # times the pixels while pages are turned
EDGE = 2  # pixels around a page, before it is made smaller
GREY = (0x8A, 0x8F, 0x99)
PAGE_QUALITY = 45  # of WebP, 0 to 100


def make_pictures(
    project: Path, glossary: Glossary, web: Web, book: bytes, starts: Mapping[str, int]
) -> dict[str, bytes]:
    """Return the pictures by path: the cover, pages of the free sample, the terms' drawings.

    `book` is the book as PDF, and `starts` the 1-based page of each of its sections by id.
    """
    terms = [term for term in glossary.terms if has_drawing(glossary, web, term)]
    drawn = draw_pictures(project, glossary, terms, DRAWING_SIZE[0] / UNITS)
    files = {drawing_file(slug): small_png(image, COLOURS) for slug, image in drawn.items()}
    with page_pictures(book) as pages:
        files[COVER_FILE] = small_png(pages.wide(starts[COVER] - 1, COVER_WIDTH))
        for term in shown_pages(glossary):
            page = pages.wide(starts[term_id(term.slug)] - 1, PAGE_WIDTH)
            files[page_file(term.slug)] = webp(page, PAGE_QUALITY)
    return files


def make_fan(glossary: Glossary, book: bytes, starts: Mapping[str, int]) -> Image.Image:
    """Return the cover with pages of the free sample behind it, on no ground, FAN_SIZE pixels.

    `book` and `starts` are those of make_pictures.
    """
    names = [*map(term_id, reversed(sampled(glossary)[:BEHIND])), COVER]
    with page_pictures(book) as pages:
        sheets = [_edged(pages.wide(starts[name] - 1, SHARPER * SHEET)) for name in names]
    fan = Image.new("RGBA", (SHARPER * FAN_SIZE[0], SHARPER * FAN_SIZE[1]))
    middle = (len(sheets) - 1) / 2
    for place, sheet in zip(range(len(sheets) - 1, -1, -1), sheets, strict=True):
        turned = sheet.rotate(LEAN - TURN * place, Image.Resampling.BICUBIC, expand=True)
        centre = fan.width / 2 + (place - middle) * STEP * sheet.width
        left, top = round(centre - turned.width / 2), (fan.height - turned.height) // 2
        fan.alpha_composite(turned, (max(left, 0), max(top, 0)))
    return fan.resize(FAN_SIZE, Image.Resampling.LANCZOS)


def _edged(page: Image.Image) -> Image.Image:
    """Return a page with a thin edge, so that white paper is seen on white."""
    sheet = Image.new("RGBA", (page.width + 2 * EDGE, page.height + 2 * EDGE), (*GREY, 255))
    sheet.paste(page, (EDGE, EDGE))
    return sheet


def webp(image: Image.Image, quality: int) -> bytes:
    """Return a picture as a WebP file; its quality is 0 to 100."""
    data = io.BytesIO()
    image.save(data, "WEBP", quality=quality, method=6)
    return data.getvalue()
