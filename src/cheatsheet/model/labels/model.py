"""What a file of labels holds. Where each is printed stands beside it in en.yaml."""

from pathlib import Path
from typing import Annotated

from markupsafe import Markup, escape
from pydantic import Field, StringConstraints

from cheatsheet.model.base import PLACEHOLDER, Line, Model

FOLDER = Path(__file__).parent

Quotes = Annotated[tuple[Line, ...], Field(min_length=4, max_length=4)]
Months = Annotated[tuple[Line, ...], Field(min_length=12, max_length=12)]
Levels = Annotated[tuple[Line, ...], Field(min_length=3, max_length=3)]


class SignsLabels(Model):
    """Signs, and how a month is written."""

    quotes: Quotes
    spaced: Annotated[str, StringConstraints(pattern=r"^\W*$")]
    months: Months
    month: Line


class PageLabels(Model):
    """What stands on any page."""

    reference: Line
    described: Line
    elsewhere: Line
    on_the_web: Line
    sources: Line
    qr_code: Line


class TermLabels(Model):
    """A term's page, in the book and on the site."""

    number: Line
    tldr: Line
    plain: Line
    why: Line
    nerd: Line
    difficulty: Line
    levels: Levels
    try_it: Line
    pairs: Line
    related: Line
    related_pages: Line
    issue: Line


class KeyLabels(Model):
    """The parts of a term's page, as "How to Read" explains them."""

    name: Line
    name_is: Line
    tldr: Line
    tldr_is: Line
    picture: Line
    picture_is: Line
    plain: Line
    plain_is: Line
    why: Line
    why_is: Line
    nerd: Line
    nerd_is: Line
    difficulty: Line
    try_it: Line
    try_it_is: Line
    pairs: Line
    pairs_is: Line
    related: Line
    related_is: Line
    takeaway: Line
    takeaway_is: Line


class PathsLabels(Model):
    """What stands under the learning paths."""

    topics: Line


class MapLabels(Model):
    """What the map's roads mean."""

    related: Line
    abroad: Line
    confused: Line


class IndexLabels(Model):
    """The index: a letter that goes on in the next column."""

    goes_on: Line


class AcronymsLabels(Model):
    """The heads of the decoder's columns."""

    letters: Line
    words: Line
    term: Line


class EpubLabels(Model):
    """What an e-reader says aloud, or lists."""

    cover: Line
    landmarks: Line
    pages: Line
    print_edition: Line
    page: Line


class OfferLabels(Model):
    """What leads to the book, in a mail, on the site and in the free sample."""

    want: Line
    has: Line
    get: Line
    get_for: Line
    all: Line
    all_for: Line
    scan: Line


class WebLabels(Model):
    """The website."""

    home: Line
    sample: Line
    pages: Line
    page: Line
    free: Line
    example: Line
    inside: Line
    inside_for: Line
    find: Line
    found_none: Line
    found_one: Line
    found: Line
    categories: Line
    related: Line
    weekly: Line
    weekly_is: Line
    facts: Line
    checked: Line
    feed: Line
    page_sources: Line
    steps: Line
    before: Line
    after: Line
    sources: Line
    sources_is: Line
    as_of: Line
    card: Line
    not_found: Line
    not_found_is: Line
    all_terms: Line


class NewsletterLabels(Model):
    """The newsletter's issues."""

    number: Line
    subject: Line
    hello: Line
    last_week: Line
    opening: Line
    this_week: Line
    quick: Line
    deeper: Line
    why: Line
    try_it: Line
    go_deeper: Line
    page: Line
    nerd: Line
    next_week: Line
    signed: Line
    forward: Line
    sign_up: Line
    address: Line
    card: Line


class Labels(Model):
    """The words of one language, changed where the project has others."""

    signs: SignsLabels
    page: PageLabels
    term: TermLabels
    key: KeyLabels
    paths: PathsLabels
    map: MapLabels
    index: IndexLabels
    acronyms: AcronymsLabels
    epub: EpubLabels
    offer: OfferLabels
    web: WebLabels
    newsletter: NewsletterLabels


class LabelError(ValueError):
    """A label cannot be printed: a value for it is missing."""


def put(label: str, **values: object) -> str:
    """Return a label with values for its placeholders; in HTML, which one may be, all is escaped.

    Raises LabelError where a value is not given.
    """
    for name in PLACEHOLDER.findall(label):
        if name not in values:
            raise LabelError(f"the label asks for `{name}`, which `put` is not given")
    if any(isinstance(one, Markup) for one in (label, *values.values())):
        return Markup(PLACEHOLDER.sub(lambda sign: escape(values[sign[1]]), escape(label)))  # noqa: S704 - escaped
    return PLACEHOLDER.sub(lambda sign: str(values[sign[1]]), label)


def month_in_words(labels: Labels, time: str) -> str:
    """Return a month, or a day's, as it is printed: `November 2026`; nothing of nothing."""
    year, _, month = time[: len("2026-11")].partition("-")
    signs = labels.signs
    return put(signs.month, month=signs.months[int(month) - 1], year=year) if month else ""
