"""The rules of a build: what keeps it from being made, checked, or written."""

from collections.abc import Iterable, Sequence

from cheatsheet.book.templates import TEMPLATE
from cheatsheet.checks.terms import TEXT
from cheatsheet.findings import Finding, error, has_errors
from cheatsheet.importer.parity import find_hidden
from cheatsheet.layout.edition_build import EditionBuild
from cheatsheet.layout.pagination import Pagination
from cheatsheet.pdf.rules import DRAWING
from cheatsheet.stylesheets.matching import PAPER, Cascade

NO_EDITION = error(
    "build-edition",
    "The edition that is being watched is not in content/book.yaml any more.",
    "put it back under `editions`, or start again with another edition",
)
UNCHECKED = error(
    "build-unchecked",
    "The checks or the linking could not be run to their end.",
    "build again; if it happens again, `cheatsheet check` says more",
)
UNWRITTEN = error(
    "build-write",
    "The PDF could not be written into dist/.",
    "make room on the disk, or make dist/ a folder that may be written to",
)
FOLLOWING = {TEMPLATE.code, DRAWING.code}


def with_causes(linted: list[Finding], found: Iterable[Finding]) -> list[Finding]:
    """Return what is wrong with the texts and the rest, without what follows from the texts."""
    following = FOLLOWING if has_errors(linted) else ()
    more = (one for one in found if one.code not in following and one not in linted)
    return [*linted, *more]


def caused(
    found: Sequence[Finding], edition: EditionBuild, pagination: Pagination
) -> Sequence[Finding]:
    """Return what the checks have found in a PDF, or the declarations that hide what is missing.

    What else is found follows from these: their links cover no words, their lines end early.
    """
    if TEXT.code not in {finding.code for finding in found}:
        return found
    pages = [(one.term.slug, pagination.html[one.id]) for one in pagination.sections if one.term]
    styles = Cascade(edition.styles.styles, PAPER)
    return [*find_hidden(edition.glossary, pages, styles)] or found
