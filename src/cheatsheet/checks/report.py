"""What the checks are, and what they return."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.findings import Finding, Rule
from cheatsheet.findings.complaints import together
from cheatsheet.reader.pypdf_view import PypdfView

GeneralCheck = Callable[[PypdfView], Iterator[Finding]]
BookCheck = Callable[[PypdfView, ExpectedBook], Iterator[Finding]]
General = TypeVar("General", bound=GeneralCheck)
Book = TypeVar("Book", bound=BookCheck)

GENERAL: dict[GeneralCheck, tuple[Rule, ...]] = {}
"""The checks of any PDF, each with the rules that it looks after."""
BOOK: dict[BookCheck, tuple[Rule, ...]] = {}
"""The checks of an edition of the book, each with the rules that it looks after."""


def general_check(*rules: Rule) -> Callable[[General], General]:
    """Have a function check any PDF for some rules."""

    def known(check: General) -> General:
        GENERAL[check] = rules
        return check

    return known


def book_check(*rules: Rule) -> Callable[[Book], Book]:
    """Have a function check the editions of the book for some rules."""

    def known(check: Book) -> Book:
        BOOK[check] = rules
        return check

    return known


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
