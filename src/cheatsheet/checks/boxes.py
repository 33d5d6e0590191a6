"""The boxes of the pages: what is shown, what is cut off, and how far colour reaches past the cut.

ISO 32000-1, 14.11.2, has what they are.
"""

from collections.abc import Iterator
from functools import partial
from itertools import zip_longest

from pypdf.generic import DictionaryObject

from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.checks.pages import MM_PER_PT, TOLERANCE_MM
from cheatsheet.checks.report import book_check, general_check
from cheatsheet.findings import Finding, error
from cheatsheet.reader.objects import listed
from cheatsheet.reader.pypdf_view import PypdfView

TOLERANCE_PT = 1.0
BOXES = ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox")

BOX = error(
    "pages-box",
    "A page's crop, trim, bleed or art box reaches past the page, cuts some off, or has no bleed.",
    "a book's pages are shown whole; for a print shop, `bleed` in the styles is at least that of"
    " `page_size` in content/book.yaml",
)


@general_check(BOX)
def boxes_are_on_the_page(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each box of a page that is not within it."""
    for number, page in enumerate(pdf.page_objects, 1):
        for name in BOXES:
            if _depth(page, name, "/MediaBox") < -TOLERANCE_PT:
                yield BOX.on_page(number, f"its {name.removeprefix('/')} reaches past the page")


@book_check(BOX)
def boxes_are_as_asked(pdf: PypdfView, expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for each page that is not shown whole, or has too little bleed to be cut."""
    bleed = expected.edition.page_size.bleed
    for number, page in enumerate(pdf.page_objects, 1):
        if not bleed:
            for name in filter(partial(_is_cut_off, page), BOXES):
                yield BOX.on_page(number, f"its {name.removeprefix('/')} is not the page")
        elif _depth(page, "/TrimBox", "/BleedBox") * MM_PER_PT < bleed - TOLERANCE_MM:
            yield BOX.on_page(number, f"less than {bleed:g} mm of bleed around its TrimBox")


def _is_cut_off(page: DictionaryObject, name: str) -> bool:
    """Tell whether a box is within a page and leaves some of it out."""
    edges = zip_longest(_box(page, name), _box(page, "/MediaBox"), fillvalue=0.0)
    differs = any(abs(one - other) > TOLERANCE_PT for one, other in edges)
    return differs and _depth(page, name, "/MediaBox") >= -TOLERANCE_PT


def _depth(page: DictionaryObject, inner: str, outer: str) -> float:
    """Return how far within one of a page's boxes another is, in pt; below 0 if it reaches out."""
    inside, around = _box(page, inner), _box(page, outer)
    lower = (own - other for own, other in zip(inside[:2], around[:2], strict=False))
    upper = (other - own for own, other in zip(inside[2:], around[2:], strict=False))
    return min([*lower, *upper], default=0.0)


def _box(page: DictionaryObject, name: str) -> list[float]:
    """Return a box: left, bottom, right, top in pt; one that a page does not have is the page."""
    return [float(edge) for edge in listed(page.get(name, page.get("/MediaBox")))]
