"""Findings and results → text, JSON, JUnit and GitHub annotations, one file a form."""

from cheatsheet.report.escaping import printable, printable_lines
from cheatsheet.report.github import github_report
from cheatsheet.report.junit import junit_report
from cheatsheet.report.result_json import (
    build_json,
    builds_json,
    finding_dict,
    import_facts,
    made_json,
    site_facts,
    stamping_facts,
)
from cheatsheet.report.text import (
    build_summary,
    comparison_summary,
    counts_text,
    difference_text,
    finding_text,
    first_of_each_rule,
    grouped_by_file,
    import_summary,
    kit_summary,
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
    "comparison_summary",
    "counts_text",
    "difference_text",
    "finding_dict",
    "finding_text",
    "first_of_each_rule",
    "github_report",
    "grouped_by_file",
    "import_facts",
    "import_summary",
    "junit_report",
    "kit_summary",
    "made_json",
    "merged_findings",
    "printable",
    "printable_lines",
    "publication_summary",
    "rebuild_line",
    "site_facts",
    "site_summary",
    "stamping_facts",
    "stamping_summary",
]
