"""A term page's or a mail's HTML → blocks, by its headings and its visible text.

Alone knows lxml: the standard library's parser takes minutes for some files of 50 KB.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from cheatsheet.importer import elements
from cheatsheet.importer.blocks import (
    Block,
    Document,
    UnreadableError,
    as_reference,
    hold_to_limit,
    shortened,
    slug_in,
)
from cheatsheet.importer.decoding import normal
from cheatsheet.importer.headings import Publisher
from cheatsheet.importer.superscripts import lowered, raised
from cheatsheet.importer.visibility import (
    Look,
    Styles,
    StyleSheets,
    height,
    is_hidden,
    is_struck_out,
    look_of,
)

MAX_TAGS = 50_000  # a saved web page has some thousands
# Between two tags. A tag of 100,000 attributes takes the parser minutes.
MAX_WORDS = 20_000
BREAK = "\u2028"  # a line separator: where a line was broken
FEW = 8  # the parts of a heading in a line of its own


def read_html(lines: Sequence[str], file: str, publisher: Publisher) -> Document:
    """Return the visible blocks of a page; of its `main` element or article alone, if it has one.

    Raises UnreadableError.
    """
    tree = _parsed("\n".join(lines))
    if tree is None:
        return Document(file, publisher, ())
    sheets = StyleSheets("".join(style.itertext()) for style in tree.iter("style"))
    reader = _Reader(publisher, sheets)
    for event, element in etree.iterwalk(tree, ("start", "end")):
        if event == "start":
            reader.start(element)
        else:
            reader.end(element)
    reader.end_block()
    blocks, skipped = _of_the_page_itself(reader)
    address, titles = _address(tree, publisher.site), elements.titles(tree)
    return Document(file, publisher, blocks, address, titles, skipped=skipped)


def _parsed(text: str) -> Any:
    """Return a page's tree, or None if it has no element. Raises UnreadableError."""
    if text.count("<") > MAX_TAGS:
        raise UnreadableError(f"the file has more than {MAX_TAGS:,} tags")
    for part in text.split("<"):
        if part.count(" ") + part.count("\n") > MAX_WORDS and len(part.split()) > MAX_WORDS:
            raise UnreadableError(f"more than {MAX_WORDS:,} words stand between two tags")
    # The parser reads no other file: nothing is loaded, entities are HTML's alone.
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    tree = etree.fromstring(text.encode(), parser)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise UnreadableError("its elements stand too deep in one another to be read whole")
    return tree


def _of_the_page_itself(
    reader: "_Reader",
) -> tuple[tuple[Block, ...], tuple[tuple[int, str], ...]]:
    """Return the blocks of `main`, else of articles, else all; and what was skipped among them."""
    known = [rank for rank, block in reader.blocks if reader.publisher.field_of(block.text)]
    most = max(known, default=0)
    blocks = tuple(block for rank, block in reader.blocks if rank >= most)
    return blocks, tuple(told for rank, told in dict.fromkeys(reader.skipped) if rank >= most)


def _address(tree: Any, site: str) -> str:
    """Return the slug in a page's canonical address, or nothing."""
    for link in tree.iter("link"):
        if "canonical" in link.get("rel", "").split():
            return slug_in(link.get("href", ""), site)
    return ""


@dataclass
class _Open:
    """The block that is being read: its first line, its heading's level, its words so far."""

    line: int = 0
    level: int = 0
    parts: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    links: list[tuple[str, int]] = field(default_factory=list)
    heights: list[tuple[Any, int]] = field(default_factory=list)
    emphasis: list[tuple[Any, int]] = field(default_factory=list)
    home: str = ""


class _Reader:
    """Gathers blocks, element by element; what is skipped is skipped to its end.

    Blocks and what was skipped have the rank of the elements that they are in.
    """

    def __init__(self, publisher: Publisher, sheets: StyleSheets) -> None:
        self.blocks: list[tuple[int, Block]] = []
        self.skipped: list[tuple[int, tuple[int, str]]] = []
        self.publisher = publisher
        self._sheets = sheets
        self._open = _Open()
        self._skipping: Any = None
        self._looks = [Look()]
        self._ranks = [0]
        self._level = 0
        self._has_heading = False
        self._item: str | None = None  # what is lost with the list's item that begins here

    def start(self, element: Any) -> None:
        """Begin an element: a block, a link, or something that is skipped."""
        if self._skipping is not None:
            return
        styles = self._sheets.styles(element)
        skipped = self._skips(element, styles)
        if skipped is not None:
            self._tell(element, skipped)
            self._skipping = element
            return
        self._looks.append(look_of(element, styles, self._looks[-1]))
        if elements.is_block(element, styles):
            self._start_block(element)
        else:
            self._start_inline(element, styles)
        self._ranks.append(max(self._ranks[-1], elements.rank(element)))
        self._add(element.text, element)

    def end(self, element: Any) -> None:
        """End an element; the words after it belong to the one around it."""
        if self._skipping is not None:
            if self._skipping is not element:
                return
            self._skipping = None
        else:
            self._looks.pop()
            self._end(element)
            self._ranks.pop()
        self._add(element.tail, element)

    def end_block(self) -> None:
        """Note the block that was read, if there is anything in it."""
        links = [address for address, _ in self._open.links]
        while self._open.links:
            self._end_link()
        done = self._open
        text = normal("".join(done.parts))
        if text and not self._is_home(text):
            lost = tuple(dict.fromkeys(done.left_out))
            is_item, form = self._item is not None, self._item or ""
            block = Block(done.line, text, done.level, lost, is_item, form)
            self.blocks.append((self._ranks[-1], block))
            hold_to_limit(len(self.blocks) + len(self.skipped))
            self._has_heading = self._has_heading or block.level > 0
            self._item = None
        self._open = _Open(links=[(address, 0) for address in links])

    def _is_home(self, text: str) -> bool:
        """Tell whether a block is the site's name, above all headings: a link to its first page."""
        return not self._has_heading and text == normal(self._open.home)

    def _skips(self, element: Any, styles: Styles) -> str | None:
        """Return what a message says of an element that is no text; None for one that is."""
        tag = element.tag
        if not isinstance(tag, str) or is_hidden(element, styles):
            return elements.quoted("the hidden text", element)
        if element.get("aria-hidden") == "true":
            return elements.quoted("the decoration", element)
        if styles.get("mso-hide") == "all" and not self.blocks:  # maybe in Outlook alone
            return ""
        if "ignore" in styles.get("mso-list", ""):
            self._item = "the form of a list"
            return ""
        if is_struck_out(element, styles):
            return elements.quoted("the struck-out text", element)
        return elements.told(element)

    def _tell(self, element: Any, what: str) -> None:
        """Note what is left out, if it comes after something that is read."""
        if what and (self.blocks or any(map(str.strip, self._open.parts))):
            self.skipped.append((self._ranks[-1], (element.sourceline or 1, what)))

    def _start_block(self, element: Any) -> None:
        """End the block before an element, and begin its own."""
        self.end_block()
        if element.tag == "li":
            self._item = elements.list_form(element)
        elif form := elements.FORMS.get(element.tag):
            self._tell(element, form)
        self._level = elements.level(element) or self._level

    def _start_inline(self, element: Any, styles: Styles) -> None:
        """Begin a link, emphasis, or a new line, within a block."""
        parts = self._open.parts
        if element.tag == "a":
            self._open.links.append((element.get("href", ""), len(parts)))
        elif element.tag == "br":
            self._break()
        elif element.tag == "q":
            parts.append('"')
        if height(element, styles):
            self._open.heights.append((element, len(parts)))
        elif elements.is_emphasis(element, styles):
            self._open.emphasis.append((element, len(parts)))

    def _break(self) -> None:
        """Begin a new line; after an empty one, or after a heading in its own line, a block."""
        parts = self._open.parts
        before = next((part for part in reversed(parts) if part.strip() or part == BREAK), "")
        words = normal("".join(parts)) if len(parts) < FEW else ""
        if before == BREAK or self.publisher.field_of(words) is not None:
            self.end_block()
        else:
            parts.append(BREAK)

    def _end(self, element: Any) -> None:
        """End an element that was read."""
        if element.tag == "a":
            self._end_link()
        elif element.tag == "q":
            self._open.parts.append('"')
        elif elements.is_block(element, self._sheets.styles(element)):
            self.end_block()
            self._level = 0 if elements.level(element) else self._level
            self._item = None if element.tag == "li" else self._item
        if self._open.heights and self._open.heights[-1][0] is element:
            self._end_height(element)
        if self._open.emphasis and self._open.emphasis[-1][0] is element:
            self._end_emphasis(element)

    def _add(self, words: str | None, element: Any) -> None:
        """Add words to the block; the first ones tell its line."""
        if not words:
            return
        if self._looks[-1].is_hidden:
            if words.strip():
                self._tell(element, f'the hidden text "{shortened(words.strip())}"')
            return
        if words.strip() and not self._open.line:
            self._open.line = element.sourceline or 1
            self._open.level = self._level
        self._open.parts.append(words)

    def _end_link(self) -> None:
        """Make a reference of the words of the link that was begun last."""
        if not self._open.links:
            return
        address, start = self._open.links.pop()
        words = "".join(self._open.parts[start:])
        reference, lost = as_reference(normal(words), address, self.publisher.site)
        before, after = words[:1].isspace() * " ", words[-1:].isspace() * " "
        self._open.parts[start:] = [before, reference, after]
        self._open.left_out.extend([lost] if lost and words.strip() else [])
        self._open.home += words if elements.is_home(address) else ""

    def _end_emphasis(self, element: Any) -> None:
        """Note that emphasis is lost; a heading's, or that of a paragraph's label, says nothing."""
        _, start = self._open.emphasis.pop()
        before, words = normal("".join(self._open.parts[:start])), self._open.parts[start:]
        label = normal("".join(words)) if not before else ""
        is_label = label.endswith(":") or self.publisher.field_of(label) is not None
        if "".join(words).strip() and not (self._level or is_label):
            self._open.left_out.append(f"the emphasis of <{element.tag}>")

    def _end_height(self, element: Any) -> None:
        """Set a superscript or a subscript into the line."""
        _, start = self._open.heights.pop()
        parts = self._open.parts
        words, before = "".join(parts[start:]), "".join(parts[max(start - 2, 0) : start])
        is_sup = height(element, self._sheets.styles(element)) == "sup"
        text, lost = raised(words, before) if is_sup else lowered(words)
        parts[start:] = [text]
        self._open.left_out.extend([lost] if lost else [])
