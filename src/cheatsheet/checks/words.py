"""Comparing words that were typeset with words as they were written."""

import re

PRINTED_NUMBER = re.compile(r"(?:^|\s)(?:\(p\.\s*)?(?P<number>\d+|[ivxlcdm]+)\)?$")

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


def printed_number(words: str) -> str | None:
    """Return the page number that a link prints: `tokens (p. 12)`, `Token 12`, `12 Token`."""
    match = PRINTED_NUMBER.search(words) or NUMBER_BEFORE.search(words)
    return match["number"] if match else None


def without_number(words: str) -> str:
    """Return a link's words without the page number that it prints."""
    pattern = PRINTED_NUMBER if PRINTED_NUMBER.search(words) else NUMBER_BEFORE
    return pattern.sub("", words)
