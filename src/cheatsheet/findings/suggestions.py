"""Which known word may be meant by one that is not known, and the hint that says so."""

import difflib
from collections.abc import Iterable

ALIKE = 0.6  # of 1: less than this, and no word is meant (difflib, `get_close_matches`)


def closest(word: str, words: Iterable[str]) -> str:
    """Return the word that is most like another; "" if none is like it."""
    small = {one.lower(): one for one in words}  # capitals make no other word of it
    near = difflib.get_close_matches(word.lower().strip(), small, n=1, cutoff=ALIKE)
    return small[near[0]] if near else ""


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """Return the hint that names the closest of some words; "" if none is like it."""
    match = closest(word, words)
    return f"did you mean `{match}`?" if match else ""
