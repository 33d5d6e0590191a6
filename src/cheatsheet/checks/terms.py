"""The terms: each on a page of its own, under its heading, in the book's order."""

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import replace

from cheatsheet.book import Section
from cheatsheet.checks.asked import Asked
from cheatsheet.checks.reading import Reading
from cheatsheet.checks.sections import section_pages
from cheatsheet.checks.words import squash
from cheatsheet.findings import Finding, Place, error
from cheatsheet.glossary import REFERENCE

# The fields that are printed on a term's pages as they are written.
PRINTED = {"tagline", "tldr", "plain", "why", "nerd", "try_it", "takeaway", "full_form"}
REFERENCE_PAGE = re.compile(r"\(p\.\s*\d+\)")

SHORTEST_PART = 12  # letters of a text that may stand alone at a page's end

HEADING_PT = 200  # a heading's lines, from its destination down

LOST = error(
    "terms-lost",
    "A section's destination is missing, so that nothing can lead to it.",
    "the section's heading in the template must have its id",
)
HEADING = error(
    "terms-heading",
    "A destination does not lead to its heading.",
    "the heading must be where the id is",
)
ORDER = error(
    "terms-order",
    "A section does not begin on a page of its own, after the section before it.",
    "each section is laid out on its own; see src/cheatsheet/book.py",
)
TEXT = error(
    "terms-text",
    "A text of a term is not on the term's pages.",
    "shorten it if it does not fit; the template must print it, and the styles must not hide it",
)


def destinations_exist(pdf: Reading, asked: Asked) -> Iterator[Finding]:
    """Yield a finding for each section without a destination."""
    for section in asked.sections:
        if section.id not in pdf.destinations:
            yield LOST.finding(f"nothing can lead to {section.title}", _place(asked, section))


def headings_stand(pdf: Reading, asked: Asked) -> Iterator[Finding]:
    """Yield a finding for each destination that is not over its section's heading."""
    for section, _ in section_pages(pdf, asked):
        target = pdf.destinations[section.id]
        width = pdf.sizes[target.page - 1][0]
        band = (0.0, target.top - HEADING_PT, width, target.top + 1)
        if not squash(pdf.words_in(target.page, band)).startswith(squash(section.title)):
            message = f'"{section.title}" is not where links to it lead'
            yield HEADING.finding(message, _place(asked, section, target.page))


def sections_follow(pdf: Reading, asked: Asked) -> Iterator[Finding]:
    """Yield a finding for each section that does not begin after the one before it."""
    before = 0
    for section, pages in section_pages(pdf, asked):
        if pages.start <= before:
            message = f"{section.title} begins on page {pages.start}, not after page {before}"
            yield ORDER.finding(message, _place(asked, section, pages.start))
        before = pages.start


def texts_stand(pdf: Reading, asked: Asked) -> Iterator[Finding]:
    """Yield a finding for each text of a term that its pages do not have in one piece."""
    for section, pages in section_pages(pdf, asked):
        if section.term is None:
            continue
        printed = [squash(REFERENCE_PAGE.sub("", pdf.text(page))) for page in pages]
        for location, words in section.term.texts():
            if location[0] in PRINTED and not stands(squash(_as_printed(words, asked)), printed):
                place = asked.glossary.place(section.term.slug, location)
                message = f"`{location[0]}` of {section.title} is not in print, or not whole"
                yield TEXT.finding(message, replace(place, page=pages.start))


def stands(words: str, pages: list[str]) -> bool:
    """Tell whether words stand in one piece on a page, or run on from one page to the next.

    Both are squashed.
    """
    for page in pages:
        if words in page:
            return True
        fits = bisect(range(len(words)), 0, key=lambda end: words[:end] not in page)
        if fits > SHORTEST_PART:
            words = words[fits - 1 :]
    return False


def _as_printed(words: str, asked: Asked) -> str:
    """Return a text with its references as the words that are printed for them."""
    names = asked.glossary.by_slug
    return REFERENCE.sub(lambda m: m[2] or names[m[1]].name, words)


def _place(asked: Asked, section: Section, page: int | None = None) -> Place:
    """Return where a section's text stands, in the manuscript and in the PDF."""
    place = asked.glossary.place(section.term.slug) if section.term else Place()
    return replace(place, page=page)


CHECKS = (destinations_exist, headings_stand, sections_follow, texts_stand)
