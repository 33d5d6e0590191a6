"""Tables in the tags: that rows and columns fit, and that headings say what they head."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from cheatsheet.checks.report import general_check
from cheatsheet.findings import Finding, error
from cheatsheet.reader.objects import listed, text_in
from cheatsheet.reader.pypdf_view import PypdfView
from cheatsheet.reader.structure import Tag

TABLE = error(
    "tags-table",
    "A table's tags say where its cells stand, or what its headings head, in a way that cannot be.",
    "rows need as many cells as others; a TH needs /Scope, or the cells name it in /Headers",
)
GROUPS = {"THead", "TBody", "TFoot"}
CELLS = {"TH", "TD"}
WIDEST = 1000  # columns that a cell may span: no table of paper has more
DOWN, ACROSS = {"/Column", "/Both"}, {"/Row", "/Both"}  # of a heading's /Scope (table 349)
Line = tuple[str, int]
"""Which of a table's `rows` or `columns`, from 0."""


@dataclass
class _Cell:
    """A cell, and the rows and columns that it stands in, from 0."""

    tag: Tag
    rows: range
    columns: range


@general_check(TABLE)
def tables_fit(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each way in which the cells of tables do not fit (14289-1, 7.2, 7.5)."""
    tables = (tag for tag in pdf.tags if tag.role == "Table")
    for said in dict.fromkeys(said for table in tables for said in _faults(table)):
        yield TABLE.finding(said)


def _faults(table: Tag) -> Iterator[str]:
    """Yield what is wrong with a table's cells; each takes the first place that is free."""
    rows = _rows(table)
    cells, taken = list[_Cell](), set[tuple[int, int]]()
    for number, row in enumerate(rows):
        column = 0
        for tag in (kid for kid in row.kids if kid.role in CELLS):
            while (number, column) in taken:
                column += 1
            end = number + _span(tag, "/RowSpan")
            if end > len(rows):
                yield "a table's cell spans more rows than there are"
            columns = range(column, column + min(_span(tag, "/ColSpan"), WIDEST))
            column = columns.stop
            cell = _Cell(tag, range(number, min(end, len(rows))), columns)
            places = set(product(cell.rows, cell.columns))
            if places & taken:
                yield "two cells of a table stand in one place"
            taken |= places
            cells.append(cell)
    filled = Counter(row for row, _ in taken)
    widths = {filled[number] for number in range(len(rows))}
    if len(widths) > 1:
        yield f"a table has rows of {min(widths)} and of {max(widths)} columns"
    yield from _headings(cells)


def _rows(table: Tag) -> list[Tag]:
    """Return a table's rows."""
    parts = [kid.kids if kid.role in GROUPS else [kid] for kid in table.kids]
    return [row for part in parts for row in part if row.role == "TR"]


def _span(tag: Tag, key: str) -> int:
    """Return how many rows or columns a cell spans; 1 where it says nothing that can be."""
    value = tag.attribute(key)
    return max(value, 1) if isinstance(value, int) else 1


def _headings(cells: Sequence[_Cell]) -> Iterator[str]:
    """Yield what is wrong with what heads the cells of a table, if it has headings."""
    heads = [cell for cell in cells if cell.tag.role == "TH"]
    names = {text_in(head.tag.node.get("/ID")) for head in heads if "/ID" in head.tag.node}
    said = [(head, str(head.tag.attribute("/Scope"))) for head in heads]
    headed = _lines((head for head, scope in said if scope in ACROSS), "rows")
    headed |= _lines((head for head, scope in said if scope in DOWN), "columns")
    silent = _lines((head for head, scope in said if scope not in ACROSS | DOWN))
    for cell in (cell for cell in cells if cell.tag.role == "TD"):
        named = {text_in(name) for name in listed(cell.tag.attribute("/Headers"))}
        own = _lines([cell])
        if heads and named - names:
            yield "a cell of a table names a heading that is not there (/Headers)"
        elif not named and own & silent and not own & headed:
            yield "a heading does not say what it heads (/Scope), nor a cell what heads it"


def _lines(cells: Iterable[_Cell], *kinds: str) -> set[Line]:
    """Return the rows and columns that cells stand in, or those of some kinds."""
    return {
        (kind, at)
        for cell in cells
        for kind in kinds or ("rows", "columns")
        for at in getattr(cell, kind)
    }
