"""Saves in a project's folder, and the rebuilds after them."""

import errno
import queue
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import watchfiles

from cheatsheet.build.builder import Builder
from cheatsheet.build.last import Build
from cheatsheet.build.watching import Files, rebuild_on_save, watch_project
from cheatsheet.model.editions import UnknownEditionError
from conftest import PATIENCE, Bench, only

COMPOST = "content/terms/compost.yaml"


@contextmanager
def watching(garden: Bench) -> Iterator["queue.Queue[Files]"]:
    """Watch a project; what is saved comes through the queue."""
    saved: queue.Queue[Files] = queue.Queue()
    stop = threading.Event()

    def watch() -> None:
        for files in watch_project(garden.folder, stop):
            saved.put(files)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        assert saved.get(timeout=PATIENCE) == Files()  # it is watched
        yield saved
    finally:
        stop.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()


def told(saved: "queue.Queue[Files]") -> bool:
    """Tell whether something is said within a moment."""
    try:
        saved.get(timeout=0.3)
    except queue.Empty:
        return False
    return True


def test_a_save_is_told_with_its_file(garden: Bench) -> None:
    with watching(garden) as saved:
        garden.replace(COMPOST, "Nobody", "Somebody")
        assert saved.get(timeout=PATIENCE) == {COMPOST}


@pytest.mark.parametrize("refused", [OSError("no watch is left"), RuntimeError("no files left")])
def test_where_the_system_watches_nothing_more_a_save_is_told_all_the_same(
    refused: Exception, garden: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def watch(*folders: Path, force_polling: bool | None = None, **options: Any) -> Iterator[Any]:
        if not force_polling:  # as watchfiles has it, where other programs have all watches
            raise refused
        yield from watchfiles.watch(*folders, force_polling=True, **options)

    monkeypatch.setattr("cheatsheet.build.watching.watch", watch)
    with watching(garden) as saved:
        garden.replace(COMPOST, "Nobody", "Somebody")
        assert saved.get(timeout=PATIENCE) == {COMPOST}


def test_a_save_by_another_file_that_is_renamed_names_the_file_alone(garden: Bench) -> None:
    with watching(garden) as saved:
        scratch = garden.folder / "content/terms/sed4711"
        scratch.write_text(garden.read(COMPOST), encoding="utf-8")
        scratch.rename(garden.folder / COMPOST)
        assert COMPOST in saved.get(timeout=PATIENCE)


@pytest.mark.slow
def test_a_save_that_takes_the_file_away_first_is_told_as_git_does_it(garden: Bench) -> None:
    with watching(garden) as saved:
        text = garden.read(COMPOST)
        for number in range(3):
            (garden.folder / COMPOST).unlink()
            garden.write(COMPOST, f"{text}# {number}\n")
            assert COMPOST in saved.get(timeout=PATIENCE)
            while told(saved):
                pass


@pytest.mark.slow
def test_a_folder_that_is_removed_and_made_again_is_watched_again(garden: Bench) -> None:
    terms = garden.folder / "content"
    kept = garden.folder / "kept"
    shutil.copytree(terms, kept)
    with watching(garden) as saved:
        for number in range(3):  # its inode number may be the same
            shutil.rmtree(terms)
            shutil.copytree(kept, terms)
            while saved.get(timeout=PATIENCE):
                pass
            while told(saved):
                pass
            garden.append(COMPOST, f"# {number}\n")
            assert saved.get(timeout=PATIENCE) == {COMPOST}


def test_a_project_that_is_moved_away_and_back_is_watched_again(garden: Bench) -> None:
    with watching(garden) as saved:
        away = garden.folder.rename(garden.folder.with_name("away"))
        while saved.get(timeout=PATIENCE):
            pass
        away.rename(garden.folder)
        while saved.get(timeout=PATIENCE):
            pass
        garden.append(COMPOST, "# seen?\n")
        assert saved.get(timeout=PATIENCE) == {COMPOST}


def test_a_folder_that_is_another_one_now_is_watched_again(garden: Bench) -> None:
    with watching(garden) as saved:
        other = garden.folder / "other"
        shutil.copytree(garden.folder / "styles", other)
        shutil.rmtree(garden.folder / "styles")
        other.rename(garden.folder / "styles")
        while saved.get(timeout=PATIENCE):
            pass  # the last word is that all may have changed
        garden.append("styles/look.css", "/* seen? */\n")
        while not (files := saved.get(timeout=PATIENCE)):  # it was watched once more, from now on
            garden.append("styles/look.css", "/* and now? */\n")
        assert files == {"styles/look.css"}


@pytest.mark.slow
def test_an_edition_that_vanishes_is_a_finding_and_comes_back(
    garden: Bench, builder: Builder
) -> None:
    stop = threading.Event()
    rebuilds = rebuild_on_save(builder, garden.folder, "pocket", stop)
    assert next(rebuilds).build.ok
    text = garden.read("content/book.yaml")
    garden.write("content/book.yaml", text.replace("pocket:", "packet:"))
    said = only(next(rebuilds).build.findings, "build-edition").message
    assert said.startswith("there is no edition `pocket`")
    garden.write("content/book.yaml", text)
    assert any(rebuild.build.ok for rebuild in rebuilds)
    stop.set()


def test_what_the_file_system_refuses_is_a_finding_and_the_watch_goes_on(
    garden: Bench, builder: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> list[Build]:
        raise OSError(errno.ENOSPC, "No space left on device", "dist/garden-words.pdf")

    stop = threading.Event()
    rebuilds = rebuild_on_save(builder, garden.folder, "print", stop)
    with monkeypatch.context() as patch:
        patch.setattr(builder, "build_all", refuse)
        (finding,) = next(rebuilds).build.findings
    assert finding.message == "garden-words.pdf: No space left on device"
    garden.append(COMPOST, "# saved\n")
    assert next(rebuilds).build.ok
    stop.set()


@pytest.mark.slow_but_first
@pytest.mark.parametrize(
    ("css", "code"),
    [
        ("p { font-size: 1e400px; }", "css-limit"),
        ('p::before { content: "\\d800"; }', "css-character"),
        ("a{" * 5_000, "css-limit"),
        ("p { color: reed; }", "css-style"),
    ],
)
def test_a_style_sheet_that_is_too_much_is_a_finding_and_the_watch_goes_on(
    css: str, code: str, garden: Bench, builder: Builder
) -> None:
    stop = threading.Event()
    text = garden.read("styles/look.css")
    garden.append("styles/look.css", css)
    rebuilds = rebuild_on_save(builder, garden.folder, "print", stop)
    assert only(next(rebuilds).build.findings, code).place.file == "styles/look.css"
    garden.write("styles/look.css", text)
    assert next(rebuilds).build.ok
    stop.set()


@pytest.mark.slow
def test_a_save_during_the_first_build_is_not_missed(garden: Bench, builder: Builder) -> None:
    stop = threading.Event()
    rebuilds = rebuild_on_save(builder, garden.folder, "print", stop)
    watched = watch_project(garden.folder, stop)
    assert next(watched) == Files()
    next(rebuilds)
    garden.replace(COMPOST, "Nobody", "Somebody")  # before it is asked for the next build
    assert next(watched) == next(rebuilds).saved == {COMPOST}
    stop.set()


def test_an_edition_that_there_never_was_is_refused(garden: Bench, builder: Builder) -> None:
    with pytest.raises(UnknownEditionError):
        next(rebuild_on_save(builder, garden.folder, "poket", threading.Event()))


def test_build_watch_prints_a_line_a_rebuild(garden: Bench) -> None:
    command = [sys.executable, "-m", "cheatsheet", "-C", str(garden.folder), "build", "--watch"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own program
        assert process.stdout
        first = process.stdout.readline()
        assert first.startswith("all files: dist/garden-words.pdf rewritten, sections laid out: 0")
        before = (garden.folder / "dist/garden-words.pdf").read_bytes()
        garden.replace(COMPOST, "Nobody gets", "Few get")
        second = process.stdout.readline()
        assert second.startswith(
            f"{COMPOST}: dist/garden-words.pdf rewritten, sections laid out: 1"
        )
        assert (garden.folder / "dist/garden-words.pdf").read_bytes() != before
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
