"""Findings and what commands made → text, JSON, JUnit and GitHub annotations, one file a form."""

from cheatsheet.findings.report.escaping import printable, printable_lines
from cheatsheet.findings.report.github import github_report
from cheatsheet.findings.report.junit import junit_report
from cheatsheet.findings.report.result_json import (
    finding_dict,
    json_text,
    made_dict,
    made_json,
)
from cheatsheet.findings.report.text import (
    counts_text,
    difference_text,
    finding_text,
    first_of_each_rule,
    grouped_by_file,
)

__all__ = [
    "counts_text",
    "difference_text",
    "finding_dict",
    "finding_text",
    "first_of_each_rule",
    "github_report",
    "grouped_by_file",
    "json_text",
    "junit_report",
    "made_dict",
    "made_json",
    "printable",
    "printable_lines",
]
