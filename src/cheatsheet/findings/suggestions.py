"""Which known word may be meant by one that is not known, and the hint that says so."""

import difflib
from collections.abc import Iterable
from functools import cache

SHORT = 3  # letters: one of them is another in many words that have nothing to do with each other
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


def meant_by(name: str, known: frozenset[str]) -> str:
    """Return the known name of which one is a slip of the pen; "" if it is known, or of none.

    A letter is left out, put in or another one, or two have changed places. Others may know more
    names than these: another one is left alone.
    """
    if name in known:
        return ""
    nearly = _by_cuts(known)
    meant = next((nearly[cut] for cut in _cuts(name) if cut in nearly), "")
    is_another = len(name) == len(meant) <= SHORT and sorted(name) != sorted(meant)
    return "" if is_another else meant


@cache
def _by_cuts(known: frozenset[str]) -> dict[str, str]:
    """Return names by what they are without one of their letters."""
    return {cut: name for name in sorted(known) for cut in _cuts(name)}


def _cuts(name: str) -> list[str]:
    """Return a name, and it without each of its letters: those of a name with a slip are alike."""
    return [name, *(name[:at] + name[at + 1 :] for at in range(len(name)))]
