"""The free sample: no words of the pages that it lacks, and the numbers of the whole book.

What is free follows from the manuscript: the sections that the sample shows, and of the other terms
what the contents, the index and the categories' pages print of every term.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.checks.finished import section_pages
from cheatsheet.checks.hidden import hidden_texts
from cheatsheet.checks.links import whole_links
from cheatsheet.checks.obligations import sides_of
from cheatsheet.checks.report import book_check
from cheatsheet.drawings import drawing_words
from cheatsheet.findings import FieldPath, Finding, Place, error
from cheatsheet.model.references import without_references
from cheatsheet.model.selling import Sample
from cheatsheet.model.term_fields import TERM_FIELDS
from cheatsheet.reader.pypdf_view import PypdfView
from cheatsheet.reader.words import printed_number, squash

LETTERS = 30  # about six words: what two texts do not have in common by chance

PAID = error(
    "sample-paid",
    "A free sample has words of a page that is not in it.",
    "a sample may print what the contents, the index and the categories' pages say of every term",
)
NUMBER = error(
    "sample-number",
    "A number that a free sample prints is not the page in the whole book.",
    "each term has one page; the numbers count the sections that the sample does not show",
)


@book_check(PAID)
def no_paid_words(pdf: PypdfView, expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for each paid text of which the file has a part, wherever it has it."""
    shown = ((f"page {page}", pdf.text(page)) for page in range(1, pdf.pages + 1))
    yield from paid_words(chain(shown, hidden_texts(pdf)), expected)


def paid_words(file: Iterable[tuple[str, str]], expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for each paid text of which a sample has a part; `file` is (where, text)."""
    sample = expected.edition.sample
    if sample is None:
        return
    texts = list(_texts(expected, sample))
    free = {part for is_paid, _, text in texts if not is_paid for part in _parts(text)}
    paid = {
        part: place for is_paid, place, text in texts if is_paid for part in _parts(text) - free
    }
    told: set[Place] = set()
    for where, text in file:
        for part in sorted(_parts(text) & paid.keys()):
            if paid[part] not in told:
                told.add(paid[part])
                yield PAID.finding(f'"{part}" of a paid text is in {where}', paid[part])


@book_check(NUMBER)
def numbers_are_the_books(pdf: PypdfView, expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for each page label or link that has another number than the whole book.

    The numbers of sections that follow one of unknown length are held to rise.
    """
    if expected.edition.sample is None:
        return
    known = _counted(pdf, expected)
    before = 0
    for section, pages in section_pages(pdf, expected):
        number = known.get(section.id)
        for page in pages if not section.roman else ():
            label = int(pdf.labels[page - 1]) if pdf.labels[page - 1].isdigit() else 0
            if label <= before or (number is not None and label != number + page - pages.start):
                yield NUMBER.on_page(page, f'the label is "{label}"')
            before = label
    yield from _wrong_numbers(pdf, expected, known)


def _wrong_numbers(
    pdf: PypdfView, expected: ExpectedBook, known: Mapping[str, int]
) -> Iterator[Finding]:
    """Yield a finding for each link to the shop that names a term and another number than its."""
    terms = [section for section in expected.book_sections if section.term]
    named = {section.title: known.get(section.id) for section in terms}
    for link in whole_links(pdf, expected):
        if link.uri != expected.buy:
            continue
        printed = printed_number(link.words, expected.reference)
        wanted = named.get(link.words.removesuffix(f" {printed}") if printed else link.words)
        if wanted is not None and printed != str(wanted):
            yield NUMBER.on_page(link.page, f'"{link.words}" should say {wanted}')


def _counted(pdf: PypdfView, expected: ExpectedBook) -> dict[str, int]:
    """Return the number of each section's page in the book, as far as counting leads."""
    lengths = {section.id: len(pages) for section, pages in section_pages(pdf, expected)}
    numbers: dict[str, int] = {}
    number = 1
    for section in expected.book_sections:
        if section.roman:
            continue
        numbers[section.id] = number
        if not section.shown and not (section.term and expected.edition.pages_per_term == 1):
            break
        number += lengths.get(section.id, 1)
    return numbers


def _texts(expected: ExpectedBook, sample: Sample) -> Iterator[tuple[bool, Place, str]]:
    """Yield each text and drawing of the manuscript: whether it is paid, its place, its words."""
    glossary = expected.glossary
    hidden = {section.kind for section in expected.book_sections if not section.shown}
    sides = {side.location for term in expected.terms for side in sides_of(glossary, term)}
    for key, location, text in glossary.texts():
        if key in glossary.by_slug:
            paid = key not in sample.terms and not _is_advertised(location)
        elif key == "pairs.yaml":
            paid = "pairs" in hidden and location not in sides
        else:
            paid = location[0] == "matter" and location[1] in hidden | {"facts_checked"}
        yield paid, glossary.place(key, location), text
    for term in glossary.terms:
        words = drawing_words(term.picture_file, glossary.pictures.drawings.get(term.slug, ""))
        yield term.slug not in sample.terms, Place(term.picture_file), words


def _is_advertised(location: FieldPath) -> bool:
    """Tell whether a field of a term is printed outside its page too."""
    return TERM_FIELDS[str(location[0])].free or (
        location[0] == "also_covers" and "words" in location
    )


def _parts(text: str) -> set[str]:
    """Return the runs of letters of a text, each as long as a few words."""
    letters = squash(without_references(text))
    return {letters[at : at + LETTERS] for at in range(len(letters) - LETTERS + 1)}
