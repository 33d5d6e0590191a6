"""Findings and results → text and JSON."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.text import Text

from cheatsheet.findings import Finding, Severity, has_errors

if TYPE_CHECKING:  # at run time it would bring the renderer, which `lint` does without
    from cheatsheet.build import Build

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
    return json.dumps(_build_dict(build), indent=2)


def builds_json(builds: Sequence["Build"]) -> str:
    """Return the results of several editions' builds as JSON, by edition."""
    result = {
        "ok": all(build.ok for build in builds),
        "editions": {build.edition: _build_dict(build) for build in builds},
    }
    return json.dumps(result, indent=2)


def findings_apart(
    builds: Sequence["Build"],
) -> tuple[list[Finding], dict[str, list[Finding]]]:
    """Return the findings that all editions share, the manuscript's, and each edition's own."""
    shared = [f for f in builds[0].findings if all(f in build.findings for build in builds)]
    own = {build.edition: [f for f in build.findings if f not in shared] for build in builds}
    return shared, own


def _build_dict(build: "Build") -> dict[str, Any]:
    """Return the result of a build as a mapping."""
    return {
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
