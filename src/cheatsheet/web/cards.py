"""Pages of the book → the pictures of link previews, and the cover for the site's own pages."""

import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath

from PIL import Image

from cheatsheet.book import term_id
from cheatsheet.findings import Finding, Place, error, has_errors
from cheatsheet.pdf import Binding, Typesetter, bind_pages, read_style_sheets
from cheatsheet.raster import PagePictures, page_pictures
from cheatsheet.web.pages import Page
from cheatsheet.web.rendering import CARD_SIZE, SiteRenderer

STYLES = PurePath("styles/web/card.css")
PLACE = Place(STYLES.as_posix())
SLOT = ("--card-page-left", "--card-page-top", "--card-page-width")
TOLERANCE_MM = 1  # a line's box reaches below its letters
COVER = "cover"
COVER_WIDTH = 240  # pixels; shown at half of that

CARD = error(
    "web-card",
    "The picture of a link preview cannot be made.",
    "mend styles/web/card.css, or the tokens --card-page-* in styles/tokens.css",
)


def make_cards(
    project: Path,
    pages: Sequence[Page],
    renderer: SiteRenderer,
    book: bytes,
    starts: Mapping[str, int],
) -> tuple[dict[str, bytes], list[Finding]]:
    """Return the pictures of the pages' link previews by path, as PNG, and what is wrong.

    `book` is the book as PDF, and `starts` the 1-based page of each of its sections by id.
    """
    words, slot, findings = _set_words(project, pages, renderer)
    if words is None or has_errors(findings):
        return {}, findings
    cards = {}
    with page_pictures(words.pdf) as backgrounds, page_pictures(book) as book_pages:
        for number, page in enumerate(pages):
            start = starts[term_id(page.term.slug) if page.term else COVER]
            card = _picture(backgrounds, number, CARD_SIZE[0])
            card.paste(_picture(book_pages, start - 1, slot[2]), slot[:2])
            cards[page.card] = _png(card)
    return cards, findings


def make_cover(book: bytes, starts: Mapping[str, int]) -> bytes:
    """Return a picture of the book's cover as PNG."""
    with page_pictures(book) as pages:
        return _png(_picture(pages, starts[COVER] - 1, COVER_WIDTH))


def _set_words(
    project: Path, pages: Sequence[Page], renderer: SiteRenderer
) -> tuple[Binding | None, tuple[int, int, int], list[Finding]]:
    """Return the cards' words as a PDF, where the book's page goes, and what is wrong.

    The place is (left, top, width) in pixels.
    """
    styles, findings = read_style_sheets(project, STYLES)
    if findings:
        return None, (0, 0, 0), findings
    typesetter = Typesetter(project, styles)
    laid_out = typesetter.lay_out(renderer.cards(pages), PLACE)
    findings = [*typesetter.findings, *laid_out.findings]
    if laid_out.pages != len(pages) or laid_out.overhang_mm > TOLERANCE_MM:
        findings.append(CARD.finding("the words of a card do not fit into it", PLACE))
    left, top, width = (_pixels(typesetter.tokens.get(name, "")) for name in SLOT)
    if left is None or top is None or width is None:
        findings.append(CARD.finding(f"{', '.join(SLOT)} are not all given in px", PLACE))
        return None, (0, 0, 0), findings
    binding = bind_pages([laid_out], [(0, False, 1)], styles)
    return binding, (left, top, width), [*findings, *binding.findings]


def _pixels(value: str) -> int | None:
    """Return the number of a token's value in px."""
    match = re.fullmatch(r"(-?\d+)px", value)
    return int(match[1]) if match else None


def _picture(pages: PagePictures, page: int, width: int) -> Image.Image:
    """Return a picture of a page (0-based), `width` pixels wide."""
    return pages.picture(page, width / pages.size(page)[0])


def _png(image: Image.Image) -> bytes:
    """Return an image as PNG with few colours, which is a third of the size."""
    data = io.BytesIO()
    image.quantize(128, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(data, "PNG")
    return data.getvalue()
