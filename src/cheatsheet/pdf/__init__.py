"""HTML and styles → laid-out pages; pages → PDF bytes. Alone knows WeasyPrint."""

from cheatsheet.pdf.binding import Binding, bind_pages
from cheatsheet.pdf.engine import engine_versions
from cheatsheet.pdf.styles import (
    StyleFile,
    declared_families,
    declared_tokens,
    read_style_sheets,
    read_styles,
)
from cheatsheet.pdf.typesetter import LaidOut, Typesetter

__all__ = [
    "Binding",
    "LaidOut",
    "StyleFile",
    "Typesetter",
    "bind_pages",
    "declared_families",
    "declared_tokens",
    "engine_versions",
    "read_style_sheets",
    "read_styles",
]
