"""A preview that runs, and a browser that looks at it: what benches, soak and tests share."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
LONG_MS = 600_000

# Notes, in the page, when a section's new picture has been painted: two frames after it is there.
NOTE_PAINTED = """section => {
  const element = document.querySelector(`[data-section="${section}"]`);
  const before = element.dataset.shown;
  delete document.body.dataset.painted;
  new MutationObserver((_, observer) => {
    if (!element.dataset.shown || element.dataset.shown === before) return;
    observer.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => {
      document.body.dataset.painted = Date.now();
    }));
  }).observe(element, { attributes: true, attributeFilter: ["data-shown"] });
}"""


def environment() -> dict[str, str]:
    """Return this process's environment, but with the machine's fonts.

    The renderer hides them from itself, and Chromium ends where it finds no font at all.
    """
    return {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}


@contextmanager
def preview_of(project: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start a preview; yield its process and its address.

    Its temporary files are in the folder `scratch` beside the project.
    """
    scratch = project.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    command = ("-m", "cheatsheet", "-C", str(project), "preview", "--no-browser", "--port", "0")
    with subprocess.Popen(
        [sys.executable, *command, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**environment(), "TMPDIR": str(scratch)},
    ) as process:
        try:
            said = process.stdout.readline() if process.stdout else ""
            found = re.search(r"http://\S+", said)
            if found is None:
                sys.exit(f"the preview did not start: {said}")
            yield process, found[0]
        finally:
            process.terminate()


@contextmanager
def browser_open() -> Iterator[Browser]:
    """Start the machine's Chromium; Playwright's own browsers are not used."""
    if CHROMIUM is None:
        sys.exit("no Chromium was found")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"], env=dict(environment())
        )
        yield browser
        browser.close()


@contextmanager
def page_at(address: str) -> Iterator[Page]:
    """Open a browser at an address."""
    with browser_open() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(LONG_MS)
        page.goto(address)
        yield page


def wait_until_current(page: Page, after: str = "") -> None:
    """Wait until the whole book is bound and every page is current.

    `after` is a generation that is not meant: that of the state before the last save.
    """
    newer = f'#status:not([data-generation="{after}"])'
    page.wait_for_selector(f"{newer}[data-state=current], {newer}[data-state=refused]")


def wait_until_shown(page: Page, after: str) -> None:
    """Wait until every page is current, whether or not the whole book is bound already."""
    page.wait_for_selector(f'#status[data-old="0"]:not([data-generation="{after}"])')


def generation(page: Page) -> str:
    """Return the number of the state that is shown."""
    return str(page.get_attribute("#status", "data-generation"))


def save_to_pixels(page: Page, section: str, path: Path, text: str) -> float:
    """Save a file; return the ms until a section's new picture has been painted."""
    page.evaluate(NOTE_PAINTED, section)
    start = time.time()
    path.write_text(text, encoding="utf-8")
    page.wait_for_selector("body[data-painted]", state="attached")
    painted = float(page.evaluate("() => document.body.dataset.painted"))
    return painted - start * 1000
