"""Pages of the book → the pictures of link previews."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from PIL import Image

from cheatsheet.book.sections import term_id
from cheatsheet.findings import Finding, Place, error, has_errors
from cheatsheet.pdf.making import make_alone
from cheatsheet.reader.opening import read_pdf
from cheatsheet.reader.raster import PagePictures, page_pictures, small_png
from cheatsheet.stylesheets import declared_tokens, read_style_sheets
from cheatsheet.web.pages import Page
from cheatsheet.web.rendering import CARD_SIZE, SiteRenderer

STYLES = PurePath("styles/web/card.css")
PLACE = Place(STYLES.as_posix())
SLOT = ("--card-page-left", "--card-page-top", "--card-page-width", "--card-shade-left")
COVER = "cover"

CARD = error(
    "web-card",
    "The picture of a link preview cannot be made.",
    "fix styles/web/card.css, or the tokens --card-page-* in styles/tokens.css",
)


@dataclass(frozen=True)
class Slot:
    """Where the book's page goes on a card, in pixels; words end before `shade`."""

    left: int
    top: int
    width: int
    shade: int


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
    if slot is None or has_errors(findings):
        return {}, findings
    cards = {}
    with page_pictures(words) as backgrounds, page_pictures(book) as book_pages:
        for number, page in enumerate(pages):
            start = starts[term_id(page.term.slug) if page.term else COVER]
            card = backgrounds.wide(number, CARD_SIZE[0])
            if page.term:
                card.paste(book_pages.wide(start - 1, slot.width), (slot.left, slot.top))
            else:
                _paste_whole(card, book_pages, start - 1, slot)
            cards[page.card] = small_png(card)
    return cards, findings


def _paste_whole(card: Image.Image, pages: PagePictures, page: int, slot: Slot) -> None:
    """Paste a page (0-based) whole into the room that a card has beside its words."""
    width, height = pages.size(page)
    high = CARD_SIZE[1] - 2 * slot.top
    whole = pages.wide(page, round(high * width / height))
    room = CARD_SIZE[0] - slot.shade
    card.paste(whole, (slot.shade + (room - whole.width) // 2, slot.top))


def _set_words(
    project: Path, pages: Sequence[Page], renderer: SiteRenderer
) -> tuple[bytes, Slot | None, list[Finding]]:
    """Return the cards' words as a PDF, where the book's page goes, and what is wrong."""
    styles, findings = read_style_sheets(project, STYLES)
    if findings:
        return b"", None, findings
    slot = _slot(declared_tokens(styles))
    if slot is None:
        return b"", None, [CARD.finding(f"{', '.join(SLOT)} are not all given in px", PLACE)]
    words, found = make_alone(project, styles, renderer.cards(pages))
    findings = [replace(f, place=PLACE) if not f.place.file else f for f in found]
    if words is None:
        return b"", None, findings
    return words.pdf, slot, [*findings, *_too_long(words.pdf, pages, slot)]


def _too_long(words: bytes, pages: Sequence[Page], slot: Slot) -> Iterator[Finding]:
    """Yield a finding for each card whose words reach into the picture, or run on to another."""
    with read_pdf(words) as opened:
        if isinstance(opened, Finding):
            yield opened
        elif opened.pages != len(pages):
            yield CARD.finding("the words of a card are longer than the card", PLACE)
        else:
            for number, page in enumerate(pages, 1):
                width, height = opened.sizes[number - 1]
                edge = slot.shade * width / CARD_SIZE[0]
                if opened.words_in(number, (edge, 0, width, height)):
                    yield CARD.finding(f'"{page.heading}" is too long for its card', PLACE)


def _slot(tokens: Mapping[str, str]) -> Slot | None:
    """Return where the book's page goes, or None if the tokens do not say it in px."""
    values = [_pixels(tokens.get(name, "")) for name in SLOT]
    numbers = [value for value in values if value is not None]
    return Slot(*numbers) if len(numbers) == len(SLOT) else None


def _pixels(value: str) -> int | None:
    """Return the number of a token's value in px."""
    match = re.fullmatch(r"(-?\d+)px", value)
    return int(match[1]) if match else None
