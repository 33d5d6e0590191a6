"""PDF bytes and glossary → findings. Alone knows pypdf; never sees what the renderer remembered.

To add a rule: declare it and write its function in the module of its subject, name it in that
module's `CHECKS`, and give it a damaged PDF that trips it in the tests.
"""

from cheatsheet.checks import fonts, links, metadata, outline, pages, sample, terms
from cheatsheet.checks.asked import Asked
from cheatsheet.checks.reading import Reading, read_pdf
from cheatsheet.checks.report import Checked

CHECKS = (
    *pages.CHECKS,
    *terms.CHECKS,
    *links.CHECKS,
    *outline.CHECKS,
    *fonts.CHECKS,
    *metadata.CHECKS,
    *sample.CHECKS,
)

__all__ = ["Asked", "Checked", "check_pdf"]


def check_pdf(data: bytes, asked: Asked) -> Checked:
    """Judge a PDF's bytes by what is asked of it."""
    with read_pdf(data) as opened:
        if not isinstance(opened, Reading):
            return Checked([opened])
        findings = [finding for check in CHECKS for finding in check(opened, asked)]
        return Checked(findings, opened.counts())
