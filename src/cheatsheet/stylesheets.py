"""styles/ → an edition's style sheets, file by file, and what they declare. Needs no renderer."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from pathlib import Path, PurePath
from typing import Any

import tinycss2

from cheatsheet.findings import Finding, Place, error

MAIN = PurePath("styles/main.css")
EDITIONS = PurePath("styles/editions")
WEIGHTS = {"normal": 400, "bold": 700}
ALONE = re.compile(r"var\(\s*--([\w-]+)\s*\)")

STYLE_FILE = error(
    "css-file",
    "A style sheet is missing, or is imported in a way that is not supported.",
    'write @import "file.css"; with a file in styles/, and nothing after the name',
)


@dataclass(frozen=True)
class StyleFile:
    """A style sheet: its file, relative to the project, and its text without imports."""

    file: PurePath
    text: str


@dataclass(frozen=True)
class Face:
    """A font that a style sheet declares: its family, weight, whether italic, and its file.

    `file` is relative to the project.
    """

    family: str
    weight: int
    italic: bool
    file: PurePath


def read_styles(project: Path, edition: str) -> tuple[list[StyleFile], list[Finding]]:
    """Return an edition's style sheets in cascading order, and what is wrong with the files."""
    return read_style_sheets(project, MAIN, EDITIONS / f"{edition}.css")


def read_style_sheets(project: Path, *roots: PurePath) -> tuple[list[StyleFile], list[Finding]]:
    """Return style sheets after those that they import, and what is wrong with the files.

    `roots` are relative to the project. Imports are followed here and not by the renderer, which
    would not say which file it means.
    """
    files: dict[PurePath, StyleFile] = {}
    findings: list[Finding] = []
    for root in roots:
        _read(project, root, Place(root.as_posix()), files, findings)
    return list(files.values()), findings


def declared_families(styles: list[StyleFile]) -> frozenset[str]:
    """Return the font families that the style sheets declare by @font-face."""
    return frozenset(face.family for face in declared_faces(styles))


def declared_faces(styles: list[StyleFile]) -> list[Face]:
    """Return the fonts that the style sheets declare by @font-face."""
    return [face for style in styles for face in _faces_in(style)]


def declared_tokens(styles: list[StyleFile]) -> dict[str, str]:
    """Return the values of the custom properties that the style sheets give to the root element."""
    return {name: value for style in styles for name, value in _tokens_in(style.text)}


@lru_cache(maxsize=256)  # here and below: a warm process asks for the same sheets again and again
def asked_addresses(style: StyleFile) -> tuple[tuple[str, Place], ...]:
    """Return the addresses that a style sheet asks for by url(), as written, and where."""
    words = _addresses(tinycss2.parse_component_value_list(style.text))
    file = style.file.as_posix()
    return tuple((w.value, Place(file, w.source_line, w.source_column)) for w in words)


def resolve_token(name: str, tokens: Mapping[str, str], category: str = "") -> str:
    """Return a token's value, through the variables that it refers to; "" if there is none.

    A variable that a category has for itself (`--category-<id>-tab` for `--tab`) is the category's.
    """
    for _ in tokens:  # no further than a circle of all of them
        value = tokens.get(f"--category-{category}-{name}", tokens.get(f"--{name}", ""))
        variable = ALONE.fullmatch(value)
        if variable is None:
            return value
        name = variable[1]
    return ""


@lru_cache(maxsize=256)
def _faces_in(style: StyleFile) -> tuple[Face, ...]:
    """Return the fonts that a style sheet declares."""
    return tuple(
        _face(style.file, {d.lower_name: d.value for d in declarations if d.type == "declaration"})
        for rule in tinycss2.parse_stylesheet(style.text)
        if rule.type == "at-rule" and rule.lower_at_keyword == "font-face"
        for declarations in [tinycss2.parse_blocks_contents(rule.content)]
    )


@lru_cache(maxsize=256)
def _tokens_in(text: str) -> tuple[tuple[str, str], ...]:
    """Return the (name, value) of each custom property that a style sheet gives to the root."""
    return tuple(
        (declaration.name, tinycss2.serialize(declaration.value).strip())
        for rule in tinycss2.parse_stylesheet(text)
        if rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() == ":root"
        for declaration in tinycss2.parse_blocks_contents(rule.content)
        if declaration.type == "declaration" and declaration.name.startswith("--")
    )


def _addresses(nodes: Iterable[Any]) -> Iterator[Any]:
    """Yield the address in each url(...) and url("...") among some nodes (CSS Syntax 3, 4.3.6)."""
    for node in nodes:
        if node.type == "url":
            yield node
        elif node.type == "function" and node.lower_name == "url":
            yield from (word for word in node.arguments if word.type == "string")
        else:
            yield from _addresses(getattr(node, "content", getattr(node, "arguments", None)) or ())


def _face(style: PurePath, declared: Mapping[str, list[Any]]) -> Face:
    """Return the font of an @font-face rule in a style sheet."""

    def first(name: str, types: set[str]) -> Any:
        nodes = [*declared.get(name, ())]
        nodes += [inner for node in nodes if node.type == "function" for inner in node.arguments]
        return next((node.value for node in nodes if node.type in types), "")

    said = first("font-weight", {"number", "ident"})
    weight = said if isinstance(said, float) and isfinite(said) else WEIGHTS.get(said, 400)
    return Face(
        str(first("font-family", {"ident", "string"})),
        int(weight),
        first("font-style", {"ident"}) == "italic",
        PurePath(_normal(style.parent / str(first("src", {"url", "string"})))),
    )


def _read(
    project: Path,
    file: PurePath,
    asked_from: Place,
    files: dict[PurePath, StyleFile],
    findings: list[Finding],
) -> None:
    """Add a style sheet after those that it imports."""
    if file in files:
        return
    path = (project / file).resolve()
    if not path.is_relative_to(project.resolve()) or not path.is_file():
        findings.append(STYLE_FILE.finding(f"there is no file `{file}` in the project", asked_from))
        return
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        findings.append(STYLE_FILE.finding("the file is not UTF-8", Place(file.as_posix())))
        return
    files[file] = StyleFile(file, "")  # an import that leads back here ends here
    for target, line, column in _imports(text):
        place = Place(file.as_posix(), line, column)
        if target is None:
            findings.append(STYLE_FILE.finding("an import that is not supported", place))
            continue
        imported = PurePath(_normal(file.parent / target))
        _read(project, imported, place, files, findings)
    del files[file]  # it comes after those that it imports
    files[file] = StyleFile(file, _without_imports(text))


@lru_cache(maxsize=256)
def _imports(text: str) -> tuple[tuple[str | None, int, int], ...]:
    """Return (target or None if it is not plain, line, column) of each import in a style sheet."""
    return tuple(
        (_target(rule), rule.source_line, rule.source_column)
        for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
        if rule.type == "at-rule" and rule.lower_at_keyword == "import"
    )


def _target(rule: Any) -> str | None:
    """Return the file that an @import names, or None if it says more than that."""
    tokens = [token for token in rule.prelude if token.type != "whitespace"]
    plain = len(tokens) == 1 and tokens[0].type in {"string", "url"}
    return tokens[0].value if plain and ":" not in tokens[0].value else None


def _without_imports(text: str) -> str:
    """Return a style sheet with its imports blanked out, every other character in its place."""
    lines = text.split("\n")
    for _, line, column in _imports(text):
        start = sum(len(before) + 1 for before in lines[: line - 1]) + column - 1
        end = text.find(";", start) + 1 or len(text)
        blank = re.sub(r"[^\n]", " ", text[start:end])
        text = text[:start] + blank + text[end:]
    return text


def _normal(path: PurePath) -> str:
    """Return a path with its `..` resolved; one that leads out of the project keeps them."""
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
