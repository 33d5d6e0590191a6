"""The project's fonts as a browser wants them: WOFF2, with the characters that may be needed."""

import io
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from fontTools import subset
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
    if path.suffix == ".woff2":
        return path.read_bytes()
    options = subset.Options(layout_features=FEATURES, hinting=False, notdef_outline=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=LATIN | {ord(letter) for text in texts for letter in text})
    with TTFont(path, recalcTimestamp=False) as font:
        subsetter.subset(font)
        font.flavor = "woff2"
        data = io.BytesIO()
        font.save(data)
    return data.getvalue()
