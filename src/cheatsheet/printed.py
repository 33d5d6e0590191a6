"""The print edition → its pages' labels and words by section, and its cover."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import cheatsheet
from cheatsheet.build import DEFAULT_EDITION, pdf_path
from cheatsheet.checks import Asked
from cheatsheet.composition import PARTS, Composer
from cheatsheet.findings import Finding, has_errors
from cheatsheet.glossary import Glossary
from cheatsheet.raster import PagePictures, page_pictures, png

COVER_WIDTH = 1200  # px


@dataclass(frozen=True)
class Printed:
    """The print edition: (label, text) of each page by section id, and the cover as PNG."""

    pages: Mapping[str, tuple[tuple[str, str], ...]]
    cover: bytes

    @property
    def counts(self) -> dict[str, int]:
        """The sections' numbers of pages by id."""
        return {name: len(pages) for name, pages in self.pages.items()}


def read_print(project: Path, glossary: Glossary) -> tuple[Printed | None, list[Finding]]:
    """Return the print edition; None, with findings, if it cannot be laid out.

    It is the PDF in dist/ if that is newer than all that it is made of, as `make` decides, and has
    the manuscript's sections; else it is laid out.
    """
    file = project / pdf_path(glossary, DEFAULT_EDITION)
    asked = Asked(glossary, glossary.book.editions[DEFAULT_EDITION], frozenset())
    printed = _read(file.read_bytes(), asked) if _is_current(project, file) else None
    return (printed, []) if printed else _lay_out(project, glossary, asked)


def _lay_out(
    project: Path, glossary: Glossary, asked: Asked
) -> tuple[Printed | None, list[Finding]]:
    """Lay the print edition out, and return it; None, with findings, if it cannot be."""
    composer = Composer(project)
    setting = composer.set_up(glossary, DEFAULT_EDITION)
    if has_errors(setting.findings):
        return None, list(setting.findings)
    pagination = composer.lay_out(setting, lambda *_: None)
    findings = [*setting.findings, *pagination.findings]
    binding = setting.bind(pagination.laid_out, pagination.labels)
    return _read(binding.pdf, asked), [*findings, *binding.findings]


def _is_current(project: Path, file: Path) -> bool:
    """Tell whether a file is newer than the manuscript, the styles, the fonts and the program."""
    if not file.is_file():
        return False
    made = file.stat().st_mtime_ns
    folders = [*(project / part for part in PARTS), Path(cheatsheet.__file__).parent]
    return all(path.stat().st_mtime_ns <= made for folder in folders for path in _sources(folder))


def _sources(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder, but for what Python compiles."""
    return (path for path in folder.rglob("*") if path.suffix != ".pyc" and path.is_file())


def _read(data: bytes, asked: Asked) -> Printed | None:
    """Return the print edition of a PDF; None if that has not the manuscript's sections."""
    names = [section.id for section in asked.sections]
    with page_pictures(data) as pdf:
        found = pdf.destinations()
        if len(pdf) != asked.edition.pages or not found.keys() >= set(names):
            return None
        starts = [*(found[name] for name in names), len(pdf)]
        if starts != sorted(set(starts)):
            return None
        own = dict(zip(names, map(range, starts, starts[1:]), strict=False))
        pages = {
            name: tuple(_page(pdf, n, alone=len(one) == 1) for n in one)
            for name, one in own.items()
        }
        after = str(int(pdf.label(len(pdf) - 1)) + 1)
        pages["offer"] = ((after, ""),)  # a sample's last page, which the book does not have
        return Printed(pages, png(pdf.picture(0, COVER_WIDTH / pdf.size(0)[0])))


def _page(pdf: PagePictures, page: int, *, alone: bool) -> tuple[str, str]:
    """Return a page's label and text; of a section's only page the text is not asked for."""
    return pdf.label(page), "" if alone else pdf.text(page)
