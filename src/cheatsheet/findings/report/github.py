"""Findings → GitHub annotations: workflow commands that a runner shows at a file's line.

The form is that of GitHub's page "Workflow commands"; the escapes are those of actions/toolkit,
packages/core/src/command.ts.
"""

from collections.abc import Iterable, Mapping
from pathlib import PurePath

from cheatsheet.findings import Finding
from cheatsheet.findings.report.escaping import printable_finding, printable_lines

IN_MESSAGES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
IN_PROPERTIES = IN_MESSAGES | {":": "%3A", ",": "%2C"}


def github_report(findings: Iterable[Finding], folder: PurePath, summary: str) -> str:
    """Return an annotation a finding, and a line that says what came of it.

    `folder` is the project's, relative to the repository's root, where GitHub looks for files.
    """
    lines = [_annotation(printable_finding(finding), folder) for finding in findings]
    return "\n".join([*lines, printable_lines(summary)])


def _annotation(finding: Finding, folder: PurePath) -> str:
    """Return a finding as a workflow command."""
    place = finding.place
    known = {
        "file": (folder / place.file).as_posix() if place.file else None,
        "line": place.line,
        "col": place.column,
        "title": finding.code,
    }
    said = (f"{key}={_escaped(str(v), IN_PROPERTIES)}" for key, v in known.items() if v is not None)
    page = f"page {place.page}: " if place.page is not None else ""
    message = _escaped(f"{page}{finding.message}\n{finding.hint}", IN_MESSAGES)
    return f"::{finding.severity.value} {','.join(said)}::{message}"


def _escaped(text: str, escapes: Mapping[str, str]) -> str:
    """Return a text with the characters replaced that would end a command or a property."""
    return "".join(escapes.get(character, character) for character in text)
