"""Pages → HTML, and the files that machines read: feed, sitemap, robots.txt, icon.

Texts are escaped; quotes are curly in what readers see, and straight in what machines are told.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from functools import partial
from math import ceil

from markupsafe import Markup

from cheatsheet.book.html import OPENED, open_references
from cheatsheet.book.illustrations import drawing, drawing_in_room
from cheatsheet.book.templates import render, template_environment
from cheatsheet.book.typography import Typographer
from cheatsheet.model.editions import DEFAULT_EDITION, pdf_path
from cheatsheet.model.glossary import Glossary, Term
from cheatsheet.model.labels import month_in_words
from cheatsheet.model.publicity import Web
from cheatsheet.model.sections import make_sections
from cheatsheet.model.selling import Sample
from cheatsheet.stylesheets import pixels_of
from cheatsheet.web.drawings import Drawings, motif_file
from cheatsheet.web.obligations import told
from cheatsheet.web.pages import Page, search_words, summary, term_path
from cheatsheet.web.styling import Look

COLUMNS, STRIP_ROWS = 10, 3  # of tiles: columns of a square of them, rows of a strip
COVER_FILE = "cover.png"
FAN_FILE, FAN_SIZE = "pages.webp", (900, 638)
"""The picture of cover and pages on the first page, and its pixels; it is shown smaller."""
PAGE_WIDTH = 1040  # pixels of a page of the book, shown at half of that
DRAWING_ROOM = ("--card-drawing-width", "--card-drawing-height")  # of a card
LONG_NAMES = {16: "card-long", 23: "card-longest"}  # more characters are set smaller on a card


class SiteRenderer:
    """Renders the files of one glossary's site.

    `given_away` are the names of files that readers may have, `drawings` those of the terms.
    """

    def __init__(
        self,
        glossary: Glossary,
        web: Web,
        look: Look,
        given_away: Collection[str],
        drawings: Drawings,
    ) -> None:
        self._glossary = glossary
        self._tokens, self._card_size = look.tokens, look.card_size or ()
        self._categories = {category.id: category for category in glossary.categories}
        self._environment = template_environment(glossary, "web")
        self._typographer = Typographer(glossary)
        self._environment.globals |= {
            "glossary": glossary,
            "as_of": month_in_words(glossary.labels, glossary.book.as_of or ""),
            "shows": web.shows,
            "drawn": drawings,
            "motif_file": motif_file,
            "category_drawings": web.drawings,
            "example": _example(glossary, web, drawings),
            "categories": self._categories,
            "fan_file": FAN_FILE,
            "fan_size": FAN_SIZE,
            "sample": _sample(glossary, given_away),
            "page_titles": given_pages(glossary),
            "page_file": page_file,
            "page_size": _page_size(glossary),
            "icons": look.icons,
            "fonts": look.fonts,
            "tiles": _tiles(glossary),
            "places": _tiles(glossary, max(COLUMNS, ceil(len(glossary.terms) / STRIP_ROWS))),
            "name_size": _name_size,
            "linked": self._linked,
            "path": self._path,
            "search_words": search_words,
            "summary": lambda term: summary(glossary, term),
            "told": self._told,
        }

    def page(self, page: Page) -> str:
        """Return a page's HTML."""
        place = self._place(page.term) if page.term else {}
        return self._render(f"{page.kind}.html.j2", page=page, **place)

    def cards(self, pages: Sequence[Page], tokens: Mapping[str, str]) -> str:
        """Return the pages' link previews as one HTML document, a page each.

        `tokens` are the values of their styles' custom properties, for the drawings.
        """
        room = pixels_of(tokens, *DRAWING_ROOM)
        shown = partial(drawing_in_room, room=(room[0], room[1])) if room else drawing
        return self._render(
            "card.html.j2",
            terms=[page.term for page in pages],
            drawing=partial(shown, self._glossary, tokens),
        )

    def feed(self) -> str:
        """Return the newsletter's issues that were sent, the latest first, as RSS 2.0."""
        terms = {term.issue: term for term in self._glossary.terms}
        sent = sorted(self._glossary.book.sent, key=lambda one: (one.day, one.issue), reverse=True)
        issues = [(terms[one.issue], _noon(one.day)) for one in sent]
        return self._render("feed.xml.j2", issues=issues)

    def sitemap(self, pages: Sequence[Page]) -> str:
        """Return the addresses of the pages that search engines may show."""
        return self._render(
            "sitemap.xml.j2", addresses=[page.address for page in pages if page.address]
        )

    def robots(self) -> str:
        """Return robots.txt (RFC 9309): everything may be read, and where the sitemap is."""
        return f"User-agent: *\nAllow: /\n\nSitemap: {self._glossary.book.site}/sitemap.xml\n"

    def icon(self) -> str:
        """Return the site's icon as SVG."""
        size = ceil(len(self._categories) ** 0.5)
        colours = [self._tokens.get(f"--category-{name}-tab", "#000") for name in self._categories]
        squares = [(n % size, n // size, colour) for n, colour in enumerate(colours)]
        return self._render("icon.svg.j2", squares=squares, size=size)

    def _render(self, template: str, **names: object) -> str:
        """Return a template's text, from its first tag to a line feed. Raises RenderError."""
        return render(self._environment, template, names).strip() + "\n"

    def _place(self, term: Term) -> dict[str, object]:
        """Return where a term stands in the book: its category, number, and the terms beside it."""
        terms = self._glossary.terms
        at = terms.index(term)
        return {
            "category": self._categories[term.category],
            "number": at + 1,
            "before": terms[at - 1] if at else None,
            "after": terms[at + 1] if at + 1 < len(terms) else None,
        }

    def _told(self, page: Page) -> dict[str, object]:
        """Return what a page's head tells, with the size of its picture for link previews."""
        sizes = zip(("og:image:width", "og:image:height"), self._card_size, strict=False)
        return {**told(self._glossary, page), **dict(sizes if page.card else ())}

    def _path(self, slug: str) -> str:
        """Return the path of a term's page."""
        return term_path(self._glossary, self._glossary.by_slug[slug])

    def _linked(self, text: str) -> Markup:
        """Return a text, escaped, with its references as links."""
        opened = open_references(text, self._glossary, lambda term: self._path(term.slug))
        return Markup(OPENED.sub(r'<a href="\1">\2</a>', str(self._typographer.words(opened))))  # noqa: S704 - escaped


def free_sample(glossary: Glossary) -> Sample | None:
    """Return what the free sample shows of the book, if there is one."""
    return next((one.sample for one in glossary.book.editions.values() if one.sample), None)


def _example(glossary: Glossary, web: Web, drawings: Drawings) -> Term | None:
    """Return the term that the first page shows: the sample's first whose drawing is not there."""
    sample = free_sample(glossary)
    given = (slug for slug in sample.terms if slug not in web.drawings) if sample else ()
    return next((glossary.by_slug[slug] for slug in given if slug in drawings), None)


def given_pages(glossary: Glossary) -> dict[str, str]:
    """Return the titles of the sections of the book that the free sample has, by section id."""
    sample = free_sample(glossary)
    own = {section.id for section in make_sections(glossary)}
    sections = make_sections(glossary, sample) if sample else ()
    return {one.id: one.title for one in sections if one.shown and one.id in own}


def shown_pages(glossary: Glossary) -> list[str]:
    """Return the ids of the sections whose first pages the site's first page shows."""
    points = glossary.book.web.gets if glossary.book.web else ()
    return [point.page for point in points if point.page]


def page_file(section: str) -> str:
    """Return the path of the picture of a page of the book."""
    return f"pages/{section}.webp"


def _page_size(glossary: Glossary) -> tuple[int, int]:
    """Return width and height in pixels of the picture of a page of the book."""
    paper = glossary.book.editions[DEFAULT_EDITION].page_size
    return PAGE_WIDTH, ceil(PAGE_WIDTH * paper.height / paper.width)


def _tiles(glossary: Glossary, columns: int = COLUMNS) -> dict[str, object]:
    """Return the tiles of the terms: columns, rows, and (column, row, term) of each, from 0."""
    places = [(n % columns, n // columns, term) for n, term in enumerate(glossary.terms)]
    return {"columns": columns, "rows": ceil(len(places) / columns), "places": places}


def _sample(glossary: Glossary, given_away: Collection[str]) -> dict[str, object]:
    """Return the free sample's path on the site and how many terms it has; {} without one."""
    for name, edition in glossary.book.editions.items():
        file = pdf_path(glossary, name).name
        if edition.sample and file in given_away:
            return {"path": f"/{file}", "terms": len(edition.sample.terms)}
    return {}


def _noon(day: date) -> str:
    """Return noon of a day as RSS 2.0 has its dates (RFC 822), in UTC."""
    return format_datetime(datetime.combine(day, time(12), UTC), usegmt=True)


def _name_size(name: str) -> str:
    """Return the class of a name on a card: a long one is set smaller."""
    return next((size for most, size in reversed(LONG_NAMES.items()) if len(name) > most), "")
