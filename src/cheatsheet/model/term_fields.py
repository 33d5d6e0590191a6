"""The table of a term's fields: what each is, and where it must be printed.

Lint, checks, importer and newsletter read this table. A field of `TermText` that has no row here is
refused when the program starts (`glossary.py`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Printed(StrEnum):
    """Where the book prints a field."""

    HEADING = "the heading of the term's page"
    RUNNING = "the running text of the term's page, in the order of the table"
    BESIDE = "the term's page, beside the running text"
    LISTED = "other sections: index, decoder, category (`section_kinds.py`)"
    NOT = "nowhere as it is written"


class Prose(IntEnum):
    """How much of the style guide a field's text is held to; each level includes those below."""

    NOT = 0
    LINE = 1
    SENTENCE = 2
    BODY = 3


@dataclass(frozen=True)
class FieldUse:
    """What a field is used for.

    `page`: the website's page of the term may have it. `issue`: the newsletter has it; it is `only`
    there. `free`: a sample may print it of terms that it lacks. `many`: it is a list of texts.
    """

    printed: Printed
    prose: Prose = Prose.NOT
    page: bool = False
    issue: bool = False
    only: bool = False
    free: bool = False
    many: bool = False


TERM_FIELDS: dict[str, FieldUse] = {
    "name": FieldUse(Printed.HEADING, Prose.LINE, page=True, issue=True, free=True),
    "full_form": FieldUse(Printed.BESIDE),
    "acronyms": FieldUse(Printed.LISTED),
    "aliases": FieldUse(Printed.LISTED, free=True),
    "also_covers": FieldUse(Printed.LISTED),
    "category": FieldUse(Printed.NOT),
    "difficulty": FieldUse(Printed.NOT),
    "issue": FieldUse(Printed.NOT, issue=True, only=True),
    "tagline": FieldUse(Printed.RUNNING, Prose.LINE, page=True, free=True),
    "tldr": FieldUse(Printed.RUNNING, Prose.BODY, page=True, issue=True),
    "plain": FieldUse(Printed.RUNNING, Prose.BODY, page=True, issue=True, many=True),
    "why": FieldUse(Printed.RUNNING, Prose.BODY, page=True, issue=True),
    "nerd": FieldUse(Printed.RUNNING, Prose.BODY, page=True, issue=True),
    "try_it": FieldUse(Printed.BESIDE, Prose.BODY, issue=True),
    "subject": FieldUse(Printed.NOT, Prose.LINE, issue=True, only=True),
    "go_deeper": FieldUse(Printed.NOT, Prose.LINE, issue=True, only=True, many=True),
    "takeaway": FieldUse(Printed.BESIDE, Prose.SENTENCE),
    "related": FieldUse(Printed.LISTED, many=True),
    "picture": FieldUse(Printed.NOT),
    "exceptions": FieldUse(Printed.NOT),
}


def printed_fields(printed: Printed) -> tuple[str, ...]:
    """Return the fields that the book prints in a place."""
    return tuple(name for name, use in TERM_FIELDS.items() if use.printed is printed)


def prose_fields(least: Prose) -> tuple[str, ...]:
    """Return the fields that are held to a level of the style guide, or to a higher one."""
    return tuple(name for name, use in TERM_FIELDS.items() if use.prose >= least)


def hold_to_table(fields: Collection[str]) -> None:
    """Raise TypeError if a model's fields are not those of the table."""
    differing = sorted(TERM_FIELDS.keys() ^ set(fields))
    if differing:
        raise TypeError(f"not in both TermText and TERM_FIELDS: {', '.join(differing)}")


PARAGRAPHS: Collection[str] = frozenset(
    name for name in prose_fields(Prose.BODY) if not TERM_FIELDS[name].many
)
"""The fields that are one paragraph each."""
NEWSLETTER: Collection[str] = tuple(name for name, use in TERM_FIELDS.items() if use.only)
"""The fields that only a newsletter needs."""
