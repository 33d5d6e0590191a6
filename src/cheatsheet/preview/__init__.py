"""The book's pages in a browser, which keep up with every save."""

from cheatsheet.preview.listening import PortError
from cheatsheet.preview.server import serve

__all__ = ["PortError", "serve"]
