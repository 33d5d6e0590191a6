"""Sections and files → the EPUB's bytes: package document, navigation, container, zip."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from uuid import NAMESPACE_URL, uuid5

from cheatsheet.book.templates import render, template_environment
from cheatsheet.epub.pages import ExpectedEpub
from cheatsheet.model.glossary import Book
from cheatsheet.system.archive import pack_zip

FOLDER = "EPUB"
CONTAINER = "META-INF/container.xml"
PACKAGE = f"{FOLDER}/package.opf"
NAV = "nav.xhtml"
COVER = "cover.png"
MIMETYPE = b"application/epub+zip"
TYPES = {".xhtml": "application/xhtml+xml", ".css": "text/css", ".svg": "image/svg+xml"}
TYPES |= {".png": "image/png", ".ttf": "font/ttf", ".woff2": "font/woff2"}
TYPES |= {".otf": "font/otf", ".txt": "text/plain"}
PROPERTIES = {NAV: "nav", COVER: "cover-image"}


def pack_epub(expected: ExpectedEpub, files: Mapping[str, bytes]) -> bytes:
    """Return an EPUB of files by path. Raises RenderError."""
    book = expected.glossary.book
    environment = template_environment(expected.glossary, "epub")
    known = {
        "title": expected.title,
        "identifier": identifier(book, expected.name),
        "package": PACKAGE,
        "items": [_item(href) for href in (NAV, *files)],
        "sections": expected.sections,
        "pages": expected.pages,
    }

    def rendered(template: str) -> bytes:
        return (render(environment, f"{template}.j2", known).strip() + "\n").encode()

    packed = {"mimetype": MIMETYPE, CONTAINER: rendered("container.xml")}
    packed |= {PACKAGE: rendered("package.opf"), f"{FOLDER}/{NAV}": rendered(NAV)}
    return pack_zip(packed | {f"{FOLDER}/{href}": data for href, data in files.items()})


def identifier(book: Book, name: str) -> str:
    """Return the identifier of an EPUB edition, by which no other edition goes."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{book.site or book.stem}/{name}')}"


def _item(href: str) -> dict[str, str]:
    """Return what the manifest says of a file (EPUB 3.3, 5.6.2); its id is the section's."""
    kind = TYPES[PurePosixPath(href).suffix]
    name = href.removesuffix(".xhtml").replace("/", "-")
    return {"id": name, "href": href, "type": kind, "properties": PROPERTIES.get(href, "")}
