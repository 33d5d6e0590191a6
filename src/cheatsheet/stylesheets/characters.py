"""A font file → the characters that it has."""

from functools import lru_cache
from io import BytesIO

import uharfbuzz as hb

PACKED = (b"wOFF", b"wOF2")
MAX_FONT_BYTES = 8 * 1024 * 1024  # of a font file that is read


@lru_cache(maxsize=16)
def font_characters(data: bytes) -> frozenset[str]:
    """Return the characters in a font file's `cmap` (OpenType 1.9); none if it cannot be read."""
    if data.startswith(PACKED):
        return _unpacked(data)
    return frozenset(map(chr, hb.Face(hb.Blob(data)).unicodes))


def _unpacked(data: bytes) -> frozenset[str]:
    """Return the characters of a WOFF font, which HarfBuzz does not read."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - takes a tenth of a second

    try:
        with TTFont(BytesIO(data), lazy=True) as font:
            return frozenset(map(chr, font.getBestCmap() or ()))
    except Exception:  # noqa: BLE001 - hostile bytes raise anything in fontTools
        return frozenset()
