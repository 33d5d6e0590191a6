"""Buyers: a CSV file, or one person's details → Buyers, and findings with file and line."""

import codecs
import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cheatsheet.findings import NOWHERE, Finding, Place, error, has_errors, warning
from cheatsheet.findings.complaints import Complaints
from cheatsheet.publish.names import FORMULA, NOBODY, NUMBER, invisible, name_problems, repaired
from cheatsheet.publish.shops import OWN, Row, column, sales, shop_of

COLUMNS = ("name", "email", "order")
LONGEST = {"name": 80, "email": 254, "order": 64}
MOST_BYTES = 20_000_000
SEPARATORS = ",;\t"
ORDER = re.compile(r"(?:[A-Za-z0-9._-]*#)?[A-Za-z0-9][A-Za-z0-9._-]*")  # "#1001", "EX#1001"
LABEL = r"[^\W_](?:[\w-]*[^\W_])?"  # of a domain (RFC 1034, 3.5), in any letters
EMAIL = re.compile(rf"[^@\s<>(),;:\"\\\[\]{{}}*|`]+@(?:{LABEL}\.)+{LABEL}")
SEPARATOR_LINE = re.compile(r'"?sep=(.)"?(?:\r\n|\r|\n)')  # what Excel takes for itself
WORKBOOK = (b"PK\3\4", b"\xd0\xcf\x11\xe0")  # .xlsx, .ods and .numbers; .xls
MOST_LINES = 10  # that a finding names
# What Python's reader says, in the words of somebody who never saw one.
NOT_CSV = {
    "unexpected end": "a quotation mark that begins here is never closed",
    "field limit": "this is not CSV: a field has more than "
    f"{csv.field_size_limit():,} characters; is a quotation mark never closed?",
    "expected after": "this is not CSV: a quotation mark closes in the middle of a field",
}

FILE = error(
    "buyers-file",
    "The list of buyers cannot be read.",
    "save it as CSV in UTF-8, with the columns name, email and order in its first line, or as "
    "Gumroad, Lemon Squeezy, PayPal, Shopify or Stripe export it",
)
FIELD = error(
    "buyers-field",
    "A buyer's name, e-mail address or order cannot be used.",
    "correct it in the shop's list, and stamp again: copies that are there already stay",
)
REPAIRED = warning(
    "buyers-repaired",
    "A buyer's name was not as its owner writes it, and was repaired.",
    "look whether it is right, and correct it in the shop if the shop shows it wrong too",
)
TWICE = error(
    "buyers-twice",
    "Two buyers have the same order.",
    "an order names the file: give each its own, or remove the second line",
)
NO_SALE = warning(
    "buyers-unpaid",
    "A line of the list is not a sale: refunded, failed, not paid yet, or money sent.",
    "nothing need be done; these get no copy",
)


@dataclass(frozen=True)
class Buyer:
    """Whom a copy is for. `order` names its file; `place` is where the buyer was read."""

    name: str
    email: str
    order: str
    place: Place = NOWHERE

    @property
    def file_part(self) -> str:
        """The order as a part of a file's name: without the `#` that shops put into it."""
        return self.order.replace("#", "")

    @property
    def owner(self) -> str:
        """Whose the copy is, for its metadata."""
        return f"{self.name} <{self.email}>"

    @property
    def key(self) -> bytes:
        """A digest of all that makes the copy this buyer's."""
        said = f"{self.name}\0{self.email}\0{self.order}"
        return hashlib.sha256(said.encode()).digest()

    @property
    def purchase(self) -> tuple[str, str]:
        """What tells one purchase from another: the order and the address, without case."""
        return self.file_part.casefold(), self.email.casefold()


def read_buyers(file: Path) -> tuple[list[Buyer], list[Finding]]:
    """Return the buyers in a CSV file (RFC 4180), and findings.

    It may be in UTF-8 or UTF-16, with commas, semicolons or tabs between its fields, and with the
    columns of `SHOPS`. A line that cannot be used is a finding, and the others are returned; a file
    that cannot be read as a whole has no buyers. Raises OSError.
    """
    text, problem = _read_text(file)
    if problem:
        return [], [problem]
    declared = SEPARATOR_LINE.match(text)
    text = text[declared.end() :] if declared else text
    lines = _Lines(text, declared[1] if declared else _separator(text), 1 if declared else 0)
    complaints = Complaints()
    try:
        buyers = list(_once(_buyers(lines, file.name, complaints), complaints))
    except csv.Error as fault:
        at = Place(file.name, lines.first)
        known = (words for said, words in NOT_CSV.items() if said in str(fault))
        return [], [FILE.finding(next(known, f"this is not CSV: {fault}"), at)]
    return buyers, complaints.all()


def make_buyer(fields: Mapping[str, str], place: Place = NOWHERE) -> tuple[Buyer, list[Finding]]:
    """Return a buyer by `name`, `email` and `order`, and what is wrong with these.

    What can be repaired for certain is, and is a warning.
    """
    given = {key: unicodedata.normalize("NFC", fields[key]).strip(" \xa0") for key in COLUMNS}
    tidy = given | {key: repaired(given[key]) for key in ("name", "email")}
    buyer = Buyer(tidy["name"], tidy["email"], tidy["order"], place)
    problems = (next(_problems(key, value), "") for key, value in tidy.items())
    findings = [FIELD.finding(problem, place) for problem in problems if problem]
    if not findings:
        findings = [REPAIRED.finding(said, place) for said in _repairs(given, tidy)]
    return buyer, findings


class _Lines:
    """The rows of a CSV file that are not blank, and the line in which each begins."""

    def __init__(self, text: str, separator: str, before: int) -> None:
        self._rows = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
        self._before = before
        self.first = before + 1

    def __iter__(self) -> Iterator[list[str]]:
        """Yield the rows. Raises csv.Error; then `first` is the line of the row that is broken."""
        for row in self._rows:
            if any(field.strip() for field in row):
                yield row
            self.first = self._before + self._rows.line_num + 1


def _read_text(file: Path) -> tuple[str, Finding | None]:
    """Return a file's text, or why there is none. Raises OSError."""
    if not file.is_file():  # a device or a pipe may have no end
        return "", FILE.finding("this is not a file", Place(file.name))
    with file.open("rb") as opened:
        data = opened.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        message = f"the file has more than {MOST_BYTES // 1_000_000} MB"
        return "", FILE.finding(message, Place(file.name))
    if data.startswith(WORKBOOK):
        return "", FILE.finding("this is a spreadsheet program's own file", Place(file.name))
    encoding = _encoding(data)
    try:
        text = data.decode(encoding).lstrip("\ufeff")
    except UnicodeDecodeError as problem:
        line = data[: problem.start].decode(encoding, errors="replace").count("\n") + 1
        name = encoding[:6].upper().rstrip("-")
        message = f"the file is not {name}: the byte 0x{data[problem.start]:02X} is no character"
        return "", FILE.finding(message, Place(file.name, line))
    empty = None if text.strip() else FILE.finding("the file is empty", Place(file.name))
    return text, empty


def _encoding(data: bytes) -> str:
    """Return a text's encoding: by its byte order mark, or by the zeros in its first line."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    start = data[:200]
    odd, even = start[1::2].count(0), start[::2].count(0)
    if 2 * max(odd, even) > len(start) / 2:
        return "utf-16-le" if odd > even else "utf-16-be"
    return "utf-8-sig"


def _separator(text: str) -> str:
    """Return what stands between the fields: that by which the first line has known columns.

    Where none does, it is that by which it has most.
    """
    columns: dict[str, list[str]] = {}
    for separator in SEPARATORS:
        with suppress(csv.Error, StopIteration):
            columns[separator] = [*map(column, next(iter(_Lines(text, separator, 0))))]
    known = (separator for separator, heading in columns.items() if shop_of(heading))
    most = max(columns, key=lambda separator: len(columns[separator]), default=SEPARATORS[0])
    return next(known, most)


def _buyers(rows: _Lines, file: str, complaints: Complaints) -> Iterator[Buyer]:
    """Yield the buyers of a CSV file's rows, the first of which names the columns."""
    reader = iter(rows)
    heading = [*map(column, next(reader, []))]
    shop, place = shop_of(heading), Place(file, rows.first)
    if shop is None:
        complaints.add([_no_heading(heading, place)])
        return
    if twice := [one for one in shop.decide if heading.count(one) > 1]:
        message = f"the first line names the column `{twice[0]}`, which tells sales, more than once"
        complaints.add([FILE.finding(message, place)])
        return
    no_sales: list[int] = []
    for sale in sales(shop, list(_full_rows(rows, reader, heading, file, complaints))):
        if sale.is_kept:
            buyer, problems = make_buyer(sale.fields, Place(file, sale.line))
            complaints.add(problems)
            if not has_errors(problems):
                yield buyer
        else:
            no_sales.append(sale.line)
    complaints.add(_not_sold(no_sales, file))


def _full_rows(
    rows: _Lines, reader: Iterator[list[str]], heading: list[str], file: str, complaints: Complaints
) -> Iterator[tuple[int, Row]]:
    """Yield the line and the fields of each row that has those of the heading."""
    for row in reader:
        while len(row) > len(heading) and not row[-1].strip():
            row.pop()  # spreadsheets end lines with empty fields
        if len(row) == len(heading):
            yield rows.first, dict(zip(heading, row, strict=True))
        else:
            message = f"the line has {len(row)} fields, and the first line has {len(heading)}"
            complaints.add([FIELD.finding(message, Place(file, rows.first))])


def _no_heading(heading: list[str], place: Place) -> Finding:
    """Return the finding for a first line in which a column is missing."""
    said = " and ".join(f"`{name}`" for name in OWN.missing(heading))
    found = ", ".join(f"`{name[:20]}`" for name in heading[:8]) or "none"
    return FILE.finding(f"the first line must have the column {said} once; it has {found}", place)


def _not_sold(lines: list[int], file: str) -> Iterator[Finding]:
    """Yield the finding for the lines that are no sales."""
    if lines:
        named = ", ".join(map(str, lines[:MOST_LINES])) + (", ..." if lines[MOST_LINES:] else "")
        what = f"{len(lines)} lines are no sales" if lines[1:] else "one line is no sale"
        yield NO_SALE.finding(f"{what}: {named}", Place(file, lines[0]))


def _once(buyers: Iterable[Buyer], complaints: Complaints) -> Iterator[Buyer]:
    """Yield the buyers whose order nobody before them has; file systems may ignore case.

    A purchase that comes twice is one.
    """
    seen: dict[str, Buyer] = {}
    for buyer in buyers:
        first = seen.setdefault(buyer.file_part.casefold(), buyer)
        if first is buyer:
            yield buyer
        elif (first.name, first.purchase) != (buyer.name, buyer.purchase):
            message = f"order {buyer.order} is in line {first.place.line} too"
            complaints.add([TWICE.finding(message, buyer.place)])


def _problems(key: str, value: str) -> Iterator[str]:
    """Yield what is wrong with a field."""
    if not value:
        yield f"the {key} is empty"
    if len(value) > LONGEST[key]:
        yield f"the {key} has {len(value)} characters, and may have {LONGEST[key]}"
    for character in invisible(value):
        yield f"the {key} has the invisible character {character}"
    if re.search("[\udc80-\udcff]", value):
        yield f"the {key} has bytes that are not UTF-8"
    if key == "name":
        yield from name_problems(value)
    elif value.startswith(FORMULA):
        yield f"the {key} begins with `{value[0]}`, like a spreadsheet's formula"
    elif NOBODY.fullmatch(value) or "\ufffd" in value:
        yield f"the {key} is `{value}`, which programs write where there is none"
    if key == "order" and not ORDER.fullmatch(value):
        said = "is a number that a spreadsheet cut short: take it from the shop's own list"
        other = "has other signs than letters, digits, `.`, `-` and `_`"
        yield f"the order `{value}` {said if NUMBER.fullmatch(value) else other}"
    if key == "email" and not EMAIL.fullmatch(value):
        yield f"`{value}` is no e-mail address"


def _repairs(given: Mapping[str, str], tidy: Mapping[str, str]) -> Iterator[str]:
    """Yield what was repaired; spaces that were put in order are not told."""
    for key, value in tidy.items():
        if value.split() != given[key].split():
            yield f"the {key} `{given[key][: LONGEST[key]]}` was repaired, and is now `{value}`"
