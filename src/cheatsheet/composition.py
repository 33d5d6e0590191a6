"""Glossary and styles → an edition laid out and bound. What did not change is not done again."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cheatsheet.checks import Asked
from cheatsheet.findings import Finding
from cheatsheet.glossary import Edition, Glossary
from cheatsheet.pagination import LabelRun, Pagination, Press, Progress, paginate
from cheatsheet.pdf import (
    Binding,
    LaidOut,
    StyleFile,
    Typesetter,
    bind_pages,
    declared_families,
    read_styles,
)

PARTS = ("content", "styles", "fonts")
SHOWN = ("styles", "fonts")
READ_AS_TEXT = {".yaml", ".css", ".txt"}

Stamps = frozenset[tuple[str, int, int]]
"""Files of a project: path, time of change in ns, size in bytes."""


@dataclass(frozen=True)
class Setting:
    """All that the pages of an edition follow from, and what is wrong with its styles."""

    project: Path
    glossary: Glossary
    name: str
    styles: list[StyleFile]
    assets: Stamps
    typesetter: Typesetter
    findings: tuple[Finding, ...]

    @property
    def edition(self) -> Edition:
        """The edition as the manuscript describes it."""
        return self.glossary.book.editions[self.name]

    @property
    def asked(self) -> Asked:
        """What the checks compare its PDF with."""
        return what_is_asked(self.project, self.glossary, self.name, self.styles)

    def press(self, counts: Mapping[str, int]) -> Press:
        """Return a press for sections that are taken to have so many pages each."""
        return Press(self.glossary, self.edition, self.typesetter, counts)

    def bind(self, pages: tuple[LaidOut, ...], labels: list[LabelRun]) -> Binding:
        """Bind all sections, or some of them, to a PDF."""
        return bind_pages(pages, labels, self.styles)

    def digest(self, html: bytes) -> str:
        """Return what is another after any change to a section's HTML, styles, fonts or pictures.

        `html` is the digest of its HTML. Pages of the same digest look the same.
        """
        return hashlib.blake2b(html + self._digest, digest_size=12).hexdigest()

    @cached_property
    def _digest(self) -> bytes:
        """What is another after any change to the styles, fonts or pictures."""
        whole = repr((self.styles, sorted(self.assets)))
        return hashlib.blake2b(whole.encode(), digest_size=16).digest()


class Composer:
    """Lays out the editions of the book in a project folder, as often as asked.

    What was laid out is kept: another time costs only what changed.
    """

    def __init__(self, project: Path) -> None:
        self._project = project
        self._settings: dict[str, Setting] = {}
        self._counts: dict[str, Mapping[str, int]] = {}

    def set_up(self, glossary: Glossary, edition: str) -> Setting:
        """Return an edition's setting: its styles and pictures as they are now."""
        styles, findings = read_styles(self._project, edition)
        assets = frozenset(_stamp_assets(self._project))
        last = self._settings.get(edition)
        if last is None or last.assets != assets:
            typesetter = Typesetter(self._project, styles)
        elif last.styles != styles:
            typesetter = last.typesetter.restyled(styles)
        else:
            typesetter = last.typesetter
        found = (*findings, *typesetter.findings)
        own = glossary.for_edition(edition)
        setting = Setting(self._project, own, edition, styles, assets, typesetter, found)
        self._settings[edition] = setting
        return setting

    def lay_out(self, setting: Setting, progress: Progress) -> Pagination:
        """Lay out the whole edition."""
        counts = self._counts.get(setting.name, {})
        pagination = paginate(
            setting.glossary, setting.edition, setting.typesetter, counts, progress
        )
        setting.typesetter.forget_unused()
        self._counts[setting.name] = pagination.counts
        return pagination


def what_is_asked(
    project: Path, glossary: Glossary, edition: str, styles: list[StyleFile]
) -> Asked:
    """Return what the checks compare an edition's PDF with."""
    families = declared_families(styles)
    own = glossary.for_edition(edition)
    return Asked(own, own.book.editions[edition], families, project.resolve())


def _stamp_assets(project: Path) -> Iterator[tuple[str, int, int]]:
    """Yield the stamps of what pages show besides texts and styles: fonts, pictures, icons.

    The renderer reads these by itself, and would not say that one has changed. Not so the terms'
    drawings: they are in a section's HTML.
    """
    for part in SHOWN:
        for folder, _, names in os.walk(project / part):
            for name in names:
                path = Path(folder, name)
                if path.suffix not in READ_AS_TEXT and path.is_file():
                    stat = path.stat()
                    yield path.relative_to(project).as_posix(), stat.st_mtime_ns, stat.st_size
