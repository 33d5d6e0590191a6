"""Spelling: an English dictionary, the project's word list, and the terms' own names."""

import difflib
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

from cheatsheet.findings import Finding, Place, warning
from cheatsheet.lint.passages import passages, place_of
from cheatsheet.model.glossary import Glossary

WORD = warning(
    "spell-word",
    "A word is neither in the dictionary nor in the project's word list.",
    "fix it, or add it to content/words.txt if it is right",
)

LETTERS = re.compile(r"(?<!\w)[^\W\d_]+(?:['-][^\W\d_]+)*(?!\w)")
ADDRESS = re.compile(r"\S+://\S+|\S+@\S+|\b\w+(?:\.\w+)+\b")
ENDING = re.compile(r"'(?:s|d|ll|re|ve|m)$")
FOREIGN = "write it in Latin letters, or add the words to content/words.txt if they are right"
WORDS = "content/words.txt"
MANY = 20  # unknown words of a book whose list of words was lost
NAMES = {"name", "aliases", "also_covers", "full_form", "acronyms"}


def words_are_known(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each word of each text that nobody knows."""
    if glossary.words is None:
        return
    listed = glossary.words | set(_names(glossary))
    texts = [(passage, _words_of(passage.text)) for passage in passages(glossary)]
    every = dict.fromkeys(word for _, words in texts for word in words)
    unknown = {word: part for word in every if (part := _unknown_part(word, listed))}
    if not glossary.words and len(unknown) > MANY:
        lost = f"{len(unknown)} that are not in the dictionary"
        message = f"it has no words, and the texts have {lost}"
        yield WORD.finding(message, Place(WORDS), "look whether the list is whole")
        return
    for passage, words in texts:
        foreign = [word for word in words if word in unknown and not _is_latin(unknown[word])]
        if foreign and glossary.typefaces.missing.isdisjoint("".join(foreign)):  # else text-font
            message = f'"{foreign[0]}" is not in Latin letters{_others(len(foreign) - 1)}'
            yield WORD.finding(message, place_of(glossary, passage, foreign[0]), FOREIGN)
        for word in words:
            if word in unknown and word not in foreign:
                message = f'"{unknown[word]}" is not in the dictionary'
                place = place_of(glossary, passage, word)
                yield WORD.finding(message, place, _hint(unknown[word], listed))


def _words_of(text: str) -> dict[str, None]:
    """Return the words of a text in their order, each once, but for those of addresses."""
    return dict.fromkeys(LETTERS.findall(ADDRESS.sub(" ", text)))


def _names(glossary: Glossary) -> Iterator[str]:
    """Yield the words that terms are called by, in small letters."""
    for passage in passages(glossary):
        if passage.field in NAMES and passage.location[-1] != "note":
            for word in LETTERS.findall(passage.text.lower()):
                yield from (word, *word.split("-"))


def _is_latin(word: str) -> bool:
    """Tell whether a word has a letter of the alphabet that the dictionary is written in."""
    return any(unicodedata.name(letter, "").startswith("LATIN") for letter in word)


def _others(count: int) -> str:
    """Return how many other words of a text are so too; nothing if none is."""
    return f", nor {'are' if count > 1 else 'is'} {count} more of the text's" if count else ""


def _unknown_part(word: str, listed: frozenset[str]) -> str:
    """Return the part of a word with hyphens that is not known, or nothing."""
    parts = [] if word in listed else word.split("-")
    return next((part for part in parts if not _is_known(part, listed)), "")


def _is_known(word: str, listed: frozenset[str]) -> bool:
    """Tell whether a word, or what it is a form of, is listed or in the dictionary."""
    stem = ENDING.sub("", word)
    singular = stem.removesuffix("s")
    if len(stem) == 1 or singular.isupper():  # a letter, or style-acronym's affair
        return True
    forms = {form for written in (word, stem, singular) for form in (written, written.lower())}
    return not forms.isdisjoint(listed) or any(form in _dictionary() for form in forms)


def _hint(word: str, listed: frozenset[str]) -> str:
    """Return the nearest spelling, and what to do if there is nothing to fix."""
    near = _dictionary().correction(word.lower())
    close = [near] if near and near != word.lower() else []
    close = close or difflib.get_close_matches(word, listed, n=1, cutoff=0.8)
    return f'did you mean "{close[0]}"? if not, add it to content/words.txt' if close else ""


@cache
def _dictionary() -> Any:
    """Return the English dictionary, read once and only if it is needed."""
    from spellchecker import SpellChecker  # noqa: PLC0415 - only projects with a list wait for it

    return SpellChecker(language="en", distance=1)


CHECKS = (words_are_known,)
