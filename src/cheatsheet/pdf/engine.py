"""WeasyPrint, imported once and shut in: it sees the fonts and files of a style set alone.

All of WeasyPrint's names that are not its public API are used here, but for those of its line
breaking, which line_ends.py replaces.
"""

import ctypes.util
import mimetypes
import os
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote, urljoin

from cheatsheet.pdf.section import ROOT, StyleSet, plain_address
from cheatsheet.stylesheets import variable_names

# Only the project's fonts are seen: an empty Fontconfig configuration, set before Pango reads it.
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fonts.conf"))
# A search for a library runs a compiler, which takes time and leaves files where it is killed:
# WeasyPrint tries the libraries' own names on Linux, too (text/ffi.py).
search = ctypes.util.find_library
if sys.platform == "linux":
    ctypes.util.find_library = lambda name: None  # noqa: ARG005 - the name that it has
with warnings.catch_warnings():
    warnings.filterwarnings("ignore", "No fonts configured in FontConfig")
    import pydyf
    import weasyprint
    from weasyprint.css import resolve_math
    from weasyprint.css.functions import check_math
    from weasyprint.css.tokens import Pending, PercentageInMath, RelativeLengthInMath
    from weasyprint.formatting_structure import boxes
    from weasyprint.text.fonts import FontConfiguration, get_hb_object_data
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    from cheatsheet.pdf.line_ends import take_over_line_ends
ctypes.util.find_library = search

__all__ = [
    "FontConfiguration",
    "SetFetcher",
    "base_url",
    "boxes",
    "check_math",
    "font_file",
    "page_box",
    "pydyf",
    "solve_calculation",
    "solve_values",
    "variables_around",
    "variables_of",
    "weasyprint",
]


WHOLE_PX = 100.0  # of which a percentage is, where no page is known

take_over_line_ends()
# WeasyPrint complains of a variable's value only once in the life of its sheet (css/tokens.py,
# `Pending.solve`): a section's findings may not depend on what was laid out before it.
Pending._reported_error = property(lambda _: False, lambda *_: None)  # noqa: SLF001 - see above


def solve_calculation(node: Any) -> Any:
    """Return what a function's node comes to; None if it needs the page, or is no calculation."""
    try:
        return getattr(resolve_math(node, refer_to=WHOLE_PX), "value", None)
    except (PercentageInMath, RelativeLengthInMath):
        return None


def _solve_once(solve: Callable[..., Any]) -> Callable[..., Any]:
    """Return `Pending.solve` so that it keeps what a declaration says, while its variables say so.

    WeasyPrint validates a value with variables anew for each element. A variable's tokens are the
    same objects for all elements that have its value from the same declaration.
    """

    def solve_once(self: Any, tokens: list[Any], wanted_key: str, base_url: str) -> Any:
        solved = self.__dict__.setdefault("solved", {})
        key = (wanted_key, base_url, *map(id, tokens))
        if key not in solved:  # with the tokens, whose ids are theirs only as long as they live
            solved[key] = solve(self, tokens, wanted_key, base_url), tokens
        return solved[key][0]

    return solve_once


Pending.solve = _solve_once(Pending.solve)


class SetFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no annotations
    """Fetches the files of a style set, and nothing else; keeps what it refused, and why."""

    def __init__(self, styles: StyleSet) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._styles = styles
        self.refusals: dict[str, str] = {}

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return a file's content. Raises ValueError for what is not a file of the set."""
        if url.startswith("data:"):
            return super().fetch(url, headers)
        plain = plain_address(url)
        if plain not in self._styles.files:
            name = plain.removeprefix(ROOT)
            reason = f"no style sheet asks for the file `{name}`, so it is not at hand"
            self.refusals[plain] = self._styles.refused.get(plain, reason)
            raise ValueError(self.refusals[plain])
        mime = mimetypes.guess_type(plain)[0] or "application/octet-stream"
        return URLFetcherResponse(url, self._styles.files[plain], {"Content-Type": mime})


def base_url(file: str = "") -> str:
    """Return the address of a file, relative to the project, as the renderer sees it."""
    return urljoin(ROOT, quote(file))


def page_box(page: Any) -> Any:
    """Return the box of a laid-out page."""
    return page._page_box  # noqa: SLF001 - no public way


def solve_values(box: Any) -> None:
    """Solve the variables in all that a box's style says.

    WeasyPrint does so when a value is asked for, a colour's as the page is first drawn, and
    complains then only.
    """
    style = box.style
    for name, (value, _) in getattr(style, "cascaded", {}).items():
        if isinstance(value, Pending) and name not in style:
            style[name]
    for child in box.all_children():
        solve_values(child)


def variables_of(box: Any, *properties: str) -> list[str]:
    """Return the variables that a box's style gives properties by; not what it inherits."""
    cascaded = getattr(box.style, "cascaded", {})
    values = [cascaded[name][0] for name in properties if name in cascaded]
    pending = (value for value in values if isinstance(value, Pending))
    return list(dict.fromkeys(word for value in pending for word in variable_names(value.tokens)))


def variables_around(box: Any, *properties: str) -> list[str]:
    """Return the variables that give a box properties, or else the nearest box around it."""
    found = variables_of(box, *properties)
    while not found and box.style.parent_style is not None:
        box = SimpleNamespace(style=box.style.parent_style)
        found = variables_of(box, *properties)
    return found


def font_file(font: Any) -> bytes | None:
    """Return the font file that a font of a document is from; None if it is not its glyphs."""
    if font.bitmap or font.png or font.svg or font.colr or "fvar" in font.tables:
        return None
    data: bytes = get_hb_object_data(font.hb_face)
    return data
