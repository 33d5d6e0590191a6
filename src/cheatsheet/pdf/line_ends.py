"""How paragraphs break into lines: what WeasyPrint 70 gets wrong, and what it has no property for.

A line takes every word that fits. WeasyPrint counts the space at the end of a text box, before a
link, into the width of its last line (text/line_break.py, `split_first_line`, step 3): where the
words fit and the space does not, it keeps only the first word.

A paragraph does not end with a line of one word (CSS Text 4, 6.3: `text-wrap: pretty`), and where
`--text-wrap` is `balance`, its lines are about as long as each other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block, inline

Line = tuple[Any, Any]
"""A line of a paragraph, and where the next one begins: None after the last."""

ALONE = re.compile(r"\(p\.\s\S+|\S+")
WORDS = (boxes.LineBox, boxes.TextBox, boxes.InlineBox, boxes.InlineBlockBox)
EVENED = 4  # lines at a paragraph's end that are made shorter, so that the last is longer
STEP = 0.01  # of the measure
NARROWEST = 0.6  # of the measure
NARROWEST_BALANCED = 0.5
RIGHT = {"right", "end"}  # no language here is written from the right

_split_first_line = inline.split_first_line
_iter_line_boxes = block.iter_line_boxes


def take_over_line_ends() -> None:
    """Have WeasyPrint break paragraphs into lines by this module."""
    inline.split_first_line = _split_before_space
    block.iter_line_boxes = _iter_even_lines


def _split_before_space(
    text: str, style: Any, context: Any, width: Any, *rest: Any, **more: Any
) -> Any:
    """Return a text's first line as WeasyPrint does, or the whole text where its words fit."""
    split = _split_first_line(text, style, context, width, *rest, **more)
    layout, _, resume_at, *_ = split
    words = text.rstrip(" ")
    if resume_at is None or words == text or " " in layout.text.strip(" "):
        return split
    whole = _split_first_line(words, style, context, width, *rest, **more)
    return split if whole[2] is not None or whole[3] > width else whole


@dataclass(frozen=True)
class _Paragraph:
    """What `iter_line_boxes` is told of a paragraph; `around` is the block that it is in."""

    context: Any
    box: Any
    space: float
    around: Any
    rest: tuple[Any, ...]

    def lines(self, y: float, skip: Any, part: float = 1) -> list[Line]:
        """Return the lines from a place on, in a part of the measure."""
        whole, self.around.width = self.around.width, self.around.width * part
        try:
            iterator = _iter_line_boxes(
                self.context, self.box, y, self.space, skip, self.around, *self.rest
            )
            lines = list(iterator)
        finally:
            self.around.width = whole
        if part < 1 and self.around.style["text_align_all"] in RIGHT:
            for line, _ in lines:  # they end where those of the whole measure do
                line.translate(whole * (1 - part), 0)
        return lines

    def evened(self, lines: list[Line], skip: Any) -> list[Line]:
        """Return the least ragged setting of the lines that does not end with one word."""
        settings = [lines]
        for start in range(len(lines) - 2, max(-1, len(lines) - EVENED - 1), -1):
            (line, _), resume = lines[start], lines[start - 1][1] if start else skip
            narrowed = self.narrowed(lines[start:], line.position_y, resume, NARROWEST)
            settings.append([*lines[:start], *_without_single_word(lines[start:], narrowed)])
        return min(settings, key=lambda lines: (_ends_alone(lines), _raggedness(lines)))

    def balanced(self, lines: list[Line], y: float, skip: Any) -> list[Line]:
        """Return the narrowest setting that has no more lines."""
        return _narrowest(lines, self.narrowed(lines, y, skip, NARROWEST_BALANCED))

    def narrowed(
        self, lines: list[Line], y: float, skip: Any, narrowest: float
    ) -> Iterator[list[Line]]:
        """Yield the lines from a place on in ever narrower parts of the measure.

        A part that is as wide as the longest line has the same lines, and is passed over.
        """
        for part in _parts(narrowest):
            if not self.has_room_for(lines, self.around.width * part):
                lines = self.lines(y, skip, part)
                yield lines

    def has_room_for(self, lines: list[Line], width: float) -> bool:
        """Tell whether lines are as they would be in a measure of some width."""
        if self.context.excluded_shapes or self.around.style["text_align_all"] == "justify":
            return False
        if self.around.style["text_align_all"] in RIGHT:
            return all(line.width <= width for line, _ in lines)
        left = self.around.content_box_x()
        return all(line.position_x + line.width - left <= width for line, _ in lines)


def _iter_even_lines(context: Any, box: Any, y: float, *rest: Any) -> Iterator[Line]:
    """Yield the lines of a paragraph, as `iter_line_boxes` does."""
    space, skip, around, *more = rest
    paragraph = _Paragraph(context, box, space, around, tuple(more))
    lines = paragraph.lines(y, skip)
    if len(lines) > 1 and _may_be_evened(box, around):
        if _is_balanced(around):
            lines = paragraph.balanced(lines, y, skip)
        elif _ends_alone(lines):
            lines = paragraph.evened(lines, skip)
    yield from lines


def _parts(narrowest: float) -> Iterator[float]:
    """Yield ever narrower parts of the measure."""
    yield from (1 - STEP * n for n in range(1, round((1 - narrowest) / STEP)))


def _narrowest(lines: list[Line], narrowed: Iterator[list[Line]]) -> list[Line]:
    """Return the narrowest of a paragraph's settings that has no more lines than the first."""
    for other in narrowed:
        if len(other) > len(lines):
            break
        lines = other
    return lines


def _without_single_word(lines: list[Line], narrowed: Iterator[list[Line]]) -> list[Line]:
    """Return the widest setting of lines that is as long and does not end with one word."""
    for other in narrowed:
        if len(other) > len(lines):
            break
        if not _ends_alone(other):
            return other
    return lines


def _raggedness(lines: list[Line]) -> float:
    """Return how much shorter than the longest the lines but the last are: a sum of squares."""
    widths = [line.width for line, _ in lines[:-1]]
    return float(sum((max(widths) - width) ** 2 for width in widths))


def _may_be_evened(box: Any, around: Any) -> bool:
    """Tell whether a paragraph is nothing but text from the left, or to the right."""
    to_a_side = around.style["text_align_all"] in {"start", "left", "justify", *RIGHT}
    return to_a_side and all(isinstance(child, WORDS) for child in box.descendants())


def _is_balanced(around: Any) -> bool:
    """Tell whether a block's lines are to be as long as each other."""
    return any(
        token.type == "ident" and token.value == "balance" for token in around.style["__text_wrap"]
    )


def _ends_alone(lines: list[Line]) -> bool:
    """Tell whether the last line is one word, or a page in brackets."""
    texts = (child.text for child in lines[-1][0].descendants() if isinstance(child, boxes.TextBox))
    return bool(ALONE.fullmatch("".join(texts).strip()))
