"""A good book is damaged in every way, and the rule that should says so; near misses pass."""

from pathlib import Path
from typing import Any

import pytest

from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.checks.judging import judge
from cheatsheet.findings import RULES
from cheatsheet.findings.groups import CHECKS
from conftest import ROOT, Built
from damage import CHANGES, DAMAGES, Change, table
from test_publish_sample import add_sample

FULL = """\
paths:
  title: Ways In
  intro: Begin before March 3, or a little later where the ground is still frozen by then.
  paths:
    - id: first
      name: The First Year
      line: For who has a spade and nothing else.
      steps:
        - slug: compost
          why: It takes the longest, so begin with [[compost|it]].
        - slug: mulch
          why: It saves the most water of all.
"""


REAL = ("swap_pages", "number_a_page_too_late", "swap_entries", "leave_a_script_lying")


@pytest.fixture(scope="session")
def full_garden(tmp_path_factory: pytest.TempPathFactory, make_garden: Any) -> Built:
    """The garden book with all that a book can have: paths, a map, openings."""
    bench = make_garden(tmp_path_factory.mktemp("full") / "garden")
    bench.append("content/book.yaml", FULL)
    bench.replace(
        "content/book.yaml", "  acronyms:\n", "  map:\n    title: Who Is Near\n  acronyms:\n"
    )
    bench.replace("content/book.yaml", "pages: 22", "pages: 24")
    opening = "    purpose: What it all stands in\n    opening: Begin with [[worm-bin|worms]].\n"
    bench.replace("content/categories.yaml", "    purpose: What it all stands in\n", opening)
    return Built(bench, bench.build())


@pytest.fixture(scope="session")
def expected(full_garden: Built) -> ExpectedBook:
    expected = full_garden.bench.expected()
    return ExpectedBook(expected.glossary, expected.name, expected.styles, Path("/garden/of/mine"))


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, make_garden: Any) -> Built:
    """The garden's free sample, for the rules of samples."""
    bench = add_sample(make_garden(tmp_path_factory.mktemp("free") / "garden"))
    return Built(bench, bench.build("sample"))


@pytest.fixture
def subject(
    change: Change, full_garden: Built, expected: ExpectedBook, request: pytest.FixtureRequest
) -> tuple[bytes, ExpectedBook]:
    """Return the file that a change is made to, and what is asked of it."""
    if RULES[change.code].group != "sample":
        return full_garden.build.data, expected
    built: Built = request.getfixturevalue("sample")
    return built.build.data, built.bench.expected("sample")


def found(data: bytes, expected: ExpectedBook, *tried: str) -> set[str]:
    """Return the codes of the findings in a PDF, of all rules or of some."""
    codes = frozenset(tried) or None
    return {f.code for f in judge(data, [expected], certain=True, codes=codes).findings}


def test_the_undamaged_book_has_no_finding(full_garden: Built, expected: ExpectedBook) -> None:
    assert full_garden.build.findings == []
    assert found(full_garden.build.data, expected) == set()


@pytest.mark.parametrize("change", DAMAGES, ids=str)
def test_a_damage_is_caught_by_its_rule(
    change: Change, subject: tuple[bytes, ExpectedBook]
) -> None:
    data, expected = subject
    assert change.code in found(change.apply(data), expected, change.code)


@pytest.mark.slow_but_first
@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_a_near_miss_is_no_finding(change: Change, subject: tuple[bytes, ExpectedBook]) -> None:
    data, expected = subject
    beside = [code for code, rule in RULES.items() if rule.group == RULES[change.code].group]
    assert found(change.apply(data), expected, *beside) == set()


@pytest.mark.slow_but_first
@pytest.mark.parametrize("name", REAL)
def test_the_real_book_is_watched_as_closely(name: str, book: Built) -> None:
    change = next(change for change in DAMAGES if str(change) == name)
    data = change.apply(book.build.data)
    assert change.code in found(data, book.bench.expected(), change.code)


def test_every_rule_of_the_pdf_has_a_damage_and_a_near_miss() -> None:
    elsewhere = {
        "pdf-file",
        "pdf-limit",
        "pdf-master",
        "pdf-resaved",
        "pdf-stale",
    }  # of no PDF's bytes: test_checks.py, test_publish_kit.py
    rules = {
        code for code, rule in RULES.items() if rule.group in CHECKS.keys() - {"epub"}
    } - elsewhere
    assert {change.code for change in DAMAGES} == rules
    assert {change.code for change in CHANGES} == rules


def test_the_table_is_fresh() -> None:
    written = (ROOT / "docs/damage.md").read_text(encoding="utf-8")
    assert written == table(), "run: make damage"
