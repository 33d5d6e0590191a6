"""A build that is broken off at any step leaves the old file or the new one, and says which."""

import json
import os
import pickle
import shutil
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from signal import SIGINT
from threading import Lock
from typing import Any

import pytest
from click.testing import CliRunner, Result

import cheatsheet.build.builder as building
from cheatsheet.build.builder import Builder
from cheatsheet.build.rules import UNCHECKED
from cheatsheet.checks import CheckResult
from cheatsheet.cli import main
from cheatsheet.manuscript import load_glossary
from cheatsheet.pdf.store import FOLDER, TAG
from cheatsheet.system.writing import LEFT
from conftest import Bench, until
from interrupting import WAYS, break_off_everywhere

PDF, REJECTED = "garden-words.pdf", "garden-words.rejected.pdf"
MARKS = {"CACHEDIR.TAG": TAG, ".gitignore": "*\n"}
Files = dict[str, bytes]


class DoneBefore:
    """Does each job in this process, and the same job once."""

    def __init__(self) -> None:
        self._answers: dict[bytes, Any] = {}
        self._lock = Lock()

    def submit(self, job: Callable[..., Any], /, *arguments: Any) -> "Future[Any]":
        key, done = pickle.dumps((job, arguments)), Future[Any]()
        with self._lock:
            if key not in self._answers:
                self._answers[key] = job(*arguments)
        done.set_result(self._answers[key])
        return done

    def allow(self, seconds: float) -> None:
        """Take the time that it takes."""

    def close(self) -> None:
        """Have nothing to end."""


@dataclass
class Broken:
    """A build, what stands in dist/ before and after it, and what was in the cache."""

    bench: Bench
    old: Files
    new: Files
    cache: Path
    code: int

    @property
    def folders(self) -> list[Path]:
        return [self.bench.folder / name for name in ("dist", FOLDER)]

    def run(self) -> Result:
        arguments = ["-C", str(self.bench.folder), "build", "--format", "json"]
        return CliRunner().invoke(main, arguments)

    def prepare(self) -> None:
        for folder in self.folders:
            shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.cache, self.folders[1], ignore=shutil.ignore_patterns(*MARKS))
        self.folders[0].mkdir()
        for name, data in self.old.items():
            (self.folders[0] / name).write_bytes(data)

    def state(self) -> Files:
        return {
            path.name: path.read_bytes()
            for path in self.folders[0].iterdir()
            if not LEFT.fullmatch(path.name)
        }

    def leftovers(self) -> list[str]:
        found = (path.name for folder in self.folders for path in folder.iterdir())
        return [name for name in found if name.startswith(".") and name != ".gitignore"]


def nothing_found(_: Any) -> list[Any]:
    return []


@pytest.fixture(params=["kept", "rejected"])
def broken(
    request: pytest.FixtureRequest, garden: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Broken:
    """A build after an edit, whose slow parts are done, and which passes its checks or not."""
    pool, is_kept = DoneBefore(), request.param == "kept"
    monkeypatch.setattr(building, "WorkerPool", lambda _: pool)
    monkeypatch.setattr(building, "start_server", lambda: None)
    garden.append("content/terms/mulch.yaml", "# changed\n")
    if not is_kept:
        garden.replace("content/book.yaml", "pages: 22", "pages: 22\n    kilobytes: 1")
    read = load_glossary(garden.folder)
    monkeypatch.setattr(building, "load_whole", lambda _: read)
    monkeypatch.setattr(building, "lint_glossary", nothing_found)
    shutil.copytree(garden.folder / FOLDER, tmp_path / "cache")
    old = {PDF: b"old"} | ({REJECTED: b"older"} if is_kept else {})
    found = Broken(garden, old, {}, tmp_path / "cache", 0 if is_kept else 1)
    found.prepare()
    assert found.run().exit_code == found.code
    found.new = found.state()
    assert set(found.new) == ({PDF} if is_kept else {PDF, REJECTED})
    assert (found.new[PDF] == b"old") == (not is_kept)
    return found


@pytest.mark.slow_but_first
@pytest.mark.parametrize("way", WAYS)
def test_a_build_that_is_broken_off_leaves_whole_files_and_says_nothing_false(
    way: str, broken: Broken
) -> None:
    results: list[Result] = []

    def prepare() -> None:
        broken.prepare()
        results.clear()

    def run() -> None:
        results.append(broken.run())

    def look() -> None:
        state = broken.state()
        assert state.get(PDF) in {b"old", broken.new[PDF]}
        assert state.get(REJECTED) in {None, broken.old.get(REJECTED), broken.new.get(REJECTED)}
        for result in results:
            check_what_is_said(result, state, broken)
        assert broken.run().exit_code == broken.code
        assert broken.state() == broken.new
        assert broken.leftovers() == []
        assert {name: (broken.folders[1] / name).read_text() for name in MARKS} == MARKS

    assert break_off_everywhere(run, broken.folders, way, prepare, look) >= 15


def check_what_is_said(result: Result, state: Files, broken: Broken) -> None:
    """Hold what a build said, and its exit code, to what it did."""
    said = json.loads(result.output)
    assert result.exit_code in {0, 1, 130}
    assert said["ok"] == (result.exit_code == 0)
    messages = " ".join(finding["message"] for finding in said["findings"])
    if "is as it was" in messages or "nothing was changed" in messages:
        assert state == broken.old
    if said["ok"]:
        assert state[PDF] == broken.new[PDF]
    if broken.code == 0 and result.exit_code == 1:
        assert state == broken.old


def test_nothing_is_written_after_ctrl_c_by_what_still_ran(
    garden: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(builder: Builder, _: object) -> CheckResult:
        os.kill(os.getpid(), SIGINT)  # the main thread waits, and only a signal wakes it
        until(lambda: builder._stopped)  # noqa: SLF001 - that it has been heard
        return CheckResult([UNCHECKED.finding("the checks came to no end")])

    monkeypatch.setattr(Builder, "_check", stopped)
    with Builder(garden.folder) as builder, pytest.raises(KeyboardInterrupt):
        builder.build()
    assert not (garden.folder / "dist" / REJECTED).exists()
