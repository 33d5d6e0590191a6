"""Superscripts and subscripts → the characters that Unicode has for them, or a sign in the line.

`10<sup>12</sup>` without its mark would be 1012.
"""

import re

# The digits alone: the book's font has no other superscripts.
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
DIGITS = re.compile(r"[0-9]+")
SIGNS = {"TM": "™", "SM": "℠", "™": "™", "®": "®", "©": "©"}
ORDINAL = re.compile(r"st|nd|rd|th", re.IGNORECASE)


def raised(words: str, before: str) -> tuple[str, str]:
    """Return a superscript in the line, and what is lost; `before` is the text before it."""
    text = words.strip()
    if DIGITS.fullmatch(text):
        return text.translate(SUPERSCRIPTS), ""
    if not text or text in SIGNS or (ORDINAL.fullmatch(text) and before[-1:].isdigit()):
        return SIGNS.get(text, text), ""
    return f"^{text}", f'the height of the superscript "{text[:40]}"'


def lowered(words: str) -> tuple[str, str]:
    """Return a subscript in the line, and what is lost."""
    text = words.strip()
    if DIGITS.fullmatch(text):
        return text.translate(SUBSCRIPTS), ""
    return (f"_{text}", f'the depth of the subscript "{text[:40]}"') if text else ("", "")
