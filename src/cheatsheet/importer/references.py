"""A field's references, kept where the published text has the words and not the links."""

import re
from typing import Any

from cheatsheet.importer.fields import Value
from cheatsheet.model.references import REFERENCE, without_references


def merge(old: Any, new: Value) -> tuple[Value | None, list[str]]:
    """Return a field's new value, or None if it says what the old one says; and references lost.

    A published text without links keeps the manuscript's references, each on its words; the lost
    ones are those whose words are gone.
    """
    before, after = _texts(old), _texts(new)
    held, linked = _references(before), _references(after)
    if _words(before) == _words(after) and linked in ([], held):
        return None, []
    if not linked:
        after = _carried(held, after)
    there = {slug for slug, _ in _references(after)}
    lost = [slug for slug, _ in held if slug not in there]
    if isinstance(new, tuple):
        return tuple(after), lost
    return (after[0] if isinstance(new, str) else new), lost


def _texts(value: Any) -> list[str]:
    """Return a field's texts, whether it has several, one or none."""
    if isinstance(value, list | tuple):
        return [str(item) for item in value]
    return [] if value is None else [str(value)]


def _words(texts: list[str]) -> list[str]:
    """Return texts without references, line breaks and spaces at their ends."""
    return [" ".join(without_references(text).split()) for text in texts]


def _references(texts: list[str]) -> list[tuple[str, str]]:
    """Return the (slug, words) of all references in texts, in order."""
    return [(m[1], m[2] or m[1]) for text in texts for m in REFERENCE.finditer(text)]


def _carried(references: list[tuple[str, str]], texts: list[str]) -> list[str]:
    """Return texts with references set on the first place that has their words."""
    for slug, words in references:
        # Not inside a reference that was set already.
        place = re.compile(rf"(?<![\w\[|]){re.escape(words)}(?![\w\]|])")
        for index, text in enumerate(texts):
            carried = place.sub(f"[[{slug}|{words}]]", text, count=1)
            if carried != text:
                texts[index] = carried
                break
    return texts
