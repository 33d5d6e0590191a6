"""The book as EPUB 3.3 for e-readers, with the page numbers of the print edition.

The sections are the book's own templates in another frame (templates/epub/), a file each. What was
made is read back from its bytes and held to the manuscript, as a PDF is.
"""

from cheatsheet.epub.making import build_epub, check_epub_file, epub_editions, epub_path
from cheatsheet.epub.stamping import stamp_epub

__all__ = ["build_epub", "check_epub_file", "epub_editions", "epub_path", "stamp_epub"]
