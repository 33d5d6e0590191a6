"""The font of the labels: how wide and how high words are in it, from the font's own tables."""

import io
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import accumulate
from threading import Lock
from typing import Any


class LabelFonts:
    """The faces of the labels' font, by weight.

    `faces` are the font files' bytes. Raises ValueError for one that cannot be read.
    """

    def __init__(self, faces: Mapping[int, bytes]) -> None:
        self._faces = {weight: _Face(data) for weight, data in faces.items()}

    def nearest(self, weight: int) -> "_Face":
        """Return the face of a weight, or the one that comes nearest."""
        return self._faces[min(self._faces, key=lambda known: abs(known - weight))]


@lru_cache(maxsize=4)
def label_fonts(*faces: tuple[int, bytes]) -> LabelFonts | None:
    """Return the labels' fonts from (weight, font file's bytes); None if one cannot be read.

    What is wrong with a font file is for the renderer to say.
    """
    try:
        return LabelFonts(dict(faces)) if faces else None
    except ValueError:
        return None


class _Face:
    """A font, measured letter by letter, as WeasyPrint sets text in SVG (svg/text.py).

    It lays out each letter alone, so there is no kerning and a width is a sum of advances.
    """

    def __init__(self, data: bytes) -> None:
        # takes a tenth of a second, which a command without drawings can do without
        from fontTools.pens.boundsPen import BoundsPen  # noqa: PLC0415
        from fontTools.ttLib import TTFont  # noqa: PLC0415

        self._new_pen = BoundsPen
        try:
            font: Any = TTFont(io.BytesIO(data), lazy=True)
            self.units = font["head"].unitsPerEm
            self._names: dict[int, str] = font.getBestCmap()
            self._advances = font["hmtx"].metrics
            self._glyphs = font.getGlyphSet()
        except Exception as problem:  # a damaged file raises anything in fontTools
            raise ValueError(f"the font cannot be read: {problem}") from problem
        # fontTools unpacks a glyph when it is first drawn, and editions share it.
        self._alone = Lock()
        self._reach = cache(self._measure)
        self._outline = cache(self._draw)

    def lacks(self, words: str) -> tuple[str, ...]:
        """Return the characters that the font does not have."""
        return tuple(c for c in dict.fromkeys(words) if ord(c) not in self._names)

    def width(self, words: str) -> float:
        """Return the width of words in em."""
        return float(sum(self._advances[name][0] for name in self._glyphs_of(words)) / self.units)

    def letters(self, words: str) -> list[tuple[str, int, str]]:
        """Return each letter's glyph, how far it is from the line's start, and its outline.

        The outline is an SVG path's data; it and the distance are in the font's `units`, upwards.
        """
        names = self._glyphs_of(words)
        starts = accumulate((self._advances[name][0] for name in names), initial=0)
        return [(name, x, self._outline(name)) for name, x in zip(names, starts, strict=False)]

    def reach(self, words: str) -> tuple[float, float]:
        """Return how far the ink of words reaches above and below the baseline, in em."""
        reaches = [self._reach(character) for character in words] or [(0.0, 0.0)]
        return max(above for above, _ in reaches), max(below for _, below in reaches)

    def _glyphs_of(self, words: str) -> list[str]:
        """Return the name of each character's glyph."""
        return [self._names.get(ord(character), ".notdef") for character in words]

    def _measure(self, character: str) -> tuple[float, float]:
        """Return how far a character reaches above and below the baseline, in em."""
        pen = self._new_pen(self._glyphs)
        with self._alone:
            self._glyphs[self._glyphs_of(character)[0]].draw(pen)
        if pen.bounds is None:
            return 0.0, 0.0
        return max(0.0, pen.bounds[3] / self.units), max(0.0, -pen.bounds[1] / self.units)

    def _draw(self, glyph: str) -> str:
        """Return a glyph's outline as an SVG path's data."""
        from fontTools.pens.svgPathPen import SVGPathPen  # noqa: PLC0415 - as above

        pen = SVGPathPen(self._glyphs)
        with self._alone:
            self._glyphs[glyph].draw(pen)
        return str(pen.getCommands())
