"""An EPUB's bytes → what is in it, as the checks of a finished book ask for it."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from cheatsheet.epub.packaging import CONTAINER, MIMETYPE
from cheatsheet.reader.items import Destination, Link

MOST_BYTES = 100_000_000
XML = (".xhtml", ".opf", ".svg", ".xml")
PLAIN = (".css", ".txt")
NO_RECTANGLE = (0.0, 0.0, 0.0, 0.0)
OPF = "{http://www.idpf.org/2007/opf}"
XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"


class UnreadableError(ValueError):
    """A file is no EPUB that can be read; the message says why."""


@dataclass(frozen=True)
class EpubReading:
    """An EPUB: its files by path, and the path of its package document.

    A `page` is a file of the spine, counted from 1.
    """

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
        found = {}
        for item in self.package.iterfind(f".//{OPF}item"):
            path = urljoin(self.package_path, item.get("href", ""))
            found[item.get("id")] = (path, item.get("properties"))
        return found

    @cached_property
    def spine(self) -> list[str]:
        """The paths of the files in reading order."""
        refs = [ref.get("idref") for ref in self.package.iterfind(f".//{OPF}itemref")]
        return [self.manifest[ref][0] for ref in refs if ref in self.manifest]

    @cached_property
    def trees(self) -> dict[str, Any]:
        """All XML documents by path. Raises UnreadableError."""
        return {name: parse(self.files, name) for name in self.files if name.endswith(XML)}

    @cached_property
    def documents(self) -> dict[str, Any]:
        """All XHTML documents by path."""
        return {name: tree for name, tree in self.trees.items() if name.endswith(".xhtml")}

    def texts(self, *, shown: bool = True) -> Iterator[tuple[str, str]]:
        """Yield each (path, text): of attributes, comments, plain files; and of elements."""
        for name in self.files:
            if name.endswith(PLAIN):
                yield name, self.files[name].decode("utf-8", "replace")
        for name, tree in self.trees.items():
            for node in tree.iter():
                said = (node.text,) if shown or not isinstance(node.tag, str) else ()
                for text in (*said, *((node.tail,) if shown else ()), *node.attrib.values()):
                    yield name, str(text or "")

    def nav(self, kind: str) -> list[tuple[str, str]]:
        """Return (path with fragment, words) of each link of a navigation list."""
        path = next((path for path, said in self.manifest.values() if said == "nav"), "")
        lists = self.documents[path].iter(f"{XHTML}nav") if path in self.documents else ()
        links = (a for one in lists if one.get(TYPE) == kind for a in one.iter(f"{XHTML}a"))
        return [(urljoin(path, a.get("href", "")), said_in(a)) for a in links]

    @cached_property
    def marks(self) -> list[tuple[str, str]]:
        """The (path with fragment, label) of each mark where a page of the print edition begins."""
        return [
            (f"{path}#{mark.get('id')}", said_in(mark))
            for path in self.spine
            for mark in self.documents[path].iterfind(".//*[@role='doc-pagebreak']")
        ]

    @property
    def pages(self) -> int:
        """The number of files in reading order."""
        return len(self.spine)

    @cached_property
    def destinations(self) -> Mapping[str, Destination]:
        """The file of each section, by id, where its heading has that id."""
        return {
            heading.get("id"): Destination(number, 0)
            for number, path in enumerate(self.spine, 1)
            for heading in self.documents[path].iter(f"{XHTML}h1")
            if path.endswith(f"/{heading.get('id')}.xhtml")
        }

    @cached_property
    def links(self) -> list[Link]:
        """The links in the files of the spine."""
        return [
            self._link(number, link)
            for number, path in enumerate(self.spine, 1)
            for link in self.documents[path].iter(f"{XHTML}a")
        ]

    def text(self, page: int) -> str:
        """Return the words of a file."""
        return said_in(self.documents[self.spine[page - 1]].find(f"{XHTML}body"))

    def words_at(self, target: Destination) -> list[str]:
        """Return the words of a file's heading, which is all that has a place."""
        return [said_in(self.documents[self.spine[target.page - 1]].find(f".//{XHTML}h1"))]

    def resolve(self, link: Link) -> int | None:
        """Return the file that a link leads to, or None."""
        target = self.destinations.get(link.name or "")
        return target.page if target else None

    def counts(self) -> dict[str, int]:
        """Return how much of what there is in the file."""
        return {"pages": len(self.marks), "links": len(self.links), "files": len(self.files)}

    def _link(self, page: int, link: Any) -> Link:
        """Return a link: to a section by its file, or to an address."""
        href, words, title = link.get("href", ""), said_in(link), link.get("title", "")
        if ":" in href:
            return Link(page, NO_RECTANGLE, words, uri=href, description=title)
        return Link(page, NO_RECTANGLE, words, href.removesuffix(".xhtml"), description=title)


def read_epub(data: bytes) -> EpubReading:
    """Open an EPUB (EPUB 3.3, 4). Raises UnreadableError."""
    try:
        entries, files = _unpacked(data)
    except Exception as problem:  # hostile bytes raise anything in zipfile
        raise UnreadableError(f"it cannot be unpacked: {problem}") from problem
    first = entries[0] if entries else zipfile.ZipInfo()
    if first.filename != "mimetype" or first.compress_type or files["mimetype"] != MIMETYPE:
        raise UnreadableError("its first file is not the plain `mimetype` of an EPUB")
    roots = [one.get("full-path", "") for one in parse(files, CONTAINER).iterfind(".//{*}rootfile")]
    epub = EpubReading(data, entries, files, next(iter(roots), ""))
    missing = [path for path in epub.spine if path not in epub.documents]
    if missing or not epub.spine:
        raise UnreadableError(f"its reading order has no {', '.join(missing[:3]) or 'file'}")
    return epub


def _unpacked(data: bytes) -> tuple[list[zipfile.ZipInfo], dict[str, bytes]]:
    """Return the entries of a zip, and its files by path."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > MOST_BYTES:
            raise UnreadableError(f"it would be more than {MOST_BYTES // 1_000_000} MB")
        return entries, {entry.filename: archive.read(entry) for entry in entries}


def parse(files: Mapping[str, bytes], name: str) -> Any:
    """Return a document of an EPUB; nothing else is loaded. Raises UnreadableError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(files[name], parser)
    except (KeyError, etree.XMLSyntaxError) as problem:
        raise UnreadableError(f"{name} cannot be read: {problem}") from problem


def said_in(element: Any) -> str:
    """Return the words in an element, with one space wherever there is white space."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""
