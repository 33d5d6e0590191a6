"""A book of any size, made from the real one by taking its terms several times."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from cheatsheet.build.builder import Builder

PARTS = ("content", "styles", "fonts")
KILOBYTES = 100_000  # that a grown book may have


def grow_book(project: Path, folder: Path, terms: int) -> Path:
    """Write a project with so many terms into a folder and return it.

    A copy of a term has a number after its slug, its name and its other words, and leads to the
    copies of its neighbours. The expected page count is that of a first build.
    """
    for part in PARTS:
        shutil.copytree(project / part, folder / part)
    _forget_repeats(folder)
    sources = sorted((project / "content/terms").glob("*.yaml"))
    kept = {path.stem for path in sources}
    for path in (folder / "content/terms").iterdir():
        path.unlink()
    for number, path in zip(range(terms), _again(sources), strict=False):
        copy = number // len(sources) + 1
        last = {p.stem for p in sources[: terms - (copy - 1) * len(sources)]}
        _write_copy(folder, path, copy, kept & last, len(sources))
    for drawing in (folder / "content/pictures").glob("*.svg"):
        if not (folder / f"content/terms/{drawing.stem}.yaml").exists():
            drawing.unlink()
    _write_pairs(folder, {path.stem for path in (folder / "content/terms").iterdir()}, terms)
    _set_expected(folder, terms, pages=1)
    with Builder(folder, cache=False) as builder:
        pages = builder.build().pages
    _set_expected(folder, terms, pages)
    return folder


def _again(paths: list[Path]) -> Iterator[Path]:
    """Yield the paths over and over."""
    while True:
        yield from paths


def _write_copy(folder: Path, path: Path, copy: int, slugs: set[str], step: int) -> None:
    """Write the copy of a term whose neighbours are those of `slugs`."""
    term = yaml.safe_load(path.read_text(encoding="utf-8"))
    suffix = "" if copy == 1 else f"-{copy}"
    text = _renamed(term, suffix, slugs)
    if copy > 1:
        text["issue"] += (copy - 1) * step * 10
    name = folder / f"content/terms/{path.stem}{suffix}.yaml"
    name.write_text(yaml.safe_dump(text, allow_unicode=True, sort_keys=False), encoding="utf-8")
    drawing = folder / f"content/pictures/{path.stem}.svg"
    if suffix and drawing.is_file():
        shutil.copy(drawing, drawing.with_stem(name.stem))


def _renamed(term: dict[str, Any], suffix: str, slugs: set[str]) -> dict[str, Any]:
    """Return a term whose names have a suffix and whose references lead to the same copies."""
    words = suffix.replace("-", " ")
    text: dict[str, Any] = _references_renamed(term, suffix, slugs)
    text["name"] += words
    if suffix:  # longer names need room
        text["try_it"] = text["try_it"].partition(". ")[0] + "."
        text.pop("full_form", None)  # its letters are those of the name without a number
    text["aliases"] = [alias + words for alias in term["aliases"]]
    for covered in text["also_covers"]:
        covered["words"] = [word + words for word in covered["words"]]
    if suffix and "picture" in text:  # no two are described in the same words
        text["picture"] = {"alt": text["picture"]["alt"].replace(" ", f"{words.strip()} ", 1)}
    text["related"] = [slug + suffix for slug in term["related"] if slug in slugs]
    return text


def _write_pairs(folder: Path, slugs: set[str], terms: int) -> None:
    """Write each pair for each copy of its terms, as far as they are there."""
    path = folder / "content/pairs.yaml"
    pairs = yaml.safe_load(path.read_text(encoding="utf-8"))["pairs"]
    suffixes = ["", *(f"-{copy}" for copy in range(2, terms + 1))]
    copies = (
        {key + suffix if key.islower() else key: line for key, line in pair.items()}
        for suffix in suffixes
        if any(slug.endswith(suffix) for slug in slugs)
        for pair in pairs
    )
    kept = [pair for pair in copies if all(key in slugs or not key.islower() for key in pair)]
    path.write_text(yaml.safe_dump({"pairs": kept}, sort_keys=False), encoding="utf-8")


def _references_renamed(value: Any, suffix: str, slugs: set[str]) -> Any:
    """Return a value with the `[[references]]` of its texts led to the copies of their terms."""
    if isinstance(value, dict):
        return {key: _references_renamed(item, suffix, slugs) for key, item in value.items()}
    if isinstance(value, list):
        return [_references_renamed(item, suffix, slugs) for item in value]
    if isinstance(value, str):
        for slug in slugs:
            for end in ("|", "]]"):
                value = value.replace(f"[[{slug}{end}", f"[[{slug}{suffix}{end}")
    return value


def _forget_repeats(folder: Path) -> None:
    """Take out of the house style that terms must not repeat each other, as copies do."""
    path = folder / "content/style.yaml"
    style = yaml.safe_load(path.read_text(encoding="utf-8"))
    del style["repeats"]
    path.write_text(yaml.safe_dump(style, allow_unicode=True), encoding="utf-8")


def _set_expected(folder: Path, terms: int, pages: int) -> None:
    """Write the expected numbers of terms and pages into book.yaml."""
    path = folder / "content/book.yaml"
    book = yaml.safe_load(path.read_text(encoding="utf-8"))
    if terms != book["terms"]:  # map and contents are made for a page; the sources name real terms
        for name in ("map", "facts_checked"):
            book["matter"].pop(name, None)
        book["editions"]["print"]["kilobytes"] = KILOBYTES
        (folder / "content/sources.yaml").unlink(missing_ok=True)
    book["terms"] = terms
    book["editions"]["print"]["pages"] = pages
    path.write_text(yaml.safe_dump(book, allow_unicode=True, sort_keys=False), encoding="utf-8")
