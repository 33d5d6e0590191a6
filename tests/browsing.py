"""A preview that runs on a project, and a browser that looks at it."""

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, Response
from previewing import preview_of

from conftest import Bench

PATIENCE_MS = 60_000


@dataclass
class Preview:
    """A preview that runs: its project, process and address."""

    bench: Bench
    process: subprocess.Popen[str]
    address: str


@contextmanager
def previewing(bench: Bench, *options: str) -> Iterator[Preview]:
    """Run a preview of a project."""
    with preview_of(bench.folder, *options) as (process, address):
        yield Preview(bench, process, address)


@dataclass
class Look:
    """A browser's page that shows a preview; `complaints` are what its console said."""

    preview: Preview
    page: Page
    complaints: list[str] = field(default_factory=list)
    pictures: list[Response] = field(default_factory=list)

    @property
    def bench(self) -> Bench:
        return self.preview.bench

    def open(self, place: str = "") -> None:
        self.page.goto(self.preview.address + place)

    def await_state(self, *states: str, after: str = "") -> None:
        """Wait for a state of the book, of another generation than `after`."""
        newer = f'#status:not([data-generation="{after}"])'
        self.page.wait_for_selector(", ".join(f"{newer}[data-state={state}]" for state in states))

    @property
    def generation(self) -> str:
        return self.page.get_attribute("#status", "data-generation") or ""

    def section(self, name: str) -> Locator:
        return self.page.locator(f'[data-section="{name}"]').first

    def shown(self, name: str) -> str:
        """Return what a section's picture on the screen was made of."""
        return self.section(name).get_attribute("data-shown") or ""

    def await_picture(self, name: str, other_than: str = "") -> None:
        """Wait until a section's picture is on the screen, and not the one that was."""
        self.page.wait_for_selector(
            f'[data-section="{name}"][data-shown]:not([data-shown="{other_than}"]) img'
        )

    def pixels(self, name: str) -> bytes:
        """Return a picture of what is on the screen of a section's first page."""
        return self.section(name).locator(".sheet.now").screenshot()

    @property
    def scrolled(self) -> float:
        return float(self.page.evaluate("() => document.querySelector('#pages').scrollTop"))


@contextmanager
def looking(preview: Preview, browser: Browser, dots: float = 1) -> Iterator[Look]:
    """Look at a preview in a new window; at the end the console must have said nothing."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, device_scale_factor=dots, reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    look = Look(preview, page)
    page.on("console", lambda message: look.complaints.append(message.text))
    page.on("pageerror", lambda problem: look.complaints.append(str(problem)))
    page.on("response", lambda r: look.pictures.append(r) if "/pictures/" in r.url else None)
    yield look
    context.close()
    assert look.complaints == []


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the files of a project by name."""
    paths = [path for part in ("content", "styles", "dist") for path in (folder / part).rglob("*")]
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()
    }


def restore(folder: Path, kept: Mapping[str, bytes]) -> bool:
    """Put a project's files back as they were; tell whether one had changed."""
    now = files_of(folder)
    for name in now.keys() - kept.keys():
        (folder / name).unlink()
    changed = {name: data for name, data in kept.items() if now.get(name) != data}
    for name, data in changed.items():
        (folder / name).write_bytes(data)
    return now != kept
