"""All rules → docs/rules.md, grouped as the pipeline meets them. Imports all that declare rules."""

from collections.abc import Iterator

# What these import declares every rule.
import cheatsheet.editions
import cheatsheet.epub
import cheatsheet.newsletter
import cheatsheet.publish.compare
import cheatsheet.publish.kit
import cheatsheet.publish.stamping
import cheatsheet.web  # noqa: F401
from cheatsheet.findings import RULES, Rule
from cheatsheet.groups import GROUPS

BAR = r"\|"
OPENING = """\
# The rules

Made from the source by `make rules`. A finding has a rule's code in brackets at its end. An error
stops the build; a warning is shown. A term may break a rule of the text that warns, or any
`text-` rule, if its file says why in a full sentence:

    exceptions:
      style-dashes: The owner wrote it so.
"""


def rules_page() -> str:
    """Return docs/rules.md: every rule's code, severity, what is wrong, and how to mend it."""
    return "\n".join([OPENING, *(_section(group) for group in GROUPS)])


def _section(group: str) -> str:
    """Return a group's heading and table."""
    lines = [f"## {GROUPS[group]}", "", "| code | severity | what is wrong | how to mend it |"]
    lines.append("|---|---|---|---|")
    return "\n".join([*lines, *(_row(rule) for rule in _rules_of(group)), ""])


def _rules_of(group: str) -> Iterator[Rule]:
    """Yield a group's rules, by code."""
    yield from (RULES[code] for code in sorted(RULES) if RULES[code].group == group)


def _row(rule: Rule) -> str:
    """Return a rule's line of the table."""
    cells = (f"`{rule.code}`", rule.severity.value, rule.summary, rule.hint)
    return f"| {' | '.join(cell.replace('|', BAR) for cell in cells)} |"
