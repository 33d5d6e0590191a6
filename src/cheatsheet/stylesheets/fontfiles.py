"""The project's fonts as screens want them: small, with the characters that may be needed."""

import re
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path, PurePosixPath

import uharfbuzz as hb
from fontTools.ttLib import TTFont

LATIN = {*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2027), 0x20AC, 0x2212}
FEATURES = ["calt", "ccmp", "kern", "liga", "lnum", "locl", "mark", "onum"]
FONT_FILE = re.compile(r"fonts/[\w./-]+\.(?:ttf|otf|woff2)")


def font_files(css: str) -> list[str]:
    """Return the font files that a style sheet names, each once, relative to the project."""
    return list(dict.fromkeys(FONT_FILE.findall(css)))


def web_name(file: str) -> str:
    """Return the name of a font file on the site."""
    return PurePosixPath(file).with_suffix(".woff2").as_posix()


def web_font(path: Path, texts: Iterable[str]) -> bytes:
    """Return a font as WOFF2, with Latin and all characters of `texts`.

    One that is WOFF2 stays as it is.
    """
    return path.read_bytes() if path.suffix == ".woff2" else _packed(_subset(path, texts))


def reader_font(path: Path, texts: Iterable[str]) -> bytes:
    """Return a font as e-readers know it (EPUB 3.3, 3.2), with the characters of `texts`.

    One that is WOFF2 stays as it is.
    """
    return path.read_bytes() if path.suffix == ".woff2" else _subset(path, texts)


def _subset(path: Path, texts: Iterable[str]) -> bytes:
    """Return a font with Latin and all characters of `texts`."""
    wanted = hb.SubsetInput()
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    wanted.unicode_set.update(LATIN | {ord(letter) for text in texts for letter in text})
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update(int.from_bytes(name.encode()) for name in FEATURES)
    face = hb.Face(hb.Blob.from_file_path(str(path)))
    return bytes(hb.subset(face, wanted).blob.data)


def _packed(data: bytes) -> bytes:
    """Return a font packed as WOFF2."""
    with TTFont(BytesIO(data), recalcTimestamp=False) as font:
        font.flavor, output = "woff2", BytesIO()
        font.save(output)
    return output.getvalue()
