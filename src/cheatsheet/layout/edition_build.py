"""A glossary and the styles of an edition → its section files, and the PDF linked from them."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from cheatsheet.book.html import template_names, template_styles
from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.checks.judging import HALVES, check_half
from cheatsheet.checks.report import CheckResult
from cheatsheet.findings import Finding, has_errors
from cheatsheet.layout.pagination import Pagination, Paginator, Progress, count_matter, paginate
from cheatsheet.model.glossary import Glossary
from cheatsheet.model.selling import Edition
from cheatsheet.pdf.linker import LinkedBook, link
from cheatsheet.pdf.making import JobExecutor, SectionMaker
from cheatsheet.pdf.section import SectionFile, StyleSet, read_style_set
from cheatsheet.pdf.store import Store
from cheatsheet.stylesheets import (
    declared_tokens,
    find_missing_looks,
    find_unmatched,
    read_styles,
)
from cheatsheet.stylesheets.css_lint import find_slips

Job = tuple[Callable[..., CheckResult], *tuple[Any, ...]]
"""A function of a module, and its arguments."""


@dataclass(frozen=True)
class EditionBuild:
    """An edition as the project folder has it now; `findings` are those of its style sheets."""

    project: Path
    glossary: Glossary
    name: str
    styles: StyleSet
    maker: SectionMaker
    findings: tuple[Finding, ...]

    @property
    def edition(self) -> Edition:
        """The edition as the manuscript describes it."""
        return self.glossary.book.editions[self.name]

    @cached_property
    def tokens(self) -> Mapping[str, str]:
        """The values of the styles' custom properties."""
        return declared_tokens(list(self.styles.styles))

    @cached_property
    def paginator(self) -> Paginator:
        """The edition's sections and their HTML."""
        return Paginator(self.glossary, self.edition, self.tokens)

    @property
    def expected(self) -> ExpectedBook:
        """What the checks compare its PDF with."""
        return ExpectedBook(self.glossary, self.name, self.styles.styles, self.project.resolve())

    def make(self, html: str) -> "Future[SectionFile]":
        """Return the section file of a section's HTML."""
        return self.maker.section(self.styles, html)

    def style_findings(self, maker: SectionMaker | None = None) -> tuple[Finding, ...]:
        """Return what is wrong with the style sheets; else what the renderer says of them, too.

        The renderer is asked by the edition's own maker or the one that is given.
        """
        if has_errors(self.findings):
            return self.findings
        said, own = (maker or self.maker).style_findings, template_styles()
        slips = find_slips(own) or said(StyleSet(tuple(own)))
        return (*self.findings, *slips, *said(self.styles))

    def count_matter(self) -> Mapping[str, int]:
        """Return how many pages the sections have that are no term's. Raises RenderError."""
        return count_matter(self.paginator, self.make)

    def lay_out(self, progress: Progress) -> Pagination:
        """Lay out the whole edition. Raises RenderError."""
        pagination = paginate(self.paginator, self.make, progress)
        if len(pagination.files) < len(pagination.sections):  # it ended early
            return pagination
        unmatched = find_unmatched(self.styles.styles, pagination.names, template_names)
        return replace(pagination, findings=[*pagination.findings, *unmatched])

    def link(self, pagination: Pagination, executor: JobExecutor, content: str) -> LinkedBook:
        """Return the edition's PDF, linked by an executor; `content` is the digest of its texts.

        Raises JobError.
        """
        job = executor.submit(link, *self.linked_from(pagination, content))
        linked: LinkedBook = job.result()
        return linked

    def linked_from(self, pagination: Pagination, content: str) -> tuple[Any, ...]:
        """Return the arguments of the linker's `link`."""
        made = made_of(content, self.styles)
        return pagination.parts, pagination.labels, self.styles, self.name, made

    def checks(self, data: bytes, _: Pagination) -> list[Job]:
        """Return the checks of the PDF's bytes as jobs, which may be done side by side."""
        return [(check_half, data, self.expected, half) for half in HALVES]


def made_of(content: str, styles: StyleSet) -> str:
    """Return what tells by what a PDF was built: the content's digest, and the styles'."""
    return f"{content} {styles.digest}"


def set_up(
    project: Path, glossary: Glossary, edition: str, store: Store, executor: JobExecutor
) -> EditionBuild:
    """Return an edition: its style sheets and the files that they ask for, as they are now."""
    styles, findings = read_styles(project, edition)
    places = {
        category.id: glossary.place("categories.yaml", ("categories", index, "id"))
        for index, category in enumerate(glossary.categories)
    }
    findings += find_missing_looks(styles, places)
    style_set, maker = read_style_set(project, styles), SectionMaker(store, executor)
    own = glossary.for_edition(edition)
    return EditionBuild(project, own, edition, style_set, maker, tuple(findings))
