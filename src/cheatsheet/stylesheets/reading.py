"""styles/ → an edition's style sheets, file by file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any

import tinycss2

from cheatsheet.findings import Finding, Place, error
from cheatsheet.stylesheets.characters import MAX_FONT_BYTES, font_damage
from cheatsheet.stylesheets.css_lint import VARIABLE, find_css_mistakes
from cheatsheet.stylesheets.declared import asked_addresses
from cheatsheet.stylesheets.limits import DEEPEST, LIMIT, MOST_BYTES, find_excess, find_long
from cheatsheet.stylesheets.sheet import StyleFile, normal_path
from cheatsheet.stylesheets.syntax import COMMENT
from cheatsheet.system.reading import (
    FILE,
    folder_problem,
    is_file,
    read_bytes,
    read_text,
    unwatched,
)

STYLES = PurePath("styles")
IN_STYLES = "a project has its style sheets in styles/; `cheatsheet init` writes some"
MAIN = PurePath("styles/main.css")
EDITIONS = PurePath("styles/editions")
SITE = PurePath("styles/web/main.css")
CARD = PurePath("styles/previews/card.css")
POST = PurePath("styles/kit/post.css")
MAIL = PurePath("styles/newsletter/main.css")
READERS = PurePath("styles/epub/main.css")
ROOTS = frozenset({MAIN, SITE, CARD, POST, MAIL, READERS})
"""What the program reads by itself; what stands in these folders, if it is asked for:"""
FOLDERS = frozenset({EDITIONS, PurePath("styles/papers")})

UNUSED = error(
    "css-unused",
    "A style sheet is imported by none, so that nothing looks as it says.",
    'import it where it belongs: @import "file.css"; or delete the file',
)
STYLE_FILE = error(
    "css-file",
    "A style sheet is missing or empty, or is imported in a way that is not supported.",
    'write @import "file.css"; with a file in styles/, and nothing after the name',
)
LICENCE = error(
    "css-licence",
    "A font has no licence beside it, so nobody can tell whether it may be sold in a book.",
    "put the text of its licence into the font's folder, as a file named LICENSE",
)
FONT = error(
    "css-font",
    "A font file is damaged, or is no font.",
    "get the file anew from where the font is from",
)
FONT_FILES = {".otf", ".ttc", ".ttf", ".woff", ".woff2"}
LINKED = re.compile(r"`([^`]+)` is a link")
NAMED = re.compile(
    r"""["']([^"':]+\.css)["']|url\(([^"'():]+\.css)\b"""
)  # in a comment too: it may be on trial


def read_styles(project: Path, edition: str) -> tuple[list[StyleFile], list[Finding]]:
    """Return an edition's style sheets in cascading order, and what is wrong with them."""
    return read_style_sheets(project, MAIN, EDITIONS / f"{edition}.css")


def read_style_sheets(project: Path, *roots: PurePath) -> tuple[list[StyleFile], list[Finding]]:
    """Return style sheets after those that they import, and what is wrong with them.

    `roots` are relative to the project. Imports are followed here and not by the renderer, which
    would not say which file it means. Nothing is read that follows what is too much.
    """
    reader = _Reader(project)
    if not (project / STYLES).is_dir() and (why := folder_problem(project, roots[0])):
        return [], [STYLE_FILE.finding(why, Place(STYLES.as_posix()), IN_STYLES)]
    for root in roots:
        reader.read(root, Place(root.as_posix()))
    styles = list(reader.files.values())
    found = reader.excess or find_long(styles)
    if not found and not reader.findings:  # what is missing may be in what was not read
        unused = [*_unused(project, roots)]
        given = {VARIABLE.code} if unused else ()
        found = [*unused, *(f for f in find_css_mistakes(styles) if f.code not in given)]
    fonts = _fonts(project, styles)
    found += [*_damaged(project, fonts), *_unlicensed(project, fonts)]
    return styles, [*dict.fromkeys(reader.findings), *found]


def _unused(project: Path, roots: Sequence[PurePath]) -> Iterator[Finding]:
    """Yield a finding for each file in the folders of some sheets that no other one imports.

    What stands in the folder of another root is that one's. None where one is imported that is not
    there: it may be meant.
    """
    paths = sorted((project / STYLES).rglob("*.css"))
    files = [PurePath(path.relative_to(project)) for path in paths]
    files = [file for file in files if not any(part.startswith(".") for part in file.parts)]
    texts = {file: read_text(project, file, MOST_BYTES)[0] for file in files}
    mains = [file for file in files if file in ROOTS and file in roots]
    if emptied := [file.as_posix() for file in mains if not texts[file].strip()]:
        yield STYLE_FILE.finding(f"`{emptied[0]}` has nothing in it", Place(emptied[0]))
        return  # what it imported follows
    named = {
        PurePath(normal_path(file.parent / (quoted or bare)))
        for file, text in texts.items()
        for quoted, bare in NAMED.findall(text)
    }
    for file in files if all(is_file(project / one) for one in named) else ():
        root = max((one for one in ROOTS if file.is_relative_to(one.parent)), key=_depth)
        if file not in named | ROOTS and file.parent not in FOLDERS and root in roots:
            message = f"`{file.as_posix()}` is imported by no style sheet"
            yield UNUSED.finding(message, Place(file.as_posix(), 1, 1))


def _depth(file: PurePath) -> int:
    """Return how many folders a file is in."""
    return len(file.parts)


def _fonts(project: Path, styles: Sequence[StyleFile]) -> dict[PurePath, Place]:
    """Return the font files that style sheets ask for and that are there, and where they do."""
    fonts: dict[PurePath, Place] = {}
    for style in styles:
        for address, place in asked_addresses(style):
            file = PurePath(normal_path(style.file.parent / address))
            if file.suffix.lower() in FONT_FILES and is_file(project / file):
                fonts.setdefault(file, place)
    return fonts


def _damaged(project: Path, fonts: Mapping[PurePath, Place]) -> Iterator[Finding]:
    """Yield a finding for each font that cannot be used."""
    for file, place in fonts.items():
        data, problem = read_bytes(project, file, MAX_FONT_BYTES)
        if not problem and (damage := font_damage(data)):  # what is not read, is said by who asks
            yield FONT.finding(f"`{file.as_posix()}`: {damage}", place)


def _unlicensed(project: Path, fonts: Mapping[PurePath, Place]) -> Iterator[Finding]:
    """Yield a finding for each folder with fonts and without a licence, at the first font's."""
    folders: dict[PurePath, Place] = {}
    for file, place in fonts.items():
        folders.setdefault(file.parent, place)
    for folder, place in folders.items():
        if not is_file(project / folder / "LICENSE"):
            yield LICENCE.finding(f"there is no `{folder.as_posix()}/LICENSE`", place)


class _Reader:
    """Reads style sheets, each after those that it imports, until one has too much."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._left = MOST_BYTES
        self._open: list[PurePath] = []
        self.files: dict[PurePath, StyleFile] = {}
        self.findings: list[Finding] = []
        self.excess: list[Finding] = []

    def read(self, file: PurePath, asked_from: Place) -> None:
        """Read a style sheet after those that it imports, unless it was read."""
        if file in self.files or file in self._open or self.excess:
            return
        text = self._text(file, asked_from)
        if text is None or self._is_too_much(StyleFile(file, text), asked_from):
            return
        if self._open and not COMMENT.sub("", text).strip():
            message = f"`{file.as_posix()}` has nothing in it"
            self.findings.append(
                STYLE_FILE.finding(message, asked_from, "undo, or import it no more")
            )
        self._open.append(file)
        for target, line, column in _imports(text):
            place = Place(file.as_posix(), line, column)
            if target is None:
                self.findings.append(STYLE_FILE.finding("an import that is not supported", place))
            else:
                self.read(PurePath(normal_path(file.parent / target)), place)
        self._open.pop()
        self.files[file] = StyleFile(file, _without_imports(text))

    def _text(self, file: PurePath, asked_from: Place) -> str | None:
        """Return a style sheet's text; None, with a finding, if it cannot be read."""
        text, problems = read_text(self._project, file, MOST_BYTES)
        if not problems and (why := unwatched(file)):
            problems = [FILE.finding(why)]
        self.findings.extend(_as_asked(problem, file, asked_from) for problem in problems)
        self._left -= len(text.encode())
        return None if problems else text

    def _is_too_much(self, style: StyleFile, asked_from: Place) -> bool:
        """Tell whether a style sheet is more than is read; then a finding says so."""
        if self._left < 0:
            message = f"the style sheets have more than {MOST_BYTES:,} bytes together"
            self.excess.append(LIMIT.finding(message, asked_from))
        elif len(self._open) > DEEPEST:
            message = f"more than {DEEPEST} style sheets import each other in a row"
            self.excess.append(LIMIT.finding(message, asked_from))
        elif found := find_excess(style):
            self.excess.append(found)
        return bool(self.excess)


def _as_asked(problem: Finding, file: PurePath, asked_from: Place) -> Finding:
    """Return why a style sheet cannot be read; one that is not there, where it is asked for."""
    if problem.code != FILE.code:
        return problem
    link = LINKED.match(problem.message)
    if link and link[1] != file.as_posix():  # a folder, which is one cause for all that is in it
        return STYLE_FILE.finding(problem.message, Place(link[1]))
    return STYLE_FILE.finding(f"`{file.as_posix()}`: {problem.message}", asked_from)


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
