"""Comparing words that were typeset with words as they were written."""

import re
from functools import cache

from cheatsheet.model import PLACEHOLDER

FOLIO = r"(?:\d+|[ivxlcdm]+)"
NUMBER_BEFORE = re.compile(r"^(?P<number>\d+)\s+(?=\S)")
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
    return re.compile(rf"{before}{FOLIO}{after}")


def printed_number(words: str, label: str) -> str | None:
    """Return the page number that a link prints: `tokens (p. 12)`, `Token 12`, `12 Token`.

    `label` is that of a reference's page.
    """
    match = _number_at_end(label).search(words) or NUMBER_BEFORE.search(words)
    return match["number"] if match else None


def without_number(words: str, label: str) -> str:
    """Return a link's words without the page number that it prints."""
    pattern = _number_at_end(label) if _number_at_end(label).search(words) else NUMBER_BEFORE
    return pattern.sub("", words)


@cache
def _number_at_end(label: str) -> re.Pattern[str]:
    """Return what finds the number at the end of a link's words."""
    before, after = _around_page(label)
    return re.compile(rf"(?:^|\s)(?:{before})?(?P<number>{FOLIO})(?:{after})?$")


def _around_page(label: str) -> list[str]:
    """Return what stands before and after the page in a label, as patterns."""
    parts = PLACEHOLDER.split(label)[::2]
    return [r"\s*".join(map(re.escape, re.split(r"\s+", part))) for part in parts]
