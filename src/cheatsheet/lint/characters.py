"""What a text is made of: nothing broken by a wrong encoding, nothing invisible."""

import unicodedata
from collections.abc import Iterator

import ftfy
import ftfy.badness

from cheatsheet.findings import Finding, error
from cheatsheet.model.glossary import Glossary

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
            if unicodedata.category(character) in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}:
                name = unicodedata.name(character, "a control character")
                message = f"U+{ord(character):04X} ({name})"
                place = glossary.place(key, location, character)
                yield INVISIBLE.finding(message, place)


def normal_form(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each text that is not in normal form C (Unicode, UAX #15)."""
    for key, location, text in glossary.texts():
        if not unicodedata.is_normalized("NFC", text):
            yield DECOMPOSED.finding(
                "an accent stands apart from its letter", glossary.place(key, location)
            )


CHECKS = (no_mojibake, nothing_invisible, normal_form)
