"""A term's drawing: SVG text → elements, findings, and the same drawing in the book's colours.

A drawing is a strip of 336 x 84 units, made of plain shapes and text. Alone knows fontTools. What
takes `colours` takes those of `book_colours`, and a drawing that has passed its checks.
"""

from cheatsheet.drawings.checking import check_drawing, is_drawable
from cheatsheet.drawings.colouring import coloured_drawing
from cheatsheet.drawings.drawing import Element, drawing_words, parse_drawing
from cheatsheet.drawings.labels import LabelFonts, label_fonts
from cheatsheet.drawings.motif import motif_drawing
from cheatsheet.drawings.ornaments import ornament_fault
from cheatsheet.drawings.posters import poster_drawing, strip_drawing
from cheatsheet.drawings.rows import drawing_in_rows
from cheatsheet.drawings.screen import screen_drawing
from cheatsheet.drawings.trimming import trimmed_drawing
from cheatsheet.drawings.vocabulary import blank_drawing

__all__ = [
    "Element",
    "LabelFonts",
    "blank_drawing",
    "check_drawing",
    "coloured_drawing",
    "drawing_in_rows",
    "drawing_words",
    "is_drawable",
    "label_fonts",
    "motif_drawing",
    "ornament_fault",
    "parse_drawing",
    "poster_drawing",
    "screen_drawing",
    "strip_drawing",
    "trimmed_drawing",
]
