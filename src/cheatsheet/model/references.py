"""References in texts: `[[slug]]` and `[[slug|words]]` lead to a term."""

import re
from collections.abc import Mapping

WORDS = r"((?:[^\s\[\]|]++(?:\s++(?=[^\s\[\]|]))?+)*+)"
REFERENCE = re.compile(rf"\[\[\s*+{WORDS}\s*+(?:\|\s*+{WORDS}\s*+)?\]\]")


def referenced_slugs(text: str) -> list[str]:
    """Return the slugs of a text's `[[slug]]` and `[[slug|words]]`, in order."""
    return [match[1] for match in REFERENCE.finditer(text)]


def without_references(text: str, names: Mapping[str, str] | None = None) -> str:
    """Return a text with each reference as its words; without any, as its term's name, or slug.

    What is no slug has no spaces either: it is one slip, and no words of the text.
    """
    return REFERENCE.sub(
        lambda match: (
            match[2] or (names or {}).get(match[1], "-".join(match[1].split()) or match[0])
        ),
        text,
    )
