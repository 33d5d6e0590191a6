"""Laid-out pages → what a designer lays over them: margins, baseline grid, links. All in pt."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cheatsheet.pdf.engine import boxes
from cheatsheet.pdf.typesetter import LaidOut

PT_PER_PX = 0.75  # CSS Values 4, 6.2

Area = tuple[float, float, float, float]
"""Left, top, width and height in pt from the page's upper left corner."""


@dataclass(frozen=True)
class Frame:
    """What lies behind a page.

    `area` is the page area inside the margins. The baseline grid is that of the page's commonest
    line: `grid_start` is where the first such line stands, `grid_step` the distance of the lines
    (0 where a page has no text). `links` are the targets (`#anchor` or an address) and rectangles.
    """

    width: float
    height: float
    area: Area
    grid_start: float
    grid_step: float
    links: tuple[tuple[str, Area], ...]


def page_frames(laid_out: LaidOut) -> tuple[Frame, ...]:
    """Return the frame of each of a section's pages."""
    return tuple(_frame(page) for page in laid_out.document.pages)


def _frame(page: Any) -> Frame:
    """Return a page's frame."""
    box = page._page_box  # noqa: SLF001 - no public way
    start, step = _grid(box)
    area = _points(box.content_box_x(), box.content_box_y(), box.width, box.height)
    links = tuple(
        (f"#{target}" if kind == "internal" else target, _points(*_corner_and_size(rectangle)))
        for kind, target, rectangle, _ in page.links
    )
    return Frame(page.width * PT_PER_PX, page.height * PT_PER_PX, area, start, step, links)


def _grid(page_box: Any) -> tuple[float, float]:
    """Return the first baseline of the grid that most lines stand on, and its step, in pt."""
    lines = [(round(line.height, 2), line.position_y + line.baseline) for line in _lines(page_box)]
    heights = Counter(height for height, _ in lines if height > 0)
    if not heights:
        return 0.0, 0.0
    step = heights.most_common(1)[0][0]
    baselines = [(round(y % step), y) for height, y in lines if height == step]
    phase = Counter(phase for phase, _ in baselines).most_common(1)[0][0]
    start = next(y for its_phase, y in baselines if its_phase == phase)
    return start * PT_PER_PX, step * PT_PER_PX


def _lines(box: Any) -> Iterator[Any]:
    """Yield the lines of text in a box, margins left out."""
    if isinstance(box, boxes.LineBox):
        yield box
    elif not isinstance(box, boxes.MarginBox):
        for child in box.all_children():
            yield from _lines(child)


def _corner_and_size(rectangle: Area) -> Area:
    """Return a rectangle of two corners as its corner and size."""
    x1, y1, x2, y2 = rectangle
    return x1, y1, x2 - x1, y2 - y1


def _points(x: float, y: float, width: float, height: float) -> Area:
    """Return an area in CSS px in pt."""
    return x * PT_PER_PX, y * PT_PER_PX, width * PT_PER_PX, height * PT_PER_PX
