"""Findings ⇄ JSON, to be kept or to come from another process."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from cheatsheet.findings import Finding, Place, Severity


def pack_findings(findings: Sequence[Finding]) -> bytes:
    """Return findings as JSON."""
    return json.dumps([asdict(finding) for finding in findings]).encode()


def unpack_findings(data: bytes) -> tuple[Finding, ...]:
    """Return the findings that were packed into bytes."""
    return tuple(map(as_finding, json.loads(data)))


def as_finding(value: Mapping[str, Any]) -> Finding:
    """Return a finding that was read from JSON."""
    place, severity = Place(**value["place"]), Severity(value["severity"])
    return Finding(**{**value, "place": place, "severity": severity})
