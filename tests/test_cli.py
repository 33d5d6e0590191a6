"""The command line: what is printed, exit codes, and mistyped words."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cheatsheet.cli import main
from cheatsheet.cli.program import COMMANDS
from conftest import Bench, Built

COMPOST = "content/terms/compost.yaml"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_help_of_each_command_shows_an_example(command: list[str]) -> None:
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "Example: cheatsheet" in result.output


def test_the_list_of_commands_has_a_whole_sentence_for_each() -> None:
    lines = run("--help").output.partition("Commands:\n")[2].split("\n\n")[0].splitlines()
    assert len(lines) == len(COMMANDS)
    assert [line for line in lines if not re.search(r"[^.]\.$", line)] == []


def test_a_build_says_what_it_made(garden: Bench) -> None:
    result = run("-C", garden.folder, "build")
    assert result.exit_code == 0
    assert result.output.startswith("dist/garden-words.pdf: 22 pages, 12 terms, 168 links checked")


def test_the_project_may_stand_before_or_after_the_command(garden: Bench) -> None:
    assert run("lint", "-C", garden.folder).output == run("-C", garden.folder, "lint").output


def test_a_build_as_json(garden: Bench) -> None:
    result = json.loads(run("build", "-C", garden.folder, "--format", "json").output)
    assert set(result) == {
        "ok", "pdf", "pages", "terms", "bytes", "sha256", "layouts", "seconds", "findings",
    }  # fmt: skip
    assert (result["ok"], result["pages"], result["terms"]) == (True, 22, 12)
    assert len(result["sha256"]) == 64
    assert result["bytes"] == (garden.folder / result["pdf"]).stat().st_size


@pytest.mark.slow_but_first
@pytest.mark.parametrize("command", ["check", "lint"])
def test_a_report_as_json(command: str, built_garden: Built) -> None:
    folder = built_garden.bench.folder
    result = json.loads(run(command, "-C", folder, "--format", "json").output)
    assert set(result) == {"ok", "findings", "checked"}
    assert result["ok"]


def test_a_finding_as_json_has_its_place(garden: Bench) -> None:
    garden.replace(COMPOST, "tagline:", "tagine:")
    result = run("lint", "-C", garden.folder, "--format", "json")
    finding = json.loads(result.output)["findings"][0]
    assert result.exit_code == 1
    assert set(finding) == {
        "code", "severity", "message", "hint", "file", "line", "column", "page",
    }  # fmt: skip
    assert (finding["code"], finding["file"], finding["line"]) == ("fields-unknown", COMPOST, 10)
    assert finding["hint"] == "did you mean `tagline`?"


def test_a_finding_as_text_has_its_place_and_a_hint(garden: Bench) -> None:
    garden.replace(COMPOST, "tagline:", "tagine:")
    result = run("build", "-C", garden.folder)
    assert result.exit_code == 1
    assert f"{COMPOST}:10:1: error: unknown field `tagine` [fields-unknown]" in result.output
    assert "did you mean `tagline`?" in result.output
    assert "Nothing was built: 1 error." in result.output


def test_a_warning_alone_is_no_failure(garden: Bench) -> None:
    garden.append("content/categories.yaml", "  - id: tools\n    name: Tools\n    purpose: Later\n")
    result = run("lint", "-C", garden.folder)
    assert result.exit_code == 0
    assert "warning: Tools has no terms" in result.output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["biuld"], "Did you mean 'build'?"),
        (["build", "poket"], "there is no edition `poket`; there is: print, pocket"),
        (["build", "--fromat", "json"], "--format"),
        (["preview", "poket"], "there is no edition `poket`; there is: print, pocket"),
        (["check", "nothing.pdf"], "does not exist"),
        (["check", "pocket"], "An edition is named by an option: --edition pocket"),
        (["check", "--select", "font"], "there is no rule or group `font`; did you mean `fonts`?"),
        (["check", "--edition", "poket"], "there is no edition `poket`; there is: print, pocket"),
        (["lint", "--fail-on", "eror"], "--fail-on"),
        (["lint", "--format", "xml"], "--format"),
        (["-C", "nowhere", "lint"], "does not exist"),
        (["new"], "SLUG"),
        (["import"], "FILE"),
        (["import", "nothing.md"], "does not exist"),
        (["newsletter"], "name an issue by its slug or number, or say --all"),
        (["newsletter", "compost", "--all"], "name an issue by its slug or number"),
        (["newsletter", "--all"], "--all needs --start"),
        (["newsletter", "compots"], "did you mean `compost`?"),
        (["newsletter", "1", "--start", "2027-01-06"], "the next Tuesday is 2027-01-12"),
        (["newsletter", "1", "--start", "soon"], "'soon' is no day such as 2027-01-05"),
        (["newsletter", "1", "--start", "2027-02-30"], "there is no 2027-02-30"),
        (["build", ""], "an argument is empty"),
        (["stamp", "--name", "Ada", "-o", ""], "-o is empty"),
        (["check", "--select="], "--select is empty"),
    ],
)
def test_a_mistyped_command_is_answered_with_the_right_one(
    arguments: list[str], says: str, garden: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(garden.folder)
    result = run(*arguments)
    assert result.exit_code == 2
    assert says in " ".join(result.output.split())


@pytest.mark.parametrize("before", [[], ["lint"]])
def test_a_mistyped_option_is_no_command_to_a_terminal_or_a_runner(
    before: list[str], garden: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(garden.folder)
    result = run(*before, "--red\x1b[31m\n::error::x")
    assert result.exit_code == 2
    assert "No such option" in result.output
    assert "\x1b" not in result.output
    assert not any(line.startswith("::") for line in result.output.splitlines())


def test_in_a_folder_that_is_gone_a_command_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    result = run("lint")
    assert result.exit_code == 2
    assert "this folder is not there any more" in result.output


def test_a_new_term_is_announced_or_refused(garden: Bench) -> None:
    assert run("new", "raised-bed", "-C", garden.folder).exit_code == 0
    assert (garden.folder / "content/terms/raised-bed.yaml").is_file()
    again = run("new", "raised-bed", "-C", garden.folder)
    assert again.exit_code == 1
    assert "slug-exists" in again.output


def test_check_refuses_a_file_that_is_not_a_pdf(garden: Bench) -> None:
    garden.write("notes.pdf", "not a PDF")
    result = run("check", garden.folder / "notes.pdf", "-C", garden.folder)
    assert result.exit_code == 1
    assert "pdf-open" in result.output


@pytest.mark.slow
def test_the_program_runs_as_a_module_quietly_and_without_colour(garden: Bench) -> None:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "cheatsheet", "build", "-C", str(garden.folder)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "NO_COLOR": "1"},
    )
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1
    assert "\x1b" not in done.stdout


def test_the_version_names_what_the_bytes_depend_on() -> None:
    output = run("--version").output
    assert all(name in output for name in ("cheatsheet", "weasyprint 70", "Pango", "HarfBuzz"))


@pytest.mark.slow
def test_what_the_file_system_refuses_is_a_sentence(garden: Bench) -> None:
    (garden.folder / "dist").write_text("in the way", encoding="utf-8")
    result = run("build", "-C", garden.folder)
    assert result.exit_code == 1
    assert "error: dist: Not a directory; dist/ is as it was [build-write]" in result.output


def test_a_link_that_leads_nowhere_is_not_said_to_be_a_file(garden: Bench) -> None:
    (garden.folder / "dist").symlink_to("nowhere")
    result = run("build", "-C", garden.folder)
    assert result.exit_code == 1
    says = "error: dist: this is a link to something that is not there; dist/ is as it was"
    assert says in " ".join(result.output.split())


def test_what_is_stopped_by_ctrl_c_ends_with_130(
    garden: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: Path, _today: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules["cheatsheet.cli.lint"], "proofread", stop)
    result = run("lint", "-C", garden.folder)
    assert result.exit_code == 130
    assert result.output == "Stopped; every file is whole, as it was or as it is to be.\n"


def test_a_number_of_a_thousand_digits_is_a_finding(garden: Bench) -> None:
    garden.replace(COMPOST, "issue: 1\n", f"issue: {'9' * 5000}\n")
    output = run("lint", "-C", garden.folder).output
    assert "yaml-type-trap" in output
    assert len(output) < 500


def test_an_import_shows_what_changes_and_what_is_to_be_written(garden: Bench) -> None:
    garden.write("old.txt", "Compost\nYesterday's news\nTL;DR\nOld peels.\nLeft over.\n")
    shown = run("import", "--dry-run", garden.folder / "old.txt", "-C", garden.folder)
    assert shown.exit_code == 0
    assert "-tagline: " in shown.output
    assert "+tagline: Yesterday's news" in shown.output
    assert 'old.txt:5: warning: "Left over." has no field [import-unplaced]' in shown.output
    assert f"-> {COMPOST}: would set tagline, tldr" in shown.output
    done = run("import", garden.folder / "old.txt", "-C", garden.folder)
    assert f"-> {COMPOST}: set tagline, tldr" in done.output
    assert (
        "nothing to change" in run("import", garden.folder / "old.txt", "-C", garden.folder).output
    )


def test_a_refused_import_fails_and_says_why(garden: Bench) -> None:
    (garden.folder / "page.html").write_bytes(b"\0\1\2")
    result = run("import", garden.folder / "page.html", "-C", garden.folder)
    assert result.exit_code == 1
    assert "import-file" in result.output
    assert "nothing was imported: 1 error" in result.output


def test_a_newsletter_says_which_files_it_made(garden: Bench) -> None:
    result = run("newsletter", "#1", "-C", garden.folder)
    assert result.exit_code == 0
    assert result.output == "dist/newsletter/01-compost.md\ndist/newsletter/01-compost.eml\n"
    assert all((garden.folder / file).is_file() for file in result.output.split())


@pytest.mark.slow
def test_a_years_plan_says_how_many_issues_and_from_when(garden: Bench) -> None:
    result = run("newsletter", "--all", "--start", "2027-01-05", "-C", garden.folder)
    assert result.exit_code == 0
    assert result.output == (
        "dist/newsletter: 12 issues, 25 files, from 2027-01-05 to 2027-03-23\n"
    )


def test_a_newsletter_of_a_broken_manuscript_is_not_made(garden: Bench) -> None:
    garden.replace(COMPOST, "tagline:", "tagine:")
    result = run("newsletter", "compost", "-C", garden.folder)
    assert result.exit_code == 1
    assert "Nothing was written: 1 error." in result.output


@pytest.mark.parametrize(
    "command",
    [
        "build",
        "check",
        "kit",
        "lint",
        "new raised-bed",
        "newsletter 1",
        "preview",
        "proof",
        "web",
        "import README.md",
        "stamp --name A --email a@b.example --order 1 -o copies",
    ],
)
def test_outside_a_project_every_command_says_so_in_one_sentence(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "README.md").write_text("A file.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result = run(*command.split())
    assert result.exit_code == 2
    assert result.output.count("\n") == 1
    assert "is no project: there is no content/book.yaml" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]


def test_a_folder_in_a_project_is_said_to_lie_in_it(garden: Bench) -> None:
    result = run("-C", garden.folder / "content", "lint")
    assert result.exit_code == 2
    said = f"`content` is no project: .*; the project is `{garden.folder.name}`, a folder above it"
    assert re.search(said, result.output)


def test_outside_a_project_json_is_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    answer = json.loads(run("lint", "--format", "json").output)
    assert [finding["code"] for finding in answer["findings"]] == ["run-usage"]


@pytest.mark.parametrize("below", ["content/terms", "styles", "a/b c/d"])
def test_the_project_is_found_from_the_folders_in_it(
    below: str, garden: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    (garden.folder / below).mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(garden.folder / below)
    assert run("lint").output == "12 terms: nothing to fix\n"
    assert run("new", "raised-bed").exit_code == 0
    assert (garden.folder / "content/terms/raised-bed.yaml").is_file()


def test_a_system_without_another_thread_is_said_in_a_sentence(
    garden: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("cheatsheet.pdf.pool.Thread", refuse)
    result = run("build", "--no-cache", "-C", garden.folder)
    assert result.exit_code == 1
    assert "ulimit -u" in result.stderr
