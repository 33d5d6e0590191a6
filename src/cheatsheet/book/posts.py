"""A term's card to post: its words in lines that look even, and its drawing in the room left."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from cheatsheet.book.illustrations import drawing, drawing_in_room
from cheatsheet.drawings import LabelFonts, label_fonts
from cheatsheet.model.glossary import Glossary, Term
from cheatsheet.stylesheets import pixels_of

SIZES = (
    "--post-width",
    "--post-height",
    "--post-margin",
    "--post-head",
    "--post-text",
    "--post-text-long",
    "--post-foot",
    "--post-inset",
    "--post-top",
)
NAMES = {
    "": "--post-name",
    "post-long": "--post-name-long",
    "post-longest": "--post-name-longest",
    "post-lines": "--post-name-lines",
}
"""The sizes of names by their classes: on one line, the largest first, and on several lines."""
LONG_LINE = "post-line-long"
BOLD, PLAIN = 800, 500  # the weights of the name, and of what is said under it
SAFE = 0.985  # of a line's width, for what kerning adds
HALVINGS = 12  # of the widths between which the narrowest is: it is found to a hundredth of an em


@dataclass(frozen=True)
class Post:
    """What stands on a card: the name, what is said of it, each with its class; the drawing.

    A line ends where a line feed is. The drawing is its address.
    """

    name: str
    size: str
    line: str
    line_size: str
    drawing: str


@dataclass(frozen=True)
class _Sheet:
    """The sizes of a card, in pixels: those of SIZES."""

    width: int
    height: int
    margin: int
    head: int
    text: int
    text_long: int
    foot: int
    inset: int
    top: int

    @property
    def measure(self) -> int:
        """The width of its words."""
        return self.width - 2 * self.margin

    @property
    def room(self) -> tuple[int, int]:
        """The width and height that it leaves to the drawing."""
        height = self.height - self.head - self.foot - self.top
        return self.width - 2 * self.inset, max(1, height)


def make_post(glossary: Glossary, tokens: Mapping[str, str], term: Term, line: str) -> Post:
    """Return the card of a term of which `line` is said.

    Where the styles do not give all sizes, or a label's font cannot be read, words and drawing
    are as they are elsewhere.
    """
    sizes, names = pixels_of(tokens, *SIZES), pixels_of(tokens, *NAMES.values())
    fonts = label_fonts(*glossary.pictures.faces.items())
    if sizes is None or names is None or fonts is None:
        return Post(term.name, "", line, "", drawing(glossary, tokens, term))
    sheet = _Sheet(*sizes)
    name, size = _set_name(term.name, names, sheet, fonts)
    said, line_size = _set_line(line, sheet, fonts)
    shown = drawing_in_room(glossary, tokens, term, sheet.room)
    return Post("\n".join(name), size, "\n".join(said), line_size, shown)


def _set_name(
    name: str, sizes: Sequence[int], sheet: _Sheet, fonts: LabelFonts
) -> tuple[list[str], str]:
    """Return the lines of a name, and their class: one line, if it can be of one of the sizes."""
    width = fonts.nearest(BOLD).width(name)
    *one_line, (several, pixels) = zip(NAMES, sizes, strict=True)
    for size, large in one_line:
        if width * large <= sheet.measure:
            return [name], size
    return _set_lines(name, fonts, BOLD, sheet.measure / pixels), several


def _set_line(line: str, sheet: _Sheet, fonts: LabelFonts) -> tuple[list[str], str]:
    """Return the lines of what is said, and their class; they are smaller if that saves one."""
    large, small = (
        _set_lines(line, fonts, PLAIN, SAFE * sheet.measure / pixels)
        for pixels in (sheet.text, sheet.text_long)
    )
    return (small, LONG_LINE) if len(small) < len(large) else (large, "")


def _set_lines(words: str, fonts: LabelFonts, weight: int, width: float) -> list[str]:
    """Return words in as few lines as a width in em allows, the widest as narrow as can be."""
    face = fonts.nearest(weight)
    lines, too_narrow = _filled(words, face.width, width), 0.0
    for _ in range(HALVINGS):
        middle = (too_narrow + width) / 2
        tried = _filled(words, face.width, middle)
        if len(tried) > len(lines):
            too_narrow = middle
        else:
            lines, width = tried, middle
    return lines


def _filled(words: str, width_of: Callable[[str], float], width: float) -> list[str]:
    """Return words in lines of a width, each as full as it goes."""
    first, *others = words.split()
    lines = [first]
    for word in others:
        longer = f"{lines[-1]} {word}"
        if width_of(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
