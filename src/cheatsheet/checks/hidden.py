"""All text in a PDF that a page may not show: strings, streams, and words in any content stream."""

import re
from collections.abc import Iterator
from typing import Any

from pypdf.errors import PyPdfError
from pypdf.generic import ByteStringObject, StreamObject, TextStringObject

from cheatsheet.checks.reading import Reading

PRINTABLE = re.compile(rb"[\x09-\x0d\x20-\xff]{24,}")
SHOWN = re.compile(rb"/([^\s/]+)\s+[\d.]+\s+Tf\b|<([0-9A-Fa-f]+)>")
MAPPED = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")


def hidden_texts(pdf: Reading) -> Iterator[tuple[str, str]]:
    """Yield (where, text) of every object, reached by a page or not, and of the file's bytes.

    Content streams are read with every font's /ToUnicode map (ISO 32000-1, 9.10.3), so that text
    is found that is drawn invisibly, outside the page, or not at all.
    """
    fonts = dict(_fonts(pdf))
    for number, value in pdf.objects():
        where = f"object {number}"
        for text in _strings(value):
            yield where, text
        if isinstance(value, StreamObject):
            data = _decoded(value)
            yield where, _readable(data)
            yield where, _typeset(data, fonts)
    yield "the file's bytes", _readable(pdf.bytes)


def _strings(value: Any) -> Iterator[str]:
    """Yield the strings in an object, not those behind its references."""
    if isinstance(value, TextStringObject):
        yield str(value)
    elif isinstance(value, ByteStringObject):
        yield _readable(bytes(value))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _decoded(stream: StreamObject) -> bytes:
    """Return a stream's data without its filters; as it stands, where they cannot be undone."""
    try:
        return stream.get_data()
    except (PyPdfError, NotImplementedError, ValueError):
        return stream._data  # noqa: SLF001 - there is no public way


def _readable(data: bytes) -> str:
    """Return the runs of text in bytes, in UTF-8 or in UTF-16."""
    runs = b"\n".join(PRINTABLE.findall(data))
    wide = b"\n".join(PRINTABLE.findall(data.replace(b"\0", b""))) if b"\0" in data else b""
    return runs.decode("utf-8", "ignore") + "\n" + wide.decode("latin-1")


def _fonts(pdf: Reading) -> Iterator[tuple[bytes, dict[bytes, str]]]:
    """Yield each font's name in the pages' resources, and its characters by code."""
    for _, value in pdf.objects():
        listed = value.get("/Font") if isinstance(value, dict) else None
        fonts = listed.get_object() if listed is not None else None
        for name, reference in fonts.items() if isinstance(fonts, dict) else ():
            font = reference.get_object()
            if isinstance(font, dict) and "/ToUnicode" in font:
                yield name[1:].encode(), _characters(_decoded(font["/ToUnicode"]))


def _characters(to_unicode: bytes) -> dict[bytes, str]:
    """Return what each code of a font stands for."""
    pairs = MAPPED.findall(to_unicode)
    return {
        code.lower(): bytes.fromhex(words.decode()).decode("utf-16-be", "ignore")
        for code, words in pairs
        if len(words) % 2 == 0
    }


def _typeset(data: bytes, fonts: dict[bytes, dict[bytes, str]]) -> str:
    """Return the words that a content stream sets, in the order in which it sets them."""
    words: list[str] = []
    codes: dict[bytes, str] = {}
    for font, shown in SHOWN.findall(data) if b" Tf" in data else ():
        if font:
            codes = fonts.get(font, {})
        parts = (shown[at : at + 4].lower() for at in range(0, len(shown), 4))
        words.extend(codes.get(part, "") for part in parts)
    return "".join(words)
