"""What a term may break, and why: its findings are dropped, and each excuse must be needed."""

from collections.abc import Iterator, Mapping

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


def excuse(
    glossary: Glossary, findings: list[Finding], rules: Mapping[str, Rule]
) -> Iterator[Finding]:
    """Yield the findings that no term's exception covers, and one for each exception in vain.

    `rules` are the rules of the text by code. A term may break those that warn, and those about
    its text alone; the build needs the others to hold.
    """
    made = {(finding.place.file, finding.code) for finding in findings}
    excused = set[tuple[str | None, str]]()
    for term in glossary.terms:
        for code in term.exceptions:
            place = glossary.sources[term.slug].key_place(("exceptions", code))
            if code not in rules:
                hint = did_you_mean(code, rules)
                yield UNKNOWN.finding(f"there is no rule `{code}`", place, hint)
            elif rules[code].severity is not Severity.WARNING and rules[code].group != "text":
                yield UNKNOWN.finding(f"no term may break `{code}`", place)
            elif (place.file, code) not in made:
                yield UNUSED.finding(f"{term.name} does not break `{code}`", place)
            else:
                excused.add((place.file, code))
    yield from (one for one in findings if (one.place.file, one.code) not in excused)
