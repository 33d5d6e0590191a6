"""Section files, in order → one tagged PDF (PDF/UA-1): pages, links, tags, fonts, outline, labels.

As a linker joins object files: each link to a section is a relocation, which becomes a destination
of the whole, or is a finding where no section has it.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, NumberTree, OutlineItem, String

from cheatsheet.findings import NOWHERE, Finding, Place
from cheatsheet.pdf.fonts import link_fonts
from cheatsheet.pdf.rules import TARGET
from cheatsheet.pdf.section import RELOCATION, SectionFile, StyleSet
from cheatsheet.reader.seal import sealed
from cheatsheet.stylesheets.matching import PAPER, Cascade, element_of

HEADER = b"/S /TH"
REMOVED = (
    "put the elements that have these ids back on their pages: undo the last change to their"
    " `display`, `position` or `float`, or to the template"
)

LabelRun = tuple[int, bool, int]
"""Where page labels begin anew: (0-based page, whether Roman, first number)."""


@dataclass(frozen=True)
class Part:
    """A section of the book: its file, level in the outline, place of its text, and HTML."""

    file: SectionFile
    level: int
    place: Place
    html: str = field(repr=False)


@dataclass(frozen=True)
class LinkedBook:
    """A file's bytes, its number of pages, and what went wrong while it was linked."""

    data: bytes
    pages: int
    findings: tuple[Finding, ...]


def link(
    parts: Sequence[Part],
    labels: Sequence[LabelRun],
    styles: StyleSet,
    edition: str,
    made_of: str = "",
) -> LinkedBook:
    """Return the PDF of sections that were laid out with a style set.

    It is sealed as an edition's; `made_of` tells by what it was built.

    Metadata are the first section's. The same sections give the same bytes.
    """
    with pikepdf.new() as book:
        linker = _Linker(book)
        for part in parts:
            linker.add(part)
        findings = linker.finish(parts, styles)
        book.Root.PageLabels = Dictionary(Nums=Array(list(_page_labels(labels))))
        output = io.BytesIO()
        book.save(
            output,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            min_version="1.7",
            deterministic_id=True,
            fix_metadata_version=False,
        )
        return LinkedBook(sealed(output.getvalue(), edition, made_of), len(book.pages), findings)


class _Linker:
    """A book that sections are added to."""

    def __init__(self, book: pikepdf.Pdf) -> None:
        self._book = book
        self._document = book.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, K=Array())
        )
        self._destinations: dict[str, Any] = {}
        self._outline: list[tuple[int, str, Any]] = []
        self._fonts: list[tuple[Mapping[str, Any], Any]] = []
        self._page_tags: list[Any] = []
        self._annotation_tags: list[tuple[Any, Any]] = []
        self._relocations: list[tuple[Any, Place]] = []
        self._sections = 0

    def add(self, part: Part) -> None:
        """Add a section's pages and tags."""
        with pikepdf.open(io.BytesIO(part.file.pdf)) as section:
            if not self._sections:
                self._take_catalog(section)
            self._sections += 1
            first = len(self._book.pages)
            own = {page.obj.objgen: index for index, page in enumerate(section.pages)}
            self._book.pages.extend(section.pages)
            pages = [page.obj for page in self._book.pages[first:]]

            def moved(destination: Any) -> Array:
                page, *view = destination
                return Array([pages[own[page.objgen]], *view])

            if "/Names" in section.Root:
                for name, destination in NameTree(section.Root.Names.Dests).items():
                    self._destinations.setdefault(str(name), moved(destination))
            with section.open_outline() as outline:
                for depth, item in _items(outline.root):
                    at = part.level + depth, item.title, moved(item.destination)
                    self._outline.append(at)
            self._take_tags(section, pages, part)
            self._fonts.append((part.file.fonts, pages[0].Resources.Font))

    def finish(self, parts: Sequence[Part], styles: StyleSet) -> tuple[Finding, ...]:
        """Write what the whole book has once; return the links that lead nowhere."""
        findings = tuple(self._relocate(parts, styles))
        link_fonts(self._book, self._fonts, styles)
        self._write_tags()
        names = sorted(self._destinations, key=str.encode)
        pairs = [part for name in names for part in (String(name), self._destinations[name])]
        self._book.Root.Names = Dictionary(Dests=Dictionary(Names=Array(pairs)))
        self._write_outline()
        return findings

    def _take_catalog(self, section: pikepdf.Pdf) -> None:
        """Take the metadata of a section: title, language, that it is tagged."""
        root = self._book.Root
        for key in ("/Lang", "/ViewerPreferences", "/MarkInfo"):
            if key in section.Root:
                root[key] = self._copy(section, section.Root[key])
        root.Metadata = self._book.copy_foreign(section.Root.Metadata)
        self._book.trailer.Info = self._book.copy_foreign(section.trailer.Info)
        root.PageMode = Name.UseOutlines

    def _copy(self, section: pikepdf.Pdf, value: Any) -> Any:
        """Return a copy of a section's object, which may be a direct one."""
        return self._book.copy_foreign(section.make_indirect(Dictionary(V=value))).V

    def _take_tags(self, section: pikepdf.Pdf, pages: Sequence[Any], part: Part) -> None:
        """Take a section's structure elements, and what its pages and annotations belong to.

        ISO 32000-1, 14.7.4.4.
        """
        tree = self._book.copy_foreign(section.Root.StructTreeRoot)
        for element in tree.K[0].K:
            element.P = self._document
            self._document.K.append(element)
        if HEADER in part.file.pdf:
            _rename_headers(tree.K[0], f"{self._sections}-")
        owners = NumberTree(tree.ParentTree)
        for page in pages:
            self._page_tags.append(owners[int(page.StructParents)])
            for annotation in page.get("/Annots", ()):
                if "/StructParent" in annotation:
                    self._annotation_tags.append((annotation, owners[int(annotation.StructParent)]))
                if "/A" in annotation and str(annotation.A.get("/URI", "")).startswith(RELOCATION):
                    self._relocations.append((annotation, part.place))

    def _relocate(self, parts: Sequence[Part], styles: StyleSet) -> Iterator[Finding]:
        """Have links to sections lead to their destinations; yield a finding if some have none."""
        lost: dict[str, Place] = {}
        for annotation, place in self._relocations:
            target = str(annotation.A.URI).removeprefix(RELOCATION)
            if target in self._destinations:
                annotation.Dest = String(target)
                del annotation["/A"]
            else:
                lost.setdefault(target, place)
        if lost:
            yield from _causes(lost, parts, styles)

    def _write_tags(self) -> None:
        """Write one structure tree for all sections: pages come first, then annotations."""
        numbers: list[Any] = []
        for key, (page, owners) in enumerate(zip(self._book.pages, self._page_tags, strict=True)):
            page.obj.StructParents = key
            numbers += [key, owners]
        for key, (annotation, owner) in enumerate(self._annotation_tags, len(self._page_tags)):
            annotation.StructParent = key
            numbers += [key, owner]
        tree = self._book.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        tree.K = Array([self._document])
        tree.ParentTree = self._book.make_indirect(Dictionary(Nums=Array(numbers)))
        self._document.P = tree
        self._book.Root.StructTreeRoot = tree

    def _write_outline(self) -> None:
        """Write the outline, in which what has others under it is closed."""
        with self._book.open_outline() as outline:
            lists = {0: outline.root}
            for level, title, destination in self._outline:
                item = OutlineItem(title, destination)
                item.is_closed = True
                lists = {depth: items for depth, items in lists.items() if depth < level}
                lists[max(lists)].append(item)
                lists[level] = item.children


def _causes(
    lost: Mapping[str, Place], parts: Sequence[Part], styles: StyleSet
) -> Iterator[Finding]:
    """Yield a finding for each cause of lost destinations; links to them stand at the places.

    What a style takes off the pages is told where it does.
    """
    cascade = Cascade(styles.styles, PAPER)
    causes: dict[Place, list[str]] = {}
    for target, place in lost.items():
        homes = [part for part in parts if f'id="{target}"' in part.html]
        if not homes:
            yield TARGET.finding(f"there is no section `{target}` to link to", place)
        else:
            removed = cascade.removing(element_of(homes[0].html, target))
            causes.setdefault(removed or NOWHERE, []).append(target)
    for place, (first, *others) in causes.items():
        more = f", nor {len(others)} more sections that links lead to" if others else ""
        yield TARGET.finding(f"no page has `{first}`{more}", place, REMOVED)


def _items(items: Sequence[OutlineItem], depth: int = 0) -> Iterator[tuple[int, OutlineItem]]:
    """Yield the items of an outline in order, each after how many it stands under."""
    for item in items:
        yield depth, item
        yield from _items(item.children, depth + 1)


def _rename_headers(element: Any, prefix: str) -> None:
    """Give the header cells under a structure element names that no other section has."""
    if "/ID" in element:
        element.ID = String(prefix + str(element.ID))
    attributes = element.get("/A")
    if isinstance(attributes, Dictionary) and "/Headers" in attributes:
        attributes.Headers = Array([String(prefix + str(name)) for name in attributes.Headers])
    kids = element.get("/K")
    for kid in kids if isinstance(kids, Array) else ():
        if isinstance(kid, Dictionary) and "/S" in kid:
            _rename_headers(kid, prefix)


def _page_labels(labels: Sequence[LabelRun]) -> Iterator[Any]:
    """Yield the page labels that viewers show in place of page counts (ISO 32000-1, 12.4.2)."""
    for first, roman, start in labels:
        yield first
        yield Dictionary(S=Name("/r" if roman else "/D"), St=start)
