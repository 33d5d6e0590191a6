"""A place in a text or a drawing → the phrases by which it is found on its page, longest first."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

from cheatsheet.findings import Place

TAG = re.compile(r"<[^>]*>?")
OPENING = re.compile(r"""^\s*(?:-\s+)?(?:[\w-]+:\s+)?(?:[>|][+-]?\s*)?["']?""")
LENGTHS = (8, 6, 5, 4, 3, 2, 1)  # words
SHORTEST = 4  # characters: a shorter word stands in too many places


def phrases_at(project: Path, place: Place, typeset: Callable[[str], str]) -> list[str]:
    """Return the words at a place of a text, as the book prints them: 8 of them, 6 ... 1.

    Where the place is a field's name, they are the first of its value; in a drawing, the label's.
    `typeset` returns a text as the book's HTML has it.
    """
    if place.file is None or not place.file.endswith((".yaml", ".svg")):
        return []
    try:
        lines = (project / place.file).read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError):
        return []
    line, column = (place.line or 1) - 1, (place.column or 1) - 1
    if place.file.endswith(".svg"):
        return _phrases(typeset(_label_from(lines, line, column)))
    return _phrases(typeset(_text_from(lines, line, column).rstrip("\"' ")))


def _label_from(lines: list[str], line: int, column: int) -> str:
    """Return the text in the rest of a drawing's line, from a 0-based line and column."""
    rest = lines[line][column:] if line < len(lines) else ""
    return " ".join(TAG.sub(" ", rest).split())


def _text_from(lines: list[str], line: int, column: int) -> str:
    """Return the text from a 0-based line and column to the end of the next line that has one."""
    parts = [lines[line][column:] if line < len(lines) else "", *lines[line + 1 : line + 3]]
    texts = [OPENING.sub("", part, count=1) for part in parts]
    return " ".join(filter(None, texts[:1] + texts[1:2] if texts[0] else texts))


def _phrases(html: str) -> list[str]:
    """Return the first words of HTML, in ever smaller numbers."""
    words = unescape(html).split()
    found = (" ".join(words[:length]) for length in LENGTHS if length <= len(words))
    return [phrase for phrase in found if len(phrase) >= SHORTEST]
