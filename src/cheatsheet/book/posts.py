"""A term's card to post: its words in lines that look even, and its drawing in the room left."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from cheatsheet.book.illustrations import drawing, drawing_in_room
from cheatsheet.drawings import LabelFonts, label_fonts
from cheatsheet.model.glossary import Glossary, Term
from cheatsheet.stylesheets import pixels_of

SIZES = ("--post-width", "--post-height", "--post-margin", "--post-edge", "--post-gap")
SIZES += ("--post-text", "--post-text-long", "--post-text-line", "--post-foot", "--post-inset")
NAMES = {"": "--post-name", "post-long": "--post-name-long", "post-longest": "--post-name-longest"}
"""The sizes that a name on one line may have, the largest first, by the class of each."""
TWO_LINES, TWO_LINES_SIZE = "post-two-lines", "--post-name-two-lines"
LONG_LINE = "post-line-long"
BOLD, PLAIN = 800, 500  # the weights of the name, and of what is said under it
SAFE = 0.985  # of a line's width, for what kerning adds


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
    edge: int
    gap: int
    text: int
    text_long: int
    text_line: int
    foot: int
    inset: int

    @property
    def measure(self) -> int:
        """The width of its words."""
        return self.width - 2 * self.margin


def make_post(glossary: Glossary, tokens: Mapping[str, str], term: Term, line: str) -> Post:
    """Return the card of a term of which `line` is said.

    Where the styles do not give all sizes, or a label's font cannot be read, words and drawing
    are as they are elsewhere.
    """
    sizes, names = pixels_of(tokens, *SIZES), pixels_of(tokens, *NAMES.values(), TWO_LINES_SIZE)
    fonts = label_fonts(*glossary.pictures.faces.items())
    if sizes is None or names is None or fonts is None:
        return Post(term.name, "", line, "", drawing(glossary, tokens, term))
    sheet = _Sheet(*sizes)
    size, pixels, name = _set_name(term.name, dict(zip(NAMES, names, strict=False)), sheet, fonts)
    pixels = pixels or names[-1]
    said, line_size = _set_line(line, sheet, fonts)
    head = 2 * sheet.edge + len(name) * pixels + sheet.gap + len(said) * sheet.text_line
    room = sheet.width - 2 * sheet.inset, sheet.height - head - sheet.foot - sheet.inset
    shown = drawing_in_room(glossary, tokens, term, room)
    return Post("\n".join(name), size, "\n".join(said), line_size, shown)


def _set_name(
    name: str, sizes: Mapping[str, int], sheet: _Sheet, fonts: LabelFonts
) -> tuple[str, int, list[str]]:
    """Return the class of a name, its size if it takes one line, and its lines."""
    width = fonts.nearest(BOLD).width(name)
    for size, pixels in sizes.items():
        if width * pixels <= sheet.measure or " " not in name:
            return size, pixels, [name]
    return TWO_LINES, 0, set_lines(name, fonts, BOLD, 0.9 * width)


def _set_line(line: str, sheet: _Sheet, fonts: LabelFonts) -> tuple[list[str], str]:
    """Return the lines of what is said, and their class; they are smaller if that saves one."""
    large, small = (
        set_lines(line, fonts, PLAIN, SAFE * sheet.measure / pixels)
        for pixels in (sheet.text, sheet.text_long)
    )
    return (small, LONG_LINE) if len(small) < len(large) else (large, "")


def set_lines(words: str, fonts: LabelFonts, weight: int, width: float) -> list[str]:
    """Return words in as few lines as a width in em allows, the widest as narrow as can be."""
    face, pieces = fonts.nearest(weight), words.split()
    for breaks in range(len(pieces)):
        settings = list(_broken(pieces, breaks))
        best = min(settings, key=lambda lines: max(map(face.width, lines)))
        if max(map(face.width, best)) <= width:
            return best
    return [words]


def _broken(pieces: Sequence[str], breaks: int) -> Iterator[list[str]]:
    """Yield the ways to break words into lines a number of times, the last line shortest first."""
    for ends in combinations(range(len(pieces) - 1, 0, -1), breaks):
        yield [" ".join(pieces[a:b]) for a, b in pairwise((0, *sorted(ends), len(pieces)))]
