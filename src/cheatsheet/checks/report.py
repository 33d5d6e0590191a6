"""What the checks are, and what they return."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.findings import Finding, Rule
from cheatsheet.findings.complaints import together
from cheatsheet.reader.pypdf_view import PypdfView

GeneralChecks = Mapping[Callable[[PypdfView], Iterator[Finding]], tuple[Rule, ...]]
"""Checks of any PDF, each with the rules that it looks after."""

BookChecks = Mapping[Callable[[PypdfView, ExpectedBook], Iterator[Finding]], tuple[Rule, ...]]
"""Checks of an edition of the book, each with the rules that it looks after."""


@dataclass(frozen=True)
class CheckResult:
    """The findings in a PDF, and how much of what was looked at: pages, links, fonts ...

    `edition` is the one by which it was judged; None for a file that is no edition of the book.
    `rules` are the codes of the rules that were tried.
    """

    findings: list[Finding] = field(default_factory=list)
    counts: Mapping[str, int] = field(default_factory=dict)
    edition: str | None = None
    rules: frozenset[str] = frozenset()


def each_once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings, those together that say the same of several pages."""
    same: dict[Finding, list[Finding]] = defaultdict(list)
    for finding in findings:
        same[replace(finding, place=replace(finding.place, page=None))].append(finding)
    for group in same.values():
        yield from together(group)
