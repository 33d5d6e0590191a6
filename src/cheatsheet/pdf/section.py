"""What a section is laid out with, and the section file that comes of it: data, no renderer."""

import hashlib
import json
import os
from binascii import a2b_base64
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from cheatsheet.drawings import ornament_fault
from cheatsheet.findings import Finding, Place
from cheatsheet.findings.packing import as_finding
from cheatsheet.stylesheets import StyleFile, asked_addresses
from cheatsheet.system.reading import folder_problem, read_bytes, unwatched

ROOT = "file:///book/project/"
"""Where a project seems to lie when it is laid out, so that no path of the machine is in a file."""

RELOCATION = "section:"
KINDS = (
    b"\x00\x01\x00\x00", b"OTTO", b"true", b"ttcf", b"wOFF", b"wOF2",
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF",
)  # fmt: skip
"""How fonts and pictures of pixels begin; what begins otherwise must be a drawing."""

HEAD = 8  # bytes: the length of a packed record
LEAST_MM = 1.0  # that are missing where a page more is needed
TOLERANCE_MM = 0.5  # a line's box reaches below its letters
MOST_BYTES = 8_000_000  # of a font or a picture that styles ask for

Record = Mapping[str, Any]
"""A dataclass as it was read from JSON."""

Area = tuple[float, float, float, float]
"""Left, top, width and height in pt from the page's upper left corner."""


@dataclass(frozen=True)
class Frame:
    """What lies behind a page.

    `area` is the page area inside the margins. The baseline grid is that of the page's commonest
    line: `grid_start` is where the first such line stands, `grid_step` the distance of the lines
    (0 where a page has no text). `links` are the targets (`#anchor` or an address) and rectangles.
    """

    width: float
    height: float
    area: Area
    grid_start: float
    grid_step: float
    links: tuple[tuple[str, Area], ...]


@dataclass(frozen=True)
class SectionFont:
    """A font of a section: the digest of the file that it is from, and what it prints.

    `widths` are in thousandths of the font size, and `texts` what glyphs stand for, by number. The
    digest is empty where glyphs do not simply come from a file: colours, variations.
    """

    file: str
    widths: Mapping[int, float]
    texts: Mapping[int, str]


@dataclass(frozen=True)
class StyleSet:
    """Style sheets in cascading order, and the files that they ask for.

    `files` holds the content of each file by its address, and `refused` why an address has none.
    """

    styles: tuple[StyleFile, ...]
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    refused: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """The digest of all of it: another style sheet, font or picture has another."""
        files = {url: content_digest(data) for url, data in self.files.items()}
        parts = [[(s.file.as_posix(), s.text) for s in self.styles], files, dict(self.refused)]
        return content_digest(json.dumps(parts, sort_keys=True).encode())


@dataclass(frozen=True)
class SectionFile:
    """A section as a tagged PDF of its own, and what there is to know of its pages.

    `heights_mm` is how far the text of each page reaches, in mm from the top of the page area (its
    content box), `room_mm` the height of that area, and `overhang_mm` how far text reaches out of
    a box of fixed height. `room` names the variables of the styles that it has its room from, and
    where they stand. `fonts` are by their resource names. A link to a section is a relocation:
    an address that begins with RELOCATION. The place of a finding that is about the section's text
    has no file; whoever knows the section sets it.
    """

    pdf: bytes = field(repr=False)
    heights_mm: tuple[float, ...]
    room_mm: float
    overhang_mm: float
    room: str
    frames: tuple[Frame, ...]
    fonts: Mapping[str, SectionFont]
    findings: tuple[Finding, ...]

    @property
    def pages(self) -> int:
        """The number of pages."""
        return len(self.heights_mm)

    def overflow_mm(self, pages: int) -> float:
        """Return by how many mm the text is too long for a number of pages; 0 if it fits.

        What runs over is more than is missing: a paragraph that is kept whole leaves room before
        it, on the last page that the text may have.
        """
        past = max(height - self.room_mm for height in self.heights_mm)
        if self.pages > pages:
            left = max(self.room_mm - self.heights_mm[pages - 1], 0.0)
            past = max(past, sum(self.heights_mm[pages:]) - left, LEAST_MM)
        past = max(past, self.overhang_mm)
        return past if past > TOLERANCE_MM else 0.0


def read_style_set(project: Path, styles: Sequence[StyleFile]) -> StyleSet:
    """Return style sheets with the files that they ask for, read from a project folder."""
    files: dict[str, bytes] = {}
    refused: dict[str, str] = {}
    for url, _ in style_addresses(styles):
        try:
            data, problem = _read(project.resolve(), url)
        except ValueError:  # as for a bracket that is not closed, or a NUL
            data, problem = b"", f"`{url}` is no address"
        if problem := problem or _unfit(url, data):
            refused[url] = problem
        elif not url.startswith("data:"):
            files[url] = data
    return StyleSet(tuple(styles), files, refused)


def style_addresses(styles: Sequence[StyleFile]) -> Iterator[tuple[str, Place]]:
    """Yield each address that style sheets ask for by url(), whole and plain, and where."""
    for style in styles:
        base = ROOT + quote(style.file.as_posix())
        for written, place in asked_addresses(style):
            try:
                url = plain_address(urljoin(base, written))
            except ValueError:  # it is no address
                url = written
            yield url, place


def plain_address(url: str) -> str:
    """Return an address without fragment and escapes; a file's without a query too."""
    url = url.partition("#")[0]
    return unquote(url.partition("?")[0] if url.startswith("file:") else url)


def _read(project: Path, url: str) -> tuple[bytes, str]:
    """Return what an address leads to, a project's file or its own data, or why it is nothing.

    Raises ValueError for what is no address.
    """
    parts = urlsplit(url)
    if parts.scheme == "data":
        return _own_data(url), ""
    if parts.scheme != "file" or parts.netloc:
        return b"", f"{url} is not a file of the project"
    path = Path(os.path.realpath(project / url.removeprefix(ROOT)))  # resolve() fails at a loop
    asked = PurePath(url.removeprefix(ROOT))
    out = f"a path leads out of the project folder, to `{path.name}`"
    if not url.startswith(ROOT):
        return b"", out
    if not path.is_relative_to(project):
        return b"", _folder_fault(project, asked) or out
    file = path.relative_to(project)
    data, problem = read_bytes(project, file, MOST_BYTES)
    if problem:
        return b"", _folder_fault(project, asked) or f"`{file.as_posix()}`: {problem}"
    problem = unwatched(asked)
    return data, f"`{file.as_posix()}`: {problem}" if problem else ""


def _folder_fault(project: Path, asked: PurePath) -> str:
    """Return what is wrong with a folder of a build's, and so with each file asked for in it."""
    is_plain = not unwatched(asked) and ".." not in asked.parts
    return folder_problem(project, asked) if is_plain else ""


def _own_data(url: str) -> bytes:
    """Return the data in an address that holds its own (RFC 2397)."""
    kind, _, data = url.partition(",")
    try:
        return a2b_base64(data) if kind.endswith(";base64") else data.encode(errors="replace")
    except ValueError:  # the renderer says so
        return b""


def _unfit(url: str, data: bytes) -> str:
    """Return why what an address leads to is nothing for the renderer, or nothing."""
    if not data or data.startswith(KINDS):
        return ""
    is_address = url.startswith("data:")
    name = "a drawing in an address" if is_address else url.removeprefix(ROOT)
    with suppress(UnicodeDecodeError):
        text = data.decode("utf-8-sig")
        if not is_address or text.lstrip().startswith("<"):
            return ornament_fault(name, text)
    what = "the data in an address" if is_address else f"`{name}`"
    return f"{what} is no font, no picture and no drawing"


def pack_section(section: SectionFile) -> bytes:
    """Return a section file's bytes: the length of its record, the record as JSON, the PDF."""
    values = asdict(section)
    del values["pdf"]
    record = json.dumps(values).encode()
    return len(record).to_bytes(HEAD, "big") + record + section.pdf


def unpack_section(data: bytes) -> SectionFile:
    """Return the section file that was packed into bytes."""
    end = HEAD + int.from_bytes(data[:HEAD], "big")
    values = json.loads(data[HEAD:end])
    values |= {
        "heights_mm": tuple(values["heights_mm"]),
        "frames": tuple(map(_frame, values["frames"])),
        "fonts": {name: _font(value) for name, value in values["fonts"].items()},
        "findings": tuple(map(as_finding, values["findings"])),
    }
    return SectionFile(pdf=data[end:], **values)


def _frame(value: Record) -> Frame:
    """Return a frame that was read from JSON."""
    links = tuple((target, tuple(area)) for target, area in value["links"])
    return Frame(**{**value, "area": tuple(value["area"]), "links": links})


def _font(value: Record) -> SectionFont:
    """Return a font that was read from JSON, where a mapping's keys are strings."""
    widths, texts = ({int(k): v for k, v in value[key].items()} for key in ("widths", "texts"))
    return SectionFont(value["file"], widths, texts)


def content_digest(data: bytes) -> str:
    """Return the digest of bytes."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()
