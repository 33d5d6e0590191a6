"""From a file's save to new pixels in a browser, beside plain WeasyPrint: part of `make bench`.

The book is the real one, its preview runs, and a headless Chromium shows a term's page. Beside it
stands what a designer would do without it: save, and run plain WeasyPrint on the book (plain.py).
"""

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from grown import grow_book
from playwright.sync_api import Page
from previewing import (
    generation,
    page_at,
    preview_of,
    save_to_pixels,
    wait_until_current,
)
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parent.parent
TERM = "rag"
SECTION = f"term-{TERM}"
RUNS = 20
WHOLE_RUNS = 5
PAUSE_S = 1.0
SHEETS = {  # and what is changed in each: something of its own, or another sheet would hide it
    "tokens.css": "margin-left",
    "page.css": "margin-right",
    "components/term.css": "padding-left",
    "components/tab.css": "padding-right",
    "base.css": "text-indent",
}


@dataclass
class Figures:
    """Times in s from a save to pixels, and to the whole book being current, by what is saved."""

    text: list[float] = field(default_factory=list)
    styles: list[float] = field(default_factory=list)
    whole_text: list[float] = field(default_factory=list)
    whole_styles: list[float] = field(default_factory=list)


def main() -> None:
    """Measure, and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        project = grow_book(ROOT, Path(folder), 75)
        figures, layout = measure(project), layout_seconds(project)
        rival = [plain_seconds(project) for _ in range(WHOLE_RUNS)]
    Console().print(table(figures, layout, rival))


def measure(project: Path) -> Figures:
    """Save again and again, text and styles in turn, and look at a term's page."""
    figures = Figures()
    with preview_of(project) as (_, address), page_at(f"{address}#{SECTION}") as page:
        wait_until_current(page)
        page.wait_for_selector(f'.here[data-section="{SECTION}"][data-shown]')
        for number in range(RUNS):
            whole = number % (RUNS // WHOLE_RUNS) == 0
            edit_text(page, project, figures, number, whole=whole)
            edit_styles(page, project, figures, number, whole=whole)
    return figures


def edit_text(page: Page, project: Path, figures: Figures, number: int, *, whole: bool) -> None:
    """Save the term's text."""
    path = project / f"content/terms/{TERM}.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    edited = [f"takeaway: Edit {number}." if x.startswith("takeaway:") else x for x in lines]
    seconds = save(page, path, "\n".join(edited) + "\n", figures.text, whole=whole)
    figures.whole_text.extend(seconds)


def edit_styles(page: Page, project: Path, figures: Figures, number: int, *, whole: bool) -> None:
    """Save one of the style sheets, another each time."""
    sheet, name = list(SHEETS.items())[number % len(SHEETS)]
    path = project / "styles" / sheet
    rule = f".term-tldr {{ {name}: {number + 1}pt !important; }}"
    text = f"{path.read_text(encoding='utf-8')}\n{rule}\n"
    figures.whole_styles.extend(save(page, path, text, figures.styles, whole=whole))


def save(page: Page, path: Path, text: str, pixels: list[float], *, whole: bool) -> list[float]:
    """Save a file and note the time to pixels; return that until the book is current, if asked.

    Saves are a second apart: the whole book of the last one is still being laid out then.
    """
    time.sleep(PAUSE_S)
    before, start = generation(page), time.monotonic()
    pixels.append(save_to_pixels(page, SECTION, path, text) / 1000)
    if not whole:
        return []
    wait_until_current(page, before)
    return [time.monotonic() - start]


def layout_seconds(project: Path) -> float:
    """Return the seconds that the layout takes in `cheatsheet build`."""
    command = ("-m", "cheatsheet", "-C", str(project), "build", "--format", "json")
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
    return float(json.loads(done.stdout)["seconds"]["layout"])


def plain_seconds(project: Path) -> float:
    """Return the seconds from a save to a PDF by plain WeasyPrint."""
    start = time.monotonic()
    program = (str(ROOT / "benchmarks/plain.py"), str(project), str(project / "plain.pdf"))
    subprocess.run([sys.executable, *program], check=True)
    return time.monotonic() - start


def table(figures: Figures, layout: float, rival: list[float]) -> Table:
    """Return the figures as a table."""
    rows = Table("from save to ...", "goal", "median", "95 %", title="preview, 75 terms, in s")
    for name, goal, seconds in (
        ("text: its page in the browser", "0.20", figures.text),
        ("any style sheet: the page in view", "0.30", figures.styles),
        ("text: the whole book", f"{1.2 * layout:.1f}", figures.whole_text),
        ("any style sheet: the whole book", f"{1.2 * layout:.1f}", figures.whole_styles),
        ("plain WeasyPrint: a PDF to open", "", rival),
    ):
        highest = quantiles(seconds, n=20, method="inclusive")[-1]
        rows.add_row(name, goal, f"{median(seconds):.2f}", f"{highest:.2f}")
    return rows


if __name__ == "__main__":
    main()
