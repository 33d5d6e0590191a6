"""A term page's or a mail's HTML → blocks, by its headings and its visible text.

Alone knows lxml: the standard library's parser takes minutes for some files of 50 KB.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from cheatsheet.importer.blocks import Block, Document, as_reference, slug_in
from cheatsheet.importer.decoding import normal

# Elements that stand in a line of text; any other begins a new block.
INLINE = {"a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "dfn", "em", "font", "i"}
INLINE |= {"img"}
INLINE |= {"kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u"}
INLINE |= {"var", "wbr"}
# Elements whose text is no part of the page's own: the frame around it, or nothing to read.
SKIPPED = {"audio", "button", "canvas", "datalist", "dialog", "embed", "footer", "form", "iframe"}
SKIPPED |= {"math", "nav", "noscript", "object", "script", "select", "style", "svg", "template"}
SKIPPED |= {"textarea", "title", "video"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
TOLD = {"script": "a script", "iframe": "a frame", "object": "an object", "embed": "an object"}
TOLD |= {"video": "a video", "audio": "a sound", "canvas": "a drawing", "img": "a picture"}
EMPHASIS = {"b", "code", "em", "i", "kbd", "mark", "s", "strong", "u"}


def read_html(lines: Sequence[str], file: str, site: str) -> Document:
    """Return the visible blocks of a page; of its `main` element alone, if it has one."""
    reader = _Reader(site)
    # The parser reads no other file: nothing is loaded, entities are HTML's alone.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    tree = etree.fromstring("\n".join(lines).encode(), parser)
    for event, element in etree.iterwalk(tree, ("start", "end")) if tree is not None else ():
        if event == "start":
            reader.start(element)
        else:
            reader.end(element)
    reader.end_block()
    inside = [block for block, is_main in reader.blocks if is_main]
    blocks = inside or [block for block, _ in reader.blocks]
    return Document(file, site, tuple(blocks), reader.slug, tuple(reader.skipped))


@dataclass
class _Open:
    """The block that is being read: its first line, its heading's level, its words so far."""

    line: int = 0
    level: int = 0
    parts: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    links: list[tuple[str, int]] = field(default_factory=list)


def _comes_along(element: Any) -> bool:
    """Tell whether a picture is part of its mail (RFC 2392): a term's own drawing."""
    return str(element.get("src", "")).startswith("cid:")


class _Reader:
    """Gathers blocks, element by element; what is skipped is skipped to its end."""

    def __init__(self, site: str) -> None:
        self.blocks: list[tuple[Block, bool]] = []
        self.skipped: list[tuple[int, str]] = []
        self.slug = ""
        self._site = site
        self._open = _Open()
        self._skipping: Any = None
        self._main = 0

    def start(self, element: Any) -> None:
        """Begin an element: a block, a link, or something that is skipped."""
        tag = element.tag
        if self._skipping is not None:
            return
        if tag in TOLD and self.blocks and element.get("alt") != "" and not _comes_along(element):
            self.skipped.append((element.sourceline or 1, TOLD[tag]))
        if not isinstance(tag, str) or tag in SKIPPED or "hidden" in element.attrib:
            self._skipping = element
            return
        if tag == "link" and "canonical" in element.get("rel", "").split():
            self.slug = slug_in(element.get("href", ""), self._site)
        elif tag not in INLINE:
            self._start_block(element)
        else:
            self._start_inline(element)
        self._add(element.text, element)

    def end(self, element: Any) -> None:
        """End an element; the words after it belong to the one around it."""
        if self._skipping is not None:
            if self._skipping is not element:
                return
            self._skipping = None
        elif element.tag == "a":
            self._end_link()
        elif element.tag not in INLINE:
            self.end_block()
            self._main -= element.tag == "main"
        self._add(element.tail, element)

    def end_block(self) -> None:
        """Note the block that was read, if there is anything in it."""
        while self._open.links:
            self._end_link()
        text = normal("".join(self._open.parts))
        if text:
            done = Block(self._open.line, text, self._open.level, tuple(self._open.left_out))
            self.blocks.append((done, self._main > 0))
        self._open = _Open()

    def _start_block(self, element: Any) -> None:
        """End the block before an element, and begin its own."""
        self.end_block()
        self._main += element.tag == "main"
        self._open.level = int(element.tag[1]) if element.tag in HEADINGS else 0

    def _start_inline(self, element: Any) -> None:
        """Begin a link, emphasis, or a new line, within a block."""
        if element.tag == "a":
            self._open.links.append((element.get("href", ""), len(self._open.parts)))
        elif element.tag in EMPHASIS and any(map(str.strip, self._open.parts)):
            self._open.left_out.append(f"the emphasis of <{element.tag}>")
        elif element.tag == "br":
            self._open.parts.append(" ")

    def _add(self, words: str | None, element: Any) -> None:
        """Add words to the block; the first ones tell its line."""
        if words and words.strip() and not self._open.line:
            self._open.line = element.sourceline or 1
        self._open.parts.append(words or "")

    def _end_link(self) -> None:
        """Make a reference of the words of the link that was begun last."""
        if self._open.links:
            address, start = self._open.links.pop()
            words = "".join(self._open.parts[start:])
            reference, lost = as_reference(normal(words), address, self._site)
            before, after = words[:1].isspace() * " ", words[-1:].isspace() * " "
            self._open.parts[start:] = [before, reference, after]
            self._open.left_out.extend([lost] if lost and words.strip() else [])
