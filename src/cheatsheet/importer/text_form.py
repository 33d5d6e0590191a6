"""A term page or a newsletter saved as text → HTML on the same lines → blocks: one a line."""

import re
from collections.abc import Sequence

from cheatsheet.importer.blocks import Document
from cheatsheet.importer.headings import Publisher
from cheatsheet.importer.html_form import read_html

BULLET = re.compile(r"^\s*[-*\N{BULLET}]\s+")


def read_text_form(lines: Sequence[str], file: str, publisher: Publisher) -> Document:
    """Return a block for each line that is not blank, without its bullet, entities resolved."""
    return read_html(list(map(_html, lines)), file, publisher)


def _html(line: str) -> str:
    """Return a line as a paragraph or an item of a list; a blank one as it is."""
    words = BULLET.sub("", line).replace("<", "&lt;").replace(">", "&gt;")
    tag = "li" if BULLET.match(line) else "p"
    return f"<{tag}>{words}</{tag}>" if words.strip() else ""
