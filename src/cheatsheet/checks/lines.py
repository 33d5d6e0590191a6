"""The lines: each takes the words that fit, the last is not one word, and no date breaks."""

import calendar
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.checks.finished import section_pages
from cheatsheet.checks.report import book_check
from cheatsheet.findings import Finding, Rule, warning
from cheatsheet.model.sections import Section
from cheatsheet.reader.paragraphs import Line, Paragraph, Piece
from cheatsheet.reader.pypdf_view import PypdfView

TOLERANCE_PT = 1.0
UNSURE_PT = (-2.0, -1.0, 0.0, 3.0)  # what the measure may differ by from what it seems to be
FOLIO_ALONE = re.compile(r"\d+|[ivxlcdm]+", re.IGNORECASE)
ALONE_WORDS = re.compile(r"\(p\.\s\S+|\S+")
HOLE = 0.1  # of the measure
BALANCED = 0.7  # of the longest line, in a paragraph of few lines
FEW_LINES = 3
EVENED = 4  # lines before the last that may be shorter, so that the last is longer
SENTENCE = 5  # words; a name of fewer may end in one by itself
SHOWN = 24  # letters

MONTH = f"(?:{'|'.join(calendar.month_name[1:])})"
DATE_BEGUN = re.compile(rf"\b{MONTH}(?:\s\d{{1,2}},)?$")
DATE_HELD = re.compile(rf"\W*{MONTH}\s\d")

EARLY = warning(
    "lines-early",
    "A line ends before a word that would have fitted.",
    "look at the inline elements around it: their spaces, and what is held together",
)
ALONE = warning(
    "lines-alone",
    "A paragraph's last line is one word.",
    "make the paragraph a little shorter or longer",
)
GAP = warning(
    "lines-hole",
    "Words that are held together leave a hole of more than a tenth of the line.",
    "hold fewer words together, or say it in other words",
)
DATE = warning(
    "lines-date",
    "A date breaks over two lines.",
    "write it with the month's name before the number: such dates are held together",
)

Measured = tuple[Section, int, Paragraph, float]
"""A paragraph with its section, its 1-based page, and the right edge of its measure in pt."""


@book_check(EARLY, ALONE, GAP, DATE)
def lines_are_well_broken(pdf: PypdfView, expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for each line that ends where it should not."""
    for section, page, paragraph, edge in _measured(pdf, expected):
        for rule, line in _faults(paragraph, edge):
            message = f'{section.title}: "{_words(line)[-SHOWN:]}"'
            yield rule.finding(message, expected.section_place(section, page))


def _measured(pdf: PypdfView, expected: ExpectedBook) -> Iterator[Measured]:
    """Yield the paragraphs of the book.

    The measure is that of the longest line among those of the same kind of section or the same
    table, left edge and font.
    """
    found = [
        (section, page, paragraph)
        for section, pages in section_pages(pdf, expected)
        for page in pages
        for paragraph in pdf.rendering.paragraphs(page)
    ]
    edges: dict[object, float] = defaultdict(float)
    for measured in found:
        right = max(line[-1].right for line in measured[2].lines)
        edges[_measure(*measured)] = max(edges[_measure(*measured)], right)
    for measured in found:
        yield *measured, edges[_measure(*measured)]


def _measure(section: Section, page: int, paragraph: Paragraph) -> object:
    """Return what paragraphs of the same measure have in common; a table has its own columns."""
    table = (page, paragraph.table) if paragraph.table else ()
    return section.kind, round(paragraph.left), paragraph.font, table


def _faults(paragraph: Paragraph, edge: float) -> Iterator[tuple[Rule, Line]]:
    """Yield what is wrong with a paragraph's lines, each with the line."""
    lines, space = paragraph.lines, _space(paragraph)
    for number, (line, following) in enumerate(pairwise(lines)):
        gap = edge - line[-1].right - space
        first = following[0]
        if FOLIO_ALONE.fullmatch(_words(following).strip()):  # in a column or a line of its own
            continue
        if _words(line).strip().isdigit():  # on a block, beside the middle of two lines
            continue
        if first.right - first.left < gap - TOLERANCE_PT:
            if not _is_evened(lines, number, edge, space):
                yield EARLY, line
        elif DATE_HELD.match(first.text):
            continue
        elif max(first.held - first.left, HOLE * (edge - paragraph.left)) < gap - TOLERANCE_PT:
            yield GAP, line
        if DATE_BEGUN.search(_words(line)) and first.text[0].isdigit():
            yield DATE, line
    if len(lines) > 1 and _is_alone(lines[-1]) and sum(map(len, lines)) >= SENTENCE:
        yield ALONE, lines[-1]


def _is_evened(lines: Sequence[Line], number: int, edge: float, space: float) -> bool:
    """Tell whether a line is shorter than it could be so that the last one is not too short."""
    ends = [line[-1].right - line[0].left for line in lines]
    if len(lines) <= FEW_LINES and ends[-1] > BALANCED * max(ends):
        return True
    earlier = range(max(0, number - EVENED), number + 1)
    return any(
        _is_alone(_last_line(lines[start:], edge + more, space))
        for start in earlier
        for more in UNSURE_PT
    )


def _last_line(lines: Sequence[Line], edge: float, space: float) -> Line:
    """Return the pieces on the last line where each line takes all that fit.

    The first one may begin elsewhere than the others.
    """
    line: list[Piece] = []
    at, left = lines[0][0].left, min(line[0].left for line in lines[1:] or lines)
    for piece, gap in _with_gaps(lines, space):
        width = piece.right - piece.left
        if line and at + width > edge + TOLERANCE_PT:
            line, at = [], left
        line.append(piece)
        at += width + gap
    return tuple(line)


def _with_gaps(lines: Sequence[Line], space: float) -> Iterator[tuple[Piece, float]]:
    """Yield each piece of some lines, and how far the next one is from it in pt on one line."""
    for line in lines:
        yield from ((one, other.left - one.right) for one, other in pairwise(line))
        yield line[-1], 0 if line[-1].is_joined else space


def _space(paragraph: Paragraph) -> float:
    """Return the usual distance of words in pt."""
    neighbours = (pair for line in paragraph.lines for pair in pairwise(line))
    gaps = [other.left - one.right for one, other in neighbours if not one.is_joined]
    return median(gaps) if gaps else 0.0


def _is_alone(line: Line) -> bool:
    """Tell whether a line is one word, or a page in brackets."""
    return bool(ALONE_WORDS.fullmatch(_words(line)))


def _words(line: Line) -> str:
    """Return the words of a line."""
    return "".join(f"{piece.text}{'' if piece.is_joined else ' '}" for piece in line).rstrip()
