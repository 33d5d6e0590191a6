"""What the renderer complains about in a style sheet → a finding with a file and a line."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from cheatsheet.findings import NOWHERE, Finding, Place
from cheatsheet.findings.suggestions import did_you_mean
from cheatsheet.pdf.properties import PROPERTIES
from cheatsheet.pdf.rules import STYLE
from cheatsheet.stylesheets import StyleFile
from cheatsheet.stylesheets.nodes import parts
from cheatsheet.stylesheets.syntax import AT_RULES, short
from cheatsheet.system.logs import collect_log

POSITION = re.compile(r" at (\d+):(\d+)")
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
IGNORED = re.compile(r"(?:Ignored|Deprecated) `(?P<name>[\w-]+) ?:(?P<value>[^`]*)`,? ?(?P<why>.*)")
UNKNOWN = re.compile(r"Unknown .*<AtRule (@[\w-]+)")
SELECTOR = re.compile(r"Invalid or unsupported selector, '(.*)'", re.DOTALL)
ELSEWHERE = "it is for browsers: take what is in it out, or leave it to the site's style sheets"
DESCRIPTORS = {"font-family", "src", "font-weight", "font-style", "font-stretch"}


def read_sheet(style: StyleFile, read: Callable[[str], Any]) -> tuple[Any, tuple[Finding, ...]]:
    """Return what the renderer's `read` makes of a style sheet, and what is wrong with it.

    At some slips it fails: then it is read part by part, and what fails first is told.
    """
    with collect_log("weasyprint") as messages:
        try:
            sheet = read(style.text)
        except (OSError, MemoryError):  # the machine's, and no sheet's
            raise
        except Exception:  # noqa: BLE001 - the renderer may fail in any way
            return read(""), (_first_failing(style, read),)
    return sheet, tuple(sheet_findings(messages, style))


def _first_failing(style: StyleFile, read: Callable[[str], Any]) -> Finding:
    """Return the finding for the first part of a style sheet that the renderer fails at."""
    for text, place in parts(style):
        try:
            read(text)
        except Exception:  # noqa: BLE001 - as above
            said = text[4:-2] if text.startswith("a { ") else text
            return STYLE.finding(f"the renderer fails at `{short(said)}`", place)
    return STYLE.finding("the renderer fails at it", Place(style.file.as_posix()))


def sheet_findings(messages: Iterable[str], style: StyleFile) -> Iterator[Finding]:
    """Yield the renderer's complaints about a style sheet, of all that one slip causes the first.

    What stands after a slip in its line is seldom another one.
    """
    lines: set[int | None] = set()
    for message in messages:
        if message.startswith("Expected a media"):  # the next says where
            continue
        finding = style_finding(message, [style])
        if finding.place.line not in lines and not (lines and message.startswith("Missing")):
            yield finding
        lines.add(finding.place.line)


def style_finding(message: str, files: list[StyleFile]) -> Finding:
    """Return a complaint of the renderer's about styles as a finding in one of the files.

    The message has a line and a column but no file, or only the words: the file is the one that
    has them.
    """
    position = POSITION.search(message)
    complaint = POSITION.sub("", message).strip().rstrip(".")
    if selector := SELECTOR.match(complaint):
        return _of_selector(selector[1].strip(), files)
    said, hint = _in_words(complaint)
    if position is None:
        return STYLE.finding(said, _file_place(files), hint)
    line, column = int(position[1]), int(position[2])
    ignored = IGNORED.match(complaint)
    name, value = (ignored["name"], ignored["value"].strip()) if ignored else ("", "")
    fitting = _files_with(files, name, line, column)
    style = fitting[0] if len(fitting) == 1 else None
    variable = VARIABLE.search(_line(style, line)[column - 1 :]) if style else None
    if complaint.endswith("no value") and variable:
        said = f"`{name}` has no value: `{variable[1]}` is not defined here"
    elif variable and complaint.endswith("invalid value"):
        token = re.compile(rf"(--[\w-]+:\s*{re.escape(value)}\s*;)")
        if declared := _find(token, files):
            return STYLE.finding(f"{said} (it is the value of `{variable[1]}`)", declared, hint)
    if style:
        return STYLE.finding(said, Place(style.file.as_posix(), line, column), hint)
    where = " or ".join(f"{one.file.as_posix()}:{line}:{column}" for one in fitting)
    return STYLE.finding(f"{said} (at {where or f'{line}:{column}'})", hint=hint)


def _in_words(complaint: str) -> tuple[str, str]:
    """Return a complaint in a designer's words, and a hint if there is a better one than usual."""
    if ignored := IGNORED.match(complaint):
        return _of_declaration(ignored["name"], ignored["value"].strip(), ignored["why"])
    if unknown := UNKNOWN.match(complaint):
        hint = ELSEWHERE if unknown[1] in AT_RULES else did_you_mean(unknown[1], AT_RULES)
        return f"the renderer knows no rule `{unknown[1]}`", hint
    return complaint, ""


def _of_declaration(name: str, value: str, why: str) -> tuple[str, str]:
    """Return why a declaration is ignored, in a designer's words, and a hint."""
    if why == "unknown property":
        return f"the renderer knows no property `{name}`", did_you_mean(name, PROPERTIES)
    if why == "invalid value":
        return f"`{name}` cannot be `{short(value)}`", ""
    if why == "no value":
        return f"`{name}` has no value", ""
    if why == "descriptor not supported":
        return f"`@font-face` has no `{name}`", did_you_mean(name, DESCRIPTORS)
    return f"`{name}: {short(value)}`: {why}", ""


def _of_selector(words: str, files: Sequence[StyleFile]) -> Finding:
    """Return the finding for words that stand where a selector should, and are none."""
    place = _find(re.compile(rf"({re.escape(words)})\s*\{{"), files) or _file_place(files)
    return STYLE.finding(f"`{short(words)}` is no selector that the renderer knows", place)


def _file_place(files: Sequence[StyleFile]) -> Place:
    """Return the file that has what is complained of, where it can only be one."""
    return Place(files[0].file.as_posix()) if len(files) == 1 else NOWHERE


def _files_with(files: list[StyleFile], name: str, line: int, column: int) -> list[StyleFile]:
    """Return the files that name a property in a line, and best a variable at the column."""
    named = [style for style in files if name in _line(style, line)]
    exact = [style for style in named if _line(style, line)[column - 1 :].startswith("var(")]
    return exact or named


def place_of_family(family: str, files: list[StyleFile]) -> Place | None:
    """Return where a style sheet first asks for a font by its family's name."""
    return _find(
        re.compile(rf"(?:font|font-family|--[\w-]+)\s*:[^;{{}}]*?({re.escape(family)})"), files
    )


def _find(pattern: re.Pattern[str], files: Iterable[StyleFile]) -> Place | None:
    """Return where the first group of a pattern first stands, if it does."""
    found = ((style, pattern.search(style.text)) for style in files)
    return next((style.place(match.start(1)) for style, match in found if match), None)


def _line(style: StyleFile, number: int) -> str:
    """Return a 1-based line of a style sheet, or nothing."""
    lines = style.text.split("\n")
    return lines[number - 1] if number <= len(lines) else ""
