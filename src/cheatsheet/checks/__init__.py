"""PDF bytes and glossary → findings. Alone knows pypdf; never sees what the renderer remembered.

`GENERAL` rules hold for any PDF, `BOOK` rules for an edition of the book. To add a rule: declare it
and write its function in the module of its subject, name it in one of that module's two lists, and
give it a damage that trips it and a change that does not in tests/damage/.
"""

from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.checks.judging import Half, check_half, check_pdf, merged
from cheatsheet.checks.report import CheckResult
from cheatsheet.checks.sandbox import check_sandboxed, run_sandboxed

__all__ = [
    "CheckResult",
    "ExpectedBook",
    "Half",
    "check_half",
    "check_pdf",
    "check_sandboxed",
    "merged",
    "run_sandboxed",
]
