"""The build against plain WeasyPrint, in one run: `make bench`.

Each figure is a median of paired runs in fresh processes, ours and the rival's in turn. The rival
renders the same pages as one document whose page numbers WeasyPrint counts itself (plain.py), and
checks nothing.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import yaml
from grown import grow_book
from rich.console import Console
from rich.table import Table

from cheatsheet.book import make_sections, number_pages, term_id
from cheatsheet.build import Workshop
from cheatsheet.findings import Place
from cheatsheet.html import HtmlRenderer
from cheatsheet.manuscript import load_glossary
from cheatsheet.pdf import Typesetter, read_styles

ROOT = Path(__file__).parent.parent
RUNS = 5
TERMS = 75
MANY = 750
MB = 1024  # ru_maxrss is in KiB on Linux


@dataclass(frozen=True)
class Run:
    """One process: its wall time in s, its peak memory in MB, and what it printed."""

    seconds: float
    memory: float
    output: str


def run(*arguments: str) -> Run:
    """Run a Python program to its end and measure it."""
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen([sys.executable, *arguments], stdout=output)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        if process.returncode:
            said = output.read()[-2000:]
            sys.exit(f"{' '.join(arguments)}: exit code {process.returncode}\n{said}")
        return Run(seconds, usage.ru_maxrss / MB, output.read())


def ours(project: Path) -> Run:
    """Build the book in a project folder with `cheatsheet build`."""
    return run("-m", "cheatsheet", "-C", str(project), "build", "--format", "json")


def plain(project: Path) -> Run:
    """Render the same book with plain WeasyPrint."""
    return run(str(ROOT / "benchmarks/plain.py"), str(project), str(project / "plain.pdf"))


def edit_seconds(project: Path) -> tuple[float, float]:
    """Return the seconds of an edited term's page and of the whole PDF in a warm process.

    The page's are those that a proof needs which lays out first what is in view: the manuscript is
    loaded again, and the term's section rendered and laid out.
    """
    workshop, proof = Workshop(project), Typesetter(project, read_styles(project, "print")[0])
    workshop.build()
    path = sorted((project / "content/terms").iterdir())[7]
    term = yaml.safe_load(path.read_text(encoding="utf-8"))
    pages, wholes = [], []
    for number in range(RUNS + 1):  # the first warms the proof's typesetter
        path.write_text(yaml.safe_dump({**term, "takeaway": f"Edit {number}."}), encoding="utf-8")
        start = time.perf_counter()
        lay_out_one(project, proof, path.stem)
        pages.append(time.perf_counter() - start)
        start = time.perf_counter()
        build = workshop.build()
        wholes.append(time.perf_counter() - start)
        if build.layouts != 1:
            sys.exit(f"an edited term cost {build.layouts} layouts")
    return median(pages[1:]), median(wholes[1:])


def lay_out_one(project: Path, typesetter: Typesetter, slug: str) -> None:
    """Load the manuscript and lay out one term."""
    glossary, _ = load_glossary(project)
    if glossary is None:
        sys.exit("the manuscript has errors")
    sections = make_sections(glossary)
    section = next(section for section in sections if section.id == term_id(slug))
    numbers = number_pages(sections, {})
    typesetter.lay_out(
        HtmlRenderer(glossary, sections, typesetter.tokens).render(section, numbers), Place()
    )


def compare(project: Path) -> Table:
    """Measure the book in a project folder in all ways, and return the table."""
    pairs = [(ours(project), plain(project)) for _ in range(RUNS)]
    results = [json.loads(our.output) for our, _ in pairs]
    wall = median(our.seconds / rival.seconds for our, rival in pairs)
    cold = median(our.seconds for our, _ in pairs)
    checks = median(r["seconds"]["check"] / sum(r["seconds"].values()) for r in results)
    page, whole = edit_seconds(project)
    with tempfile.TemporaryDirectory() as folder:
        many = ours(grow_book(ROOT, Path(folder), MANY)).seconds
    table = Table("measured", "goal", "figure", title=f"{TERMS} terms, {results[0]['pages']} pages")
    for name, goal, figure in (
        ("wall time / plain WeasyPrint", "<= 0.40", f"{wall:.2f}"),
        ("  ours, s", "", f"{cold:.1f}"),
        ("  plain WeasyPrint, s", "", f"{median(rival.seconds for _, rival in pairs):.1f}"),
        ("peak memory, MB", "<= 250", f"{median(our.memory for our, _ in pairs):.0f}"),
        ("  plain WeasyPrint, MB", "", f"{median(rival.memory for _, rival in pairs):.0f}"),
        ("layouts a page", "1.0", f"{results[0]['layouts'] / results[0]['pages']:.2f}"),
        ("checks / build", "<= 0.20", f"{checks:.2f}"),
        (f"time a term at {MANY} / at {TERMS}", "<= 1.15", f"{many / MANY / (cold / TERMS):.2f}"),
        ("edited term, warm: its page, s", "<= 0.10", f"{page:.2f}"),
        ("edited term, warm: whole PDF / cold build", "<= 0.40", f"{whole / cold:.2f}"),
    ):
        table.add_row(name, goal, figure)
    return table


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        Console().print(compare(grow_book(ROOT, Path(folder), TERMS)))


if __name__ == "__main__":
    main()
