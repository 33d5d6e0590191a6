"""An EPUB's bytes → its files, its package, and what stands in its documents. Alone opens them."""

import io
import zipfile
from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname, join, normpath
from typing import Any

from lxml import etree

from cheatsheet.checks.words import squash
from cheatsheet.epub.packaging import CONTAINER, MIMETYPE

MOST_BYTES = 100_000_000
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"


class UnreadableError(ValueError):
    """A file is no EPUB that can be read; the message says why."""


@dataclass(frozen=True)
class EpubReading:
    """An EPUB's files by path, in the zip's order, and the path of its package document."""

    data: bytes
    entries: list[zipfile.ZipInfo]
    files: dict[str, bytes]
    package_path: str

    @cached_property
    def package(self) -> Any:
        """The package document."""
        return parse(self.files, self.package_path)

    @cached_property
    def manifest(self) -> dict[str, tuple[str, str]]:
        """Each file that the package names: (path, properties) by id."""
        items = self.package.iterfind(f".//{OPF}item")
        return {
            item.get("id"): (self.path(self.package_path, item.get("href")), item.get("properties", ""))
            for item in items
        }

    @cached_property
    def spine(self) -> list[str]:
        """The paths of the documents in reading order."""
        refs = [ref.get("idref") for ref in self.package.iterfind(f".//{OPF}itemref")]
        return [self.manifest[ref][0] for ref in refs if ref in self.manifest]

    @cached_property
    def documents(self) -> dict[str, Any]:
        """All XHTML documents by path."""
        return {name: parse(self.files, name) for name in self.files if name.endswith(".xhtml")}

    def nav(self, kind: str) -> list[tuple[str, str]]:
        """Return (path with fragment, words) of each link of a navigation list."""
        path = next((path for path, said in self.manifest.values() if said == "nav"), "")
        lists = self.documents[path].iter(f"{XHTML}nav") if path in self.documents else ()
        links = (a for one in lists if one.get(f"{OPS}type") == kind for a in one.iter(f"{XHTML}a"))
        return [(self.path(path, a.get("href", "")), said_in(a)) for a in links]

    def path(self, document: str, address: str) -> str:
        """Return the path, with its fragment, that an address in a document leads to."""
        return document + address if address[:1] in {"", "#"} else normpath(join(dirname(document), address))

    def section(self, name: str) -> Any:
        """Return the document of a section; an empty one if there is none."""
        found = (path for path in self.spine if path.endswith(f"/{name}.xhtml"))
        return self.documents.get(next(found, ""), etree.Element("none"))

    def counts(self) -> dict[str, int]:
        """Return how much of what there is in the file."""
        links = sum(len(list(page.iter(f"{XHTML}a"))) for page in self.documents.values())
        return {"pages": len(self.nav("page-list")), "links": links, "files": len(self.files)}


def read_epub(data: bytes) -> EpubReading:
    """Open an EPUB (EPUB 3.3, 4). Raises UnreadableError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise UnreadableError(f"it unpacks to more than {MOST_BYTES // 1_000_000} MB")
            files = {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as problem:
        raise UnreadableError(f"it cannot be unpacked: {problem}") from problem
    first = entries[0] if entries else zipfile.ZipInfo()
    if first.filename != "mimetype" or first.compress_type or files["mimetype"] != MIMETYPE:
        raise UnreadableError("its first file is not the plain `mimetype` of an EPUB")
    roots = parse(files, CONTAINER).iterfind(".//{*}rootfile")
    return EpubReading(data, entries, files, next((root.get("full-path", "") for root in roots), ""))


def parse(files: dict[str, bytes], name: str) -> Any:
    """Return a document of an EPUB; nothing else is loaded. Raises UnreadableError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(files[name], parser)
    except (KeyError, etree.XMLSyntaxError) as problem:
        raise UnreadableError(f"{name} cannot be read: {problem}") from problem


def said_in(element: Any) -> str:
    """Return the words in an element, with one space wherever there is white space."""
    return " ".join("".join(element.itertext()).split())


def letters_in(element: Any) -> str:
    """Return the letters and digits in an element."""
    return squash("".join(element.itertext()))
