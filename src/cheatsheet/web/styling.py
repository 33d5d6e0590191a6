"""styles/web/ → the site's style sheet, its fonts with their licences, and the icons."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from os.path import lexists
from pathlib import Path, PurePath

from cheatsheet.findings import Finding, error
from cheatsheet.pdf.browsers import browser_findings
from cheatsheet.stylesheets import (
    SITE,
    StyleFile,
    asked_addresses,
    declared_tokens,
    pixels_of,
    read_style_sheets,
)
from cheatsheet.stylesheets.fontfiles import (
    FONT_FILE,
    read_files,
    read_fonts,
    readdressed,
    web_font,
    web_name,
)
from cheatsheet.stylesheets.sheet import normal_path

LOADS = error(
    "web-loads",
    "The site's style sheets ask for what the site does not have.",
    "fonts in fonts/ are put on the site; draw the rest with CSS, or in an address of its own data",
)
ICONS = PurePath("styles/icons")
STYLE_SHEET = "style.css"
CARD_SIZE = ("--card-width", "--card-height")
"""The tokens that say how large a link preview is."""
QUOTED = r"""("[^"]*"|'[^']*')"""  # what stands in quotes stays
COMMENT = re.compile(QUOTED + r"|/\*.*?\*/\s*", re.DOTALL)
GAP = re.compile(QUOTED + r"|;?\s*(\})\s*|\s*([{;])\s*|([:,])\s+")
TOKEN = re.compile(r"""\s*(--[\w-]+):(?:"[^"]*"|'[^']*'|[^;{}"'])*;""")
USE = re.compile(r"var\(\s*(--[\w-]+)")
FACE = re.compile(r"@font-face \{[^}]*\}")
FACE_FILE = re.compile(r'url\("([^"]+)"\)')


@dataclass(frozen=True)
class Look:
    """What the site looks like: its files by path, the icons' names, and the styles' tokens.

    `fonts` are the addresses of those of headings: what is set in another one before they come
    would move the page when they do.
    """

    files: Mapping[str, bytes]
    icons: frozenset[str]
    tokens: Mapping[str, str]
    fonts: tuple[str, ...] = ()
    styles: tuple[StyleFile, ...] = ()

    @property
    def card_size(self) -> tuple[int, ...] | None:
        """A link preview's width and height in pixels, if the styles say them."""
        return pixels_of(self.tokens, *CARD_SIZE)


def make_look(project: Path, texts: Iterable[str]) -> tuple[Look, list[Finding]]:
    """Return what the site looks like, and what is wrong with the style sheets.

    The fonts have what `texts` are written with.
    """
    styles, findings = read_style_sheets(project, SITE)
    findings = findings or [*browser_findings(styles)]  # what is not closed swallows others
    css = _light("\n".join(style.text.strip() for style in styles) + "\n")
    read = read_fonts(project, css)
    findings.extend(read.findings)
    findings.extend(_not_on_the_site(project, styles))
    css = readdressed(css, {file: f"/{web_name(file)}" for file in read.fonts})
    css = css.replace("@font-face {", "@font-face { font-display: swap;")
    files = {STYLE_SHEET: GAP.sub(r"\1\2\3\4", css).encode()}
    files |= {web_name(file): web_font(data, texts) for file, data in read.fonts.items()}
    files |= read.licences
    icons = _icons(project, findings)
    files |= {f"icons/{name}.svg": data for name, data in icons.items()}
    tokens = declared_tokens(styles)
    return Look(
        files, frozenset(icons), tokens, _display_fonts(css, tokens), tuple(styles)
    ), findings


def _not_on_the_site(project: Path, styles: Iterable[StyleFile]) -> Iterator[Finding]:
    """Yield a finding for each thing that style sheets ask for and the site does not get."""
    for style in styles:
        for address, place in asked_addresses(style):
            file = normal_path(style.file.parent / address)
            is_font = FONT_FILE.fullmatch(file) and lexists(project / file)
            if not is_font and not address.startswith("data:"):
                yield LOADS.finding(f"`{address}` is no font in fonts/", place)


def _display_fonts(css: str, tokens: Mapping[str, str]) -> tuple[str, ...]:
    """Return the addresses of the font files of `--font-display`."""
    family = tokens.get("--font-display", "")
    faces = [face for face in FACE.findall(css) if family and family in face]
    return tuple(file for face in faces for file in FACE_FILE.findall(face))


def _light(css: str) -> str:
    """Return a style sheet without comments and without tokens that nothing uses."""
    css = COMMENT.sub(r"\1", css)
    used = set(USE.findall(css))
    return TOKEN.sub(lambda token: token[0] if token[1] in used else "", css)


def _icons(project: Path, findings: list[Finding]) -> dict[str, bytes]:
    """Return the icons by name, if there are any; add what is wrong with them."""
    names = sorted(path.name for path in (project / ICONS).glob("*.svg"))
    paths = [f"{ICONS.as_posix()}/{name}" for name in names]
    return {PurePath(path).stem: data for path, data in read_files(project, paths, findings)}
