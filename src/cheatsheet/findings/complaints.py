"""Many findings of one kind: the first of them, and how many more there are."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from cheatsheet.findings import RULES, Finding

MOST = 100  # findings of one rule that are kept
SEVERAL = 3  # that are missing wherever they should be: one cause, in the styles or a template


@dataclass
class Complaints:
    """What was found, at most so many of each rule, and how often it was found."""

    most: int = MOST
    kept: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, findings: Iterable[Finding]) -> None:
        """Take findings in."""
        for finding in findings:
            self.counts[finding.code] += 1
            if self.counts[finding.code] <= self.most:
                self.kept.append(finding)

    def left(self) -> dict[str, int]:
        """Return how many findings of each rule were not kept, if any, by code."""
        return {code: n - self.most for code, n in self.counts.items() if n > self.most}

    def all(self) -> list[Finding]:
        """Return the findings that were kept, and one for the others of each rule."""
        last = {finding.code: finding.place for finding in self.kept}
        more = self.left().items()
        return [*self.kept, *(RULES[code].finding(_more(n), last[code]) for code, n in more)]


def together(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the first of some findings that have one cause, which says how many more there are."""
    for first in findings[:1]:
        yield replace(first, message=f"{first.message}{and_more(len(findings) - 1)}")


def and_more(others: int) -> str:
    """Return what follows a message that stands for others too."""
    return f"; and {_more(others)}" if others else ""


def told_once(findings: Iterable[Finding], several: int = SEVERAL) -> Iterator[Finding]:
    """Yield findings; of a rule that is broken so often, by one cause, those together."""
    rules: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        rules[finding.code].append(finding)
    for found in rules.values():
        yield from found if len(found) < several else together(found)


def _more(others: int) -> str:
    """Return how many findings are not told."""
    return f"{others:,} more like it"


def shortened(findings: Iterable[Finding]) -> list[Finding]:
    """Return the first findings of each rule, and how many more there are."""
    complaints = Complaints()
    complaints.add(findings)
    return complaints.all()
