"""Slugs: what a term is called in addresses, and the name of its files."""

import re
import unicodedata
from pathlib import PurePath

from cheatsheet.findings import Finding, error
from cheatsheet.model.base import LONGEST_SLUG, SLUG_PATTERN
from cheatsheet.model.filenames import DEVICES

# Letters that no accent makes; German umlauts lose theirs, as English prints them: `Godel`.
LETTERS = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "þ": "th",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    }
)
APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}"
SLUG = error(
    "slug-name",
    "A term's file name is not a slug.",
    "name it in lower-case letters, digits and single hyphens, ending in .yaml",
)
YAML = re.compile(r"\.ya?ml(?:\.txt)?$", re.IGNORECASE)  # Windows may hide that it ends in .txt


def is_slug(name: str) -> bool:
    """Tell whether a name can be a term's slug, and a file's name on every system."""
    fits = re.fullmatch(SLUG_PATTERN, name) is not None and len(name) <= LONGEST_SLUG
    return fits and name not in DEVICES


def slug_of_name(name: str) -> str:
    """Return the slug of a name, in Latin letters without accents: `Naïve Bayes` is naive-bayes.

    A letter that has no Latin one stays, so that the result is no slug.
    """
    plain = without_accents(name).translate(LETTERS)
    words = "".join(c for c in plain if c not in APOSTROPHES)
    return re.sub(r"[^\w]+|_", "-", words).strip("-")


def slug_of_file(file: PurePath) -> str:
    """Return the slug that the name of a term's file is meant to be."""
    return slug_of_name(YAML.sub("", file.name) if YAML.search(file.name) else file.stem)


def without_accents(text: str) -> str:
    """Return a text without case and accents (Unicode, UAX #15: its letters decomposed)."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def no_slug(name: str) -> Finding:
    """Return the finding for a name that a term should get, and that is no slug."""
    meant = slug_of_file(PurePath(name)) if YAML.search(name) else slug_of_name(name)
    hint = (
        f"at most {LONGEST_SLUG} lower-case letters, digits and single hyphens: mixture-of-experts"
    )
    if is_slug(meant):
        hint = f"did you mean `{meant}`?"
    elif meant in DEVICES:
        hint = "Windows keeps this name for a device; choose another one"
    return SLUG.finding(f"`{name}` is not a slug", hint=hint)
