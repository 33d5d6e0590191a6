"""A newsletter's Markdown → blocks, by a CommonMark parser."""

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from cheatsheet.importer.blocks import Block, Document, as_reference
from cheatsheet.importer.decoding import normal

# HTML in a newsletter is text: it stays as it stands.
PARSER = MarkdownIt("commonmark", {"html": False})


def read_markdown(lines: Sequence[str], file: str, site: str) -> Document:
    """Return the headings, paragraphs and list items of Markdown lines, marks taken off."""
    return Document(file, site, tuple(_blocks(PARSER.parse("\n".join(lines)), site)))


def _blocks(tokens: Sequence[Token], site: str) -> Iterator[Block]:
    """Yield a block for each inline text and each block of code."""
    level = 0
    for token in tokens:
        line = (token.map or [0])[0] + 1
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "inline":
            text, left_out = _inline(token.children or [], site)
            yield Block(line, text, level, left_out)
            level = 0
        elif token.type in {"code_block", "fence"}:
            yield Block(line, normal(token.content), left_out=("the form of a block of code",))


def _inline(children: Sequence[Token], site: str) -> tuple[str, tuple[str, ...]]:
    """Return a text with its links to term pages as references, and what it cannot hold."""
    parts: list[str] = []
    left_out: list[str] = []
    opened: list[tuple[Token, int]] = []
    for token in children:
        if token.nesting > 0:
            opened.append((token, len(parts)))
        elif token.nesting < 0:
            opening, start = opened.pop()
            words, lost = _closed(opening, "".join(parts[start:]), site)
            parts[start:] = [words]
            if not _is_label(parts[:start], words):
                left_out.append(lost)
        else:
            parts.append(_words(token))
            left_out.append(_lost(token))
    return normal("".join(parts)), tuple(filter(None, left_out))


def _closed(opening: Token, words: str, site: str) -> tuple[str, str]:
    """Return the words between two marks, and what is lost with the marks."""
    if opening.type == "link_open":
        return as_reference(words, str(opening.attrs["href"]), site)
    return words, f'the emphasis on "{words[:40]}"'


def _is_label(before: Sequence[str], words: str) -> bool:
    """Tell whether emphasised words are a paragraph's label: `**The quick version:**`."""
    return not any(before) and words.endswith(":")


def _words(token: Token) -> str:
    """Return what a mark without an end stands for."""
    return " " if token.type in {"softbreak", "hardbreak"} else token.content


def _lost(token: Token) -> str:
    """Return what is lost when only the words of a token are kept, or nothing."""
    if token.type == "image":
        return f"the picture {str(token.attrs['src'])[:80]}"
    return f'the form of the code "{token.content[:40]}"' if token.type == "code_inline" else ""
