"""A style sheet: a file of the project, and its text."""

from dataclasses import dataclass
from pathlib import PurePath

from cheatsheet.findings import Place


@dataclass(frozen=True)
class StyleFile:
    """A style sheet: its file, relative to the project, and its text without imports."""

    file: PurePath
    text: str

    def place(self, position: int) -> Place:
        """Return the place of the character at a position, from 0."""
        line = self.text.count("\n", 0, position) + 1
        return Place(self.file.as_posix(), line, position - self.text.rfind("\n", 0, position))


def normal_path(path: PurePath) -> str:
    """Return a path with its `..` resolved; one that leads out of the project keeps them."""
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
