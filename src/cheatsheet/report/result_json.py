"""Findings and results → JSON, for programs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from cheatsheet.findings import Finding

if TYPE_CHECKING:  # at run time it would bring the renderer, which `lint` does without
    from cheatsheet.build import Build
    from cheatsheet.publish.stamping import Stamping
    from cheatsheet.web import SiteBuild


def findings_json(findings: Sequence[Finding], checked: Mapping[str, int], *, ok: bool) -> str:
    """Return the result of a check or of lint as JSON."""
    result = {
        "ok": ok,
        "findings": [finding_dict(finding) for finding in findings],
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


def stamping_json(done: "Stamping") -> str:
    """Return which copies were written, which were there, and what was wrong, as JSON."""
    copies = {"written": done.written, "there": done.kept}
    result = {
        "ok": done.ok,
        **{
            key: [{"order": order, "file": path.as_posix()} for order, path in found]
            for key, found in copies.items()
        },
        "findings": [finding_dict(finding) for finding in done.findings],
    }
    return json.dumps(result, indent=2)


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


def site_json(site: "SiteBuild") -> str:
    """Return the result of a build of the site as JSON."""
    result = {
        "ok": site.ok,
        "folder": site.folder.as_posix() if site.folder else None,
        "pages": site.pages,
        "files": site.files,
        "bytes": site.size,
        "findings": [finding_dict(finding) for finding in site.findings],
    }
    return json.dumps(result, indent=2)


def finding_dict(finding: Finding) -> dict[str, Any]:
    """Return a finding as a flat mapping: code, severity, message, hint, file, line ..."""
    flat = asdict(finding)
    return {**{key: flat[key] for key in ("code", "severity", "message", "hint")}, **flat["place"]}
