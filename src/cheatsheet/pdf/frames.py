"""A laid-out page → what a designer lays over it: margins, baseline grid, links. All in pt."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from cheatsheet.pdf.engine import boxes, page_box
from cheatsheet.pdf.section import Area, Frame

PT_PER_PX = 0.75  # CSS Values 4, 6.2


def page_frame(page: Any) -> Frame:
    """Return a page's frame."""
    box = page_box(page)
    start, step = _grid(box)
    area = _points(box.content_box_x(), box.content_box_y(), box.width, box.height)
    links = tuple(
        (f"#{target}" if kind == "internal" else target, _points(x1, y1, x2 - x1, y2 - y1))
        for kind, target, (x1, y1, x2, y2), _ in page.links
    )
    return Frame(page.width * PT_PER_PX, page.height * PT_PER_PX, area, start, step, links)


def _grid(box: Any) -> tuple[float, float]:
    """Return the first baseline of the grid that most lines stand on, and its step, in pt."""
    lines = [(round(line.height, 2), line.position_y + line.baseline) for line in _lines(box)]
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


def _points(x: float, y: float, width: float, height: float) -> Area:
    """Return an area in CSS px in pt."""
    return x * PT_PER_PX, y * PT_PER_PX, width * PT_PER_PX, height * PT_PER_PX
