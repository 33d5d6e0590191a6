"""Every rule of the manuscript has a case that trips it and a near miss that does not.

A case is a small change to the garden book: tests/cases/<code>/bad-*.yaml and near-*.yaml. The
garden has no house style; a case that needs one gives it as `style`.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

from cheatsheet.findings import RULES
from conftest import TESTS, Bench, codes

CASES = sorted(TESTS.glob("cases/*/*.yaml"))
GROUPS = {
    "file",
    "yaml",
    "fields",
    "slug",
    "refs",
    "plan",
    "labels",
    "pairs",
    "claims",
    "text",
    "style",
    "repeat",
    "spell",
    "except",
    "picture",
}
NO_CASE = {"slug-exists"}  # of `cheatsheet new`: see test_manuscript.py


def apply(garden: Bench, case: dict[str, Any]) -> None:
    """Change one file of the garden as a case says."""
    if "file" not in case:
        return
    path = garden.folder / case["file"]
    if case.get("remove"):
        path.unlink()
        return
    if "move" in case:
        path.rename(garden.folder / case["move"])
        return
    if "write" in case:
        garden.write(case["file"], case["write"])
        return
    text = garden.read(case["file"])
    if "find" in case:
        assert case["find"] in text, f"nothing to change in {case['file']}"
        text = text.replace(case["find"], case["replace"], 1)
    text += case.get("append", "") * case.get("times", 1)
    path.write_bytes(text.encode(case.get("encoding", "utf-8")))


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_case_is_found_where_it_is_and_a_near_miss_is_not(path: Path, garden: Bench) -> None:
    case, code = yaml.safe_load(path.read_text(encoding="utf-8")), path.parent.name
    if "style" in case:
        garden.write("content/style.yaml", yaml.safe_dump(case["style"], allow_unicode=True))
    for change in (case, *case.get("more", [])):
        apply(garden, change)
    found = [finding for finding in garden.lint() if finding.code == code]
    if path.stem.startswith("near-"):
        assert not found
        return
    assert found
    first = found[0]
    assert str(first.place).startswith(case.get("at", ""))
    assert case.get("says", "") in first.message
    assert case.get("hint", "") in first.hint
    assert first.hint


@pytest.mark.parametrize(
    "code", sorted(code for code in RULES.keys() - NO_CASE if RULES[code].group in GROUPS)
)
def test_a_rule_of_the_manuscript_has_a_case_and_a_near_miss(code: str) -> None:
    stems = [path.stem for path in CASES if path.parent.name == code]
    assert any(stem.startswith("bad-") for stem in stems)
    assert any(stem.startswith("near-") for stem in stems)


def test_every_folder_of_cases_is_a_rule() -> None:
    assert {path.parent.name for path in CASES} <= RULES.keys()


def test_the_garden_itself_has_nothing_to_mend(garden: Bench) -> None:
    assert codes(garden.lint()) == set()
