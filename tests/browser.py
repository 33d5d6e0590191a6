"""A real browser for the tests that need one: the machine's Chromium, driven by Playwright.

`browser` is a fixture, known to all tests through conftest.py.
"""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from previewing import CHROMIUM, browser_open

NODE_MODULES = Path(__file__).parent.parent / "node_modules"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = "only => axe.run({runOnly: only, resultTypes: ['violations']})"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("needs Chromium")
    with browser_open() as chromium:
        yield chromium


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files and tells nobody."""

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of this machine; yield its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def npm_file(name: str) -> Path:
    """Return a file of an npm package that package-lock.json has; without npm, skip the test."""
    if shutil.which("npm") is None:
        pytest.skip("needs npm")
    path = NODE_MODULES / name
    assert path.is_file(), "run: npm ci --ignore-scripts"
    return path


def breaches(page: Page, *rules: str) -> list[str]:
    """Return where a page breaks rules of axe-core: by default, all of WCAG 2.2 at A and AA."""
    page.evaluate(npm_file("axe-core/axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(AXE, list(rules) or WCAG)["violations"]
    return [f"{v['id']}: {node['html']}" for v in found for node in v["nodes"]]
