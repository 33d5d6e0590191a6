"""The book as EPUB 3.3 for e-readers, with the page numbers of the print edition.

The sections are the book's own templates in another frame (templates/epub/), a file each. What was
made is read back from its bytes and held to the manuscript, as a PDF is.
"""
