"""The README and the guides say what is so: files, commands, tokens, floors, code that runs."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from functools import cache
from importlib import import_module
from itertools import chain
from pathlib import Path

import click
import pytest

from cheatsheet.cli import main
from cheatsheet.manuscript.starter import PAPERS, make_project, write_project
from conftest import ROOT, Bench
from test_house import FLOORS

GUIDES = ["docs/designing.md", "docs/engineering.md"]
ALL = ["README.md", "docs/tutorial.md", *GUIDES]
PAPERS_SHOWN = ["A4", "Letter", "A5", "slide"]
TOKEN = re.compile(r"(?m)^\s*(--[\w-]+): ([^;]+);")


@cache
def guide(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def spans(name: str) -> Iterator[str]:
    """Yield what a guide has between backticks, without its blocks of code."""
    text = re.sub(r"(?s)```.*?```", "", guide(name))
    for span in re.findall(r"`([^`]+)`", text):
        yield " ".join(span.split())


def commands(name: str) -> list[str]:
    """Return the commands that a guide names, in its text or as a line of their own."""
    lines = re.findall(r"(?m)^    (.*)$", guide(name))
    return [one for one in chain(spans(name), lines) if re.match(r"(?:cheatsheet|make) [a-z]", one)]


def rows(name: str) -> Iterator[list[str]]:
    """Yield the cells of each row of a guide's tables."""
    for line in re.findall(r"(?m)^\|(.*)\|$", guide(name)):
        yield [cell.strip().strip("`") for cell in line.split("|")]


def files() -> set[str]:
    """Return the files of the repository that docs may name, and those of a new project."""
    tops = ("src", "styles", "content", "docs", "tests", "fonts")
    own = (path for top in tops for path in (ROOT / top).rglob("*"))
    known = {path.relative_to(ROOT).as_posix() for path in own} | {*make_project("en", "W", "A5")}
    return known | {*tops}


@pytest.mark.parametrize("name", GUIDES)
def test_the_files_that_a_guide_names_are_there(name: str) -> None:
    known = files()
    named = [one for one in spans(name) if re.match(r"(?:src|styles|content|docs|tests)/", one)]
    assert named
    for one in named:
        pattern = re.sub(r"<[^>]+>", "*", one.rstrip("/"))
        assert any(fnmatch(file, pattern) for file in known), one


@pytest.mark.parametrize("name", ALL)
def test_links_lead_to_files_that_are_there(name: str) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", guide(name)):
        assert (ROOT / name).parent.joinpath(target).exists(), target


@pytest.mark.parametrize("name", ALL)
def test_the_commands_that_a_guide_names_are_known(name: str) -> None:
    targets = re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert commands(name)
    for line in commands(name):
        program, *words = shlex.split(line, comments=True)
        if program == "make":
            assert {*words} <= {*targets}, line
            continue
        command = main.get_command(click.Context(main), words[0])
        assert command
        assert isinstance(command, click.Command)
        options = {name for one in command.params for name in one.opts}
        assert {word for word in words[1:] if word.startswith("-")} <= options, line


@pytest.mark.parametrize("name", GUIDES)
def test_the_names_of_the_program_can_be_imported(name: str) -> None:
    for dotted in (one for one in spans(name) if re.fullmatch(r"cheatsheet(\.\w+)+", one)):
        module, _, member = dotted.rpartition(".")
        assert hasattr(import_module(module), member), dotted


def test_the_floors_are_those_that_the_house_has() -> None:
    shown = [cells for cells in rows("docs/engineering.md") if cells[0].isdigit()]
    assert [int(number) for number, *_ in shown] == [*range(1, len(FLOORS) + 1)]
    assert [{*re.findall(r"\w+", rooms)} for _, rooms, _ in shown] == FLOORS


def declared(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the tokens of a new project's book, those of its paper last."""
    sheets = [files[f"styles/{name}.css"].decode() for name in ("tokens", "paper")]
    return {name: value for sheet in sheets for name, value in TOKEN.findall(sheet)}


def test_the_tokens_by_paper_are_those_of_the_papers() -> None:
    assert {*PAPERS_SHOWN} == {*PAPERS}
    of_paper = {paper: declared(make_project("en", "W", paper)) for paper in PAPERS}
    shown = [cells for cells in rows("docs/designing.md") if re.match("--[a-z]", cells[0])]
    assert len(shown) > 10
    for token, *values in shown:
        assert values == [of_paper[paper][token] for paper in PAPERS_SHOWN]


def test_the_tokens_that_the_designers_guide_names_are_there() -> None:
    known = declared(make_project("en", "W", "A5"))
    for token in re.findall(r"--[a-z]+-[\w-]+\b(?!\*)", guide("docs/designing.md")):
        assert token in {*known, "--page-size"}


def test_the_keys_that_the_designers_guide_names_are_those_of_the_preview() -> None:
    page = (ROOT / "src/cheatsheet/preview/page/main.js").read_text(encoding="utf-8")
    for key, *_ in (cells for cells in rows("docs/designing.md") if len(cells[0]) == 1):
        assert f'["{key}", ' in page


@pytest.mark.slow
def test_the_recipes_work_together(tmp_path: Path) -> None:
    assert write_project(tmp_path / "wein", "de", "Wein von A bis Z", "A5") == []
    bench = Bench(tmp_path / "wein")
    recipes = re.findall(r"(?s)`(styles/[\w/.-]+)`\n\n```css\n(.*?)```", guide("docs/designing.md"))
    assert len(recipes) == guide("docs/designing.md").count("```css")
    for file, css in recipes:
        bench.append(file, f"\n{css}")
    build = bench.build()
    assert build.findings == []
    assert build.ok


@pytest.mark.slow
def test_the_code_for_a_publisher_makes_a_book(tmp_path: Path) -> None:
    (code,) = re.findall(r"(?s)```python\n(.*?)```", guide("docs/engineering.md"))
    (tmp_path / "make.py").write_text(code, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "make.py"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.startswith("dist/wine-from-a-to-z.pdf 1")
    assert (tmp_path / "wine/dist/wine-from-a-to-z.pdf").is_file()
