"""A term page or a newsletter saved as text → blocks: one a line."""

import re
from collections.abc import Sequence

from cheatsheet.importer.blocks import Block, Document, hold_to_limit
from cheatsheet.importer.decoding import normal
from cheatsheet.importer.headings import Publisher

BULLET = re.compile(r"^\s*[-*\N{BULLET}]\s+")


def read_text_form(lines: Sequence[str], file: str, publisher: Publisher) -> Document:
    """Return a block for each line that is not blank, without its bullet, entities resolved."""
    blocks: list[Block] = []
    for number, line in enumerate(lines, 1):
        is_item = BULLET.match(line) is not None
        text = normal(BULLET.sub("", line), entities=True)
        if text:
            is_first = is_item and not (blocks and blocks[-1].is_item)
            form = "the form of a list" if is_first else ""
            hold_to_limit(len(blocks))
            blocks.append(Block(number, text, is_item=is_item, form=form))
    return Document(file, publisher, tuple(blocks))
