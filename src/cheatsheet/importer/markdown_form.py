"""A newsletter's Markdown → blocks, by a CommonMark parser, with GitHub's tables and strikethrough.

HTML in it is read as HTML where it stands alone, and as text within a line.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from cheatsheet.importer.blocks import Block, Document, as_reference, hold_to_limit, shortened
from cheatsheet.importer.decoding import normal
from cheatsheet.importer.headings import Publisher
from cheatsheet.importer.html_form import read_html
from cheatsheet.importer.superscripts import lowered, raised

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,40})\]")
TAG = re.compile(r"<(/?)(sup|sub|del|s|strike|br)\b[^>]*>", re.IGNORECASE)
STRUCK_OUT = {"del", "s", "strike"}
LISTS = {"bullet_list_open": "the form of a list", "ordered_list_open": "the numbering of a list"}
KEY = re.compile(r"([A-Za-z_][\w-]*):(?:\s+(.*))?")
INSIDE = re.compile(r"[ \t#-]|\s*$")  # how a line may begin that gives no new key
MAX_FRONT_MATTER = 200  # lines
READ_KEYS = {"title", "subtitle", "subject"}


def read_markdown(lines: Sequence[str], file: str, publisher: Publisher) -> Document:
    """Return the headings, paragraphs and list items of Markdown lines, marks taken off.

    Of front matter, `title` is a heading, `subtitle` a paragraph, and `subject` a subject line.
    """
    end = front_matter(lines)
    values = dict(_values(lines[1:end])) if end else {}
    reader = _Reader(file, publisher)
    for name, level in (("title", 1), ("subtitle", 0)):
        if name in values:
            reader.blocks.append(Block(values[name][0], normal(values[name][1]), level))
    reader.read(PARSER.parse("\n".join([*[""] * end, *lines[end:]])))
    if "subject" in values:
        line, subject = values["subject"]
        reader.blocks.extend(
            [Block(line, publisher.labels.newsletter.subject), Block(line, normal(subject))]
        )
    names = [key[1].casefold() for line in lines[1:end] if (key := KEY.fullmatch(line.rstrip()))]
    if others := [name for name in names if name not in READ_KEYS & values.keys()]:
        reader.skipped.append((1, f"`{'`, `'.join(others)[:80]}` of the front matter"))
    return Document(file, publisher, tuple(reader.blocks), skipped=tuple(reader.skipped))


def front_matter(lines: Sequence[str]) -> int:
    """Return how many lines of YAML between two `---` a file begins with, these included; or 0."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    for number, line in enumerate(lines[1:MAX_FRONT_MATTER], 1):
        if line.rstrip() in {"---", "..."}:
            return number + 1 if number > 1 else 0
        if not KEY.fullmatch(line.rstrip()) and not INSIDE.match(line):
            return 0
    return 0


def _values(lines: Sequence[str]) -> Iterator[tuple[str, tuple[int, str]]]:
    """Yield each key of front matter that has a text in its own line: name, line and text."""
    for number, line in enumerate(lines, 2):
        found = KEY.fullmatch(line.rstrip())
        if found and found[2] and found[2][0] not in "|>&*![{":
            yield found[1].casefold(), (number, _unquoted(found[2].strip()))


def _unquoted(text: str) -> str:
    """Return a YAML scalar's text without its quotes."""
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    try:
        return str(json.loads(text)) if text.startswith('"') else text
    except ValueError:
        return text.strip('"')


class _Reader:
    """Gathers blocks, token by token; what is no text is skipped to its end."""

    def __init__(self, file: str, publisher: Publisher) -> None:
        self.blocks: list[Block] = []
        self.skipped: list[tuple[int, str]] = []
        self._file = file
        self._publisher = publisher
        self._level = 0
        self._lists: list[str] = []  # of each list around: what is lost with its form, until told
        self._item: str | None = None

    def read(self, tokens: Sequence[Token]) -> None:
        """Read all tokens of a document."""
        in_table = False
        for token in tokens:
            line = (token.map or [0])[0] + 1
            if token.type == "table_open":
                self.skipped.append((line, "a table"))
                in_table = True
            elif token.type == "table_close":
                in_table = False
            elif not in_table:
                self._read(token, line)

    def _read(self, token: Token, line: int) -> None:
        """Read a token that stands in no table."""
        if token.type == "heading_open":
            self._level = int(token.tag[1])
        elif token.type in LISTS:
            self._lists.append(LISTS[token.type])
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            self._lists.pop()
        elif token.type == "list_item_open":
            self._item, self._lists[-1] = self._lists[-1], ""
        elif token.type == "blockquote_open":
            self.skipped.append((line, "the form of a quotation"))
        elif token.type == "html_block":
            self._html(token.content, line)
        elif token.type in {"code_block", "fence"}:
            self._add(line, normal(token.content), ("the form of a block of code",))
        elif token.type == "inline":
            self._paragraph(token, line)

    def _paragraph(self, token: Token, line: int) -> None:
        """Read a heading's or a paragraph's inline text; a known heading may share its block."""
        if FOOTNOTE.match(token.content) and "]:" in token.content[:44]:
            self.skipped.append((line, f'the footnote "{shortened(token.content)}"'))
            return
        for children in _split_at_heading(token.children or [], self._publisher):
            text, left_out = _inline(children, self._publisher)
            self._add(line, text, left_out)

    def _add(self, line: int, text: str, left_out: tuple[str, ...]) -> None:
        """Note a block."""
        is_item, form = self._item is not None, self._item or ""
        if text or left_out:
            hold_to_limit(len(self.blocks))
            self.blocks.append(Block(line, text, self._level, left_out, is_item, form))
        self._item, self._level = None, 0

    def _html(self, text: str, line: int) -> None:
        """Read a block of HTML that begins at a line."""
        hold_to_limit(len(self.blocks))
        page = read_html(text.split("\n"), self._file, self._publisher)
        self.blocks.extend(replace(block, line=block.line + line - 1) for block in page.blocks)
        self.skipped.extend((at + line - 1, what) for at, what in page.skipped)


def _split_at_heading(children: Sequence[Token], publisher: Publisher) -> Iterator[Sequence[Token]]:
    """Yield a paragraph's tokens; those of a known heading in its first line before the others."""
    for index, token in enumerate(children):
        if token.type in {"softbreak", "hardbreak"}:
            words = normal("".join(_words(child) for child in children[:index]))
            if publisher.field_of(words):
                yield children[:index]
                children = children[index + 1 :]
            break
    yield children


def _inline(children: Sequence[Token], publisher: Publisher) -> tuple[str, tuple[str, ...]]:
    """Return a text with its links to term pages as references, and what it cannot hold."""
    parts: list[str] = []
    left_out: list[str] = []
    opened: list[tuple[Token, int]] = []
    for token in children:
        tag = TAG.fullmatch(token.content) if token.type == "html_inline" else None
        opens = token.nesting > 0 or (tag is not None and not tag[1] and tag[2].lower() != "br")
        if opens:
            opened.append((token, len(parts)))
        elif token.nesting < 0 or (tag is not None and tag[1]):
            if opened:
                opening, start = opened.pop()
                words, lost = _closed(opening, parts, start, publisher)
                parts[start:] = [words]
                if not _is_label(parts[:start], words, publisher):
                    left_out.append(lost)
        else:
            parts.append(_words(token))
            left_out.append(_lost(token))
    text = "".join(parts)
    left_out.extend(f'the footnote mark "{mark}"' for mark in FOOTNOTE.findall(text))
    return normal(FOOTNOTE.sub("", text)), tuple(dict.fromkeys(filter(None, left_out)))


def _closed(
    opening: Token, parts: Sequence[str], start: int, publisher: Publisher
) -> tuple[str, str]:
    """Return the words between two marks, and what is lost with the marks."""
    words = "".join(parts[start:])
    tag = TAG.fullmatch(opening.content)
    name = tag[2].lower() if tag else opening.tag
    if opening.type == "link_open":
        is_mark = words.startswith("^")
        return as_reference(words, "#" if is_mark else str(opening.attrs["href"]), publisher.site)
    if name == "sup":
        return raised(words, "".join(parts[max(start - 2, 0) : start]))
    if name == "sub":
        return lowered(words)
    if name in STRUCK_OUT:
        return "", f'the struck-out text "{shortened(words)}"'
    return words, f'the emphasis on "{words[:40]}"'


def _is_label(before: Sequence[str], words: str, publisher: Publisher) -> bool:
    """Tell whether emphasised words are a paragraph's label: `**The quick version:**`."""
    return not any(before) and (words.endswith(":") or publisher.field_of(words) is not None)


def _words(token: Token) -> str:
    """Return what a mark without an end stands for; a picture's words are none of the text."""
    is_break = token.type in {"softbreak", "hardbreak"}
    if is_break or (token.type == "html_inline" and token.content.lower().startswith("<br")):
        return " "
    is_comment = token.type == "html_inline" and token.content.startswith("<!--")
    return "" if token.type == "image" or is_comment else token.content


def _lost(token: Token) -> str:
    """Return what is lost when only the words of a token are kept, or nothing."""
    if token.type == "image":
        return f"the picture {str(token.attrs['src'])[:80]}"
    return f'the form of the code "{token.content[:40]}"' if token.type == "code_inline" else ""
