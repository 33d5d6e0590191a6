"""What stands above a term's first heading: which of it is the term's name, and which its tagline.

Nothing is guessed. What could be one of two names is no name.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cheatsheet.importer.blocks import Block, shortened
from cheatsheet.importer.headings import LABEL, Publisher

MAX_TAGLINE = 100  # characters; the longest of the book has 36
# What publishers print under a title: who wrote it and when, how long it takes, where else it is.
BYLINE = re.compile(
    r"[Bb]y [A-Z].*|(?i:(written|posted|published|updated|last updated) (by|on|at|in)\b.*"
    r"|(view|read|open) (this|it|online|in)\b.*|share( this.*)?|subscribe( now.*)?|sign (in|up).*"
    r"|.*\b(\d+ min(ute)?s?( read)?|(19|20)\d\d)\b.*|https?://.*|.*@.*)"
)


@dataclass(frozen=True)
class Head:
    """A term's name and tagline among the blocks; or why no block can be said to be the name."""

    name: Block | None = None
    tagline: Block | None = None
    problem: str = ""


def read_head(blocks: Sequence[Block], titles: Sequence[str], publisher: Publisher) -> Head:
    """Return the head of a term's page; of a newsletter, whose title says what it is, an empty one.

    `titles` are what the file calls the whole of it.
    """
    end = next((n for n, block in enumerate(blocks) if publisher.field_of(block.text)), len(blocks))
    if end == len(blocks):
        return Head()
    above = [block for block in blocks[:end] if _says_something(block, publisher)]
    marked = any(block.level for block in blocks)
    if any(is_issue_title(block, publisher, is_marked=marked) for block in above):
        return Head()
    if any(publisher.this_week.fullmatch(block.text) for block in blocks):
        return Head()
    name, problem = _name(above, titles, is_marked=marked)
    if name is None:
        return Head(problem=problem)
    below = [block for block in above[above.index(name) + 1 :] if not block.level]
    taglines = [block for block in below if can_be_tagline(block)]
    return Head(name, taglines[0] if len(taglines) == len(below) == 1 else None)


def is_issue_title(block: Block, publisher: Publisher, *, is_marked: bool) -> bool:
    """Tell whether a block is a newsletter's title: a heading, in a form that marks headings."""
    is_title = publisher.issue_title.fullmatch(block.text) is not None
    return is_title and (block.level > 0 or not is_marked)


def _says_something(block: Block, publisher: Publisher) -> bool:
    """Tell whether a block has words, and not those of every issue."""
    return any(map(str.isalnum, block.text)) and not publisher.is_fixed(block.text)


def _name(
    above: Sequence[Block], titles: Sequence[str], *, is_marked: bool
) -> tuple[Block | None, str]:
    """Return the block of a term's name; or None, and why."""
    if not is_marked:
        return _name_in_text(above)
    headings = list({block.text: block for block in reversed(above) if block.level}.values())[::-1]
    for is_named in (str.__eq__, _begins_with):
        named = [block for block in headings if any(is_named(t, block.text) for t in titles)]
        if len(headings) > 1 and len(named) == 1:
            return named[0], ""
    if len(headings) == 1:
        return headings[0], ""
    if not headings:
        return None, "no heading with the term's name stands above the first one that is known"
    words = '", "'.join(shortened(block.text) for block in headings[:3])
    return None, f'each of "{words}" could be the name of the term'


def _name_in_text(above: Sequence[Block]) -> tuple[Block | None, str]:
    """Return the name in a text that marks no headings: the first line of two, or the only one."""
    if not above:
        return None, "no name stands above the first heading that is known"
    if len(above) <= 2 and not _is_labelled(above[0]):  # noqa: PLR2004 - a name and a tagline
        return above[0], ""
    return None, f"{len(above)} lines stand above the first heading, not a name and a tagline"


def _begins_with(title: str, name: str) -> bool:
    """Tell whether a title is a name and more: `Compost | Garden Notes`."""
    rest = title.removeprefix(name)
    return rest != title and not rest[:1].isalnum()


def _is_labelled(block: Block) -> bool:
    """Tell whether a line is a label and a value: `Subject: News`."""
    return LABEL.fullmatch(block.text) is not None


def can_be_tagline(block: Block) -> bool:
    """Tell whether a paragraph under the name is a line about it, and no byline."""
    text = block.text
    is_line = len(text) <= MAX_TAGLINE and not text.endswith((".", ":"))
    return is_line and not block.is_item and not BYLINE.fullmatch(text) and not _is_labelled(block)
