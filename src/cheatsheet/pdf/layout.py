"""A section's HTML and a style set → a section file. Runs in a worker process.

What is returned depends on the arguments alone, not on what was laid out before in the process.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from math import ceil
from typing import Any

from cheatsheet.findings import NOWHERE, Finding, Place, Rule
from cheatsheet.findings.packing import pack_findings
from cheatsheet.pdf.engine import (
    FontConfiguration,
    SetFetcher,
    base_url,
    boxes,
    check_math,
    font_file,
    page_box,
    pydyf,
    solve_calculation,
    solve_values,
    weasyprint,
)
from cheatsheet.pdf.frames import page_frame
from cheatsheet.pdf.link_areas import whole_links
from cheatsheet.pdf.measuring import (
    MM_PER_PX,
    crowded,
    off_page,
    overhang,
    room_variables,
    text_boxes,
    text_height,
    without_room,
)
from cheatsheet.pdf.rules import (
    DRAWING,
    DRAWING_ADDRESS,
    FACE,
    FAILED_IMAGE,
    FAMILY,
    FETCH,
    GLYPH,
    LAYOUT,
    MISSING_GLYPH,
    WRITING,
)
from cheatsheet.pdf.section import (
    RELOCATION,
    SectionFile,
    SectionFont,
    StyleSet,
    content_digest,
    pack_section,
    style_addresses,
)
from cheatsheet.pdf.styles import POSITION, place_of_family, read_sheet, style_finding
from cheatsheet.pdf.tags import simplify_tags
from cheatsheet.stylesheets import StyleFile, declared_faces, find_unsolvable, place_of_variable
from cheatsheet.system.logs import collect_log

VARIANT = "pdf/ua-1"
BOLD = 600  # and more: what the eye tells from a text's own weight
PAGE_KIND = re.compile(r"@page\s+([\w-]+)", re.IGNORECASE)
KEPT_ENGINES = 2  # in a process: the last style set, and the one before it


def make_section(styles: StyleSet, html: str) -> bytes:
    """Return the section file of a section's HTML, packed."""
    return pack_section(_engine(styles).lay_out(html))


def make_style_findings(styles: StyleSet) -> bytes:
    """Return what the renderer reports of style sheets by themselves, packed."""
    endless = list(find_unsolvable(styles.styles, check_math, solve_calculation))
    return pack_findings(endless or _engine(styles).findings or _engine(styles).without_room())


_engines: dict[str, "LayoutEngine"] = {}


def _engine(styles: StyleSet) -> "LayoutEngine":
    """Return the engine of a style set; a process keeps the last few."""
    if styles.digest not in _engines:
        for digest in list(_engines)[: 1 - KEPT_ENGINES]:
            del _engines[digest]
        _engines[styles.digest] = LayoutEngine(styles, next(reversed(_engines.values()), None))
    return _engines[styles.digest]


_Parsed = tuple[Any, tuple[Finding, ...]]
"""A style sheet for the renderer, and what is wrong with it."""


class LayoutEngine:
    """Lays out sections with one style set.

    `findings` are those of the style sheets; a section's own come with it. What the engine `before`
    has of `fonts` and `parsed` sheets is not read again.
    """

    def __init__(self, styles: StyleSet, before: "LayoutEngine | None" = None) -> None:
        self._styles = styles
        self._fetcher = SetFetcher(styles)
        self._faces = declared_faces(list(styles.styles))
        self._asked = dict(style_addresses(styles.styles))
        self._font_digests: dict[str, str] = {}
        fits = before and before.has_fonts_of(styles)
        self.fonts: Any = before.fonts if before and fits else FontConfiguration()
        known = before.parsed if before and fits else {}
        self.parsed: dict[StyleFile, _Parsed] = {
            style: known.get(style) or self._parse(style) for style in styles.styles
        }
        self.findings = [finding for _, findings in self.parsed.values() for finding in findings]

    def has_fonts_of(self, styles: StyleSet) -> bool:
        """Tell whether a style set declares the same fonts, of the same files."""
        same_files = styles.files == self._styles.files
        return same_files and _font_sheets(styles) == _font_sheets(self._styles)

    def without_room(self) -> list[Finding]:
        """Return a finding if a page of one of the styles' kinds has no room for a word."""
        kinds = {"auto", *PAGE_KIND.findall(" ".join(style.text for style in self._styles.styles))}
        pages = "".join(f'<div style="page: {kind}">.</div>' for kind in sorted(kinds))
        with collect_log("weasyprint"):
            document = self._render(pages, whole=True)
        return [*islice(without_room(document.pages, self._styles.styles), 1)]

    def lay_out(self, html: str) -> SectionFile:
        """Return the section file of a section's HTML."""
        self._fetcher.refusals.clear()
        with collect_log("weasyprint") as messages:
            document = self._render(html)
            page_boxes = [page_box(page) for page in document.pages]
            for box in page_boxes:
                solve_values(box)
        refused = list(self._refused(NOWHERE))
        reported = [m for m in messages if not (refused and m.startswith("Failed to load"))]
        texts = [box for page in page_boxes for box in text_boxes(page)]
        findings = [
            *refused,
            *(self._complaint(message, LAYOUT) for message in reported),
            *self._undeclared(texts),
            *(crowded(texts, self._styles.styles) or off_page(document.pages, self._named)),
        ]
        frames = tuple(map(page_frame, document.pages))
        with collect_log("weasyprint") as messages:
            pdf = _write(document)
        findings.extend(self._complaint(message, WRITING) for message in messages)
        file = SectionFile(
            pdf=pdf,
            heights_mm=tuple(text_height(box) * MM_PER_PX for box in page_boxes),
            room_mm=page_boxes[0].height * MM_PER_PX,
            overhang_mm=max(map(overhang, page_boxes)) * MM_PER_PX,
            room="",
            frames=frames,
            fonts={font.hash: self._font(font) for font in document.fonts.values()},
            findings=tuple(dict.fromkeys(findings)),
        )
        if file.overflow_mm(1):
            return replace(file, room=self._named(room_variables(page_boxes)))
        return file

    def _render(self, html: str, *, whole: bool = False) -> Any:
        """Return a section's HTML as a laid-out document, with the links of its `a` elements.

        The last page is cut to its text where the styles say so, unless it is to be `whole`.
        """
        source = weasyprint.HTML(string=html, base_url=base_url(), url_fetcher=self._fetcher)
        sheets = [sheet for sheet, _ in self.parsed.values()]
        options = {"font_config": self.fonts, "pdf_variant": VARIANT}
        document = source.render(stylesheets=sheets, **options)
        if not whole and _ends_with_its_text(document):
            cut = weasyprint.CSS(string=_length_sheet(document))
            document = source.render(stylesheets=[*sheets, cut], **options)
        for page in document.pages:
            page.links = whole_links(page.links)
        return document

    def _parse(self, style: StyleFile) -> _Parsed:
        """Return a style sheet for the renderer, and what is wrong with it."""

        def read(text: str) -> Any:
            address, fetcher = base_url(style.file.as_posix()), self._fetcher
            return weasyprint.CSS(
                string=text, base_url=address, url_fetcher=fetcher, font_config=self.fonts
            )

        sheet, findings = read_sheet(style, read)
        return sheet, (*self._refused(Place(style.file.as_posix())), *findings)

    def _named(self, variables: list[str]) -> str:
        """Return those of some variables that are lengths, as a sentence has them; with places."""
        styles = list(self._styles.styles)
        places = [(name, place_of_variable(styles, name)) for name in variables]
        return " or ".join(f"`{name}` ({place})" for name, place in places if place)

    def _font(self, font: Any) -> SectionFont:
        """Return what a document's font prints, and the digest of its file, taken once."""
        if font.hash not in self._font_digests:
            file = font_file(font)
            self._font_digests[font.hash] = content_digest(file) if file else ""
        digest = self._font_digests[font.hash]
        return SectionFont(digest, dict(font.widths), dict(font.to_unicode))

    def _undeclared(self, texts: Iterable[Any]) -> Iterator[Finding]:
        """Yield a finding for each font family that is asked for and was not declared.

        The renderer would take another one without a word.
        """
        used = {
            (
                box.style["font_family"][0],
                box.style["font_weight"] >= BOLD,
                box.style["font_style"] in {"italic", "oblique"},
            )
            for box in texts
        }
        for family, bold, italic in sorted(used):
            faces = [face for face in self._faces if face.family == family]
            expected = place_of_family(family, list(self._styles.styles)) or NOWHERE
            if not faces:
                yield FAMILY.finding(f"the font `{family}` is not declared", expected)
            elif bold and all(face.weight < BOLD for face in faces):
                yield FACE.finding(f"the font `{family}` is not declared in bold", expected)
            elif italic and not any(face.italic for face in faces):
                yield FACE.finding(f"the font `{family}` is not declared in italics", expected)

    def _refused(self, place: Place) -> Iterator[Finding]:
        """Yield a finding for each file that was refused since the last time.

        It stands where a style sheet asks for the file, or else at `place`.
        """
        for url, reason in self._fetcher.refusals.items():
            yield FETCH.finding(reason, self._asked.get(url, place))
        self._fetcher.refusals.clear()

    def _complaint(self, message: str, rule: Rule) -> Finding:
        """Return a complaint of the renderer's; one that has no rule of its own is of `rule`."""
        if POSITION.search(message):
            return style_finding(message, list(self._styles.styles))
        if DRAWING_ADDRESS in message:
            return DRAWING.finding("a drawing of the page cannot be drawn")
        if failed := FAILED_IMAGE.match(message):
            what = f"{failed['url'].removeprefix(base_url())} is no picture that can be drawn"
            return LAYOUT.finding(what, self._asked.get(failed["url"], NOWHERE))
        if missing := MISSING_GLYPH.search(message):
            return GLYPH.finding(f"no font has {missing['character']}")
        return rule.finding(message.replace(base_url(), ""))


def _write(document: Any) -> bytes:
    """Return a document as a tagged PDF (PDF/UA-1) whose internal links are relocations."""
    for page in document.pages:
        page.links = [
            ("external", RELOCATION + link[1], *link[2:]) if link[0] == "internal" else link
            for link in page.links
        ]

    def finish(_: Any, pdf: Any) -> None:
        """Give each link words for who cannot see it; the renderer writes the raw target.

        ISO 14289-1 (PDF/UA), 7.18.5: links have an alternate description in /Contents.
        """
        simplify_tags(pdf)
        for page in document.pages:
            for _, target, _, box in page.links:
                words = box.element.get("title") or target.removeprefix(RELOCATION)
                box.link_annotation["Contents"] = pydyf.String(words)

    written: bytes = document.write_pdf(pdf_variant=VARIANT, finisher=finish)
    return written


def _ends_with_its_text(document: Any) -> bool:
    """Tell whether a section's last page is as long as its text, where `--page-length` is `text`.

    CSS has no such size: the page's in the styles is the longest that it may have.
    """
    length = page_box(document.pages[-1]).style["__page_length"]
    return any(getattr(token, "value", "") == "text" for token in length)


def _length_sheet(document: Any) -> str:
    """Return the style sheet that cuts a document's last page to its text, in whole mm."""
    number, page = len(document.pages), page_box(document.pages[-1])
    root = next(child for child in page.children if not isinstance(child, boxes.MarginBox))
    rest = page.height - (root.position_y + root.margin_height() - page.content_box_y())
    height = ceil((page.margin_height() - rest) * MM_PER_PX)
    return f"@page :nth({number}) {{ size: {page.margin_width()}px {height}mm !important }}"


def _font_sheets(styles: StyleSet) -> list[StyleFile]:
    """Return the style sheets that declare fonts."""
    return [style for style in styles.styles if "@font-face" in style.text]
