"""What the renderer complains about in a style sheet → a finding with a file and a line."""

import re

from cheatsheet.findings import NOWHERE, Finding, Place, error
from cheatsheet.stylesheets import StyleFile

STYLE = error(
    "css-style",
    "A style sheet has something that the renderer does not understand.",
    "fix or remove the line",
)
POSITION = re.compile(r" at (\d+):(\d+)")
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
IGNORED = re.compile(r"(?:Ignored|Deprecated) `(?P<name>[\w-]+) ?: ?(?P<value>[^`]*)`")


def style_finding(message: str, files: list[StyleFile]) -> Finding:
    """Return a complaint of the renderer's about styles as a finding in one of the files.

    The message has a line and a column but no file, or only the words: the file is the one that
    has them.
    """
    position = POSITION.search(message)
    said = POSITION.sub("", message).strip().rstrip(".")
    if position is None:
        return STYLE.finding(said, _place_of_quoted(message, files))
    line, column = int(position[1]), int(position[2])
    ignored = IGNORED.search(message)
    name, value = (ignored["name"], ignored["value"].strip()) if ignored else ("", "")
    fitting = _files_with(files, name, line, column)
    style = fitting[0] if len(fitting) == 1 else None
    variable = VARIABLE.search(_line(style, line)[column - 1 :]) if style else None
    if said.endswith("no value") and variable:
        said = f"`{name}` has no value: `{variable[1]}` is not defined here"
    elif value and variable and (token := _token_with(files, value)):
        return STYLE.finding(f"{said} (it is the value of `{variable[1]}`)", token)
    if style:
        return STYLE.finding(said, Place(style.file.as_posix(), line, column))
    where = " or ".join(f"{one.file.as_posix()}:{line}:{column}" for one in fitting)
    return STYLE.finding(f"{said} (at {where or f'{line}:{column}'})")


def _files_with(files: list[StyleFile], name: str, line: int, column: int) -> list[StyleFile]:
    """Return the files that name a property in a line, and best a variable at the column."""
    named = [style for style in files if name in _line(style, line)]
    exact = [style for style in named if _line(style, line)[column - 1 :].startswith("var(")]
    return exact or named


def _token_with(files: list[StyleFile], value: str) -> Place | None:
    """Return where a custom property is given a value."""
    return _find(re.compile(rf"(--[\w-]+:\s*{re.escape(value)}\s*;)"), files)


def place_of_family(family: str, files: list[StyleFile]) -> Place | None:
    """Return where a style sheet first asks for a font by its family's name."""
    return _find(
        re.compile(rf"(?:font|font-family|--[\w-]+)\s*:[^;{{}}]*?({re.escape(family)})"), files
    )


def _place_of_quoted(message: str, files: list[StyleFile]) -> Place:
    """Return where the words stand that a message without a position has in quotes."""
    quoted = re.search(r"'\s*(\S.*?)\s*'", message)
    found = quoted and _find(re.compile(f"({re.escape(quoted[1])})"), files)
    return found or (Place(files[0].file.as_posix()) if len(files) == 1 else NOWHERE)


def _find(pattern: re.Pattern[str], files: list[StyleFile]) -> Place | None:
    """Return where the first group of a pattern first stands, if it does."""
    for style in files:
        for number, line in enumerate(style.text.split("\n"), 1):
            if found := pattern.search(line):
                return Place(style.file.as_posix(), number, found.start(1) + 1)
    return None


def _line(style: StyleFile, number: int) -> str:
    """Return a 1-based line of a style sheet, or nothing."""
    lines = style.text.split("\n")
    return lines[number - 1] if number <= len(lines) else ""
