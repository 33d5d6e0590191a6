"""The list of the rules: complete, and as fresh as the rules."""

from cheatsheet.cli.rulebook import rules_page
from cheatsheet.findings import RULES
from cheatsheet.findings.groups import GROUPS
from conftest import ROOT


def test_the_list_of_rules_is_fresh() -> None:
    written = (ROOT / "docs/rules.md").read_text(encoding="utf-8")
    assert written == rules_page(), "run: make rules"


def test_every_rule_is_in_the_list_once() -> None:
    page = rules_page()
    assert all(page.count(f"\n| `{code}` |") == 1 for code in RULES)


def test_every_group_has_a_title_and_every_title_a_group() -> None:
    assert {rule.group for rule in RULES.values()} == GROUPS.keys()


def test_a_bar_in_a_hint_does_not_end_its_cell() -> None:
    row = next(line for line in rules_page().splitlines() if line.startswith("| `refs-form`"))
    assert row.endswith(r"| write [[slug]] or [[slug\|words]] |")
