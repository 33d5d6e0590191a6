"""Findings and results → text, JSON, JUnit and GitHub annotations, one file a form."""

from cheatsheet.report.github import github_report
from cheatsheet.report.junit import junit_report
from cheatsheet.report.result_json import (
    build_json,
    builds_json,
    finding_dict,
    findings_json,
    site_json,
    stamping_json,
)
from cheatsheet.report.text import (
    build_summary,
    counts_text,
    difference_text,
    finding_text,
    grouped_by_file,
    import_summary,
    merged_findings,
    publication_summary,
    rebuild_line,
    site_summary,
    stamping_summary,
)

__all__ = [
    "build_json",
    "build_summary",
    "builds_json",
    "counts_text",
    "difference_text",
    "finding_dict",
    "finding_text",
    "findings_json",
    "github_report",
    "grouped_by_file",
    "import_summary",
    "junit_report",
    "merged_findings",
    "publication_summary",
    "rebuild_line",
    "site_json",
    "site_summary",
    "stamping_json",
    "stamping_summary",
]
