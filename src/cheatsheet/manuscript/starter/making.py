"""A language, a title and a paper → the files of a project that builds at once.

The styles and fonts are those of the book in this repository: an installed package carries them
beside this file, and a checkout has them in its own folders.
"""

import errno
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from string import Template

from cheatsheet import __version__
from cheatsheet.findings import Finding, Place, error
from cheatsheet.manuscript import (
    blank_labels,
    language_finding,
    pairs_schema,
    spoken_languages,
    term_schema,
)
from cheatsheet.manuscript.editing import scalar_text
from cheatsheet.manuscript.slugs import slug_of_name
from cheatsheet.model.base import LANGUAGE_PATTERN, LONGEST_SLUG
from cheatsheet.system.reading import NO_TARGET
from cheatsheet.system.writing import remove_tree, replace_folder, write_files

HERE = Path(__file__).parent
COMMON = {"gitignore": ".gitignore", "build.yml": ".github/workflows/build.yml"}
CATEGORIES = {"soil": ("#8a5a00", "#fbf3e2"), "beds": ("#0f6e66", "#e4f4f2")}
"""The categories of the examples, and their colours: the tab's and the tint."""
# What of the styles is of one book's categories: their icons, and these lines.
NOT_SHARED = re.compile(r"icons/|papers/|swatches\.svg")
TOKENS = re.compile(r"(?:^  --category-[\w-]+-(?:tab|tint):.*\n)+", re.MULTILINE)
RULES = re.compile(r"(?:^\.category-[\w-]+ (?:\{ --tab|\.tab \{).*\n)+", re.MULTILINE)
WITHOUT_HYPHENS = "hyphens: none;\n  orphans"
ENGLISH = "en"
SCRIPT = 4  # letters of a script's name: zh-Hans

FOLDER = error(
    "run-folder",
    "The folder for a new project has something in it.",
    "name a folder that is empty or not there yet",
)

TAG = error(
    "run-language",
    "The book's language is not a tag of BCP 47.",
    "write the language's two or three letters, and a script or region if it matters: de, fr-CA",
)
TITLE = error(
    "run-title",
    "The title of a new book cannot stand in a manuscript as it is.",
    "name another with --title; it can be changed in content/book.yaml later",
)
STRAIGHT = str.maketrans("\u2018\u2019\u201a\u201c\u201d\u201e", "'''\"\"\"")


@dataclass(frozen=True)
class Paper:
    """A size of paper: width and height in mm, and how many pages a term may have on it."""

    width: float
    height: float
    pages: int = 1


PAPERS = {
    "A4": Paper(210, 297),
    "A5": Paper(148, 210, 2),
    "Letter": Paper(215.9, 279.4),
    "slide": Paper(338.6, 190.5),
}


def write_project(folder: Path, language: str, title: str, paper: str) -> list[Finding]:
    """Write a new project into a folder, or return why it cannot be. Raises OSError."""
    if why := _why_taken(folder):
        return [FOLDER.finding(why, Place(folder.name))]
    if not re.fullmatch(LANGUAGE_PATTERN, language):
        return [TAG.finding(f"`{language}` is not a language tag", hint=_nearest_tag(language))]
    if finding := language_finding(language):
        return [finding]
    files = make_project(language, title, paper)
    if folder.is_dir():
        _fill(folder, files)
    else:
        replace_folder(folder, files)
    return []


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a project into an empty folder, which stays itself: somebody may stand in it.

    Raises OSError; then it is empty again.
    """
    with ExitStack() as undo:
        for top in {name.partition("/")[0] for name in files}:
            undo.callback(remove_tree, folder / top)
        write_files(folder, files)
        undo.pop_all()


def _why_taken(folder: Path) -> str:
    """Return why no project can be written there; nothing where none is in the way."""
    if folder.is_dir():
        return "there is something in it already" if any(folder.iterdir()) else ""
    if folder.is_symlink() and not folder.exists():
        return NO_TARGET
    return "this is not a folder" if folder.exists() else ""


def make_project(language: str, title: str, paper: str) -> dict[str, bytes]:
    """Return the files of a new project by path.

    Its examples are in its language, or in English where there are none; then content/labels.yaml
    has the words of the program to be filled in.
    """
    spoken = language.partition("-")[0]
    is_spoken = spoken in spoken_languages()
    size = PAPERS[paper]
    title = title.translate(STRAIGHT)  # the typesetting makes them curly
    values = {
        "language": scalar_text(language),
        "title": json.dumps(title, ensure_ascii=False),
        "stem": json.dumps(_stem(title)),
        "width": f"{size.width:g}",
        "height": f"{size.height:g}",
        "pages": size.pages,
        "version": __version__,
    }
    files = {f"content/{name}": text for name, text in _texts(spoken if is_spoken else ENGLISH)}
    files["content/book.yaml"] = Template(files["content/book.yaml"]).substitute(values)
    files["content/term.schema.json"] = term_schema()
    files["content/pairs.schema.json"] = pairs_schema()
    if not is_spoken:
        files["content/labels.yaml"] = blank_labels()
    for name, there in COMMON.items():
        files[there] = Template(_read(HERE / "common" / name)).substitute(values)
    files |= _styles(paper, hyphens=spoken != ENGLISH)
    return {name: text.encode() for name, text in files.items()} | _fonts()


def _texts(language: str) -> Iterator[tuple[str, str]]:
    """Yield the name below content/ and the text of each example in a language."""
    for folder, below in ((HERE / language, ""), (HERE / "common/pictures", "pictures/")):
        for path in sorted(folder.rglob("*.*")):
            yield below + path.relative_to(folder).as_posix(), _read(path)


def _styles(paper: str, *, hyphens: bool) -> dict[str, str]:
    """Return the style sheets by path, with the examples' categories and a paper."""
    folder = _carried("styles")
    paths = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.*"))}
    files = {f"styles/{n}": _read(path) for n, path in paths.items() if not NOT_SHARED.match(n)}
    tokens = "".join(
        f"  --category-{name}-tab: {tab};\n  --category-{name}-tint: {tint};\n"
        for name, (tab, tint) in CATEGORIES.items()
    )
    rules = "".join(
        f".category-{n} {{ --tab: var(--category-{n}-tab); --tint: var(--category-{n}-tint); }}\n"
        for n in CATEGORIES
    )
    for name, own in (("styles/tokens.css", rules), ("styles/components/tab.css", "")):
        files[name] = RULES.sub(own, TOKENS.sub(tokens, files[name]))
    if hyphens:
        base = files["styles/base.css"]
        files["styles/base.css"] = base.replace(WITHOUT_HYPHENS, "hyphens: auto;\n  orphans")
    files["styles/main.css"] += '@import "paper.css";\n'
    files["styles/paper.css"] = _read(paths[f"papers/{paper.lower()}.css"])
    return files


def _fonts() -> dict[str, bytes]:
    """Return the fonts and their licences by path."""
    folder = _carried("fonts")
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {f"fonts/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in paths}


def _carried(name: str) -> Path:
    """Return the folder of the styles or of the fonts: the package's, or the checkout's.

    Raises OSError where neither has it.
    """
    for folder in (HERE / name, HERE.parents[3] / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), f"the program's own {name}")


def _nearest_tag(language: str) -> str:
    """Return a hint at the tag that a text is but for its case and hyphens; "" if there is none."""
    first, *others = re.split(r"[-_]", language.partition(".")[0])
    parts = (part.title() if len(part) == SCRIPT else part.upper() for part in others)
    tag = "-".join((first.lower(), *parts))
    return f"did you mean `{tag}`?" if re.fullmatch(LANGUAGE_PATTERN, tag) else ""


def _stem(title: str) -> str:
    """Return a title as the name of a file: small letters, digits and hyphens."""
    words = re.findall(r"[a-z0-9]+", slug_of_name(title.replace("'", " ")))
    return "-".join(words)[:LONGEST_SLUG].strip("-") or "book"


def _read(path: Path) -> str:
    """Return the text of a file of the package's."""
    return path.read_text(encoding="utf-8")
