"""The editions of the book, and their files in dist/."""

from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from cheatsheet.model.examples import EXAMPLES, how_to_add

if TYPE_CHECKING:  # it takes a while, and has editions of its own
    from cheatsheet.model.glossary import Glossary

PRINT, EPUB = "print", "epub"

DIST = PurePath("dist")
DEFAULT_EDITION = PRINT


class UnknownEditionError(ValueError):
    """There is no such edition, or it is an EPUB and has no pages; `editions` are the others."""

    def __init__(self, edition: str, editions: list[str], *, has_pages: bool = True) -> None:
        said = f"there is no edition `{edition}`" if has_pages else f"`{edition}` has no pages"
        how = f"; {how_to_add(edition)}" if edition in EXAMPLES and has_pages else ""
        super().__init__(f"{said}; there is: {', '.join(editions)}{how}")
        self.editions = editions


def pdf_path(glossary: "Glossary", edition: str) -> PurePath:
    """Return a PDF edition's file, relative to the project."""
    suffix = "" if edition == DEFAULT_EDITION else f"-{edition}"
    return DIST / f"{glossary.book.stem}{suffix}.pdf"


def edition_path(glossary: "Glossary", edition: str) -> PurePath:
    """Return an edition's file, PDF or EPUB, relative to the project. Raises UnknownEditionError.

    An EPUB has the name of the PDF with the same sections: `-sample.epub` is beside `-sample.pdf`.
    """
    if edition in glossary.book.epubs:
        return DIST / f"{glossary.book.stem}{edition.removeprefix(EPUB)}.epub"
    if edition not in glossary.book.editions:
        raise UnknownEditionError(edition, list_editions(glossary))
    return pdf_path(glossary, edition)


def list_editions(glossary: "Glossary") -> list[str]:
    """Return the names of all editions, EPUBs last."""
    return [*glossary.book.editions, *glossary.book.epubs]


def edition_of(glossary: "Glossary", path: Path) -> str | None:
    """Return the edition that a file is by its name; None if the name says nothing.

    A buyer's copy has its order after an underscore, which no edition's name has.
    """
    stem = path.stem.removesuffix(".rejected").partition("_")[0]
    for edition in list_editions(glossary):
        named = edition_path(glossary, edition)
        if stem == named.stem and is_epub(path) == is_epub(named):
            return edition
    return None


def is_epub(path: PurePath) -> bool:
    """Tell whether a file is an EPUB by its name."""
    return path.suffix.casefold() == ".epub"


def require_edition(glossary: "Glossary", edition: str) -> None:
    """Raise UnknownEditionError if the book has no such PDF edition."""
    if edition not in glossary.book.editions:
        has_pages = edition not in glossary.book.epubs
        raise UnknownEditionError(edition, list(glossary.book.editions), has_pages=has_pages)
