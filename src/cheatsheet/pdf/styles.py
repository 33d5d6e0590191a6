"""styles/ → an edition's style sheets, file by file, so that a mistake has a file and a line."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any

from cheatsheet.findings import NOWHERE, Finding, Place, error
from cheatsheet.pdf.engine import tinycss2

MAIN = PurePath("styles/main.css")
EDITIONS = PurePath("styles/editions")

STYLE = error(
    "css-style",
    "A style sheet has something that the renderer does not understand.",
    "mend or remove the line",
)
STYLE_FILE = error(
    "css-file",
    "A style sheet is missing, or is imported in a way that is not supported.",
    'write @import "file.css"; with a file in styles/, and nothing after the name',
)
POSITION = re.compile(r" at (\d+):(\d+)")
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
IGNORED = re.compile(r"(?:Ignored|Deprecated) `(?P<name>[\w-]+) ?: ?(?P<value>[^`]*)`")


@dataclass(frozen=True)
class StyleFile:
    """A style sheet: its file, relative to the project, and its text without imports."""

    file: PurePath
    text: str


def read_styles(project: Path, edition: str) -> tuple[list[StyleFile], list[Finding]]:
    """Return the style sheets of an edition in cascading order, and what is wrong with the files.

    Imports are followed here and not by the renderer, which would not say which file it means.
    """
    files: dict[PurePath, StyleFile] = {}
    findings: list[Finding] = []
    for root in (MAIN, EDITIONS / f"{edition}.css"):
        _read(project, root, Place(root.as_posix()), files, findings)
    return list(files.values()), findings


def declared_families(styles: list[StyleFile]) -> frozenset[str]:
    """Return the font families that the style sheets declare by @font-face."""
    return frozenset(name for style in styles for name in _families_in(style.text))


def declared_tokens(styles: list[StyleFile]) -> dict[str, str]:
    """Return the values of the custom properties that the style sheets give to the root element."""
    return {name: value for style in styles for name, value in _tokens_in(style.text)}


@lru_cache(maxsize=256)  # here and below: a warm process asks for the same sheets again and again
def _families_in(text: str) -> tuple[str, ...]:
    """Return the font families that a style sheet declares."""
    return tuple(
        token.value
        for rule in tinycss2.parse_stylesheet(text)
        if rule.type == "at-rule" and rule.lower_at_keyword == "font-face"
        for declaration in tinycss2.parse_blocks_contents(rule.content)
        if declaration.type == "declaration" and declaration.lower_name == "font-family"
        for token in declaration.value
        if token.type in {"ident", "string"}
    )


@lru_cache(maxsize=256)
def _tokens_in(text: str) -> tuple[tuple[str, str], ...]:
    """Return the (name, value) of each custom property that a style sheet gives to the root."""
    return tuple(
        (declaration.name, tinycss2.serialize(declaration.value).strip())
        for rule in tinycss2.parse_stylesheet(text)
        if rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() == ":root"
        for declaration in tinycss2.parse_blocks_contents(rule.content)
        if declaration.type == "declaration" and declaration.name.startswith("--")
    )


def style_finding(message: str, files: list[StyleFile]) -> Finding:
    """Return a complaint of the renderer's about styles as a finding in one of the files.

    The message has a line and a column but no file, or only the words: the file is the one that
    has them.
    """
    position = POSITION.search(message)
    said = POSITION.sub("", message).strip().rstrip(".")
    if position is None:
        return STYLE.finding(said, _place_of_words(message, files))
    line, column = int(position[1]), int(position[2])
    ignored = IGNORED.search(message)
    name, value = (ignored["name"], ignored["value"].strip()) if ignored else ("", "")
    style = _file_with(files, name, line, column)
    variable = VARIABLE.search(_line(style, line)[column - 1 :]) if style else None
    if said.endswith("no value") and variable:
        said = f"`{name}` has no value: `{variable[1]}` is not defined here"
    elif value and variable and (token := _token_with(files, value)):
        return STYLE.finding(f"{said} (it is the value of `{variable[1]}`)", token)
    return STYLE.finding(said, Place(style.file.as_posix() if style else None, line, column))


def _file_with(files: list[StyleFile], name: str, line: int, column: int) -> StyleFile | None:
    """Return the file that names a property in a line, and there best a variable at the column."""
    named = [style for style in files if name in _line(style, line)]
    exact = [style for style in named if _line(style, line)[column - 1 :].startswith("var(")]
    return next(iter(exact or named), None)


def _token_with(files: list[StyleFile], value: str) -> Place | None:
    """Return where a custom property is given a value."""
    given = re.compile(r"--[\w-]+:\s*" + re.escape(value) + r"\s*;")
    for style in files:
        for number, line in enumerate(style.text.split("\n"), 1):
            if match := given.search(line):
                return Place(style.file.as_posix(), number, match.start() + 1)
    return None


def _place_of_words(message: str, files: list[StyleFile]) -> Place:
    """Return where the words stand that a message without a position has in quotes."""
    quoted = re.search(r"'(.+)'", message)
    words = quoted[1].strip() if quoted else ""
    for style in files:
        for number, line in enumerate(style.text.split("\n"), 1) if words else ():
            if words in line:
                return Place(style.file.as_posix(), number, line.find(words) + 1)
    return Place(files[0].file.as_posix()) if len(files) == 1 else NOWHERE


def _read(
    project: Path,
    file: PurePath,
    asked_from: Place,
    files: dict[PurePath, StyleFile],
    findings: list[Finding],
) -> None:
    """Add a style sheet after those that it imports."""
    if file in files:
        return
    path = (project / file).resolve()
    if not path.is_relative_to(project.resolve()) or not path.is_file():
        findings.append(STYLE_FILE.finding(f"there is no file `{file}` in the project", asked_from))
        return
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        findings.append(STYLE_FILE.finding("the file is not UTF-8", Place(file.as_posix())))
        return
    files[file] = StyleFile(file, "")  # an import that leads back here ends here
    for target, line, column in _imports(text):
        place = Place(file.as_posix(), line, column)
        if target is None:
            findings.append(STYLE_FILE.finding("an import that is not supported", place))
            continue
        imported = PurePath(_normal(file.parent / target))
        _read(project, imported, place, files, findings)
    del files[file]  # it comes after those that it imports
    files[file] = StyleFile(file, _without_imports(text))


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


def _normal(path: PurePath) -> str:
    """Return a path with its `..` resolved; one that leads out of the project keeps them."""
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def _line(style: StyleFile, number: int) -> str:
    """Return a 1-based line of a style sheet, or nothing."""
    lines = style.text.split("\n")
    return lines[number - 1] if number <= len(lines) else ""
