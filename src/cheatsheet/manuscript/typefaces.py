"""The fonts that the styles declare → the characters of the texts that none of them has."""

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from cheatsheet.model.artwork import Typefaces
from cheatsheet.stylesheets import StyleFile, declared_faces
from cheatsheet.stylesheets.characters import MAX_FONT_BYTES, font_characters
from cheatsheet.system.reading import read_bytes

NOT_DRAWN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp", "Zs"}
"""General categories of what needs no glyph, or is a finding of its own (`text-invisible`)."""
SELECTORS = frozenset(map(chr, range(0xFE00, 0xFE10)))  # variants of the character before


def load_typefaces(project: Path, styles: list[StyleFile], texts: Iterable[str]) -> Typefaces:
    """Return the families that style sheets declare, and which characters none of them has.

    A character is set in any declared font that has it. What is wrong with a font file is for the
    renderer to say: then no character is missing.
    """
    faces = declared_faces(styles)
    missing = _drawn(texts)
    for file in dict.fromkeys(face.file for face in faces):
        has = font_characters(read_bytes(project, file, MAX_FONT_BYTES)[0])
        missing = missing - has if has else frozenset()
        if not missing:
            break
    families = tuple(dict.fromkeys(face.family for face in faces))
    return Typefaces(families, missing if faces else frozenset())


def _drawn(texts: Iterable[str]) -> frozenset[str]:
    """Return the characters of texts that need a glyph, accents on their letters (NFC)."""
    found = {character for text in texts for character in unicodedata.normalize("NFC", text)}
    return frozenset(one for one in found if unicodedata.category(one) not in NOT_DRAWN) - SELECTORS
