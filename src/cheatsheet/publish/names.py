"""A name as a shop sends it → the name as its owner writes it, or why nobody is called that."""

import html
import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from urllib.parse import unquote_plus

import ftfy
import ftfy.badness

FORMULA = ("=", "+", "-", "@")  # what a spreadsheet would run (OWASP, "CSV Injection")
UNPRINTED = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # control, format, unassigned, breaks
# Letters, marks and symbols that print nothing (Unicode's Default_Ignorable_Code_Point, Braille).
BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{2,31});")
ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
NOBODY = re.compile(
    r"(?i:null|undefined|none|n/a|true|false|\(null\)|\[object \w+\]|(?:first|last|full) name)"
    r"|NaN|nil"
)  # what programs write where there is nothing
PLACEHOLDER = re.compile(r"%\w+%|%(?:\(\w*\))?[sd](?!\w)|\$\(|`[^`]*`")
ADDRESS = re.compile(r"\S@\S+\.\S|://|\bwww\.", re.IGNORECASE)
NUMBER = re.compile(r"[\d.,]+[eE][+-]?\d+")  # what a spreadsheet makes of a long one
NO_NAME = set("{}[]\\^?\ufffc\ufffd")
APOSTROPHES = set("'’‘ʼ–-")  # noqa: RUF001 - the signs that names have beside letters
# Letters as Japanese keyboards, scripts for fancy text, and typesetters' ligatures write them.
DISGUISES = ("<wide>", "<narrow>", "<font>")
LIGATURES = "\ufb00\ufb06"  # the first and the last
ARROWS = "\u2190"  # from here on, symbols are pictures; before it, as in a firm's name: ™, ©
MOST_MARKS = 4  # on one letter; Greek has three, a name in Vietnamese two
MOST_ABOVE = 2  # of them over each other
ABOVE = 230  # how Unicode classes a mark above (Unicode 16, 4.3)
ROUNDS = 3  # a name may be escaped twice
SCRIPTS = ("LATIN", "GREEK", "CYRILLIC")


def repaired(text: str) -> str:
    """Return a text with its spaces in order, and with what a program did to its letters undone.

    HTML's and an address's escapes become their letters, wide and fancy letters plain ones. Text
    that was read in the wrong encoding is read in the right one, where that is certain.
    """
    for _ in range(ROUNDS):
        text = ENTITY.sub(lambda found: html.unescape(found[0]), text)
    text = "".join(map(_plain, _reread(_unescaped(text))))
    spaced = "".join(" " if unicodedata.category(one) == "Zs" else one for one in text)
    return unicodedata.normalize("NFC", " ".join(filter(None, spaced.split(" "))))


def name_problems(name: str) -> Iterator[str]:
    """Yield what keeps a text from being anybody's name."""
    if re.fullmatch(rf"(?:{NOBODY.pattern})(?: (?:{NOBODY.pattern}))*", name):
        yield f"the name is `{name}`, which programs write where there is no name"
    if name.startswith("#"):
        yield "the name begins with `#`, like the number of an order"
    if re.match("/|file:", name, re.IGNORECASE):
        yield "the name begins like the path of a file"
    first = name.removeprefix("'")[:1]
    if first in FORMULA:
        yield f"the name begins with `{first}`, like a spreadsheet's formula"
    signs = (one for one in name if one in NO_NAME or (one != "+" and _is_sign(one)))
    yield from (f"the name has `{sign}`, which no name has" for sign in signs)
    if ADDRESS.search(name):
        yield f"the name `{name}` is an address"
    if NUMBER.fullmatch(name):
        yield f"the name is `{name}`, which is a number"
    if PLACEHOLDER.search(name):
        yield f"the name is `{name}`, which a program should have replaced"
    if ENTITY.search(name) or "&#" in name or ftfy.badness.is_bad(name):
        yield "the name was read in the wrong encoding, and cannot be repaired"
    if name and not any(unicodedata.category(one).startswith("L") for one in name):
        yield "the name has no letters"
    yield from _mark_problems(name)
    yield from _script_problems(name)


def invisible(text: str) -> Iterator[str]:
    """Yield how the characters of a text are called that print nothing."""
    for character in text:
        if "\udc80" <= character <= "\udcff":  # as Python has it (PEP 383)
            continue
        if unicodedata.category(character) in UNPRINTED or BLANK.match(character):
            yield f"U+{ord(character):04X}"


def _unescaped(text: str) -> str:
    """Return a text without an address's escapes, where these are the bytes of UTF-8."""
    if not ESCAPED.search(text):
        return text
    try:
        return unquote_plus(text, errors="strict")
    except UnicodeDecodeError:
        return text


def _reread(text: str) -> str:
    """Return a text that was read in the wrong encoding as it is in the right one.

    It stays where the right one would give it signs that names do not have.
    """
    if text.isascii() or not ftfy.badness.is_bad(text):
        return text
    fixed: str = ftfy.fix_encoding(text)
    new = set(fixed) - set(text) - APOSTROPHES
    return fixed if all(unicodedata.category(one)[0] in "LM" for one in new) else text


def _plain(character: str) -> str:
    """Return a letter in disguise as the one that it stands for; any other as it is."""
    is_disguised = unicodedata.decomposition(character).startswith(DISGUISES)
    is_ligature = LIGATURES[0] <= character <= LIGATURES[-1]
    return unicodedata.normalize("NFKC", character) if is_disguised or is_ligature else character


def _mark_problems(name: str) -> Iterator[str]:
    """Yield where a mark stands on no letter, or too many on one."""
    parts = groupby(
        unicodedata.normalize("NFD", name), lambda one: bool(unicodedata.combining(one))
    )
    before = " "
    for marks, characters in parts:
        run = list(characters)
        above = [one for one in run if unicodedata.combining(one) == ABOVE]
        if marks and not unicodedata.category(before).startswith("L"):
            yield f"the name has the mark U+{ord(run[0]):04X} on no letter"
        elif marks and (len(run) > MOST_MARKS or len(above) > MOST_ABOVE):
            yield f"the name has {len(run)} marks on one letter"
        before = run[-1]


def _script_problems(name: str) -> Iterator[str]:
    """Yield a word that mixes letters of two scripts, as text in the wrong encoding does."""
    for word in re.findall(r"[^\W\d_]+", name):
        called = [unicodedata.name(letter, "") for letter in word]
        found = [script for script in SCRIPTS if any(one.startswith(script) for one in called)]
        if len(found) > 1:
            scripts = " and ".join(script.title() for script in found)
            yield f"the name mixes {scripts} letters in the word `{word}`"


def _is_sign(character: str) -> bool:
    """Tell whether a character is of mathematics, which text in Mac OS Roman gets, or a picture."""
    kind = unicodedata.category(character)
    return kind == "Sm" or (kind == "So" and character >= ARROWS)
