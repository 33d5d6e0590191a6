"""A preview that runs, and a browser that looks at it: what the bench and the soak share."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FONTS = "FONTCONFIG_FILE"  # the renderer sees the book's fonts alone, a browser the system's
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


@contextmanager
def preview_of(project: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start a preview; yield its process and its address."""
    command = ("-m", "cheatsheet", "-C", str(project), "preview", "--no-browser", "--port", "0")
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True) as process:
        try:
            said = process.stdout.readline() if process.stdout else ""
            found = re.search(r"http://\S+", said)
            if found is None:
                sys.exit(f"the preview did not start: {said}")
            yield process, found[0]
        finally:
            process.terminate()


@contextmanager
def page_at(address: str) -> Iterator[Page]:
    """Open a browser at an address."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        sys.exit("no Chromium was found")
    with sync_playwright() as playwright:
        environment = {name: value for name, value in os.environ.items() if name != FONTS}
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"], env=dict(environment)
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(LONG_MS)
        page.goto(address)
        yield page
        browser.close()


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
