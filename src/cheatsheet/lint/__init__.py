"""Glossary → findings: what the text must hold to, one small function a rule.

To add a rule: declare it and write its function in the module of its subject, name it in that
module's `CHECKS`, and give it a case that trips it in the tests.
"""

from cheatsheet.findings import Finding, Rule
from cheatsheet.lint import (
    characters,
    claims,
    dates,
    mechanics,
    numbers,
    pairs,
    pictures,
    plan,
    readability,
    references,
    repeat,
    spelling,
    style,
    wording,
)
from cheatsheet.lint.deleted import deleted_once
from cheatsheet.lint.exceptions import excuse
from cheatsheet.lint.renamed import as_before, find_renames, told_once
from cheatsheet.model.glossary import Glossary

SUBJECTS = (
    plan,
    numbers,
    references,
    pairs,
    claims,
    pictures,
    characters,
    mechanics,
    dates,
    style,
    wording,
    readability,
    repeat,
    spelling,
)
# What holds for English alone: its numbers and months in words, its verbs, syllables and spelling.
ENGLISH = {
    numbers.numbers_are_true: numbers.NUMBER,
    dates.dates_to_come_are_to_come: dates.PASSED,
    wording.contractions: wording.CONTRACTION,
    readability.plain_is_easy: readability.GRADE,
    spelling.words_are_known: spelling.WORD,
}
CHECKS = tuple(check for subject in SUBJECTS for check in subject.CHECKS)
TEXT_RULES = {
    rule.code: rule
    for subject in SUBJECTS
    for rule in vars(subject).values()
    if isinstance(rule, Rule)
}


def untried(glossary: Glossary) -> frozenset[str]:
    """Return the codes of the rules that do not hold for a glossary's language."""
    return frozenset() if glossary.is_english else frozenset(r.code for r in ENGLISH.values())


def lint_glossary(glossary: Glossary) -> list[Finding]:
    """Return all that the rules of its language find, less what a term's exceptions excuse."""
    renames = find_renames(glossary)
    before = as_before(glossary, renames) if renames else glossary
    checks = [one for one in CHECKS if glossary.is_english or one not in ENGLISH]
    findings = [finding for check in checks for finding in check(before)]
    excused = excuse(before, findings, TEXT_RULES)
    return list(told_once(glossary, renames, deleted_once(before, excused)))
