"""The site's files → findings, read like a stranger would: from the bytes that are to be uploaded.

What a term says on its page must be what the manuscript says and what the book prints; what only
the book has must be nowhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.checks.finished import section_pages
from cheatsheet.findings import FieldPath, Finding, Place, Rule, error
from cheatsheet.findings.complaints import and_more, told_once
from cheatsheet.importer import Publisher, read_bytes
from cheatsheet.importer.parity import PAGE, compare_fields, compare_text
from cheatsheet.model.editions import DEFAULT_EDITION
from cheatsheet.model.glossary import Glossary
from cheatsheet.reader.pypdf_view import PypdfView
from cheatsheet.reader.words import squash
from cheatsheet.web.obligations import lacking, lacking_in_feed, unprinted_labels
from cheatsheet.web.pages import HOME, NOT_FOUND, make_pages, term_path
from cheatsheet.web.reading import PageReading
from cheatsheet.web.styling import STYLE_SHEET

FEED = "feed.xml"
SITEMAP = "sitemap.xml"
XML = {FEED, SITEMAP, "icon.svg"}
ADDRESSES = {"loc", "link", "guid"}  # of sitemap and feed: elements that lead to a page
TEXTS = XML | {"robots.txt", "search.js", "style.css"}
FOR_PAGES = (".svg", ".png", ".webp", ".js", FEED)  # how files end that pages show
MOST_BYTES = 100_000
FEW_WORDS = 5  # a text of fewer words may stand on the site by chance
ALWAYS_SHOWN = {"name", "tagline", "aliases", "full_form", "acronyms", "subject"}
RELATED = "related"
OF_THE_BOOK_ALONE = {"matter", "paths"}

PAID = error(
    "web-paid",
    "The site has a text that is in the book alone.",
    "take it out of the template, or name the field under `web: shows` in content/book.yaml",
)
LINK = error(
    "web-link",
    "A page of the site leads to, or loads, what the site does not have, or has no style sheet.",
    "fix the address in the template; a picture or icon must be in the project",
)
MARKUP = error(
    "web-markup",
    "A file of the site is not well formed.",
    "fix it in the template: src/cheatsheet/templates/web/",
)
UNNAMED = error(
    "web-unnamed",
    "The first page or the sitemap does not name a page of the site, or no page shows a file.",
    "its template must name it: src/cheatsheet/templates/web/",
)
LACKS = error(
    "web-lacks",
    "A page of the site, or its feed, does not tell what each must, or does not lead there.",
    "print it in src/cheatsheet/templates/web/; what a head tells is in web/obligations.py",
)
WEIGHT = error(
    "web-weight",
    "The first page, with all that it loads at once but the fonts, is too heavy.",
    f"{MOST_BYTES:,} bytes must do: load pictures further down with `loading=lazy`",
)


def check_site(
    files: Mapping[str, bytes], glossary: Glossary, book: PypdfView
) -> Iterator[Finding]:
    """Yield what is wrong with the files of a site, by path; `book` is the PDF of the same text."""
    site = _Site(files, glossary, book)
    yield from _is_well_formed(site)
    yield from told_once(_same_words(site))
    yield from _nothing_paid(site)
    yield from _links_lead_somewhere(site)
    yield from _pages_are_found(site)
    yield from _nothing_lacks(site)
    yield from _first_page_is_light(site)


@dataclass(frozen=True)
class _Site:
    """What the checks compare: the files, the manuscript and the book."""

    files: Mapping[str, bytes]
    glossary: Glossary
    book: PypdfView

    @cached_property
    def pages(self) -> dict[str, PageReading]:
        """The pages by file."""
        html = {name: data for name, data in self.files.items() if name.endswith(".html")}
        return {name: PageReading(data.decode()) for name, data in html.items()}

    @cached_property
    def parsed(self) -> dict[str, ET.Element]:
        """The XML files, which the templates hold to be such."""
        return {name: ET.fromstring(self.files[name]) for name in sorted(XML & self.files.keys())}  # noqa: S314 - made by this program

    @cached_property
    def shows(self) -> set[str]:
        """The fields that a term's page shows besides name and tagline."""
        return set(self.glossary.book.web.shows) if self.glossary.book.web else set()

    @cached_property
    def printed(self) -> dict[str, str]:
        """The text of each term's pages in the book, by slug."""
        expected = ExpectedBook(self.glossary, DEFAULT_EDITION)
        return {
            section.term.slug: " ".join(self.book.text(number) for number in pages)
            for section, pages in section_pages(self.book, expected)
            if section.term
        }

    def file_of(self, path: str) -> str | None:
        """Return the file behind a path of the site, or None."""
        name = path.strip("/")
        candidates = (name, f"{name}/{HOME}".lstrip("/"))
        return next((file for file in candidates if file in self.files), None)


def _is_well_formed(site: _Site) -> Iterator[Finding]:
    """Yield a finding for each fault in the markup, which many pages may have from one template."""
    faults: dict[str, list[Place]] = {}
    for name, page in site.pages.items():
        for fault, line in page.faults:
            faults.setdefault(fault, []).append(Place(f"dist/web/{name}", line))
    yield from _once(MARKUP, faults)


def _once(rule: Rule, faults: Mapping[str, Sequence[Place]]) -> Iterator[Finding]:
    """Yield a finding for each fault, at the first of its places: pages share their templates."""
    for fault, places in faults.items():
        more = f", here and in {len(places) - 1} more places" if places[1:] else ""
        yield rule.finding(f"{fault}{more}", places[0])


def _same_words(site: _Site) -> Iterator[Finding]:
    """Yield a finding for each field of a page that the manuscript or the book has otherwise.

    The page is read as an import reads it: what is made can be taken back.
    """
    glossary = site.glossary
    fields = [name for name in PAGE if name in site.shows | ALWAYS_SHOWN]
    related = [RELATED] if RELATED in site.shows else []
    publisher = Publisher(glossary.book.site, glossary.labels)
    for term in glossary.terms:
        file = f"{term_path(glossary, term)[1:]}{HOME}"
        published = read_bytes(site.files.get(file, b""), f"dist/web/{file}", publisher)
        yield from compare_fields(glossary, term.slug, "page", published, [*fields, *related])
        printed = site.printed.get(term.slug, "")
        yield from compare_text(glossary, term.slug, "PDF", printed, fields)


def _nothing_paid(site: _Site) -> Iterator[Finding]:
    """Yield a finding for each text of the book alone that stands anywhere on the site."""
    said = {name: squash("".join((p.visible, *p.hidden))) for name, p in site.pages.items()}
    for name in TEXTS & site.files.keys():
        said[name] = squash(unescape(site.files[name].decode()))
    for key, location, text in site.glossary.texts():
        if _is_paid(site, key, location) and len(text.split()) >= FEW_WORDS:
            words = squash(site.glossary.without_references(text))
            for file in (name for name, said_there in said.items() if words in said_there):
                message = f"`{location[0]}` of {key} is in {file}"
                yield PAID.finding(message, site.glossary.place(key, location))


def _is_paid(site: _Site, key: str, location: FieldPath) -> bool:
    """Tell whether a text is for those who bought the book."""
    if key == "book.yaml":
        return location[0] in OF_THE_BOOK_ALONE
    if key == "categories.yaml":
        return location[-1] == "opening"
    web = site.glossary.book.web
    if web and key in web.drawings and location == ("picture", "alt"):
        return False
    return location[0] not in site.shows | ALWAYS_SHOWN


def _links_lead_somewhere(site: _Site) -> Iterator[Finding]:
    """Yield a finding for each link that leads nowhere, and each file loaded from elsewhere."""
    faults: dict[str, list[Place]] = {}
    for name, page in site.pages.items():
        place = Place(f"dist/web/{name}")
        for address in dict.fromkeys(page.links):
            if not _leads_to(site, name, address, may_leave=True):
                faults.setdefault(f"`{address}` leads nowhere", []).append(place)
        for address in dict.fromkeys(page.loads):
            if not _leads_to(site, name, address):
                faults.setdefault(f"`{address}` is no file of the site", []).append(place)
        if STYLE_SHEET not in map(site.file_of, page.loads):
            faults.setdefault(f"it does not load `/{STYLE_SHEET}`", []).append(place)
    for name, address in _addresses(site):
        if not site.file_of(address.removeprefix(site.glossary.book.site)):
            faults.setdefault(f"`{address}` leads nowhere", []).append(Place(f"dist/web/{name}"))
    yield from _once(LINK, faults)


def _nothing_lacks(site: _Site) -> Iterator[Finding]:
    """Yield a finding for each thing that pages or the feed must tell, and do not."""
    faults: dict[str, list[Place]] = {}
    for page in make_pages(site.glossary):
        for fault in dict.fromkeys(lacking(site.glossary, page, site.pages[page.file])):
            faults.setdefault(fault, []).append(Place(f"dist/web/{page.file}"))
    for fault in lacking_in_feed(site.parsed[FEED]) if FEED in site.parsed else ():
        faults.setdefault(fault, []).append(Place(f"dist/web/{FEED}"))
    yield from _once(LACKS, faults)
    for name in unprinted_labels():
        yield LACKS.finding(f"no template prints the label `web: {name}`")


def _pages_are_found(site: _Site) -> Iterator[Finding]:
    """Yield a finding if the first page or the sitemap lacks a page of the site."""
    named: dict[str, set[str | None]] = {
        HOME: set(map(site.file_of, site.pages[HOME].links)),
        SITEMAP: {HOME},
    }
    for name, address in _addresses(site):
        if name == SITEMAP:
            named[name].add(site.file_of(address.removeprefix(site.glossary.book.site)))
    for name, files in named.items():
        lost = sorted(site.pages.keys() - files - {HOME, NOT_FOUND})
        if lost:
            message = f"it does not name {lost[0]}{and_more(len(lost) - 1)}"
            yield UNNAMED.finding(message, Place(f"dist/web/{name}"))
    asked = {address for page in site.pages.values() for address in (*page.links, *page.loads)}
    asked |= {page.told.get("og:image", "") for page in site.pages.values()}
    files = {site.file_of(address.removeprefix(site.glossary.book.site)) for address in asked}
    lost = sorted(name for name in site.files.keys() - files if _is_for_pages(site, name))
    if lost:
        message = f"no page shows it{and_more(len(lost) - 1)}"
        yield UNNAMED.finding(message, Place(f"dist/web/{lost[0]}"))


def _is_for_pages(site: _Site, name: str) -> bool:
    """Tell whether a file is there to be shown on a page, or run."""
    icons = {f"icons/{category.id}.svg" for category in site.glossary.categories}
    return name.endswith(FOR_PAGES) and (not name.startswith("icons/") or name in icons)


def _addresses(site: _Site) -> Iterator[tuple[str, str]]:
    """Yield the addresses of pages that sitemap and feed name, each with its file."""
    for name, root in site.parsed.items():
        for element in root.iter():
            if element.tag.rpartition("}")[2] in ADDRESSES:
                yield name, element.text or ""


def _leads_to(site: _Site, name: str, address: str, *, may_leave: bool = False) -> bool:
    """Tell whether an address on a page is a file of the site, and has the anchor that it names.

    Where it may leave the site, one of https does too.
    """
    try:
        parts = urlsplit(address)
    except ValueError:  # it is no address
        return False
    if may_leave and parts.scheme == "https":
        return True
    file = site.file_of(parts.path) if parts.path else name
    if parts.scheme or parts.netloc or file is None:
        return False
    ids = site.pages[file].ids if file in site.pages else set()
    return not parts.fragment or parts.fragment in ids


def _first_page_is_light(site: _Site) -> Iterator[Finding]:
    """Yield a finding if the first page is too heavy, not counting fonts, feed, lazy pictures."""
    page = site.pages[HOME]
    loads = (site.file_of(path) for path in page.loads if path not in page.later)
    files = {file for file in loads if file and file != FEED and not file.endswith(".woff2")}
    files.add(HOME)
    size = sum(len(site.files[file]) for file in files)
    if size > MOST_BYTES:
        yield WEIGHT.finding(f"it has {size:,} bytes", Place(f"dist/web/{HOME}"))
