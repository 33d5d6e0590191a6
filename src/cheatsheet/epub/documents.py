"""Sections → XHTML files: the book's templates in the EPUB's frame, with pages and pictures."""

import re
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree, html

from cheatsheet.book import number_pages
from cheatsheet.checks import Asked
from cheatsheet.checks.words import squash
from cheatsheet.glossary import Term
from cheatsheet.html import HtmlRenderer
from cheatsheet.picture import book_colours, label_fonts, row_cut, screen_drawing
from cheatsheet.printed import Printed
from cheatsheet.stylesheets import resolve_token

PAPER_ONLY = ("tab", "qr", "map-curves", "offer-address")
"""Classes of what is on paper alone: thumb tabs, codes to scan, curves between two columns."""
BLOCKS = ("p", "h2", "li", "tr", "dt")

FEW_LETTERS = 4  # what is shorter may stand anywhere
COLOURS = ("white", "black", "dimgray", "silver", "royalblue", "lavender")
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
WITH_PIXELS = re.compile(r"^data:image/svg\+xml;base64,")

Files = dict[str, bytes]


def make_documents(asked: Asked, printed: Printed, tokens: Mapping[str, str]) -> Files:
    """Return the files of the sections that an edition shows, and of their pictures, by path."""
    sections, sample = asked.book_sections, asked.edition.sample
    numbers = number_pages(sections, printed.counts)
    renderer = HtmlRenderer(asked.glossary, sections, tokens, sample, ("epub", "book"))
    files: Files = {}
    pictures: Files = {}
    for section in asked.sections:
        page = html.document_fromstring(renderer.render(section, numbers))
        _leave_paper(page)
        for link in page.iterfind(".//a[@href]"):
            link.set("href", re.sub(r"^#(.*)", r"\1.xhtml", link.get("href")))
        _mark_pages(page, printed.pages.get(section.id, ()))
        if section.term:
            pictures |= _take_picture(page, asked, section.term, tokens)
        files[f"{section.id}.xhtml"] = HEAD + etree.tostring(
            page, encoding="UTF-8", xml_declaration=False
        )
    return files | pictures


def _leave_paper(page: Any) -> None:
    """Take out what is on paper alone."""
    for name in PAPER_ONLY:
        for element in page.find_class(name):
            element.drop_tree()


def _mark_pages(page: Any, pages: Sequence[tuple[str, str]]) -> None:
    """Mark where the second and each further page of a section begins in print (doc-pagebreak)."""
    places = list(_page_starts(page, [text for _, text in pages]))
    for (label, _), place in zip(pages[1:], places, strict=True):
        mark = etree.Element("span", id=f"page-{label}", role="doc-pagebreak")
        mark.set("class", "page-break")
        mark.set("aria-label", f"Page {label}")
        mark.text, mark.tail, place.text = label, place.text, None
        place.insert(0, mark)


def _page_starts(page: Any, texts: Sequence[str]) -> Iterator[Any]:
    """Yield for each page but the first the block in which it begins.

    The blocks are looked for one after the other in the words of the pages.
    """
    words = [squash(text) for text in texts]
    ends = [sum(map(len, words[: n + 1])) for n in range(len(words))]
    whole, at, number, block = "".join(words), 0, 1, page
    for block in page.iter(*BLOCKS) if len(texts) > 1 else ():
        above = block.getparent()
        on_each_page = above.tag == "thead" or above.get("class") == "page-head"
        letters = "" if on_each_page else squash(block.text_content())
        found = whole.find(letters, at) if len(letters) >= FEW_LETTERS else -1
        while found >= 0 and number < len(texts) and found >= ends[number - 1]:
            yield _first_cell(block)
            number += 1
        at = found + len(letters) if found >= 0 else at
    for _ in range(number, len(texts)):
        yield _first_cell(block)


def _first_cell(block: Any) -> Any:
    """Return the element of a block that may have words."""
    return block[0] if block.tag == "tr" else block


def _take_picture(page: Any, asked: Asked, term: Term, tokens: Mapping[str, str]) -> Files:
    """Put a term's drawing into a file of its own, and return that; nothing if it has none."""
    image = page.find(".//img[@src]")
    if image is None or not WITH_PIXELS.match(image.get("src")):
        return {}
    pictures, name = asked.glossary.pictures, f"pictures/{term.slug}.svg"
    fonts = label_fonts(*pictures.faces.items())
    cut = row_cut(term.picture_file, pictures.drawings[term.slug], fonts) if fonts else None
    coloured = b64decode(WITH_PIXELS.sub("", image.get("src"))).decode()
    image.set("src", name)
    night = tuple(_night(tokens, term.category))
    return {name: screen_drawing(coloured, night, fonts, cut).encode()}


def _night(tokens: Mapping[str, str], category: str) -> Iterator[tuple[str, str]]:
    """Yield the colours of a category's drawings by day and on a dark page, the paper's first."""
    tab = resolve_token("tab", tokens, category)
    day = book_colours(tokens, category)
    for name in COLOURS:
        yield day[name], tokens.get(f"--night-{name}", day[name]).replace("var(--tab)", tab)
