"""The rules of layout, of writing and of linking."""

import re

from cheatsheet.findings import error

STYLE = error(
    "css-style",
    "A style sheet has something that the renderer does not understand.",
    "fix or remove the line",
)
LAYOUT = error(
    "layout-log",
    "The renderer complained while laying out a page.",
    "the message says what it ignored or did not find",
)
DRAWING = error(
    "layout-drawing",
    "A term's drawing cannot be drawn by the renderer.",
    "draw it anew, or take out its latest change; `cheatsheet proof --pictures` shows all",
)
FAMILY = error(
    "layout-family",
    "A page is set in a font that no style sheet declares.",
    "declare the family in styles/fonts.css, or use one that is declared there",
)
FACE = error(
    "layout-face",
    "Bold or italic text is set in a font that is declared without it, and looks like any other.",
    "declare the bold or italic font too, in styles/fonts.css, or set the text plainly",
)
OFF_PAGE = error(
    "layout-off-page",
    "A text reaches past the paper's edge, or a picture is off it.",
    "break the long word, or change its position in the styles",
)
CROWDED = error(
    "layout-crowded",
    "Letters or words are set over each other.",
    "look at `letter-spacing` and `word-spacing` in the styles",
)
FETCH = error(
    "layout-fetch",
    "A page or a style asks for a file that is missing, outside the project, or on the network.",
    "use a relative path to a file of the project: a font, a picture, or a plain drawing",
)
ENGINE = error(
    "layout-engine",
    "The renderer failed at a section, ran out of time or memory, or crashed.",
    "where it names no other cause: undo the last change to the styles or to this text",
)
WRITING = error(
    "bind-log",
    "The renderer complained while writing the PDF.",
    "the message says what it ignored or did not find",
)
GLYPH = error(
    "bind-glyph",
    "A character is in none of the book's fonts.",
    "write it another way, or declare a font that has it where these style sheets declare theirs",
)
TARGET = error(
    "bind-target",
    "A link leads to a section that the book does not have.",
    "correct the link's target in the template, or add the section",
)
MISSING_GLYPH = re.compile(r'\.notdef glyph .*: (?P<character>"(.)" \(U\+[0-9A-F]+\))', re.DOTALL)
DRAWING_ADDRESS = "Failed to load image at 'data:image/svg+xml;base64,"  # CSS: see layout-fetch
FAILED_IMAGE = re.compile(r"Failed to load image at '(?P<url>[^']+)'")
