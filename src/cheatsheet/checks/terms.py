"""The sections: each on pages of its own, under its heading, with every text that it must print."""

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from string import digits

from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.checks.finished import Finished, section_pages
from cheatsheet.checks.report import book_check
from cheatsheet.findings import Finding, Place, error
from cheatsheet.findings.complaints import SEVERAL, together
from cheatsheet.model.sections import Section, term_id
from cheatsheet.reader.words import reference_page, squash
from cheatsheet.stylesheets import blamed, places_of_moving

SHORTEST_PART = 12  # letters of a text that may stand alone at a page's end
PARAGRAPH = 40  # letters from which a text is not met again by chance

LOST = error(
    "terms-lost",
    "A section's destination is missing, so that nothing can lead to it.",
    "the section's heading in the template must have its id",
)
HEADING = error(
    "terms-heading",
    "A destination does not lead to its heading.",
    "the heading must be where the id is",
)
ORDER = error(
    "terms-order",
    "A section does not begin on a page of its own, after the section before it.",
    "each section is laid out on its own; see src/cheatsheet/model/sections.py",
)
TEXT = error(
    "terms-text",
    "A text of a section is not on the section's pages, or not whole.",
    "shorten it if it does not fit; the template must print it, and the styles must not hide it",
)
SEQUENCE = error(
    "terms-sequence",
    "The texts of a term do not follow one another as in its file.",
    "the template prints them in this order: tagline, tldr, plain, why, nerd",
)
REPEATED = error(
    "terms-repeated",
    "A paragraph of a term stands on the term's pages twice.",
    "the template must print each text once",
)


@book_check(LOST)
def destinations_exist(pdf: Finished, expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for each section, category and term without a destination."""
    places = {term_id(term.slug): expected.glossary.place(term.slug) for term in expected.terms}
    wanted = {section.id: section.title for section in expected.sections} | expected.parts
    for name, title in wanted.items():
        if name not in pdf.destinations:
            yield LOST.finding(f"nothing can lead to {title}", places.get(name, Place()))


@book_check(HEADING)
def headings_stand(pdf: Finished, expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for each destination that is not over its section's heading."""
    for section, _ in section_pages(pdf, expected):
        target = pdf.destinations[section.id]
        if not any(_begins_with(squash(words), section) for words in pdf.words_at(target)):
            message = f'"{section.title}" is not where links to it lead'
            yield HEADING.finding(message, expected.section_place(section, target.page))


def _begins_with(words: str, section: Section) -> bool:
    """Tell whether squashed words begin with a section's title; an opener's number is beside it."""
    title = squash(section.title)
    after = words.lstrip(digits) if section.kind == "category" else words
    return words.startswith(title) or after.startswith(title)


@book_check(ORDER)
def sections_follow(pdf: Finished, expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for each section that does not begin after the one before it."""
    before = 0
    for section, pages in section_pages(pdf, expected):
        if pages.start <= before:
            message = f"{section.title} begins on page {pages.start}, not after page {before}"
            yield ORDER.finding(message, expected.section_place(section, pages.start))
        before = pages.start


@book_check(TEXT, SEQUENCE, REPEATED)
def texts_stand(pdf: Finished, expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for each text that its pages do not have, have twice, or have elsewhere."""
    numbers = reference_page(expected.reference)
    asked, missing = Counter[tuple[str, str]](), defaultdict[tuple[str, str], list[Finding]](list)
    turned: dict[str, Finding] = {}
    for section, pages in section_pages(pdf, expected):
        printed = [squash(numbers.sub("", pdf.text(page))) for page in pages]
        last = (0, 0)
        for passage in expected.passages(section):
            words, field = squash(passage.words), passage.location[-1]
            if isinstance(field, int):
                field = passage.location[-2]
            place = replace(expected.place(passage), page=pages.start)
            said = f"`{field}` of {section.title}"
            at = _position(words, printed)
            kind = section.kind, str(passage.location[0])
            asked[kind] += 1
            if at is None:
                finding = TEXT.finding(f"{said} is not in print, or not whole", place)
                missing[kind].append(finding)
            elif passage.running and len(words) >= PARAGRAPH:
                if at < last:
                    finding = SEQUENCE.finding(f"{said} stands before what it comes after", place)
                    turned.setdefault(section.id, finding)
                if sum(page.count(words) for page in printed) > 1:
                    yield REPEATED.finding(f"{said} is printed twice", place)
                last = at
    yield from _turned(list(turned.values()), expected)
    for kind, findings in missing.items():
        is_hidden = len(findings) == asked[kind] >= SEVERAL  # everywhere: one cause, in the styles
        yield from together(findings) if is_hidden else findings


def _turned(findings: list[Finding], expected: ExpectedBook) -> Iterator[Finding]:
    """Yield what is said of terms whose texts are in another order; once, if all are.

    What the styles move is drawn after what follows it.
    """
    if not len(findings) == len(expected.terms) >= SEVERAL:
        yield from findings
        return
    place, hint = blamed(places_of_moving(expected.styles), findings[0].place.page)
    first = replace(findings[0], hint=hint or findings[0].hint)
    yield from together([replace(first, place=place) if place.file else first, *findings[1:]])


def _position(words: str, pages: list[str]) -> tuple[int, int] | None:
    """Return where words begin: the page's place in the list, and letters; None if they do not.

    They stand in one piece on a page, or run on from one page to the next.
    """
    for number, page in enumerate(pages):
        if words in page:
            return number, page.index(words)
    fits = [_fitting(words, page) for page in pages[:-1]]
    first = max(range(len(fits)), key=fits.__getitem__, default=0)
    if not fits or fits[first] < SHORTEST_PART:
        return None
    rest = _position(words[fits[first] :], pages[first + 1 :])
    return rest and (first, pages[first].index(words[: fits[first]]))


def _fitting(words: str, page: str) -> int:
    """Return how many of the first letters of words stand on a page in one piece."""
    return max(0, bisect(range(len(words)), 0, key=lambda end: words[:end] not in page) - 1)
