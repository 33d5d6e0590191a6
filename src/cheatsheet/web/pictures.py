"""The finished book → the pictures of the site: its cover, and pages of it."""

import io
from collections.abc import Mapping

from PIL import Image, ImageFilter

from cheatsheet.model.glossary import Glossary
from cheatsheet.model.sections import term_id
from cheatsheet.reader.raster import PagePictures, small_png
from cheatsheet.web.rendering import (
    COVER_FILE,
    FAN_SIZE,
    PAGE_WIDTH,
    free_sample,
    page_file,
    shown_pages,
)

COVER = "cover"
COVER_WIDTH = 240  # pixels; shown at half of that
SIDES = (-1, 1)  # of the cover, on each of which a page lies behind it
SHEET = 424  # pixels of the fan, for a page's width: turned, its corners are in the fan too
TURN = 7.0  # degrees, of the pages behind the cover
STEP = 0.48  # of a page's width, from the cover to a page
SHARPER = 2  # times the pixels while pages are turned
EDGE = 2  # pixels around a page, before it is made smaller
GREY = (0x8A, 0x8F, 0x99)
SHADOW, BLUR = 110, 24  # of a page on what is under it: its darkness of 255, its pixels
PAGE_QUALITY = 45  # of WebP, 0 to 100
ALPHA_QUALITY = 50  # of the edges of what lies on no ground


def make_pictures(glossary: Glossary, book: bytes, starts: Mapping[str, int]) -> dict[str, bytes]:
    """Return the pictures by path: the cover of a book with a shop, and pages of the free sample.

    `book` is the book as PDF, and `starts` the 1-based page of each of its sections by id.
    """
    with PagePictures(book) as pages:
        files: dict[str, bytes] = {}
        if glossary.book.shop:
            files[COVER_FILE] = small_png(pages.wide(starts[COVER] - 1, COVER_WIDTH))
        for section in shown_pages(glossary):
            page = pages.wide(starts[section] - 1, PAGE_WIDTH)
            files[page_file(section)] = webp(page, PAGE_QUALITY)
    return files


def make_fan(glossary: Glossary, book: bytes, starts: Mapping[str, int]) -> Image.Image:
    """Return the cover over the free sample's first pages, on no ground, FAN_SIZE pixels.

    `book` and `starts` are those of make_pictures.
    """
    sample = free_sample(glossary)
    behind = zip(SIDES, map(term_id, sample.terms if sample else ()), strict=False)
    fan = Image.new("RGBA", (SHARPER * FAN_SIZE[0], SHARPER * FAN_SIZE[1]))
    with PagePictures(book) as pages:
        for side, name in (*behind, (0, COVER)):
            sheet = _edged(pages.wide(starts[name] - 1, SHARPER * SHEET))
            turned = sheet.rotate(-TURN * side, Image.Resampling.BICUBIC, expand=True)
            left = round((fan.width - turned.width) / 2 + side * STEP * sheet.width)
            _lay(turned, fan, (max(left, 0), max((fan.height - turned.height) // 2, 0)))
    return fan.resize(FAN_SIZE, Image.Resampling.LANCZOS)


def _lay(sheet: Image.Image, fan: Image.Image, place: tuple[int, int]) -> None:
    """Lay a sheet on a fan, with its shadow on what is there already."""
    shadow = Image.new("L", fan.size)
    shadow.paste(sheet.getchannel("A").point(lambda alpha: alpha * SHADOW // 255), place)
    soft = shadow.filter(ImageFilter.GaussianBlur(BLUR))
    lying = fan.getchannel("A")
    fan.paste((0, 0, 0, 255), mask=soft)
    fan.putalpha(lying)  # there is no shadow where there is no paper
    fan.alpha_composite(sheet, place)


def _edged(page: Image.Image) -> Image.Image:
    """Return a page with a thin edge, so that white paper is seen on white."""
    sheet = Image.new("RGBA", (page.width + 2 * EDGE, page.height + 2 * EDGE), (*GREY, 255))
    sheet.paste(page, (EDGE, EDGE))
    return sheet


def webp(image: Image.Image, quality: int) -> bytes:
    """Return a picture as a WebP file; its quality is 0 to 100."""
    data = io.BytesIO()
    image.save(data, "WEBP", quality=quality, alpha_quality=ALPHA_QUALITY, method=6)
    return data.getvalue()
