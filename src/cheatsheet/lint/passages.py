"""What the rules of the text read: each text of the book as it is printed, and its sentences."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from cheatsheet.findings import FieldPath, Finding, Place, Rule
from cheatsheet.model.glossary import Glossary
from cheatsheet.model.style_guide import StyleGuide
from cheatsheet.model.term_fields import Prose, prose_fields

# Values that are texts for YAML and no prose: anywhere, and in book.yaml.
NOT_PROSE = {"category", "related", "slug", "id"}
NOT_PROSE_OF_BOOK = {"language", "stem", "price", "site"}
BODY = prose_fields(Prose.BODY)
WRITTEN = prose_fields(Prose.LINE)
PAIRS = "pairs"  # the field of pairs.yaml

SENTENCE_END = re.compile(r"""(?<=[.!?…])["')\]]*\s+(?=["'(\[]?[A-Z0-9])""")
QUOTED = re.compile(r'"[^"]*"')
WORD = re.compile(r"\w[\w'-]*")


@dataclass(frozen=True)
class Passage:
    """A text as it is printed, its references as their words, and where it stands.

    `key` is a term's slug, or the name of another file.
    """

    key: str
    location: FieldPath
    text: str

    @property
    def field(self) -> str | int:
        """The field of the file that it stands in."""
        return self.location[0]

    @property
    def words(self) -> list[str]:
        """Its words, without the signs between them."""
        return WORD.findall(self.text)

    @property
    def unquoted(self) -> "Passage":
        """The passage without what stands in quotation marks: others may say what they like."""
        return replace(self, text=QUOTED.sub('""', self.text)) if '"' in self.text else self

    @property
    def sentences(self) -> list[str]:
        """Its sentences."""
        return SENTENCE_END.split(self.text)


@lru_cache(maxsize=1)
def passages(glossary: Glossary) -> tuple[Passage, ...]:
    """Return all prose of the book: of the terms, the settings and the categories.

    A reference without words prints the name of its term.
    """
    return tuple(
        Passage(key, location, glossary.without_references(text))
        for key, location, text in glossary.texts()
        if NOT_PROSE.isdisjoint(location)
        and not (key == "book.yaml" and location[0] in NOT_PROSE_OF_BOOK)
    )


@lru_cache(maxsize=1)
def by_term(glossary: Glossary) -> dict[str, tuple[Passage, ...]]:
    """Return each term's written passages, by slug, in the order of its fields."""
    found: dict[str, list[Passage]] = {term.slug: [] for term in glossary.terms}
    for passage in passages(glossary):
        if passage.key in found and passage.field in WRITTEN:
            found[passage.key].append(passage)
    return {slug: tuple(of_term) for slug, of_term in found.items()}


@lru_cache(maxsize=1)
def of_pairs(glossary: Glossary) -> tuple[Passage, ...]:
    """Return the sentences of the pairs."""
    return tuple(passage for passage in passages(glossary) if passage.field == PAIRS)


def written(glossary: Glossary, *fields: str) -> Iterator[Passage]:
    """Yield the written passages of all terms and of the pairs, or only those in some fields."""
    for passages_ in (*by_term(glossary).values(), of_pairs(glossary)):
        for passage in passages_:
            if not fields or passage.field in fields:
                yield passage


def guide_of(glossary: Glossary) -> StyleGuide:
    """Return the house style; one that asks for nothing where the project has none."""
    return glossary.style or StyleGuide.model_validate({})


def styled(glossary: Glossary, *fields: str) -> Iterator[Passage]:
    """Yield what `written` yields, if the project has a house style."""
    return written(glossary, *fields) if glossary.style else iter(())


def place_of(glossary: Glossary, passage: Passage, words: str = "") -> Place:
    """Return the place of words in a passage, or of its first words."""
    first = " ".join(passage.text.split()[:3])
    return glossary.place(passage.key, passage.location, words or first)


def findings_of(
    rule: Rule,
    glossary: Glossary,
    among: Iterable[Passage],
    pattern: re.Pattern[str],
    message: str,
) -> Iterator[Finding]:
    """Yield a finding for each kind of words in each of some passages that a pattern finds.

    `message` has `{words}` where they belong, or `{around}` for them and what they hang on to.
    """
    whole = "{around}" in message
    for passage in among:
        matches = pattern.finditer(passage.text)
        for words in dict.fromkeys(around(match) if whole else match[0] for match in matches):
            place = place_of(glossary, passage, words)
            yield rule.finding(message.format(words=words, around=words), place)


def around(match: re.Match[str]) -> str:
    """Return what a match is part of, up to the spaces before and after it."""
    start = match.string.rfind(" ", 0, match.start()) + 1
    end = match.string.find(" ", match.end())
    return match.string[start : end if end >= 0 else None]
