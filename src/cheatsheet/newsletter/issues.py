"""The glossary's terms in the newsletter's order: which comes before, which after, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cheatsheet.findings.suggestions import did_you_mean
from cheatsheet.model.glossary import Glossary, Term

TUESDAY = 1  # the newsletter's day, as datetime counts weekdays
WEEK = timedelta(weeks=1)


class NotATuesdayError(ValueError):
    """The plan cannot begin on this day, or would lead past the last day of the calendar."""


class UnknownIssueError(ValueError):
    """There is no issue of this number or slug; the message names the nearest one."""


@dataclass(frozen=True)
class Issue:
    """An issue: its term, those of the weeks before and after, and its day if it is planned."""

    term: Term
    previous: Term | None
    following: Term | None
    day: date | None = None

    @property
    def stem(self) -> str:
        """Its files' name: `28-diffusion-model`."""
        return f"{self.term.issue:02}-{self.term.slug}"


def list_issues(glossary: Glossary, start: date | None = None) -> list[Issue]:
    """Return all issues by number; with a start, a Tuesday, each has its day, a week apart.

    Raises NotATuesdayError.
    """
    terms = sorted(glossary.terms, key=lambda term: (term.issue, term.slug))
    days = _days(start, len(terms)) if start else [None] * len(terms)
    before, after = [None, *terms[:-1]], [*terms[1:], None]
    return [Issue(*parts) for parts in zip(terms, before, after, days, strict=True)]


def find_issue(issues: Sequence[Issue], name: str) -> Issue:
    """Return the issue with a number (`7`, `07`, `#7`) or a slug. Raises UnknownIssueError."""
    number = name.removeprefix("#").lstrip("0")
    for issue in issues:
        if number == str(issue.term.issue) or name.removeprefix("#") == issue.term.slug:
            return issue
    slugs = [issue.term.slug for issue in issues]
    numbers = f"the numbers go from {issues[0].term.issue} to {issues[-1].term.issue}"
    hint = did_you_mean(name.casefold(), slugs) or numbers
    raise UnknownIssueError(f"there is no issue `{name}`; {hint}")


def _days(start: date, count: int) -> list[date]:
    """Return the days of a number of issues."""
    try:
        following = start + timedelta(days=(TUESDAY - start.weekday()) % 7)
        days = [following + n * WEEK for n in range(count)]
    except OverflowError:
        raise NotATuesdayError(f"{count} weeks from {start} lead past the year 9999") from None
    if following != start:
        raise NotATuesdayError(f"{start} is a {start:%A}; the next Tuesday is {following}")
    return days
