"""An EPUB's bytes → findings: what the manuscript and the print edition ask for, and nothing else.

The reader's own files are not asked: each rule is tried on what is to be sold.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from cheatsheet.archive import FIRST_DATE, TEXTS
from cheatsheet.checks import Asked, Checked
from cheatsheet.checks.sample import paid_words
from cheatsheet.checks.terms import REFERENCE_PAGE
from cheatsheet.checks.words import printed_number, squash, without_number
from cheatsheet.epub.packaging import FOLDER, page_list
from cheatsheet.epub.reading import (
    DC,
    OPF,
    XHTML,
    EpubReading,
    UnreadableError,
    letters_in,
    read_epub,
    said_in,
)
from cheatsheet.findings import Finding, Rule, error
from cheatsheet.parity import PAGE, compare_text
from cheatsheet.printed import Printed

FIELDS = (*PAGE, "try_it")
ACTIVE = {"script", "form", "iframe", "object", "embed", "audio", "video"}
LOADS = re.compile(
    r"""(?:src|srcset|poster|data|xlink:href)\s*=\s*["']([^"'#][^"']*)"""
    r"""|url\(["']?([^"'#)]+)|@import\s+["']([^"']*)"""
)
MACHINE = re.compile(r"file:/|/(?:home|Users|root|tmp)/|[A-Z]:\\")
ACCESSIBLE = ("accessMode", "accessModeSufficient", "accessibilityFeature")
ACCESSIBLE += ("accessibilityHazard", "accessibilitySummary")

FILE = error("epub-file", "The file is no EPUB that can be read.", "build it again")
SAME = error(
    "epub-bytes",
    "The EPUB would be other bytes when it is built elsewhere.",
    "all files have one date; see src/cheatsheet/archive.py",
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
SPINE = error(
    "epub-spine",
    "Reading order and contents are not the book's sections in order.",
    "both follow from src/cheatsheet/book.py; see templates/epub/",
)
PAGES = error(
    "epub-pages",
    "A page number is not that of the print edition.",
    "build the print edition, then the EPUB again",
)
TEXT = error(
    "epub-text",
    "A text of a section is not in its file, or not whole.",
    "the template must print it",
)
ORDER = error(
    "epub-order",
    "The texts of a term do not follow one another as in its file.",
    "the template prints them in this order: tagline, tldr, plain, why, nerd",
)
LINK = error(
    "epub-link",
    "A link leads nowhere, or elsewhere than it says.",
    "mend its address in the template",
)
MISSING = error(
    "epub-reference",
    "A section does not have a link that the manuscript asks for.",
    "the template must link to what it names",
)
REMOTE = error(
    "epub-remote",
    "The EPUB loads something from elsewhere, or that it does not have.",
    "put it into the project; a reader may be without a network",
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
IDS = error("epub-ids", "Two things in a document have the same id.", "each id stands once")
PICTURE = error(
    "epub-picture",
    "A drawing is missing, or has not its words for who cannot see it.",
    "the template shows the drawing with `alt`",
)
META = error(
    "epub-metadata",
    "The package does not say what a shop or a reader must know.",
    "see templates/epub/package.opf.j2, and content/book.yaml",
)

Check = Callable[[EpubReading, Asked, Printed], Iterator[Finding]]


def check_epub(data: bytes, asked: Asked, printed: Printed) -> Checked:
    """Judge an EPUB's bytes by the manuscript and the print edition."""
    codes = frozenset(rule.code for rules in CHECKS.values() for rule in rules) | {FILE.code}
    try:
        epub = read_epub(data)
        found = [finding for check in CHECKS for finding in check(epub, asked, printed)]
        return Checked(list(dict.fromkeys(found)), epub.counts(), None, codes)
    except UnreadableError as problem:
        return Checked([FILE.finding(str(problem))], rules=codes)


def file_is_plain(epub: EpubReading, asked: Asked, _: Printed) -> Iterator[Finding]:
    """Yield what makes other bytes of the same files, and whether there are too many."""
    for entry in epub.entries:
        if entry.date_time != FIRST_DATE:
            yield SAME.finding(f"{entry.filename} says when it was made")
    most = asked.glossary.book.epub.kilobytes if asked.glossary.book.epub else 0
    if len(epub.data) > most * 1000:
        yield SIZE.finding(f"{len(epub.data) / 1000:.0f} KB, and book.yaml allows {most}")


def manifest_is_whole(epub: EpubReading, *_: object) -> Iterator[Finding]:
    """Yield each file that the package lacks, or that the EPUB does."""
    named = Counter(path for path, _ in epub.manifest.values())
    named.update([epub.package_path, "mimetype", "META-INF/container.xml"])
    there = Counter(entry.filename for entry in epub.entries)
    for path in sorted((named - there) + (there - named)):
        yield MANIFEST.finding(f"{path} is in one of the two alone, or twice")


def sections_follow(epub: EpubReading, asked: Asked, _: Printed) -> Iterator[Finding]:
    """Yield where spine, contents and sections part."""
    wanted = [(f"{FOLDER}/{section.id}.xhtml", squash(section.title)) for section in asked.sections]
    for what, found in (
        ("spine", [(path, squash(said_in(epub.documents[path].find(f".//{XHTML}title")))) for path in epub.spine]),
        ("contents", [(path, squash(words)) for path, words in epub.nav("toc")]),
    ):
        if found != wanted:
            first = next((w for w, f in zip(wanted, found, strict=False) if w != f), ("its length",))
            yield SPINE.finding(f"the {what} differs from the book's at {first[0]}")


def pages_are_prints(epub: EpubReading, asked: Asked, printed: Printed) -> Iterator[Finding]:
    """Yield each page that the page list lacks or adds, and each number of another page."""
    wanted = [(f"{FOLDER}/{address}", label) for address, label in page_list(asked, printed)]
    found = epub.nav("page-list")
    for address, label in dict.fromkeys([*found, *wanted]):
        if ((address, label) in wanted) != ((address, label) in found):
            yield PAGES.finding(f"the page list and the print edition differ at page {label}")
    marks = [
        (f"{path}#{mark.get('id')}", said_in(mark) or mark.get("aria-label", "")[5:])
        for path in epub.spine
        for mark in epub.documents[path].iterfind(".//*[@role='doc-pagebreak']")
    ]
    if marks != wanted:
        yield PAGES.finding("the marks in the text are not the print edition's pages in order")
    first = {name: pages[0][0] for name, pages in printed.pages.items()}
    for section in asked.sections:
        for link in epub.section(section.id).iter(f"{XHTML}a"):
            target, number = _target(link), printed_number(said_in(link))
            if number and target in first and number != first[target]:
                yield PAGES.finding(f'"{said_in(link)}" is on page {first[target]}')


def texts_stand(epub: EpubReading, asked: Asked, _: Printed) -> Iterator[Finding]:
    """Yield each text that a section lacks, and each that stands before what it comes after."""
    for section in asked.sections:
        said = REFERENCE_PAGE.sub("", said_in(epub.section(section.id)))
        if section.term:
            yield from compare_text(asked.glossary, section.term.slug, "EPUB", said, FIELDS)
        letters, last = squash(said), 0
        for passage in asked.passages(section):
            at = letters.find(squash(passage.words))
            field = next(part for part in reversed(passage.location) if isinstance(part, str))
            if at < 0 and not (section.term and field in FIELDS):
                yield TEXT.finding(f"`{field}` of {section.title} is not there", asked.place(passage))
            elif passage.running and at >= 0:
                if at < last:
                    yield ORDER.finding(f"`{field}` of {section.title} comes too early", asked.place(passage))
                last = at


def links_lead(epub: EpubReading, asked: Asked, _: Printed) -> Iterator[Finding]:
    """Yield each link that leads nowhere or elsewhere than it says, and each that is missing."""
    places = {f"{path}#{one.get('id')}" for path, page in epub.documents.items() for one in page.iterfind(".//*[@id]")}
    titles = {section.id: squash(section.title) for section in asked.book_sections}
    glossary, offers = asked.glossary, [asked.buy] if asked.buy else []
    for section in asked.sections:
        page, path = epub.section(section.id), f"{FOLDER}/{section.id}.xhtml"
        wanted = Counter((one.target, squash(one.words)) for one in asked.references(section))
        found = Counter((_target(a), squash(without_number(said_in(a)))) for a in page.iter(f"{XHTML}a"))
        for target, words in wanted - found:
            yield MISSING.finding(f"{section.title} has no link `{words}` to {target}")
        outside = [*offers, *([glossary.address(section.term)] if section.term else [])]
        for target, words in found - wanted:
            if target not in outside and titles.get(target) != words:
                yield LINK.finding(f"`{words}` in {section.title} leads to {target}")
        for link in page.iter(f"{XHTML}a"):
            leads = epub.path(path, link.get("href", ""))
            if "://" not in link.get("href", "") and leads not in places | epub.files.keys():
                yield LINK.finding(f"`{said_in(link)}` in {section.title} leads nowhere")
    for address, words in (*epub.nav("toc"), *epub.nav("landmarks"), *epub.nav("page-list")):
        if address not in places | epub.files.keys():
            yield LINK.finding(f"`{words}` in the navigation leads nowhere")


def nothing_is_loaded_or_run(epub: EpubReading, asked: Asked, _: Printed) -> Iterator[Finding]:
    """Yield what is loaded from elsewhere, what runs, and what tells of the machine."""
    folder = str(asked.folder or Path("/nowhere"))
    for name, data in epub.files.items():
        text = data.decode("utf-8", "replace") if name.endswith(TEXTS[:5]) else ""
        if MACHINE.search(text) or folder in text:
            yield PATH.finding(f"{name} names one")
        if not name.endswith((".xhtml", ".svg", ".css")):
            continue
        for address in filter(None, ("".join(groups) for groups in LOADS.findall(text))):
            if epub.path(name, address) not in epub.files:
                yield REMOTE.finding(f"{name} loads {address[:60]}")
    for name, page in epub.documents.items():
        for element in page.iter("{*}*"):
            if element.tag.rpartition("}")[2] in ACTIVE or any(key.startswith("on") for key in element.attrib):
                yield SCRIPT.finding(f"{name} has <{element.tag.rpartition('}')[2]}>")


def ids_are_unique(epub: EpubReading, *_: object) -> Iterator[Finding]:
    """Yield each id that stands twice in a document."""
    for name, page in epub.documents.items():
        ids = Counter(one.get("id") for one in page.iterfind(".//*[@id]"))
        yield from (IDS.finding(f"{one} in {name}") for one, times in ids.items() if times > 1)


def pictures_are_described(epub: EpubReading, asked: Asked, _: Printed) -> Iterator[Finding]:
    """Yield each term whose drawing is not there with its words."""
    for section in asked.sections:
        images = [*epub.section(section.id).iter(f"{XHTML}img")]
        drawn = section.term and section.term.slug in asked.glossary.pictures.drawings
        if drawn and section.term and [image.get("alt") for image in images] != [section.term.picture.alt]:
            yield PICTURE.finding(f"{section.title} does not show its one drawing, described")
        elif not all(image.get("alt", "").strip() for image in images):
            yield PICTURE.finding(f"{section.title} has a picture without words")


def metadata_is_right(epub: EpubReading, asked: Asked, _: Printed) -> Iterator[Finding]:
    """Yield what the package says otherwise than the manuscript, or not at all."""
    book = asked.glossary.book
    wanted = {"title": asked.title, "creator": book.author, "language": book.language}
    for name, value in wanted.items():
        if epub.package.findtext(f".//{DC}{name}") != value:
            yield META.finding(f'its {name} is not "{value}"')
    said = {meta.get("property") for meta in epub.package.iter(f"{OPF}meta") if (meta.text or "").strip()}
    for name in (*(f"schema:{one}" for one in ACCESSIBLE), "dcterms:conformsTo", "dcterms:modified"):
        if name not in said:
            yield META.finding(f"it does not say {name}")


def nothing_is_given_away(epub: EpubReading, asked: Asked, _: Printed) -> Iterator[Finding]:
    """Yield a finding for each paid text of which a sample has a part."""
    texts = ((name, data.decode("utf-8", "replace")) for name, data in epub.files.items())
    plain = ((name, re.sub(r"<[^>]*>", "", text)) for name, text in texts if "<" in text[:1])
    yield from paid_words(plain, asked)


CHECKS: Mapping[Check, tuple[Rule, ...]] = {
    file_is_plain: (SAME, SIZE),
    manifest_is_whole: (MANIFEST,),
    sections_follow: (SPINE,),
    pages_are_prints: (PAGES,),
    texts_stand: (TEXT, ORDER),
    links_lead: (LINK, MISSING),
    nothing_is_loaded_or_run: (REMOTE, SCRIPT, PATH),
    ids_are_unique: (IDS,),
    pictures_are_described: (PICTURE,),
    metadata_is_right: (META,),
    nothing_is_given_away: (),
}


def _target(link: object) -> str:
    """Return the id of the section that a link leads to, or its address."""
    address: str = link.get("href", "")  # type: ignore[attr-defined]
    return address.removesuffix(".xhtml") if "://" not in address else address
