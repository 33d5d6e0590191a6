"""A term page saved as text → blocks: one a line."""

from collections.abc import Sequence

from cheatsheet.importer.blocks import Block, Document
from cheatsheet.importer.decoding import normal


def read_text_form(lines: Sequence[str], file: str) -> Document:
    """Return a block for each line that is not blank; HTML's entities become characters."""
    normalised = ((number, normal(line, entities=True)) for number, line in enumerate(lines, 1))
    return Document(file, tuple(Block(number, text) for number, text in normalised if text))
