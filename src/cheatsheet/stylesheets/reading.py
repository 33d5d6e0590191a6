"""styles/ → an edition's style sheets, file by file."""

import re
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any

import tinycss2

from cheatsheet.files import FILE, read_text
from cheatsheet.findings import Finding, Place, error
from cheatsheet.stylesheets.sheet import StyleFile, normal_path
from cheatsheet.stylesheets.slips import find_slips

MAIN = PurePath("styles/main.css")
EDITIONS = PurePath("styles/editions")

STYLE_FILE = error(
    "css-file",
    "A style sheet is missing, or is imported in a way that is not supported.",
    'write @import "file.css"; with a file in styles/, and nothing after the name',
)


def read_styles(project: Path, edition: str) -> tuple[list[StyleFile], list[Finding]]:
    """Return an edition's style sheets in cascading order, and what is wrong with them."""
    return read_style_sheets(project, MAIN, EDITIONS / f"{edition}.css")


def read_style_sheets(project: Path, *roots: PurePath) -> tuple[list[StyleFile], list[Finding]]:
    """Return style sheets after those that they import, and what is wrong with them.

    `roots` are relative to the project. Imports are followed here and not by the renderer, which
    would not say which file it means.
    """
    files: dict[PurePath, StyleFile] = {}
    findings: list[Finding] = []
    resolved = project.resolve()
    for root in roots:
        _read(resolved, root, Place(root.as_posix()), files, findings)
    styles = list(files.values())
    return styles, [*findings, *find_slips(styles)]


def _read(
    project: Path,
    file: PurePath,
    asked_from: Place,
    files: dict[PurePath, StyleFile],
    findings: list[Finding],
) -> None:
    """Add a style sheet after those that it imports; no link leads to the project's folder."""
    if file in files:
        return
    text, problems = read_text(project, file)
    if problems:
        findings.extend(_as_asked(problem, file, asked_from) for problem in problems)
        return
    files[file] = StyleFile(file, "")  # an import that leads back here ends here
    for target, line, column in _imports(text):
        place = Place(file.as_posix(), line, column)
        if target is None:
            findings.append(STYLE_FILE.finding("an import that is not supported", place))
            continue
        imported = PurePath(normal_path(file.parent / target))
        _read(project, imported, place, files, findings)
    del files[file]  # it comes after those that it imports
    files[file] = StyleFile(file, _without_imports(text))


def _as_asked(problem: Finding, file: PurePath, asked_from: Place) -> Finding:
    """Return why a style sheet cannot be read; one that is not there, where it is asked for."""
    if problem.code != FILE.code:
        return problem
    return STYLE_FILE.finding(f"`{file.as_posix()}`: {problem.message}", asked_from)


@lru_cache(maxsize=256)
def _imports(text: str) -> tuple[tuple[str | None, int, int], ...]:
    """Return (target or None if it is not plain, line, column) of each import in a style sheet."""
    return tuple(
        (_target(rule), rule.source_line, rule.source_column)
        for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
        if rule.type == "at-rule" and rule.lower_at_keyword == "import"
    )


def _target(rule: Any) -> str | None:
    """Return the file that an @import names, or None if it says more than that."""
    tokens = [token for token in rule.prelude if token.type != "whitespace"]
    plain = len(tokens) == 1 and tokens[0].type in {"string", "url"}
    return tokens[0].value if plain and ":" not in tokens[0].value else None


def _without_imports(text: str) -> str:
    """Return a style sheet with its imports blanked out, every other character in its place."""
    lines = text.split("\n")
    for _, line, column in _imports(text):
        start = sum(len(before) + 1 for before in lines[: line - 1]) + column - 1
        end = text.find(";", start) + 1 or len(text)
        blank = re.sub(r"[^\n]", " ", text[start:end])
        text = text[:start] + blank + text[end:]
    return text
