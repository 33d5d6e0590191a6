"""How hard the plain version is to read. Alone knows the syllables of English."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from cheatsheet.findings import Finding, warning
from cheatsheet.lint.passages import SENTENCE_END, by_term, guide_of, place_of
from cheatsheet.model.glossary import Glossary

GRADE = warning(
    "style-grade",
    "The plain version is harder to read than the house style allows.",
    "make two sentences of the longest ones, and take shorter words",
)

WORD = re.compile(r"[^\W\d_][^\W\d_']*")
VOWELS = re.compile(r"[aeiouy]+", re.IGNORECASE)


def plain_is_easy(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each term whose plain version is over the reading grade."""
    most = guide_of(glossary).grade
    if most is None:
        return
    for of_term in by_term(glossary).values():
        plain = [passage for passage in of_term if passage.field == "plain"]
        grade = reading_grade(" ".join(passage.text for passage in plain))
        if grade > most:
            message = f"the plain version has reading grade {grade:.1f}, and should have {most:g}"
            yield GRADE.finding(f"{message} at most", place_of(glossary, plain[0]))


def reading_grade(text: str) -> float:
    """Return the Flesch-Kincaid grade of a text: about the school year that it takes.

    0.39 x words a sentence + 11.8 x syllables a word - 15.59. Syllables are counted as
    hyphenation does it, which finds fewer than the ear: grades come out about 0.8 lower.
    """
    words, sentences = WORD.findall(text), SENTENCE_END.split(text)
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / max(len(words), 1) - 15.59


@cache
def _syllables(word: str) -> int:
    """Return how many syllables the hyphenation of a word finds."""
    if len(VOWELS.findall(word)) <= 1:
        return 1
    return len(_hyphenation().positions(word.lower())) + 1


@cache
def _hyphenation() -> Any:
    """Return the hyphenation of US English, read once and only if it is needed."""
    from pyphen import Pyphen  # noqa: PLC0415 - only projects with a house style wait for it

    return Pyphen(lang="en_US")


CHECKS = (plain_is_easy,)
