"""The book's pages in a browser, which keep up with every save."""

from cheatsheet.preview.server import serve

__all__ = ["serve"]
