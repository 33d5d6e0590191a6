"""A release: one version everywhere, a changelog in form, workflows without holes."""

import hashlib
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml

from cheatsheet import __version__
from cheatsheet.publish.changelog import READERS, Release, read_changelog
from conftest import ROOT, Bench
from test_publish_kit import leave_print

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
PROGRAMS = Path(sys.executable).parent
TYPES = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own scripts, and linters of the environment
        [str(part) for part in command],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def steps(path: Path) -> Iterator[dict[str, Any]]:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    for job in workflow["jobs"].values():
        yield from job["steps"]


@pytest.fixture(scope="module")
def releases() -> list[Release]:
    return read_changelog((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))


def test_the_version_is_one_everywhere(releases: list[Release]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == __version__
    assert next(one.version for one in releases if one.date) == __version__


def test_the_changelog_has_the_form_of_keep_a_changelog(releases: list[Release]) -> None:
    assert releases[0].version == "Unreleased"
    assert releases[0].date is None
    dates = [one.date for one in releases[1:]]
    assert all(dates)
    assert dates == sorted(dates, key=str, reverse=True)


def test_each_version_speaks_to_readers_and_to_users_apart(releases: list[Release]) -> None:
    for one in releases[1:]:
        assert re.findall(r"(?m)^### (.*)$", one.text) == [READERS, "For users of the tool"]
        assert set(re.findall(r"(?m)^#### (.*)$", one.text)) <= TYPES
        assert one.part(READERS).startswith("#### ")
        assert "cheatsheet" not in one.part(READERS)


def test_a_changelog_is_read_version_by_version() -> None:
    text = f"# C\n\n## [Unreleased]\n\nsoon\n\n## [2.0.0] - 2026-01-02\n\n### {READERS}\na\n"
    unreleased, second = read_changelog(text)
    assert (unreleased.text, unreleased.part(READERS)) == ("soon", "")
    assert (second.version, second.date, second.part(READERS)) == ("2.0.0", "2026-01-02", "a")


@pytest.mark.parametrize(
    ("tag", "says"),
    [
        ("v9.9.9", "the tag is v9.9.9, and pyproject.toml has the version"),
        (__version__, "the tag is"),
        ("", "the tag is , and"),
        (f"v{__version__}\n", "the tag is"),
    ],
)
def test_a_tag_that_is_not_the_version_is_refused(tag: str, says: str) -> None:
    done = run(sys.executable, ROOT / ".ci/check-tag", tag)
    assert done.returncode == 1
    assert says in done.stderr


def test_the_tag_of_the_version_is_taken() -> None:
    done = run(sys.executable, ROOT / ".ci/check-tag", f"v{__version__}")
    assert (done.returncode, done.stdout) == (0, f"{__version__}\n")


def test_the_workflows_pass_their_linters() -> None:
    for command in (["actionlint"], ["zizmor", "--offline", "--quiet", "--pedantic"]):
        done = run(PROGRAMS / command[0], *command[1:], *WORKFLOWS)
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_linters_see_a_hole(tmp_path: Path) -> None:
    bad = tmp_path / ".github/workflows/bad.yml"
    bad.parent.mkdir(parents=True)
    bad.write_text(
        WORKFLOWS[0]
        .read_text(encoding="utf-8")
        .replace("persist-credentials: false", "persist-credentials: true")
        .replace("runs-on:", "run-on:"),
        encoding="utf-8",
    )
    assert run(PROGRAMS / "actionlint", bad).returncode == 1
    assert run(PROGRAMS / "zizmor", "--offline", "--quiet", bad).returncode != 0


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_by_commit_with_their_version(path: Path) -> None:
    used = re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))
    assert used
    for one in used:
        assert re.fullmatch(r"[\w/.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_has_no_rights_but_those_that_a_job_names(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {}
    assert workflow["concurrency"]["group"]
    for job in workflow["jobs"].values():
        writes = {key for key, value in job["permissions"].items() if value == "write"}
        checks_out = any("checkout" in step.get("uses", "") for step in job["steps"])
        assert not (writes and checks_out), "what may write does not run the repository's code"
        assert job["timeout-minutes"] <= 30


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_credentials_are_kept_and_no_secrets_used(path: Path) -> None:
    assert "secrets." not in path.read_text(encoding="utf-8")
    for step in steps(path):
        if "checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_logic_stands_in_tested_scripts_and_not_in_workflows(path: Path) -> None:
    for step in steps(path):
        script = step.get("run", "")
        assert len(script.splitlines()) <= 3
        assert "${{" not in script
        for name in re.findall(r"\.ci/[\w-]+", script):
            assert os.access(ROOT / name, os.X_OK)


def test_what_is_released_is_tested_and_built_where_no_development_tools_are() -> None:
    release = next(path for path in WORKFLOWS if path.stem == "release")
    jobs = yaml.safe_load(release.read_text(encoding="utf-8"))["jobs"]
    said = {name: str(job["steps"]) for name, job in jobs.items()}
    tests = {name for name, steps in said.items() if "make test" in steps or "-dev" in steps}
    hands_on = {
        name for name, steps in said.items() if re.search("upload|attest|gh release", steps)
    }
    assert tests == {"test"}
    assert hands_on == {"build", "publish"}
    assert set(jobs["publish"]["needs"]) == {"test", "verify"}
    assert jobs["verify"]["needs"] == "build"


@pytest.mark.slow
def test_a_build_elsewhere_and_another_day_is_the_same_or_says_what_differs(garden: Bench) -> None:
    leave_print(garden)
    assert garden.build().ok
    script, program = ROOT / ".ci/build-twice", str(PROGRAMS / "cheatsheet")
    same = run(script, garden.folder, CHEATSHEET=program)
    assert same.returncode == 0, same.stdout + same.stderr
    assert same.stdout.count("The same ") == 1
    garden.replace("content/terms/compost.yaml", "slow pot", "large pot")
    garden.build()
    garden.replace("content/terms/compost.yaml", "large pot", "slow pot")
    other = run(script, garden.folder, CHEATSHEET=program)
    assert other.returncode == 1
    assert "page 5: error: the drawing differs at /Contents" in other.stdout


@pytest.mark.parametrize(
    ("there", "says"),
    [
        ([], "no edition to compare"),
        (["a.pdf"], "> a-sample.pdf"),
        (["a.pdf", "a-sample.pdf"], "> a.epub"),
        (["a.pdf", "a-sample.pdf", "a.epub", "old.pdf"], "< old.pdf"),
        (["a.pdf", "a-sample.pdf", "a.epub"], ""),
    ],
)
def test_builds_of_other_editions_than_were_built_are_not_called_the_same(
    there: list[str], says: str, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    for folder in ("content", "styles", "fonts", *(["dist"] if there else [])):
        (project / folder).mkdir(parents=True)
    for name in there:
        (project / "dist" / name).touch()
    program = tmp_path / "cheatsheet"  # a build that makes three editions, each always the same
    program.write_text(
        '#!/bin/sh\n[ "$3" = build ] || exit 0\n'
        'mkdir "$2/dist" && touch "$2/dist/a.pdf" "$2/dist/a-sample.pdf" "$2/dist/a.epub"\n'
    )
    program.chmod(0o755)
    done = run(ROOT / ".ci/build-twice", project, CHEATSHEET=str(program))
    assert (done.returncode, says in done.stderr) == (1 if says else 0, True)


@pytest.mark.slow
def test_the_wheel_has_all_that_a_new_book_needs_and_makes_one(tmp_path: Path) -> None:
    done = run(ROOT / ".ci/pack-wheel", tmp_path, PYTHON=sys.executable)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "dist/book.pdf: " in done.stdout
    (wheel,) = tmp_path.glob("*.whl")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    assert (tmp_path / "SHA256SUMS").read_text(encoding="utf-8") == f"{digest}  {wheel.name}\n"
    packed = {*ZipFile(wheel).namelist()}
    starter = "cheatsheet/manuscript/starter"
    folders = {"styles": f"{starter}/styles", "fonts": f"{starter}/fonts"}
    folders |= {f"src/{one}": one for one in ("cheatsheet/templates", "cheatsheet/model/labels")}
    for folder, inside in (folders | {f"src/{starter}": starter}).items():
        files = [one for one in (ROOT / folder).rglob("*") if one.is_file()]
        names = {f"{inside}/{one.relative_to(ROOT / folder).as_posix()}" for one in files}
        assert {name for name in names if "__pycache__" not in name} <= packed


def test_a_release_has_the_wheel() -> None:
    text = next(path for path in WORKFLOWS if path.stem == "release").read_text(encoding="utf-8")
    assert text.index("cheatsheet kit") < text.index(".ci/pack-wheel dist/kit")


def test_the_digests_of_a_release_are_of_all_its_files(tmp_path: Path) -> None:
    kit, gh = tmp_path / "kit", tmp_path / "bin/gh"
    kit.mkdir()
    gh.parent.mkdir()
    gh.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/called\n')
    gh.chmod(0o755)
    released = ["book.epub", "book.pdf", "book-kit-1.zip", "cheatsheet-1.whl"]
    names = [*released, "cover-400.png", "release-notes.md", "whats-new.md"]
    sums = {name: f"{hashlib.sha256(name.encode()).hexdigest()}  {name}\n" for name in names}
    for name in names:
        (kit / name).write_text(name)
    (kit / "SHA256SUMS").write_text("".join(sums.values()))
    release = next(path for path in WORKFLOWS if path.stem == "release")
    environment = {"PATH": f"{gh.parent}:{os.environ['PATH']}", "GITHUB_REF_NAME": "v1"}
    for step in steps(release):
        if step.get("working-directory") == "kit":
            done = run("bash", "-ec", f"cd {kit}\n{step['run']}", **environment)
            assert done.returncode == 0, done.stderr
    assert (kit / "SHA256SUMS").read_text() == "".join(sums[name] for name in released)
    create, edit = (tmp_path / "called").read_text().splitlines()
    assert create.split()[-5:] == ["SHA256SUMS", *released]
    assert edit == "release edit v1 --draft=false"


@pytest.mark.parametrize(
    ("said", "code", "taken"),
    [
        ("PASS /data/a.pdf ua1\nPASS /data/b.pdf ua1", 0, 0),
        ("PASS /data/a.pdf ua1\nFAIL /data/b.pdf ua1", 1, 1),
        ("PASS /data/a.pdf ua1", 0, 1),
        ("", 0, 1),
    ],
)
def test_the_validators_word_is_taken_for_every_file(
    said: str, code: int, taken: int, tmp_path: Path
) -> None:
    docker = tmp_path / "bin/docker"  # there is no Docker here: what it says is given
    docker.parent.mkdir()
    docker.write_text(
        f"#!/bin/sh\nprintf '%s' '{said}'\necho \"$@\" > {tmp_path}/called\nexit {code}\n"
    )
    docker.chmod(0o755)
    path = f"{docker.parent}:{os.environ['PATH']}"
    done = run(ROOT / ".ci/verapdf", tmp_path, "a.pdf", "b.pdf", PATH=path)
    assert done.returncode == taken
    called = (tmp_path / "called").read_text(encoding="utf-8")
    assert called.endswith("--flavour ua1 --format text /data/a.pdf /data/b.pdf\n")
    assert "--network none" in called
    assert re.search(r"docker\.io/verapdf/cli@sha256:[0-9a-f]{64} ", called)
