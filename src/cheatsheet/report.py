"""Findings and results → text and JSON."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.text import Text

from cheatsheet.findings import Finding, Severity, has_errors

if TYPE_CHECKING:  # at run time it would bring the renderer, which `lint` does without
    from cheatsheet.build import Build
    from cheatsheet.importer import Imported
    from cheatsheet.newsletter import Publication

DIFFERENCE = {"+": "green", "-": "red", "@": "cyan"}
STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow"}


def finding_text(finding: Finding) -> Text:
    """Return a finding as two lines: where, what and its code; how to mend it."""
    place = str(finding.place)
    text = Text(f"{place}: " if place else "")
    text.append(finding.severity.value, STYLES[finding.severity])
    text.append(f": {finding.message} ")
    text.append(f"[{finding.code}]", "dim")
    if finding.hint:
        text.append(f"\n    {finding.hint}", "italic")
    return text


def findings_json(findings: Sequence[Finding], checked: Mapping[str, int]) -> str:
    """Return the result of a check or of lint as JSON."""
    result = {
        "ok": not has_errors(findings),
        "findings": [_finding_dict(finding) for finding in findings],
        "checked": dict(checked),
    }
    return json.dumps(result, indent=2)


def build_json(build: "Build") -> str:
    """Return the result of a build as JSON."""
    result = {
        "ok": build.ok,
        "pdf": build.pdf.as_posix() if build.pdf else None,
        "pages": build.pages,
        "terms": build.terms,
        "bytes": len(build.data),
        "sha256": build.sha256,
        "layouts": build.layouts,
        "seconds": {stage: round(seconds, 3) for stage, seconds in build.seconds.items()},
        "findings": [_finding_dict(finding) for finding in build.findings],
    }
    return json.dumps(result, indent=2)


def build_summary(build: "Build") -> str:
    """Return a line that says what a build made."""
    if not build.ok:
        look = "; the rejected PDF is beside the last good one in dist/" if build.data else ""
        return f"Nothing was built: {count_findings(build.findings)}{look}."
    checked = build.checked.counts
    return (
        f"{build.pdf}: {build.pages} pages, {build.terms} terms, {checked['links']} links checked, "
        f"{len(build.data) / 1024:.0f} KB, {sum(build.seconds.values()):.1f} s "
        f"({_stages(build.seconds)})"
    )


def import_summary(imported: "Imported", *, dry_run: bool) -> str:
    """Return a line that says what came of a published file, and one of what is to be written."""
    if not imported.ok:
        return f"{imported.source}: nothing was imported: {count_findings(imported.findings)}"
    verb = "would set" if dry_run else "set"
    said = f"{verb} {', '.join(imported.changed)}" if imported.changed else "nothing to change"
    missing = f"\n    to be written: {', '.join(imported.missing)}" if imported.missing else ""
    return f"{imported.source} -> {imported.target}: {said}{missing}"


def publication_summary(publication: "Publication") -> str:
    """Return a line for each file that was made of an issue, or one for many issues."""
    if not publication.ok:
        return f"Nothing was written: {count_findings(publication.findings)}."
    files, issues = list(publication.files), publication.issues
    if len(issues) == 1:
        return "\n".join(file.as_posix() for file in files)
    days = f", from {issues[0].day} to {issues[-1].day}" if issues[0].day else ""
    return f"{files[0].parent.as_posix()}: {len(issues)} issues, {len(files)} files{days}"


def difference_text(difference: str) -> Text:
    """Return a unified diff, coloured."""
    text = Text()
    for line in difference.splitlines(keepends=True):
        text.append(line, DIFFERENCE.get(line[:1], ""))
    return text


def counts_text(findings: Sequence[Finding], checked: Mapping[str, int]) -> str:
    """Return a line that says how much was looked at and what came of it."""
    looked_at = ", ".join(f"{number} {name}" for name, number in checked.items())
    return f"{looked_at or 'Checked'}: {count_findings(findings)}"


def count_findings(findings: Iterable[Finding]) -> str:
    """Return `2 errors, 1 warning`, or `nothing to mend`."""
    severities = [finding.severity for finding in findings]
    counts = {severity.value: severities.count(severity) for severity in Severity}
    parts = [f"{n} {name}{'s' if n > 1 else ''}" for name, n in counts.items() if n]
    return ", ".join(parts) or "nothing to mend"


def _stages(seconds: Mapping[str, float]) -> str:
    """Return each stage's name and seconds."""
    return ", ".join(f"{stage} {time:.1f}" for stage, time in seconds.items())


def _finding_dict(finding: Finding) -> dict[str, Any]:
    """Return a finding as a flat mapping: code, severity, message, hint, file, line ..."""
    flat = asdict(finding)
    return {**{key: flat[key] for key in ("code", "severity", "message", "hint")}, **flat["place"]}
