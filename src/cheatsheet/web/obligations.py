"""What each page of the site tells, and where it leads: the head says it, and checks want it."""

import re
from collections.abc import Iterator
from itertools import chain
from xml.etree import ElementTree as ET

from cheatsheet.model.glossary import Glossary, Term
from cheatsheet.model.labels import put
from cheatsheet.model.labels.model import WebLabels
from cheatsheet.reader.words import squash
from cheatsheet.system.reading import TEMPLATES
from cheatsheet.web.pages import HOME, SOURCES, Page, term_path
from cheatsheet.web.reading import PageReading, strings_in

LABEL = re.compile(r"labels\.web\.(\w+)|\(\"(\w+)\", \w+\)")  # by name, or in a list of them
OF_PAGES = {
    "card",
    "not_found",
    "sources",
    "sources_is",
}  # labels that are said as fields of a page
IN_FEED = {
    "channel": ("title", "link", "description", "language"),
    "item": ("title", "link", "description", "guid", "pubDate"),
}
"""What the parts of a feed have (RSS 2.0)."""


def told(glossary: Glossary, page: Page) -> dict[str, str]:
    """Return what a page's head tells browsers, search engines and link previews, by name."""
    book = glossary.book
    everywhere = {
        "viewport": "width=device-width, initial-scale=1",
        "description": page.description,
        "color-scheme": "light dark",
    }
    if not page.address:
        return everywhere | {"robots": "noindex"}
    card = put(glossary.labels.web.card, heading=page.heading, title=book.title)
    return everywhere | {
        "og:type": "article" if page.term else "website",
        "og:site_name": book.author,
        "og:title": page.heading,
        "og:description": page.description,
        "og:url": page.address,
        "og:image": f"{book.site}{page.card}",
        "og:image:alt": card,
        "twitter:card": "summary_large_image",
    }


def lacking(glossary: Glossary, page: Page, html: PageReading) -> Iterator[str]:
    """Yield what a page should tell and does not, or otherwise, and where it does not lead."""
    owed = {
        "doctype": "DOCTYPE html",
        "charset": "utf-8",
        "title": page.title,
        "h1": page.heading,
    }
    owed |= told(glossary, page)
    if page.address:
        owed |= {"canonical": page.address, "JSON-LD": " ".join(sorted(strings_in(page.data)))}
    for name, value in owed.items():
        if squash(html.told.get(name, "")) != squash(value):
            yield f"its `{name}` is missing, or is another"
    for name, address in _ways(glossary, page):
        if address not in html.links:
            yield f"no link leads to {name}"
    said = squash("".join((html.visible, *html.hidden)))
    for name, text in _texts(glossary, page):
        if squash(text or "") not in said:
            yield f"it does not have {name}"


def lacking_in_feed(feed: ET.Element) -> Iterator[str]:
    """Yield what a feed should have and has not."""
    for kind, names in IN_FEED.items():
        for part in feed.iter(kind):
            yield from (f"its {kind} has no <{name}>" for name in names if not part.findtext(name))


def unprinted_labels() -> list[str]:
    """Return the labels of the site that none of its templates prints."""
    templates = (file.read_text(encoding="utf-8") for file in (TEMPLATES / "web").glob("*.j2"))
    named = {name for text in templates for names in LABEL.findall(text) for name in names}
    return [name for name in WebLabels.model_fields if name not in named | OF_PAGES]


def _texts(glossary: Glossary, page: Page) -> Iterator[tuple[str, str | None]]:
    """Yield the texts that a page must have besides its term's: what they are, and the words."""
    book, web = glossary.book, glossary.book.web
    if web and book.shop:
        yield from (("`web: adds`", web.adds), ("`web: yours`", web.yours))
        yield "`web: page_adds`", web.page_adds if page.term else None
    if web and page.file == HOME:
        yield "`web: lead`", web.lead or book.description
        yield "`web: free`", web.free if web.gets else None
        yield from (("`web: gets`", text) for one in web.gets for text in (one.name, one.line))
        yield from (("a category's purpose", one.purpose) for one in glossary.categories)
    if page.kind in {"home", SOURCES}:
        yield from (("a category's name", one.name) for one in glossary.categories)
    for claim in chain.from_iterable(glossary.claims.values() if page.kind == SOURCES else ()):
        yield from (("a claim", claim.claim), ("a claim's source", claim.source))


def _ways(glossary: Glossary, page: Page) -> Iterator[tuple[str, str]]:
    """Yield where the links of a page must lead: in words, and the address."""
    book = glossary.book
    yield "the first page", "/"
    if book.shop:
        yield "the shop", book.shop
    if book.newsletter:
        yield "the feed", "/feed.xml"
    if book.newsletter and book.web and book.web.sign_up:
        yield "where one signs up for the newsletter", book.web.sign_up
    if page.term:
        yield from _ways_of_term(glossary, page.term)
    elif glossary.claims:
        yield "the sources", "/sources/"


def _ways_of_term(glossary: Glossary, term: Term) -> Iterator[tuple[str, str]]:
    """Yield where the links of a term's page must lead besides."""
    at = glossary.terms.index(term)
    yield "the search", "/#find"
    yield "its category", f"/#{term.category}"
    yield from (("the term before", term_path(glossary, one)) for one in glossary.terms[:at][-1:])
    yield from (
        ("the term after", term_path(glossary, one)) for one in glossary.terms[at + 1 :][:1]
    )
    if term.slug in glossary.claims:
        yield "its sources", f"/sources/#{term.slug}"
