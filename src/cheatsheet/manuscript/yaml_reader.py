"""One YAML file → plain values and their places, in a strict subset of YAML without surprises.

The subset: one document, a mapping at its root, no anchors, aliases or tags, no key twice. An
unquoted value is a text unless it is null, true, false or a plain decimal number; what YAML 1.1
would turn into something else (`no`, `1.10`, `012`, `12:30`) must be quoted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any

import yaml

from cheatsheet.findings import FieldPath, Finding, Place, Source, error
from cheatsheet.findings.complaints import shortened
from cheatsheet.manuscript.yaml_columns import Loader
from cheatsheet.manuscript.yaml_syntax import (
    FEATURE,
    PLAIN_SPACES,
    SYNTAX,
    called,
    mark_place,
    syntax_finding,
)
from cheatsheet.system.reading import read_text

MAX_DEPTH = 8
LONGEST_NUMBER = 15  # digits; a longer number is a slip, and Python refuses very long ones

ROOT = error(
    "yaml-root",
    "A file is not one mapping of fields to values.",
    "write one field a line, `name: value`, and nothing before the first",
)
DEPTH = error("yaml-depth", "Values are nested too deep.", "no field needs more than 8 levels")
DUPLICATE = error(
    "yaml-duplicate-key",
    "A key stands twice in a mapping, and only one of its values would count.",
    "keep one of them",
)
TRAP = error(
    "yaml-type-trap",
    "YAML would read an unquoted value as something else than it looks like.",
    "put the value in quotes",
)
COMMENT = error(
    "yaml-comment",
    'An unquoted text is cut at " #", where YAML begins a comment, or what was made one is text.',
    "put the text in quotes, or the comment on a line of its own",
)

ONE = "keep one, and delete the `---`"
NO_COMMENT = "delete the line, or begin no line of a text with #: a block has no comments"
OWN_LINE = "put the comment on a line of its own, without `-`; or the text in quotes"

WORDS = {"null": None, "~": None, "": None, "true": True, "false": False}
WHOLE = re.compile(r"0*(\d{1,20})(?:\.0+)?")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?")
# What YAML 1.2.2, 5.1, does not take, and what breaks a line for YAML 1.1 alone.
UNSEEN = re.compile(
    "[^\t\n\r -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
BREAKS = "\x85\u2028\u2029"
NO_INDENT = re.compile("(?m)^[ \t]*([\xa0\xad\u2000-\u200d\u2060\u202f\u205f\u3000])")


@dataclass
class YamlFile:
    """A file as read: its value (None if it has errors), places and findings."""

    source: Source
    value: dict[str, Any] | None = None
    findings: list[Finding] = field(default_factory=list)


def read_yaml(project: Path, file: PurePath) -> YamlFile:
    """Read the YAML file at `file`, a path relative to the project folder.

    Never raises for what a file can hold; what is wrong is in the result's findings. The result is
    shared: another reading of the same text returns it again.
    """
    text, findings = read_text(project, file)
    if findings:
        return YamlFile(Source(file.as_posix()), findings=findings)
    return parse_yaml(file, text)


@lru_cache(maxsize=8192)  # more than any book has terms: a cache too small by one keeps nothing
def parse_yaml(file: PurePath, text: str) -> YamlFile:
    """Return the file of this text, whose lines end with a line feed."""
    read = YamlFile(Source(file.as_posix(), tuple(text.split("\n"))))
    read.findings.extend(_unseen(text, read.source))
    if read.findings:
        return read
    try:
        _refuse_features(text, read)
        if not read.findings:
            _read_document(text, read)
    except yaml.YAMLError as problem:
        read.findings.append(syntax_finding(problem, text, read.source))
    if read.findings:
        read.value, read.findings = None, shortened(read.findings)
    return read


def _unseen(text: str, source: Source) -> Iterator[Finding]:
    """Yield a finding for the first sign that nobody sees and that YAML does not take as it is."""
    sign, space = UNSEEN.search(text), NO_INDENT.search(text)
    if sign:
        breaks = ", and breaks the line" if sign[0] in BREAKS else ""
        message = f"{called(sign[0])} cannot be seen{breaks}"
        yield SYNTAX.finding(message, _place_in(text, sign.start(), source), "delete it")
    elif space:
        message = f"{called(space[1])} stands where only spaces may"
        yield SYNTAX.finding(message, _place_in(text, space.start(1), source), PLAIN_SPACES)


def _place_in(text: str, position: int, source: Source) -> Place:
    """Return the place of the character at a position, from 0, in a file's text."""
    line = text.count("\n", 0, position) + 1
    return Place(source.file, line, position - text.rfind("\n", 0, position))


def compose(text: str) -> Any:
    """Return PyYAML's node of a text's only document: where each value begins and ends."""
    return yaml.compose(text, Loader=Loader)


def _refuse_features(text: str, read: YamlFile) -> None:
    """Find anchors, aliases, tags, several documents, and nesting too deep to be read safely."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=Loader):
        place = mark_place(event.start_mark, read.source)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                read.findings.append(ROOT.finding("a second document begins here", place, ONE))
        elif isinstance(event, yaml.AliasEvent):
            read.findings.append(FEATURE.finding(f"`*{event.anchor}` is an alias", place))
        elif isinstance(event, yaml.CollectionStartEvent | yaml.ScalarEvent):
            read.findings.extend(_event_features(event, place))
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            read.findings.append(DEPTH.finding(f"more than {MAX_DEPTH} levels deep", place))
            return


def _event_features(event: Any, place: Place) -> Iterator[Finding]:
    """Yield a finding for the anchor and one for the tag that a value may carry."""
    if event.anchor:
        yield FEATURE.finding(f"`&{event.anchor}` is an anchor", place)
    if event.tag:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        yield FEATURE.finding(f"`{tag}` is a tag", place)


def _read_document(text: str, read: YamlFile) -> None:
    """Build the file's value from its only document."""
    node = compose(text)
    if node is None:
        read.findings.append(ROOT.finding("the file is empty", Place(read.source.file)))
    elif not isinstance(node, yaml.MappingNode):
        kind = "a list" if isinstance(node, yaml.SequenceNode) else "a single value"
        place = mark_place(node.start_mark, read.source)
        read.findings.append(ROOT.finding(f"the file is {kind}", place))
    else:
        read.value = _build(node, (), read)


def _build(node: Any, location: FieldPath, read: YamlFile) -> Any:
    """Return a node's plain value, and note the place of each part of it."""
    read.source.values[location] = _span(node)
    if isinstance(node, yaml.MappingNode):
        return _build_mapping(node, location, read)
    if isinstance(node, yaml.SequenceNode):
        read.findings.extend(_bare_items(node, read.source))
        return [_build(item, (*location, n), read) for n, item in enumerate(node.value)]
    return _scalar(node, read)


def _bare_items(node: Any, source: Source) -> Iterator[Finding]:
    """Yield a finding for each item of a list that is only a comment."""
    for item in node.value:
        if item.value == "" and not item.style and _comment_follows(item, source):
            place = mark_place(item.start_mark, source)
            yield COMMENT.finding("an item is only a comment", place, OWN_LINE)


def _build_mapping(node: Any, location: FieldPath, read: YamlFile) -> dict[str, Any]:
    """Return a mapping with texts as keys; a key that stands twice is a finding."""
    mapping: dict[str, Any] = {}
    for key_node, value_node in node.value:
        place = mark_place(key_node.start_mark, read.source)
        if not isinstance(key_node, yaml.ScalarNode):
            read.findings.append(SYNTAX.finding("a list or mapping cannot be a field", place))
            continue
        key = key_node.value
        if key in mapping:
            first = read.source.keys[(*location, key)][0] + 1
            message = f"the field `{key}` stands on line {first} already"
            read.findings.append(DUPLICATE.finding(message, place))
        read.source.keys[(*location, key)] = _span(key_node)
        mapping[key] = _build(value_node, (*location, key), read)
    return mapping


def _scalar(node: Any, read: YamlFile) -> Any:
    """Return a scalar's value: texts as they stand, a few words and numbers as what they are."""
    if node.style:  # quoted or a block
        read.findings += _commented_out(node, read.source)
        return node.value
    place = mark_place(node.start_mark, read.source)
    text = node.value
    if text in WORDS:
        return WORDS[text]
    if DECIMAL.fullmatch(text) and len(text) <= LONGEST_NUMBER:
        return float(text) if "." in text else int(text)
    kind = node.tag.rpartition(":")[2]
    if kind != "str":
        message = f"YAML reads `{text[:40]}` as {_in_words(kind)}"
        number = WHOLE.fullmatch(text)
        hint = f'write {f"{number[1]}, or " if number else ""}"{text[:40]}", in quotes'
        read.findings.append(TRAP.finding(message, place, hint))
    elif text.startswith("-> "):
        read.findings.append(TRAP.finding("the text would begin with `->`", place, "write `>-`"))
    elif _comment_follows(node, read.source):
        read.findings.append(COMMENT.finding(f'the text ends at "{text[-20:]}"', place))
    return text


def _commented_out(node: Any, source: Source) -> Iterator[Finding]:
    """Yield a finding for each line of a block of text that is meant as a comment: it is text."""
    for number in range(node.start_mark.line + 1, node.end_mark.line if node.style in ">|" else 0):
        line = source.lines[number].strip()
        if line.startswith("# ") and line in node.value and line != node.value.strip():
            place = Place(source.file, number + 1, source.lines[number].index("#") + 1)
            yield COMMENT.finding(f'"{line[:20]}" is part of the text', place, NO_COMMENT)


def _in_words(kind: str) -> str:
    """Return a YAML type in the words of somebody who never heard of it."""
    kinds = {"bool": "yes or no", "timestamp": "a date", "null": "nothing"}
    return kinds.get(kind, "another number" if kind in {"int", "float"} else "a sign of its own")


def _comment_follows(node: Any, source: Source) -> bool:
    """Tell whether a comment stands on the line on which an unquoted text ends."""
    mark = node.end_mark
    rest = source.lines[mark.line][mark.column :] if mark.line < len(source.lines) else ""
    return rest[:1].isspace() and rest.lstrip().startswith("#")


def _span(node: Any) -> tuple[int, int, int]:
    """Return a node's 0-based first line, column, and last line."""
    return node.start_mark.line, node.start_mark.column, node.end_mark.line
