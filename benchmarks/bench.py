"""The build against plain WeasyPrint, in one run: `make bench`.

Each figure is a median of paired runs in fresh processes, ours and the rival's in turn. The rival
renders the same pages as one document whose page numbers WeasyPrint counts itself (plain.py), and
checks nothing. With --before DIR, a checkout of an older version, which builds its own book, is a
second rival.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from grown import PARTS, grow_book
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parent.parent
RUNS = 5
TERMS, MANY = 75, 750
CACHE = ".cheatsheet_cache"
MB = 1024  # /proc tells KiB
LOOK_S = 0.1


@dataclass(frozen=True)
class Run:
    """One command: its wall time in s, the memory of its largest process and of all, in MB.

    Memory of all is proportional (PSS in proc(5)): what processes share counts once.
    """

    seconds: float
    largest: float
    together: float


def run(*arguments: str, environment: dict[str, str] | None = None) -> Run:
    """Run a Python program to its end and measure it."""
    start = time.perf_counter()
    command = [sys.executable, *arguments]
    variables = {**os.environ, **(environment or {})}
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, env=variables, start_new_session=True
        )
        largest, together = watch_memory(process)
        seconds = time.perf_counter() - start
        if process.returncode:
            output.seek(0)
            sys.exit(f"{' '.join(arguments)}: exit code {process.returncode}\n{output.read()}")
    return Run(seconds, largest, together)


def watch_memory(process: "subprocess.Popen[bytes]") -> tuple[float, float]:
    """Wait for a process; return the most memory of one process of its session, and of all."""
    largest = together = 0.0
    while process.poll() is None:
        time.sleep(LOOK_S)
        sizes = [memory_of(pid) for pid in session_of(process.pid)]
        largest = max([largest, *(resident for resident, _ in sizes)])
        together = max(together, sum(proportional for _, proportional in sizes))
    return largest, together


def session_of(leader: int) -> list[int]:
    """Return the processes of a session (proc(5), stat)."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if fields[3] == str(leader):
            found.append(int(path.parent.name))
    return found


def memory_of(pid: int) -> tuple[float, float]:
    """Return the resident and the proportional memory of a process in MB."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
    except OSError:
        return 0.0, 0.0
    sizes = {line.split(":")[0]: line.split()[1] for line in text.splitlines() if ":" in line}
    return int(sizes.get("Rss", 0)) / MB, int(sizes.get("Pss", 0)) / MB


def ours(project: Path, *options: str) -> Run:
    """Build the book in a project folder with `cheatsheet build`."""
    return run("-m", "cheatsheet", "-C", str(project), "build", *options)


def plain(project: Path) -> Run:
    """Render the same book with plain WeasyPrint."""
    return run(str(ROOT / "benchmarks/plain.py"), str(project), str(project / "plain.pdf"))


def before(project: Path, checkout: Path) -> Run:
    """Build an older book with an older version of the program, both from a checkout."""
    source = {"PYTHONPATH": str(checkout / "src")}
    return run("-m", "cheatsheet", "-C", str(project), "build", environment=source)


def cold(project: Path, *options: str) -> Run:
    """Build without anything made before."""
    shutil.rmtree(project / CACHE, ignore_errors=True)
    return ours(project, *options)


def edit(project: Path, file: str, number: int) -> None:
    """Change a word of a term, or a token of the styles."""
    path = project / file
    text = path.read_text(encoding="utf-8")
    old, new = ("takeaway: ", f"takeaway: Now {number} ")
    if file.endswith(".css"):
        old, new = text, f"{text}\n:root {{ --ink: #1d1f{number + 10}; }}\n"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def after_edit(project: Path, file: str, number: int) -> Run:
    """Build after an edit, in a new process; the edit is taken back."""
    text = (project / file).read_text(encoding="utf-8")
    edit(project, file, number)
    try:
        return ours(project)
    finally:
        (project / file).write_text(text, encoding="utf-8")


def compare(folder: Path, checkout: Path | None) -> Table:
    """Measure the book, grown in a folder, in all ways, and return the table."""
    project = grow_book(ROOT, folder / "book", TERMS)
    if checkout:
        for part in PARTS:
            shutil.copytree(checkout / part, folder / "older" / part)
    cases: dict[str, Callable[[int], Run]] = {
        "cold": lambda _: cold(project),
        "one word edited": lambda n: after_edit(project, "content/terms/rag.yaml", n),
        "one token of the styles edited": lambda n: after_edit(project, "styles/tokens.css", n),
        "nothing changed": lambda _: ours(project),
        "cold, 1 job": lambda _: cold(project, "--jobs", "1"),
        "cold, 4 jobs": lambda _: cold(project, "--jobs", "4"),
    }
    runs: dict[str, list[Run]] = {name: [] for name in cases}
    rivals: list[Run] = []
    olds: list[Run] = []
    for number in range(RUNS):
        rivals.append(plain(project))
        if checkout:
            olds.append(before(folder / "older", checkout))
        for name, case in cases.items():
            if name == "nothing changed":
                ours(project)
            runs[name].append(case(number))
    table = Table("measured", "s", "/ plain", "/ before", "largest MB", "together MB")
    rows = {**runs, "plain WeasyPrint": rivals, **({"before": olds} if olds else {})}
    for name, measured in rows.items():
        table.add_row(name, *figures(measured, rivals, olds))
    return table


def figures(runs: list[Run], rivals: list[Run], olds: list[Run]) -> list[str]:
    """Return the cells of a row: medians, and medians of ratios pair by pair."""
    ratio = median(one.seconds / rival.seconds for one, rival in zip(runs, rivals, strict=True))
    pairs = list(zip(runs, olds, strict=bool(olds)))
    old = f"{median(r.seconds / o.seconds for r, o in pairs):.2f}" if pairs else ""
    return [
        f"{median(one.seconds for one in runs):.1f}",
        f"{ratio:.2f}",
        old,
        f"{max(one.largest for one in runs):.0f}",
        f"{max(one.together for one in runs):.0f}",
    ]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--before", type=Path, help="a checkout of an older version")
    parser.add_argument("--many", action="store_true", help="750 terms, too")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        Console().print(compare(folder, arguments.before))
        if arguments.many:
            few, many = cold(folder / "book"), grow_book(ROOT, folder / "many", MANY)
            large = cold(many)
            ratio = large.seconds / MANY / (few.seconds / TERMS)
            print(
                f"time a term at {MANY} / at {TERMS}: {ratio:.2f}; largest {large.largest:.0f} MB"
            )


if __name__ == "__main__":
    main()
