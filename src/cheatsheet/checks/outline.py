"""The outline: every section, in order, at its level, leading to its page."""

from collections.abc import Iterator
from itertools import zip_longest

from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.checks.report import book_check, general_check
from cheatsheet.findings import Finding, error
from cheatsheet.reader.pypdf_view import PypdfView
from cheatsheet.reader.words import squash

OUTLINE = error(
    "outline-entries",
    "The outline is not the list of sections, each leading to its page.",
    "headings enter the outline by bookmark-level in styles/components/heading.css",
)
DEAD = error(
    "outline-dead",
    "An entry of the outline leads to no page.",
    "build it again; every entry has a page",
)


@general_check(DEAD)
def entries_lead_somewhere(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each entry that should have a page and has none.

    One without a destination and an action leads nowhere by intent (ISO 32000-1, 12.3.3).
    """
    for entry in pdf.outline:
        if entry.page is None and entry.leads:
            yield DEAD.finding(f'"{entry.title}" leads to no page')


@book_check(OUTLINE, DEAD)
def outline_is_complete(pdf: PypdfView, expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for the first entry that is not the section that should stand there."""
    for section, entry in zip_longest(expected.sections, pdf.outline):
        if section is None:
            yield OUTLINE.on_page(entry.page, f'"{entry.title}" is one entry too many')
            return
        target = pdf.destinations.get(section.id)
        if entry is None or squash(entry.title) != squash(section.title):
            found = f'"{entry.title}"' if entry else "nothing"
            yield OUTLINE.finding(f'where "{section.title}" should stand, there is {found}')
            return
        if entry.page is None:
            yield DEAD.finding(f'"{entry.title}" leads to no page')
        elif entry.level != section.level or (target and entry.page != target.page):
            message = f'"{entry.title}" leads to page {entry.page} on level {entry.level}'
            yield OUTLINE.on_page(entry.page, message)
