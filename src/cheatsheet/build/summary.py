"""The result of a build → a line of text, and JSON."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cheatsheet.build.last import Build
from cheatsheet.findings import Finding, count_findings
from cheatsheet.findings.report.escaping import printable
from cheatsheet.findings.report.result_json import json_text, made_dict

if TYPE_CHECKING:  # at run time it would bring the builder
    from cheatsheet.build.watching import Rebuild

SHOWN = 3  # files that a line names


def build_summary(build: Build) -> str:
    """Return a line that says what a build made."""
    if not build.ok:
        look = "; the rejected file is in dist/" if build.rejected else ""
        return f"Nothing was built: {count_findings(build.findings)}{look}."
    if build.unchanged:
        return (
            f"{build.pdf}: {build.pages} pages, nothing has changed since it was built and checked."
        )
    checked = build.counts
    warned = f"; {count_findings(build.findings)}" if build.findings else ""
    terms = "1 term" if build.terms == 1 else f"{build.terms} terms"
    stages = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in build.seconds.items())
    return (
        f"{build.pdf}: {build.pages} pages, {terms}, {checked['links']} links checked, "
        f"{len(build.data) / 1024:.0f} KB, {sum(build.seconds.values()):.1f} s ({stages}){warned}"
    )


def rebuild_line(rebuild: "Rebuild") -> str:
    """Return a line: what was saved, what the rebuild did, and how long it took."""
    build, files = rebuild.build, sorted(rebuild.saved)
    named = ", ".join(map(printable, files[:SHOWN])) + (
        f" and {len(files) - SHOWN} more" if files[SHOWN:] else ""
    )
    did = f"{build.pdf} rewritten, sections laid out: {build.layouts}"
    if not build.ok:
        did = f"nothing was written: {count_findings(build.findings)}"
    return f"{named or 'all files'}: {did}, {rebuild.seconds:.1f} s"


def merged_findings(builds: Sequence[Build]) -> list[Finding]:
    """Return the findings of several editions, each once: first what all share.

    The others say whose they are.
    """
    editions: dict[Finding, list[str]] = {}
    for build in builds:
        for finding in dict.fromkeys(build.findings):
            editions.setdefault(finding, []).append(build.edition)
    shared = [finding for finding, names in editions.items() if len(names) == len(builds)]
    own = (
        replace(finding, message=f"{', '.join(names)}: {finding.message}")
        for finding, names in editions.items()
        if len(names) < len(builds)
    )
    return [*shared, *own]


def build_json(build: Build) -> str:
    """Return the result of a build as JSON."""
    return json_text(_build_dict(build))


def builds_json(builds: Sequence[Build]) -> str:
    """Return the results of several editions' builds as JSON, by edition."""
    editions = {build.edition: _build_dict(build) for build in builds}
    return json_text({"ok": all(build.ok for build in builds), "editions": editions})


def _build_dict(build: Build) -> dict[str, Any]:
    """Return the result of a build as a mapping."""
    facts = {
        "pdf": build.pdf.as_posix() if build.pdf else None,
        "pages": build.pages,
        "terms": build.terms,
        "bytes": len(build.data),
        "sha256": build.sha256,
        "layouts": build.layouts,
        "seconds": {stage: round(seconds, 3) for stage, seconds in build.seconds.items()},
    }
    return made_dict(build.findings, facts, ok=build.ok)
