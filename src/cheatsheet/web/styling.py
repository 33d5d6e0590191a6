"""styles/web/ → the site's style sheet, its fonts with their licences, and the icons."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from cheatsheet.findings import Finding
from cheatsheet.stylesheets import declared_tokens, read_style_sheets
from cheatsheet.stylesheets.fontfiles import font_files, web_font, web_name

STYLES = PurePath("styles/web/main.css")
ICONS = PurePath("styles/icons")
STYLE_SHEET = "style.css"
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
TOKEN = re.compile(r"\s*(--[\w-]+):[^;{}]*;")
USE = re.compile(r"var\(\s*(--[\w-]+)")


@dataclass(frozen=True)
class Look:
    """What the site looks like: its files by path, the icons' names, and the styles' tokens."""

    files: Mapping[str, bytes]
    icons: frozenset[str]
    tokens: Mapping[str, str]


def make_look(project: Path, texts: Iterable[str]) -> tuple[Look, list[Finding]]:
    """Return what the site looks like, and what is wrong with the style sheets.

    The fonts have what `texts` are written with.
    """
    styles, findings = read_style_sheets(project, STYLES)
    css = _light("\n".join(style.text.strip() for style in styles) + "\n")
    fonts = [file for file in font_files(css) if (project / file).is_file()]
    for file in fonts:
        css = css.replace(f"../{file}", f"/{web_name(file)}")
    css = css.replace("@font-face {", "@font-face { font-display: swap;")
    files = {STYLE_SHEET: css.encode()}
    files |= {web_name(file): web_font(project / file, texts) for file in fonts}
    files |= dict(_licences(project, fonts))
    icons = {path.stem: path.read_bytes() for path in sorted((project / ICONS).glob("*.svg"))}
    files |= {f"icons/{name}.svg": data for name, data in icons.items()}
    return Look(files, frozenset(icons), declared_tokens(styles)), findings


def _light(css: str) -> str:
    """Return a style sheet without comments and without tokens that nothing uses."""
    css = COMMENT.sub("", css)
    used = set(USE.findall(css))
    return TOKEN.sub(lambda token: token[0] if token[1] in used else "", css)


def _licences(project: Path, fonts: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the licence beside each font, and its path on the site."""
    for folder in dict.fromkeys(PurePath(font).parent for font in fonts):
        yield f"{folder.as_posix()}/LICENSE", (project / folder / "LICENSE").read_bytes()
