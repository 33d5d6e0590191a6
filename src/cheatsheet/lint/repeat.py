"""What two terms say in the same way: how they open, their similes, their sentences."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from cheatsheet.findings import Finding, Rule, warning
from cheatsheet.lint.passages import Passage, guide_of, place_of, written
from cheatsheet.model.glossary import Glossary

OPENING = warning(
    "repeat-opening",
    "The plain versions of two terms begin with the same words.",
    "open one of them in another way",
)
SIMILE = warning(
    "repeat-simile",
    "The TL;DR of two terms ends in the same simile.",
    "find another for one of them",
)
SENTENCE = warning(
    "repeat-sentence",
    "Two terms have nearly the same sentence.",
    "say it in another way in one of them, or leave it to the other",
)

GRAM = 4  # words in a row
COMMON = 40  # sentences; a gram that more of them have says nothing about two of them


@dataclass(frozen=True)
class Saying:
    """A sentence: where it stands, its text, and its rows of four words."""

    passage: Passage
    text: str
    grams: frozenset[tuple[str, ...]]


def openings_differ(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each term whose plain version opens as an earlier one's."""
    repeats = guide_of(glossary).repeats
    if repeats is None:
        return
    first = (passage for passage in written(glossary, "plain") if passage.location[1] == 0)
    opened = ((passage, passage.words[: repeats.opening_words]) for passage in first)
    texts = ((passage, " ".join(words)) for passage, words in opened)
    yield from _told_twice(OPENING, glossary, texts, 'opens with "{words}"')


def similes_differ(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each term whose TL;DR ends as an earlier one's."""
    last = ((passage, passage.sentences[-1]) for passage in written(glossary, "tldr"))
    if guide_of(glossary).repeats is not None:
        yield from _told_twice(SIMILE, glossary, last, 'ends with "{words}"')


def sentences_differ(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each sentence that an earlier term has nearly the same.

    How alike two sentences are is 2 x shared / (all of one + all of the other), counted in rows
    of four words: 1 for the same sentence, about 0.5 where one word in the middle differs. Only
    sentences that share a row are compared, so the work grows with the text and not its square.
    """
    repeats = guide_of(glossary).repeats
    if repeats is None:
        return
    sayings = list(_sayings(glossary, repeats.sentence_words))
    index: dict[tuple[str, ...], list[int]] = {}
    for number, saying in enumerate(sayings):
        other = _likest(saying, sayings, index, repeats.likeness)
        if other is not None:
            place = place_of(glossary, saying.passage, " ".join(saying.text.split()[:GRAM]))
            name = glossary.names.get(other.passage.key, "a pair")
            yield SENTENCE.finding(f'{name} has nearly the same: "{other.text}"', place)
        for gram in saying.grams:
            index.setdefault(gram, []).append(number)


def _told_twice(
    rule: Rule, glossary: Glossary, texts: Iterator[tuple[Passage, str]], message: str
) -> Iterator[Finding]:
    """Yield a finding for each text that an earlier term has too."""
    owner: dict[str, str] = {}
    for passage, words in texts:
        first = owner.setdefault(words.casefold(), passage.key)
        if first != passage.key:
            name, place = glossary.by_slug[first].name, place_of(glossary, passage, words)
            yield rule.finding(f"{name} {message.format(words=words)} too", place)


def _sayings(glossary: Glossary, least: int) -> Iterator[Saying]:
    """Yield the sentences of all terms that have so many words at least."""
    for passage in written(glossary):
        for text in passage.sentences:
            words = re.findall(r"[\w']+", text.casefold())
            if len(words) >= least:
                grams = zip(*(words[start:] for start in range(GRAM)), strict=False)
                yield Saying(passage, text, frozenset(grams))


def _likest(
    saying: Saying, sayings: list[Saying], index: dict[tuple[str, ...], list[int]], least: float
) -> Saying | None:
    """Return the earlier sentence of another term that is most like this one, if one is."""
    shared: Counter[int] = Counter()
    for gram in index.keys() & saying.grams:
        shared.update(index[gram][:COMMON])
    best, best_likeness = None, least
    for number, count in shared.items():
        other = sayings[number]
        likeness = 2 * count / (len(saying.grams) + len(other.grams))
        if other.passage.key != saying.passage.key and likeness >= best_likeness:
            best, best_likeness = other, likeness
    return best


CHECKS = (openings_differ, similes_differ, sentences_differ)
