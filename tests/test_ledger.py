"""What goes stale: claims that are due, dates that have passed, and texts true of one edition."""

import json

import pytest
import yaml
from click.testing import CliRunner, Result

from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.checks.links import addresses_are_right
from cheatsheet.cli import main
from cheatsheet.findings import Finding
from cheatsheet.lint.dates import passed_dates
from cheatsheet.reader.opening import read_pdf
from cheatsheet.reader.pypdf_view import PypdfView
from conftest import ROOT, Bench, codes

SETTINGS = "content/book.yaml"
SOURCES = """sources:
  compost:
    - claim: Leaves rot
      source: Seen in the garden
      checked: "2026-11-22"
    - claim: The shop sells bins
      source: The shop's catalog
      checked: "2026-11-22"
      recheck: 2027-02
  mulch:
    - claim: Straw is allowed
      source: The town's rules
      checked: "2026-11-22"
      recheck: "2027-03-15"
"""
FACTS = "  facts_checked:\n    title: Facts\n    paragraphs: [We looked.]\n  colophon:\n"
DAYS = {  # the clock, by what SOURCE_DATE_EPOCH says
    "2027-01-31": "1801353600",
    "2027-02-01": "1801440000",
    "2027-03-14": "1804982400",
    "2027-03-15": "1805068800",
    "2027-03-16": "1805155200",
}


@pytest.fixture
def ledger(garden: Bench) -> Bench:
    """A garden whose claims fall due in February and in March 2027."""
    garden.write("content/sources.yaml", SOURCES)
    garden.replace(SETTINGS, "terms: 12", "as_of: 2026-11\nterms: 12")
    garden.replace(SETTINGS, "  colophon:\n", FACTS)
    return garden


def lint(bench: Bench, *options: str, day: str = "2027-01-31") -> Result:
    command = ["-C", str(bench.folder), "lint", *options]
    return CliRunner().invoke(main, command, env={"SOURCE_DATE_EPOCH": DAYS[day]})


def found(bench: Bench, day: str) -> list[tuple[str, int]]:
    """Return the (code, claim's place) of what is due on a day."""
    report = json.loads(lint(bench, "--format", "json", day=day).output)["findings"]
    mine = [finding for finding in report if finding["code"] in {"claims-due", "claims-overdue"}]
    return [(finding["code"], finding["line"]) for finding in mine]


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        ("2027-01-31", []),
        ("2027-02-01", [("claims-due", 6)]),
        ("2027-03-14", [("claims-overdue", 6)]),
        ("2027-03-15", [("claims-overdue", 6), ("claims-due", 11)]),
        ("2027-03-16", [("claims-overdue", 6), ("claims-overdue", 11)]),
    ],
)
def test_lint_tells_what_is_due_by_the_day(
    day: str, wanted: list[tuple[str, int]], ledger: Bench
) -> None:
    assert found(ledger, day) == wanted
    assert lint(ledger, day=day).exit_code == int(any(code != "claims-due" for code, _ in wanted))


@pytest.mark.slow
def test_a_build_looks_at_no_clock_and_judges_by_the_books_month(
    ledger: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAYS["2027-03-16"])
    assert not codes(ledger.lint()) & {"claims-due", "claims-overdue"}
    ledger.replace(SETTINGS, "as_of: 2026-11", "as_of: 2027-03")
    assert {"claims-due", "claims-overdue"} <= codes(ledger.lint())
    assert not ledger.build().ok


def test_a_book_ahead_of_the_clock_is_judged_by_its_own_month(ledger: Bench) -> None:
    ledger.replace(SETTINGS, "as_of: 2026-11", "as_of: 2027-03")
    assert ("claims-overdue", 6) in found(ledger, "2027-01-31")


@pytest.mark.parametrize("epoch", ["", "soon", "9" * 30, "-5"])
def test_a_strange_epoch_is_the_clocks_day(epoch: str, ledger: Bench) -> None:
    command = ["-C", str(ledger.folder), "lint"]
    result = CliRunner().invoke(main, command, env={"SOURCE_DATE_EPOCH": epoch})
    assert result.exception is None or isinstance(result.exception, SystemExit)


@pytest.mark.parametrize(
    ("due", "claims"),
    [
        ("2027-01", []),
        ("2027-02", ["The shop sells bins"]),
        ("2027-03-14", ["The shop sells bins"]),
        ("2027-03", ["The shop sells bins", "Straw is allowed"]),
    ],
)
def test_due_lists_claims_with_their_source_by_term(
    due: str, claims: list[str], ledger: Bench
) -> None:
    text = lint(ledger, "--due", due, day="2027-03-16")
    report = json.loads(lint(ledger, "--due", due, "--format", "json").output)
    assert (text.exit_code, report["due"]) == (0, due)
    assert [claim["claim"] for claim in report["claims"]] == claims
    assert f"Due by {due}: {len(claims)} of 3 claims" in text.output
    for claim in report["claims"]:
        assert claim["claim"] in text.output
        assert claim["source"] in text.output


@pytest.mark.parametrize(
    "options", [("2027",), ("2027-13",), ("soon",), ("2027-03", "--format", "github")]
)
def test_due_needs_a_month_and_a_form_that_it_knows(
    options: tuple[str, ...], ledger: Bench
) -> None:
    assert lint(ledger, "--due", *options).exit_code == 2


def test_a_release_lints_by_the_clock_before_it_builds() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8"))
    commands = [step.get("run", "") for step in workflow["jobs"]["build"]["steps"]]
    linted = next(n for n, command in enumerate(commands) if "cheatsheet lint" in command)
    assert linted < commands.index("make all")
    assert "SOURCE_DATE_EPOCH" not in str(workflow)


def test_every_real_claim_of_law_and_products_has_its_next_date() -> None:
    text = (ROOT / "content/sources.yaml").read_text(encoding="utf-8")
    for slug, claims in yaml.safe_load(text)["sources"].items():
        for claim in claims:
            if slug in {"eu-ai-act", "ai-copyright"} and "arXiv" not in claim["source"]:
                assert "recheck" in claim, claim


# --- Dates that have passed

TO_COME = [
    "From December 2, 2026, the EU bans AI that fakes pictures.",
    "From December 2, 2026, Europe outlaws manipulated pictures.",
    "A ban on it starts December 2, 2026; high-risk rules were moved to December 2027.",
    "Systems on the market before August 2, 2027, have until December 2, 2026, to be marked.",
    "The rules will apply from August 2026.",
    "The ban takes effect on 2 December 2026.",
    "The ban takes effect on 2026-12-02.",
    "Starting in Dec. 2026, companies must label fakes.",
    "By 2026, most phones will have one.",
    "Companies have to label deepfakes by August 2026.",
    "The law is due in mid-2026.",
    "Until December 2, 2026, older systems get a pass.",
    "The EU is to ban it in December 2026.",
    "December 2026 will bring a ban.",
    "A ban that starts on December 2nd, 2026.",
]
PAST = [
    "As of November 2026, the first bans (February 2025) and most label rules apply.",
    "High-risk rules were moved to June 2026.",
    "The framework of June 2025 will help you.",
    "Systems sold before August 2, 2026, will need a label.",
    "Since August 2026, chatbots must say so.",
    "It ran until June 2025.",
    "By March 2023, 100 million people had signed up.",
    "Regulation (EU) 2024/1689 applies.",
    "From August 2025, the rules applied to new models.",
    "You'll find the 2018 paper that named it.",
    "The ban has applied since December 2026.",
    "In June 2026 the Commission said it will wait.",
    "The ban that was to start in August 2026 has been moved.",
    "A study from June 2025 shows that models flatter.",
    "The ban starts June 2027.",
    "The ban starts in 2027.",
]


@pytest.mark.parametrize("text", TO_COME)
def test_a_date_that_has_passed_is_not_told_as_one_to_come(text: str) -> None:
    assert list(passed_dates(text, "2027-06"))
    assert not list(passed_dates(text, "2026-01"))


@pytest.mark.parametrize("text", PAST)
def test_a_date_that_looks_back_may_have_passed(text: str) -> None:
    assert not list(passed_dates(text, "2027-06"))


# --- The list of sources, and texts by edition


def judged(pdf: bytes, expected: ExpectedBook) -> list[Finding]:
    with read_pdf(pdf) as reading:
        assert isinstance(reading, PypdfView)
        return list(addresses_are_right(reading, expected))


@pytest.mark.slow
def test_facts_checked_leads_to_the_sources(ledger: Bench) -> None:
    built, expected = ledger.build(), ledger.expected()
    assert judged(built.data, expected) == []
    (ledger.folder / "content/sources.yaml").unlink()
    without = ledger.build()
    assert codes(judged(without.data, expected)) == {"links-address"}
    assert codes(judged(built.data, ledger.expected())) == {"links-unexpected"}


@pytest.mark.slow
def test_an_edition_has_its_own_paragraphs(garden: Bench) -> None:
    own = (
        "    editions:\n      pocket: [Read it on the bus. The number after a word is its page.]\n"
    )
    garden.replace(SETTINGS, "    title: How to Use This\n", f"    title: How to Use This\n{own}")
    for edition, there, elsewhere in (("pocket", "bus", "bench"), ("print", "bench", "bus")):
        build = garden.build(edition)
        assert build.ok, build.findings
        with read_pdf(build.data) as pdf:
            assert isinstance(pdf, PypdfView)
            text = " ".join(pdf.text(page) for page in (2, 3)).replace("\n", " ")
        assert f"Read it on the {there}." in text
        assert elsewhere not in text


def test_a_lost_paragraph_of_an_edition_is_found_where_it_stands(garden: Bench) -> None:
    own = "    editions:\n      pocket: [Read it on the bus.]\n"
    garden.replace(SETTINGS, "    title: How to Use This\n", f"    title: How to Use This\n{own}")
    expected = garden.expected("pocket")
    section = next(one for one in expected.sections if one.kind == "how_to_read")
    (passage,) = expected.passages(section)
    assert passage.words == "Read it on the bus."
    line = garden.read(SETTINGS).splitlines()[(expected.place(passage).line or 0) - 1]
    assert "on the bus" in line
