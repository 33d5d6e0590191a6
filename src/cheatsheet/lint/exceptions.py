"""What a term may break, and why: its findings are dropped, and each excuse must be needed."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cheatsheet.findings import Finding, Rule, Severity, error, warning
from cheatsheet.findings.suggestions import did_you_mean
from cheatsheet.model.glossary import Glossary

UNKNOWN = error(
    "except-unknown",
    "A term's exception names no rule that a term may break.",
    "use the code in brackets at the end of a warning or of a finding about the text",
)
UNUSED = warning(
    "except-unused",
    "A term has an exception from a rule that it does not break.",
    "delete the exception",
)


class Excuse(NamedTuple):
    """A file and the code of the rule that it may break."""

    file: str | None
    code: str


def excuse(
    glossary: Glossary, findings: list[Finding], rules: Mapping[str, Rule]
) -> Iterator[Finding]:
    """Yield the findings that no term's exception covers, and one for each exception in vain.

    `rules` are the rules of the text by code. A term may break those that warn, and those about
    its text alone; the build needs the others to hold.
    """
    excused = {
        Excuse(source.file, code)
        for term in glossary.terms
        for code in term.exceptions
        if (source := glossary.sources.get(term.slug)) and _may_break(rules.get(code))
    }
    made = {Excuse(finding.place.file, finding.code) for finding in findings}
    yield from (f for f in findings if Excuse(f.place.file, f.code) not in excused)
    yield from _in_vain(glossary, excused & made, rules)


def _may_break(rule: Rule | None) -> bool:
    """Tell whether a term may break a rule."""
    return rule is not None and (rule.severity is Severity.WARNING or rule.group == "text")


def _in_vain(
    glossary: Glossary, needed: set[Excuse], rules: Mapping[str, Rule]
) -> Iterator[Finding]:
    """Yield a finding for each exception from no rule, and for each that drops nothing."""
    for term in glossary.terms:
        for code in term.exceptions:
            place = glossary.sources[term.slug].key_place(("exceptions", code))
            if code not in rules:
                hint = did_you_mean(code, rules)
                yield UNKNOWN.finding(f"there is no rule `{code}`", place, hint)
            elif not _may_break(rules[code]):
                yield UNKNOWN.finding(f"no term may break `{code}`", place)
            elif Excuse(place.file, code) not in needed:
                yield UNUSED.finding(f"{term.name} does not break `{code}`", place)
