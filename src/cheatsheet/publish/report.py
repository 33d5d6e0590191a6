"""What stamping did → text and JSON."""

import json
from dataclasses import asdict
from typing import Any

from cheatsheet.publish.stamping import Stamping


def stamping_json(done: Stamping) -> str:
    """Return which copies were written, which were there, and what was wrong, as JSON."""
    copies = {"written": done.written, "there": done.kept}
    result = {
        "ok": done.ok,
        **{
            key: [{"order": order, "file": path.as_posix()} for order, path in found]
            for key, found in copies.items()
        },
        "findings": [_flat(asdict(finding)) for finding in done.findings],
    }
    return json.dumps(result, indent=2)


def stamping_summary(done: Stamping) -> str:
    """Return a line that says how many copies were made."""
    parts = [f"{len(done.written)} copies written"]
    if done.kept:
        parts.append(f"{len(done.kept)} were there already")
    if done.findings:
        parts.append(f"{len(done.findings)} to mend")
    return ", ".join(parts) + "."


def _flat(finding: dict[str, Any]) -> dict[str, Any]:
    """Return a finding with its place's file, line, column and page beside its code."""
    place: dict[str, Any] = finding["place"]
    return {key: finding[key] for key in finding if key != "place"} | place
