"""The pages: how many, how large, how they are labelled."""

import re
from collections.abc import Container, Iterator

from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.checks.finished import section_pages
from cheatsheet.checks.report import book_check, general_check
from cheatsheet.findings import Finding, error, warning
from cheatsheet.findings.complaints import SEVERAL, together
from cheatsheet.model.sections import to_roman
from cheatsheet.reader.objects import content_of
from cheatsheet.reader.pypdf_view import PypdfView
from cheatsheet.reader.words import squash

MM_PER_PT = 25.4 / 72
TOLERANCE_MM = 0.1
INVISIBLE = re.compile(rb"(?<![\d.])[37]\s+Tr\b")
# What is no number of a drawing (ISO 32000-1, 7.3.3): nan, inf, 1e99, 1,5, or one too large.
NO_NUMBER = re.compile(
    rb"[\s\[]([+-]?(?:[niuNIU](?:an|aN|AN|nf|NF|one|ull|ndef)|\d[\d.]*[eE,#]|\d{11})[^\s\]]*)"
)
STRINGS = re.compile(
    rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)|%[^\r\n]*|ID\s.*?\sEI\b", re.DOTALL
)
MARGIN = 0.1  # of a page's height, at its foot and at its head, where its number stands
FEW_LETTERS = 40  # on a page, its number and the way back among them
COARSE = 150  # pixels an inch
SHOWN = 20  # characters of what is no number
PAGE_NUMBER = re.compile(r"\d+|[ivxlcdm]+")
UNNUMBERED = {"cover", "offer"}  # kinds of sections whose pages print no number

COUNT = error(
    "pages-count",
    "The PDF does not have the number of pages that book.yaml asks for.",
    "look for what grew or shrank, then change `pages` in content/book.yaml if it is wanted",
)
SIZE = error(
    "pages-size",
    "A page does not have the size that book.yaml asks for.",
    "make `size` in styles/page.css and `page_size` in content/book.yaml say the same",
)
TURNED = error(
    "pages-turned",
    "A page is shown turned, or in another unit than the others.",
    "leave out /Rotate and /UserUnit",
)
LABEL = error(
    "pages-label",
    "A page's label is not the number printed on it.",
    "the front matter counts i, ii, iii, and the book begins again at 1",
)
FOLIO = error(
    "pages-folio",
    "A page does not print its number, which is its label, at its foot or its head.",
    "look at `counter(page)` in styles/page.css: the front matter has lower-roman numbers",
)
NUMBER = error(
    "pages-number",
    "A page is drawn with something that is no number, or one too large, where one must be.",
    "look for a size, a scale or a division that has no end, in a drawing or in the styles",
)
TWICE = error(
    "pages-twice",
    "A page stands in the file twice.",
    "build it again; each page is written once",
)
EMPTY = warning(
    "pages-empty",
    "A page has no words.",
    "look at it; a scanned page cannot be searched or read aloud",
)
SPARSE = warning(
    "pages-sparse",
    "A page of the book has next to nothing on it.",
    "let a text be a line shorter, or the styles a little tighter, so that it ends a page earlier",
)
HIDDEN = error(
    "pages-hidden",
    "A page has text that cannot be seen.",
    "show it or delete it; what is found by a search must stand on the page",
)
PICTURE = warning(
    "pages-picture",
    f"A picture has fewer than {COARSE} pixels an inch.",
    "use a larger picture, or print it smaller; drawings are best as SVG",
)


@general_check(TWICE)
def no_page_is_there_twice(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each page whose object or content is an earlier page's."""
    seen: dict[int, int] = {}
    for number, reference in enumerate(pdf.page_references, 1):
        first = seen.setdefault(reference or -number, number)
        if first != number:
            yield TWICE.on_page(number, f"it is page {first} again")


@general_check(EMPTY)
def pages_have_words(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each page without a word."""
    for number in range(1, pdf.pages + 1):
        if not pdf.text(number).strip():
            yield EMPTY.on_page(number, "the page has no words")


@general_check(PICTURE)
def pictures_are_fine(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each page's coarsest picture, if it is too coarse to print."""
    for number in range(1, pdf.pages + 1 if pdf.has_pictures else 1):
        coarsest = min(pdf.rendering.resolutions(number), default=COARSE)
        if coarsest < COARSE:
            yield PICTURE.on_page(number, f"a picture has {coarsest:.0f} pixels an inch")


@general_check(NUMBER)
def drawings_have_numbers(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each page, and for the forms, with what is no number in a drawing.

    Texts, comments and pictures in a content stream are not looked at.
    """
    for number, page in enumerate(pdf.page_objects, 1):
        wrong = _no_number(content_of(page))
        if wrong:
            yield NUMBER.on_page(number, f"`{wrong}` is no number to draw with")
    for form in pdf.forms:
        wrong = _no_number(form)
        if wrong:
            yield NUMBER.finding(f"`{wrong}` is no number to draw with, in a form")
            return


def _no_number(content: bytes) -> str | None:
    """Return the first word in a content stream that is no number and should be one."""
    if not NO_NUMBER.search(content):
        return None
    found = NO_NUMBER.search(STRINGS.sub(b" ", content))
    return found[1][:SHOWN].decode("latin-1") if found else None


@book_check(COUNT)
def count_pages(pdf: PypdfView, expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding if the number of pages is not the expected one."""
    if expected.edition.pages and pdf.pages != expected.edition.pages:
        yield COUNT.finding(f"{pdf.pages} pages, and book.yaml asks for {expected.edition.pages}")


@book_check(SIZE)
def sizes_are_right(pdf: PypdfView, expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for each page that is not as large as it should be."""
    wanted = expected.edition.page_size
    for number, size in enumerate(pdf.sizes, 1):
        width, height = (length * MM_PER_PT for length in size)
        off = abs(height - wanted.height)
        off = max(height - wanted.longest, 0) if wanted.longest else off
        if max(abs(width - wanted.width), off) > TOLERANCE_MM:
            upto = f" to {wanted.longest:g}" if wanted.longest else ""
            message = f"{width:.1f} x {height:.1f} mm, and book.yaml asks for "
            message += f"{wanted.width:g} x {wanted.height:g}{upto} mm"
            yield SIZE.on_page(number, message)


@book_check(TURNED)
def pages_are_upright(pdf: PypdfView, _: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for each page that is turned or scaled (ISO 32000-1, table 30)."""
    for number, page in enumerate(pdf.page_objects, 1):
        if page.get("/Rotate", 0) % 360 or page.get("/UserUnit", 1) != 1:
            message = f"turned by {page.get('/Rotate', 0)} degrees, scaled by "
            yield TURNED.on_page(number, f"{message}{page.get('/UserUnit', 1)}")


@book_check(SPARSE)
def pages_are_worth_turning(pdf: PypdfView, expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for each page with a line or two: what ran over from the page before."""
    covers = _pages_of({"cover"}, pdf, expected)
    for number in range(1, pdf.pages + 1):
        letters = len(squash(pdf.text(number)))
        if 0 < letters < FEW_LETTERS and number not in covers:
            yield SPARSE.on_page(number, f"it has {letters} letters")


@book_check(HIDDEN)
def no_text_is_hidden(pdf: PypdfView, _: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for each page with text in rendering mode 3 or 7 (ISO 32000-1, 9.3.6)."""
    for number, page in enumerate(pdf.page_objects, 1):
        if INVISIBLE.search(content_of(page)):
            yield HIDDEN.on_page(number, "a text is drawn invisibly")


@book_check(LABEL)
def labels_count(pdf: PypdfView, expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for each page whose label is not the next: i, ii ... 1, 2 ...

    A sample leaves pages out; see the check of its numbers.
    """
    if expected.edition.sample:
        return
    first = next((section.id for section in expected.sections if not section.roman), "")
    start = pdf.destinations.get(first)
    front = start.page - 1 if start else 0
    for number, label in enumerate(pdf.labels, 1):
        wanted = to_roman(number) if number <= front else str(number - front)
        if label != wanted:
            yield LABEL.on_page(number, f'the label is "{label}", and should be "{wanted}"')


@book_check(FOLIO)
def numbers_are_printed(pdf: PypdfView, expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for each page that does not print its label in a margin, but should."""
    unnumbered, found = _pages_of(UNNUMBERED, pdf, expected), list[Finding]()
    for number, label in enumerate(pdf.labels, 1):
        if number in unnumbered:
            continue
        words = _words_in_margins(pdf, number)
        if label not in words and not _stands_alone(pdf, number, label):
            others = sorted(word for word in words if PAGE_NUMBER.fullmatch(word))
            said = f'it is page "{label}", and prints {", ".join(others)}' if others else ""
            found.append(FOLIO.on_page(number, said or "it prints no number"))
    is_hidden = len(found) == pdf.pages - len(unnumbered) >= SEVERAL
    yield from together(found) if is_hidden else found


def _pages_of(kinds: Container[str], pdf: PypdfView, expected: ExpectedBook) -> set[int]:
    """Return the pages of some kinds of sections."""
    return {page for s, pages in section_pages(pdf, expected) if s.kind in kinds for page in pages}


def _stands_alone(pdf: PypdfView, page: int, label: str) -> bool:
    """Tell whether a label is drawn by itself at a page's foot or head, in the midst of a line."""
    height = pdf.sizes[page - 1][1]
    return any(
        _plain(pdf.rendering.words_in(page, run.box)) == label
        for run in pdf.rendering.runs(page)
        if run.box[3] <= height * MARGIN or run.box[1] >= height * (1 - MARGIN)
    )


def _words_in_margins(pdf: PypdfView, page: int) -> set[str]:
    """Return the first and last word of each line at a page's foot and head, and the line as one.

    Signs around a number, zeros before it, capitals and wide spaces in it say nothing.
    """
    width, height = pdf.sizes[page - 1]
    bands = ((0.0, height * MARGIN), (height * (1 - MARGIN), height))
    texts = (pdf.rendering.text_in(page, (0.0, low, width, high)) for low, high in bands)
    lines = [line for text in texts for line in text.splitlines()]
    words = [list(filter(None, map(_plain, line.split()))) for line in lines]
    return {line[at] for line in words if line for at in (0, -1)} | set(map(_plain, lines))


def _plain(words: str) -> str:
    """Return the letters and digits of words, and no zeros before them."""
    return squash(words).lstrip("0")
