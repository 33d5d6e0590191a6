"""What is written is whole or not there, whatever breaks it off, and nothing false is said."""

import errno
import fcntl
import json
import os
import resource
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result
from PIL import Image

import cheatsheet.build.proof
import cheatsheet.newsletter.publishing
import cheatsheet.publish.kit
import cheatsheet.publish.stamping
import cheatsheet.web.site
import interrupting
from cheatsheet.build.last import Build
from cheatsheet.cli import main
from cheatsheet.lint.proofreading import proofread
from cheatsheet.manuscript import load_glossary
from cheatsheet.publish.buyers import Buyer
from cheatsheet.publish.changelog import Release
from cheatsheet.publish.copies import purchase_of
from cheatsheet.system import renaming, writing
from cheatsheet.system.running import LIMIT
from cheatsheet.system.writing import (
    add_to_folder,
    replace_folder,
    replaced_files,
    write_atomically,
    write_new,
)
from cheatsheet.web import Site
from conftest import Bench
from interrupting import WAYS, Killed, break_off_everywhere, interrupted

Files = dict[str, bytes]
OLD: Files = {"index.html": b"old", "gone/page.html": b"old"}
NEW: Files = {"index.html": b"new", "terms/page.html": b"new"}


def written(folder: Path) -> Files:
    """Return the files below a folder, by path, but for what is left there unfinished."""
    files = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {
        file.as_posix(): (folder / file).read_bytes()
        for file in files
        if not file.parts[0].startswith(".cheatsheet-")
    }


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".cheatsheet-")]


def unfinished(folder: Path) -> Files:
    """Return the files below a folder that are not finished, by path."""
    return {name: data for name, data in written(folder).items() if "/.cheatsheet-" in name}


def refuse_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "exchange", lambda _one, _other: False)


@contextmanager
def full_disk() -> Iterator[None]:
    """No file gets more than 4 KB while the body runs."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


# --- Files and folders


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("exchanged", ["exchanged", ""])
def test_a_folder_that_is_replaced_is_the_old_one_or_the_new_one(
    way: str, exchanged: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not exchanged:
        refuse_exchange(monkeypatch)
    folder = tmp_path / "dist/web"

    def run() -> None:
        try:
            replace_folder(folder, NEW)
        except (OSError, KeyboardInterrupt):
            if way == "error":
                assert written(folder) == OLD  # an error says that all is as it was

    def prepare() -> None:
        shutil.rmtree(tmp_path / "dist", ignore_errors=True)
        replace_folder(folder, OLD)

    def look() -> None:
        if exchanged:  # else it may be renamed away for a moment, until the next command
            assert written(folder) in (OLD, NEW)
        writing.clear_leftovers(folder.parent)
        assert written(folder) in (OLD, NEW)
        replace_folder(folder, NEW)
        assert written(folder) == NEW
        assert leftovers(folder.parent) == []

    assert break_off_everywhere(run, [tmp_path], way, prepare, look) > 8


def test_files_are_added_to_a_folder_together_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "newsletter"
    added: Files = {"index.html": b"new", "other.html": b"new"}

    def run() -> None:
        with suppress(KeyboardInterrupt):
            add_to_folder(folder, added)

    def look() -> None:
        assert written(folder) in (OLD, OLD | added)

    def prepare() -> None:
        replace_folder(folder, OLD)

    break_off_everywhere(run, [tmp_path], "ctrl-c", prepare, look)
    add_to_folder(folder, added)
    assert written(folder) == OLD | added


def test_a_file_that_stays_in_a_folder_is_not_written_to(tmp_path: Path) -> None:
    replace_folder(tmp_path / "newsletter", OLD)
    (tmp_path / "kept").hardlink_to(tmp_path / "newsletter/index.html")
    add_to_folder(tmp_path / "newsletter", {"index.html": b"new"})
    assert (tmp_path / "kept").read_bytes() == b"old"


def test_what_two_add_to_a_folder_at_the_same_time_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, write = tmp_path / "newsletter", writing.write_files
    replace_folder(folder, OLD)
    other = threading.Thread(target=add_to_folder, args=(folder, {"other": b""}))

    def slowly(new: Path, files: Files) -> None:
        if "one" in files:
            other.start()
            other.join(0.5)
        write(new, files)

    monkeypatch.setattr(writing, "write_files", slowly)
    add_to_folder(folder, {"one": b""})
    other.join()
    assert written(folder) == OLD | {"one": b"", "other": b""}


def test_a_folder_that_cannot_be_written_stays_as_it_was(tmp_path: Path) -> None:
    replace_folder(tmp_path / "web", OLD)
    with pytest.raises(OSError, match="name too long"):
        replace_folder(tmp_path / "web", {"index.html": b"new", "x" * 300: b""})
    assert written(tmp_path / "web") == OLD
    assert leftovers(tmp_path) == []


def test_a_file_in_the_way_of_a_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "web").write_bytes(b"in the way")
    with pytest.raises(NotADirectoryError):
        replace_folder(tmp_path / "web", NEW)
    assert written(tmp_path) == {"web": b"in the way"}


def test_a_link_in_the_place_of_a_folder_is_replaced_and_not_followed(tmp_path: Path) -> None:
    replace_folder(tmp_path / "precious", OLD)
    (tmp_path / "web").symlink_to(tmp_path / "precious")
    replace_folder(tmp_path / "web", NEW)
    assert not (tmp_path / "web").is_symlink()
    assert (written(tmp_path / "precious"), written(tmp_path / "web")) == (OLD, NEW)


def test_a_file_that_cannot_be_removed_leaves_the_new_folder_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_folder(tmp_path / "kit", OLD)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "unlink", refuse)
    replace_folder(tmp_path / "kit", NEW)
    assert written(tmp_path / "kit") == NEW


def test_a_folder_that_was_renamed_away_by_a_killed_process_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_exchange(monkeypatch)
    replace_folder(tmp_path / "web", OLD)
    at = 1
    while (tmp_path / "web").exists():  # until the kill comes between the two renamings
        with pytest.raises(Killed), interrupted([tmp_path], at, "kill"):
            replace_folder(tmp_path / "web", NEW)
        at += 1
    writing.clear_leftovers(tmp_path)
    assert written(tmp_path / "web") == OLD


def test_what_another_process_is_writing_is_no_leftover(tmp_path: Path) -> None:
    name = ".cheatsheet-0123456789abcdef"
    with (tmp_path / name).open("wb") as unfinished:
        fcntl.flock(unfinished, fcntl.LOCK_EX)
        write_atomically(tmp_path / "book.pdf", b"new")
        assert leftovers(tmp_path) == [name]
    write_atomically(tmp_path / "book.pdf", b"new")
    assert leftovers(tmp_path) == []


def test_what_only_looks_like_a_leftover_stays(tmp_path: Path) -> None:
    for name in (".cheatsheet_cache", ".cheatsheet-notes", ".cheatsheet-0123456789abcdef.txt"):
        (tmp_path / name).mkdir()
    write_atomically(tmp_path / "book.pdf", b"new")
    assert len(list(tmp_path.iterdir())) == 4


def test_a_leftover_that_is_a_link_or_a_pipe_goes_and_its_target_stays(tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious/file").write_bytes(b"keep")
    (tmp_path / ".cheatsheet-0123456789abcdef").symlink_to(tmp_path / "precious")
    os.mkfifo(tmp_path / ".cheatsheet-0123456789abcdee")
    write_atomically(tmp_path / "book.pdf", b"new")
    assert written(tmp_path) == {"precious/file": b"keep", "book.pdf": b"new"}
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("way", WAYS)
def test_a_file_that_is_replaced_is_the_old_one_or_the_new_one(way: str, tmp_path: Path) -> None:
    file = tmp_path / "book.pdf"

    def run() -> None:
        try:
            write_atomically(file, b"new")
        except (OSError, KeyboardInterrupt):
            assert file.read_bytes() == b"old"

    def prepare() -> None:
        write_atomically(file, b"old")

    def look() -> None:
        assert file.read_bytes() in (b"old", b"new")

    assert break_off_everywhere(run, [tmp_path], way, prepare, look) >= 3


def test_a_full_disk_leaves_the_old_file_and_names_the_new_one(tmp_path: Path) -> None:
    file = tmp_path / "book.pdf"
    write_atomically(file, b"old")
    with full_disk(), pytest.raises(OSError, match=r"book\.pdf"):
        write_atomically(file, bytes(5_000))
    assert written(tmp_path) == {"book.pdf": b"old"}
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize(
    "write",
    [
        lambda folder: write_atomically(folder / "book.pdf", bytes(5_000)),
        lambda folder: replace_folder(folder, {"book.pdf": bytes(5_000)}),
        lambda folder: add_to_folder(folder, {"book.pdf": bytes(5_000)}),
    ],
)
def test_a_full_disk_leaves_no_folder_that_was_not_there(
    write: Callable[[Path], None], tmp_path: Path
) -> None:
    with full_disk(), pytest.raises(OSError, match=r"new|book\.pdf"):
        write(tmp_path / "new" / "folder")
    assert list(tmp_path.iterdir()) == []


def test_a_file_has_the_permissions_that_new_files_have(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    write_atomically(tmp_path / "book.pdf", b"")
    replace_folder(tmp_path / "web", NEW)
    modes = {(tmp_path / name).stat().st_mode for name in ("plain", "book.pdf", "web/index.html")}
    assert len(modes) == 1


def test_a_folder_that_nobody_may_enter_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, flags: int) -> int:
        if writing.LEFT.fullmatch(path.name):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return opened(path, flags)

    opened = os.open
    monkeypatch.setattr(os, "open", refuse)  # root may enter any
    with pytest.raises(PermissionError):
        replace_folder(tmp_path / "site", {"index.html": b"new"})
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_changed_keeps_its_permissions(tmp_path: Path) -> None:
    paths = [tmp_path / "one", tmp_path / "two"]
    for path in paths:
        path.touch(0o600)
    write_atomically(paths[0], b"new")
    with replaced_files({paths[1]: b"new"}):
        pass
    assert {path.stat().st_mode & 0o777 for path in paths} == {0o600}
    assert {path.read_bytes() for path in paths} == {b"new"}


@pytest.mark.parametrize("known", ["renamed", ""])
def test_of_many_who_write_a_new_file_one_has_it(
    known: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not known:  # the system has no renaming of its own: a second name does it
        monkeypatch.setattr(renaming, "_system_call", lambda: None)
    won: list[int] = []

    def write(number: int) -> None:
        try:
            write_new(tmp_path / "copy.pdf", b"%d" % number * 100_000)
        except FileExistsError:
            return
        won.append(number)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (number,) = won
    assert written(tmp_path) == {"copy.pdf": b"%d" % number * 100_000}
    assert leftovers(tmp_path) == []


# --- Commands


@dataclass
class Command:
    """A command whose slow parts are done: its arguments, and what it makes in which folder."""

    arguments: list[str]
    folder: Path
    old: Files
    new: Files
    parent: Path = field(init=False)

    def __post_init__(self) -> None:
        self.parent = self.folder.parent

    def run(self) -> Result:
        return CliRunner().invoke(main, self.arguments)


class Press:
    """Prints a buyer's copy in no time."""

    purchase_of = staticmethod(purchase_of)

    def copy(self, buyer: Buyer) -> bytes:
        owner = f"<xmpRights:Owner><rdf:Bag><rdf:li>{buyer.name} &lt;{buyer.email}&gt;</rdf:li>"
        return f"{buyer.name}<dc:identifier>{buyer.order}</dc:identifier>{owner}".encode()


def kit_command(bench: Bench, patch: pytest.MonkeyPatch) -> Command:
    kit = cheatsheet.publish.kit
    patch.setattr(kit, "check_built", lambda *_: [])
    patch.setattr(kit, "_release", lambda *_: Release("1", None, ""))
    patch.setattr(kit, "_files", lambda *_: [("index.html", b"new"), ("page.html", b"new")])
    paper = SimpleNamespace(bleed=0)
    sample = {"sample": SimpleNamespace(sample=object(), page_size=paper)}
    book = type("Book", (), {"editions": sample, "epubs": {}, "stem": "book"})()
    glossary = type("Glossary", (), {"book": book})()
    patch.setattr(kit, "load_whole", lambda _: (glossary, []))
    new = {"index.html": b"new", "page.html": b"new"}
    return Command(["-C", str(bench.folder), "kit"], bench.folder / "dist/kit", OLD, new)


def web_command(bench: Bench, patch: pytest.MonkeyPatch) -> Command:
    site = cheatsheet.web.site

    class Builder(nullcontext["Builder"]):
        def __init__(self, *_: object) -> None:
            super().__init__(self)

        def build(self, **_: object) -> Build:
            return Build("print", pdf=Path("dist/book.pdf"))

    patch.setattr(site, "Builder", Builder)
    patch.setattr(site, "make_site", lambda *_: Site(NEW))
    glossary = SimpleNamespace(
        book=SimpleNamespace(editions={}, site="https://a.example", web=object())
    )
    patch.setattr(site, "load_glossary", lambda _: (glossary, []))
    return Command(["-C", str(bench.folder), "web"], bench.folder / "dist/web", OLD, NEW)


def proof_command(bench: Bench, patch: pytest.MonkeyPatch) -> Command:
    proof = cheatsheet.build.proof
    read = proofread(bench.folder)
    patch.setattr(proof, "proofread", lambda _: read)
    drawn = {"compost": Image.effect_noise((120, 120), 99)}  # more than a full disk takes
    patch.setattr(proof, "draw_pictures", lambda *_: (drawn, []))
    arguments = ["-C", str(bench.folder), "proof", "--pictures"]
    command = Command(arguments, bench.folder / "dist/proof", OLD, {})
    command.run()
    command.new = written(command.folder)
    return command


def newsletter_command(bench: Bench, patch: pytest.MonkeyPatch, *issue: str) -> Command:
    publishing = cheatsheet.newsletter.publishing
    read = proofread(bench.folder)
    patch.setattr(publishing, "proofread", lambda _: read)
    patch.setattr(publishing, "check_files", lambda *_: [])
    patch.setattr(publishing, "_draw", lambda *_: ({}, []))
    files = {publishing.FOLDER / name: b"new" for name in ("01-compost.md", "01-compost.eml")}
    patch.setattr(publishing, "make_files", lambda *_: dict(files))
    folder, old = bench.folder / publishing.FOLDER, {"99-gone.md": b"old", "01-compost.md": b"old"}
    command = Command(["-C", str(bench.folder), "newsletter", *issue], folder, old, {})
    replace_folder(folder, old)
    command.run()
    command.new = written(folder)
    return command


def issue_command(bench: Bench, patch: pytest.MonkeyPatch) -> Command:
    return newsletter_command(bench, patch, "compost")


def year_command(bench: Bench, patch: pytest.MonkeyPatch) -> Command:
    return newsletter_command(bench, patch, "--all", "--start", "2027-01-05")


COMMANDS: list[Callable[[Bench, pytest.MonkeyPatch], Command]] = [
    kit_command, web_command, proof_command, issue_command, year_command,
]  # fmt: skip


def test_the_commands_here_do_what_they_do(garden: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    issue = issue_command(garden, monkeypatch)
    assert set(issue.new) == {"99-gone.md", "01-compost.md", "01-compost.eml"}
    year = year_command(garden, monkeypatch)
    assert set(year.new) == {"01-compost.md", "01-compost.eml", "plan.csv"}


@pytest.mark.slow_but_first
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("make", COMMANDS)
def test_a_command_that_is_broken_off_leaves_no_half_folder_and_says_nothing_false(
    make: Callable[[Bench, pytest.MonkeyPatch], Command],
    way: str,
    garden: Bench,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    command = make(garden, monkeypatch)
    results: list[Result] = []

    def prepare() -> None:
        shutil.rmtree(command.parent, ignore_errors=True)
        replace_folder(command.folder, command.old)
        results.clear()

    def look() -> None:
        state = written(command.folder)
        assert state in (command.old, command.new)
        for result in results:
            check_what_is_said(result, changed=state == command.new)
        assert command.run().exit_code == 0
        assert written(command.folder) == command.new
        assert leftovers(command.parent) == []

    def run() -> None:
        results.append(command.run())

    assert break_off_everywhere(run, [command.parent], way, prepare, look) >= 5


def check_what_is_said(result: Result, *, changed: bool) -> None:
    """Hold what a command said and its exit code to what it did."""
    assert "Traceback" not in result.output
    assert result.exit_code in {0, 1, 130}
    if result.exit_code == 1:
        assert not changed
        assert "nothing was changed" in result.output or "stays as it was" in result.output
    if result.exit_code == 0:
        assert changed


TOO_LARGE = "File too large for this shell (`ulimit -f`)"

EDITS = {
    "rename": ["rename", "compost", "humus"],
    "new": ["new", "raised-bed", "--related", "compost", "--related", "mulch"],
    "import": ["import", "one.txt", "two.txt"],
}
"""Commands that change several files of content/, by what they are called."""


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", EDITS)
def test_an_edit_of_several_files_that_is_broken_off_says_nothing_false(
    name: str, way: str, cold_garden: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(cold_garden.folder)
    monkeypatch.setattr(interrupting, "STEPS", interrupting.WRITING)
    cold_garden.write("one.txt", "Compost\nYesterday's news\nTL;DR\nOld peels.\n")
    cold_garden.write("two.txt", "Mulch\nA blanket\nTL;DR\nOld straw.\n")
    content = cold_garden.folder / "content"
    arguments = ["-C", str(cold_garden.folder), *EDITS[name]]
    command = Command(arguments, content, written(content), {})
    assert command.run().exit_code == 0
    command.new = written(content)
    assert len(command.new.items() - command.old.items()) > 1
    results: list[Result] = []

    def prepare() -> None:
        replace_folder(content, command.old)
        results.clear()

    def look() -> None:
        whole = command.old.items() | command.new.items()
        state = dict(written(content).items() - unfinished(content).items())
        assert state.items() <= whole
        for result in results:
            assert "Traceback" not in result.output
            if "nothing was changed" in result.output:
                assert state == command.old
            assert (result.exit_code == 0) <= (state == command.new)
        if state != command.new:
            assert command.run().exit_code == 0
        assert written(content) == command.new

    def run() -> None:
        results.append(command.run())

    assert break_off_everywhere(run, [content / "terms"], way, prepare, look) >= 2


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_of_several_files_on_a_full_disk_says_what_was_changed(
    name: str, cold_garden: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(cold_garden.folder)
    cold_garden.write("one.txt", "Compost\nYesterday's news\nTL;DR\nOld peels.\n")
    cold_garden.write("two.txt", "Mulch\nA blanket\nTL;DR\nOld straw.\n")
    cold_garden.append("content/terms/mulch.yaml", f"# compost, {'long ' * 1_000}\n")
    content = cold_garden.folder / "content"
    old = written(content)
    with full_disk():
        result = CliRunner().invoke(main, [*EDITS[name], "--format", "json"])
    said, state = json.loads(result.output), written(content)
    assert (result.exit_code, said["ok"]) == (1, False)
    if name == "import":
        assert [one["changed"] for one in said["imported"]] == [["tagline", "tldr"], []]
        assert {file for file in old if state[file] != old[file]} == {"terms/compost.yaml"}
        assert said["findings"][-1]["message"] == f"it stays as it was: {TOO_LARGE}"
    else:
        assert state == old
        assert said["findings"][-1]["message"] == f"mulch.yaml: {TOO_LARGE}; nothing was changed"


@pytest.mark.parametrize("make", COMMANDS)
def test_a_command_on_a_full_disk_says_so_as_json(
    make: Callable[[Bench, pytest.MonkeyPatch], Command],
    garden: Bench,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    command = make(garden, monkeypatch)
    shutil.rmtree(command.parent, ignore_errors=True)
    replace_folder(command.folder, command.old)
    monkeypatch.setattr(
        writing, "write_files", lambda new, _: (new / "x").write_bytes(bytes(9_000))
    )
    command.arguments += ["--format", "json"]
    with full_disk():
        result = command.run()
    said = json.loads(result.output)
    assert (result.exit_code, said["ok"]) == (1, False)
    assert TOO_LARGE in said["findings"][-1]["message"]
    assert said["findings"][-1]["hint"] == LIMIT
    assert command.folder.name in said["findings"][-1]["message"]
    assert written(command.folder) == command.old


@pytest.mark.parametrize("way", WAYS)
def test_stamping_that_is_broken_off_says_which_copies_there_are(
    way: str, garden: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamping = cheatsheet.publish.stamping
    glossary, _ = load_glossary(garden.folder)
    monkeypatch.setattr(stamping, "load_whole", lambda _: (glossary, []))
    monkeypatch.setattr(stamping, "_make_press", lambda *_: Press())
    copies = garden.folder / "copies"
    garden.write(
        "buyers.csv",
        "name,email,order\nAda,ada@example.org,1\nBo,bo@example.org,2\nCy,cy@example.org,3\n",
    )
    arguments = [
        "-C", str(garden.folder), "stamp", "--csv", str(garden.folder / "buyers.csv"),
        "-o", str(copies), "--format", "json",
    ]  # fmt: skip
    whole = {
        f"garden-words_{order}.pdf": Press().copy(Buyer(name, f"{name.lower()}@example.org", order))
        for order, name in (("1", "Ada"), ("2", "Bo"), ("3", "Cy"))
    }
    results: list[Result] = []

    def prepare() -> None:
        shutil.rmtree(copies, ignore_errors=True)
        copies.mkdir()
        (copies / "garden-words_1.pdf").write_bytes(whole["garden-words_1.pdf"])
        results.clear()

    def run() -> None:
        results.append(CliRunner().invoke(main, arguments))

    def look() -> None:
        state = written(copies)
        assert state.items() <= whole.items()
        for result in results:
            said = json.loads(result.output)
            told = {Path(copy["file"]).name for key in ("written", "there") for copy in said[key]}
            assert (told == set(state)) or not told
            assert said["ok"] == (state == whole) == (result.exit_code == 0)
        run()
        assert json.loads(results[-1].output)["ok"]
        assert written(copies) == whole
        assert leftovers(copies) == []

    assert break_off_everywhere(run, [copies], way, prepare, look) >= 6


def test_a_list_on_a_full_disk_says_how_far_it_came(
    garden: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Growing(Press):
        def copy(self, buyer: Buyer) -> bytes:
            return super().copy(buyer) + bytes(2_000 * int(buyer.order))

    monkeypatch.setattr(cheatsheet.publish.stamping, "_make_press", lambda *_: Growing())
    rows = "".join(f"Ada,ada{n}@example.org,{n}\n" for n in range(1, 6))
    garden.write("buyers.csv", f"name,email,order\n{rows}")
    with full_disk():
        result = CliRunner().invoke(
            main,
            ["-C", str(garden.folder), "stamp", "--csv", str(garden.folder / "buyers.csv"),
             "-o", str(garden.folder / "copies")],
        )  # fmt: skip
    assert result.exit_code == 1
    assert "order 2 got no copy in" in result.output
    assert f"{TOO_LARGE}; 3 after it were not tried [stamp-write]" in " ".join(
        result.output.split()
    )
    assert result.output.endswith("1 copy written, 1 error.\n")
    assert list(written(garden.folder / "copies")) == ["garden-words_1.pdf"]
    with full_disk():
        result = CliRunner().invoke(
            main,
            ["-C", str(garden.folder), "stamp", "--name", "Ada", "--email", "ada@example.org",
             "--order", "2", "-o", str(garden.folder / "new/copies")],
        )  # fmt: skip
    assert result.exit_code == 1
    assert not (garden.folder / "new").exists()


def test_a_folder_that_is_taken_for_a_leftover_before_it_is_locked_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, own = list[str](), os.open

    def tidied(path: Path, flags: int, *mode: int) -> int:
        if path.name.startswith(".cheatsheet-") and not opened:
            opened.append(str(path))
            path.rmdir()  # by another process, which tidies the folder
        return own(path, flags, *mode)

    monkeypatch.setattr(os, "open", tidied)
    replace_folder(tmp_path / "kit", NEW)
    assert opened
    assert written(tmp_path / "kit") == NEW
