"""What a text is made of: nothing broken, nothing invisible, nothing that no font has."""

import unicodedata
from collections.abc import Iterator
from itertools import chain, groupby

import ftfy
import ftfy.badness

from cheatsheet.findings import Finding, error
from cheatsheet.model.glossary import Glossary
from cheatsheet.model.term_fields import Printed, printed_fields

MOJIBAKE = error(
    "text-mojibake",
    "A text was read in the wrong encoding once and saved that way.",
    "type the characters again",
)
INVISIBLE = error(
    "text-invisible",
    "A text has a control, zero-width, direction or half character.",
    "delete the invisible character",
)
DECOMPOSED = error(
    "text-normal-form",
    "A text is not in Unicode normal form C: a letter and its accent stand apart.",
    "type the letter again as one character",
)
FONT = error(
    "text-font",
    "A text has characters that none of the book's fonts has.",
    "write them in other letters; or put a font that has them into fonts/, and declare it in "
    'styles/fonts.css: @font-face { font-family: Name; src: url("../fonts/name/Name.ttf"); }',
)
NOT_PRINTED = {*printed_fields(Printed.NOT), "description", "stamp"}
"""Fields that are read aloud or mailed, or that have a font of their own."""
NOT_PRINTED |= {"epub", "newsletter", "web"}  # and labels, by group
CONTROLS = {
    "\t": ("a tab", "type a space in its place"),
    "\n": (
        "a line break",
        "begin the text with `>-`, and its lines with the same spaces, and leave none empty",
    ),
}
"""Control characters that are typed, and what to do about them."""
UNSEEN = dict.fromkeys(("Cc", "Cf", "Zl", "Zp"), "a control character")
UNSEEN |= {"Co": "a private character", "Cs": "half a character"}
MOST = 12  # characters that a finding names


def no_mojibake(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each text that looks like UTF-8 read as something else."""
    for key, location, text in glossary.texts():
        if not text.isascii() and ftfy.badness.is_bad(text):
            words = next(filter(ftfy.badness.is_bad, text.split()), text)
            hint = f'it may have been "{ftfy.fix_encoding(words)}"'
            place = glossary.place(key, location, words)
            yield MOJIBAKE.finding(f'"{words}" is broken text', place, hint)


def nothing_invisible(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each control, format, private or lone surrogate character."""
    for key, location, text in glossary.texts():
        for character in () if text.isprintable() else sorted(set(text)):
            kind = unicodedata.category(character)
            if kind in UNSEEN:
                name, hint = CONTROLS.get(character, (UNSEEN[kind], ""))
                message = f"U+{ord(character):04X} ({unicodedata.name(character, name)})"
                after = " ".join(text.partition(character)[2].split()[:3])
                words = after if character == "\n" else character
                yield INVISIBLE.finding(message, glossary.place(key, location, words), hint)


def normal_form(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each text that is not in normal form C (Unicode, UAX #15)."""
    for key, location, text in glossary.texts():
        if not unicodedata.is_normalized("NFC", text):
            yield DECOMPOSED.finding(
                "an accent stands apart from its letter", glossary.place(key, location)
            )


def fonts_have_it(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each file that has characters of which no font has a glyph."""
    missing = glossary.typefaces.missing
    labels = (("labels.yaml", location, text) for location, text in glossary.labels.texts())
    every = chain(glossary.texts(), labels) if missing else ()
    printed = (one for one in every if one[1][0] not in NOT_PRINTED)
    for key, texts in groupby(printed, lambda one: one[0]):
        runs = [(where, run) for _, where, text in texts for run in _runs(text, missing)]
        if runs:
            (location, first), lacking = runs[0], [*dict.fromkeys("".join(run for _, run in runs))]
            named = " ".join(lacking[:MOST]) + (" …" if len(lacking) > MOST else "")
            families = ", ".join(glossary.typefaces.families)
            message = f"no font has {named} (`{first[:MOST]}`); the fonts are {families}"
            yield FONT.finding(message, glossary.place(key, location, first))


def _runs(text: str, missing: frozenset[str]) -> list[str]:
    """Return what a text has of some characters, as far as they stand in a row."""
    rows = groupby(text, missing.__contains__)
    return ["".join(row) for lacks, row in rows if lacks]


CHECKS = (no_mojibake, nothing_invisible, normal_form, fonts_have_it)
