"""Glossary, styles and the finished book → every file of the site, checked. Writes nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from cheatsheet.findings import Finding, error
from cheatsheet.importer.parity import find_hidden
from cheatsheet.model.examples import how_to_add
from cheatsheet.model.glossary import Glossary
from cheatsheet.model.publicity import Web
from cheatsheet.reader.opening import read_pdf
from cheatsheet.reader.pypdf_view import PypdfView
from cheatsheet.stylesheets.matching import SCREEN, Cascade
from cheatsheet.system.reading import TEMPLATES
from cheatsheet.web.cards import make_cards
from cheatsheet.web.checks import ALWAYS_SHOWN, check_site
from cheatsheet.web.drawings import drawing_files, make_drawings
from cheatsheet.web.pages import HOME, Page, make_pages
from cheatsheet.web.pictures import make_fan, make_pictures, webp
from cheatsheet.web.rendering import FAN_FILE, SiteRenderer, given_pages
from cheatsheet.web.styling import Look, make_look

SETTINGS = error(
    "web-settings",
    "The book's settings do not say what a website needs.",
    "add it to content/book.yaml: `site` is the address, and `web: shows` what a page has",
)

PAGE = error(
    "web-page",
    "The site would show a page of the book that the free sample does not have.",
    "name a section of the sample under `web: gets`, such as `map`, or `term-` and a term's slug",
)

NOTHING: Mapping[str, bytes] = {}
FAN_QUALITY = 13  # of WebP, 0 to 100: the first page must be light


@dataclass(frozen=True)
class Site:
    """The files of the site by path, with forward slashes, and what is wrong."""

    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    findings: Sequence[Finding] = ()


def make_site(
    project: Path, glossary: Glossary, book: bytes, given_away: Mapping[str, bytes] = NOTHING
) -> Site:
    """Return the site of a glossary; `book` is its print edition as PDF.

    `given_away` are files by path that readers may have: the free sample.
    """
    web = glossary.book.web
    if web is None or not glossary.book.site:
        return Site({}, missing_settings(glossary))
    if not_given := list(_not_given(glossary, web)):
        return Site({}, not_given)
    look, findings = make_look(project, list(_all_texts(glossary)))
    drawings = make_drawings(glossary, web, look.tokens)
    renderer = SiteRenderer(glossary, web, look, given_away, drawings)
    pages = list(make_pages(glossary))
    with read_pdf(book) as opened:
        if not isinstance(opened, PypdfView):
            return Site({}, [*findings, opened])
        starts = {name: place.page for name, place in opened.destinations.items()}
        fan = make_fan(glossary, book, starts)
        shown = [page for page in pages if page.term or page.file == HOME]
        cards, card_findings = make_cards(project, shown, renderer, fan)
        files = {
            **_texts(pages, renderer, with_feed=bool(glossary.book.newsletter)),
            **look.files,
            **given_away,
        }
        files |= {path.removeprefix("/"): picture for path, picture in cards.items()}
        files |= drawing_files(drawings)
        files |= make_pictures(glossary, book, starts)
        files[FAN_FILE] = webp(fan, FAN_QUALITY)
        findings += [*card_findings, *_hidden(glossary, look, pages, files)]
        findings += [*check_site(files, glossary, opened)]
    return Site(files, findings)


def missing_settings(glossary: Glossary) -> list[Finding]:
    """Return a finding for each field that a website needs and that the settings do not have."""
    return [
        SETTINGS.finding(f"there is no `{name}`", glossary.place("book.yaml"), how_to_add(name))
        for name in ("site", "web")
        if not getattr(glossary.book, name)
    ]


def _not_given(glossary: Glossary, web: Web) -> Iterator[Finding]:
    """Yield a finding for each page that the first page should show and the sample lacks."""
    given = given_pages(glossary)
    for number, point in enumerate(web.gets):
        if point.page and point.page not in given:
            place = glossary.place("book.yaml", ("web", "gets", number, "page"))
            yield PAGE.finding(f"`{point.page}` is not in it", place)


def _all_texts(glossary: Glossary) -> Iterator[str]:
    """Yield every text that a page may show, for the fonts."""
    yield from (text for _, _, text in glossary.texts())
    yield from (text for _, text in glossary.book.web.texts()) if glossary.book.web else ()
    for claim in chain.from_iterable(glossary.claims.values()):
        yield from (claim.claim, claim.source)


def _hidden(
    glossary: Glossary, look: Look, pages: Iterable[Page], files: Mapping[str, bytes]
) -> Iterator[Finding]:
    """Yield a finding for each declaration that hides from all what a term's page is to show."""
    shows = (*ALWAYS_SHOWN, *(glossary.book.web.shows if glossary.book.web else ()))
    shown = ((page.term.slug, files[page.file].decode()) for page in pages if page.term)
    yield from find_hidden(glossary, shown, Cascade(look.styles, SCREEN), shows)


def _texts(pages: Sequence[Page], renderer: SiteRenderer, *, with_feed: bool) -> dict[str, bytes]:
    """Return the pages and the files that machines read; the feed is the newsletter's."""
    texts = {page.file: renderer.page(page) for page in pages}
    texts["sitemap.xml"] = renderer.sitemap(pages)
    if with_feed:
        texts["feed.xml"] = renderer.feed()
    texts |= {"robots.txt": renderer.robots(), "icon.svg": renderer.icon()}
    texts["search.js"] = (TEMPLATES / "web" / "search.js").read_text(encoding="utf-8")
    return {file: text.encode() for file, text in texts.items()}
