"""All checks of one PDF: those of any PDF, and those of an edition of the book."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial

from cheatsheet.checks import (
    fonts,
    links,
    metadata,
    outline,
    pages,
    safety,
    tags,
    terms,
    whole,
)
from cheatsheet.checks.asked import Asked
from cheatsheet.checks.opening import in_one_line, read_pdf
from cheatsheet.checks.pages import MM_PER_PT
from cheatsheet.checks.reading import Reading
from cheatsheet.checks.report import Checked
from cheatsheet.findings import Finding, error

MODULES = (pages, terms, links, outline, fonts, metadata, tags, safety, whole)

DAMAGED = error(
    "pdf-damaged",
    "A part of the file cannot be read.",
    "build it again; the file was damaged after it was made",
)
MOST = 100  # findings of one check that are shown
MAJORITY = 0.5  # of the sections' destinations make a PDF an edition of the book


def check_pdf(data: bytes, asked: Asked | None = None) -> Checked:
    """Judge a PDF's bytes by what is asked of it; by the general rules alone if nothing is."""
    return judge(data, {"": asked} if asked else {})


def judge(data: bytes, editions: Mapping[str, Asked], *, certain: bool = True) -> Checked:
    """Judge a PDF's bytes as the edition that it is, of those given.

    A `certain` one is the first; else the PDF is looked at, and may be none of them.
    """
    with read_pdf(data, strict=bool(editions) and certain) as opened:
        if not isinstance(opened, Reading):
            return Checked([opened])
        name = next(iter(editions), None) if certain else recognised(opened, editions)
        findings = _run_all(opened, editions[name] if name is not None else None)
        return Checked(findings, _counts(opened), name)


def recognised(pdf: Reading, editions: Mapping[str, Asked]) -> str | None:
    """Return the edition that a PDF is: by its title or destinations, then by its pages' size."""
    try:
        ours = [name for name, asked in editions.items() if _is_of_the_book(pdf, asked)]
        return min(ours, key=lambda name: _misfit(pdf, editions[name]), default=None)
    except Exception:  # noqa: BLE001 - hostile bytes raise anything; what nobody knows is not ours
        return None


def _is_of_the_book(pdf: Reading, asked: Asked) -> bool:
    """Tell whether a PDF has the book's title, or the destinations of most of its sections."""
    ids = {section.id for section in asked.sections}
    known = len(ids & pdf.destinations.keys())
    return pdf.information["title"] == asked.title or known > MAJORITY * len(ids)


def _misfit(pdf: Reading, asked: Asked) -> tuple[float, int]:
    """Return how many mm and pages a PDF differs from an edition by."""
    wanted = asked.edition.page_size
    width, height = pdf.sizes[0] if pdf.sizes else (0.0, 0.0)
    misfit = abs(width * MM_PER_PT - wanted.width) + abs(height * MM_PER_PT - wanted.height)
    return round(misfit, 1), abs(pdf.pages - asked.edition.pages)


def _run_all(pdf: Reading, asked: Asked | None) -> list[Finding]:
    """Return what all checks find."""
    checks: list[Callable[[], Iterable[Finding]]] = []
    for module in MODULES:
        if asked:
            checks += [partial(check, pdf, asked) for check in module.BOOK]
        checks += [partial(check, pdf) for check in module.GENERAL]
    found = (finding for check in checks for finding in _run(check))
    return list(dict.fromkeys(found))


def _run(check: Callable[[], Iterable[Finding]]) -> list[Finding]:
    """Return what a check finds, at most `MOST` of it; a finding where it cannot read the file."""
    try:
        findings = list(check())
    except MemoryError:
        raise
    except Exception as problem:  # noqa: BLE001 - hostile bytes raise anything in pypdf
        return [DAMAGED.finding(f"a part of it makes no sense: {in_one_line(problem)}")]
    more = len(findings) - MOST
    if more > 0:
        last = findings[MOST - 1]
        findings[MOST - 1 :] = [replace(last, message=f"{last.message}; and {more} more like it")]
    return findings


def _counts(pdf: Reading) -> dict[str, int]:
    """Return how much of what there is in the file; nothing where that cannot be read."""
    try:
        return pdf.counts()
    except Exception:  # noqa: BLE001 - a check has said so
        return {}
