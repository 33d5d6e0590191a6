"""What can be wrong: one type for a typo in YAML, a bad line of CSS, a dead link in the PDF.

A rule is declared once, beside the code that looks for it, and has a permanent code whose first
word is its group. A finding is one place where a rule does not hold.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters: an error stops the build, a warning is shown."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Place:
    """Where something is: a file of the project, or a page of the PDF, or both.

    `file` is relative to the project folder, with forward slashes. `line`, `column` and `page`
    are 1-based; columns count characters.
    """

    file: str | None = None
    line: int | None = None
    column: int | None = None
    page: int | None = None

    def __str__(self) -> str:
        """Return `file:line:column, page N`, as far as each is known."""
        parts = [str(part) for part in (self.file, self.line, self.column) if part is not None]
        page = f"page {self.page}" if self.page is not None else ""
        return ", ".join(filter(None, (":".join(parts), page)))


NOWHERE = Place()
SPACES = re.compile(r"(\s+)")

FieldPath = tuple[str | int, ...]
"""A value's way from a file's root: ("plain", 1) is the second paragraph."""


@dataclass(frozen=True)
class Source:
    """A YAML file as it was read: where each value and key stands in it.

    `values` and `keys` hold 0-based (first line, column, last line) by location.
    """

    file: str
    lines: tuple[str, ...] = ()
    values: dict[FieldPath, tuple[int, int, int]] = field(default_factory=dict)
    keys: dict[FieldPath, tuple[int, int, int]] = field(default_factory=dict)

    def place(self, location: FieldPath = (), words: str = "") -> Place:
        """Return the place of `words` in the value at `location`, or of the value itself.

        A location that the file does not have (a missing field) is its nearest parent's place.
        """
        while location and location not in self.values:
            location = location[:-1]
        first, column, last = self.values.get(location, (0, 0, 0))
        if words:
            text = "\n".join(self.lines[first : last + 1])
            at = words_pattern(words).search(text, column)
            if at:
                line = first + text.count("\n", 0, at.start())
                return Place(self.file, line + 1, at.start() - text.rfind("\n", 0, at.start()))
        return Place(self.file, first + 1, column + 1)

    def key_place(self, location: FieldPath) -> Place:
        """Return the place of the key at `location`; of its value where it has no key."""
        if location not in self.keys:
            return self.place(location)
        line, column, _ = self.keys[location]
        return Place(self.file, line + 1, column + 1)


def words_pattern(words: str) -> re.Pattern[str]:
    """Return what finds words in YAML: whole ones, though a line may end or a link stand between.

    A gap of two spaces is a gap of at least two.
    """
    gaps = (_gap(part) if part.isspace() else re.escape(part) for part in SPACES.split(words))
    start = r"(?<!\w)" if words[:1].isalnum() else ""
    end = r"(?!\w)" if words[-1:].isalnum() else ""
    return re.compile(start + "".join(gaps) + end)


def _gap(spaces: str) -> str:
    """Return the pattern for the white space between two words."""
    return r"(?:\s|\]\]|\[\[[^\[\]|]*\|)+" if len(spaces) == 1 else r"\s{2,}"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: the rule's code and severity, what, where, and how to fix it."""

    code: str
    severity: Severity
    message: str
    hint: str
    place: Place = NOWHERE


class FindingError(Exception):
    """Something cannot be made; `finding` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding


@dataclass(frozen=True)
class Rule:
    """What must hold: a permanent code, a severity, one sentence, and how to fix a breach."""

    code: str
    severity: Severity
    summary: str
    hint: str

    @property
    def group(self) -> str:
        """The code's first word: `yaml`, `fields`, `refs`, `links` ..."""
        return self.code.partition("-")[0]

    def finding(self, message: str, place: Place = NOWHERE, hint: str = "") -> Finding:
        """Return a finding of this rule; `hint` replaces the rule's own when it can say more."""
        return Finding(self.code, self.severity, message, hint or self.hint, place)

    def on_page(self, page: int | None, message: str) -> Finding:
        """Return a finding of this rule on a page of a PDF."""
        return self.finding(message, Place(page=page))


RULES: dict[str, Rule] = {}


def declare(code: str, severity: Severity, summary: str, hint: str) -> Rule:
    """Return a new rule, known to `RULES`. Raises ValueError for a code that is taken."""
    if code in RULES:
        raise ValueError(f"the code {code} is taken")
    RULES[code] = Rule(code, severity, summary, hint)
    return RULES[code]


def error(code: str, summary: str, hint: str) -> Rule:
    """Declare a rule whose breach stops the build."""
    return declare(code, Severity.ERROR, summary, hint)


def warning(code: str, summary: str, hint: str) -> Rule:
    """Declare a rule whose breach is shown and lets the build go on."""
    return declare(code, Severity.WARNING, summary, hint)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Tell whether one of the findings stops the build."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def fails(findings: Iterable[Finding], fail_on: Severity) -> bool:
    """Tell whether one of the findings is as bad as `fail_on`, or worse."""
    warned = fail_on is Severity.WARNING
    return any(warned or finding.severity is Severity.ERROR for finding in findings)


def count_findings(findings: Iterable[Finding]) -> str:
    """Return `2 errors, 1 warning`, or `nothing to fix`."""
    severities = [finding.severity for finding in findings]
    counts = {severity.value: severities.count(severity) for severity in Severity}
    parts = [f"{n} {name}{'s' if n > 1 else ''}" for name, n in counts.items() if n]
    return ", ".join(parts) or "nothing to fix"
