"""Language tags, and what of a file has no language."""

import re

# Well-formed tags of RFC 5646, 2.1, but for languages of four letters or more: those are reserved,
# and none is registered (2.2.1).
SUBTAGS = """
    (?:[a-z]{2,3}(?:-[a-z]{3}){0,3})              # language, and its extensions
    (?:-[a-z]{4})?                                # script
    (?:-(?:[a-z]{2}|[0-9]{3}))?                   # region
    (?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*      # variants
    (?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*           # extensions
    (?:-x(?:-[a-z0-9]{1,8})+)?                    # private use
    | x(?:-[a-z0-9]{1,8})+
    | en-gb-oed | sgn-(?:be-fr|be-nl|ch-de)
    | i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)
"""
TAG = re.compile(SUBTAGS, re.IGNORECASE | re.VERBOSE | re.ASCII)

FORM = re.compile(r"[a-z]{1,8}(?:-[a-z0-9]{1,8})*", re.IGNORECASE | re.ASCII)


def is_language(tag: str) -> bool:
    """Tell whether a text is a language tag of BCP 47: `en`, `pt-BR`, `zh-Hant-TW`."""
    return TAG.fullmatch(tag) is not None


def looks_like_a_language(tag: str) -> bool:
    """Tell whether a text has the form of a tag, as RFC 3066, 2.1, had it: `English`, `p-pt`."""
    return FORM.fullmatch(tag) is not None
