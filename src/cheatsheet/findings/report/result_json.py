"""Findings and results → JSON, for programs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from cheatsheet.findings import Finding
from cheatsheet.findings.report.escaping import shortened


def made_json(findings: Sequence[Finding], facts: Mapping[str, Any], *, ok: bool) -> str:
    """Return what a command made, by the names of `facts`, and what it found, as JSON."""
    return json_text(made_dict(findings, facts, ok=ok))


def made_dict(findings: Sequence[Finding], facts: Mapping[str, Any], *, ok: bool) -> dict[str, Any]:
    """Return the same as a mapping."""
    return {"ok": ok, **facts, "findings": [finding_dict(finding) for finding in findings]}


def json_text(result: Mapping[str, Any]) -> str:
    """Return a result as JSON, in ASCII; nothing in it is a command to a CI's runner."""
    text = json.dumps(result, indent=2)
    return text.replace("##[", r"#\u0023[").replace("##vso[", r"#\u0023vso[")


def finding_dict(finding: Finding) -> dict[str, Any]:
    """Return a finding as a flat mapping: code, severity, message, hint, file, line ..."""
    flat = asdict(finding) | {
        "message": shortened(finding.message),
        "hint": shortened(finding.hint),
    }
    return {**{key: flat[key] for key in ("code", "severity", "message", "hint")}, **flat["place"]}
