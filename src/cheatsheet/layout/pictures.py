"""The terms' drawings alone → pictures, for proofs, mails, the site and the kit."""

from collections.abc import Iterable
from pathlib import Path, PurePath

from PIL import Image

from cheatsheet.book.html import HtmlRenderer
from cheatsheet.drawings import check_drawing, is_drawable
from cheatsheet.model.glossary import Glossary, Term
from cheatsheet.pdf.making import make_alone
from cheatsheet.reader.raster import page_pictures
from cheatsheet.stylesheets import StyleFile, declared_tokens, read_styles

# A page that is one drawing, a unit a pt; it comes after the book's own styles.
ALONE = StyleFile(
    PurePath("drawings.css"),
    "@page { size: 336pt 84pt; margin: 0; @bottom-right { content: none } }"
    "@page :left { @bottom-left { content: none } }"
    ".picture { margin: 0; height: 84pt; break-after: page }"
    ".picture:last-child { break-after: auto }"
    ".picture img { display: block; width: 336pt; height: 84pt }",
)


def draw_pictures(
    project: Path, glossary: Glossary, terms: Iterable[Term], pixels_per_unit: float
) -> dict[str, Image.Image]:
    """Return a picture of each term's drawing by slug, in RGB; none of what cannot be drawn.

    A drawing is 336 x 84 units.
    """
    drawn = [term for term in terms if _can_be_drawn(glossary, term)]
    if not drawn:
        return {}
    styles = [*read_styles(project, "print")[0], ALONE]
    html = HtmlRenderer(glossary, (), declared_tokens(styles)).render_pictures(drawn)
    sheet, _ = make_alone(project, styles, html)
    if sheet is None:
        return {}
    with page_pictures(sheet.pdf) as pictures:
        return {
            term.slug: pictures.picture(index, pixels_per_unit) for index, term in enumerate(drawn)
        }


def _can_be_drawn(glossary: Glossary, term: Term) -> bool:
    """Tell whether a term has a drawing without faults that keep it from being drawn."""
    text = glossary.pictures.drawings.get(term.slug)
    return bool(text) and is_drawable(check_drawing(term.picture_file, text or "", None, None))
