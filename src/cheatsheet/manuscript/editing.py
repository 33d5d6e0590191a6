"""Fields set in a term's YAML, by splicing: what does not change stays byte for byte.

A round trip through a YAML library sets long lines anew and moves the comments at a list's end.
"""

import textwrap
from collections.abc import Mapping
from typing import Any

import yaml

from cheatsheet.manuscript.yaml_reader import compose
from cheatsheet.model.glossary import TermText
from cheatsheet.model.term_fields import NEWSLETTER, PARAGRAPHS

SCHEMA_LINE = "# yaml-language-server: $schema=../term.schema.json"
WIDTH = 100
TO_WRITE = "# To be written: "
IF_ANY = "# If any: "

# What a new file holds for the fields that are not a line of text.
BLANKS = {
    "aliases": "[]",
    "also_covers": "[]",
    "difficulty": "1",
    "issue": "1",
    "plain": "\n  - >-\n    ",
    "go_deeper": "\n  - ",
    "related": "[]",
    "picture": "\n  alt: ",
}
OPTIONAL = {"full_form", "acronyms", "exceptions"}
WANTED = {name for name, info in TermText.model_fields.items() if info.is_required()}
WANTED |= {*NEWSLETTER, "picture"}  # in a book that has a newsletter and pictures

Fields = Mapping[str, str | int | tuple[str, ...]]
"""A term's fields by name; the texts of a list as a tuple."""

_Splice = tuple[int, int, str]
"""Characters from a first to before a last one, and what stands there instead."""


def filled_term(fields: Fields) -> str:
    """Return the text of a new term's file; each field that is not given is marked for the writer.

    The marked ones are empty, so that the book cannot be built before they are written.
    """
    lines = [SCHEMA_LINE]
    for name, info in TermText.model_fields.items():
        if name in fields:
            lines.append(_field(name, fields[name]))
        else:
            lines.append(f"{TO_WRITE if name in WANTED else IF_ANY}{info.description}")
            lines.append(f"# {name}:" if name in OPTIONAL else f"{name}:{_blank(name)}")
    return "\n".join(lines) + "\n"


def edited_term(text: str, fields: Fields) -> str:
    """Return a term's YAML with fields set: comments, order and all other fields as they were.

    `text` is the file as `read_yaml` accepts it: a mapping in block style without findings.
    """
    text = text if text.endswith("\n") else f"{text}\n"
    nodes = {key.value: (key, value) for key, value in compose(text).value}
    splices: list[_Splice] = []
    for name in filter(fields.__contains__, TermText.model_fields):
        value = fields[name]
        if name in nodes:
            key, node = nodes[name]
            splices.extend([*_unmarked(text, key.start_mark.index), *_set(text, name, node, value)])
        else:
            at = _end_of_field_before(text, name, nodes)
            splices.append((at, at, _field(name, value) + "\n"))
    splices.sort(key=lambda splice: splice[:2])
    for start, end, new in reversed(splices):  # of two at one place the later field comes later
        text = text[:start] + new + text[end:]
    return text


def _unmarked(text: str, key: int) -> list[_Splice]:
    """Return what removes the line that marks a field for the writer, right before its key."""
    line = text.rfind("\n", 0, max(key - 1, 0)) + 1
    return [(line, key, "")] if text.startswith((TO_WRITE, IF_ANY), line) else []


def _set(text: str, name: str, node: Any, value: str | int | tuple[str, ...]) -> list[_Splice]:
    """Return what sets a field that is there: items of a list one by one, anything else whole."""
    if not isinstance(value, tuple):
        return [_replaced(text, node, name, value, 2)]
    if not isinstance(node, yaml.SequenceNode) or node.flow_style or not node.value:
        start, end = node.start_mark.index, _end(text, node)
        start -= len(text[:start]) - len(text[:start].rstrip(" "))
        return [(start, end, _field(name, value).partition(":")[2])]
    indent = node.start_mark.column
    splices = [
        _replaced(text, item, name, new, indent + 2)
        for item, new in zip(node.value, value, strict=False)
        if item.value != new
    ]
    last = _end(text, node.value[len(value) - 1] if len(value) < len(node.value) else node)
    if len(value) < len(node.value):
        splices.append((last, _end(text, node), ""))
    added = "".join(f"\n{_item(name, new, indent)}" for new in value[len(node.value) :])
    return [*splices, (last, last, added)] if added else splices


def _replaced(text: str, node: Any, name: str, value: str | int, indent: int) -> _Splice:
    """Return what sets a value in its place, in the style that it has."""
    start, end = node.start_mark.index, _end(text, node)
    if getattr(node, "style", "") in {"|", ">"} or (start == end and name in PARAGRAPHS):
        line = text[start : text.index("\n", start)]
        comment = line[line.find(" #") :].rstrip() if " #" in line else ""
        gap = "" if text[start - 1] == " " else " "
        new = f"{gap}>-{comment}\n{_folded(str(value), indent)}"
        return start, max(end, start + len(line)), new
    gap = " " if text[start - 1 : start] in {":", "-"} else ""
    return start, end, gap + scalar_text(value)


def _end(text: str, node: Any) -> int:
    """Return where a value ends, without the line break, blank lines and comments after it."""
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
        return _end(text, node.value[-1])
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        return _end(text, node.value[-1][1])
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    return start + len(text[start:end].rstrip()) if end > start else start


def _end_of_field_before(text: str, name: str, nodes: Mapping[str, tuple[Any, Any]]) -> int:
    """Return where a new field's line begins: after the field that comes before it in the model."""
    order = list(TermText.model_fields)
    before = [other for other in order[: order.index(name)] if other in nodes]
    at = _end(text, nodes[before[-1]][1]) if before else 0
    return text.index("\n", at) + 1 if before else 0


def _field(name: str, value: str | int | tuple[str, ...]) -> str:
    """Return a field's lines in the manuscript's form, without the last line break."""
    if isinstance(value, tuple):
        return f"{name}:" + ("".join(f"\n{_item(name, item, 2)}" for item in value) or " []")
    if name in PARAGRAPHS:
        return f"{name}: >-\n{_folded(str(value), 2)}"
    return f"{name}: {scalar_text(value)}"


def _item(name: str, text: str, indent: int) -> str:
    """Return a list's item, its dash at an indentation."""
    dash = " " * indent + "- "
    return f"{dash}>-\n{_folded(text, indent + 2)}" if name == "plain" else dash + scalar_text(text)


def _folded(text: str, indent: int) -> str:
    """Return the lines of a folded block scalar."""
    margin = " " * indent
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=margin,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )


def scalar_text(value: str | int) -> str:
    """Return a value on one line, in quotes where YAML needs them."""
    dumped = yaml.safe_dump(value, width=float("inf"), allow_unicode=True)
    return dumped.removesuffix("\n").removesuffix("\n...")


def _blank(name: str) -> str:
    """Return the empty value of a field that is to be written."""
    blank = BLANKS.get(name, "")
    return "" if blank.isdigit() else blank if blank[:1] in {"", "\n"} else f" {blank}"
