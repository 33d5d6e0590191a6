"""PDF bytes and glossary → findings. Alone knows pypdf; never sees what the renderer remembered.

`GENERAL` rules hold for any PDF, `BOOK` rules for an edition of the book. To add a rule: declare it
and write its function in the module of its subject, name it in one of that module's two lists, and
give it a damage that trips it and a change that does not in tests/damage/.
"""

from cheatsheet.checks.apart import (
    LIMITS,
    Apart,
    LimitError,
    Limits,
    check_apart,
    read_within,
    run_apart,
)
from cheatsheet.checks.asked import Asked
from cheatsheet.checks.judging import check_pdf
from cheatsheet.checks.report import Checked

__all__ = [
    "LIMITS",
    "Apart",
    "Asked",
    "Checked",
    "LimitError",
    "Limits",
    "check_apart",
    "check_pdf",
    "read_within",
    "run_apart",
]
