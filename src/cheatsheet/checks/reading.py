"""How the tags of the book lead through it: page by page, and in the words that stand there."""

from collections.abc import Iterator
from typing import Any

from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.checks.report import book_check
from cheatsheet.findings import Finding, error
from cheatsheet.reader.objects import listed, mapping, resolved
from cheatsheet.reader.pypdf_view import PypdfView
from cheatsheet.reader.structure import read_owners

ORDER = error(
    "tags-order",
    "The tags lead to the pages in another order than they have.",
    "build it again; who hears the book hears its pages in this order",
)
OWNER = error(
    "tags-owner",
    "The tag that has a piece of a page in it is not the one that the piece leads back to.",
    "build it again; a reader that begins at the piece finds another tag, or none",
)
SPOKEN = error(
    "tags-spoken",
    "A tag gives other words to who hears the book than stand on the page.",
    "build it again; pictures and formulas alone have words in their place",
)
IN_ITS_PLACE = ("/Alt", "/ActualText", "/E")  # words that are heard (ISO 32000-1, 14.9.3 to .5)
DESCRIBED = {"Figure", "Formula"}


@book_check(ORDER)
def pages_come_in_turn(pdf: PypdfView, _: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for the first page that the tags come to after a later one."""
    numbers = {reference: number for number, reference in enumerate(pdf.page_references, 1)}
    last = 0
    for page in (numbers.get(page, last) for tag in pdf.tags for page, _ in tag.contents):
        if page < last:
            yield ORDER.on_page(page, f"it is read after page {pdf.labels[last - 1]}")
            return
        last = page


@book_check(OWNER)
def contents_lead_back(pdf: PypdfView, _: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for each page with a piece or a link that leads back to another tag."""
    owners = read_owners(mapping(pdf.catalog.get("/StructTreeRoot")))
    pages = dict(zip(pdf.page_references, enumerate(pdf.page_objects, 1), strict=False))
    wrong = set[int]()
    for tag in pdf.tags:
        for reference, content in tag.contents:
            number, page = pages.get(reference, (0, None))
            if page is not None and _owner(owners, page, content) is not tag.node:
                wrong.add(number)
    for number in sorted(wrong):
        yield OWNER.on_page(number, "a piece of it leads back to another tag, or to none")


def _owner(owners: dict[Any, Any], page: Any, content: Any) -> Any:
    """Return the element that a page's content, or an object, leads back to (14.7.4.4); or None."""
    if not isinstance(content, int):
        return resolved(owners.get(mapping(content).get("/StructParent")))
    found = listed(owners.get(page.get("/StructParents")))
    return resolved(found[content]) if 0 <= content < len(found) else None


@book_check(SPOKEN)
def words_are_heard(pdf: PypdfView, _: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for each kind of tag with words in the place of those on the page."""
    tags = [tag for tag in pdf.tags if tag.role not in DESCRIBED]
    kinds = {tag.kind: key for tag in tags for key in IN_ITS_PLACE if key in tag.node}
    for kind, key in sorted(kinds.items()):
        yield SPOKEN.finding(f"a {kind} has words of its own ({key})")
