"""WeasyPrint, imported once and shut in: it sees the project's fonts and files and nothing else."""

import logging
import mimetypes
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname
from weakref import finalize

# Only the project's fonts are seen: an empty Fontconfig configuration, set before Pango reads it.
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fonts.conf"))
with warnings.catch_warnings():
    warnings.filterwarnings("ignore", "No fonts configured in FontConfig")
    import pydyf
    import weasyprint
    from weasyprint.css.tokens import Pending
    from weasyprint.formatting_structure import boxes
    from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset, pango
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.text.line_break import Layout
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    from cheatsheet.pdf.line_ends import take_over_line_ends

__all__ = [
    "Fonts",
    "Pending",
    "ProjectFetcher",
    "boxes",
    "collect_log",
    "engine_versions",
    "pydyf",
    "weasyprint",
]


class _Pdf(pydyf.PDF):  # type: ignore[misc]  # pydyf has no annotations
    """A PDF that keeps its list of page references.

    pydyf 0.13 makes the list anew each time it is asked, which WeasyPrint does for each tagged
    element: a time that grows with the square of the pages.
    """

    _references: tuple[bytes, ...] = ()

    @property
    def page_references(self) -> tuple[bytes, ...]:
        """The references of all pages, in order."""
        if 3 * len(self._references) != len(self.pages["Kids"]):
            self._references = super().page_references
        return self._references


pydyf.PDF = _Pdf


_set_up_layout = Layout.setup


def _set_up_without_loss(layout: Any, style: Any) -> None:
    """Set up a text's layout, and leave its font features to it alone.

    WeasyPrint 70 holds on to each text's list of attributes and makes an attribute that it does not
    use (text/line_break.py, `Layout.setup`): 25 KB for each page that is laid out and written.
    """
    style.font_config.font_features.clear()  # they are gone with the lists that they were in
    _set_up_layout(layout, style)
    attributes = pango.pango_layout_get_attributes(layout.layout)
    if attributes != ffi.NULL:
        pango.pango_attr_list_unref(attributes)


Layout.setup = _set_up_without_loss
take_over_line_ends()


# WeasyPrint complains of a variable's value only once in the life of its sheet (css/tokens.py,
# `Pending.solve`): a process that lays out again has to hear it each time.
Pending._reported_error = property(lambda _: False, lambda *_: None)  # noqa: SLF001 - see above


class Fonts(FontConfiguration):  # type: ignore[misc]  # WeasyPrint has no annotations
    """The fonts of some style sheets; the folder of their copies goes when the process ends.

    WeasyPrint's own goes only with the object (text/fonts.py, `__del__`), which may outlive all.
    """

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path(mkdtemp(prefix="cheatsheet-"))
        finalize(self, rmtree, self._folder, ignore_errors=True)


class ProjectFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no annotations
    """Fetches files of one folder, and nothing else; remembers what it refused, and why."""

    def __init__(self, root: Path) -> None:
        super().__init__(allowed_protocols=("file", "data"), allow_redirects=False)
        self._root = root.resolve()
        self.refusals: dict[str, str] = {}

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return a file's content. Raises ValueError for what is not a file in the folder."""
        if url.startswith("data:"):
            return super().fetch(url, headers)
        path = self._path_of(url)
        mime = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": mime})

    def _path_of(self, url: str) -> Path:
        """Return the file behind an address, links followed and dots resolved."""
        parts = urlsplit(url)
        if parts.scheme != "file" or parts.netloc:
            raise self._refusal(url, f"{url} is not a file of the project")
        path = Path(url2pathname(unquote(parts.path))).resolve()
        if not path.is_relative_to(self._root):
            raise self._refusal(url, f"a path leads out of the project folder, to `{path.name}`")
        if not path.is_file():
            name = path.relative_to(self._root).as_posix()
            raise self._refusal(url, f"there is no file `{name}`")
        return path

    def _refusal(self, url: str, reason: str) -> ValueError:
        """Remember a refused address and return the error to raise."""
        self.refusals[url] = reason
        return ValueError(reason)


class _Collector(logging.Handler):
    """Keeps what WeasyPrint logs at WARNING and above, each message once, in order."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record's message."""
        self.messages[record.getMessage()] = None


@contextmanager
def collect_log() -> Iterator[dict[str, None]]:
    """Collect WeasyPrint's complaints while the body runs: the keys of the mapping it yields."""
    collector = _Collector()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(collector)
    try:
        yield collector.messages
    finally:
        logger.removeHandler(collector)


def engine_versions() -> dict[str, str]:
    """Return the versions of what the PDF's bytes depend on besides the project itself."""
    subset = "fontTools" if harfbuzz_subset is None else f"HarfBuzz {_harfbuzz_version()}"
    number = pango.pango_version()
    return {
        "WeasyPrint": weasyprint.__version__,
        "pydyf": pydyf.VERSION,
        "Pango": f"{number // 10000}.{number // 100 % 100}.{number % 100}",
        "fonts subset by": subset,
    }


def _harfbuzz_version() -> str:
    """Return HarfBuzz's version; it is asked by bounds, the only way that WeasyPrint declares."""
    found: list[int] = []
    for rest in (2, 1, 0):
        part = 0
        while harfbuzz.hb_version_atleast(*found, part + 1, *[0] * rest):
            part += 1
        found.append(part)
    return ".".join(map(str, found))
