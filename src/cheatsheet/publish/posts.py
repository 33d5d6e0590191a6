"""Terms → cards to post: name, drawing, and what everybody may read."""

from collections.abc import Iterator
from pathlib import Path

from cheatsheet.book.html import HtmlRenderer, post_foot
from cheatsheet.findings import Finding, Place, error, has_errors
from cheatsheet.model.glossary import Glossary
from cheatsheet.pdf.making import make_alone
from cheatsheet.reader.opening import read_pdf
from cheatsheet.reader.raster import PagePictures, small_png
from cheatsheet.reader.words import squash
from cheatsheet.stylesheets import POST, declared_tokens, read_style_sheets

FOOT = 0.065  # of a card's height, for its last line
PIXELS_PER_PT = 96 / 72  # of CSS: a card has the pixels that the styles' @page says

CARD = error(
    "kit-card",
    "The words of a card to post are longer than the card.",
    "make `--post-*` in styles/kit/tokens.css smaller, or the term's words fewer",
)


def make_posts(project: Path, glossary: Glossary) -> tuple[dict[str, bytes], list[Finding]]:
    """Return a card of each term as PNG by file name, and what is wrong.

    None where the project has no styles for them. A card has no words that are for sale: the
    TL;DR stands on it if the site shows it.
    """
    if not (project / POST).is_file():
        return {}, []
    styles, findings = read_style_sheets(project, POST)
    if findings:
        return {}, findings
    html = HtmlRenderer(glossary, (), declared_tokens(styles)).render_posts(glossary.terms)
    made, findings = make_alone(project, styles, html)
    if made is not None:
        findings = [*findings, *_too_long(made.pdf, glossary)]
    if made is None or has_errors(findings):
        return {}, findings
    with PagePictures(made.pdf) as pages:
        cards = {
            f"post-{term.slug}.png": small_png(pages.picture(number, PIXELS_PER_PT))
            for number, term in enumerate(glossary.terms)
        }
    return cards, findings


def _too_long(pdf: bytes, glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each card whose words reach into its foot, or run on to another."""
    place = Place(POST.as_posix())
    foot = squash(" ".join(post_foot(glossary)))
    with read_pdf(pdf) as opened:
        if isinstance(opened, Finding):
            yield opened
        elif opened.pages != len(glossary.terms):
            yield CARD.finding(f"{len(glossary.terms)} cards need {opened.pages} pages", place)
        else:
            for number, term in enumerate(glossary.terms, 1):
                width, height = opened.sizes[number - 1]
                if squash(opened.words_in(number, (0, 0, width, FOOT * height))) not in foot:
                    yield CARD.finding(f"the card of {term.name} is too long", place)
