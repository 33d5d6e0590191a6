"""A term's drawing: SVG text → elements, findings, and the same drawing in the book's colours.

A drawing is a strip of 336 x 84 units, made of plain shapes and text. Alone knows fontTools.
"""

from cheatsheet.picture.checking import check_drawing, is_drawable
from cheatsheet.picture.colouring import book_colours, coloured_drawing
from cheatsheet.picture.drawing import drawing_words
from cheatsheet.picture.labels import LabelFonts, label_fonts
from cheatsheet.picture.ornaments import ornament_fault
from cheatsheet.picture.screen import row_cut, screen_drawing
from cheatsheet.picture.vocabulary import blank_drawing

__all__ = [
    "LabelFonts",
    "blank_drawing",
    "book_colours",
    "check_drawing",
    "coloured_drawing",
    "drawing_words",
    "is_drawable",
    "label_fonts",
    "ornament_fault",
    "row_cut",
    "screen_drawing",
]
