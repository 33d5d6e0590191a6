"""Findings about a list of buyers, which may be long: the first of each rule, and how many more."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from cheatsheet.findings import RULES, Finding

MOST = 100  # findings of one rule that are kept


@dataclass
class Complaints:
    """What was found, at most `MOST` of each rule, and how often it was found."""

    kept: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, findings: Iterable[Finding]) -> None:
        """Take findings in."""
        for finding in findings:
            self.counts[finding.code] += 1
            if self.counts[finding.code] <= MOST:
                self.kept.append(finding)

    def all(self) -> list[Finding]:
        """Return the findings that were kept, and one for the others of each rule."""
        more = {code: count - MOST for code, count in self.counts.items() if count > MOST}
        return [
            *self.kept,
            *(RULES[code].finding(f"{count:,} more like it") for code, count in more.items()),
        ]
