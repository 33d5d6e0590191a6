"""Findings and results → JSON, for programs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from cheatsheet.findings import Finding
from cheatsheet.report.escaping import shortened

if TYPE_CHECKING:  # at run time it would bring the renderer, which `lint` does without
    from cheatsheet.build.builder import Build
    from cheatsheet.importer import Imported
    from cheatsheet.publish.stamping import Stamping
    from cheatsheet.web import SiteBuild


def made_json(findings: Sequence[Finding], facts: Mapping[str, Any], *, ok: bool) -> str:
    """Return what a command made, by the names of `facts`, and what it found, as JSON."""
    result = {"ok": ok, **facts, "findings": [finding_dict(finding) for finding in findings]}
    return _dumped(result)


def build_json(build: "Build") -> str:
    """Return the result of a build as JSON."""
    return _dumped(_build_dict(build))


def builds_json(builds: Sequence["Build"]) -> str:
    """Return the results of several editions' builds as JSON, by edition."""
    result = {
        "ok": all(build.ok for build in builds),
        "editions": {build.edition: _build_dict(build) for build in builds},
    }
    return _dumped(result)


def stamping_facts(done: "Stamping") -> dict[str, Any]:
    """Return which copies were written, and which were there."""
    copies = {"written": done.written, "there": done.kept}
    return {
        key: [{"order": order, "file": path.as_posix()} for order, path in found]
        for key, found in copies.items()
    }


def import_facts(done: Sequence["Imported"]) -> dict[str, Any]:
    """Return what came of published files."""
    return {
        "imported": [
            {
                "source": str(one.source),
                "target": one.target.as_posix() if one.target else None,
                "changed": one.changed,
                "missing": one.missing,
                "difference": one.difference,
            }
            for one in done
        ]
    }


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
        "findings": [finding_dict(finding) for finding in build.findings],
    }


def site_facts(site: "SiteBuild") -> dict[str, Any]:
    """Return what a build of the site made."""
    return {
        "folder": site.folder.as_posix() if site.folder else None,
        "pages": site.pages,
        "files": site.files,
        "bytes": site.size,
    }


def _dumped(result: Mapping[str, Any]) -> str:
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
