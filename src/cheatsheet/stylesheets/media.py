"""What @media asks: whether it can be asked at all (Media Queries 4, 3). Else nothing is heeded."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

TYPES = {"all", "print", "screen", "speech", "handheld", "tv", "projection", "tty", "aural"}
TYPES |= {"braille", "embossed"}
OWN = ("-", "amzn-", "yahoo", "\ufffd")  # of one program alone (Kindle Publishing Guidelines)
JOINING = {"only", "not", "and", "or"}
CONDITION = r"(?:not )?\(\)|\(\)(?: and \(\))+|\(\)(?: or \(\))+"
QUERY = re.compile(
    rf"(?:(?:not |only )?type(?: and(?: not \(\)|(?: \(\)(?: and \(\))*)))?|{CONDITION})"
)
SIZE = re.compile(r"(?:min-|max-)?(?:device-)?(?:width|height)")
VALUES = {"number", "dimension", "function"}
VALUE = "v(?:/v)?"
QUESTION = re.compile(
    rf"n(?::(?:n|{VALUE}))?|n(?:[<>]=?|=){VALUE}|{VALUE}(?:[<>]=?|=)n|{VALUE}(?:<=?n<=?|>=?n>=?){VALUE}"
)
"""In the signs of `_part`: (name), (name: value), and ranges (Media Queries 4, 2.4)."""


def is_media(prelude: Iterable[Any]) -> bool:
    """Tell whether what stands between @media and its block is a list of questions, or nothing."""
    lists = [[*part] for is_comma, part in groupby(prelude, lambda one: one == ",") if not is_comma]
    queries = [words for one in lists if (words := _words(one))]
    return all(QUERY.fullmatch(_shape(words)) for words in queries)


def _words(nodes: Iterable[Any]) -> list[Any]:
    """Return some nodes without space and comments."""
    return [node for node in nodes if node.type not in {"whitespace", "comment"}]


def _shape(words: Iterable[Any]) -> str:
    """Return what kinds of nodes a question is made of; `?` for one that none has."""
    return " ".join(map(_kind, words))


def _kind(node: Any) -> str:
    """Return the kind of a node of a question."""
    if node.type == "ident":
        name = node.lower_value
        is_type = name in TYPES or name.startswith(OWN)
        return name if name in JOINING else "type" if is_type else "?"
    if node.type == "function":
        return "?" if node.lower_name in JOINING else "()"
    return "()" if node.type == "() block" and _is_asked(_words(node.content)) else "?"


def _is_asked(words: Sequence[Any]) -> bool:
    """Tell whether what stands in brackets is a question: a name, and mostly what it is to be."""
    if any(one.type == "() block" for one in words[:2]):
        return re.fullmatch(CONDITION, _shape(words)) is not None
    asked = QUESTION.fullmatch("".join(map(_part, words)))
    names = [one.lower_value for one in words if one.type == "ident"][:1]
    lone = any(one.type == "number" and one.value != 0 for one in words)
    is_range = not {one.value for one in words if one.type == "literal"} <= {":", "/"}
    return bool(asked) and not any(
        (lone and SIZE.fullmatch(name)) or (is_range and name.startswith(("min-", "max-")))
        for name in names
    )


def _part(node: Any) -> str:
    """Return a sign for a part of a question: a name, a value, or a sign between them."""
    if node.type == "literal":
        return str(node.value)
    return "n" if node.type == "ident" else "v" if node.type in VALUES else "?"
