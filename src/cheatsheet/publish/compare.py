"""Two PDFs → what differs first, page by page: for builds that should give the same bytes."""

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

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
CONTAINERS = {pikepdf.Array: "a list", pikepdf.Stream: "a stream"}
CONTAINERS |= {pikepdf.Dictionary: "a dictionary"}
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
            said = (
                f"the files are not the same; the {which} is an EPUB, and only PDFs are looked into"
            )
            raise _UnreadableError(said) from None
        raise _UnreadableError(f"the {which} file is no PDF, or is damaged") from None


def _differs(path: Way, said: str) -> str:
    """Return a difference in words: its kind, the way to it, and what is said of both values."""
    kind = next((KINDS[part] for part in path if part in KINDS), "something")
    return in_one_line(f"{kind} differs at {''.join(path)}: {said}")


class _Comparison:
    """Two open PDFs, compared object by object; what was compared once is not again."""

    def __init__(self, one: pikepdf.Pdf, other: pikepdf.Pdf) -> None:
        self._pdfs = (one, other)
        self._pages: list[dict[tuple[int, int], int]] = [
            {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
            for pdf in self._pdfs
        ]
        self._seen: set[tuple[tuple[int, int], tuple[int, int]]] = set()

    def findings(self) -> Iterator[Finding]:
        """Yield the first difference of each page, then of the rest of the file."""
        one, other = self._pdfs
        if len(one.pages) != len(other.pages):
            yield DIFFERS.finding(f"one has {len(one.pages)} pages, the other {len(other.pages)}")
        for number, (a, b) in enumerate(zip(one.pages, other.pages, strict=False), 1):
            yield from self._first(a.obj, b.obj, Place(page=number))
        for key in ("/Info", "/Root"):
            if key in one.trailer and key in other.trailer:
                yield from self._first(one.trailer[key], other.trailer[key], NOWHERE, (key,))
            elif key in one.trailer or key in other.trailer:
                yield DIFFERS.finding(f"only one of them has {key}")

    def _first(
        self, a: pikepdf.Object, b: pikepdf.Object, place: Place, path: Way = ()
    ) -> Iterator[Finding]:
        """Yield a finding for the first difference between two values, if they differ."""
        try:
            yield from self._walk([(a, b, path)], place)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - pikepdf raises anything for what is not as it must be
            yield DIFFERS.finding("what stands here cannot be read, in one of them at least", place)

    def _walk(
        self, stack: list[tuple[pikepdf.Object, pikepdf.Object, Way]], place: Place
    ) -> Iterator[Finding]:
        """Yield a finding for the first difference in pairs of values."""
        while stack:
            a, b, path = stack.pop()
            if path and self._is_known(a, b):
                continue
            difference = _difference(a, b, path, self._same_page)
            if difference is not None:
                yield DIFFERS.finding(difference, place)
                return
            stack.extend(reversed(list(self._parts(a, b, path))))

    def _same_page(self, a: pikepdf.Object, b: pikepdf.Object) -> bool:
        """Tell whether two values are the same page of their files."""
        number = self._pages[0].get(_number(a))
        return number is not None and number == self._pages[1].get(_number(b))

    def _is_known(self, a: pikepdf.Object, b: pikepdf.Object) -> bool:
        """Tell whether two objects have been compared, or are a page, which has its own turn."""
        if self._same_page(a, b):
            return True
        pair = (_number(a), _number(b))
        if pair in self._seen:
            return True
        if pair != ((0, 0), (0, 0)):
            self._seen.add(pair)
        return False

    def _parts(
        self, a: pikepdf.Object, b: pikepdf.Object, path: Way
    ) -> Iterator[tuple[pikepdf.Object, pikepdf.Object, Way]]:
        """Yield the values in two dictionaries or arrays, in pairs."""
        if isinstance(a, pikepdf.Array):
            for index, (one, other) in enumerate(zip(a, b, strict=True)):
                yield one, other, (*path, f"[{index}]")
        elif isinstance(a, pikepdf.Dictionary | pikepdf.Stream):
            for key in sorted(_keys(a), key=lambda key: (key not in FIRST, key)):
                yield a[key], b[key], (*path, key)


def _difference(
    a: pikepdf.Object,
    b: pikepdf.Object,
    path: Way,
    same_page: Callable[[pikepdf.Object, pikepdf.Object], bool],
) -> str | None:
    """Return how two values differ in themselves, their parts apart."""
    kind = _kind(a)
    if kind != _kind(b):
        return _differs(path, f"{_short(a)} and {_short(b)}")
    if kind in {"a dictionary", "a stream"}:
        return None if path and same_page(a, b) else _difference_of_keys(a, b, path)
    if kind == "a list":
        lengths = f"{len(a)} and {len(b)} items"
        return None if len(a) == len(b) else _differs(path, lengths)
    return None if a == b else _differs(path, f"{_short(a)} and {_short(b)}")


def _kind(value: object) -> str:
    """Return what a value is."""
    return next((kind for one, kind in CONTAINERS.items() if isinstance(value, one)), "a value")


def _difference_of_keys(a: pikepdf.Object, b: pikepdf.Object, path: Way) -> str | None:
    """Return which key only one of two dictionaries has, or where their streams part."""
    one_only = _keys(a) ^ _keys(b)
    if one_only:
        return _differs((*path, min(one_only)), "only one of them has it")
    if isinstance(a, pikepdf.Stream) and a.read_raw_bytes() != b.read_raw_bytes():
        return _difference_of_bytes(_content(a), _content(b), path)
    return None


def _content(stream: pikepdf.Object) -> bytes:
    """Return a stream's data without its filters; as it stands, where they cannot be undone."""
    try:
        return stream.read_bytes()
    except (pikepdf.PdfError, RuntimeError):
        return stream.read_raw_bytes()


def _difference_of_bytes(a: bytes, b: bytes, path: Way) -> str | None:
    """Return where two streams' bytes part."""
    if a == b:
        return None
    at = next((i for i, pair in enumerate(zip(a, b, strict=False)) if pair[0] != pair[1]), len(a))
    start = max(a.rfind(b"\n", 0, at) + 1, at - SHOWN // 2)
    lines = (data[start : start + SHOWN].split(b"\n")[0].decode("latin-1") for data in (a, b))
    return _differs(path, " and ".join(f'"{line}"' for line in lines) + f" (byte {at})")


def _keys(value: pikepdf.Object) -> set[str]:
    """Return the keys of a dictionary or stream that are compared."""
    return {str(key) for key in value.keys()} - LEFT_OUT  # noqa: SIM118 - pikepdf's own


def _number(value: pikepdf.Object) -> tuple[int, int]:
    """Return an indirect object's number; (0, 0) for any other value."""
    return value.objgen if isinstance(value, pikepdf.Object) else (0, 0)


def _short(value: object) -> str:
    """Return a value as a finding shows it."""
    text = str(value) if _kind(value) == "a value" else _kind(value)
    return text if len(text) <= SHOWN else text[:SHOWN] + "..."


def _packing(one: bytes, other: bytes) -> str:
    """Return where two files part whose objects are the same."""
    at = next((i for i, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), -1)
    where = f"from byte {at} on" if at >= 0 else f"in length, {len(one)} and {len(other)} bytes"
    return f"all objects are the same, but they are packed or ordered differently {where}"
