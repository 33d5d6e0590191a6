"""Which known word may be meant by one that is not known, and the hint that says so."""

import difflib
from collections.abc import Iterable

ALIKE = 0.6  # of 1: less than this, and no word is meant (difflib, `get_close_matches`)


def closest(word: str, words: Iterable[str]) -> str:
    """Return the word that is most like another; "" if none is like it."""
    return next(iter(difflib.get_close_matches(word, list(words), n=1, cutoff=ALIKE)), "")


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """Return the hint that names the closest of some words; "" if none is like it."""
    match = closest(word, words)
    return f"did you mean `{match}`?" if match else ""
