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
    wait_until_shown,
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
    """Times in s from a save to pixels, to every page being current, and to the PDF."""

    in_view: list[float] = field(default_factory=list)
    all_pages: list[float] = field(default_factory=list)
    pdf: list[float] = field(default_factory=list)


def main() -> None:
    """Measure, and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        project = grow_book(ROOT, Path(folder, "book"), 75)
        (text, styles), layout = measure(project), layout_seconds(project)
        rival = [plain_seconds(project) for _ in range(WHOLE_RUNS)]
    Console().print(table(text, styles, layout, rival))


def measure(project: Path) -> tuple[Figures, Figures]:
    """Save again and again, text and styles in turn, and look at a term's page."""
    text, styles = Figures(), Figures()
    with preview_of(project) as (_, address), page_at(f"{address}#{SECTION}") as page:
        wait_until_current(page)
        page.wait_for_selector(f'.here[data-section="{SECTION}"][data-shown]')
        for number in range(RUNS):
            whole = number % (RUNS // WHOLE_RUNS) == 0
            edit_text(page, project, text, number, whole=whole)
            edit_styles(page, project, styles, number, whole=whole)
    return text, styles


def edit_text(page: Page, project: Path, figures: Figures, number: int, *, whole: bool) -> None:
    """Save the term's text."""
    path = project / f"content/terms/{TERM}.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    edited = [f"takeaway: Edit {number}." if x.startswith("takeaway:") else x for x in lines]
    save(page, path, "\n".join(edited) + "\n", figures, whole=whole)


def edit_styles(page: Page, project: Path, figures: Figures, number: int, *, whole: bool) -> None:
    """Save one of the style sheets, another each time."""
    sheet, name = list(SHEETS.items())[number % len(SHEETS)]
    path = project / "styles" / sheet
    rule = f".term-tldr {{ {name}: {number + 1}pt !important; }}"
    text = f"{path.read_text(encoding='utf-8')}\n{rule}\n"
    save(page, path, text, figures, whole=whole)


def save(page: Page, path: Path, text: str, figures: Figures, *, whole: bool) -> None:
    """Save a file and note the time to pixels, and that until all is current, if asked.

    Saves are a second apart: the whole book of the last one is still being laid out then.
    """
    time.sleep(PAUSE_S)
    before, start = generation(page), time.monotonic()
    figures.in_view.append(save_to_pixels(page, SECTION, path, text) / 1000)
    if whole:
        wait_until_shown(page, before)
        figures.all_pages.append(time.monotonic() - start)
        wait_until_current(page, before)
        figures.pdf.append(time.monotonic() - start)


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


def table(text: Figures, styles: Figures, layout: float, rival: list[float]) -> Table:
    """Return the figures as a table."""
    rows = Table("from save to ...", "goal", "median", "95 %", title="preview, 75 terms, in s")
    whole = f"{1.2 * layout:.1f}"
    for name, goal, seconds in (
        ("text: its page in the browser", "0.20", text.in_view),
        ("any style sheet: the page in view", "0.30", styles.in_view),
        ("text: every page of the book", whole, text.all_pages),
        ("any style sheet: every page of the book", whole, styles.all_pages),
        ("text: the book's PDF", "", text.pdf),
        ("any style sheet: the book's PDF", "", styles.pdf),
        ("plain WeasyPrint: a PDF to open", "", rival),
    ):
        highest = quantiles(seconds, n=20, method="inclusive")[-1]
        rows.add_row(name, goal, f"{median(seconds):.2f}", f"{highest:.2f}")
    return rows


if __name__ == "__main__":
    main()
