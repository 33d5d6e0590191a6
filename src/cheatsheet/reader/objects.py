"""Objects of a PDF, taken as they come: a damaged file has anything anywhere."""

import re
from collections.abc import Iterator
from typing import Any

import pypdf
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
# A map to text, as a CMap writes it: pairs of code and text; ranges, with a text, or one for each.
CHARACTERS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
HEXADECIMAL = re.compile(rb"<([0-9A-Fa-f\s]*)>")
PAIR = re.compile(HEXADECIMAL.pattern + rb"\s*" + HEXADECIMAL.pattern)
RANGE = re.compile(PAIR.pattern + rb"\s*(<[0-9A-Fa-f\s]*>|\[[^\]]*\])")
COLLECTIONS = {"GB1", "CNS1", "Japan1", "Korea1", "KR"}  # of Adobe's, each with a way to Unicode


def resolved(value: Any) -> Any:
    """Return an object itself where it stands behind a reference."""
    return value.get_object() if isinstance(value, IndirectObject) else value


def mapping(value: Any) -> DictionaryObject:
    """Return a dictionary, or an empty one where there is something else."""
    found = resolved(value)
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def text_in(value: Any) -> str:
    """Return a text string, or "" where there is something else."""
    found = resolved(value)
    if isinstance(found, ByteStringObject):
        return found.decode("utf-8", "replace")
    return str(found) if isinstance(found, TextStringObject) else ""


def listed(value: Any) -> list[Any]:
    """Return the entries of an array, or none where there is something else."""
    found = resolved(value)
    return list(found) if isinstance(found, ArrayObject) else []


def every_object(reader: pypdf.PdfReader) -> Iterator[tuple[int, Any]]:
    """Yield every object that the file's cross-reference table names: (number, object)."""
    numbers = {(number, generation) for generation, at in reader.xref.items() for number in at}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    for number, generation in sorted(numbers):
        yield number, reader.get_object(IndirectObject(number, generation, reader))


def values_in(value: Any) -> Iterator[Any]:
    """Yield the dictionaries and strings in an object, itself among them; references end there."""
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, DictionaryObject):
            yield item
            pending.extend(dict.values(item))
        elif isinstance(item, ArrayObject):
            pending.extend(item)
        elif isinstance(item, str | bytes) and not isinstance(item, NameObject):
            yield item


def resources_of(page: Any, seen: set[int]) -> Iterator[DictionaryObject]:
    """Yield a page's resources, and those of the forms and patterns that it draws with.

    Those that were `seen` are left out; the identities of those that are yielded join them.
    """
    pending = [page.get("/Resources")]
    pending += [
        mapping(mapping(mapping(note).get("/AP")).get("/N")).get("/Resources")
        for note in listed(page.get("/Annots"))
    ]
    while pending:
        resources = mapping(pending.pop())
        if id(resources) in seen:
            continue
        seen.add(id(resources))
        yield resources
        for kind in ("/XObject", "/Pattern"):
            inner = mapping(resources.get(kind))
            pending.extend(mapping(inner.get(key)).get("/Resources") for key in inner)


def content_of(page: DictionaryObject) -> bytes:
    """Return a page's content, its streams joined."""
    content = resolved(page.get("/Contents"))
    streams = [content] if isinstance(content, StreamObject) else map(resolved, listed(content))
    return b"\n".join(s.get_data() for s in streams if isinstance(s, StreamObject))


def is_embedded(font: DictionaryObject) -> bool:
    """Tell whether a font's glyphs are in the file (ISO 32000-1, 9.9)."""
    if font.get("/Subtype") == "/Type3":
        return True
    descriptor = mapping(descendant(font).get("/FontDescriptor"))
    return any(isinstance(resolved(descriptor.get(key)), StreamObject) for key in FONT_FILES)


def has_text(font: DictionaryObject) -> bool:
    """Tell whether a font's glyphs can be read as text (ISO 32000-1, 9.10.2)."""
    if isinstance(resolved(font.get("/ToUnicode")), StreamObject):
        return True
    encoding = resolved(font.get("/Encoding"))
    if font.get("/Subtype") == "/Type0":
        named = isinstance(encoding, NameObject) and not encoding.startswith("/Identity")
        ordering = mapping(descendant(font).get("/CIDSystemInfo")).get("/Ordering")
        return named or text_in(ordering) in COLLECTIONS
    return encoding is not None


def mapped_units(font: DictionaryObject) -> frozenset[int]:
    """Return the UTF-16 units of a font's map to text: of a range, its first and last (9.10.3)."""
    stream = resolved(font.get("/ToUnicode"))
    data = stream.get_data() if isinstance(stream, StreamObject) else b""
    found: set[int] = set()
    for _, text in (pair for lines in CHARACTERS.findall(data) for pair in PAIR.findall(lines)):
        found.update(_units(text))
    for first, last, texts in (r for lines in RANGES.findall(data) for r in RANGE.findall(lines)):
        for text in HEXADECIMAL.findall(texts):
            units = _units(text)
            steps = sum(_units(last)) - sum(_units(first)) if texts.startswith(b"<") else 0
            found.update([*units, *(unit + steps for unit in units[-1:])])
    return frozenset(found)


def _units(digits: bytes) -> list[int]:
    """Return hexadecimal digits as UTF-16 units."""
    plain = b"".join(digits.split())
    return [int(plain[at : at + 4], 16) for at in range(0, len(plain), 4)]


def descendant(font: DictionaryObject) -> DictionaryObject:
    """Return the font that has the glyphs: a composite font's only descendant, or itself."""
    descendants = listed(font.get("/DescendantFonts"))
    return mapping(descendants[0]) if descendants else font
