"""A project's manuscript, loaded and held to the rules of the text. Needs no renderer."""

from pathlib import Path

from cheatsheet.findings import Finding
from cheatsheet.glossary import Glossary
from cheatsheet.lint import lint_glossary
from cheatsheet.manuscript import load_glossary


def proofread(project: Path, today: str = "") -> tuple[Glossary | None, list[Finding]]:
    """Return the glossary in a project folder, or None if it cannot be loaded, and all findings.

    The rules of the text are tried once every file can be loaded. What is due and which dates have
    passed is judged by the book's month, or by `today` (`2027-03-31`) where that is later.
    """
    glossary, findings = load_glossary(project)
    if glossary is not None:
        findings.extend(lint_glossary(glossary.by(today)))
    return glossary, findings
