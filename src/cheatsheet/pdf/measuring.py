"""Measures the boxes of a page that was laid out: how far text and pictures reach."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from cheatsheet.findings import Finding
from cheatsheet.pdf.engine import boxes, page_box, variables_around, variables_of
from cheatsheet.pdf.rules import CROWDED, OFF_PAGE
from cheatsheet.stylesheets import StyleFile, blamed, places_of_spacing
from cheatsheet.stylesheets.limits import LIMIT, SMALLEST_PAPER_PX, place_of_margin

MM_PER_PX = 25.4 / 96
ACROSS = ("left", "right", "width", "margin_left", "margin_right", "font_size")
"""What decides how far a text reaches to the side."""

CROWDED_EM = {"letter-spacing": -0.25, "word-spacing": -0.35}
"""Spacing by which letters, or a word and the next, come to stand over each other."""


def crowded(texts: Sequence[Any], styles: Sequence[StyleFile]) -> list[Finding]:
    """Return a finding for each property that sets letters of texts over each other."""
    return [
        CROWDED.finding(
            f"letters stand over each other because of `{name}`",
            *blamed(places_of_spacing(styles, name)),
        )
        for name, least in CROWDED_EM.items()
        if any(_spacing_em(box, name) < least and len(box.text) > 1 for box in texts)
    ]


def _spacing_em(box: Any, name: str) -> float:
    """Return the spacing of a text's letters or words, by its size."""
    spacing, size = box.style[name.replace("-", "_")], box.style["font_size"]
    return float(spacing / size) if size and isinstance(spacing, int | float) else 0.0


def off_page(pages: Iterable[Any], named: Callable[[list[str]], str]) -> Iterator[Finding]:
    """Yield a finding for the first text of each page that reaches past the paper's edge.

    And for the first picture whose middle is past it: one may bleed. `named` returns variables as a
    sentence has them.
    """
    for page in pages:
        for box in _leaves(page_box(page)):
            if message := _off(box, page):
                variables = named(variables_around(box, *ACROSS))
                change = f"change {variables or 'its position in the styles'}"
                is_text = isinstance(box, boxes.TextBox)
                hint = f"break the long word, or {change}" if is_text else change
                yield OFF_PAGE.finding(message, hint=hint)
                break


def _off(box: Any, page: Any) -> str:
    """Return what is off a page of a text or a picture; "" if nothing is."""
    left, right = box.position_x, box.position_x + box.width
    if isinstance(box, boxes.TextBox):
        is_cut = left < 0 or right > page.width
        return f'"{box.text[:40]}" is cut at the paper\'s edge' if is_cut else ""
    across, down = (left + right) / 2, box.position_y + box.height / 2
    is_there = 0 <= across <= page.width and 0 <= down <= page.height
    return "" if is_there else "a picture is off the paper"


def without_room(pages: Iterable[Any], styles: Sequence[StyleFile]) -> Iterator[Finding]:
    """Yield a finding for each page whose margins leave no room for a word."""
    for page in pages:
        box = page_box(page)
        if min(box.width, box.height) < SMALLEST_PAPER_PX:
            size = f"{box.width * MM_PER_PX:.0f} x {box.height * MM_PER_PX:.0f} mm"
            message = f"the margins leave {size} of a page, no room for a word"
            yield LIMIT.finding(message, place_of_margin(styles))


def text_height(box: Any) -> float:
    """Return how far text and pictures reach below the top of the page area, in CSS px.

    Overflow is not logged by WeasyPrint: the boxes have to be asked.
    """
    bottoms = [bottom for child in _content(box) for bottom in _bottoms(child)]
    return float(max(bottoms, default=box.content_box_y()) - box.content_box_y())


def _content(box: Any) -> list[Any]:
    """Return what is in a page's box, but for its margins."""
    return [child for child in box.children if not isinstance(child, boxes.MarginBox)]


def _bottoms(box: Any) -> Iterator[float]:
    """Yield the lower edges of a box's lines and pictures, in CSS px from the page's top."""
    if isinstance(box, boxes.LineBox | boxes.ReplacedBox):
        yield box.position_y + box.height
    for child in box.all_children():
        yield from _bottoms(child)


def overhang(box: Any) -> float:
    """Return how far text reaches below the boxes of fixed height that it is in, in CSS px."""
    return max((past for past, _ in _overhanging(box)), default=0.0)


def room_variables(pages: Sequence[Any]) -> list[str]:
    """Return the variables that decide how much has room on pages, given as their boxes.

    They are the height of the box of fixed height that text reaches furthest out of; where there is
    none, the size and the lines of the text that comes last.
    """
    past = [pair for page in pages for pair in _overhanging(page)]
    if past:
        return variables_of(max(past, key=lambda pair: pair[0])[1], "height")
    texts = [box for page in pages for child in _content(page) for box in text_boxes(child)]
    return variables_around(texts[-1], "font_size", "line_height") if texts else []


def _overhanging(box: Any) -> Iterator[tuple[float, Any]]:
    """Yield the boxes of fixed height that text reaches out of, after how far, in CSS px."""
    if isinstance(box, boxes.BlockBox) and box.style["height"] != "auto":
        past = float(max(_bottoms(box), default=0.0) - box.content_box_y() - box.height)
        if past > 0:
            yield past, box
    for child in box.all_children():
        yield from _overhanging(child)


def _leaves(box: Any) -> Iterator[Any]:
    """Yield the boxes of text and pictures in a box."""
    if isinstance(box, boxes.TextBox) or hasattr(box, "replacement"):  # or a placeholder of such
        yield box
    for child in box.all_children():
        yield from _leaves(child)


def text_boxes(box: Any) -> Iterator[Any]:
    """Yield the boxes of text in a box."""
    return (leaf for leaf in _leaves(box) if isinstance(leaf, boxes.TextBox))
