"""styles/epub/ → the EPUB's style sheet, and its fonts with their licences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cheatsheet.findings import Finding
from cheatsheet.pdf.browsers import browser_findings
from cheatsheet.stylesheets import READERS, StyleFile, declared_tokens, read_style_sheets
from cheatsheet.stylesheets.fontfiles import read_fonts, readdressed, reader_font


@dataclass(frozen=True)
class Look:
    """What an EPUB looks like: its files by path, the styles and tokens, and what is wrong."""

    styles: tuple[StyleFile, ...]
    files: Mapping[str, bytes] = field(repr=False)
    tokens: Mapping[str, str]
    findings: tuple[Finding, ...]


def make_look(project: Path, texts: Iterable[str]) -> Look:
    """Return what an EPUB looks like; the fonts have what `texts` are written with."""
    styles, findings = read_style_sheets(project, READERS)
    findings = findings or [*browser_findings(styles)]  # what is not closed swallows others
    css = "\n".join(style.text.strip() for style in styles if style.text.strip()) + "\n"
    letters = frozenset().union(*texts)
    read = read_fonts(project, css)
    css = readdressed(css, {file: file for file in read.fonts})
    files = {file: reader_font(data, letters) for file, data in read.fonts.items()}
    files |= {f"{name}.txt": data for name, data in read.licences.items()}
    found = (*findings, *read.findings)
    return Look(tuple(styles), {"style.css": css.encode(), **files}, declared_tokens(styles), found)
