"""Glossary → the site's pages: which there are, their addresses, and what machines are told."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cheatsheet.model.glossary import Glossary, Term
from cheatsheet.model.labels import put

CONTEXT = "https://schema.org"
HOME = "index.html"
SOURCES = "sources"
NOT_FOUND = "404.html"


@dataclass(frozen=True)
class Page:
    """A page of the site.

    `file` is relative to the site's folder, `kind` the name of its template, `address` the
    canonical one, empty for the page of unknown addresses. `card` is the path of its picture for
    link previews, `data` what it says as JSON-LD.
    """

    file: str
    kind: str
    title: str
    heading: str
    description: str
    address: str = ""
    card: str = ""
    term: Term | None = None
    data: dict[str, Any] = field(default_factory=dict)


def make_pages(glossary: Glossary) -> Iterator[Page]:
    """Yield the pages of the site: the first, each term, the sources, that of unknown addresses."""
    book = glossary.book
    yield Page(
        file=HOME,
        kind="home",
        title=f"{book.author}: {book.subtitle}",
        heading=book.subtitle,
        description=book.description,
        address=f"{book.site}/",
        card="/card.png",
        data={"@context": CONTEXT, **_term_set(glossary)},
    )
    for term in glossary.terms:
        yield _term_page(glossary, term)
    if glossary.claims:
        yield _sources_page(glossary)
    heading = glossary.labels.web.not_found
    yield Page(NOT_FOUND, "404", f"{heading} - {book.author}", heading, book.description)


def term_path(glossary: Glossary, term: Term) -> str:
    """Return the path of a term's page on the site: `/terms/rag/`.

    It ends with a slash, as that of a folder with an index.html: hosts lead any other form there.
    """
    return glossary.address(term).removeprefix(glossary.book.site) + "/"


def summary(glossary: Glossary, term: Term) -> str:
    """Return what a term is in a few words: its TL;DR, or its tagline where that is not shown."""
    shown = glossary.book.web is not None and "tldr" in glossary.book.web.shows
    return glossary.without_references(term.tldr if shown else term.tagline)


def search_words(term: Term) -> str:
    """Return what else a term is found by: its other names, and what its letters stand for."""
    return "; ".join((*term.aliases, *(" = ".join(pair) for pair in term.letters)))


def _term_page(glossary: Glossary, term: Term) -> Page:
    """Return a term's page."""
    path = term_path(glossary, term)
    return Page(
        file=f"{path.removeprefix('/')}{HOME}",
        kind="term",
        title=f"{term.name}: {term.tagline} - {glossary.book.author}",
        heading=term.name,
        description=summary(glossary, term),
        address=f"{glossary.book.site}{path}",
        card=f"{path}card.png",
        term=term,
        data=_term_data(glossary, term),
    )


def _sources_page(glossary: Glossary) -> Page:
    """Return the page of what the book's claims rest on."""
    book, words = glossary.book, glossary.labels.web
    heading = words.sources
    claims = sum(map(len, glossary.claims.values()))
    return Page(
        file=f"{SOURCES}/{HOME}",
        kind="sources",
        title=f"{heading} - {book.author}",
        heading=heading,
        description=put(words.sources_is, count=claims, title=book.title),
        address=f"{book.site}/{SOURCES}/",
        card="/card.png",
        data={"@context": CONTEXT, "@type": "WebPage", "name": heading, "isPartOf": book.site},
    )


def _term_data(glossary: Glossary, term: Term) -> dict[str, Any]:
    """Return a term as a DefinedTerm (schema.org)."""
    others = [*term.aliases, *(words for _, words in term.expansions)]
    data = {
        "@context": CONTEXT,
        "@type": "DefinedTerm",
        "name": term.name,
        "description": summary(glossary, term),
        "url": f"{glossary.book.site}{term_path(glossary, term)}",
        "termCode": term.slug,
        "inDefinedTermSet": _term_set(glossary),
    }
    return data | ({"alternateName": list(dict.fromkeys(others))} if others else {})


def _term_set(glossary: Glossary) -> dict[str, Any]:
    """Return the site as a DefinedTermSet (schema.org)."""
    return {
        "@type": "DefinedTermSet",
        "name": glossary.book.subtitle,
        "description": glossary.book.description,
        "url": f"{glossary.book.site}/",
    }
