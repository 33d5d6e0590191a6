"""Findings as text, JUnit XML and GitHub annotations, and which of them fail."""

import json
import unicodedata
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from cheatsheet.build.last import Build
from cheatsheet.build.summary import build_summary, merged_findings
from cheatsheet.cli import main
from cheatsheet.cli.terminal import print_findings
from cheatsheet.findings import RULES, Finding, Place, Severity
from cheatsheet.findings.report.escaping import printable
from cheatsheet.findings.report.github import github_report
from cheatsheet.findings.report.junit import junit_report
from cheatsheet.findings.report.result_json import made_json
from cheatsheet.findings.report.text import counts_text, finding_text, grouped_by_file
from cheatsheet.pdf.rules import GLYPH
from conftest import Bench, Built
from hostile import FILES

COMPOST = "content/terms/compost.yaml"
ERROR = Finding("links-dead", Severity.ERROR, "100% dead:\n, <so>", "fix it", Place(page=7))
WARNING = Finding("text-curly", Severity.WARNING, "a \x07 bell", "type it", Place("a,b.yaml", 3, 5))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_an_annotation_names_file_line_and_column_with_its_signs_escaped() -> None:
    lines = github_report([ERROR, WARNING], Path("book"), "2 findings").splitlines()
    assert lines == [
        "::error title=links-dead::page 7: 100%25 dead:\\n, <so>%0Afix it",
        "::warning file=book/a%2Cb.yaml,line=3,col=5,title=text-curly::a \\x07 bell%0Atype it",
        "2 findings",
    ]


def test_junit_has_a_case_a_rule_with_its_failures_and_places() -> None:
    codes = ["links-dead", "links-kind", "text-curly"]
    text = junit_report("cheatsheet check", [ERROR, ERROR, WARNING], codes, Severity.ERROR, 1.5)
    root = ET.fromstring(text.encode())  # noqa: S314 - our own
    assert root.tag == "testsuites"
    assert {key: root.get(key) for key in ("tests", "failures", "errors", "time")} == {
        "tests": "3", "failures": "1", "errors": "0", "time": "1.500",
    }  # fmt: skip
    cases = {case.get("name"): case for case in root.iter("testcase")}
    assert list(cases) == ["text-curly", "links-dead", "links-kind"]
    failure = cases["links-dead"].find("failure")
    assert failure is not None
    assert failure.get("message") == f"{RULES['links-dead'].summary} (2)"
    assert (failure.text or "").count("page 7: 100% dead:\\n, <so> (fix it)") == 2
    assert len(cases["links-kind"]) == 0
    assert cases["text-curly"].findtext("system-out") == r"a,b.yaml:3:5: a \x07 bell (type it)"


def test_in_junit_a_warning_fails_if_warnings_do() -> None:
    text = junit_report("cheatsheet lint", [WARNING], [], Severity.WARNING)
    failure = ET.fromstring(text.encode()).find(".//failure")  # noqa: S314 - our own
    assert failure is not None
    assert failure.get("type") == "warning"


def test_findings_stand_by_file_and_line() -> None:
    late = Finding("text-curly", Severity.WARNING, "b", "", Place("a,b.yaml", 9))
    assert grouped_by_file([late, ERROR, WARNING]) == [[WARNING, late], [ERROR]]


def test_one_rule_is_shown_a_few_times_in_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    pages = [replace(ERROR, place=Place(page=number)) for number in range(1, 10)]
    print_findings([*pages, WARNING])
    lines = capsys.readouterr().out.splitlines()
    assert [line[:7] for line in lines if line.startswith("page ")] == [
        f"page {number}:" for number in range(1, 6)
    ]
    assert f"4 more like these [{ERROR.code}]: `--format json` has them all" in lines
    assert sum(WARNING.code in line for line in lines) == 1


@pytest.fixture(scope="module")
def warned(tmp_path_factory: pytest.TempPathFactory, make_garden: object) -> Bench:
    """A garden with one warning."""
    assert callable(make_garden)
    bench: Bench = make_garden(tmp_path_factory.mktemp("warned") / "garden")
    bench.replace(COMPOST, "Take the seeds.", "Take the the seeds.")
    return bench


def test_a_warning_fails_where_it_is_asked_to(warned: Bench) -> None:
    assert run("lint", "-C", warned.folder).exit_code == 0
    result = run("lint", "-C", warned.folder, "--fail-on", "warning")
    assert result.exit_code == 1
    assert "text-doubled-word" in result.output


@pytest.mark.slow
def test_a_build_that_fails_on_warnings_leaves_the_last_one(warned: Bench) -> None:
    result = run("build", "-C", warned.folder, "--fail-on", "warning")
    assert result.exit_code == 1
    assert "Nothing was built: 1 warning; the rejected file is in dist" in result.output
    assert not (warned.folder / "dist/garden-words.pdf").exists()
    result = run("build", "-C", warned.folder)
    assert result.exit_code == 0
    assert result.output.rstrip().endswith("1 warning")


def test_annotations_name_files_as_seen_from_here(
    warned: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(warned.folder.parent)
    result = run("lint", "-C", warned.folder, "--format", "github")
    assert result.output.startswith(f"::warning file=garden/{COMPOST},line=21,col=")
    assert result.output.endswith("12 terms: 1 warning\n")


def test_an_annotation_points_at_the_line_of_a_style_sheet(garden: Bench) -> None:
    garden.append("styles/look.css", "p { colour: red; }\n")
    result = run("build", "-C", garden.folder, "--format", "github")
    assert "file=styles/look.css,line=15,col=5,title=css-style::" in result.output.replace(
        f"{garden.folder.as_posix()}/", ""
    )


@pytest.mark.parametrize("command", ["lint", "check"])
def test_a_command_reports_as_junit(command: str, built_garden: Built) -> None:
    result = run(command, "-C", built_garden.bench.folder, "--format", "junit")
    root = ET.fromstring(result.output.encode())  # noqa: S314 - our own
    assert root.get("name") == f"cheatsheet {command}"
    assert root.get("failures") == "0"
    names = {case.get("name") for case in root.iter("testcase")}
    assert "text-curly" in names
    assert ("links-dead" in names) == (command == "check")


def test_a_check_of_some_rules_reports_those_alone(built_garden: Built) -> None:
    folder = built_garden.bench.folder
    result = run("check", "-C", folder, "--select", "fonts, meta-xmp", "--format", "junit")
    root = ET.fromstring(result.output.encode())  # noqa: S314 - our own
    names = {case.get("name") or "" for case in root.iter("testcase")}
    assert {name.partition("-")[0] for name in names} == {"fonts", "meta"}


def test_another_pdf_is_called_one(built_garden: Built, tmp_path: Path) -> None:
    (tmp_path / "other.pdf").write_bytes(FILES["a form inside itself"]())
    result = run("check", tmp_path / "other.pdf", "-C", built_garden.bench.folder)
    assert result.exit_code == 1
    assert "No edition of the book; as a PDF: 1 page," in result.output


@pytest.mark.parametrize("command", [["check"], ["check", "--format", "github"], ["lint"]])
def test_no_message_tells_where_the_project_is(command: list[str], garden: Bench) -> None:
    garden.replace(COMPOST, "Take the seeds.", "Take the the seeds.")
    output = run(*command, "-C", garden.folder).output
    assert str(garden.folder) not in output.replace(f"file={garden.folder}", "")


def test_json_says_whether_warnings_failed(warned: Bench) -> None:
    options = ("lint", "-C", warned.folder, "--format", "json")
    assert json.loads(run(*options).output)["ok"] is True
    assert json.loads(run(*options, "--fail-on", "warning").output)["ok"] is False


# --- What is printed stays in its line, and moves no terminal

HOSTILE = {
    "a new line": ("a\n::error::b", r"a\n::error::b"),
    "a return": ("a\r::error::b", r"a\r::error::b"),
    "an escape": ("a\x1b[31mb", r"a\x1b[31mb"),
    "a C1 escape": ("a\x9b31mb", r"a\x9b31mb"),
    "a next line": ("a\x85b", r"a\x85b"),
    "a line separator": ("a\u2028b", r"a\u2028b"),
    "a direction": ("a\u202eb", r"a\u202eb"),
    "an isolate": ("a\u2066b", r"a\u2066b"),
    "a mark of direction": ("a\u200fb", r"a\u200fb"),
    "a byte that is no text": ("a\udcffb", r"a\udcffb"),
    "a command": ("::error::b", r"\x3a:error::b"),
    "a command after spaces": ("  ::error::b", r"  \x3a:error::b"),
    "an older command": ("a ##[error]b", r"a \x23#[error]b"),
    "Azure's command": ("##vso[task.complete]b", r"\x23#vso[task.complete]b"),
}
INNOCENT = ["a::b", "a: b", "C++ ## [x]", "[[rag|RAG]]", "Zoë “q” — 王 🚀", "", " a "]


@pytest.mark.parametrize(("text", "shown"), HOSTILE.values(), ids=HOSTILE)
def test_a_text_that_would_be_obeyed_is_shown_as_its_escape(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize("text", INNOCENT)
def test_a_text_that_does_nothing_is_printed_as_it_is(text: str) -> None:
    assert printable(text) == text


def is_tame(output: str) -> bool:
    """Tell whether output has nothing that is obeyed; GitHub's own annotations may stand first."""
    lines = output.split("\n")
    unseen = {c for line in lines for c in line if unicodedata.category(c) in {"Cc", "Cf", "Zl"}}
    commands = [line for line in lines if line.lstrip().startswith("::") or "##[" in line]
    return not unseen and all(
        line.startswith(("::error title=", "::error file=", "::warning file=")) for line in commands
    )


@pytest.mark.parametrize("where", ["message", "hint", "file"])
@pytest.mark.parametrize("text", [text for text, _ in HOSTILE.values()], ids=HOSTILE)
def test_a_finding_is_tame_in_every_form(text: str, where: str) -> None:
    said = {"message": "wrong", "hint": "correct it", "file": "a.yaml"} | {where: text}
    place = Place(said["file"], 1, 2)
    finding = Finding("links-dead", Severity.ERROR, said["message"], said["hint"], place)
    github = github_report([finding], Path("book"), text)
    assert is_tame(github)
    assert github.count("::error") - github.count("\\n::error") - github.count(":error::b") <= 1
    assert is_tame(junit_report("cheatsheet check", [finding], [], Severity.ERROR))
    assert is_tame(finding_text(finding).plain)
    assert is_tame(made_json([finding], {"file": text}, ok=False))


def test_a_finding_is_not_longer_than_can_be_read() -> None:
    finding = Finding("links-dead", Severity.ERROR, "x" * 50_000_000, "y" * 50_000_000)
    reports = [
        github_report([finding], Path("book"), ""),
        junit_report("cheatsheet check", [finding], [], Severity.ERROR),
        finding_text(finding).plain,
        made_json([finding], {}, ok=False),
    ]
    assert max(map(len, reports)) < 10_000
    assert all("49,998,000 characters more" in report for report in reports)


@pytest.mark.parametrize("form", ["text", "github", "junit", "json"])
def test_what_a_project_holds_is_printed_tamely(form: str, garden: Bench) -> None:
    evil = "::error::x\x1b[2J\u202e"
    garden.write(f"content/terms/{evil}\n.yaml", "name: x\n")
    garden.append(COMPOST, '"bad\\n::error::\\e[31m\\u202e": 1\n')
    garden.append("styles/look.css", 'p { color: var(--\\1b \\a ::error) }\np::before { content: "')
    for command in ("lint", "build"):
        result = run(command, "-C", garden.folder, "--format", form)
        assert result.exit_code == 1
        assert is_tame(result.output.rstrip("\n"))
    result = run("import", garden.folder / f"content/terms/{evil}\n.yaml", "-C", garden.folder,
                 "--format", form)  # fmt: skip
    assert is_tame(result.output.rstrip("\n"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "\x1b[31m\n::error::"],
        ["stamp", "--name", "\x1b\n::error::", "--email", "a", "--order", "1", "-o", "x"],
        ["new", "\x1b\n::error::"],
        ["newsletter", "\x1b\n::error::"],
        ["check", "--select", "\x1b\n::error::"],
        ["check", "\x1b\n::error::"],
        ["\x1b\n::error::"],
        ["lint", "--\x1b\n::error::"],
    ],
)
def test_a_mistyped_command_is_answered_tamely(
    arguments: list[str], built_garden: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(built_garden.bench.folder)
    result = run(*arguments)
    assert result.exit_code in {1, 2}
    assert is_tame(result.output.rstrip("\n"))


REPORTING = [
    ["kit"], ["newsletter", "compost"], ["new", "compost"], ["proof", "--pictures"], ["lint"],
    ["compare", "dist/garden-words.pdf", "dist/garden-words.pdf"], ["import", "content/book.yaml"],
    ["stamp", "--name", "null", "--email", "a@b.de", "--order", "1", "-o", "x"],
    # what breaks off
    ["stamp"], ["newsletter"], ["newsletter", "compots"], ["new", "No_Slug"], ["build", "poket"],
    ["check", "none.pdf"], ["check", "--select", "x"], ["-C", "nowhere", "lint"], ["lint", "--x"],
    ["proof", "poket"], ["compare", "a", "b"], ["import", "none.md"], ["preview", "poket"],
]  # fmt: skip


def test_what_was_looked_at_is_counted_in_words() -> None:
    assert counts_text([], {"pages": 1, "links": 2}) == "1 page, 2 links: nothing to fix"
    assert counts_text([ERROR], {}) == "Checked: 1 error"


@pytest.mark.slow_but_first
@pytest.mark.parametrize("arguments", REPORTING, ids=" ".join)
def test_json_is_json_whatever_comes(
    arguments: list[str], built_garden: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(built_garden.bench.folder)
    result = run(*arguments, "--format", "json")
    said = json.loads(result.output)
    assert said["ok"] == (result.exit_code == 0)
    assert said["ok"] or said["findings"]
    usage = [finding for finding in said["findings"] if finding["code"] == "run-usage"]
    assert bool(usage) == (result.exit_code == 2)


def test_a_rejected_file_that_could_not_be_written_is_not_said_to_be_there() -> None:
    for rejected in (True, False):
        build = Build("print", data=b"%PDF", findings=[GLYPH.finding("x")], rejected=rejected)
        assert ("rejected" in build_summary(build)) == rejected


def test_what_some_editions_share_is_told_once_and_says_whose_it_is() -> None:
    both, one = (GLYPH.finding(message) for message in ("too long", "too wide"))
    builds = [Build("print", findings=[both]), Build("ink", findings=[both, one]), Build("epub")]
    said = [finding.message for finding in merged_findings(builds)]
    assert said == ["print, ink: too long", "ink: too wide"]
    assert merged_findings(builds[:2])[0] == both
