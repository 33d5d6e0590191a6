"""How a font's codes lead to its glyphs, and what is wrong with that (ISO 14289-1, 7.21)."""

import re
from collections.abc import Iterator
from typing import Any

from fontTools.agl import toUnicode
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from cheatsheet.reader.objects import descendant, is_embedded, listed, mapping, resolved, text_in

# The predefined CMaps (ISO 32000-1, table 118), each with -H and -V but for the last ones.
PREDEFINED = {
    f"/{name}-{way}"
    for way in "HV"
    for name in (
        *("GB-EUC", "GBpc-EUC", "GBK-EUC", "GBKp-EUC", "GBK2K", "UniGB-UCS2", "UniGB-UTF16"),
        *("B5pc", "HKscs-B5", "ETen-B5", "ETenms-B5", "CNS-EUC", "UniCNS-UCS2", "UniCNS-UTF16"),
        *("83pv-RKSJ", "90ms-RKSJ", "90msp-RKSJ", "90pv-RKSJ", "Add-RKSJ", "EUC", "Ext-RKSJ"),
        *("UniJIS-UCS2", "UniJIS-UCS2-HW", "UniJIS-UTF16", "KSC-EUC", "KSCms-UHC"),
        *("KSCms-UHC-HW", "KSCpc-EUC", "UniKS-UCS2", "UniKS-UTF16", "Identity"),
    )
} | {"/H", "/V"}
SIMPLE = {"/MacRomanEncoding", "/WinAnsiEncoding"}
SYMBOLIC = 1 << 2  # of a descriptor's flags (ISO 32000-1, table 123)
VERTICAL = re.compile(rb"/WMode\s+1\s+def")
USES = re.compile(rb"/([^\s/]+)\s+usecmap")


def coding_faults(font: DictionaryObject) -> Iterator[str]:
    """Yield what is wrong with how a font's codes lead to its glyphs, as the end of a sentence."""
    if font.get("/Subtype") == "/Type0":
        yield from _glyph_faults(descendant(font))
        yield from _map_faults(resolved(font.get("/Encoding")), descendant(font))
    elif font.get("/Subtype") == "/TrueType" and is_embedded(font):
        flags = resolved(mapping(font.get("/FontDescriptor")).get("/Flags"))
        encoding = resolved(font.get("/Encoding"))
        if not isinstance(flags, int) or not flags & SYMBOLIC:
            yield from _simple_faults(encoding)
        elif encoding is not None:
            yield "is symbolic, and has an /Encoding, which readers follow or not"


def _glyph_faults(font: DictionaryObject) -> Iterator[str]:
    """Yield what is wrong with how characters lead to the glyphs of a font file (7.21.3.2)."""
    found = resolved(font.get("/CIDToGIDMap"))
    known = isinstance(found, StreamObject) or found == "/Identity"
    if font.get("/Subtype") == "/CIDFontType2" and is_embedded(font) and not known:
        yield "does not say which glyph a character is (/CIDToGIDMap)"


def _map_faults(cmap: Any, font: DictionaryObject) -> Iterator[str]:
    """Yield what is wrong with how codes lead to characters (7.21.3.1, 7.21.3.3)."""
    if not isinstance(cmap, StreamObject):
        if str(cmap) not in PREDEFINED:
            yield "has an /Encoding that is neither predefined nor in the file"
        return
    data = cmap.get_data()
    if (cmap.get("/WMode") == 1) != bool(VERTICAL.search(data)):
        yield "has a map that is written across and down (/WMode)"
    named = {f"/{name.decode('latin-1')}" for name in USES.findall(data)}
    used = resolved(cmap.get("/UseCMap"))
    named |= {str(used)} if isinstance(used, NameObject) else set()
    for name in sorted(named - PREDEFINED):
        yield f"has a map that uses {name}, which is not predefined"
    (one, most), (other, number) = map(_collection, (cmap, font))
    if one != other or number > most:
        yield "has a map to characters of another collection (/CIDSystemInfo)"


def _collection(found: DictionaryObject) -> tuple[tuple[str, str], int]:
    """Return the collection of characters that a map or font has: its names, its supplement."""
    info = mapping(found.get("/CIDSystemInfo"))
    number = resolved(info.get("/Supplement"))
    names = text_in(info.get("/Registry")), text_in(info.get("/Ordering"))
    return names, number if isinstance(number, int) else 0


def _simple_faults(encoding: Any) -> Iterator[str]:
    """Yield what is wrong with the encoding of a font with letters (7.21.6)."""
    own = isinstance(encoding, DictionaryObject)
    base = encoding.get("/BaseEncoding") if own else encoding
    if str(base) not in SIMPLE:
        yield "has letters, and is encoded by neither WinAnsiEncoding nor MacRomanEncoding"
    differences = listed(encoding.get("/Differences")) if own else []
    for name in sorted(set(filter(_is_unknown, differences))):
        yield f"has a glyph {name}, which is no character's name"


def _is_unknown(name: Any) -> bool:
    """Tell whether a name is not in the Adobe Glyph List, nor made as that says."""
    known = not isinstance(name, NameObject) or name == "/.notdef"
    return not known and not toUnicode(name[1:])
