"""The house style of whole texts: their length, their signs, how they open. Needs style.yaml."""

import re
from collections.abc import Iterator

from cheatsheet.findings import Finding, warning
from cheatsheet.lint.characters import NOT_PRINTED
from cheatsheet.lint.passages import (
    BODY,
    Passage,
    findings_of,
    guide_of,
    place_of,
    styled,
    written,
)
from cheatsheet.model.glossary import Glossary
from cheatsheet.model.style_guide import Budgets

LENGTH = warning(
    "style-length",
    "A text has fewer or more words than the house style asks for.",
    "`words` in content/style.yaml has the numbers",
)
EXCLAMATION = warning(
    "style-exclamation",
    "A text has an exclamation mark.",
    "let the sentence do it: write a full stop",
)
EMOJI = warning("style-emoji", "A text has an emoji.", "say it in words")
DASHES = warning(
    "style-dashes",
    "A text has too many em dashes, or one that is not set off by spaces.",
    "make a sentence of it, or use a comma; a dash is typed as a space, —, and a space",
)
WHY = warning(
    "style-why",
    "`why` does not open as the house style has it.",
    "`why_opens` in content/style.yaml has the word",
)
QUESTION = warning(
    "style-question",
    "A text asks the reader a question.",
    "say it as a statement, or let somebody ask it in quotation marks",
)
WORN_OPENING = warning(
    "style-imagine",
    "More terms open in the same way than the house style allows.",
    "open this one with a scene of its own",
)

MARK = re.compile("!")
PICTOGRAM = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\ufe0f]+")
ASKED = re.compile(r"\S+\?")
TIGHT_DASH = re.compile(r"(?<=\S)—|—(?=\S)|(?<=\s)--?(?=\s)|(?<=\w)--(?=\w)")


def lengths(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each text that is outside its budget of words."""
    budgets = guide_of(glossary).words
    if budgets is None:
        return
    for passage in written(glossary):
        span = _budget(budgets, passage)
        if span and not span[0] <= len(passage.words) <= span[1]:
            name = "a paragraph" if passage.field == "plain" else f"`{passage.field}`"
            message = f"{name} has {len(passage.words)} words, and should have {span[0]}-{span[1]}"
            yield LENGTH.finding(message, place_of(glossary, passage))


def no_exclamation(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each exclamation mark."""
    message = '"{around}" has an exclamation mark'
    return findings_of(EXCLAMATION, glossary, styled(glossary), MARK, message)


def no_emoji(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each emoji."""
    for passage in styled(glossary):
        found = findings_of(EMOJI, glossary, [passage], PICTOGRAM, "{words} is an emoji")
        is_printed = passage.location[0] not in NOT_PRINTED
        told = glossary.typefaces.missing if is_printed else ()  # that no font has them
        yield from (one for one in found if not set(told).intersection(one.message))


def few_dashes(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each text with too many dashes, and for each dash without spaces."""
    rules = guide_of(glossary).dashes
    if rules is None:
        return
    message = 'no dash with spaces around it: "{around}"'
    yield from findings_of(DASHES, glossary, written(glossary), TIGHT_DASH, message)
    for passage in written(glossary):
        most = 0 if passage.field in rules.none_in else rules.most
        found = passage.text.count("—")
        if found > most:
            dashes = f"{found} em dash{'es' if found > 1 else ''}"
            message = f"{dashes}, and `{passage.field}` may have {most or 'none'}"
            yield DASHES.finding(message, place_of(glossary, passage, "—"))


def why_opens(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each `why` that does not open with its word."""
    opening = guide_of(glossary).why_opens
    for passage in written(glossary, "why") if opening else ():
        if passage.words[:1] != [opening]:
            message = f'`why` should open with "{opening}"'
            yield WHY.finding(message, place_of(glossary, passage))


def no_questions(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each text of the body that asks, outside quotation marks."""
    for passage in styled(glossary, *BODY):
        expected = ASKED.search(passage.unquoted.text)
        if expected:
            place = place_of(glossary, passage, expected[0])
            yield QUESTION.finding(f'a question to the reader: "{expected[0]}"', place)


def openings_stay_rare(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each term past those that may open in the worn way."""
    opening = guide_of(glossary).worn_opening
    if opening is None:
        return
    first = [passage for passage in written(glossary, "plain") if passage.location[1] == 0]
    worn = [passage for passage in first if passage.text.startswith(opening.words)]
    most = max(1, len(first) // opening.one_term_in)
    for passage in worn[most:]:
        message = f'{len(worn)} terms open with "{opening.words}", and {most} may'
        yield WORN_OPENING.finding(message, place_of(glossary, passage))


def _budget(budgets: Budgets, passage: Passage) -> tuple[int, int] | None:
    """Return the least and the most words that a passage may have, if it has a budget."""
    budget = getattr(budgets, str(passage.field), None)
    if isinstance(budget, tuple):
        number = int(passage.location[1])
        budget = budget[number] if number < len(budget) else None
    if budget is None:
        return None
    least, most = budget.split("-")
    return int(least), int(most)


CHECKS = (
    lengths,
    no_exclamation,
    no_emoji,
    few_dashes,
    why_opens,
    no_questions,
    openings_stay_rare,
)
