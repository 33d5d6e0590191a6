"""Findings → text, with colour where it is shown on a terminal."""

from collections.abc import Iterable, Mapping, Sequence

from rich.text import Text

from cheatsheet.findings import Finding, Severity, count_findings
from cheatsheet.findings.report.escaping import printable, printable_finding

DIFFERENCE = {"+": "green", "-": "red", "@": "cyan"}
STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow"}


def finding_text(finding: Finding) -> Text:
    """Return a finding as two lines: where, what and its code; how to correct it."""
    finding = printable_finding(finding)
    place = str(finding.place)
    text = Text(f"{place}: " if place else "")
    text.append(finding.severity.value, STYLES[finding.severity])
    text.append(f": {finding.message} ")
    text.append(f"[{finding.code}]", "dim")
    if finding.hint:
        text.append(f"\n    {finding.hint}", "italic")
    return text


def grouped_by_file(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Return the findings of each file together, in its order."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.place.file or "", []).append(finding)
    return [sorted(group, key=_order) for group in groups.values()]


def _order(finding: Finding) -> tuple[int, int, int]:
    """Return what findings in a file are sorted by: line, column and page."""
    place = finding.place
    return place.line or 0, place.column or 0, place.page or 0


def difference_text(difference: str) -> Text:
    """Return a unified diff, coloured."""
    text = Text()
    for line in difference.split("\n")[:-1]:  # it ends with a line's end
        text.append(f"{printable(line)}\n", DIFFERENCE.get(line[:1], ""))
    return text


def counts_text(findings: Sequence[Finding], checked: Mapping[str, int]) -> str:
    """Return a line that says how much was looked at and what came of it."""
    names = ((name.removesuffix("s") if n == 1 else name, n) for name, n in checked.items())
    looked_at = ", ".join(f"{number} {name}" for name, number in names)
    return f"{looked_at or 'Checked'}: {count_findings(findings)}"
