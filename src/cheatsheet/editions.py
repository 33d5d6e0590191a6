"""The editions of the book, and their files in dist/."""

from pathlib import Path, PurePath

from cheatsheet.glossary import Glossary

DIST = PurePath("dist")
DEFAULT_EDITION = "print"


class UnknownEditionError(ValueError):
    """There is no such edition in content/book.yaml; `editions` are those that there are."""

    def __init__(self, edition: str, editions: list[str]) -> None:
        super().__init__(f"there is no edition `{edition}`; there is: {', '.join(editions)}")
        self.editions = editions


def pdf_path(glossary: Glossary, edition: str) -> PurePath:
    """Return an edition's file, relative to the project."""
    suffix = "" if edition == DEFAULT_EDITION else f"-{edition}"
    return DIST / f"{glossary.book.stem}{suffix}.pdf"


def edition_of(glossary: Glossary, path: Path) -> str | None:
    """Return the edition that a PDF is by its name; None if the name says nothing.

    A buyer's copy has its order after an underscore, which no edition's name has.
    """
    stem = path.stem.removesuffix(".rejected").partition("_")[0]
    for edition in glossary.book.editions:
        if stem == pdf_path(glossary, edition).stem:
            return edition
    return None


def require_edition(glossary: Glossary, edition: str) -> None:
    """Raise UnknownEditionError if the book has no such edition."""
    if edition not in glossary.book.editions:
        raise UnknownEditionError(edition, list(glossary.book.editions))
