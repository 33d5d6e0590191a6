"""A term's drawing: SVG text → elements, findings, and the same drawing in the book's colours.

A drawing is a strip of 336 x 84 units, made of plain shapes and text. Alone knows fontTools.
"""

from cheatsheet.picture.checking import check_drawing
from cheatsheet.picture.inlining import book_colours, inline_drawing
from cheatsheet.picture.labels import FontError, LabelFont

__all__ = ["FontError", "LabelFont", "book_colours", "check_drawing", "inline_drawing"]
