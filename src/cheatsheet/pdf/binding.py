"""Laid-out sections → one PDF: outline, page labels, and links that say where they lead."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cheatsheet.findings import NOWHERE, Finding, error
from cheatsheet.pdf.engine import collect_log, pydyf
from cheatsheet.pdf.styles import POSITION, style_finding
from cheatsheet.pdf.typesetter import LaidOut
from cheatsheet.stylesheets import StyleFile

BINDING = error(
    "bind-log",
    "The renderer complained while writing the PDF.",
    "the message says what it ignored or did not find",
)
GLYPH = error(
    "bind-glyph",
    "A character is in none of the book's fonts.",
    "write it another way, or declare a font that has it in styles/fonts.css",
)
MISSING_GLYPH = re.compile(r'\.notdef glyph .*: (?P<character>"(.)" \(U\+[0-9A-F]+\))', re.DOTALL)


@dataclass(frozen=True)
class Binding:
    """A PDF file's bytes, and what went wrong while they were written."""

    pdf: bytes
    findings: tuple[Finding, ...]


def bind_pages(
    sections: Sequence[LaidOut],
    labels: Sequence[tuple[int, bool, int]],
    styles: list[StyleFile],
) -> Binding:
    """Join sections to one tagged PDF (PDF/UA-1).

    `labels` are runs of page numbers: (0-based first page, whether Roman, first number).
    Metadata is the first section's. `styles` are for saying where a complaint belongs.
    """
    pages = [page for section in sections for page in section.document.pages]
    document = sections[0].document.copy(pages)

    def finish(document: Any, pdf: Any) -> None:
        _label_pages(pdf, labels)
        _describe_links(document.pages)
        pdf.catalog["PageMode"] = "/UseOutlines"

    with collect_log() as messages:
        written = document.write_pdf(pdf_variant="pdf/ua-1", finisher=finish)
    return Binding(written, tuple(_finding(message, sections, styles) for message in messages))


def _finding(message: str, sections: Sequence[LaidOut], styles: list[StyleFile]) -> Finding:
    """Return a complaint of the renderer's, with the section that has the character it misses."""
    missing = MISSING_GLYPH.search(message)
    if missing is None and POSITION.search(message):
        return style_finding(message, styles)
    if missing is None:
        return BINDING.finding(message)
    places = (section.place for section in sections if missing[2] in section.characters)
    return GLYPH.finding(f"no font has {missing['character']}", next(places, NOWHERE))


def _label_pages(pdf: Any, labels: Sequence[tuple[int, bool, int]]) -> None:
    """Add the page labels (ISO 32000-1, 12.4.2) that viewers show in place of page counts."""
    numbers = pydyf.Array()
    for first, roman, start in labels:
        style = "/r" if roman else "/D"
        numbers.extend([first, pydyf.Dictionary({"S": style, "St": start})])
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": numbers})


def _describe_links(pages: Sequence[Any]) -> None:
    """Give each link words for who cannot see it; WeasyPrint writes the raw target.

    ISO 14289-1 (PDF/UA), 7.18.5: links have an alternate description in /Contents.
    """
    for page in pages:
        for _, target, _, box in page.links:
            if box.link_annotation:
                words = box.element.get("title") or target
                box.link_annotation["Contents"] = pydyf.String(words)
