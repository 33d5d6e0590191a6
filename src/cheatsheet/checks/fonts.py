"""The fonts: only declared ones, all in the file, all with a way back to text."""

import re
from collections.abc import Iterator

from cheatsheet.checks.asked import Asked
from cheatsheet.checks.reading import Reading
from cheatsheet.checks.words import squash
from cheatsheet.findings import Finding, error

EMBEDDED = error(
    "fonts-embedded",
    "A font is not in the file, or its text cannot be copied or read aloud.",
    "use fonts from fonts/, declared in styles/fonts.css",
)
DECLARED = error(
    "fonts-declared",
    "A font is used that styles/fonts.css does not declare.",
    "a family's name is misspelt in the styles, or a character is in none of the book's fonts",
)
SUBSET_TAG = re.compile(r"^[A-Z]{6}\+")  # ISO 32000-1, 9.6.4


def fonts_are_embedded(pdf: Reading, _: Asked) -> Iterator[Finding]:
    """Yield a finding for each font without a font file or a /ToUnicode map."""
    for name, whole in pdf.fonts.items():
        if not whole:
            yield EMBEDDED.finding(f"{name} is not embedded whole")


def fonts_are_declared(pdf: Reading, asked: Asked) -> Iterator[Finding]:
    """Yield a finding for each font of another family than the declared ones."""
    families = tuple(squash(family) for family in asked.families)
    for name in pdf.fonts:
        if not squash(SUBSET_TAG.sub("", name)).startswith(families):
            yield DECLARED.finding(f"{name} is none of {', '.join(sorted(asked.families))}")


CHECKS = (fonts_are_embedded, fonts_are_declared)
