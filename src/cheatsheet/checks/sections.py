"""Which pages are a section's, as the destinations in the PDF say."""

from itertools import pairwise

from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.checks.finished import Finished
from cheatsheet.model.sections import Section


def section_pages(pdf: Finished, expected: ExpectedBook) -> list[tuple[Section, range]]:
    """Return each section that has a destination with its 1-based pages, in reading order."""
    found = [section for section in expected.sections if section.id in pdf.destinations]
    starts = [pdf.destinations[section.id].page for section in found]
    ranges = [range(first, end) for first, end in pairwise([*starts, pdf.pages + 1])]
    return list(zip(found, ranges, strict=True))
