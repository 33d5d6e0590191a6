"""All checks of one PDF: those of any PDF, and those of an edition of the book."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from cheatsheet.checks import (
    boxes,
    fonts,
    lines,
    links,
    metadata,
    outline,
    pages,
    reading,
    safety,
    sample,
    tables,
    tags,
    terms,
    visible,
    whole,
)
from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.checks.pages import MM_PER_PT
from cheatsheet.checks.report import BOOK, GENERAL, CheckResult, each_once
from cheatsheet.findings import RULES, Finding, error
from cheatsheet.findings.complaints import shortened
from cheatsheet.findings.groups import codes_in
from cheatsheet.reader.opening import read_pdf, said_by
from cheatsheet.reader.pypdf_view import PypdfView
from cheatsheet.reader.seal import is_broken
from cheatsheet.reader.words import in_one_line

# The modules of the checks, and what each of them reads in the file.
MODULES = {
    pages: "pages",
    boxes: "pages",
    terms: "text",
    links: "links",
    outline: "outline",
    fonts: "fonts",
    metadata: "metadata",
    tags: "tags",
    reading: "tags",
    tables: "tags",
    safety: "objects",
    sample: "text",
    lines: "text",
    visible: "text",
    whole: "structure",
}

DAMAGED = error(
    "pdf-damaged",
    "A part of the file cannot be read.",
    "build it again; the file was damaged after it was made",
)
CHANGED = error(
    "pdf-changed",
    "A byte of the file is another one since it was built.",
    "build it again, or fetch it again: it was damaged where it lay or on its way",
)
UNREAD = " cannot be read: "
HALVES = ("text as it is drawn", "all the rest")  # of the checks, one about as long as the other
DRAWN_GROUPS = {"lines", "visible"}
MISREAD = {visible.CROSSING.code, visible.TINY.code}
FOLLOWING = {
    one.code
    for one in (
        terms.HEADING,
        terms.TEXT,
        terms.SEQUENCE,
        links.MISSING,
        links.RECTANGLE,
        links.WORDS,
        links.NUMBER,
    )
}
MAJORITY = 0.5  # of the sections' destinations make a PDF an edition of the book


Check = tuple[Callable[[], list[Finding]], frozenset[str]]
"""What a check of one PDF finds, and the codes of its rules."""


def check_half(data: bytes, expected: ExpectedBook, half: str) -> CheckResult:
    """Judge a PDF's bytes by one of the `HALVES` of the rules."""
    drawn = codes_in(DRAWN_GROUPS)
    codes = drawn if half == HALVES[0] else RULES.keys() - drawn - {DAMAGED.code}
    return judge(data, [expected], certain=True, codes=frozenset(codes))


def merged(halves: Sequence[CheckResult]) -> CheckResult:
    """Return what both halves of the checks have found."""
    findings = _causes(dict.fromkeys(finding for half in halves for finding in half.findings))
    rules = frozenset().union(*(half.rules for half in halves))
    counts = {name: count for half in halves for name, count in half.counts.items()}
    return replace(halves[0], findings=findings, counts=counts, rules=rules)


def judge(
    data: bytes,
    editions: Sequence[ExpectedBook],
    *,
    certain: bool,
    codes: frozenset[str] | None = None,
) -> CheckResult:
    """Judge a PDF's bytes as the edition that it is, of those given, by all rules or some.

    A `certain` one is the first; else the PDF is looked at, and may be none of them.
    """
    if is_broken(data):
        return CheckResult([CHANGED.finding("bytes in it are not those that were written")])
    with read_pdf(data, strict=bool(editions) and certain) as opened:
        if not isinstance(opened, PypdfView):
            return CheckResult([opened])
        expected = next(iter(editions), None) if certain else recognised(opened, editions)
        checks = list(_checks(opened, expected))
        tried = frozenset[str]().union(*(own for _, own in checks))
        wanted = tried if codes is None else tried & codes
        whole = codes is None or DAMAGED.code in codes
        found = (f for find, own in checks if whole or own & wanted for f in find())
        kept = [finding for finding in found if finding.code in wanted | {DAMAGED.code}]
        counts = _counts(opened) if whole or links.EXTRA.code in wanted else {}  # once
        name = expected.name if expected else None
        return CheckResult(_causes(dict.fromkeys(kept)), counts, name, wanted)


def _causes(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings without those that follow from others: of words that lie over each other.

    Parts of the file that cannot be read are one finding.
    """
    found = list(_damage_once(findings))
    if MISREAD.isdisjoint(finding.code for finding in found):
        return found
    return [f for f in found if f.code not in FOLLOWING and RULES[f.code].group != "lines"]


def _damage_once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings, one instead of all that say of a part of the file that it cannot be read."""
    found = list(findings)
    damaged = [finding.message for finding in found if finding.code == DAMAGED.code]
    if damaged:
        parts = list(dict.fromkeys(m.removeprefix("its ").partition(UNREAD)[0] for m in damaged))
        named = " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
        yield DAMAGED.finding(f"its {named}{UNREAD}{damaged[0].partition(UNREAD)[2]}")
    yield from (finding for finding in found if finding.code != DAMAGED.code)


def recognised(pdf: PypdfView, editions: Sequence[ExpectedBook]) -> ExpectedBook | None:
    """Return the edition that a PDF is: by its title or destinations, then by its pages' size."""
    try:
        ours = [expected for expected in editions if _is_of_the_book(pdf, expected)]
        return min(ours, key=partial(_misfit, pdf), default=None)
    except Exception:  # noqa: BLE001 - hostile bytes raise anything; what nobody knows is not ours
        return None


def _is_of_the_book(pdf: PypdfView, expected: ExpectedBook) -> bool:
    """Tell whether a PDF has the book's title, or the destinations of most of its sections."""
    ids = {section.id for section in expected.sections}
    known = len(ids & pdf.destinations.keys())
    return pdf.title == expected.title or known > MAJORITY * len(ids)


def _misfit(pdf: PypdfView, expected: ExpectedBook) -> tuple[float, int]:
    """Return how many mm and pages a PDF differs from an edition by."""
    wanted = expected.edition.page_size
    width, height = pdf.sizes[0] if pdf.sizes else (0.0, 0.0)
    misfit = abs(width * MM_PER_PT - wanted.width) + abs(height * MM_PER_PT - wanted.height)
    return round(misfit, 1), abs(pdf.pages - (expected.edition.pages or pdf.pages))


def _checks(pdf: PypdfView, expected: ExpectedBook | None) -> Iterator[Check]:
    """Yield the checks of a PDF."""
    looks = [(partial(look, pdf), rules) for look, rules in GENERAL.items()]
    if expected:
        own = [(partial(look, pdf, expected), rules) for look, rules in BOOK.items()]
        looks = own + looks
    for module, part in MODULES.items():
        for look, rules in looks:
            if look.func.__module__ == module.__name__:
                yield partial(_found, look, part), frozenset(rule.code for rule in rules)


def _found(look: Callable[[], Iterator[Finding]], part: str) -> list[Finding]:
    """Return what is found, not too much of it; a finding where `part` cannot be read."""
    try:
        found = (replace(finding, message=in_one_line(finding.message)) for finding in look())
        return shortened(each_once(found))
    except MemoryError:
        raise
    except Exception as problem:  # noqa: BLE001 - hostile bytes raise anything in pypdf
        return [DAMAGED.finding(f"its {part}{UNREAD}{said_by(problem)}")]


def _counts(pdf: PypdfView) -> dict[str, int]:
    """Return how much of what there is in the file; nothing where that cannot be read."""
    try:
        return pdf.counts()
    except Exception:  # noqa: BLE001 - a check has said so
        return {}
