"""Findings and results → text, JSON, JUnit and GitHub annotations, one file a form."""

from cheatsheet.report.github import github_report
from cheatsheet.report.junit import junit_report
from cheatsheet.report.result_json import build_json, finding_dict, findings_json, site_json
from cheatsheet.report.text import (
    build_summary,
    counts_text,
    difference_text,
    finding_text,
    grouped_by_file,
    import_summary,
    publication_summary,
    rebuild_line,
    site_summary,
)

__all__ = [
    "build_json",
    "build_summary",
    "counts_text",
    "difference_text",
    "finding_dict",
    "finding_text",
    "findings_json",
    "github_report",
    "grouped_by_file",
    "import_summary",
    "junit_report",
    "publication_summary",
    "rebuild_line",
    "site_json",
    "site_summary",
]
