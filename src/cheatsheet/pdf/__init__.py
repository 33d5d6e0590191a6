"""HTML and styles → laid-out pages; pages → PDF bytes. Alone knows WeasyPrint."""

from cheatsheet.pdf.binding import Binding, bind_pages
from cheatsheet.pdf.engine import engine_versions
from cheatsheet.pdf.frames import Area, Frame, page_frames
from cheatsheet.pdf.typesetter import LaidOut, Typesetter, digest_html
from cheatsheet.stylesheets import (
    StyleFile,
    declared_families,
    declared_tokens,
    read_styles,
)

__all__ = [
    "Area",
    "Binding",
    "Frame",
    "LaidOut",
    "StyleFile",
    "Typesetter",
    "bind_pages",
    "declared_families",
    "declared_tokens",
    "digest_html",
    "engine_versions",
    "page_frames",
    "read_styles",
]
