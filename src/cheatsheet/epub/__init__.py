"""The book as EPUB 3.3 for e-readers, with the page numbers of the print edition.

The sections are the book's own templates in another frame (templates/epub/), a file each. What was
made is read back from its bytes and held to the manuscript, as a PDF is.
"""

from cheatsheet.epub.checks import check_epub
from cheatsheet.epub.making import set_up_epub
from cheatsheet.epub.packaging import identifier
from cheatsheet.epub.pages import page_list
from cheatsheet.epub.stamping import identifier_of_epub, purchase_of_epub, stamp_epub

__all__ = [
    "check_epub",
    "identifier",
    "identifier_of_epub",
    "page_list",
    "purchase_of_epub",
    "set_up_epub",
    "stamp_epub",
]
