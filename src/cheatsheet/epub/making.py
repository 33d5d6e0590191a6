"""A glossary, the print edition and styles/epub/ → an EPUB edition: what a builder asks of one."""

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from cheatsheet.checks import Asked
from cheatsheet.edition_build import EditionBuild, Job, set_up
from cheatsheet.epub.checks import check_epub
from cheatsheet.epub.documents import make_documents
from cheatsheet.epub.packaging import COVER, pack_epub
from cheatsheet.epub.pages import page_list
from cheatsheet.epub.styling import Look, make_look
from cheatsheet.findings import Finding
from cheatsheet.glossary import PRINT, Edition, Glossary
from cheatsheet.pagination import Pagination, Progress
from cheatsheet.pdf.linker import LinkedBook
from cheatsheet.pdf.making import JobExecutor, SectionMaker
from cheatsheet.pdf.store import Store
from cheatsheet.raster import page_pictures, small_png

COVER_WIDTH = 1200  # px

_PDFIUM = Lock()  # it is not safe for threads, and editions are built side by side


@dataclass(frozen=True)
class EpubAsked(Asked):
    """What an EPUB must be."""

    name: str = ""

    @property
    def _edition_name(self) -> str:
        """The edition's name."""
        return self.name


@dataclass(frozen=True)
class EpubBuild:
    """An EPUB edition as the project folder has it now; `printed` is the print edition."""

    glossary: Glossary
    name: str
    printed: EditionBuild
    look: Look

    @property
    def edition(self) -> Edition:
        """The PDF edition with the same sections."""
        return self.glossary.book.epubs[self.name]

    @property
    def maker(self) -> SectionMaker:
        """What makes the print edition's sections."""
        return self.printed.maker

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the style sheets."""
        return (*self.printed.findings, *self.look.findings)

    @property
    def asked(self) -> EpubAsked:
        """What the checks compare it with."""
        folder = self.printed.project.resolve()
        return EpubAsked(self.glossary, self.edition, frozenset(), folder, self.name)

    def style_findings(self) -> tuple[Finding, ...]:
        """Return what the renderer reports of the print edition's style sheets."""
        return self.printed.style_findings()

    def lay_out(self, progress: Progress) -> Pagination:
        """Lay out the print edition, for its page numbers. Raises RenderError."""
        return self.printed.lay_out(progress)

    def link(self, pagination: Pagination) -> LinkedBook:
        """Return the EPUB; its pages are those of the print edition that it has.

        Raises RenderError.
        """
        asked, pages = self.asked, page_list(self.asked, pagination)
        files = make_documents(asked, self.printed.paginator, pagination, self.look.tokens)
        files[COVER] = _cover(pagination)
        data = pack_epub(asked, pages, self.name, {**files, **self.look.files})
        return LinkedBook(data, len(pages), ())

    def checks(self, data: bytes, pagination: Pagination) -> list[Job]:
        """Return the checks of the EPUB's bytes as jobs."""
        return [(check_epub, data, self.asked, page_list(self.asked, pagination))]


def set_up_epub(
    project: Path, glossary: Glossary, edition: str, store: Store, executor: JobExecutor
) -> EpubBuild:
    """Return an EPUB edition: its style sheets, and the print edition, as they are now."""
    printed = set_up(project, glossary, PRINT, store, executor)
    look = make_look(project, [text for *_, text in glossary.texts()])
    return EpubBuild(glossary.for_edition(edition), edition, printed, look)


def _cover(pagination: Pagination) -> bytes:
    """Return a picture of the print edition's cover."""
    with _PDFIUM, page_pictures(pagination.files["cover"].pdf) as pages:
        return small_png(pages.wide(0, COVER_WIDTH))
