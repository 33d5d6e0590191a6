"""How a command ends that is ended from outside: at once, whole, and without a traceback."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from cheatsheet.cli.program import STOPPED_SAYS
from cheatsheet.pdf.pool import LEAST_FILES, LEAST_MB
from conftest import PATIENCE, Bench, until

TMPDIR = "TMPDIR"


@pytest.fixture
def scratch() -> Iterator[Path]:
    """A folder whose name is short enough for the sockets in it (unix(7): 108 bytes)."""
    with TemporaryDirectory() as folder:
        yield Path(folder)


@contextmanager
def building(bench: Bench, scratch: Path, *options: str) -> Iterator["subprocess.Popen[str]"]:
    """Run a build without a cache, with its temporary files in the folder `scratch`."""
    command = (sys.executable, "-m", "cheatsheet", "-C", str(bench.folder), "build", "--no-cache")
    with subprocess.Popen(  # noqa: S603 - our own program
        [*command, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, TMPDIR: str(scratch)},
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def processes_in(scratch: Path) -> list[int]:
    """Return the processes that run and have their temporary files in a folder."""
    said, found = f"{TMPDIR}={scratch}".encode(), []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if said in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
        except OSError:
            continue
    return found


@pytest.mark.slow_but_first
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize(
    ("number", "code", "options"),
    [
        (signal.SIGKILL, -9, ["--all"]),
        (signal.SIGTERM, 143, []),
        (signal.SIGHUP, 129, []),
        (signal.SIGINT, 130, ["--all"]),
    ],
)
def test_a_build_that_is_ended_leaves_no_process_and_no_file_for_long(
    number: signal.Signals, code: int, options: list[str], garden: Bench, scratch: Path
) -> None:
    with building(garden, scratch, *options) as process:
        until(lambda: len(processes_in(scratch)) > 2)  # workers, and who starts them
        process.send_signal(number)
        said, _ = process.communicate(timeout=PATIENCE)
        assert process.returncode == code
        assert "Traceback" not in said
        assert said == (f"{STOPPED_SAYS}\n" if code > 0 else "")
        until(lambda: not processes_in(scratch))
    if number == signal.SIGKILL:  # what it leaves goes with the next build
        with building(garden, scratch) as process:
            process.communicate(timeout=PATIENCE)
            assert process.returncode == 0
    assert list(scratch.iterdir()) == []


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_what_starts_the_workers_never_hears_ctrl_c() -> None:
    start = (
        "from multiprocessing import forkserver; from cheatsheet.pdf.pool import start_server; "
        "start_server(); server = forkserver._forkserver._forkserver_pid; "
        "print(*[open(f'/proc/{one}/status').read().partition('SigBlk:')[2].split()[0]"
        " for one in ('self', server)])"
    )
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", start], check=True, capture_output=True, text=True, timeout=PATIENCE
    )
    ours, servers = (int(mask, 16) >> signal.SIGINT - 1 & 1 for mask in done.stdout.split())
    assert (ours, servers) == (0, 1)


@pytest.mark.parametrize("module", ["pikepdf", "pydantic"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_a_module_is_imported_ends_the_program_without_a_word(
    number: signal.Signals, module: str, tmp_path: Path
) -> None:
    """An exception in nanobind's code there is an abort, and pydantic's models would be none."""
    (tmp_path / module).mkdir()
    kill = f"import os\nos.kill(os.getpid(), {number:d})\nprint('goes on')\n"
    (tmp_path / module / "__init__.py").write_text(kill, encoding="utf-8")
    start = "import cheatsheet.cli as c, cheatsheet.__main__ as m"
    command = f"c.main = lambda **_: __import__({module!r}); m.run()"
    ended = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", f"{start}; {command}"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])},
        capture_output=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (128 + number, b"", b"")


@pytest.mark.slow_but_first
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_command_that_is_ended_as_it_loads_says_nothing_false(
    number: signal.Signals, garden: Bench
) -> None:
    start = "import cheatsheet.__main__ as m; print('!', flush=True); m.run()"
    for tenths in (2, 4, 8):
        with subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", start, "-C", str(garden.folder), "build"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            assert process.stdout
            process.stdout.read(1)
            time.sleep(tenths / 10)  # the moment is what is tried
            process.send_signal(number)
            said, _ = process.communicate(timeout=PATIENCE)
            assert "Traceback" not in said
            assert process.returncode in {0, 128 + number, -number}


def build_under(limit: str, garden: Bench) -> "subprocess.CompletedProcess[str]":
    """Build the garden book under a limit of the shell; no traceback may come of it."""
    code = f'{limit}; exec {sys.executable} -m cheatsheet -C "$1" build --no-cache'
    done = subprocess.run(  # noqa: S603 - our own program
        ["/bin/bash", "-c", code, "-", str(garden.folder)],
        check=False,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert "Traceback" not in done.stderr
    return done


@pytest.mark.slow_but_first
@pytest.mark.parametrize("files", [12, 15, 32])
def test_few_open_files_end_with_a_sentence(files: int, garden: Bench) -> None:
    done = build_under(f"ulimit -n {files}", garden)
    if files < LEAST_FILES:
        assert f"this takes {LEAST_FILES} open files, and the shell allows {files}" in done.stderr
    assert done.returncode == (files < LEAST_FILES)


@pytest.mark.slow_but_first
@pytest.mark.parametrize("kilobytes", [150_000, 300_000, 700_000])
def test_little_memory_ends_with_a_sentence(kilobytes: int, garden: Bench) -> None:
    done = build_under(f"ulimit -v {kilobytes}", garden)
    limit = kilobytes * 1024 // 1_000_000
    if limit < LEAST_MB:
        says = f"this takes {LEAST_MB} MB of memory, and the shell allows {limit}"
        assert says in done.stderr
        assert done.returncode == 1
    else:
        assert done.returncode == 0


@pytest.mark.slow
def test_json_is_whole_where_dist_cannot_be_written(garden: Bench, scratch: Path) -> None:
    (garden.folder / "dist").write_text("in the way", encoding="utf-8")
    with building(garden, scratch, "--format", "json") as process:
        said, _ = process.communicate(timeout=PATIENCE)
    answer = json.loads(said)
    assert (process.returncode, answer["ok"]) == (1, False)
    (finding,) = (one for one in answer["findings"] if one["code"] == "build-write")
    assert "dist: Not a directory" in finding["message"]


COMMANDS = [
    ["lint"],
    ["lint", "--format", "json"],
    ["new", "NOT A SLUG", "--format", "json"],
    ["--help"],
]
"""Commands that print a report, a mistake, and help."""


def printed_to(command: list[str], bench: Bench, where: int) -> "subprocess.CompletedProcess[str]":
    """Run a command with its output in an open file."""
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "cheatsheet", *command],
        check=False,
        cwd=bench.folder,
        stdout=where,
        stderr=subprocess.PIPE,
        text=True,
        timeout=PATIENCE,
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_output_that_cannot_be_written_is_said_to_be_so(command: list[str], garden: Bench) -> None:
    with Path("/dev/full").open("w") as full:
        done = printed_to(command, garden, full.fileno())
    assert done.stderr == "Error: the output cannot be written: No space left on device\n"
    assert done.returncode == 1


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_output_that_nobody_reads_ends_a_command_quietly(command: list[str], garden: Bench) -> None:
    read, write = os.pipe()
    os.close(read)
    done = printed_to(command, garden, write)
    os.close(write)
    assert (done.returncode, done.stderr) == (1, "")
