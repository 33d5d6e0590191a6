"""A published file's bytes → lines of text, with broken characters repaired and reported."""

import re
import unicodedata
from contextlib import suppress
from pathlib import Path

import ftfy
import ftfy.badness

from cheatsheet.findings import Finding, Place, error, warning
from cheatsheet.system.reading import read_plain, wide_encoding

MAX_BYTES = 2 * 1024 * 1024

FILE = error(
    "import-file",
    "A published file is not a text, or is too large.",
    "save the page or the newsletter as HTML, Markdown, a mail or text of at most 2 MB",
)
ENCODING = error(
    "import-encoding",
    "A published file is not UTF-8, and does not say what it is.",
    "save it as UTF-8 in your editor",
)
MOJIBAKE = warning(
    "import-mojibake",
    "A published file was read in the wrong encoding once and saved that way; it was repaired.",
    "look at the repaired words in the difference",
)

INVISIBLE = {"Cc", "Cf", "Co", "Cs"}
# What fills a mail's preview: drawn as nothing, though Unicode calls it a letter or a mark.
BLANKS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufffc]"
)
MAX_BROKEN = 1_000  # lines of mojibake; a newsletter has a hundred lines
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# HTML that says it is Latin-1 is windows-1252 (WHATWG Encoding Standard, 4.2).
CHARSET = re.compile(
    rb"""<meta[^>]{1,200}charset=["']?(windows-1252|iso-8859-1|latin1)\b""", re.IGNORECASE
)
GUILLEMETS = re.compile("[«\u2039][\u00a0\u202f]?|[\u00a0\u202f]?[»\u203a]")
HEAD = 1024  # bytes in which HTML says its encoding (WHATWG HTML, 4.2.5.4)
KINDS = {
    b"PK\x03\x04": "a ZIP archive: unpack it, and import the HTML or Markdown files in it",
    b"%PDF-": "a PDF",
    b"{\\rtf": "RTF",
    b"\xd0\xcf\x11\xe0": "a Word file of before 2007",
    b"\x1f\x8b": "a gzip archive: unpack it",
}
CHARACTERS = ftfy.TextFixerConfig(unescape_html=False)
CHARACTERS_AND_ENTITIES = ftfy.TextFixerConfig(unescape_html=True)


def read_file(path: Path) -> tuple[bytes, list[Finding]]:
    """Return a file's bytes; none, and a finding, if it cannot be read or is too large."""
    raw, why = read_plain(path, MAX_BYTES)
    return raw, [FILE.finding(why, Place(str(path)))] if why else []


def decode(raw: bytes, file: str) -> tuple[list[str], list[Finding]]:
    """Return the lines of a file's bytes, mojibake repaired, and findings that name the file.

    A file is UTF-8, or says that it is not: by a byte order mark, or in the head of its HTML.
    """
    kind = next((kind for start, kind in KINDS.items() if raw.startswith(start)), None)
    if kind:
        return [], [FILE.finding(f"the file is {kind}", Place(file))]
    wide = _wide_text(raw)
    encoding = "utf-16" if wide != "UTF-32" and raw.startswith(UTF_16) else "utf-8-sig"
    if wide and encoding != "utf-16":
        return [], [ENCODING.finding(f"the file is {wide}, not UTF-8", Place(file))]
    if encoding != "utf-16" and b"\0" in raw:
        line = raw[: raw.index(b"\0")].count(b"\n") + 1
        return [], [FILE.finding("the file is binary: it has a zero byte", Place(file, line))]
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as problem:
        if not CHARSET.search(raw[:HEAD]):
            return [], [_not_decoded(raw, problem, file)]
        text = raw.decode("cp1252", errors="replace")
    return repaired(text, Place(file))


def repaired(text: str, place: Place, *, has_lines: bool = True) -> tuple[list[str], list[Finding]]:
    """Return a text's lines, mojibake repaired, and a finding for each line that was broken.

    `has_lines` tells whether the lines are those of the file at `place`.
    """
    if "\0" in text:
        return [], [FILE.finding("the file is binary: it has a zero byte", place)]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    findings: list[Finding] = []
    for number, line in enumerate(lines):
        if _is_broken(line):
            if len(findings) == MAX_BROKEN:
                message = f"more than {MAX_BROKEN:,} lines were read in the wrong encoding"
                return [], [ENCODING.finding(message, place)]
            at = Place(place.file, number + 1) if has_lines else place
            findings.append(_mended(line, at))
            lines[number] = ftfy.fix_encoding(line)
    return lines, findings


def _wide_text(raw: bytes) -> str:
    """Return which encoding of several bytes a letter a text is in; nothing for what is no text."""
    name = wide_encoding(raw)
    for order in ("le", "be") if name else ():
        with suppress(UnicodeDecodeError):
            return name if "\0" not in raw.decode(f"{name}-{order}") else ""
    return ""


def _not_decoded(raw: bytes, problem: UnicodeDecodeError, file: str) -> Finding:
    """Return the finding for a byte that is none of the encoding."""
    line = raw[: problem.start].count(b"\n") + 1
    name = "UTF-16" if problem.encoding.startswith("utf-16") else "UTF-8"
    message = f"byte 0x{raw[problem.start]:02x} is not {name}"
    return ENCODING.finding(message, Place(file, line))


def normal(text: str, *, entities: bool = False) -> str:
    """Return a text as the manuscript writes it.

    Straight quotes, one character for an ellipsis, single spaces, Unicode normal form C, nothing
    invisible. `entities` are HTML's, in a form that does not know them.
    """
    text = GUILLEMETS.sub(lambda sign: '"' if sign[0].strip() in "«»" else "'", text)
    words = " ".join(text.split())
    if words.isascii() and words.isprintable() and not (entities and "&" in words):
        return words.replace("...", "…")  # which is most of it, and ftfy takes its time
    fixed = ftfy.fix_text(text, CHARACTERS_AND_ENTITIES if entities else CHARACTERS)
    fixed = BLANKS.sub("", fixed.replace("...", "…"))
    words = " ".join(fixed.split())
    if words.isprintable():
        return words
    # An invisible character may stand between two spaces.
    seen = (c for c in words if unicodedata.category(c) not in INVISIBLE)
    return " ".join("".join(seen).split())


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
