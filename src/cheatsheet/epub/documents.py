"""Sections → XHTML files: the book's templates in the EPUB's frame, with pages and pictures."""

import re
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from lxml import etree, html

from cheatsheet.book.html import HtmlRenderer
from cheatsheet.book.illustrations import night_colours
from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.drawings import label_fonts, screen_drawing
from cheatsheet.epub.pages import first_links, print_labels
from cheatsheet.layout.pagination import Pagination, Paginator
from cheatsheet.model.glossary import Term
from cheatsheet.model.labels import put
from cheatsheet.model.sections import Section, number_pages

PAPER_ONLY = (
    *("tab", "offer-code", "tile", "offer-address", "offer-tiles", "closing-tiles"),
    *("category-drawing", "page-link-folio", "reference-page"),
)
"""Classes of what is on paper alone: thumb tabs, codes to scan, ornaments, numbers of pages."""
BLOCKS = {"p", "li", "tr", "dt", "dd"}
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
DATA = re.compile(r"^data:image/svg\+xml;base64,")
INTERNAL = re.compile(r"^#(.*)")

Files = dict[str, bytes]
Keep = Callable[..., bytes]
"""Returns what a function makes, once for the same other arguments."""


def make_documents(
    expected: ExpectedBook,
    paginator: Paginator,
    pagination: Pagination,
    tokens: Mapping[str, str],
    keep: Keep,
) -> Files:
    """Return the files of the sections that an edition shows, and of their pictures, by path.

    `paginator` and `pagination` are the print edition's; `keep` remembers drawings. Raises
    RenderError.
    """
    sections, sample = expected.book_sections, expected.edition.sample
    numbers = number_pages(sections, pagination.counts)
    renderer = HtmlRenderer(expected.glossary, sections, tokens, sample, ("epub", "book"))
    files: Files = {}
    pictures: Files = {}
    for section in expected.sections:
        page = html.document_fromstring(renderer.render(section, numbers))
        links = list(page.iter("a"))
        for link in links:
            link.set("href", INTERNAL.sub(r"\1.xhtml", link.get("href")))
        _leave_paper(page)
        for label, link in _page_starts(paginator, pagination, section):
            _mark(page, links, label, link, expected.glossary.labels.epub.page)
        if section.term:
            pictures |= _take_picture(page, expected, section.term, tokens, keep)
        document = etree.tostring(page, encoding="UTF-8", xml_declaration=False)
        files[f"{section.id}.xhtml"] = HEAD + document
    return files | pictures


def _leave_paper(page: Any) -> None:
    """Take out what is on paper alone; a tile that is a link has its term's name instead."""
    for row in page.find_class("tiles"):
        for link in row:
            link.text, link.tail = link.attrib.pop("data-name"), ", "
            link.attrib.pop("class")
        if len(row):
            row[-1].tail = None
    for name in PAPER_ONLY:
        for element in page.find_class(name):
            element.drop_tree()
    for link in page.iter("a"):  # a number and its space were in it
        link.text = (link.text or "").strip()


def _page_starts(
    paginator: Paginator, pagination: Pagination, section: Section
) -> Iterator[tuple[str, int]]:
    """Yield each page of a section in print: its label, and the number of its first link."""
    labels = print_labels(pagination, section)
    if labels[1:]:
        printed = html.document_fromstring(paginator.html(section, pagination.numbers))
        targets = [link.get("href") for link in printed.iter("a")]
        frames = pagination.files[section.id].frames
        yield from zip(labels, first_links(targets, frames), strict=True)
    else:
        yield from ((label, 0) for label in labels)


def _mark(page: Any, links: list[Any], label: str, first: int, words: str) -> None:
    """Mark where a page begins in print: in the block of its first link (doc-pagebreak).

    `words` is the label that says so.
    """
    mark = etree.Element("span", id=f"page-{label}", role="doc-pagebreak")
    mark.set("class", "page-break")
    mark.set("aria-label", put(words, page=label))
    place = _block(links[min(first, len(links) - 1)]) if first else page.find("body")
    mark.text, mark.tail, place.text = label, place.text, None
    place.insert(0, mark)


def _block(link: Any) -> Any:
    """Return the block that a link stands in, or the heading right before it."""
    block = next(above for above in link.iterancestors() if above.tag in BLOCKS)
    first = block
    while first.getprevious() is None:
        first = first.getparent()
    if first.getprevious().tag == "h2":
        return first.getprevious()
    return block[0] if block.tag == "tr" else block


def _take_picture(
    page: Any, expected: ExpectedBook, term: Term, tokens: Mapping[str, str], keep: Keep
) -> Files:
    """Put a term's drawing into a file of its own, and return that; nothing if it has none."""
    image = page.find(".//img[@src]")
    if image is None or not DATA.match(image.get("src")):
        return {}
    pictures, name = expected.glossary.pictures, f"pictures/{term.slug}.svg"
    coloured = b64decode(DATA.sub("", image.get("src"))).decode()
    image.set("src", name)
    night = night_colours(tokens, term.category)

    def draw() -> bytes:
        fonts = label_fonts(*pictures.faces.items())
        return screen_drawing(coloured, night, fonts).encode()

    return {name: keep(draw, coloured, night)}
