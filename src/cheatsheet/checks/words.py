"""Comparing words that were typeset with words as they were written."""

import re

PRINTED_NUMBER = re.compile(r"(?:^|\s)(?:\(p\.\s*)?(?P<number>\d+|[ivxlcdm]+)\)?$")


def squash(words: str) -> str:
    """Return the letters and digits of words, without case: what quotes and breaks leave alone."""
    return "".join(character for character in words if character.isalnum()).casefold()


def printed_number(words: str) -> str | None:
    """Return the page number at the end of a link's words: `Token 12`, `tokens (p. 12)`."""
    match = PRINTED_NUMBER.search(words)
    return match["number"] if match else None


def without_number(words: str) -> str:
    """Return a link's words without the page number at their end."""
    return PRINTED_NUMBER.sub("", words)
