"""The terms: each on a page of its own, under its heading, in the book's order."""

from collections.abc import Iterator
from dataclasses import replace

from cheatsheet.book import Section
from cheatsheet.checks.asked import Asked
from cheatsheet.checks.reading import Destination, Reading
from cheatsheet.checks.words import squash
from cheatsheet.findings import Finding, Place, error
from cheatsheet.glossary import Term

HEADING_PT = 100  # a heading's lines, from its destination down

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
    "the template must print it, and the styles must not hide it",
)


def destinations_exist(pdf: Reading, asked: Asked) -> Iterator[Finding]:
    """Yield a finding for each section without a destination."""
    for section in asked.sections:
        if section.id not in pdf.destinations:
            yield LOST.finding(f"nothing can lead to {section.title}", _place(asked, section))


def headings_stand(pdf: Reading, asked: Asked) -> Iterator[Finding]:
    """Yield a finding for each destination that is not over its section's heading."""
    for section, target in _found(pdf, asked):
        width = pdf.sizes[target.page - 1][0]
        band = (0.0, target.top - HEADING_PT, width, target.top + 1)
        if squash(section.title) not in squash(pdf.words_in(target.page, band)):
            message = f'"{section.title}" is not where links to it lead'
            yield HEADING.finding(message, _place(asked, section, target.page))


def sections_follow(pdf: Reading, asked: Asked) -> Iterator[Finding]:
    """Yield a finding for each section that does not begin after the one before it."""
    before = 0
    for section, target in _found(pdf, asked):
        if target.page <= before:
            message = f"{section.title} begins on page {target.page}, not after page {before}"
            yield ORDER.finding(message, _place(asked, section, target.page))
        before = target.page


def texts_stand(pdf: Reading, asked: Asked) -> Iterator[Finding]:
    """Yield a finding for each text of a term that its pages do not have."""
    ends = [target.page for _, target in _found(pdf, asked)][1:] + [pdf.pages + 1]
    for (section, target), end in zip(_found(pdf, asked), ends, strict=True):
        if section.term is None:
            continue
        printed = squash("".join(pdf.text(page) for page in range(target.page, end)))
        for name, words in _printed_texts(section.term):
            if squash(words) not in printed:
                place = replace(asked.glossary.place(section.term.slug, (name,)), page=target.page)
                yield TEXT.finding(f"`{name}` of {section.title} is not in print", place)


def _printed_texts(term: Term) -> Iterator[tuple[str, str]]:
    """Yield (field, words) of what must stand on a term's page as it is written."""
    yield "tagline", term.tagline
    yield "takeaway", term.takeaway
    yield "full_form", term.full_form or ""


def _found(pdf: Reading, asked: Asked) -> list[tuple[Section, Destination]]:
    """Return the sections that have a destination, with it."""
    return [
        (section, pdf.destinations[section.id])
        for section in asked.sections
        if section.id in pdf.destinations
    ]


def _place(asked: Asked, section: Section, page: int | None = None) -> Place:
    """Return where a section's text stands, in the manuscript and in the PDF."""
    place = asked.glossary.place(section.term.slug) if section.term else Place()
    return replace(place, page=page)


CHECKS = (destinations_exist, headings_stand, sections_follow, texts_stand)
