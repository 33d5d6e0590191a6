"""What words are sorted by, and the letter that they stand under. Alone knows pyuca.

By the Unicode Collation Algorithm (UTS #10), without signs; numbers by their size, and Greek
letters as they are called (The Chicago Manual of Style, 17th edition, 16.65 and 16.67).
"""

import re
import unicodedata
from functools import cache
from string import ascii_uppercase
from typing import Any

import pyuca

NUMBER = re.compile(r"\d+")
LONGEST_NUMBER = 12  # digits
DIGITS = "0\N{EN DASH}9"


def sort_key(words: str) -> tuple[int, ...]:
    """Return what words are sorted by: 3D before 100, and µ-law as "mu law"."""
    plain = unicodedata.normalize("NFKC", words).casefold()
    letters = "".join(_in_latin(letter) for letter in plain)
    padded = NUMBER.sub(lambda number: number[0].zfill(LONGEST_NUMBER), letters)
    key: tuple[int, ...] = _collator().sort_key(padded)
    return key


def initial(words: str) -> str:
    """Return the letter under which words stand in an index; digits stand under one sign.

    It is the last letter of A to Z that is not after the words: Łódź stands under L, Æ under A.
    """
    first = next((sign for sign in unicodedata.normalize("NFKC", words) if sign.isalnum()), "0")
    if not first.isalpha():
        return DIGITS
    if not unicodedata.name(first, "").startswith(("LATIN", "GREEK")):
        return first.upper()
    key = sort_key(words)
    return next(letter for letter in reversed(ascii_uppercase) if sort_key(letter) <= key)


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
