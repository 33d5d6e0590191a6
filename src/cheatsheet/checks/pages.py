"""The pages: how many, how large, how they are labelled."""

from collections.abc import Iterator

from cheatsheet.book import to_roman
from cheatsheet.checks.asked import Asked
from cheatsheet.checks.reading import Reading
from cheatsheet.findings import Finding, Place, error

MM_PER_PT = 25.4 / 72
TOLERANCE_MM = 0.1

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
LABEL = error(
    "pages-label",
    "A page's label is not the number printed on it.",
    "the front matter counts i, ii, iii, and the book begins again at 1",
)


def count_pages(pdf: Reading, asked: Asked) -> Iterator[Finding]:
    """Yield a finding if the number of pages is not the expected one."""
    if pdf.pages != asked.edition.pages:
        yield COUNT.finding(f"{pdf.pages} pages, and book.yaml asks for {asked.edition.pages}")


def sizes_are_right(pdf: Reading, asked: Asked) -> Iterator[Finding]:
    """Yield a finding for each page that is not as large as it should be."""
    wanted = asked.edition.page_size
    for number, (width, height) in enumerate(pdf.sizes, 1):
        size = width * MM_PER_PT, height * MM_PER_PT
        if max(abs(size[0] - wanted.width), abs(size[1] - wanted.height)) > TOLERANCE_MM:
            message = f"{size[0]:.1f} x {size[1]:.1f} mm, and book.yaml asks for "
            yield SIZE.finding(
                f"{message}{wanted.width:g} x {wanted.height:g} mm", Place(page=number)
            )


def labels_count(pdf: Reading, asked: Asked) -> Iterator[Finding]:
    """Yield a finding for each page whose label is not the next: i, ii ... 1, 2 ...

    A sample leaves pages out; see the check of its numbers.
    """
    if asked.edition.sample:
        return
    first = next((section.id for section in asked.sections if not section.roman), "")
    start = pdf.destinations.get(first)
    front = start.page - 1 if start else 0
    for number, label in enumerate(pdf.labels, 1):
        expected = to_roman(number) if number <= front else str(number - front)
        if label != expected:
            message = f'the label is "{label}", and should be "{expected}"'
            yield LABEL.finding(message, Place(page=number))


CHECKS = (count_pages, sizes_are_right, labels_count)
