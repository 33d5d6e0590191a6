"""The links: where they lead, what they promise in print, and that none is missing or strange."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from cheatsheet.checks.asked import Asked
from cheatsheet.checks.reading import Link, Reading
from cheatsheet.checks.sections import section_pages
from cheatsheet.checks.words import printed_number
from cheatsheet.findings import Finding, Place, error

DEAD = error(
    "links-dead",
    "An internal link leads to no page.",
    "the section that it names must be in the book",
)
NUMBER = error(
    "links-number",
    "The page number that a link prints is not the page that it leads to.",
    "page numbers come from src/cheatsheet/pagination.py and are printed by the templates",
)
MISSING = error(
    "links-missing",
    "A page does not link to what it names.",
    "the template must print the link",
)
BACK = error(
    "links-contents",
    "A page does not lead back to the contents.",
    "the template and the styles must print that link on every page",
)
ADDRESS = error(
    "links-address",
    "A term's page does not link to the term's page on the site.",
    "the template must print the address as a link",
)
UNEXPECTED = error(
    "links-unexpected",
    "A link leads out of the book to where nobody asked it to.",
    "only a term's own page on the site is linked, by https",
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


def links_lead_somewhere(pdf: Reading, _: Asked) -> Iterator[Finding]:
    """Yield a finding for each internal link without a target, and for each of another kind."""
    for link in pdf.links:
        place = Place(page=link.page)
        if link.other:
            yield KIND.finding(f'"{link.words}" does {link.other}', place)
        elif link.uri is None and pdf.resolve(link) is None:
            yield DEAD.finding(f'"{link.words}" leads to no page ({link.name})', place)


def numbers_are_true(pdf: Reading, _: Asked) -> Iterator[Finding]:
    """Yield a finding for each link that prints another number than its page has.

    Every internal link must print a number, but for those back to the contents.
    """
    for link in whole_links(pdf):
        target = pdf.resolve(link)
        if target is None:
            continue
        number, label = printed_number(link.words), pdf.labels[target - 1]
        if number != label:
            said = f"prints {number}" if number else "prints no number"
            message = f'"{link.words}" {said}, and leads to {label}'
            yield NUMBER.finding(message, Place(page=link.page))


def links_are_complete(pdf: Reading, asked: Asked) -> Iterator[Finding]:
    """Yield a finding for each link that a section should have, and each time it is missing."""
    names: dict[int, list[str | None]] = defaultdict(list)
    for link in whole_links(pdf):
        names[link.page].append(link.name or link.uri)
    for section, pages in section_pages(pdf, asked):
        found = Counter(name for page in pages for name in names[page])
        for name, times in Counter(asked.links_from(section)).items():
            if found[name] < times:
                message = f"{section.title} does not link to {name} as often as it names it"
                yield MISSING.finding(message, Place(page=pages.start))


def pages_lead_back(pdf: Reading, asked: Asked) -> Iterator[Finding]:
    """Yield a finding for each page outside the contents that has no link to them."""
    leading = {link.page for link in pdf.links if link.name == "contents"}
    for section, pages in section_pages(pdf, asked):
        for page in pages:
            if section.kind != "contents" and page not in leading:
                yield BACK.finding("no link leads back to the contents", Place(page=page))


def addresses_are_right(pdf: Reading, asked: Asked) -> Iterator[Finding]:
    """Yield a finding for each term without its address, and each address that is elsewhere."""
    owners = {page: section.term for section, pages in section_pages(pdf, asked) for page in pages}
    found = {(link.uri, link.page) for link in pdf.links if link.uri is not None}
    for section, pages in section_pages(pdf, asked):
        if section.term is None:
            continue
        address = asked.glossary.address(section.term)
        if not any((address, page) in found for page in pages):
            place = replace(asked.glossary.place(section.term.slug), page=pages.start)
            yield ADDRESS.finding(f"no link to {address}", place)
    for uri, page in sorted(found):
        owner = owners.get(page)
        if uri != asked.buy and (owner is None or uri != asked.glossary.address(owner)):
            yield UNEXPECTED.finding(f"a link leads to {uri}", Place(page=page))


def rectangles_are_over_words(pdf: Reading, _: Asked) -> Iterator[Finding]:
    """Yield a finding for each link that is off its page, has no area, or covers no words."""
    for link in pdf.links:
        left, bottom, right, top = link.rectangle
        width, height = pdf.sizes[link.page - 1]
        if left < 0 or bottom < 0 or right > width or top > height:
            yield RECTANGLE.finding(f'"{link.words}" is off the page', Place(page=link.page))
        elif not link.words:
            target = link.name or link.uri
            yield RECTANGLE.finding(f"the link to {target} covers no words", Place(page=link.page))


def whole_links(pdf: Reading) -> list[Link]:
    """Return the links, with those that break over lines and pages joined.

    Left out are those back to the contents: one stands on each page, between the lines. Two
    neighbours are one link if they lead to the same page and the first does not print its
    number yet.
    """
    whole: list[Link] = []
    for link in pdf.links:
        if link.name == "contents":
            continue
        last = whole[-1] if whole else None
        if last and _continues(pdf, last, link):
            whole[-1] = replace(last, words=f"{last.words} {link.words}")
        else:
            whole.append(link)
    return whole


def _continues(pdf: Reading, last: Link, link: Link) -> bool:
    """Tell whether a link is the next line of the last one."""
    target = pdf.resolve(last)
    number = printed_number(last.words)
    complete = number is not None and (target is None or number == pdf.labels[target - 1])
    same = (last.name, last.uri) == (link.name, link.uri)
    below = link.page == last.page and link.rectangle[3] <= last.rectangle[1] + 1
    overleaf = link.page == last.page + 1
    return same and (below or overleaf) and not complete


CHECKS = (
    links_lead_somewhere,
    numbers_are_true,
    links_are_complete,
    pages_lead_back,
    addresses_are_right,
    rectangles_are_over_words,
)
