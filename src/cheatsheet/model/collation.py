"""What words are sorted by, and the letter that they stand under. Alone knows pyuca.

By the Unicode Collation Algorithm (UTS #10), without signs; numbers by their size, and Greek
letters as they are called (The Chicago Manual of Style, 17th edition, 16.65 and 16.67). Letters
that a language counts as its own stand after another: in Spanish, Ñ after N.
"""

import re
import unicodedata
from functools import cache, lru_cache
from string import ascii_uppercase
from typing import Any

import pyuca

NUMBER = re.compile(r"\d+")
LONGEST_NUMBER = 12  # digits
AFTER = {"es": ("n", "ñ"), "sv": ("z", "åäö"), "fi": ("z", "åäö"), "da": ("z", "æøå")}
AFTER |= dict.fromkeys(("nb", "nn", "no"), AFTER["da"])
LAST = "\u9fff"  # which no Latin letter stands after
DIGITS = "0\N{EN DASH}9"


@lru_cache(maxsize=4096)  # an index asks for the letters of the alphabet at each entry
def sort_key(words: str, language: str) -> tuple[int, ...]:
    """Return what words are sorted by: 3D before 100, and µ-law as "mu law"."""
    before, own = _own_letters(language)
    plain = unicodedata.normalize("NFKC", words).casefold()
    letters = "".join(
        before + LAST * (own.index(letter) + 1) if letter in own else _in_latin(letter)
        for letter in plain
    )
    padded = NUMBER.sub(lambda number: number[0].zfill(LONGEST_NUMBER), letters)
    key: tuple[int, ...] = _collator().sort_key(padded)
    return key


def initial(words: str, language: str) -> str:
    """Return the letter under which words stand in an index; digits stand under one sign.

    It is the last letter of A to Z, or of the language, that is not after the words: Łódź stands
    under L, Æ under A.
    """
    first = next((sign for sign in unicodedata.normalize("NFKC", words) if sign.isalnum()), "0")
    if not first.isalpha():
        return DIGITS
    if not unicodedata.name(first, "").startswith(("LATIN", "GREEK")):
        return first.upper()
    key = sort_key(words, language)
    keys = {
        one: sort_key(one, language) for one in ascii_uppercase + _own_letters(language)[1].upper()
    }
    return max((one for one in keys if keys[one] <= key), key=keys.__getitem__)


def _own_letters(language: str) -> tuple[str, str]:
    """Return the letters that a language has as its own, after the one that they stand after."""
    return AFTER.get(language.partition("-")[0], ("", ""))


def _in_latin(character: str) -> str:
    """Return a letter, accent, digit or space, a Greek letter by its name; nothing for a sign."""
    name = unicodedata.name(character, "")
    if name.startswith("GREEK SMALL LETTER"):
        return name.split()[3].lower()
    kept = character.isalnum() or character == " " or unicodedata.combining(character)
    return character if kept else ""


@cache
def _collator() -> Any:
    """Return the default collation of all of Unicode; to read its table takes 0.2 s."""
    return pyuca.Collator()
