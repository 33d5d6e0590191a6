"""The paragraphs of a page as PDFium has them: by the tags, and by where the letters stand."""

import ctypes
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

RUNNING = frozenset({"P", "LBody", "TD"})  # a heading may be one word a line
INLINE = frozenset({"Span", "Link", "Em", "Strong", "NonStruct"})
HYPHEN = "\ufffe"  # what PDFium makes of a hyphen at a line's end
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
BREAK_AFTER = frozenset("-\N{EN DASH}\N{EM DASH}/")
SAME_LINE = 0.4  # of the letters' size: baselines that are nearer stand on one line

FRAGMENT = re.compile(r"[^ \r\n\u00a0\-\u2013\u2014/]+[-\u2013\u2014/]?|[- \u00a0\u2013\u2014/]")

Fragment = tuple[float, float, str]
"""Letters without a place to break between them, or a space: left and right edge in pt, text."""

Block = tuple[int, int]
"""The number of a paragraph among a page's tags, and that of the table that it is in, or 0."""


@dataclass(frozen=True)
class Piece:
    """What stands between two places where a line may break; edges in pt.

    `held` is the right edge of what comes before its first no-break space, else its own.
    """

    text: str
    left: float
    right: float
    held: float

    @property
    def is_joined(self) -> bool:
        """Whether the next piece follows without a space."""
        return self.text[-1] in BREAK_AFTER


Line = tuple[Piece, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph's lines from top to bottom; `font` is the name and size in pt of its first.

    `table` is the number of the table that it is in, among those of its page; 0 outside of tables.
    """

    font: tuple[str, float]
    table: int
    lines: tuple[Line, ...]

    @property
    def left(self) -> float:
        """The left edge in pt, without the first line's indent."""
        return min(line[0].left for line in self.lines)


@dataclass(frozen=True)
class _Run:
    """Letters that are written in one go: their paragraph, baseline, font and size in pt."""

    block: Block
    baseline: float
    font: str
    size: float


def read_paragraphs(page: Any, text: Any) -> Iterator[Paragraph]:
    """Yield the paragraphs of a page of PDFium's, in the order of its tags, and `text` of it."""
    blocks: dict[Block, dict[_Run, list[Fragment]]] = defaultdict(lambda: defaultdict(list))
    for run, fragment in _fragments(text, _blocks(page)):
        blocks[run.block][run].append(fragment)
    for (_, table), runs in sorted(blocks.items()):
        first = max(runs, key=lambda run: (run.baseline, sum(len(text) for *_, text in runs[run])))
        lines = tuple(line for line in map(_pieces, _lines(runs)) if line)
        if lines:
            yield Paragraph((first.font, first.size), table, lines)


def _lines(runs: dict[_Run, list[Fragment]]) -> Iterator[list[Fragment]]:
    """Yield the fragments of each line, from left to right."""
    line: list[Fragment] = []
    last: _Run | None = None
    for run in sorted(runs, key=lambda run: -run.baseline):
        if last and last.baseline - run.baseline > SAME_LINE * last.size:
            yield sorted(line)
            line, last = [], None
        line += runs[run]
        last = last or run
    yield sorted(line)


def _pieces(fragments: Sequence[Fragment]) -> Line:
    """Return a line's pieces."""
    pieces: list[Piece] = []
    piece: list[Fragment] = []
    for number, fragment in enumerate(fragments):
        text = fragment[2]
        following = fragments[number + 1][2][0] if number + 1 < len(fragments) else " "
        if text != " ":
            piece.append(fragment)
        breaks = text[-1] in BREAK_AFTER and following.isalpha()
        if piece and (text == " " or following == " " or breaks):
            pieces.append(_piece(piece))
            piece = []
    return tuple(pieces)


def _piece(fragments: list[Fragment]) -> Piece:
    """Return fragments as a piece."""
    texts = [text for _, _, text in fragments]
    end = len(texts)
    while end and texts[end - 1] == NO_BREAK_SPACE:
        end -= 1
    inside = texts.index(NO_BREAK_SPACE, 0, end) if NO_BREAK_SPACE in texts[:end] else 0
    return Piece("".join(texts), fragments[0][0], fragments[-1][1], fragments[inside - 1][1])


def _fragments(text: Any, blocks: dict[int, Block]) -> Iterator[tuple[_Run, Fragment]]:
    """Yield what belongs to a paragraph; blocks are their numbers by marked content.

    Letters that are not all written in one go, or have marks over them, come one by one.
    """
    runs: dict[int, _Run | None] = {}
    for found in FRAGMENT.finditer(_text(text)):
        first, last, words = found.start(), found.end() - 1, found[0]
        run = _run_at(text, first, blocks, runs)
        is_whole = words.isascii() or not any(map(unicodedata.combining, words))
        if is_whole and _run_at(text, last, blocks, runs) is run:
            if run is not None:
                yield run, (_edges(text, first)[0], _edges(text, last)[1], words)
            continue
        for index, letter in enumerate(words, first):
            run = _run_at(text, index, blocks, runs)
            if run is not None and not unicodedata.combining(letter):  # it stands where a letter is
                yield run, (*_edges(text, index), letter)


def _text(text: Any) -> str:
    """Return the letters of a page, each at its index."""
    count = raw.FPDFText_CountChars(text)
    units = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text, 0, count, units)
    if written == count + 1:  # a unit for each letter
        letters = bytes(units)[: 2 * count].decode("utf-16-le", "replace")
    else:
        letters = "".join(chr(raw.FPDFText_GetUnicode(text, at)) for at in range(count))
    return letters.replace(HYPHEN, "-")


def _edges(text: Any, index: int) -> tuple[float, float]:
    """Return the left and right edge of a letter in pt."""
    rectangle = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text, index, rectangle)
    return rectangle.left, rectangle.right


def _run_at(
    text: Any, index: int, blocks: dict[int, Block], runs: dict[int, _Run | None]
) -> _Run | None:
    """Return what a letter is written in, which joins those that are known.

    A space or a line's end that PDFium thinks of is written in nothing.
    """
    item = raw.FPDFText_GetTextObject(text, index)
    if not item:
        return None
    key = ctypes.addressof(item.contents)
    if key not in runs:
        runs[key] = _run(item, blocks)
    return runs[key]


def _run(item: Any, blocks: dict[int, Block]) -> _Run | None:
    """Return what a text object is written in; None if it is in no paragraph."""
    number = raw.FPDFPageObj_GetMarkedContentID(item)  # -1 is an artifact's
    block = blocks.get(number) if number >= 0 else None
    if block is None:
        return None
    size, matrix = ctypes.c_float(), raw.FS_MATRIX()
    raw.FPDFTextObj_GetFontSize(item, size)
    raw.FPDFPageObj_GetMatrix(item, matrix)
    name = ctypes.create_string_buffer(128)
    raw.FPDFFont_GetBaseFontName(raw.FPDFTextObj_GetFont(item), name, len(name))
    font = name.value.decode("ascii", "replace").rpartition("+")[2]
    return _Run(block, round(matrix.f, 1), font, round(abs(size.value * matrix.d), 1))


def _blocks(page: Any) -> dict[int, Block]:
    """Return the paragraph that each marked content of a page belongs to."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    found: dict[int, Block] = {}
    tops = (
        raw.FPDF_StructTree_GetChildAtIndex(tree, index)
        for index in range(raw.FPDF_StructTree_CountChildren(tree))
    )
    waiting: list[tuple[Any, Block | None, int]] = []
    waiting += ((top, None, 0) for top in reversed(list(tops)) if top)
    number = 0
    while waiting:
        element, around, table = waiting.pop()
        kind = _kind(element)
        number += 1
        table = number if kind == "Table" else table
        block = around if kind in INLINE else (number, table) if kind in RUNNING else None
        for index in range(raw.FPDF_StructElement_GetMarkedContentIdCount(element)):
            if block is not None:
                found[raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, index)] = block
        children = (
            raw.FPDF_StructElement_GetChildAtIndex(element, index)
            for index in range(raw.FPDF_StructElement_CountChildren(element))
        )
        waiting += [(child, block, table) for child in children if child][::-1]
    raw.FPDF_StructTree_Close(tree)
    return found


def _kind(element: Any) -> str:
    """Return an element's standard type: `P`, `Link`."""
    length = raw.FPDF_StructElement_GetType(element, None, 0)
    name = ctypes.create_string_buffer(max(length, 2))
    raw.FPDF_StructElement_GetType(element, name, length)
    return name.raw.decode("utf-16-le").rstrip("\0")
