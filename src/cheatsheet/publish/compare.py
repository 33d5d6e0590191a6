"""Two PDFs → what differs first, page by page: for builds that should give the same bytes."""

import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import pikepdf

from cheatsheet.build.checking import ZIP
from cheatsheet.findings import NOWHERE, Finding, Place, count_findings, error
from cheatsheet.reader.words import in_one_line
from cheatsheet.system.bounded import Bounds, OutOfBoundsError, read_bounded, run_bounded

MOST = 10  # differences that are told
BOUNDS = Bounds(seconds=120)
SHOWN = 60  # characters of a value that are shown
KINDS = {
    "/Contents": "the drawing",
    "/Annots": "a link",
    "/Font": "a font",
    "/XObject": "a picture",
    "/Info": "the metadata",
    "/Metadata": "the metadata",
    "/Outlines": "the outline",
    "/PageLabels": "the page labels",
    "/Names": "a destination",
    "/StructTreeRoot": "the tags",
    "/MediaBox": "the page size",
}
# What says how a stream is packed, and ways back up, is no difference of its own.
LEFT_OUT = {"/Length", "/Filter", "/DecodeParms", "/Parent", "/P", "/Pg"}
PLAIN = "a value"
CONTAINERS = {pikepdf.Array: "a list", pikepdf.Stream: "a stream"}
CONTAINERS |= {pikepdf.Dictionary: "a dictionary"}
DIRECT = (0, 0)  # the number of what is no object of its own
FIRST = ("/Contents", "/Annots", "/MediaBox")

DIFFERS = error(
    "release-differs",
    "Two builds that should be the same are not.",
    "look for a date, a path, an order that is not fixed, or another version of a library: "
    "`cheatsheet --version` on both machines",
)

UNREADABLE = error(
    "release-file",
    "A file to compare is not a file, or is too large.",
    f"name two PDFs of at most {BOUNDS.file_megabytes} MB",
)

Way = tuple[str, ...]
"""The way to a value from its page or from the catalog."""

Value = Any
"""A value of a PDF: an object of pikepdf's, or one of Python's; None where there is none."""


@dataclass(frozen=True)
class Comparison:
    """Two files compared: what differs, and the size and digest that they have if nothing does."""

    findings: list[Finding]
    size: int | None = None
    sha256: str | None = None

    @property
    def summary(self) -> str:
        """A line that says what the files have in common."""
        if self.sha256:
            return f"The same {self.size} bytes, sha256 {self.sha256}."
        return f"They were compared: {count_findings(self.findings)}."

    @property
    def facts(self) -> dict[str, int | str | None]:
        """The size and digest, for JSON."""
        return {"bytes": self.size, "sha256": self.sha256}


def compare_files(one: Path, other: Path) -> Comparison:
    """Compare two PDFs, each read in bounded time and memory. Raises OSError."""
    files: list[bytes] = []
    findings: list[Finding] = []
    for path in (one, other):
        try:
            files.append(read_bounded(path, BOUNDS))
        except OutOfBoundsError as problem:
            findings.append(UNREADABLE.finding(str(problem), Place(path.name)))
    if findings:
        return Comparison(findings)
    data, others = files
    if data == others:
        return Comparison([], len(data), hashlib.sha256(data).hexdigest())
    try:
        return Comparison(run_bounded(partial(compare_pdfs, data, others), BOUNDS))
    except OutOfBoundsError as problem:
        message = f"the files are not the same; what differs cannot be said: {problem}"
        return Comparison([DIFFERS.finding(message)])


def compare_pdfs(one: bytes, other: bytes) -> list[Finding]:
    """Return the first differences between two PDFs of other bytes, at most one for each page."""
    try:
        with _opened(one, "first") as a, _opened(other, "second") as b:
            found = list(islice(_Comparison(a, b).findings(), MOST))
    except _UnreadableError as problem:
        return [DIFFERS.finding(str(problem))]
    return found or [DIFFERS.finding(_packing(one, other))]


class _UnreadableError(ValueError):
    """A file cannot be read as a PDF; says which one, and why."""


def _opened(data: bytes, which: str) -> pikepdf.Pdf:
    """Return an open PDF. Raises _UnreadableError."""
    try:
        return pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        raise _UnreadableError(f"the {which} file asks for a password") from None
    except (pikepdf.PdfError, RuntimeError, ValueError):
        if data.startswith(ZIP):
            said = f"the {which} is an EPUB, and only PDFs are looked into"
            raise _UnreadableError(f"the files are not the same; {said}") from None
        raise _UnreadableError(f"the {which} file is no PDF, or is damaged") from None


class _Comparison:
    """Two open PDFs, compared object by object; what was compared once is not again."""

    def __init__(self, one: pikepdf.Pdf, other: pikepdf.Pdf) -> None:
        self._one, self._other = one, other
        # Pages have their own turn, wherever else they are named.
        self._seen = {(a.obj.objgen, b.obj.objgen) for a, b in self._pages()}

    def _pages(self) -> Iterable[tuple[pikepdf.Page, pikepdf.Page]]:
        """Return the pages that both have, in pairs."""
        return zip(self._one.pages, self._other.pages, strict=False)

    def findings(self) -> Iterator[Finding]:
        """Yield the first difference of each page, then of the rest of the file."""
        one, other = len(self._one.pages), len(self._other.pages)
        if one != other:
            yield DIFFERS.finding(f"the number of pages is {one} in one, {other} in the other")
        for number, (a, b) in enumerate(self._pages(), 1):
            yield from self._first(a.obj, b.obj, Place(page=number))
        for key in ("/Info", "/Root"):
            found, other_found = self._one.trailer.get(key), self._other.trailer.get(key)
            yield from self._first(found, other_found, NOWHERE, (key,))

    def _first(self, a: Value, b: Value, place: Place, path: Way = ()) -> Iterator[Finding]:
        """Yield a finding for the first difference between two values, if they differ."""
        try:
            difference = self._difference(a, b, path)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - pikepdf raises anything for what is not as it must be
            difference = "what stands here cannot be read, in one of them at least"
        if difference:
            yield DIFFERS.finding(difference, place)

    def _difference(self, a: Value, b: Value, path: Way) -> str:
        """Return the first difference in words: its kind, the way to it, and both values."""
        stack = [(a, b, path)]
        while stack:
            a, b, path = stack.pop()
            if path and self._is_known(a, b):
                continue
            if said := _own_difference(a, b):
                kind = next((KINDS[part] for part in path if part in KINDS), "something")
                return in_one_line(f"{kind} differs at {''.join(path)}: {said}")
            stack.extend((one, other, (*path, key)) for one, other, key in _parts(a, b))
        return ""

    def _is_known(self, a: Value, b: Value) -> bool:
        """Tell whether two objects have been compared, or are a page; note that they are now."""
        pair = (_number(a), _number(b))
        is_known = pair in self._seen
        if pair != (DIRECT, DIRECT):
            self._seen.add(pair)
        return is_known


def _parts(a: Value, b: Value) -> list[tuple[Value, Value, str]]:
    """Return the values in two dictionaries or arrays, in pairs, the first at the end."""
    if isinstance(a, pikepdf.Array):
        pairs = enumerate(zip(a, b, strict=True))
        return [(one, other, f"[{index}]") for index, (one, other) in pairs][::-1]
    if not isinstance(a, pikepdf.Dictionary | pikepdf.Stream):
        return []
    keys = {str(key) for value in (a, b) for key in value.keys()} - LEFT_OUT  # noqa: SIM118 - pikepdf's own
    ordered = sorted(keys, key=lambda key: (key not in FIRST, key), reverse=True)
    return [(a.get(key), b.get(key), key) for key in ordered]


def _own_difference(a: Value, b: Value) -> str:
    """Return how two values differ in themselves, their parts apart; "" if they do not."""
    if (a is None) != (b is None):
        return "only one of them has it"
    kind = _kind(a)
    if kind != _kind(b) or (kind == PLAIN and a != b):
        return f"{_short(a)} and {_short(b)}"
    if kind == "a list" and len(a) != len(b):
        return f"{len(a)} and {len(b)} items"
    if kind == "a stream" and a.read_raw_bytes() != b.read_raw_bytes():
        return _difference_of_bytes(_content(a), _content(b))
    return ""


def _kind(value: Value) -> str:
    """Return what a value is."""
    return next((kind for one, kind in CONTAINERS.items() if isinstance(value, one)), PLAIN)


def _content(stream: Value) -> bytes:
    """Return a stream's data without its filters; as it stands, where they cannot be undone."""
    try:
        data: bytes = stream.read_bytes()
    except (pikepdf.PdfError, RuntimeError):
        data = stream.read_raw_bytes()
    return data


def _difference_of_bytes(a: bytes, b: bytes) -> str:
    """Return where two streams' bytes part; "" if they do not."""
    if a == b:
        return ""
    at = _alike(a, b)
    start = max(a.rfind(b"\n", 0, at) + 1, at - SHOWN // 2)
    lines = (data[start : start + SHOWN].split(b"\n")[0].decode("latin-1") for data in (a, b))
    return " and ".join(f'"{line}"' for line in lines) + f" (byte {at})"


def _alike(a: bytes, b: bytes) -> int:
    """Return with how many bytes both begin."""
    pairs = enumerate(zip(a, b, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(a), len(b)))


def _number(value: Value) -> tuple[int, int]:
    """Return an indirect object's number; DIRECT for any other value."""
    return value.objgen if isinstance(value, pikepdf.Object) else DIRECT


def _short(value: Value) -> str:
    """Return a value as a finding shows it."""
    text = str(value) if _kind(value) == PLAIN else _kind(value)
    return text if len(text) <= SHOWN else text[:SHOWN] + "..."


def _packing(one: bytes, other: bytes) -> str:
    """Return where two files part whose objects are the same."""
    at, lengths = _alike(one, other), f"in length, {len(one)} and {len(other)} bytes"
    where = lengths if at in {len(one), len(other)} else f"from byte {at} on"
    return f"all objects are the same, but they are packed or ordered differently {where}"
