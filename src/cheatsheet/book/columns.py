"""The index → columns of a page, so that a letter that goes on in the next says so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cheatsheet.book.pairing import BOLD
from cheatsheet.model.sections import IndexEntry

HEAD = 0.8  # lines that a letter takes over its entries: a rule, and the gap before it
AGAIN = 1.0  # and one that goes on, for the words that say so
TOGETHER = 2  # entries that stand under a letter, or go on in the next column, where it has them

Index = Sequence[tuple[str, Sequence[IndexEntry]]]


@dataclass(frozen=True)
class IndexPart:
    """Entries of a letter that stand in one column; whether they go on from the last one."""

    letter: str
    entries: list[IndexEntry]
    goes_on: bool


def index_columns(
    index: Index, columns: int, rows: tuple[int, int], width: int
) -> list[list[list[IndexPart]]]:
    """Return the pages of an index, each of `columns`; the last page's are about as long.

    `rows` are the lines that a column of the first page has, and one of the others. An entry with
    more than `width` letters takes two; bold ones are wider.
    """
    first, other = rows
    full = _pages(_fill(index, [first] * columns + [other], width), columns)
    whole = [first] * columns + [other] * (columns * (len(full) - 2))
    for short in range(1, other):
        room = [*(whole if full[1:] else ()), short]
        pages = _pages(_fill(index, room, width), columns)
        if len(pages) <= len(full):
            return pages
    return full


def _pages(filled: Iterator[list[IndexPart]], columns: int) -> list[list[list[IndexPart]]]:
    """Return columns by pages."""
    listed = list(filled)
    return [listed[n : n + columns] for n in range(0, len(listed), columns)]


def _fill(index: Index, room: Sequence[int], width: int) -> Iterator[list[IndexPart]]:
    """Yield columns, each of as many lines as it has room for; the last one's holds for more."""
    column: list[IndexPart] = []
    number, taken = 0, 0.0
    for letter, entries in index:
        part = IndexPart(letter, [], goes_on=False)
        heights = [_lines(entry, width) for entry in entries]
        needed = HEAD + sum(heights[:TOGETHER])
        for entry, height in zip(entries, heights, strict=True):
            ends = taken + (height if part.entries else needed)
            if ends > room[min(number, len(room) - 1)] and (column or part.entries):
                is_alone = entry is entries[-1] and len(part.entries) > TOGETHER
                moved = [part.entries.pop()] if is_alone else []
                yield [*column, *([part] if part.entries else [])]
                part = IndexPart(letter, moved, goes_on=entry is not entries[0])
                column, number = [], number + 1
                taken = HEAD + AGAIN * part.goes_on + sum(_lines(one, width) for one in moved)
            elif not part.entries:
                taken += HEAD
            taken += height
            part.entries.append(entry)
        column.append(part)
    if column:
        yield column


def _lines(entry: IndexEntry, width: int) -> int:
    """Return how many lines an entry takes."""
    return 1 + (len(entry.words) * (BOLD if entry.is_name else 1) > width)
