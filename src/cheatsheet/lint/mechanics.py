"""The mechanics of a text, whoever publishes it: spaces, signs, leftovers, links."""

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import parse_qsl, urlsplit

from cheatsheet.findings import Finding, Place, error, warning
from cheatsheet.lint.passages import (
    PAIRS,
    Passage,
    around,
    findings_of,
    passages,
    place_of,
    written,
)
from cheatsheet.model.apostrophes import doubtful_quote
from cheatsheet.model.glossary import Glossary
from cheatsheet.model.term_fields import Prose, prose_fields

SPACES = error(
    "text-spaces",
    "A text has two spaces in a row, one at its start or end, or one before a comma or full stop.",
    "leave one space between words, and none before , . ; : ! ? or inside brackets",
)
DOUBLED = warning("text-doubled-word", "A word stands twice in a row.", "delete one of the two")
UNMATCHED = error(
    "text-unmatched",
    "A quotation mark or bracket has no partner.",
    "close it in the same text, or delete it; write inches as a word",
)
DOUBTFUL = error(
    "text-apostrophe",
    "A straight single quote can be read in two ways, or stands for feet or minutes.",
    "type ’ for an apostrophe, put quotations in double quotes, and write feet as a word",  # noqa: RUF001 - what is to be typed
)
CURLY = warning(
    "text-curly",
    "A text has typographic quotation marks, which the book sets by itself.",
    "type straight ones: \" and '",
)
STOP_MISSING = error(
    "text-full-stop",
    "A text made of sentences does not end with a full stop.",
    "end it with a full stop, or delete what was left unfinished",
)
STOP_TOO_MANY = warning(
    "text-stop-too-many",
    "A name, tagline or subject ends with a full stop.",
    "delete the full stop",
)
ELLIPSIS = warning(
    "text-ellipsis", "Three dots stand for an ellipsis.", "type the one character: …"
)
PLACEHOLDER = error(
    "text-placeholder", "A text still has a placeholder.", "write what belongs there"
)
MARKUP = warning(
    "text-markup",
    "A text has signs of Markdown, HTML or a template, which are printed as they stand.",
    "delete the signs; the only markup is [[slug|words]]",
)
LINK = error(
    "text-link",
    "A text has a link that is not https, or that carries a password or tracking.",
    "give the page's plain https address",
)

GAP = re.compile(r"[ \t\xa0]{2,}|^[ \t]+|[ \t]+$")
TWICE = re.compile(r"(?<![\w'-])([^\W\d_]+)(?:\s+\1)+(?![\w'-])", re.IGNORECASE)
MAY_STAND_TWICE = {"had", "that", "das", "der", "die", "nous", "se", "vous"}
TYPOGRAPHIC = re.compile(r"[“”„‘‚«»]|\b’\b")  # noqa: RUF001 - what is looked for
ENDED = re.compile(r"""[.!?…]["')\]]*\s*$""")
STOPPED = re.compile(r"""(?<![A-Z])(?<!etc)(?<!\b[JSD]r)(?<!Inc)(?<!\.)\.["')]*\s*$""")
DOTS = re.compile(r"\.{3,}|\. \. \.")
LEFTOVER = re.compile(r"\b(?:TODO|TBD|TBC|FIXME|XXX)\b|(?i:\blorem ipsum\b)")
TAGS = "a|b|br|code|div|em|h[1-6]|hr|i|img|li|ol|p|script|span|strong|style|sub|sup|table|u|ul"
SIGNS = re.compile(
    rf"\*\*\S+|~~[^~]+~~|(?<!\w)__\w+|(?<![\w*])(?P<sign>[*_])[^\W_](?:[^*_]*\w)?(?P=sign)(?![\w*])|`[^`]+`"
    rf"|<(?P<tag>{TAGS})\b[^<>]*>[^<>]*</(?P=tag)>|</?(?:{TAGS})\b[^<>]*>|&(?:[a-z]+|#\d+);|\[[^\]]*\]\(\S+"
    r"|\{\{.*?\}\}|\{%.*?%\}"
)
SIGNS_OF_LABEL = re.compile(rf"{SIGNS.pattern}|\[\[.*?\]\]")
SIGNS_OF_TERM = re.compile(rf"{SIGNS.pattern}|\{{[A-Za-z_]+\}}")  # only settings' names are filled
ADDRESS = re.compile(r"""\b[a-z][a-z0-9+.-]*://[^\s"'<>)\]]+""", re.IGNORECASE)
UNSAFE = re.compile(r"\b(?:(?:java|vb)script:\S+|data:\w+/\S+|file:/\S*)", re.IGNORECASE)
TRACKING = re.compile(r"utm_\w+|(?:fb|g|ms|dc)clid|mc_[ce]id|igshid|_hsenc|yclid")
BRACKET = re.compile(r"[()\[\]{}]")
PARTNERS = {")": "(", "]": "[", "}": "{"}
SENTENCES = (*prose_fields(Prose.SENTENCE), PAIRS)


def spaces_between(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each space too many."""
    every, by_sign = passages(glossary), _by_sign(glossary.labels.signs.spaced)
    yield from findings_of(SPACES, glossary, every, GAP, 'a space too many: "{around}"')
    message = 'a space before or after a sign: "{around}"'
    yield from findings_of(SPACES, glossary, every, by_sign, message)


def words_once(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each word that stands twice in a row."""
    for passage in passages(glossary):
        for match in TWICE.finditer(passage.text):
            word, _, *more = match[0].split()
            if not more and word.lower() not in MAY_STAND_TWICE:  # three times is on purpose
                place = place_of(glossary, passage, match[0])
                yield DOUBLED.finding(f'"{word}" stands twice', place)


def signs_have_partners(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for the first quotation mark or bracket of a text without a partner."""
    for passage in passages(glossary):
        sign = _without_partner(passage.text)
        if sign and not (sign[0] in "[]" and "[[" in passage.text):  # refs-form says so
            place = place_of(glossary, passage, around(sign))
            yield UNMATCHED.finding(f"a {sign[0]} has no partner", place)


def apostrophes_are_certain(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for the first single quote of a text that no rule of the language decides."""
    for passage in passages(glossary):
        sign = doubtful_quote(passage.text, english=glossary.is_english)
        if sign:
            words = around(sign)
            message = f"{words}: the ' may be an apostrophe or a quotation mark"
            yield DOUBTFUL.finding(message, place_of(glossary, passage, words))


def quotes_are_straight(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each word with a typographic quotation mark."""
    message = "{around} has a typographic quotation mark"
    return findings_of(CURLY, glossary, passages(glossary), TYPOGRAPHIC, message)


def sentences_end(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each text made of sentences that does not end like one."""
    for passage in written(glossary, *SENTENCES):
        if not ENDED.search(passage.text):
            yield STOP_MISSING.finding(
                "the full stop at the end is missing", _end(glossary, passage)
            )


def lines_do_not_end(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each name, tagline and subject that ends with a full stop."""
    for passage in written(glossary, "name", "tagline", "subject"):
        if STOPPED.search(passage.text):
            message = f"`{passage.field}` ends with a full stop"
            yield STOP_TOO_MANY.finding(message, _end(glossary, passage))


def no_three_dots(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each row of dots."""
    return findings_of(ELLIPSIS, glossary, passages(glossary), DOTS, 'three dots in "{around}"')


def nothing_left_over(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each placeholder."""
    message = '"{words}" is a placeholder'
    return findings_of(PLACEHOLDER, glossary, passages(glossary), LEFTOVER, message)


def no_markup(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each sign that looks meant as markup, in the project's labels too."""
    patterns = {"book.yaml": SIGNS, "labels.yaml": SIGNS_OF_LABEL}
    labels = (Passage("labels.yaml", *label) for label in glossary.labels.texts())
    for passage in (*passages(glossary), *(labels if "labels.yaml" in glossary.sources else ())):
        pattern = patterns.get(passage.key, SIGNS_OF_TERM)
        message = '"{words}" would be printed as it stands'
        yield from findings_of(MARKUP, glossary, [passage], pattern, message)


def links_are_clean(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each address that no reader should be sent to."""
    every = passages(glossary)
    yield from findings_of(LINK, glossary, every, UNSAFE, "{words} is no page's address")
    for passage in every:
        for match in ADDRESS.finditer(passage.text):
            fault = _fault_of(match[0])
            if fault:
                place = place_of(glossary, passage, match[0])
                yield LINK.finding(f"{match[0]} {fault}", place)


@cache
def _by_sign(spaced: str) -> re.Pattern[str]:
    """Return what finds a space beside a sign, but for signs that the language has spaced."""
    signs = "".join(sign for sign in ",.;:!?" if sign not in spaced)
    return re.compile(rf"\s[{signs})\]](?![\w.])|[(\[]\s")


def _without_partner(text: str) -> re.Match[str] | None:
    """Return the first bracket without a partner, or else the last of an odd number of quotes."""
    open_signs: list[re.Match[str]] = []
    for sign in BRACKET.finditer(text):
        if sign[0] in PARTNERS.values():
            open_signs.append(sign)
        elif not open_signs or open_signs.pop()[0] != PARTNERS[sign[0]]:
            return sign
    quotes = list(re.finditer('"', text))
    inches = [sign for sign in quotes[::2] if text[: sign.start()][-1:].isdigit()]
    left = quotes[-1:] if len(quotes) % 2 else []
    return next(iter([*open_signs, *inches, *left]), None)


def _end(glossary: Glossary, passage: Passage) -> Place:
    """Return the place of a passage's last words."""
    return place_of(glossary, passage, " ".join(passage.text.split()[-3:]))


def _fault_of(address: str) -> str:
    """Return what is wrong with an address, or nothing."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "is no address"
    if parts.scheme.lower() not in {"https", "file"}:  # file: is found by UNSAFE
        return "is not https"
    if "@" in parts.netloc:
        return "has a user's name or password in it"
    parameters = parse_qsl(parts.query, keep_blank_values=True)
    tracked = [name for name, _ in parameters if TRACKING.fullmatch(name)]
    return f"tracks its readers by `{tracked[0]}`" if tracked else ""


CHECKS = (
    spaces_between,
    words_once,
    signs_have_partners,
    apostrophes_are_certain,
    quotes_are_straight,
    sentences_end,
    lines_do_not_end,
    no_three_dots,
    nothing_left_over,
    no_markup,
    links_are_clean,
)
