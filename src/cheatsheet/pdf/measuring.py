"""Measures the boxes of a page that was laid out: how far text and pictures reach."""

from collections.abc import Iterable, Iterator
from typing import Any

from cheatsheet.findings import Finding
from cheatsheet.pdf.engine import boxes, page_box
from cheatsheet.pdf.rules import OFF_PAGE


def off_page(pages: Iterable[Any]) -> Iterator[Finding]:
    """Yield a finding for the first text of each page that reaches past the paper's edge."""
    for page in pages:
        for box in text_boxes(page_box(page)):
            if box.position_x < 0 or box.position_x + box.width > page.width:
                yield OFF_PAGE.finding(f'"{box.text[:40]}" is cut at the paper\'s edge')
                break


def text_height(box: Any) -> float:
    """Return how far text and pictures reach below the top of the page area, in CSS px.

    Overflow is not logged by WeasyPrint: the boxes have to be asked.
    """
    content = (child for child in box.children if not isinstance(child, boxes.MarginBox))
    bottoms = [bottom for child in content for bottom in _bottoms(child)]
    return float(max(bottoms, default=box.content_box_y()) - box.content_box_y())


def _bottoms(box: Any) -> Iterator[float]:
    """Yield the lower edges of a box's lines and pictures, in CSS px from the page's top."""
    if isinstance(box, boxes.LineBox | boxes.ReplacedBox):
        yield box.position_y + box.height
    for child in box.all_children():
        yield from _bottoms(child)


def overhang(box: Any) -> float:
    """Return how far text reaches below the boxes of fixed height that it is in, in CSS px."""
    inner: float = max((overhang(child) for child in box.all_children()), default=0.0)
    if not isinstance(box, boxes.BlockBox) or box.style["height"] == "auto":
        return inner
    lowest = max(_bottoms(box), default=0.0)
    return max(inner, float(lowest - box.content_box_y() - box.height))


def is_italic(box: Any) -> bool:
    """Tell whether a text's letters lean."""
    slant: str = box.style["font_style"]
    return slant in {"italic", "oblique"}


def text_boxes(box: Any) -> Iterator[Any]:
    """Yield the boxes of text in a box."""
    if isinstance(box, boxes.TextBox):
        yield box
    for child in box.all_children():
        yield from text_boxes(child)
