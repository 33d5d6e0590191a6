"""Does the preview's memory stay flat? `soak.py --minutes 30` saves again and again, and looks.

Every save changes a term's text, and every tenth the styles. The memory of the server and its two
workers (VmRSS, Linux) is looked at whenever the book is current again. Exit code 1 if the median of
the last third of the time is more than a tenth above that of the middle third.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from statistics import median

from grown import PARTS
from playwright.sync_api import Page
from previewing import generation, page_at, preview_of, wait_until_current

ROOT = Path(__file__).parent.parent
KIB = 1024
GROWTH = 1.1
STYLES_EVERY = 10  # saves


def memory_mb(pid: int) -> float:
    """Return the resident memory of a process and its children in MB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    lines = status.splitlines()  # those of a process that has just ended are without VmRSS
    own = next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)
    return own / KIB + sum(map(memory_mb, children(pid)))


def children(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]


def soak(page: Page, project: Path, pid: int, seconds: float) -> Iterator[float]:
    """Save again and again for some seconds; yield the memory in MB after each save."""
    term = min((project / "content/terms").iterdir())
    sheet = project / "styles/main.css"
    text, style = term.read_text(encoding="utf-8"), sheet.read_text(encoding="utf-8")
    end = time.monotonic() + seconds
    for number in count():
        if time.monotonic() > end:
            return
        before = generation(page)
        if number % STYLES_EVERY == STYLES_EVERY - 1:
            sheet.write_text(f"{style}\nhr {{ margin: {number}px; }}\n", encoding="utf-8")
        else:
            edited = text.replace("takeaway: ", f"takeaway: Edit {number}. ")
            term.write_text(edited, encoding="utf-8")
        wait_until_current(page, before)
        yield memory_mb(pid)


def main() -> None:
    """Soak, and say how the memory went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", nargs="?", type=Path, default=ROOT)
    parser.add_argument("--minutes", type=float, default=30)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder, "book")
        for part in PARTS:
            shutil.copytree(arguments.project / part, project / part)
        with preview_of(project) as (process, address), page_at(address) as page:
            wait_until_current(page)
            seen = list(soak(page, project, process.pid, arguments.minutes * 60))
    third = len(seen) // 3
    first, middle, last = (median(seen[n * third : (n + 1) * third]) for n in range(3))
    print(f"{len(seen)} saves; memory in MB, median of each third of the saves: ", end="")
    print(f"{first:.0f}, {middle:.0f}, {last:.0f}; most {max(seen):.0f}")
    sys.exit(last > GROWTH * middle)


if __name__ == "__main__":
    main()
