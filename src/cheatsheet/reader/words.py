"""Comparing words that were typeset with words as they were written."""

import re
from collections.abc import Collection
from functools import cache

from cheatsheet.model.base import PLACEHOLDER

FOLIO = r"(?:\d+|[ivxlcdm]+|[IVX]{1,6})"
SPACED_FOLIO = r"(?:\d(?:\s?\d)*|[ivxlcdm]+)"  # as letter-spacing makes it look
NUMBER_BEFORE = re.compile(r"^(?P<number>\d+)\s+(?=\S)")
PAGE = ("p", "pp", "pg", "page")  # what a style sheet may set at a number, as in an index
REFERENCE = re.compile(r"IndirectObject\((\d+), \d+, \d+\)")
LONGEST = 300  # characters of a sentence about a file, which may quote megabytes of it
ENDS_EARLY = " ..."


def in_one_line(words: str) -> str:
    """Return words as a finding has them: in one line, not too long, pypdf's references by number.

    Characters that are not there to be read are left out.
    """
    start = "".join(c if c.isprintable() else " " for c in words[: 4 * LONGEST])
    line = REFERENCE.sub(r"object \1", " ".join(start.split()))
    longer = len(line) > LONGEST or len(words) > 4 * LONGEST
    return line[: LONGEST - len(ENDS_EARLY)] + ENDS_EARLY if longer else line


def squash(words: str) -> str:
    """Return the letters and digits of words, without case: what quotes and breaks leave alone."""
    return "".join(character for character in words if character.isalnum()).casefold()


@cache
def reference_page(label: str) -> re.Pattern[str]:
    """Return what finds the page that a reference prints, by its label: `(p. {page})`."""
    before, after = _around_page(label)
    return re.compile(rf"{before}\s*{SPACED_FOLIO}\s*{after}")


def printed_number(words: str, label: str, expected: str = "") -> str | None:
    """Return the page number that a link prints: `tokens (p. 12)`, `Token 12`, `12 Token`.

    `label` is that of a reference's page. Digits may be set apart: they are read together where
    that makes the `expected` number. Signs around a number, and capitals in it, say nothing.
    """
    if expected and _spaced(expected).search(words):
        return expected
    match = _number_at_end(label).search(words) or NUMBER_BEFORE.search(words)
    if match is None and expected.isdigit() and _glued(expected).search(words):
        return expected
    return match["number"].lower() if match else None


def without_number(words: str, label: str, expected: str = "") -> str:
    """Return a link's words, squashed, without the page number that it prints."""
    spaced = [_spaced(expected)] if expected and printed_number(words, label) != expected else []
    glued = [_glued(expected)] if expected.isdigit() else []
    patterns = (*spaced, _number_at_end(label), NUMBER_BEFORE, *glued)
    pattern = next((one for one in patterns if one.search(words)), NUMBER_BEFORE)
    return squash(pattern.sub("", words))


def without_page(words: str, wanted: Collection[str]) -> str:
    """Return squashed words, without a word for a page that leaves them as they are wanted."""
    around = (cut(page) for page in PAGE for cut in (words.removesuffix, words.removeprefix))
    return words if words in wanted else next((one for one in around if one in wanted), words)


@cache
def _spaced(number: str) -> re.Pattern[str]:
    """Return what finds a number at the end or the start of words, though its digits are set apart.

    What is before its first digit is no digit.
    """
    digits = r"\s*".join(map(re.escape, number))
    return re.compile(rf"(?<![^\W_])(?<!\d\s){digits}\W*$|^\W*{digits}\s+(?!\d)", re.IGNORECASE)


@cache
def _glued(number: str) -> re.Pattern[str]:
    """Return what finds a number beside a name without a space, as a float's: `12Token`."""
    return re.compile(rf"^{number}(?=[^\W\d_])|(?<=[^\W\d_]){number}$")


@cache
def _number_at_end(label: str) -> re.Pattern[str]:
    """Return what finds the number at the end of a link's words, and the signs around it."""
    before, after = _around_page(label)
    start = r"(?:^|[\s\[(<|\u2026]|\.\.)"
    return re.compile(rf"{start}(?:{before}\s*)?(?P<number>{FOLIO})(?:{after}|\W*)$")


def _around_page(label: str) -> list[str]:
    """Return what stands before and after the page in a label, as patterns."""
    parts = PLACEHOLDER.split(label)[::2]
    return [r"\s*".join(map(re.escape, "".join(part.split()))) for part in parts]
