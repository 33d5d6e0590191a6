"""The house style of words: which to write, which to spell out, which to contract."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from cheatsheet.findings import Finding, warning
from cheatsheet.lint.passages import (
    PAIRS,
    Passage,
    by_term,
    findings_of,
    guide_of,
    of_pairs,
    place_of,
    styled,
    written,
)
from cheatsheet.model.glossary import Glossary
from cheatsheet.model.sections import indexed_names

BANNED = warning(
    "style-banned", "A text has words that the house does not use.", "say it in plain words"
)
PRODUCT = warning(
    "style-product",
    "The name of a product or company is misspelt.",
    "`products` in content/style.yaml has the right names",
)
ACRONYM = warning(
    "style-acronym",
    "Capitals are spelled out nowhere on their term's page.",
    "write the words with the capitals in parentheses, or list them under `acronyms`"
    " in content/style.yaml",
)
CONTRACTION = warning(
    "style-contraction",
    "Words stand in full where the voice contracts them, or the other way round.",
    "contract them in plain, why and try_it; write them out in nerd",
)
COVERED = warning(
    "style-covered",
    "Words that a term covers stand nowhere in its text.",
    "use them in the text, or take them out of `also_covers`",
)

CONTRACTED = ("plain", "why", "try_it")
# What may follow for the two words before to be one: a verb's form, an article, an adverb.
GOES_ON = (
    r"(?=\s+(?:an?|the|not|just|also|all|only|like|how|what|why|about|still|never|[a-z]+ing)\b)"
)
SINCE = r"(?=\s+(?:been|got|seen|heard|met|ever|never|already|just)\b)"
IN_FULL = re.compile(
    r"\b(?:"
    r"(?:cannot|(?:can|will|do|does|did|is|are|was|were|has|have|had|would|could|should) not)"
    r"\b(?! only)"
    rf"|(?:it|(?<!like )(?<!of )that|there|he|she|what|who) is{GOES_ON}"
    r"|(?:(?:you|we|they) are|I am|(?:you|we|they|it|he|she|I) will|let us)(?=\s+\w)"
    rf"|(?:you|we|they|I) have{SINCE}"
    r")",
    re.IGNORECASE,
)
SHORT = re.compile(
    r"\b(?:\w+n't|(?:you|we|they|I)'(?:re|ve|ll|m|d)|(?:it|that|there|what|who|here|let|he|she)'s)\b",
    re.IGNORECASE,
)
PART = re.compile(r"[^\W_]+")
# Not a Roman number (II, IV), and not the capitals inside a name (OpenAI, QLoRA).
CAPITALS = re.compile(r"(?<![A-Za-z])(?![IVX]+\b)[A-Z]{2,}(?=s?(?![A-Za-z]))")


def banned_words(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each banned word outside quotation marks, with what to write instead."""
    banned = guide_of(glossary).banned
    for passage in written(glossary):
        for words, instead in _listed(passage.unquoted, banned, re.IGNORECASE):
            place = place_of(glossary, passage, words)
            yield BANNED.finding(f'"{words}" is not the house\'s', place, f"instead: {instead}")


def product_names(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each misspelt name, with the right one.

    A pair may be about a name that is nearly the right one: LoRa is not LoRA.
    """
    products = guide_of(glossary).products
    for passage in written(glossary):
        pair = glossary.pairs[int(passage.location[1])] if passage.field == PAIRS else ()
        for words, name in _listed(passage, products, re.NOFLAG):
            if words in {side.key for side in pair}:
                continue
            place = place_of(glossary, passage, words)
            yield PRODUCT.finding(f'"{words}" is misspelt', place, f"write {name}")


def acronyms_spelled_out(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each kind of capitals that a term's page spells out nowhere."""
    for term in glossary.terms if glossary.style else ():
        shown = by_term(glossary)[term.slug]
        yield from _not_spelled_out(glossary, shown, _own_letters(glossary, term.slug))
    for passage in of_pairs(glossary) if glossary.style else ():
        sides = glossary.pairs[int(passage.location[1])]
        if any(side.is_term and side.key not in glossary.by_slug for side in sides):
            continue  # the term that spells them out is gone
        known = {letters for side in sides for letters in _own_letters(glossary, side.key)}
        yield from _not_spelled_out(glossary, [passage], known | {side.key for side in sides})


def _own_letters(glossary: Glossary, slug: str) -> set[str]:
    """Return the letters that everybody knows, and those that a term's page explains."""
    term = glossary.by_slug.get(slug)
    return {
        *guide_of(glossary).acronyms,
        *(letters for letters, _ in (term.letters if term else ())),
    }


def _not_spelled_out(
    glossary: Glossary, shown: Iterable[Passage], known: set[str]
) -> Iterator[Finding]:
    """Yield a finding for the first of each kind of capitals that some passages do not explain."""
    text = "\n".join(passage.text for passage in shown)
    for passage in shown:
        for word, letters in _capitals(passage.unquoted.words, known):
            known.add(letters)
            if not _spelled_out(letters, text):
                place = place_of(glossary, passage, word)
                yield ACRONYM.finding(f"{word} is spelled out nowhere", place)


def contractions(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each pair of words that should be one, and in nerd for the one."""
    spoken = (passage.unquoted for passage in styled(glossary, *CONTRACTED))
    yield from findings_of(CONTRACTION, glossary, spoken, IN_FULL, '"{words}" stands in full')
    nerd = (passage.unquoted for passage in styled(glossary, "nerd"))
    yield from findings_of(CONTRACTION, glossary, nerd, SHORT, '"{words}" is contracted')


def covered_words_stand_there(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each word that a term covers and does not use."""
    for term in glossary.terms if glossary.style else ():
        text = _plainly(" ".join(passage.text for passage in by_term(glossary)[term.slug]))
        covered = (one for one in indexed_names(term) if one[0][0] == "also_covers")
        for location, words in covered:
            if _plainly(words).strip().removesuffix("s") not in text:
                place = glossary.place(term.slug, location)
                yield COVERED.finding(f'"{words}" stands nowhere in the text', place)


def _listed(
    passage: Passage, listed: Mapping[str, str], flags: re.RegexFlag
) -> Iterator[tuple[str, str]]:
    """Yield the words of a passage that are keys of a list, each once, and what the list says."""
    found = _any_of(tuple(listed), flags).finditer(passage.text) if listed else ()
    for words in dict.fromkeys(match[0] for match in found):
        yield words, next(listed[key] for key in listed if _any_of((key,), flags).fullmatch(words))


@lru_cache
def _any_of(words: tuple[str, ...], flags: re.RegexFlag) -> re.Pattern[str]:
    """Return what finds any of some words; a * at the end of one is any ending."""
    parts = (re.escape(part.removesuffix("*")) + r"\w*" * part.endswith("*") for part in words)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])", flags)


def _capitals(words: list[str], known: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the words that have capitals, and the capitals, where neither is known.

    Letters that stand alone as well are symbols: BA is the product of the matrices B and A.
    """
    symbols = {word for word in words if len(word) == 1}
    for word in words:
        letters = CAPITALS.search(word)
        if letters is None or symbols.issuperset(letters[0]):
            continue
        if known.isdisjoint((word, word.removesuffix("s"), letters[0])):
            yield word, letters[0]


def _spelled_out(letters: str, text: str) -> bool:
    """Tell whether a text has "words (ABC)", "words, or ABC" or "ABC (words)" for some letters.

    In parentheses the letters may stand anywhere in the words (IVF: inverted file); elsewhere
    each begins one.
    """
    for match in re.finditer(rf"(\()?\b{letters}s?\b(?: \(([^()]*)\))?", text):
        before = PART.findall(text, max(0, match.start() - 120), match.start())
        before = before[-len(letters) - 2 :]
        named = "".join(before) if match[1] else "".join(part[0] for part in before)
        if _in_order(letters, named) or _in_order(letters, match[2] or ""):
            return True
    return False


def _in_order(letters: str, words: str) -> bool:
    """Tell whether words have some letters in their order."""
    told = iter(words.upper())
    return all(letter in told for letter in letters)


def _plainly(text: str) -> str:
    """Return a text in small letters with a space for each hyphen, between two spaces."""
    return f" {text.lower().replace('-', ' ')} "


CHECKS = (
    banned_words,
    product_names,
    acronyms_spelled_out,
    contractions,
    covered_words_stand_there,
)
