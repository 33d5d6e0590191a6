"""What a text holds before its first slip, and where its next line might begin."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import yaml

# PyYAML may be without libyaml: the same events, ten times slower.
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def events_before(text: str) -> list[Any]:
    """Return what is read before the first slip."""
    events: list[Any] = []
    with suppress(yaml.YAMLError):
        events.extend(yaml.parse(text, Loader=Loader))
    return events


def fitting_columns(
    events: Sequence[Any], number: int, lines: Sequence[str]
) -> tuple[set[int], set[int]]:
    """Return the columns, from 0, in which a field and an item would go on, in a line.

    A text of many lines counts as both.
    """
    opened: list[tuple[bool, int]] = []
    fitting: list[tuple[bool, int]] = []
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            begin: Any = event.start_mark
            opened.append((isinstance(event, yaml.MappingStartEvent), begin.column))
        elif isinstance(event, yaml.CollectionEndEvent):
            closed = opened.pop()
            end: Any = event.start_mark
            fitting += [closed] if end.line == number else []
    fields = {column for is_mapping, column in fitting + opened if is_mapping}
    items = {column for is_mapping, column in fitting + opened if not is_mapping}
    text = set()
    if isinstance(events[-1], yaml.ScalarEvent) and events[-1].style in {">", "|"}:
        above = next(lines[n] for n in range(number - 1, -1, -1) if lines[n])
        text = {depth(above)}
    return fields | text, items | text


def depth(line: str) -> int:
    """Return how many spaces a line begins with."""
    return len(line) - len(line.lstrip())
