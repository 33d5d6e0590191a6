"""Numbers of the book in its own texts: those of its terms and pages are counted, not remembered.

A number is one of the book's where a word such as `terms` or `pages` follows, or where it is so
near to the number of terms that it is what that was.
"""

import re
from collections.abc import Iterator, Mapping

from cheatsheet.findings import FieldPath, Finding, error
from cheatsheet.lint.passages import Passage, passages, place_of
from cheatsheet.model.base import PLACEHOLDER
from cheatsheet.model.glossary import Glossary

NUMBER = error(
    "plan-number",
    "A number of the book's terms or pages is written out, and is wrong.",
    "write {terms}, {pages}, {sample} or {others}, and it is right in every edition",
)
UNKNOWN = error(
    "plan-placeholder",
    "A text of the settings has a placeholder that stands for nothing.",
    "there are {terms}, {pages}, {price}, {pairs}, {paths} and {letters}, and for a free sample "
    "{sample} and {others}",
)

ONES = tuple(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "  # noqa: SIM905 - a list of them is twenty lines
    "sixteen seventeen eighteen nineteen".split()
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS = {word: number for number, word in enumerate(ONES, 1)}
WORDS |= {word: 10 * number for number, word in enumerate(TENS, 2)}
WORDS |= {f"{tens}-{one}": WORDS[tens] + WORDS[one] for tens in TENS for one in ONES[:9]}
WORDS |= {f"{one} hundred": 100 * WORDS[one] for one in ONES[:9]} | {"a hundred": 100}
ONE_NUMBER = rf"\d{{1,4}}|(?:{'|'.join(sorted(WORDS, key=len, reverse=True))})"
BOOKS = re.compile(
    rf"(?<![\w.,$€£-])(?P<about>(?:more than|over|about|around|nearly|almost|at least) )?"
    rf"(?P<number>{ONE_NUMBER})(?![\w%]|[.,:/-]\d)"
    r"(?P<what> (?:[\w'-]+ ){0,2}?(?P<noun>terms|entries|pages|claims|parts|categories)\b)?"
    r"(?! (?:%|percent|per cent|years|minutes|seconds|hours|days|dollars)\b)"
    rf"(?=(?:(?: terms)? (?:out )?of (?:all )?(?P<whole>{ONE_NUMBER})\b)?)",
    re.IGNORECASE,
)
NAMED = {"claims", "parts", "categories"}  # what is counted only where it is named
SMALL = 10  # a smaller number of terms need not be that of the whole book


def numbers_are_true(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each number of the book's that a text of its own has wrong."""
    for passage in passages(glossary):
        if passage.key in {"book.yaml", "categories.yaml"}:
            for match in BOOKS.finditer(passage.text):
                fault = _fault_of(glossary, passage.location, match)
                if fault:
                    words = match[0].strip()
                    message = f'"{words}": {fault}'
                    yield NUMBER.finding(message, place_of(glossary, passage, words))


def placeholders_are_known(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each placeholder in the settings' texts that was not filled."""
    for passage in _settings(glossary):
        for match in PLACEHOLDER.finditer(passage.text):
            fault = "the book has no price" if match[1] == "price" else "it stands for nothing"
            message = f"`{match[0]}`: {fault}"
            yield UNKNOWN.finding(message, place_of(glossary, passage, match[0]))


def _settings(glossary: Glossary) -> Iterator[Passage]:
    """Yield the texts of the settings whose placeholders are filled."""
    for passage in passages(glossary):
        if passage.key == "book.yaml" and passage.location[0] != "stamp":
            yield passage


def _fault_of(glossary: Glossary, location: FieldPath, match: re.Match[str]) -> str:
    """Return what is wrong with a number in a text of the book's own, or nothing."""
    number = _value(match["number"])
    counted = _counted(glossary, location)
    kind = (match["noun"] or "").lower().replace("entries", "terms")
    if kind in NAMED:
        is_so = number <= counted[kind] if match["about"] else number == counted[kind]
        return "" if is_so else f"there are {counted[kind]}"
    true = {count for name, count in counted.items() if name not in NAMED}
    total = counted["terms"]
    if "sample" in counted and match["whole"] and _value(match["whole"]) == total != number:
        return "" if number == counted["sample"] else f"the sample has {counted['sample']} terms"
    if number in true:
        return ""
    if "others" in counted and _near(number, counted["others"]):
        return f"the sample lacks {counted['others']} of the {total} terms"
    if _near(number, total) or (kind == "terms" and number >= SMALL):
        return f"the book has {total} terms"
    return f"it has {counted['pages']} pages" if kind == "pages" and number >= SMALL else ""


def _near(number: int, count: int) -> bool:
    """Tell whether a number is so near to a count that it is what that was before a few changes.

    In a book of three terms, two of something are nothing of the book's.
    """
    return count >= SMALL and abs(number - count) <= max(1, count // 20)


def _counted(glossary: Glossary, location: FieldPath) -> Mapping[str, int]:
    """Return the numbers of the book, in the edition that a text is of."""
    names = [str(part) for part in location if part in glossary.book.editions]
    counts = glossary.counts(names[0] if names else "")
    found = {name: int(value) for name, value in counts.items() if name != "price"}
    found |= {"claims": sum(map(len, glossary.claims.values()))}
    return found | dict.fromkeys(("parts", "categories"), len(glossary.categories))


def _value(word: str) -> int:
    """Return a number that is written in digits or in words."""
    return int(word) if word.isdecimal() else WORDS[word.lower()]


CHECKS = (numbers_are_true, placeholders_are_known)
