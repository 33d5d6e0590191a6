"""Sections of HTML → pages, each laid out once for its text and styles, with what went wrong."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urljoin

from cheatsheet.findings import Finding, Place, error
from cheatsheet.pdf.engine import (
    Fonts,
    Pending,
    ProjectFetcher,
    boxes,
    collect_log,
    weasyprint,
)
from cheatsheet.pdf.styles import POSITION, place_of_family, style_finding
from cheatsheet.stylesheets import StyleFile, asked_addresses, declared_families, declared_tokens

MM_PER_PX = 25.4 / 96

LAYOUT = error(
    "layout-log",
    "The renderer complained while laying out a page.",
    "the message says what it ignored or did not find",
)
FAMILY = error(
    "layout-family",
    "A page is set in a font that no style sheet declares.",
    "declare the family in styles/fonts.css, or use one that is declared there",
)
OFF_PAGE = error(
    "layout-off-page",
    "A text reaches past the paper's edge.",
    "break the long word, or mend the position in the styles",
)
FETCH = error(
    "layout-fetch",
    "A page or a style asks for a file that is missing, outside the project, or on the network.",
    "use a relative path to a file inside the project folder",
)


@dataclass(frozen=True)
class LaidOut:
    """A section's pages.

    `heights_mm` is how far the text of each page reaches, in mm from the top of the page area (its
    content box), `room_mm` the height of that area, and `overhang_mm` how far text reaches out of a
    box of fixed height. `characters` are all that are printed,
    `place` is where the section's text stands, and `digest` that of its HTML.
    """

    document: Any
    place: Place
    characters: frozenset[str]
    findings: tuple[Finding, ...]
    heights_mm: tuple[float, ...]
    room_mm: float
    overhang_mm: float
    digest: bytes

    @property
    def pages(self) -> int:
        """The number of pages."""
        return len(self.heights_mm)

    def overflow_mm(self, pages: int) -> float:
        """Return by how many mm the text is too long for a number of pages; 0 if it fits."""
        past = max(height - self.room_mm for height in self.heights_mm)
        return max(sum(self.heights_mm[pages:]), past, self.overhang_mm, 0.0)


@dataclass(frozen=True)
class _Parsed:
    """A style sheet as the renderer takes it, and what is wrong with it."""

    sheet: Any
    findings: tuple[Finding, ...]


def digest_html(html: str) -> bytes:
    """Return what is another for any other HTML."""
    return hashlib.blake2b(html.encode(), digest_size=16).digest()


class Typesetter:
    """Lays out sections with one set of styles, and remembers what it laid out.

    `findings` are those of the styles; a section's own come with it. `tokens` are the values of the
    styles' custom properties. `layouts` counts the layouts that were done. `fonts` and `parsed` are
    another typesetter's: see `restyled`.
    """

    def __init__(
        self,
        project: Path,
        styles: list[StyleFile],
        fonts: Any = None,
        parsed: Mapping[StyleFile, "_Parsed"] = MappingProxyType({}),
    ) -> None:
        self._project = project.resolve()
        self._styles = styles
        self._families = declared_families(styles)
        self.tokens = declared_tokens(styles)
        self._fetcher = ProjectFetcher(project)
        self._fonts = fonts or Fonts()
        self._memory: dict[str, LaidOut] = {}
        self._used: set[str] = set()
        self.layouts = 0
        self._asked = dict(self._addresses())
        self._parsed = {style: parsed.get(style) or self._parse(style) for style in styles}
        self.findings = [finding for sheet in self._parsed.values() for finding in sheet.findings]

    def restyled(self, styles: list[StyleFile]) -> "Typesetter":
        """Return a typesetter for other styles.

        Sheets that stayed as they were are not parsed again, if the fonts' sheets are among them.
        """
        if _font_sheets(styles) != _font_sheets(self._styles):
            return Typesetter(self._project, styles)
        return Typesetter(self._project, styles, self._fonts, self._parsed)

    def lay_out(self, html: str, place: Place) -> LaidOut:
        """Return the pages of a section's HTML; `place` is where its text stands."""
        if html not in self._memory:
            self._memory[html] = self._lay_out(html, place)
            self.layouts += 1
        self._used.add(html)
        return self._memory[html]

    def forget_unused(self) -> None:
        """Forget the sections that were not asked for since the last time."""
        self._memory = {html: self._memory[html] for html in self._used}
        self._used = set()

    def _parse(self, style: StyleFile) -> "_Parsed":
        """Return a style sheet for the renderer; what it complains about is a finding."""
        with collect_log() as messages:
            sheet = weasyprint.CSS(
                string=style.text,
                base_url=(self._project / style.file).as_uri(),
                url_fetcher=self._fetcher,
                font_config=self._fonts,
            )
        place = Place(style.file.as_posix())
        said = (style_finding(message, [style]) for message in messages)
        return _Parsed(sheet, (*self._refused(place), *said))

    def _lay_out(self, html: str, place: Place) -> LaidOut:
        """Lay out a section."""
        self._fetcher.refusals.clear()  # of a layout that was broken off
        sheets = [parsed.sheet for parsed in self._parsed.values()]
        with collect_log() as messages:
            document = weasyprint.HTML(
                string=html, base_url=f"{self._project.as_uri()}/", url_fetcher=self._fetcher
            ).render(font_config=self._fonts, stylesheets=sheets, pdf_variant="pdf/ua-1")
            page_boxes = [page._page_box for page in document.pages]  # noqa: SLF001 - no public way
            for page_box in page_boxes:
                _solve_values(page_box)
        refused = list(self._refused(place))
        said = [m for m in messages if not (refused and m.startswith("Failed to load"))]
        findings = [*refused, *self._complaints(said, place)]
        for page in document.pages:
            page.links = [link for link in page.links if link[3].element_tag == "a"]
        texts = [box for page_box in page_boxes for box in _text_boxes(page_box)]
        findings.extend(self._undeclared(texts, place))
        findings.extend(_off_page(document.pages, place))
        heights = tuple(_text_height(box) * MM_PER_PX for box in page_boxes)
        characters = frozenset("".join(box.text for box in texts))
        room = page_boxes[0].height * MM_PER_PX
        overhang = max(map(_overhang, page_boxes)) * MM_PER_PX
        return LaidOut(
            document, place, characters, tuple(findings), heights, room, overhang, digest_html(html)
        )

    def _undeclared(self, texts: Iterable[Any], place: Place) -> Iterator[Finding]:
        """Yield a finding for each font family that is asked for and was not declared.

        The renderer would take another one without a word.
        """
        used = {box.style["font_family"][0] for box in texts}
        for family in sorted(used - self._families):
            asked = place_of_family(family, self._styles) or place
            yield FAMILY.finding(f"the font `{family}` is not declared", asked)

    def _refused(self, place: Place) -> Iterator[Finding]:
        """Yield a finding for each file that was refused since the last time.

        It stands where a style sheet asks for the file, or else at `place`.
        """
        for url, reason in self._fetcher.refusals.items():
            yield FETCH.finding(reason, self._asked.get(url, place))
        self._fetcher.refusals.clear()

    def _addresses(self) -> Iterator[tuple[str, Place]]:
        """Yield what the styles ask for by url(), as the fetcher is asked for it, and where."""
        for style in self._styles:
            base = (self._project / style.file).as_uri()
            for written, place in asked_addresses(style):
                with suppress(ValueError):  # no address at all: the renderer says so
                    yield weasyprint.urls.iri_to_uri(urljoin(base, written)), place

    def _complaints(self, messages: Iterable[str], place: Place) -> Iterator[Finding]:
        """Yield the renderer's complaints about a section; those about files are known."""
        for message in messages:
            if POSITION.search(message):
                yield style_finding(message, self._styles)
            else:
                yield LAYOUT.finding(message.replace(f"{self._project.as_uri()}/", ""), place)


def _font_sheets(styles: list[StyleFile]) -> list[StyleFile]:
    """Return the style sheets that declare fonts."""
    return [style for style in styles if "@font-face" in style.text]


def _off_page(pages: Iterable[Any], place: Place) -> Iterator[Finding]:
    """Yield a finding for the first text of each page that reaches past the paper's edge."""
    for page in pages:
        for box in _text_boxes(page._page_box):  # noqa: SLF001 - no public way
            if box.position_x < 0 or box.position_x + box.width > page.width:
                yield OFF_PAGE.finding(f'"{box.text[:40]}" is cut at the paper\'s edge', place)
                break


def _text_height(page_box: Any) -> float:
    """Return how far text and pictures reach below the top of the page area, in CSS px.

    Overflow is not logged by WeasyPrint: the boxes have to be asked.
    """
    content = (child for child in page_box.children if not isinstance(child, boxes.MarginBox))
    bottoms = [bottom for child in content for bottom in _bottoms(child)]
    return float(max(bottoms, default=page_box.content_box_y()) - page_box.content_box_y())


def _bottoms(box: Any) -> Iterator[float]:
    """Yield the lower edges of a box's lines and pictures, in CSS px from the page's top."""
    if isinstance(box, boxes.LineBox | boxes.ReplacedBox):
        yield box.position_y + box.height
    for child in box.all_children():
        yield from _bottoms(child)


def _overhang(box: Any) -> float:
    """Return how far text reaches below the boxes of fixed height that it is in, in CSS px."""
    inner: float = max((_overhang(child) for child in box.all_children()), default=0.0)
    if not isinstance(box, boxes.BlockBox) or box.style["height"] == "auto":
        return inner
    lowest = max(_bottoms(box), default=0.0)
    return max(inner, float(lowest - box.content_box_y() - box.height))


def _solve_values(box: Any) -> None:
    """Solve the variables in all that a box's style says.

    WeasyPrint does so when a value is asked for, a colour's as the page is first drawn, and
    complains then only.
    """
    style = box.style
    for name, (value, _) in getattr(style, "cascaded", {}).items():
        if isinstance(value, Pending) and name not in style:
            style[name]
    for child in box.all_children():
        _solve_values(child)


def _text_boxes(box: Any) -> Iterator[Any]:
    """Yield the boxes of text in a box."""
    if isinstance(box, boxes.TextBox):
        yield box
    for child in box.all_children():
        yield from _text_boxes(child)
