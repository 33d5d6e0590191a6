"""Dates that have passed: told as if they were to come, as of the book's month.

A date is held to the clause that it stands in. What only looks like a date to come is left alone:
what is told in the past ("moved to June 2026"), a date that names a thing ("the rules of June
2026"), one that looks back ("before", "since", "as of").
"""

import re
from collections.abc import Iterator

from cheatsheet.findings import Finding, error
from cheatsheet.lint.passages import SENTENCE_END, passages, place_of
from cheatsheet.model.glossary import Glossary

PASSED = error(
    "text-past-date",
    "A date that has passed is told as if it were to come.",
    "check what came of it, and tell it as it is now; `as_of` in content/book.yaml has the month",
)

NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NO_STOP = "\N{ONE DOT LEADER}"  # for the dot of "Dec.", which ends no sentence
SHORT_MONTH = re.compile(r"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.")
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    rf"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?){NO_STOP}?"
)
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
YEAR = r"(?P<year>20[1-9]\d)(?![\w/])(?!-\d)"  # not the number of a law or a paper
DATE = re.compile(
    rf"(?<![\w/.:#-])(?:(?P<iso>20[1-9]\d-\d\d)(?:-\d\d)?(?!\w)"
    rf"|(?:(?:the )?(?:early|mid|late|spring|summer|fall|autumn|winter|end|start)(?: of|-| ))?"
    rf"(?:(?P<month>(?:{DAY} (?:of )?)?{MONTH}(?: {DAY})?),? )?{YEAR})"
)
CLAUSE = re.compile(
    r"[;:—()]|,? (?:but|while|whereas|although|though|because)\b|, (?:and|so|which|who|yet|then)\b"
)
NEAR = r"(?:[\w'-]+ ){0,4}"
# Words that tell of what is to come, whatever tense the sentence has besides.
TO_COME = (
    r"(?:will|won't|shall|[a-z]+'ll|going to"
    r"|(?:is|are|be) (?:to|due|set|scheduled|expected|planned)"
    r"|(?:has|have|gets?|is given|are given) until|(?:must|has to|have to|needs? to)"
    r"|(?:plans?|intends?|expects?|aims?|hopes?) to|upcoming|not until)"
)
# What begins and ends, in the present.
HAPPENS = (
    r"(?<!\bto )(?<!would )(?<!could )(?<!did )"
    r"(?:starts?|begins?|appl(?:y|ies)|takes? effect|(?:comes?|enters?|goes|go) (?:into|live|in)"
    r"|kicks? in|ends?|expires?|arrives?|launch(?:es)?|opens?|follows?|lands?"
    r"|(?:is|are) (?:banned|required|allowed|forbidden|due))"
)
AHEAD = r"(?:in|on|from|by|until|till|as from|starting|beginning|effective)"
BEFORE = re.compile(
    rf"\b(?:{TO_COME} (?:(?:[\w',-]+ ){{0,8}}{AHEAD} |[a-z]+ )?|{HAPPENS} {NEAR}(?:{AHEAD} )?)$",
    re.IGNORECASE,
)
FIRST = r"^\W*(?:(?:and|but|so|then|also|even|only|now) )?"
OPENS = re.compile(
    rf"{FIRST}(?:from|(?:starting|beginning)(?: in| on)?|effective|by|until|till) $", re.IGNORECASE
)
OPENS_IN = re.compile(rf"{FIRST}(?:(?:in|on|come) )?$", re.IGNORECASE)
BY_THEN = re.compile(r"\b(?:by|until|till|starting|effective) $", re.IGNORECASE)
LOOKS_BACK = re.compile(r"\b(?:before|since|as of|after|of|dated|than) (?:the )?$", re.IGNORECASE)
# A law or the like that holds from a day: "A new ban, from June 2026, covers fakes".
LAW = (
    r"(?:bans?|laws?|rules?|acts?|dut(?:y|ies)|limits?|obligations?|requirements?|rights?|fines?"
    r"|tax(?:es)?|fees?|labels?|deadlines?|prices?|plans?|standards?)"
)
FROM_THEN = re.compile(
    rf"\b{LAW}\b(?:(?: [\w'-]+)*,(?: [\w'-]+)*|(?: [\w'-]+){{2,}})"
    r" (?:(?:as )?from|starting(?: in)?|due(?: in| by)?) $",
    re.IGNORECASE,
)
RANGE = re.compile(r"\s*(?:to|until|till|through|[-\u2013])\b|\s*[-\u2013]")
FINITE = (
    "was|were|had|did|didn't|would|could|went|came|took|began|ran|got|made|gave|won|said|told|wrote"
    "|built|kept|left|lost|met|paid|saw|sent|sold|became|brought|fell|found|grew|held|knew|led|rose"
    "|spent|used"
)
GOES_ON = (
    r"(?=[,.]|$| (?:the|a|an|to|in|on|by|for|with|from|its?|their|that|this|as|into|at|only|all"
    r"|about|more|and|or|how|out|up|down|over|until|through|not|\d+)\b)"
)
PAST = re.compile(
    rf"\b(?:{FINITE})\b|\b(?:has|have|had) (?:been|(?!to\b|until\b)\w+(?:ed|en|un))\b"
    rf"|(?<!-)(?<!\bis )(?<!\bare )(?<!\bbe )(?<!\bnot )\b(?!un)\w+ed\b{GOES_ON}",
    re.IGNORECASE,
)


def dates_to_come_are_to_come(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each date before the book's month that is told as if it were to come."""
    now = (glossary.book.as_of or "")[:7]
    for passage in passages(glossary) if now else ():
        for date in passed_dates(passage.unquoted.text, now):
            message = f'"{date}" has passed by {now}, and is told as if it were to come'
            yield PASSED.finding(message, place_of(glossary, passage, date))


def passed_dates(text: str, now: str) -> Iterator[str]:
    """Yield the dates before a month (`2026-11`) that a text tells as if they were to come."""
    for sentence in SENTENCE_END.split(SHORT_MONTH.sub(rf"\1{NO_STOP}", text)):
        for clause in CLAUSE.split(sentence):
            for date in DATE.finditer(clause):
                if _has_passed(date, now) and _is_to_come(clause, date):
                    yield date[0].replace(NO_STOP, ".")


def _has_passed(date: re.Match[str], now: str) -> bool:
    """Tell whether a date lies before a month: its own month, or its year where it has none."""
    if date["iso"]:
        return date["iso"] < now
    name = re.search(MONTH, date["month"]) if date["month"] else None
    if name is None:
        return date["year"] < now[:4]
    return f"{date['year']}-{NAMES.index(name[0][:3].lower()) + 1:02}" < now


def _is_to_come(clause: str, date: re.Match[str]) -> bool:
    """Tell whether a clause tells of its date as of one to come."""
    before, after = clause[: date.start()], clause[date.end() :]
    if LOOKS_BACK.search(before):
        return False
    told = BEFORE.search(before)
    if told:
        return not PAST.search(told[0])
    if OPENS.search(before):
        return not PAST.search(after)
    if OPENS_IN.search(before):
        soon = re.search(rf"\b(?:{TO_COME}|{HAPPENS})\b", after)
        return soon is not None and not PAST.search(after[: soon.start()])
    from_then = FROM_THEN.search(before) and not RANGE.match(after)
    return bool(BY_THEN.search(before) or from_then) and not PAST.search(clause)


CHECKS = (dates_to_come_are_to_come,)
