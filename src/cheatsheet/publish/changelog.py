"""CHANGELOG.md, in the form of keepachangelog.com → what is new in a version."""

import re
from dataclasses import dataclass

VERSION = re.compile(
    r"^## \[(?P<version>[^\]\n]+)\](?: - (?P<date>\d{4}-\d{2}-\d{2}))?\s*$", re.MULTILINE
)
READERS = "For readers of the book"


@dataclass(frozen=True)
class Release:
    """A version's entry: its date (None for `Unreleased`), and its text by audience."""

    version: str
    date: str | None
    text: str

    def part(self, audience: str) -> str:
        """Return what is said under `### <audience>`; nothing if that is not there."""
        wanted = rf"(?ms)^### {re.escape(audience)}\n(.*?)(?=^### |\Z)"
        match = re.search(wanted, self.text)
        return match[1].strip() if match else ""


def read_changelog(text: str) -> list[Release]:
    """Return the entries of a changelog, in its order."""
    found = list(VERSION.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    return [
        Release(match["version"], match["date"], text[match.end() : end].strip())
        for match, end in zip(found, ends, strict=False)  # where there is none, one end is left
    ]
