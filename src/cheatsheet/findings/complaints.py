"""Findings about a file that may be long: the first of each rule, and how many more."""

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
        last = {finding.code: finding.place for finding in self.kept}
        more = {code: count - MOST for code, count in self.counts.items() if count > MOST}
        return [
            *self.kept,
            *(RULES[code].finding(f"{n:,} more like it", last[code]) for code, n in more.items()),
        ]


def shortened(findings: Iterable[Finding]) -> list[Finding]:
    """Return the first findings of each rule, and how many more there are."""
    complaints = Complaints()
    complaints.add(findings)
    return complaints.all()
