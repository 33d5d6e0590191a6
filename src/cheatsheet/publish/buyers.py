"""Buyers: a CSV file, or one person's details → Buyers, and findings with file and line."""

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cheatsheet.findings import NOWHERE, Finding, Place, error

COLUMNS = ("name", "email", "order")
LONGEST = {"name": 80, "email": 254, "order": 64}
MOST_BYTES = 20_000_000
FORMULA = ("=", "+", "-", "@")  # what a spreadsheet would run (OWASP, "CSV Injection")
UNPRINTED = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # control, format, unassigned, breaks
ORDER = re.compile(r"#?[A-Za-z0-9][A-Za-z0-9._-]*")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")

FILE = error(
    "buyers-file",
    "The list of buyers cannot be read.",
    "save it as CSV in UTF-8, with the columns name, email and order in its first line",
)
FIELD = error(
    "buyers-field",
    "A buyer's name, e-mail address or order cannot be used.",
    "mend it in the shop's list, and stamp again: copies that are there already stay",
)
TWICE = error(
    "buyers-twice",
    "Two buyers have the same order.",
    "an order names the file: give each its own, or remove the second line",
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
        """The order as a part of a file's name: without the `#` that shops put before it."""
        return self.order.removeprefix("#")

    @property
    def key(self) -> bytes:
        """A digest of all that makes the copy this buyer's."""
        said = f"{self.name}\0{self.email}\0{self.order}"
        return hashlib.sha256(said.encode()).digest()


def read_buyers(file: Path) -> tuple[list[Buyer], list[Finding]]:
    """Return the buyers in a CSV file (RFC 4180; UTF-8, with or without a byte order mark).

    A line that cannot be used is a finding, and the others are returned; a file that cannot be
    read as a whole has no buyers. Raises OSError.
    """
    data = file.read_bytes()
    problem = _not_text(data)
    if problem:
        return [], [FILE.finding(problem[0], Place(file.name, problem[1]))]
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    findings: list[Finding] = []
    try:
        buyers = list(_buyers(rows, file.name, findings))
    except csv.Error as problem:
        at = Place(file.name, max(rows.line_num, 1))
        return [], [FILE.finding(f"this is not CSV: {problem}", at)]
    return list(_once(buyers, findings)), findings


def make_buyer(fields: Mapping[str, str], place: Place = NOWHERE) -> tuple[Buyer, list[Finding]]:
    """Return a buyer by `name`, `email` and `order`, and what is wrong with these."""
    tidy = {key: unicodedata.normalize("NFC", fields[key]).strip(" ") for key in COLUMNS}
    buyer = Buyer(tidy["name"], tidy["email"], tidy["order"], place)
    problems = (next(_problems(key, value), "") for key, value in tidy.items())
    return buyer, [FIELD.finding(problem, place) for problem in problems if problem]


def _not_text(data: bytes) -> tuple[str, int | None] | None:
    """Return why bytes are no UTF-8 text, and in which line; None if they are."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "the file is in UTF-16, not in UTF-8", None
    if len(data) > MOST_BYTES:
        return f"the file has more than {MOST_BYTES // 1_000_000} MB", None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        return f"the file is not UTF-8: the byte 0x{data[problem.start]:02X} is no character", line
    return None if data.strip() else ("the file is empty", None)


def _buyers(rows: Iterable[list[str]], file: str, findings: list[Finding]) -> Iterator[Buyer]:
    """Yield the buyers of a CSV file's rows, the first of which names the columns."""
    reader = iter(rows)
    heading = [name.strip().lower() for name in next(reader, [])]
    missing = [name for name in COLUMNS if heading.count(name) != 1]
    if missing:
        said = " and ".join(f"`{name}`" for name in missing)
        found = ", ".join(f"`{name[:20]}`" for name in heading[:8])
        message = f"the first line must have the column {said} once; it has {found}"
        findings.append(FILE.finding(message, Place(file, 1)))
        return
    line = 2
    for row in reader:
        place, line = Place(file, line), getattr(rows, "line_num", line) + 1
        if not any(field.strip() for field in row):
            continue
        if len(row) != len(heading):
            message = f"the line has {len(row)} fields, and the first line has {len(heading)}"
            findings.append(FIELD.finding(message, place))
            continue
        buyer, problems = make_buyer(dict(zip(heading, row, strict=True)), place)
        findings.extend(problems)
        if not problems:
            yield buyer


def _once(buyers: Iterable[Buyer], findings: list[Finding]) -> Iterator[Buyer]:
    """Yield the buyers whose order nobody before them has; file systems may ignore case."""
    seen: dict[str, Buyer] = {}
    for buyer in buyers:
        first = seen.setdefault(buyer.file_part.casefold(), buyer)
        if first is buyer:
            yield buyer
        else:
            message = f"order {buyer.order} is in line {first.place.line} too"
            findings.append(TWICE.finding(message, buyer.place))


def _problems(key: str, value: str) -> Iterator[str]:
    """Yield what is wrong with a field."""
    if not value:
        yield f"the {key} is empty"
    if len(value) > LONGEST[key]:
        yield f"the {key} has {len(value)} characters, and may have {LONGEST[key]}"
    for character in value:
        if unicodedata.category(character) in UNPRINTED:
            yield f"the {key} has the invisible character U+{ord(character):04X}"
    if value.startswith(FORMULA):
        yield f"the {key} begins with `{value[0]}`, like a spreadsheet's formula"
    if key == "order" and not ORDER.fullmatch(value):
        yield f"the order `{value}` has other signs than letters, digits, `.`, `-` and `_`"
    if key == "email" and not EMAIL.fullmatch(value):
        yield f"`{value}` is no e-mail address"
