"""All text in a PDF that a page may not show: strings, streams, and words in any content stream."""

import re
from collections.abc import Iterator

from pypdf.errors import PyPdfError
from pypdf.generic import StreamObject

from cheatsheet.reader.objects import every_object, mapping, resolved, values_in
from cheatsheet.reader.pypdf_view import PypdfView

PRINTABLE = re.compile(rb"[\x09-\x0d\x20-\xff]{24,}")
SHOWN = re.compile(rb"/([^\s/]+)\s+[\d.]+\s+Tf\b|<([0-9A-Fa-f]+)>")
MAPPED = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")


def hidden_texts(pdf: PypdfView) -> Iterator[tuple[str, str]]:
    """Yield (where, text) of every object, reached by a page or not, and of the file's bytes.

    Content streams are read with every font's /ToUnicode map (ISO 32000-1, 9.10.3), so that text
    is found that is drawn invisibly, outside the page, or not at all.
    """
    fonts = dict(_fonts(pdf))
    for number, value in every_object(pdf.reader):
        where = f"object {number}"
        strings = (item for item in values_in(value) if isinstance(item, str | bytes))
        yield from ((where, s if isinstance(s, str) else _readable(s)) for s in strings)
        if isinstance(value, StreamObject):
            data = _decoded(value)
            yield where, _readable(data)
            yield where, _typeset(data, fonts)
    yield "the file's bytes", _readable(pdf.data)


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


def _fonts(pdf: PypdfView) -> Iterator[tuple[bytes, dict[bytes, str]]]:
    """Yield each font's name in the pages' resources, and its characters by code."""
    for resources in pdf.dictionaries:
        for name, font in mapping(resources.get("/Font")).items():
            to_unicode = resolved(mapping(font).get("/ToUnicode"))
            if isinstance(to_unicode, StreamObject):
                yield name[1:].encode(), _characters(_decoded(to_unicode))


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
