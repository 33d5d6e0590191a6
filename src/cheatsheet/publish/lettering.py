"""A line of text and a font file → glyphs in their places.

HarfBuzz shapes the line: marks stand on their letters.
"""

import hashlib
import unicodedata
from dataclasses import dataclass
from functools import cached_property

import uharfbuzz as hb


class CannotDrawError(ValueError):
    """The font cannot draw a line; the message says which character, and why."""


@dataclass(frozen=True)
class Glyph:
    """A glyph of a line: its number in the font, the words it stands for, and where it is.

    `x` and `y` are in thousandths of the font size from the line's start; `advance` is the glyph's
    own width.
    """

    number: int
    words: str
    x: float
    y: float
    advance: float


@dataclass(frozen=True)
class Line:
    """A line's glyphs in order, and its length in thousandths of the font size."""

    glyphs: tuple[Glyph, ...]
    length: float


class StampFont:
    """A font file that lines are set in, from left to right; `data` are its bytes."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._face = hb.Face(hb.Blob(data))
        self._font = hb.Font(self._face)
        self._per_mille = 1000 / self._face.upem

    @cached_property
    def name(self) -> str:
        """The font's PostScript name."""
        return self._face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or "StampFont"

    @cached_property
    def ascender_and_descender(self) -> tuple[int, int]:
        """How far letters reach above and below the baseline, in thousandths of the font size."""
        extents = self._font.get_font_extents("ltr")
        return round(extents.ascender * self._per_mille), round(extents.descender * self._per_mille)

    def shape(self, text: str) -> Line:
        """Return the glyphs of a text.

        Raises CannotDrawError for a character that the font lacks or draws nothing for, as where it
        is damaged, or that runs right to left.
        """
        for character in text:
            self._require(character)
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer, {"liga": False, "clig": False})
        return self._line(text, buffer)

    def _require(self, character: str) -> None:
        """Raise CannotDrawError if a character cannot be drawn from left to right."""
        name = unicodedata.name(character, f"U+{ord(character):04X}")
        if unicodedata.bidirectional(character) in {"R", "AL"}:
            raise CannotDrawError(f"`{character}` ({name}) is written from right to left")
        glyph = self._font.get_nominal_glyph(ord(character))
        if not glyph:
            raise CannotDrawError(f"the stamp's font does not have `{character}` ({name})")
        extents = self._font.get_glyph_extents(glyph)
        if not character.isspace() and not (extents and extents.width and extents.height):
            raise CannotDrawError(f"the stamp's font draws nothing for `{character}` ({name})")

    def _line(self, text: str, buffer: hb.Buffer) -> Line:
        """Return what HarfBuzz made of a text. A cluster's first glyph stands for its words."""
        clusters = [info.cluster for info in buffer.glyph_infos]
        glyphs: list[Glyph] = []
        pen = 0.0
        for index, (info, position) in enumerate(
            zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ):
            end = next((c for c in clusters[index + 1 :] if c != info.cluster), len(text))
            first = index == 0 or clusters[index - 1] != info.cluster
            words = text[info.cluster : end] if first else "\u200b"
            own = self._font.get_glyph_h_advance(info.codepoint)
            x, y = pen + position.x_offset, position.y_offset
            place = (value * self._per_mille for value in (x, y, own))
            glyphs.append(Glyph(info.codepoint, words, *place))
            pen += position.x_advance
        return Line(tuple(glyphs), pen * self._per_mille)


def subset_tag(numbers: frozenset[int]) -> str:
    """Return the six letters that tell a subset from others (ISO 32000-1, 9.6.4)."""
    digest = hashlib.sha256(repr(sorted(numbers)).encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])
