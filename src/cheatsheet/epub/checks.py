"""An EPUB's bytes → findings: the rules of a PDF's sections and links, and an EPUB's own."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

from lxml import etree

from cheatsheet.checks import links, terms
from cheatsheet.checks.finished import section_pages
from cheatsheet.checks.report import BOOK, GENERAL, CheckResult
from cheatsheet.checks.safety import PATHS
from cheatsheet.checks.sample import PAID, paid_words
from cheatsheet.epub.packaging import CONTAINER, FOLDER
from cheatsheet.epub.pages import ExpectedEpub
from cheatsheet.epub.reading import OPF, XHTML, EpubReading, UnreadableError, read_epub
from cheatsheet.findings import NOWHERE, Finding, Place, Rule, error
from cheatsheet.findings.complaints import and_more
from cheatsheet.importer.parity import HIDDEN, find_hidden
from cheatsheet.reader.opening import said_by
from cheatsheet.stylesheets.matching import SCREEN, Cascade
from cheatsheet.system.archive import odd_parts

ACTIVE = {"script", "form", "iframe", "object", "embed", "audio", "video"}
LINKING = {"base", "link", "image", "use"}
LOADING = {"src", "srcset", "poster", "data", "{http://www.w3.org/1999/xlink}href"}
STYLE = re.compile(r"""url\(\s*["']?([^"'#)]+)|@import\s+["']([^"']*)""")
RUNS = re.compile(r"\s*(?:javascript|data):", re.IGNORECASE)
SAID = [
    *("schema:accessMode", "schema:accessModeSufficient", "schema:accessibilityFeature"),
    *("schema:accessibilityHazard", "schema:accessibilitySummary", "dcterms:conformsTo"),
    "dcterms:modified",
]
"""What the package must say (EPUB 3.3, 5.5; EPUB Accessibility 1.1, 2.2 and 3.4)."""

FILE = error(
    "epub-file",
    "The file is no EPUB that can be read.",
    "build it again; a damaged download is fetched again",
)
SAME = error(
    "epub-bytes",
    "The EPUB has bytes that are not its files': when they were made, or what nobody sees.",
    "build it again; see src/cheatsheet/system/archive.py",
)
SIZE = error(
    "epub-size",
    "The EPUB is larger than it may be.",
    "look for a large drawing or font; `epub: kilobytes` in content/book.yaml",
)
MANIFEST = error(
    "epub-manifest",
    "The package does not name the files that are in the EPUB.",
    "each file has one entry; see src/cheatsheet/epub/packaging.py",
)
NAVIGATION = error(
    "epub-navigation",
    "The reading order and the contents are not the book's sections in order.",
    "both follow from src/cheatsheet/model/sections.py, by src/cheatsheet/templates/epub/",
)
PAGES = error(
    "epub-pages",
    "The page list or the marks in the text are not the print edition's pages in order.",
    "build it again: page numbers are those of the print edition as it is now",
)
REMOTE = error(
    "epub-remote",
    "The EPUB loads something from elsewhere, or that it does not have.",
    "put it into the project: an e-reader may be without a network",
)
SCRIPT = error(
    "epub-script",
    "The EPUB has a script, or something else that runs.",
    "take it out of the template: readers do not run it, and shops refuse it",
)
PATH = error(
    "epub-path",
    "The EPUB names a folder of the machine that it was built on.",
    "take it out of the template or the style sheet",
)
IDS = error("epub-ids", "Two things in a document have the same id.", "an id stands once")
PICTURE = error(
    "epub-picture",
    "A drawing is missing, or has not its words for who cannot see it.",
    "the template shows the drawing, with `alt`",
)
METADATA = error(
    "epub-metadata",
    "The package does not say what shops and readers must know.",
    "see src/cheatsheet/templates/epub/package.opf.j2 and content/book.yaml",
)

Check = Callable[[EpubReading, ExpectedEpub], Iterator[Finding]]


def check_epub(data: bytes, expected: ExpectedEpub) -> CheckResult:
    """Judge an EPUB's bytes by the manuscript and the pages of the print edition."""
    shared = (GENERAL[links.links_lead_somewhere], *(BOOK[check] for check in SHARED))
    codes = {rule.code for rules in (*shared, *CHECKS.values(), [FILE, HIDDEN]) for rule in rules}
    try:
        epub = read_epub(data)
        found = dict.fromkeys(links.links_lead_somewhere(epub))
        for check in (*SHARED, *CHECKS, _nothing_is_hidden):
            found |= dict.fromkeys(check(epub, expected))
        placed = [_placed(epub, finding) for finding in found]
        return CheckResult(placed, epub.counts(), None, frozenset(codes))
    except UnreadableError as problem:
        return CheckResult([FILE.finding(str(problem))], rules=frozenset(codes))
    except (AttributeError, LookupError, TypeError, ValueError) as problem:  # of hostile bytes
        message = f"a part of it cannot be read: {said_by(problem)}"
        return CheckResult([FILE.finding(message)], rules=frozenset(codes))


def _placed(epub: EpubReading, finding: Finding) -> Finding:
    """Return a finding with a file of the EPUB, or of the manuscript, as its place, and no page."""
    page, place = finding.place.page, replace(finding.place, page=None)
    place = Place(epub.spine[page - 1]) if page and place == NOWHERE else place
    return replace(finding, place=place)


def bytes_are_plain(epub: EpubReading, expected: ExpectedEpub) -> Iterator[Finding]:
    """Yield what makes other bytes of the same files, and that there are too many."""
    if odd := list(odd_parts(epub.data, epub.entries)):
        yield SAME.finding(f"{odd[0]} is not packed as a build packs it{and_more(len(odd) - 1)}")
    most = expected.glossary.book.epub.kilobytes if expected.glossary.book.epub else 0
    if len(epub.data) > most * 1000:
        yield SIZE.finding(f"{len(epub.data) / 1000:.0f} KB, and book.yaml allows {most}")


def manifest_is_whole(epub: EpubReading, _: ExpectedEpub) -> Iterator[Finding]:
    """Yield each file that is in the package or in the EPUB alone, or twice."""
    named = Counter([path for path, _ in epub.manifest.values()])
    named.update([epub.package_path, "mimetype", CONTAINER])
    there = Counter(entry.filename for entry in epub.entries)
    for path in sorted((named - there) + (there - named)):
        yield MANIFEST.finding(f"{path} is in one of the two alone, or twice")


def contents_agree(epub: EpubReading, expected: ExpectedEpub) -> Iterator[Finding]:
    """Yield where spine, contents and landmarks part from the sections."""
    wanted = [(f"{FOLDER}/{section.id}.xhtml", section.title) for section in expected.sections]
    if epub.spine != [path for path, _ in wanted]:
        yield NAVIGATION.finding("the reading order is not that of the sections")
    if epub.nav("toc") != wanted:
        yield NAVIGATION.finding("the contents are not the sections with their titles, in order")
    landmarks = epub.nav("landmarks")
    if not landmarks or not set(landmarks) <= set(wanted):
        yield NAVIGATION.finding("the landmarks are not some of the sections with their titles")


def pages_agree(epub: EpubReading, expected: ExpectedEpub) -> Iterator[Finding]:
    """Yield whether the page list and the marks are the pages of the print edition."""
    wanted = [(f"{FOLDER}/{address}", label) for address, label in expected.pages]
    for what, found in (("page list", epub.nav("page-list")), ("marks in the text", epub.marks)):
        if found != wanted:
            odd = [page for page in (*wanted, *found) if page not in wanted or page not in found]
            first = f"differ at page {odd[0][1]}" if odd else "are in another order"
            yield PAGES.finding(f"the {what} and the print edition {first}")


def nothing_is_loaded_or_told(epub: EpubReading, expected: ExpectedEpub) -> Iterator[Finding]:
    """Yield what is loaded from elsewhere, and what tells of the machine."""
    folder = str(expected.folder or Path("/home/"))
    hidden = epub.texts(shown=False)  # a text about software may well name a folder
    for name in dict.fromkeys(n for n, t in hidden if folder in t or PATHS.search(t.encode())):
        yield PATH.finding("it names one", Place(name))
    for name, address in _loads(epub):
        if address[:1] != "#" and urljoin(name, address) not in epub.files:
            yield REMOTE.finding(f"it loads {address[:60]}", Place(name))


def _loads(epub: EpubReading) -> Iterator[tuple[str, str]]:
    """Yield (file, address) of all that is loaded."""
    for name, tree in epub.trees.items():
        for element in tree.iter("{*}*"):
            loads = LOADING | ({"href"} if etree.QName(element).localname in LINKING else set())
            yield from ((name, value) for key, value in element.items() if key in loads)
    for name, text in epub.texts():
        yield from ((name, "".join(groups)) for groups in STYLE.findall(text))


def documents_are_sound(epub: EpubReading, _: ExpectedEpub) -> Iterator[Finding]:
    """Yield each id that stands twice in a document, and each thing that runs."""
    for name, page in epub.trees.items():
        ids = Counter(one.get("id") for one in page.iterfind(".//*[@id]"))
        for one in (one for one, times in ids.items() if times > 1):
            yield IDS.finding(f"`{one}` stands {ids[one]} times", Place(name))
        for element in page.iter("{*}*"):
            tag = etree.QName(element).localname
            leads_away = tag == "meta" and element.get("http-equiv", "").casefold() == "refresh"
            runs = any(key.startswith("on") or RUNS.match(value) for key, value in element.items())
            if tag in ACTIVE or leads_away or runs:
                yield SCRIPT.finding(f"it has <{tag}>", Place(name))


def pictures_are_described(epub: EpubReading, expected: ExpectedEpub) -> Iterator[Finding]:
    """Yield each term whose drawing is not there once with its words."""
    for section in (one for one in expected.sections if one.term and one.id in epub.destinations):
        page = epub.documents[epub.spine[epub.destinations[section.id].page - 1]]
        shown = [image.get("alt") for image in page.iter(f"{XHTML}img")]
        picture = section.term and section.term.picture
        is_drawn = section.term and section.term.slug in expected.glossary.pictures.drawings
        if shown != ([picture.alt] if picture and is_drawn else []):
            yield PICTURE.finding(f"{section.title} does not show its drawing once, described")


def metadata_is_right(epub: EpubReading, expected: ExpectedEpub) -> Iterator[Finding]:
    """Yield what the package says otherwise than the manuscript, or not at all."""
    book = expected.glossary.book
    wanted = {"title": expected.title, "creator": book.author, "language": book.language}
    for name, value in wanted.items():
        if epub.package.findtext(f".//{{*}}{name}") != value:
            yield METADATA.finding(f'its {name} is not "{value}"')
    said = {one.get("property") for one in epub.package.iter(f"{OPF}meta") if one.text}
    for name in SAID:
        if name not in said:
            yield METADATA.finding(f"it does not say {name}")


def nothing_is_given_away(epub: EpubReading, expected: ExpectedEpub) -> Iterator[Finding]:
    """Yield a finding for each paid text of which a sample has a part."""
    yield from paid_words(epub.texts(), expected)


def _nothing_is_hidden(epub: EpubReading, expected: ExpectedEpub) -> Iterator[Finding]:
    """Yield a finding for each declaration that hides words of a term from all readers."""
    pages = (
        (section.term.slug, epub.files[epub.spine[pages[0] - 1]].decode())
        for section, pages in section_pages(epub, expected)
        if section.term and pages
    )
    yield from find_hidden(expected.glossary, pages, Cascade(expected.styles, SCREEN))


SHARED = (
    *(terms.destinations_exist, terms.headings_stand, terms.sections_follow, terms.texts_stand),
    *(links.links_are_complete, links.addresses_are_right),
)
"""The checks of a PDF's sections and links that an EPUB is held to, too."""
CHECKS: Mapping[Check, tuple[Rule, ...]] = {
    bytes_are_plain: (SAME, SIZE),
    manifest_is_whole: (MANIFEST,),
    contents_agree: (NAVIGATION,),
    pages_agree: (PAGES,),
    nothing_is_loaded_or_told: (REMOTE, PATH),
    documents_are_sound: (SCRIPT, IDS),
    pictures_are_described: (PICTURE,),
    metadata_is_right: (METADATA,),
    nothing_is_given_away: (PAID,),
}
