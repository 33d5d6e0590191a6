"""The terms' drawings alone → pictures, for proofs, mails, the site and the kit."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath

from PIL import Image

from cheatsheet.book.html import HtmlRenderer
from cheatsheet.drawings import is_drawable
from cheatsheet.findings import Finding, has_errors
from cheatsheet.model.glossary import Glossary, Term
from cheatsheet.pdf.making import make_alone
from cheatsheet.reader.raster import PagePictures
from cheatsheet.stylesheets import StyleFile, declared_tokens, read_styles


@dataclass(frozen=True)
class Shape:
    """A picture of a drawing: its width and height in the drawing's units.

    It is the strip on paper. For who `is_far` from it, it is as large as it goes, with larger
    labels, on its category's tint; what the drawing tints is white there.
    """

    width: int
    height: int
    is_far: bool = False

    @property
    def styles(self) -> StyleFile:
        """The styles of a page that is one drawing, a unit a pt; they follow the book's own."""
        width, height = f"{self.width}pt", f"{self.height}pt"
        css = (
            f"@page {{ size: {width} {height}; margin: 0; @bottom-right {{ content: none }} }}"
            "@page :left { @bottom-left { content: none } }"
            f".picture {{ margin: 0; height: {height}; break-after: page }}"
            ".picture:last-child { break-after: auto }"
            f".picture img {{ display: block; width: {width}; height: {height};"
            " object-fit: contain }"
        )
        return StyleFile(PurePath("drawings.css"), css + (TINTED if self.is_far else ""))


TINTED = ":root { --picture-lavender: white } .picture { background: var(--tint, white) }"
STRIP = Shape(336, 84)
MAILED = (Shape(336, 84, is_far=True), Shape(240, 174, is_far=True))
"""In one row, and in two for a narrow screen, on which its labels are larger."""


def draw_pictures(
    project: Path,
    glossary: Glossary,
    terms: Iterable[Term],
    pixels_per_unit: float,
    shape: Shape = STRIP,
) -> tuple[dict[str, Image.Image], list[Finding]]:
    """Return a picture of each term's drawing by slug, in RGB; none of what cannot be drawn.

    And why there are no pictures at all, if the styles or the renderer keep them from being made.
    """
    texts = glossary.pictures.drawings
    drawn = [
        term
        for term in terms
        if (text := texts.get(term.slug)) and is_drawable(term.picture_file, text)
    ]
    if not drawn:
        return {}, []
    own, findings = read_styles(project, "print")
    if has_errors(findings):
        return {}, findings
    styles = [*own, shape.styles]
    room = (shape.width, shape.height) if shape.is_far else None
    html = HtmlRenderer(glossary, (), declared_tokens(styles)).render_pictures(drawn, room)
    sheet, findings = make_alone(project, styles, html)
    if sheet is None:
        return {}, findings
    with PagePictures(sheet.pdf) as pictures:
        made = (pictures.picture(index, pixels_per_unit) for index in range(len(drawn)))
        return {term.slug: image for term, image in zip(drawn, made, strict=True)}, []
