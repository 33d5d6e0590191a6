"""A newsletter's Markdown → HTML on the same lines → blocks, by a CommonMark parser.

GitHub's tables and strikethrough are known. HTML in it is read as HTML where it stands alone, and
as text within a line, but for superscripts and the like.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from cheatsheet.importer.blocks import Document
from cheatsheet.importer.decoding import normal
from cheatsheet.importer.headings import Publisher
from cheatsheet.importer.html_form import read_html

FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,40}\]")
MARK, NOTE = '<a role="doc-noteref"></a>', '<span role="doc-footnote"></span>'
TAG = re.compile(r"</?(?:sup|sub|del|s|strike)\b[^>]*>", re.IGNORECASE)
NO_WORDS = re.compile(r"<br\b|<!--", re.IGNORECASE)
OWN_LINES = {"html_block", "fence", "code_block"}
KEY = re.compile(r"([A-Za-z_][\w-]*):(?:\s+(.*))?")
INSIDE = re.compile(r"[ \t#-]|\s*$")  # how a line may begin that gives no new key
MAX_FRONT_MATTER = 200  # lines
READ_KEYS = {"title", "subtitle", "subject"}


class _Renderer(RendererHTML):
    """HTML for an import: lines are broken where they were, footnotes have their roles."""

    def text(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        """Return words, with marks of footnotes for what they are."""
        return FOOTNOTE.sub(MARK, escape(tokens[idx].content))

    def softbreak(self, *_: Any) -> str:
        """Return a break: what stands above it may be a heading."""
        return "<br>"

    def hardbreak(self, *_: Any) -> str:
        """Return a break."""
        return "<br>"

    def image(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        """Return a picture; one without words is no decoration."""
        return f'<img src="{escape(str(tokens[idx].attrs["src"]))}">'

    def link_open(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        """Return where a link begins; to Markdown, a footnote's mark may be one."""
        if tokens[idx + 1].content.startswith("^"):
            return '<a role="doc-noteref">'
        return f'<a href="{escape(str(tokens[idx].attrs["href"]))}">'

    def html_inline(self, tokens: Sequence[Token], idx: int, *_: Any) -> str:
        """Return a tag that is known within a line, and any other as text."""
        tag = tokens[idx].content
        if NO_WORDS.match(tag):
            return " "
        return tag if TAG.fullmatch(tag) else escape(tag)


PARSER = MarkdownIt("commonmark", renderer_cls=_Renderer).enable(["table", "strikethrough"])


def read_markdown(lines: Sequence[str], file: str, publisher: Publisher) -> Document:
    """Return the headings, paragraphs and list items of Markdown lines, marks taken off.

    Of front matter, `title` is a heading, `subtitle` a paragraph, and `subject` a mail's.
    """
    end = front_matter(lines)
    values = dict(_values(lines[1:end])) if end else {}
    tokens = PARSER.parse("\n".join([*[""] * end, *lines[end:]]))
    page = _on_lines([*_heads(values), *map(_html, tokens)])
    document = read_html(page.split("\n"), file, publisher)
    names = [key[1].casefold() for line in lines[1:end] if (key := KEY.fullmatch(line.rstrip()))]
    others = "`, `".join(name for name in names if name not in READ_KEYS & values.keys())
    skipped = ((1, f"`{others[:80]}` of the front matter"),) if others else ()
    subject = normal(values["subject"][1]) if "subject" in values else ""
    return replace(document, subject=subject, skipped=(*skipped, *document.skipped))


def _heads(values: Mapping[str, tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield the line, from 0, and the HTML of what front matter says above the text."""
    for name, tag in (("title", "h1"), ("subtitle", "p")):
        if name in values:
            line, words = values[name]
            yield line - 1, f"<{tag}>{escape(words)}</{tag}>"


def _html(token: Token) -> tuple[int, str]:
    """Return the line of a token, from 0, and its HTML, on one line but for what has lines."""
    html = str(PARSER.renderer.render([token], PARSER.options, {}))
    note = FOOTNOTE.match(token.content) if token.type == "inline" else None
    if note and token.content[note.end() :].startswith(":"):
        html = NOTE
    line = token.map[0] if token.map else 0
    return line, html if token.type in OWN_LINES else html.replace("\n", " ")


def _on_lines(pieces: Iterable[tuple[int, str]]) -> str:
    """Return pieces of HTML as a page that has each on its line, or as soon after as it can."""
    page, reached = ["<body>"], 0
    for line, html in pieces:
        gap = max(line - reached, 0)
        page += ["\n" * gap, html]
        reached += gap + html.count("\n")
    return "".join(page)


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
