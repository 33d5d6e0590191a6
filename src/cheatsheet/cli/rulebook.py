"""All rules: docs/rules.md, and rules by their names. Imports all that declare rules."""

from collections.abc import Iterable

# What these import declares every rule.
import cheatsheet.build.builder
import cheatsheet.manuscript.starter
import cheatsheet.newsletter
import cheatsheet.publish.compare
import cheatsheet.publish.kit
import cheatsheet.publish.stamping
import cheatsheet.system.running
import cheatsheet.web  # noqa: F401
from cheatsheet.findings import RULES, Rule
from cheatsheet.findings.groups import GROUPS, codes_in
from cheatsheet.findings.suggestions import did_you_mean

BAR = r"\|"
OPENING = """\
# The rules

Made from the source by `make rules`. A finding has a rule's code in brackets at its end. An error
stops the build; a warning is shown. A term may break a rule of the text that warns, or any
`text-` rule, if its file says why in a full sentence:

    exceptions:
      style-dashes: The owner wrote it so.
"""


class UnknownRuleError(ValueError):
    """A name is none of a rule or group that may be named; says which one comes near."""

    def __init__(self, name: str, groups: Iterable[str]) -> None:
        known = [*groups, *sorted(codes_in(groups))]
        hint = did_you_mean(name, known) or f"the groups are {', '.join(groups)}"
        there = name in GROUPS or name in RULES
        is_none = f"`{name}` is not about this" if there else f"there is no rule or group `{name}`"
        super().__init__(f"{is_none}; {hint}")


def codes_named(names: Iterable[str], groups: Iterable[str] = tuple(GROUPS)) -> frozenset[str]:
    """Return the codes of rules named by group or by code; both must be of the given groups.

    Raises UnknownRuleError.
    """
    codes: set[str] = set()
    for name in names:
        found = {name} & codes_in(groups) or codes_in({name} & set(groups))
        if not found:
            raise UnknownRuleError(name, groups)
        codes |= found
    return frozenset(codes)


def rules_page() -> str:
    """Return docs/rules.md: every rule's code, severity, what is wrong, and how to fix it."""
    return "\n".join([OPENING, *(_section(group) for group in GROUPS)])


def _section(group: str) -> str:
    """Return a group's heading and table."""
    lines = [f"## {GROUPS[group]}", "", "| code | severity | what is wrong | how to fix it |"]
    lines.append("|---|---|---|---|")
    rows = (_row(rule) for _, rule in sorted(RULES.items()) if rule.group == group)
    return "\n".join([*lines, *rows, ""])


def _row(rule: Rule) -> str:
    """Return a rule's line of the table."""
    cells = (f"`{rule.code}`", rule.severity.value, rule.summary, rule.hint)
    return f"| {' | '.join(cell.replace('|', BAR) for cell in cells)} |"
