"""A term gets another slug: its file and drawing move, and all that refers to it is changed."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from os.path import lexists
from pathlib import Path, PurePath
from typing import Any

import yaml

from cheatsheet.findings import FieldPath, Finding, Place
from cheatsheet.manuscript.editing import scalar_text
from cheatsheet.manuscript.loading import (
    BOOK,
    CATEGORIES,
    CLAIMS,
    PAIRS,
    TERMS,
    term_file,
    term_files,
)
from cheatsheet.manuscript.new_term import EXISTS, no_such_term
from cheatsheet.manuscript.slugs import SLUG, is_slug, no_slug
from cheatsheet.manuscript.yaml_reader import compose, parse_yaml
from cheatsheet.model.glossary import PICTURES
from cheatsheet.model.sections import term_id
from cheatsheet.system.reading import closed_folders, read_text
from cheatsheet.system.renaming import rename_new
from cheatsheet.system.writing import replaced_files

LISTS = {"related", "terms", "drawings"}  # of slugs
KEYED = {("sources", 2), ("pairs", 3)}  # a root field, and how deep the keys under it are slugs


@dataclass
class Renamed:
    """What a new slug changed: files that were moved, by their new names, and files with text."""

    moved: list[PurePath] = field(default_factory=list)
    changed: list[PurePath] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def rename_term(project: Path, old: str, new: str) -> Renamed:
    """Give a term another slug in a project folder; nothing is done if there are findings.

    Where the term's file was moved by hand, or an earlier renaming was broken off, what is left to
    do is done. Raises OSError; then all is as it was.
    """
    moves = [(term_file(old), term_file(new))]
    moves += [(PurePath(PICTURES, f"{old}.svg"), PurePath(PICTURES, f"{new}.svg"))]
    done = Renamed(findings=list(_faults(project, old, new, moves)))
    texts = {} if done.findings else _changed_texts(project, old, new, done.findings)
    if done.findings:
        return done
    with (
        replaced_files({project / file: text.encode() for file, text in texts.items()}),
        ExitStack() as undo,
    ):
        for source, target in moves:
            if lexists(project / source):
                undo.callback(_move_back, project / source, project / target)
                rename_new(project / source, project / target)
                done.moved.append(target)
        undo.pop_all()
    renamed = dict(moves)
    done.changed = [renamed.get(file, file) for file in texts]
    return done


def _move_back(source: Path, target: Path) -> None:
    """Have a file under its old name again, if it was moved. Raises OSError."""
    if not lexists(source):
        target.rename(source)


def _faults(
    project: Path, old: str, new: str, moves: list[tuple[PurePath, PurePath]]
) -> Iterator[Finding]:
    """Yield why a term cannot get a slug."""
    if closed := closed_folders(project, TERMS, PurePath(PICTURES)):
        yield from closed
    elif not is_slug(new):
        yield no_slug(new)
    elif not any(lexists(project / file) for file in moves[0]):
        yield no_such_term(old, [file.stem for file in term_files(project, [])])
    elif old == new:
        yield SLUG.finding(f"`{old}` is its slug already", hint="choose another slug")
    for source, target in moves:
        if old != new and all(lexists(project / file) for file in (source, target)):
            place = Place(target.as_posix())
            yield EXISTS.finding(f"there is a file `{target.name}` already", place)


def _changed_texts(
    project: Path, old: str, new: str, findings: list[Finding]
) -> dict[PurePath, str]:
    """Return the new texts of the files that name a slug; what cannot be read is a finding."""
    texts = {}
    settings = [file for file in (BOOK, CATEGORIES, CLAIMS, PAIRS) if lexists(project / file)]
    for file in (*settings, *term_files(project, [])):
        text, problems = read_text(project, file)
        findings.extend(problems or parse_yaml(file, text).findings)
        changed = text if findings else _changed(text, old, new)
        if changed != text:
            texts[file] = changed
    return texts


def _changed(text: str, old: str, new: str) -> str:
    """Return YAML in which a slug is another one, wherever it is a slug; all else is as it was."""
    spans = sorted(_slugs(compose(text), (), old), reverse=True)
    for start, end, is_section in spans:
        named = term_id(new) if is_section else new
        text = text[:start] + scalar_text(named) + text[end:]
    return re.sub(rf"\[\[\s*{re.escape(old)}\s*(?=\||\]\])", f"[[{new}", text)


def _slugs(node: Any, location: FieldPath, slug: str) -> Iterator[tuple[int, int, bool]]:
    """Yield where a slug begins and ends in YAML, as a value or a key, or in a section's id."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*location, key.value)
            if key.value == slug and (inner[0], len(inner)) in KEYED:
                yield key.start_mark.index, key.end_mark.index, False
            yield from _slugs(value, inner, slug)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield from _slugs(item, (*location, number), slug)
    elif node.value == slug and ("slug" in location[-1:] or not LISTS.isdisjoint(location[-2:-1])):
        yield node.start_mark.index, node.end_mark.index, False
    elif node.value == term_id(slug) and "page" in location[-1:]:
        yield node.start_mark.index, node.end_mark.index, True
