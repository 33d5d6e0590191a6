"""A glossary, the print edition and styles/epub/ → an EPUB edition: what a builder asks of one."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from cheatsheet.epub.checks import check_epub
from cheatsheet.epub.documents import make_documents
from cheatsheet.epub.packaging import COVER, pack_epub
from cheatsheet.epub.pages import ExpectedEpub
from cheatsheet.epub.styling import Look, make_look
from cheatsheet.layout.edition_build import EditionBuild, Job, set_up
from cheatsheet.layout.pagination import Pagination
from cheatsheet.layout.records import program_digest
from cheatsheet.model.editions import PRINT
from cheatsheet.model.glossary import Glossary
from cheatsheet.pdf.linker import LinkedBook
from cheatsheet.pdf.making import JobExecutor
from cheatsheet.pdf.store import Store
from cheatsheet.reader.raster import PagePictures, small_png

COVER_WIDTH = 1200  # px

_PDFIUM = Lock()  # it is not safe for threads, and editions are built side by side


@dataclass(frozen=True)
class EpubBuild(EditionBuild):
    """The print edition, which gives page numbers, and an EPUB edition with its own glossary."""

    epub: str
    own: Glossary
    look: Look
    store: Store

    @property
    def expected(self) -> ExpectedEpub:
        """What the checks compare the EPUB with."""
        return ExpectedEpub(self.own, self.epub, self.look.styles, self.project.resolve())

    def link(self, pagination: Pagination, *_: object) -> LinkedBook:
        """Return the EPUB; its pages are those of the print edition that it has.

        The same project gives the same bytes. Raises RenderError.
        """
        expected = self.expected.in_print(pagination)
        files = make_documents(expected, self.paginator, pagination, self.look.tokens, self.keep)
        cover = pagination.files["cover"].pdf
        files[COVER] = self.keep(lambda: _picture(cover), cover)
        data = pack_epub(expected, {**files, **self.look.files})
        return LinkedBook(data, len(expected.pages), ())

    def keep(self, make: Callable[[], bytes], *made_of: object) -> bytes:
        """Return what a function makes of the styles and other values, once for the same ones."""
        parts = "\0".join(map(repr, (program_digest(), self.styles.digest, *made_of)))
        key = hashlib.blake2b(parts.encode(), digest_size=20).hexdigest()
        entry = self.store.get(key)
        if entry is None:
            entry = make()
            self.store.put(key, entry)
        return entry

    def checks(self, data: bytes, pagination: Pagination) -> list[Job]:
        """Return the checks of the EPUB's bytes as jobs."""
        return [(check_epub, data, self.expected.in_print(pagination))]


def set_up_epub(
    project: Path, glossary: Glossary, edition: str, store: Store, executor: JobExecutor
) -> EpubBuild:
    """Return an EPUB edition: its style sheets, and the print edition, as they are now."""
    printed = set_up(project, glossary, PRINT, store, executor)
    look = make_look(project, [text for *_, text in glossary.texts()])
    both = dict.fromkeys((*printed.findings, *look.findings))  # they share their fonts
    found = replace(printed, findings=tuple(both))
    own = glossary.for_edition(edition)
    return EpubBuild(**vars(found), epub=edition, own=own, look=look, store=store)


def _picture(cover: bytes) -> bytes:
    """Return a picture of a cover, which is a PDF."""
    with _PDFIUM, PagePictures(cover) as pages:
        return small_png(pages.wide(0, COVER_WIDTH))
