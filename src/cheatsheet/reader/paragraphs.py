"""The paragraphs of a page as PDFium has them: by the tags, and by where the letters stand."""

import ctypes
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

RUNNING = frozenset({"P", "LBody", "TD"})  # a heading may be one word a line
INLINE = frozenset({"Span", "Link", "Em", "Strong", "NonStruct"})
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
BREAK_AFTER = frozenset("-\N{EN DASH}\N{EM DASH}/")
SAME_LINE = 0.4  # of the letters' size: baselines that are nearer stand on one line

Letter = tuple[float, float, str]
"""A letter's left and right edge in pt, and itself."""

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
    letters: dict[Block, dict[_Run, list[Letter]]] = defaultdict(lambda: defaultdict(list))
    for run, letter in _letters(text, _blocks(page)):
        letters[run.block][run].append(letter)
    for (_, table), runs in sorted(letters.items()):
        first = max(runs, key=lambda run: (run.baseline, len(runs[run])))
        lines = tuple(line for line in map(_pieces, _lines(runs)) if line)
        if lines:
            yield Paragraph((first.font, first.size), table, lines)


def _lines(runs: dict[_Run, list[Letter]]) -> Iterator[list[Letter]]:
    """Yield the letters of each line, from left to right."""
    line: list[Letter] = []
    last: _Run | None = None
    for run in sorted(runs, key=lambda run: -run.baseline):
        if last and last.baseline - run.baseline > SAME_LINE * last.size:
            yield sorted(line)
            line, last = [], None
        line += runs[run]
        last = last or run
    yield sorted(line)


def _pieces(letters: Sequence[Letter]) -> Line:
    """Return a line's pieces."""
    pieces: list[Piece] = []
    piece: list[Letter] = []
    for number, letter in enumerate(letters):
        following = letters[number + 1][2] if number + 1 < len(letters) else " "
        if letter[2] != " ":
            piece.append(letter)
        breaks = letter[2] in BREAK_AFTER and following.isalpha()
        if piece and (letter[2] == " " or following == " " or breaks):
            pieces.append(_piece(piece))
            piece = []
    return tuple(pieces)


def _piece(letters: list[Letter]) -> Piece:
    """Return letters as a piece."""
    text = "".join(letter for _, _, letter in letters)
    inside = text.rstrip(NO_BREAK_SPACE).find(NO_BREAK_SPACE)
    held = letters[inside - 1][1] if inside > 0 else letters[-1][1]
    return Piece(text, letters[0][0], letters[-1][1], held)


def _letters(text: Any, blocks: dict[int, Block]) -> Iterator[tuple[_Run, Letter]]:
    """Yield the letters that belong to a paragraph; blocks are their numbers by marked content."""
    runs: dict[int, _Run | None] = {}
    rectangle = raw.FS_RECTF()
    for index in range(raw.FPDFText_CountChars(text)):
        item = raw.FPDFText_GetTextObject(text, index)
        if not item:  # a space or a line's end that PDFium thinks of
            continue
        key = ctypes.addressof(item.contents)
        if key not in runs:
            runs[key] = _run(item, blocks)
        run = runs[key]
        if run is not None:
            letter = chr(raw.FPDFText_GetUnicode(text, index))
            if not unicodedata.combining(letter):  # a mark stands where its letter does
                raw.FPDFText_GetLooseCharBox(text, index, rectangle)
                yield run, (rectangle.left, rectangle.right, letter)


def _run(item: Any, blocks: dict[int, Block]) -> _Run | None:
    """Return what a text object is written in; None if it is in no paragraph."""
    block = blocks.get(raw.FPDFPageObj_GetMarkedContentID(item))
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
