"""The book's pages in a browser, which keep up with every save."""

from cheatsheet.preview.server import PortError, serve

__all__ = ["PortError", "serve"]
