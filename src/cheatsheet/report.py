"""Findings and results → text and JSON."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.text import Text

from cheatsheet.findings import Finding, Severity, has_errors

if TYPE_CHECKING:  # at run time it would bring the renderer, which `lint` does without
    from cheatsheet.build import Build
    from cheatsheet.watching import Rebuild

SHOWN = 3  # files that a line names
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
        "findings": [finding_dict(finding) for finding in findings],
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
        "findings": [finding_dict(finding) for finding in build.findings],
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


def rebuild_line(rebuild: "Rebuild") -> str:
    """Return a line: what was saved, what the rebuild did, and how long it took."""
    build, files = rebuild.build, sorted(rebuild.saved)
    named = ", ".join(files[:SHOWN]) + (f" and {len(files) - SHOWN} more" if files[SHOWN:] else "")
    did = f"{build.pdf} rewritten, {build.layouts} of {build.pages} pages laid out"
    if not build.ok:
        did = f"nothing was written: {count_findings(build.findings)}"
    return f"{named or 'all files'}: {did}, {rebuild.seconds:.1f} s"


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


def finding_dict(finding: Finding) -> dict[str, Any]:
    """Return a finding as a flat mapping: code, severity, message, hint, file, line ..."""
    flat = asdict(finding)
    return {**{key: flat[key] for key in ("code", "severity", "message", "hint")}, **flat["place"]}
