"""Findings and results → text, with colour where it is shown on a terminal."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.text import Text

from cheatsheet.build.rules import UNWRITTEN
from cheatsheet.findings import Finding, Severity
from cheatsheet.report.escaping import printable, printable_finding

if TYPE_CHECKING:  # at run time it would bring the renderer, which `lint` does without
    from cheatsheet.build.builder import Build
    from cheatsheet.build.watching import Rebuild
    from cheatsheet.importer import Imported
    from cheatsheet.newsletter import Publication
    from cheatsheet.publish.compare import Comparison
    from cheatsheet.publish.kit import Kit
    from cheatsheet.publish.stamping import Stamping
    from cheatsheet.web import SiteBuild

SHOWN = 3  # files that a line names
ALIKE = 5  # findings of one rule in one file that are shown
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
    """Return the findings of each file together, as they came; those of the PDF by page."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.place.file or "", []).append(finding)
    for file, group in groups.items():
        if file:
            group.sort(key=lambda finding: (finding.place.line or 0, finding.place.column or 0))
        else:
            group.sort(key=lambda finding: finding.place.page or 0)
    return list(groups.values())


def first_of_each_rule(group: Iterable[Finding]) -> tuple[list[Finding], dict[str, int]]:
    """Return the first findings of each rule, and how many more there are by code.

    One cause, as a margin that is too narrow, may be found on every page.
    """
    shown, seen = list[Finding](), Counter[str]()
    for finding in group:
        seen[finding.code] += 1
        if seen[finding.code] <= ALIKE:
            shown.append(finding)
    return shown, {code: count - ALIKE for code, count in seen.items() if count > ALIKE}


def merged_findings(builds: Sequence["Build"]) -> list[Finding]:
    """Return the findings of several editions: those that all share once, as the manuscript's are.

    An edition's own say which it is.
    """
    shared = [f for f in builds[0].findings if all(f in build.findings for build in builds)]
    own = (
        replace(finding, message=f"{build.edition}: {finding.message}")
        for build in builds
        for finding in build.findings
        if finding not in shared
    )
    return [*shared, *own]


def build_summary(build: "Build") -> str:
    """Return a line that says what a build made."""
    if not build.ok:
        is_there = build.data and all(f.code != UNWRITTEN.code for f in build.findings)
        look = "; the rejected file is in dist/" if is_there else ""
        return f"Nothing was built: {count_findings(build.findings)}{look}."
    if build.unchanged:
        return (
            f"{build.pdf}: {build.pages} pages, nothing has changed since it was built and checked."
        )
    checked = build.checked.counts
    warned = f"; {count_findings(build.findings)}" if build.findings else ""
    return (
        f"{build.pdf}: {build.pages} pages, {build.terms} terms, {checked['links']} links checked, "
        f"{len(build.data) / 1024:.0f} KB, {sum(build.seconds.values()):.1f} s "
        f"({_stages(build.seconds)}){warned}"
    )


def rebuild_line(rebuild: "Rebuild") -> str:
    """Return a line: what was saved, what the rebuild did, and how long it took."""
    build, files = rebuild.build, sorted(rebuild.saved)
    named = ", ".join(map(printable, files[:SHOWN])) + (
        f" and {len(files) - SHOWN} more" if files[SHOWN:] else ""
    )
    did = f"{build.pdf} rewritten, {build.layouts} of {build.pages} pages laid out"
    if not build.ok:
        did = f"nothing was written: {count_findings(build.findings)}"
    return f"{named or 'all files'}: {did}, {rebuild.seconds:.1f} s"


def site_summary(site: "SiteBuild") -> str:
    """Return a line that says what a build of the site made."""
    if site.folder is None:
        return f"No site was built: {count_findings(site.findings)}."
    size = site.size / 1024 / 1024
    return f"{site.folder.as_posix()}: {site.pages} pages, {site.files} files, {size:.1f} MB"


def import_summary(imported: "Imported", *, dry_run: bool) -> str:
    """Return a line that says what came of a published file, and one of what is to be written."""
    source = printable(str(imported.source))
    if not imported.ok:
        return f"{source}: nothing was imported: {count_findings(imported.findings)}"
    verb = "would set" if dry_run else "set"
    said = f"{verb} {', '.join(imported.changed)}" if imported.changed else "nothing to change"
    missing = f"\n    to be written: {', '.join(imported.missing)}" if imported.missing else ""
    return f"{source} -> {imported.target}: {said}{missing}"


def publication_summary(publication: "Publication") -> str:
    """Return a line for each file that was made of an issue, or one for many issues."""
    if not publication.ok:
        return f"Nothing was written: {count_findings(publication.findings)}."
    files, issues = list(publication.files), publication.issues
    if len(issues) == 1:
        return "\n".join(file.as_posix() for file in files)
    days = f", from {issues[0].day} to {issues[-1].day}" if issues[0].day else ""
    return f"{files[0].parent.as_posix()}: {len(issues)} issues, {len(files)} files{days}"


def comparison_summary(found: "Comparison") -> str:
    """Return a line that says what two files have in common."""
    if found.sha256:
        return f"The same {found.size} bytes, sha256 {found.sha256}."
    return f"They were compared: {count_findings(found.findings)}."


def kit_summary(made: "Kit") -> str:
    """Return a line for each file of a kit, or one that says that there is none."""
    if not made.ok:
        return "No kit was made."
    return "\n".join(
        f"{made.folder.as_posix()}/{name}: {len(data) / 1024:.0f} KB"
        for name, data in made.files.items()
    )


def difference_text(difference: str) -> Text:
    """Return a unified diff, coloured."""
    text = Text()
    for line in difference.split("\n")[:-1]:  # it ends with a line's end
        text.append(f"{printable(line)}\n", DIFFERENCE.get(line[:1], ""))
    return text


def stamping_summary(done: "Stamping") -> str:
    """Return a line that says how many copies were made."""
    number = len(done.written)
    parts = [f"{number} {'copy' if number == 1 else 'copies'} written"]
    if done.kept:
        parts.append(f"{len(done.kept)} were there already")
    if done.findings:
        parts.append(count_findings(done.findings))
    return ", ".join(parts) + "."


def counts_text(findings: Sequence[Finding], checked: Mapping[str, int]) -> str:
    """Return a line that says how much was looked at and what came of it."""
    names = ((name.removesuffix("s") if n == 1 else name, n) for name, n in checked.items())
    looked_at = ", ".join(f"{number} {name}" for name, number in names)
    return f"{looked_at or 'Checked'}: {count_findings(findings)}"


def count_findings(findings: Iterable[Finding]) -> str:
    """Return `2 errors, 1 warning`, or `nothing to fix`."""
    severities = [finding.severity for finding in findings]
    counts = {severity.value: severities.count(severity) for severity in Severity}
    parts = [f"{n} {name}{'s' if n > 1 else ''}" for name, n in counts.items() if n]
    return ", ".join(parts) or "nothing to fix"


def _stages(seconds: Mapping[str, float]) -> str:
    """Return each stage's name and seconds."""
    return ", ".join(f"{stage} {time:.1f}" for stage, time in seconds.items())
