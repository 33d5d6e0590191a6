"""What the checks return."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cheatsheet.findings import Finding


@dataclass(frozen=True)
class Checked:
    """The findings in a PDF, and how much of what was looked at: pages, links, fonts ...

    `edition` is the one by which it was judged; None for a file that is no edition of the book.
    """

    findings: list[Finding] = field(default_factory=list)
    counts: Mapping[str, int] = field(default_factory=dict)
    edition: str | None = None
