"""A font file → the characters that it has, or what is wrong with it."""

import zlib
from functools import lru_cache
from io import BytesIO

import uharfbuzz as hb

PACKED = (b"wOFF", b"wOF2")
MAX_FONT_BYTES = 8 * 1024 * 1024  # of a font file that is read
NEEDED = {"cmap", "head", "hhea", "hmtx", "maxp"}
OUTLINES = ({"glyf", "loca"}, {"CFF "}, {"CFF2"})  # OpenType 1.9, Font Tables; one of them
HEAD_SUM = slice(8, 12)  # where `head` has the whole file's checksum, which its own leaves out


@lru_cache(maxsize=16)
def font_characters(data: bytes) -> frozenset[str]:
    """Return the characters in a font file's `cmap` (OpenType 1.9); none if it cannot be read."""
    if data.startswith(PACKED):
        return _unpacked(data)
    return frozenset(map(chr, hb.Face(hb.Blob(data)).unicodes))


@lru_cache(maxsize=32)
def font_damage(data: bytes) -> str:
    """Return what is wrong with a font file; nothing if it can be used.

    A changed byte is found by the checksum of its table (OpenType 1.9, Font File, Calculating
    Checksums). WOFF2 has none: what cannot be unpacked is damaged.
    """
    from fontTools.ttLib import TTLibError, sfnt  # noqa: PLC0415 - see below

    if not font_characters(data):
        return "this is no font that can be read"
    if data.startswith(b"wOF2"):
        return ""
    try:
        reader = sfnt.SFNTReader(BytesIO(data), fontNumber=0)
        if not any(NEEDED | outlines <= reader.tables.keys() for outlines in OUTLINES):
            return "the font is damaged: it has no letters, or not their widths"
        for tag, entry in reader.tables.items():
            table = bytearray(reader[tag])
            if tag == "head":
                table[HEAD_SUM] = bytes(4)
            if sfnt.calcChecksum(bytes(table)) != entry.checkSum:
                return f"the font is damaged: its table `{tag}` is not what it was"
    except (TTLibError, OSError, ValueError, AssertionError, zlib.error):
        return "the font is damaged: it ends too early, or cannot be unpacked"
    return ""


def _unpacked(data: bytes) -> frozenset[str]:
    """Return the characters of a WOFF font, which HarfBuzz does not read."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - takes a tenth of a second

    try:
        with TTFont(BytesIO(data), lazy=True) as font:
            return frozenset(map(chr, font.getBestCmap() or ()))
    except Exception:  # noqa: BLE001 - hostile bytes raise anything in fontTools
        return frozenset()
