"""Laid-out sections → one PDF: outline, page labels, and links that say where they lead."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cheatsheet.findings import Finding, error
from cheatsheet.pdf.engine import collect_log, pydyf
from cheatsheet.pdf.typesetter import LaidOut

BINDING = error(
    "bind-log",
    "The renderer complained while writing the PDF.",
    "the message says what it ignored or did not find",
)


@dataclass(frozen=True)
class Binding:
    """A PDF file's bytes, and what went wrong while they were written."""

    pdf: bytes
    findings: tuple[Finding, ...]


def bind_pages(sections: Sequence[LaidOut], labels: Sequence[tuple[int, bool, int]]) -> Binding:
    """Join sections to one tagged PDF (PDF/UA-1).

    `labels` are runs of page numbers: (0-based first page, whether Roman, first number).
    Metadata is the first section's.
    """
    pages = [page for section in sections for page in section.document.pages]
    document = sections[0].document.copy(pages)

    def finish(document: Any, pdf: Any) -> None:
        _label_pages(pdf, labels)
        _describe_links(document.pages)
        pdf.catalog["PageMode"] = "/UseOutlines"

    with collect_log() as messages:
        written = document.write_pdf(pdf_variant="pdf/ua-1", finisher=finish)
    return Binding(written, tuple(BINDING.finding(message) for message in messages))


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
