"""A published file's bytes → lines of text, with broken characters mended and told."""

import unicodedata
from pathlib import Path

import ftfy
import ftfy.badness

from cheatsheet.findings import Finding, Place, error, warning

MAX_BYTES = 256 * 1024

FILE = error(
    "import-file",
    "A published file is not a text, or is too large.",
    "save the page or the newsletter as text, HTML or Markdown of at most 256 KB",
)
ENCODING = error(
    "import-encoding", "A published file is not UTF-8.", "save it as UTF-8 in your editor"
)
MOJIBAKE = warning(
    "import-mojibake",
    "A published file was read in the wrong encoding once and saved that way; it was mended.",
    "look at the mended words in the difference",
)

INVISIBLE = {"Cc", "Cf", "Co", "Cs"}
CHARACTERS = ftfy.TextFixerConfig(unescape_html=False)
CHARACTERS_AND_ENTITIES = ftfy.TextFixerConfig(unescape_html=True)


def read_file(path: Path) -> tuple[bytes, list[Finding]]:
    """Return a file's bytes; none, and a finding, if it cannot be read or is too large."""
    place = Place(str(path))
    if not path.is_file():
        return b"", [FILE.finding("this is not a file", place)]
    try:
        with path.open("rb") as opened:
            raw = opened.read(MAX_BYTES + 1)
    except OSError as problem:
        return b"", [FILE.finding(f"the file cannot be read: {problem.strerror}", place)]
    if len(raw) > MAX_BYTES:
        return b"", [FILE.finding(f"the file has more than {MAX_BYTES:,} bytes", place)]
    return raw, []


def decode(raw: bytes, file: str) -> tuple[list[str], list[Finding]]:
    """Return the lines of a file's bytes, mojibake mended, and findings that name the file."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return [], [ENCODING.finding("the file is UTF-16", Place(file))]
    if b"\0" in raw:
        line = raw[: raw.index(b"\0")].count(b"\n") + 1
        return [], [FILE.finding("the file is binary: it has a zero byte", Place(file, line))]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
        message = f"byte 0x{raw[problem.start]:02x} is not UTF-8"
        return [], [ENCODING.finding(message, Place(file, line))]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    findings = [
        _mended(line, Place(file, number))
        for number, line in enumerate(lines, 1)
        if _is_broken(line)
    ]
    return [ftfy.fix_encoding(line) if _is_broken(line) else line for line in lines], findings


def normal(text: str, *, entities: bool = False) -> str:
    """Return a text as the manuscript writes it.

    Straight quotes, one character for an ellipsis, single spaces, Unicode normal form C, nothing
    invisible. `entities` are HTML's, in a form that does not know them.
    """
    fixed = ftfy.fix_text(text, CHARACTERS_AND_ENTITIES if entities else CHARACTERS)
    fixed = fixed.replace("...", "…")
    words = " ".join(fixed.split())
    if words.isprintable():
        return words
    return "".join(c for c in words if unicodedata.category(c) not in INVISIBLE)


def _is_broken(line: str) -> bool:
    """Tell whether a line was read in the wrong encoding, and can be read in the right one."""
    if line.isascii() or not ftfy.badness.is_bad(line):
        return False
    return bool(ftfy.fix_encoding(line) != line)


def _mended(line: str, place: Place) -> Finding:
    """Return the finding for a broken line: its first broken word and what it is now."""
    broken = list(filter(ftfy.badness.is_bad, line.split())) or [line.strip()[:40]]
    more = f", and {len(broken) - 1} more on this line" if len(broken) > 1 else ""
    message = f'"{broken[0][:40]}" was broken and is now "{ftfy.fix_encoding(broken[0][:40])}"'
    return MOJIBAKE.finding(message + more, place)
