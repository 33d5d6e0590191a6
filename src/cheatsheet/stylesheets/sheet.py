"""A style sheet: a file of the project, and its text."""

from dataclasses import dataclass
from pathlib import PurePath


@dataclass(frozen=True)
class StyleFile:
    """A style sheet: its file, relative to the project, and its text without imports."""

    file: PurePath
    text: str


def normal_path(path: PurePath) -> str:
    """Return a path with its `..` resolved; one that leads out of the project keeps them."""
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
