"""What a command answers: the same exit code in every form, 1 for errors, 2 for wrong usage."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import click
import pytest
from click.testing import CliRunner

import cheatsheet.publish.stamping
from cheatsheet.cli import main
from cheatsheet.cli.program import COMMANDS
from conftest import Bench, Built
from interrupting import read_only
from test_writing import Press, kit_command, web_command, written

FORMS = ("text", "json", "junit", "github")
FAILS = {
    "text": re.compile(r"(?m)^(?:\S.*: )?error: |^Error: |^Usage: "),
    "junit": re.compile("<failure"),
    "github": re.compile("(?m)^::error "),
}


def _command(name: str) -> click.Command:
    command = main.get_command(click.Context(main), name)
    assert command
    return command


REPORTING = {name for name in COMMANDS if any(p.name == "form" for p in _command(name).params)}

Set = Callable[[Bench, pytest.MonkeyPatch], None]
"""Makes of the garden what a command is tried on."""


def as_it_is(_bench: Bench, _patch: pytest.MonkeyPatch) -> None:
    """Leave the garden as it is."""


def broken(bench: Bench, _patch: pytest.MonkeyPatch) -> None:
    bench.replace("content/terms/compost.yaml", "tagline:", "tagine:")


def doubtful(bench: Bench, _patch: pytest.MonkeyPatch) -> None:
    """Leave a warning, and no error."""
    bench.append("content/categories.yaml", "  - id: tools\n    name: Tools\n    purpose: Later\n")


def pressed(_bench: Bench, patch: pytest.MonkeyPatch) -> None:
    """Print buyers' copies in no time."""
    patch.setattr(cheatsheet.publish.stamping, "_make_press", lambda *_: Press())


def a_kit(bench: Bench, patch: pytest.MonkeyPatch) -> None:
    kit_command(bench, patch)


def a_site(bench: Bench, patch: pytest.MonkeyPatch) -> None:
    web_command(bench, patch)


STAMP = "stamp -o copies --email ada@example.org --order 1 --name"
TRIED: list[tuple[str, Set, int]] = [
    ("lint", as_it_is, 0),
    ("lint", doubtful, 0),
    ("lint --fail-on warning", doubtful, 1),
    ("lint", broken, 1),
    ("lint --fail-on eror", as_it_is, 2),
    ("lint --due soon", as_it_is, 2),
    ("build", as_it_is, 0),
    ("build", broken, 1),
    ("build poket", as_it_is, 2),
    ("build --all print", as_it_is, 2),
    ("check good.pdf --select safe", as_it_is, 0),
    ("check notes.txt", as_it_is, 1),
    ("check --select font", as_it_is, 2),
    ("check missing.pdf", as_it_is, 2),
    ("compare good.pdf good.pdf", as_it_is, 0),
    ("compare good.pdf notes.txt", as_it_is, 1),
    ("compare good.pdf", as_it_is, 2),
    ("import one.txt --dry-run", as_it_is, 0),
    ("import one.txt", as_it_is, 0),
    ("import one.txt good.pdf", as_it_is, 1),
    ("import missing.txt", as_it_is, 2),
    ("new raised-bed", as_it_is, 0),
    ("new compost", as_it_is, 1),
    ("new Raised_Bed", as_it_is, 2),
    ("rename compost humus", as_it_is, 0),
    ("rename compots humus", as_it_is, 1),
    ("rename compost Humus!", as_it_is, 2),
    ("rename compost", as_it_is, 2),
    ("newsletter compost", as_it_is, 0),
    ("newsletter compost", broken, 1),
    ("newsletter compots", as_it_is, 2),
    ("newsletter --all", as_it_is, 2),
    ("proof --pictures", as_it_is, 0),
    ("proof pocket", as_it_is, 1),
    ("proof poket", as_it_is, 2),
    ("init new-book", as_it_is, 0),
    ("init content", as_it_is, 1),
    ("init new-book --page-size B9", as_it_is, 2),
    ("kit", a_kit, 0),
    ("kit", as_it_is, 1),
    ("kit more", as_it_is, 2),
    ("web", a_site, 0),
    ("web", broken, 1),
    ("web more", as_it_is, 2),
    (f"{STAMP} Ada", pressed, 0),
    (f"{STAMP} Zo&euml;", pressed, 0),
    (f"{STAMP} null", pressed, 1),
    (f"{STAMP} Ada", as_it_is, 1),
    ("stamp -o copies --name Ada", pressed, 2),
    ("stamp poket --csv buyers.csv -o copies", as_it_is, 2),
]  # fmt: skip


@pytest.fixture
def good_garden(built_garden: Built) -> Callable[[Path], Bench]:
    """Return what copies the garden with its book into a folder, with files beside it."""

    def make(folder: Path) -> Bench:
        bench = Bench(shutil.copytree(built_garden.bench.folder, folder))
        shutil.copy(built_garden.pdf, folder / "good.pdf")
        bench.write("notes.txt", "no PDF\n")
        bench.write("one.txt", "Compost\nYesterday's news\nTL;DR\nOld peels.\n")
        bench.write("buyers.csv", "name,email,order\nAda,ada@example.org,1\n")
        return bench

    return make


def test_every_command_that_reports_is_tried_with_each_code() -> None:
    tried = {(arguments.split()[0], code) for arguments, _, code in TRIED}
    assert tried == {(name, code) for name in REPORTING for code in (0, 1, 2)}


@pytest.mark.parametrize(("arguments", "prepare", "code"), TRIED)
def test_an_exit_code_is_the_same_in_every_form_and_says_what_the_findings_say(  # noqa: PLR0913, PLR0917 - and three fixtures
    arguments: str,
    prepare: Set,
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    good_garden: Callable[[Path], Bench],
) -> None:
    for form in FORMS:
        with monkeypatch.context() as patch:
            bench = good_garden(tmp_path / form)
            patch.chdir(bench.folder)
            prepare(bench, patch)
            result = CliRunner().invoke(main, [*arguments.split(), "--format", form])
        assert result.exit_code == code, form
        assert "Traceback" not in result.output
        if form == "json":
            said = json.loads(result.stdout)
            severities = {finding["severity"] for finding in said["findings"]}
            assert said["ok"] == (code == 0)
            assert ("error" in severities) == (code > 0) or "--fail-on" in arguments
        else:
            fails = bool(FAILS[form].search(result.output))
            assert fails == (code > 0) or "--fail-on" in arguments, result.output
        if form == "junit":
            ET.fromstring(result.stdout)  # noqa: S314 - our own


@pytest.mark.parametrize(
    ("arguments", "prepare"),
    [
        (arguments, prepare)
        for arguments, prepare, code in TRIED
        if code == 0 and arguments.split()[0] in {"build", "kit", "newsletter", "proof", "web"}
    ],
)
def test_where_nothing_can_be_written_json_is_one_document(
    arguments: str,
    prepare: Set,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    good_garden: Callable[[Path], Bench],
) -> None:
    bench = good_garden(tmp_path / "garden")
    monkeypatch.chdir(bench.folder)
    prepare(bench, monkeypatch)
    dist = bench.folder / "dist"
    (dist / "garden-words.pdf").unlink(missing_ok=True)
    before = written(dist)
    with read_only(dist):
        result = CliRunner().invoke(
            main, ["-C", str(bench.folder), *arguments.split(), "--format", "json"]
        )
    said = json.loads(result.stdout)
    assert (result.exit_code, said["ok"]) == (1, False)
    assert "Read-only file system" in said["findings"][-1]["message"]
    assert written(dist) == before
