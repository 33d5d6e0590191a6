"""The links: where they lead, what they promise in print, and that none is missing or strange."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.checks.finished import Finished, section_pages
from cheatsheet.checks.report import book_check, general_check
from cheatsheet.findings import Finding, Rule, error
from cheatsheet.findings.complaints import SEVERAL, together
from cheatsheet.reader.items import Link
from cheatsheet.reader.pypdf_view import PypdfView
from cheatsheet.reader.words import printed_number, squash, without_number, without_page

OVERLAP = 3  # letters
SCHEMES = ("https://", "mailto:")

DEAD = error(
    "links-dead",
    "An internal link leads to no page.",
    "the section that it names must be in the book",
)
NUMBER = error(
    "links-number",
    "The page number that a link prints is not the page that it leads to.",
    "page numbers come from src/cheatsheet/layout/pagination.py and are printed by the templates",
)
MISSING = error(
    "links-missing",
    "A page does not link to what it names.",
    "the template must print the link",
)
EXTRA = error(
    "links-extra",
    "A page has a link that its text does not ask for, or one that is there twice.",
    "the template must print each link once",
)
WORDS = error(
    "links-words",
    "A link is over other words than its own.",
    "look where the link's rectangle is; its words must be in the <a>, and nothing else over them",
)
BACK = error(
    "links-contents",
    "A page does not lead back to the contents.",
    "the template and the styles must print that link on every page",
)
ADDRESS = error(
    "links-address",
    "A page does not link to its own page on the site: a term's, or that of the sources.",
    "the template must print the address as a link",
)
UNEXPECTED = error(
    "links-unexpected",
    "A link leads out of the book to where nobody asked it to.",
    "only a term's own page and that of the sources are linked, by https",
)
SCHEME = error(
    "links-scheme",
    "A link leads out of the file by something else than https or mailto.",
    "give the page's https address",
)
KIND = error(
    "links-kind",
    "A link does something else than lead to a page or an address.",
    "remove it; a book runs no programs and opens no files",
)
RECTANGLE = error(
    "links-rectangle",
    "A link's rectangle is not over words of its page.",
    "the link's words must be visible and on the page",
)


@general_check(DEAD, KIND, SCHEME)
def links_lead_somewhere(pdf: Finished) -> Iterator[Finding]:
    """Yield a finding for each link without a target, of another kind, or to an unsafe address."""
    for link in pdf.links:
        if link.other:
            yield KIND.on_page(link.page, f'"{link.words}" does {link.other}')
        elif link.uri is None and pdf.resolve(link) is None:
            yield DEAD.on_page(link.page, f'"{link.words}" leads to no page ({link.name})')
        elif link.uri is not None and not link.uri.startswith(SCHEMES):
            yield SCHEME.on_page(link.page, f"a link leads to {link.uri}")


@book_check(NUMBER)
def numbers_are_true(pdf: PypdfView, expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for each link that prints another number than its page has.

    Every internal link must print a number, but for those back to the contents.
    """
    for link in whole_links(pdf, expected):
        target = pdf.resolve(link)
        if target is None:
            continue
        label = pdf.labels[target - 1]
        number = printed_number(link.words, expected.reference, label)
        if number != label:
            said = f"prints {number}" if number else "prints no number"
            yield NUMBER.on_page(link.page, f'"{link.words}" {said}, and leads to {label}')


@book_check(MISSING, EXTRA, WORDS)
def links_are_complete(pdf: Finished, expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for each link that a section should have and has not, or the other way."""
    starts = {pages.start: section.id for section, pages in section_pages(pdf, expected)}
    on_paper = isinstance(pdf, PypdfView)
    found: dict[int, list[tuple[str, Link]]] = defaultdict(list)
    linking = Counter[str]()
    differing = defaultdict[tuple[str, Rule], dict[str, list[Finding]]](dict)
    for link in whole_links(pdf, expected):
        target = link.name or link.uri or starts.get(pdf.resolve(link) or 0)
        if target and link.uri in {None, expected.buy}:
            found[link.page].append((target, link))
    for section, pages in section_pages(pdf, expected):
        listed = expected.references(section)
        wanted = [(r.target, "" if r.is_tile and on_paper else squash(r.words)) for r in listed]
        there = [
            (target, _words_of(pdf, link, expected, {w for t, w in wanted if t == target}))
            for page in pages
            for target, link in found[page]
        ]
        kind = section.kind
        linking[kind] += bool(wanted)
        for message, rule in _differences(Counter(wanted), Counter(there)):
            finding = rule.on_page(pages.start, f"{section.title} {message}")
            differing[kind, rule].setdefault(section.id, []).append(finding)
    for (kind, rule), sections in differing.items():
        findings = [finding for of_section in sections.values() for finding in of_section]
        is_hidden = rule is MISSING and len(sections) == linking[kind] >= SEVERAL
        yield from together(findings) if is_hidden else findings


def _words_of(pdf: Finished, link: Link, expected: ExpectedBook, wanted: Collection[str]) -> str:
    """Return the words that a link is over, squashed, without the page that it prints.

    Those of a link out of the book may end in a number of their own, as a price: `9 \u20ac`.
    """
    whole = squash(link.words)
    if not isinstance(pdf, PypdfView) or (link.uri and whole in wanted):
        return without_page(whole, wanted)
    reached = pdf.resolve(link)
    label = pdf.labels[reached - 1] if reached else ""
    return without_page(without_number(link.words, expected.reference, label), wanted)


def _differences(
    wanted: Counter[tuple[str, str]], found: Counter[tuple[str, str]]
) -> Iterator[Any]:
    """Yield (what is wrong, rule) for each section that is linked otherwise than it should be."""
    lacking, beyond = wanted - found, found - wanted
    for target in sorted({name for name, _ in lacking + beyond}):
        missing = [words for name, words in lacking.elements() if name == target]
        extra = [words for name, words in beyond.elements() if name == target]
        if len(missing) > len(extra):
            yield f"does not link to {target} as often as it names it", MISSING
        elif len(extra) > len(missing):
            yield f"links to {target} more often than it names it", EXTRA
        elif not all(map(_is_over, extra, missing)):
            yield f'links to {target} over "{extra[0]}", not over "{missing[0]}"', WORDS


def _is_over(found: str, words: str) -> bool:
    """Tell whether a rectangle is over words: a few letters of a neighbour's may reach into it."""
    return words in found and len(found) <= len(words) + OVERLAP


@book_check(BACK, EXTRA)
def pages_lead_back(pdf: PypdfView, expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for each page but cover and contents that has not one link to them."""
    leading = Counter(link.page for link in _usable(pdf) if link.name == "contents")
    for section, pages in section_pages(pdf, expected):
        for page in pages:
            if section.kind not in {"cover", "contents"} and not leading[page]:
                yield BACK.on_page(page, "no link leads back to the contents")
            elif leading[page] > 1:
                yield EXTRA.on_page(page, f"{leading[page]} links lead back to the contents")


@book_check(ADDRESS, UNEXPECTED, EXTRA)
def addresses_are_right(pdf: Finished, expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for each section without its address, and each address that is elsewhere."""
    found: Counter[tuple[str | None, int]] = Counter(
        (link.uri, link.page) for link in whole_links(pdf, expected) if link.uri is not None
    )
    owners: dict[int, str | None] = {}
    for section, pages in section_pages(pdf, expected):
        address = expected.address(section)
        owners |= dict.fromkeys(pages, address)
        times = sum(found[address, page] for page in pages)
        place = expected.section_place(section, pages.start)
        if address and not times:
            yield ADDRESS.finding(f"no link to {address}", place)
        elif times > 1:
            yield EXTRA.finding(f"{times} links to {address}", place)
    for uri, page in sorted(found, key=str):
        if uri not in {expected.buy, owners.get(page)}:
            yield UNEXPECTED.on_page(page, f"a link leads to {uri}")


@general_check(RECTANGLE)
def rectangles_are_over_words(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each link that is off its page, has no area, or covers no words."""
    for link in pdf.links:
        left, bottom, right, top = link.rectangle
        width, height = pdf.sizes[link.page - 1]
        if left < 0 or bottom < 0 or right > width or top > height:
            yield RECTANGLE.on_page(link.page, f'"{link.words}" is off the page')
        elif not link.words:
            target = link.name or link.uri
            which = f"the link to {target}" if target else "a link to nowhere"
            yield RECTANGLE.on_page(link.page, f"{which} covers no words")


def whole_links(pdf: Finished, expected: ExpectedBook) -> list[Link]:
    """Return the links, with those of a PDF that break over lines and pages joined.

    Left out are those that stand on each page, between the lines: back to the contents, and in a
    sample to the shop. Two neighbours are one link if they lead to the same page, are described
    alike, and the first does not print its number yet, or begins with it and the other has none.
    """
    whole: list[Link] = []
    for link in _usable(pdf):
        if link.name == "contents" or (link.uri and link.description == expected.sample_line):
            continue
        last = whole[-1] if whole else None
        if last and isinstance(pdf, PypdfView) and _continues(pdf, last, link, expected.reference):
            whole[-1] = replace(last, words=f"{last.words} {link.words}")
        else:
            whole.append(link)
    return whole


def _usable(pdf: Finished) -> Iterator[Link]:
    """Yield the links that somebody can use."""
    return (link for link in pdf.links if not link.hidden)


def _continues(pdf: PypdfView, last: Link, link: Link, reference: str) -> bool:
    """Tell whether a link is the next line of the last one; `reference` is a page's label."""
    target = pdf.resolve(last)
    label = pdf.labels[target - 1] if target else ""
    number = printed_number(last.words, reference, label)
    complete = number is not None and number == (label or number)
    if last.words.startswith(f"{number} "):
        complete = printed_number(link.words, reference, label) == number  # a name may end in one
    same = (last.name, last.uri, last.description) == (link.name, link.uri, link.description)
    below = link.page == last.page and link.rectangle[3] <= last.rectangle[1] + 1
    overleaf = link.page == last.page + 1
    return same and (below or overleaf) and not complete
