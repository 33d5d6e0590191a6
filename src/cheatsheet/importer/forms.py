"""A published file's lines → a document: which form it has, by how it begins."""

from collections.abc import Sequence

from cheatsheet.importer.blocks import Document
from cheatsheet.importer.html_form import read_html
from cheatsheet.importer.markdown_form import read_markdown
from cheatsheet.importer.text_form import read_text_form


def read_form(lines: Sequence[str], file: str, site: str) -> Document:
    """Return a page's HTML (it begins with `<`), a newsletter's Markdown (`#`), or a text, read.

    `file` is its name in messages, `site` the address of the site whose terms it links to.
    """
    first = next((line.lstrip() for line in lines if line.strip()), "")
    if first.startswith("<"):
        return read_html(lines, file, site)
    if first.startswith("#"):
        return read_markdown(lines, file, site)
    return read_text_form(lines, file, site)
