"""Terms and the finished book → the pictures of link previews."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from cheatsheet.findings import Finding, Place, error, has_errors
from cheatsheet.pdf.making import make_alone
from cheatsheet.reader.opening import read_pdf
from cheatsheet.reader.raster import PagePictures, fit_width, small_png
from cheatsheet.reader.words import squash
from cheatsheet.stylesheets import CARD as CARD_STYLES
from cheatsheet.stylesheets import declared_tokens, pixels_of, read_style_sheets
from cheatsheet.web.pages import Page
from cheatsheet.web.rendering import SiteRenderer
from cheatsheet.web.styling import CARD_SIZE

PLACE = Place(CARD_STYLES.as_posix())
ROOM = (*CARD_SIZE, "--card-head", "--card-fan-left", "--card-fan-top", "--card-fan-width")

CARD = error(
    "web-card",
    "The picture of a link preview cannot be made.",
    "fix styles/previews/card.css, or the tokens --card-* in styles/previews/tokens.css",
)


@dataclass(frozen=True)
class Room:
    """What stands where on a card of `width` and `height`, in pixels.

    A term's words are above `head`, its drawing below; the book's words are left of the fan.
    """

    width: int
    height: int
    head: int
    fan_left: int
    fan_top: int
    fan_width: int


def make_cards(
    project: Path, pages: Sequence[Page], renderer: SiteRenderer, fan: Image.Image
) -> tuple[dict[str, bytes], list[Finding]]:
    """Return the pictures of the pages' link previews by path, as PNG, and what is wrong.

    `fan` is the picture of the book for the pages that are not a term's.
    """
    words, room, findings = _set_words(project, pages, renderer)
    if room is None or has_errors(findings):
        return {}, findings
    cards = {}
    with PagePictures(words) as set_pages:
        for number, page in enumerate(pages):
            card = set_pages.wide(number, room.width)
            if not page.term:
                shown = fit_width(fan, room.fan_width)
                card.paste(shown, (room.fan_left, room.fan_top), shown)
            cards[page.card] = small_png(card)
    return cards, findings


def _set_words(
    project: Path, pages: Sequence[Page], renderer: SiteRenderer
) -> tuple[bytes, Room | None, list[Finding]]:
    """Return the cards but for the fan as a PDF, what stands where, and what is wrong."""
    styles, findings = read_style_sheets(project, CARD_STYLES)
    if findings:
        return b"", None, findings
    tokens = declared_tokens(styles)
    given = pixels_of(tokens, *ROOM)
    if given is None:
        return b"", None, [CARD.finding(f"{', '.join(ROOM)} are not all given in px", PLACE)]
    room = Room(*given)
    words, found = make_alone(project, styles, renderer.cards(pages, tokens))
    findings = [replace(f, place=PLACE) if not f.place.file else f for f in found]
    if words is None:
        return b"", None, findings
    return words.pdf, room, [*findings, *_too_long(words.pdf, pages, room)]


def _too_long(words: bytes, pages: Sequence[Page], room: Room) -> Iterator[Finding]:
    """Yield a finding for each card whose words leave their room, or run on to another."""
    with read_pdf(words) as opened:
        if isinstance(opened, Finding):
            yield opened
        elif opened.pages != len(pages):
            yield CARD.finding("the words of a card are longer than the card", PLACE)
        else:
            for number, page in enumerate(pages, 1):
                width, height = opened.sizes[number - 1]
                scale = width / room.width
                right, bottom = width, height - room.head * scale
                if page.term is None:
                    right, bottom = room.fan_left * scale, 0.0
                said = page.term.tagline if page.term else ""
                seen = squash(opened.words_in(number, (0, bottom, right, height)))
                if not all(squash(text) in seen for text in (page.heading, said)):
                    yield CARD.finding(f'"{page.heading}" is too long for its card', PLACE)
