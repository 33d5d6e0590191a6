"""A term page's or a mail's HTML → blocks, by its headings and its visible text."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

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
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"}
VOID |= {"track", "wbr"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
TOLD = {"script": "a script", "iframe": "a frame", "object": "an object", "embed": "an object"}
TOLD |= {"video": "a video", "audio": "a sound", "canvas": "a drawing", "img": "a picture"}
EMPHASIS = {"b", "code", "em", "i", "kbd", "mark", "s", "strong", "u"}


def read_html(lines: Sequence[str], file: str, site: str) -> Document:
    """Return the visible blocks of a page; of its `main` element alone, if it has one."""
    reader = _Reader(site)
    reader.feed("\n".join(lines))
    reader.close()
    reader.end_block()
    inside = [block for block, is_main in reader.blocks if is_main]
    blocks = inside or [block for block, _ in reader.blocks]
    return Document(file, tuple(blocks), reader.slug, tuple(reader.skipped))


@dataclass
class _Open:
    """The block that is being read: its first line, its heading's level, its words so far."""

    line: int = 0
    level: int = 0
    parts: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    links: list[tuple[str, int]] = field(default_factory=list)


class _Reader(HTMLParser):
    """Gathers blocks; what is skipped is skipped to the end of the same element."""

    def __init__(self, site: str) -> None:
        super().__init__()
        self.blocks: list[tuple[Block, bool]] = []
        self.skipped: list[tuple[int, str]] = []
        self.slug = ""
        self._site = site
        self._open = _Open()
        self._skipping = ""
        self._depth = 0
        self._main = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, a link, or something that is skipped."""
        values = dict(attrs)
        if self._skipping:
            self._depth += tag == self._skipping
            return
        if tag in TOLD and self.blocks and values.get("alt") != "":
            self.skipped.append((self.getpos()[0], TOLD[tag]))
        if tag == "link" and "canonical" in (values.get("rel") or "").split():
            self.slug = slug_in(values.get("href") or "", self._site)
        if (tag in SKIPPED or "hidden" in values) and tag not in VOID:
            self._skipping, self._depth = tag, 1
        elif tag == "a" and values.get("href"):
            self._open.links.append((values["href"] or "", len(self._open.parts)))
        elif tag in EMPHASIS and "".join(self._open.parts).strip():  # at the start it is a label
            self._open.left_out.append(f"the emphasis of <{tag}>")
        elif tag in {"br", "wbr"}:
            self._open.parts.append(" " if tag == "br" else "")
        elif tag not in INLINE:
            self.end_block()
            self._main += tag == "main"
            self._open.level = int(tag[1]) if tag in HEADINGS else 0

    def handle_endtag(self, tag: str) -> None:
        """End a block, a link, or something that is skipped."""
        if self._skipping:
            self._depth -= tag == self._skipping
            self._skipping = self._skipping if self._depth else ""
        elif tag == "a":
            self._end_link()
        elif tag not in INLINE:
            self.end_block()
            self._main -= tag == "main"

    def handle_data(self, data: str) -> None:
        """Add words to the block."""
        if self._skipping:
            return
        if not self._open.line and data.strip():
            blank = data[: len(data) - len(data.lstrip())]
            self._open.line = self.getpos()[0] + blank.count("\n")
        self._open.parts.append(data)

    def end_block(self) -> None:
        """Note the block that was read, if there is anything in it."""
        while self._open.links:
            self._end_link()
        text = normal("".join(self._open.parts))
        if text:
            done = Block(self._open.line, text, self._open.level, tuple(self._open.left_out))
            self.blocks.append((done, self._main > 0))
        self._open = _Open()

    def _end_link(self) -> None:
        """Make a reference of the words of the link that was begun last."""
        if self._open.links:
            address, start = self._open.links.pop()
            words = "".join(self._open.parts[start:])
            reference, lost = as_reference(normal(words), address, self._site)
            before, after = words[:1].isspace() * " ", words[-1:].isspace() * " "
            self._open.parts[start:] = [before, reference, after]
            self._open.left_out.extend([lost] if lost and words.strip() else [])
