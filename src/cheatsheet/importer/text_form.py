"""A term page or a newsletter saved as text → blocks: one a line."""

import re
from collections.abc import Sequence

from cheatsheet.importer.blocks import Block, Document
from cheatsheet.importer.decoding import normal

BULLET = re.compile(r"^\s*[-*\N{BULLET}]\s+")


def read_text_form(lines: Sequence[str], file: str, site: str) -> Document:
    """Return a block for each line that is not blank, without its bullet, entities resolved."""
    texts = (normal(BULLET.sub("", line), entities=True) for line in lines)
    blocks = (Block(line, text) for line, text in enumerate(texts, 1) if text)
    return Document(file, site, tuple(blocks))
