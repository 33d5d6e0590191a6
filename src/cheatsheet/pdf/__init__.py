"""HTML and styles → laid-out pages; pages → PDF bytes. Alone knows WeasyPrint."""

from cheatsheet.pdf.binding import Binding, bind_pages
from cheatsheet.pdf.engine import engine_versions
from cheatsheet.pdf.typesetter import LaidOut, Typesetter
from cheatsheet.stylesheets import (
    StyleFile,
    declared_families,
    declared_tokens,
    read_styles,
)

__all__ = [
    "Binding",
    "LaidOut",
    "StyleFile",
    "Typesetter",
    "bind_pages",
    "declared_families",
    "declared_tokens",
    "engine_versions",
    "read_styles",
]
