"""Straight single quotes: which are apostrophes for certain, and which nobody can tell.

What is left stands for quotation marks. The cases are those of The Chicago Manual of Style (17th
edition), 6.114-6.118: letters or a century left out, possessives, and no sign for feet.
"""

import re
from collections.abc import Sequence
from itertools import zip_longest

APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
# Words that have lost their beginning and are no words without the apostrophe; and that are.
CUT = r"tis(?:n't)?|twas(?:n't)?|twere|twill|twould|twixt|em|n|til|nuff|kay|cept|fraid|neath"
ALSO_WORDS = r"cause|bout|round|till|less|cos|cuz|gainst|scuse|specially"
WORD_END = r"(?!\w)(?!')"
CERTAIN = re.compile(
    r"(?<=[^\W\d\]]|[\]\ue001])'(?=\w)"  # don't, [[gpt|GPT]]'s
    r"|(?<=\d)'(?=s(?!\w))"  # the 1990's
    rf"|(?<![\w'])'(?=\d\ds?{WORD_END})"  # the '90s, '60s-'70s
    rf"|(?<![\w'])'(?=(?:{CUT}|{ALSO_WORDS}){WORD_END})"
    r"|(?<![\w'])'(?=n'(?!\w))|(?<=(?<![\w'])'n)'(?!\w)",  # rock 'n' roll
    re.IGNORECASE,
)
DOUBTFUL_CUT = re.compile(rf"(?<!\w)'(?:{ALSO_WORDS}){WORD_END}", re.IGNORECASE)
IN_A_WORD = re.compile(r"(?<=[^\W\d]|\]|\ue001)'(?=\w|\[\[)")  # in any language: l'eau, geht's
QUOTED_YEAR = re.compile(r"(?<![\w'])'\d\ds?'")
QUOTE = re.compile("'")
BEFORE_OPENING = frozenset(' \n\t\xa0([{"|/-\N{EN DASH}\N{EM DASH}\ue000')
AFTER_CLOSING = frozenset(" \n\t\xa0.,;:!?)]}\N{HORIZONTAL ELLIPSIS}")


def set_apostrophes(text: str, *, english: bool = True) -> str:
    """Return a text with a typographic apostrophe where the language's rules ask for one.

    Of other languages than English nothing is known but that one stands within words.
    """
    return (CERTAIN if english else IN_A_WORD).sub(APOSTROPHE, text) if "'" in text else text


def doubtful_quote(text: str, *, english: bool = True) -> re.Match[str] | None:
    """Return the first single quote of a text that the rules leave open, if there is one.

    Which are: a sign for feet or minutes, one that opens what nothing closes, one that may close a
    quotation or be a possessive, and a word cut short that may open a quotation.
    """
    if "'" not in text:
        return None
    left = list(QUOTE.finditer(set_apostrophes(text, english=english)))
    if not english:
        return _unpaired(left)
    return _unpaired(left) or _cut_or_quoted(text, left) or QUOTED_YEAR.search(text)


def _unpaired(signs: Sequence[re.Match[str]]) -> re.Match[str] | None:
    """Return the first sign without a partner, or with two; an apostrophe at an end needs none."""
    opened: re.Match[str] | None = None
    for sign, after in zip_longest(signs, signs[1:]):
        if _opens(sign):
            if opened:
                return opened
            opened = sign
        elif opened:
            if after and not _opens(after):
                return sign
            opened = None
        elif _neighbours(sign)[0].isdigit() or _alone(sign):
            return sign
    return opened


def _cut_or_quoted(text: str, signs: Sequence[re.Match[str]]) -> re.Match[str] | None:
    """Return a word that is cut short or begins a quotation, which one of the signs may close."""
    cut = DOUBTFUL_CUT.search(text)
    closes = bool(signs) and not any(map(_opens, signs))
    return cut if cut and closes and cut.start() < signs[-1].start() else None


def _opens(sign: re.Match[str]) -> bool:
    """Tell whether a quote stands where one begins: before a word and after none."""
    before, after = _neighbours(sign)
    return before in BEFORE_OPENING and after not in AFTER_CLOSING


def _alone(sign: re.Match[str]) -> bool:
    """Tell whether a quote hangs on no word."""
    return all(one.isspace() for one in _neighbours(sign))


def _neighbours(sign: re.Match[str]) -> tuple[str, str]:
    """Return the characters before and after a sign; a space where the text begins or ends."""
    text = sign.string
    return text[: sign.start()][-1:] or " ", text[sign.end() : sign.end() + 1] or " "
