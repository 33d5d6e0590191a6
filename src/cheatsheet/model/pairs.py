"""What is mixed up, by content/pairs.yaml: pairs of two sides, each with a sentence of its own."""

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from cheatsheet.findings import FieldPath
from cheatsheet.model.base import SLUG_PATTERN, Line, Model

Name = Annotated[str, StringConstraints(min_length=1, max_length=60)]


def _names_a_term(sides: dict[str, str]) -> dict[str, str]:
    """Return two sides; raises ValueError where neither is a term's slug."""
    if not any(map(is_slug_of_side, sides)):
        raise ValueError("names no term: one side must be a term's slug")
    return sides


def is_slug_of_side(key: str) -> bool:
    """Tell whether a side's key is a term's slug; the name of what has no page has a capital."""
    return re.fullmatch(SLUG_PATTERN, key) is not None


Sides = Annotated[
    dict[Name, Line], Field(min_length=2, max_length=2), AfterValidator(_names_a_term)
]


class Pairs(Model):
    """The pairs that everybody mixes up: the root of content/pairs.yaml."""

    pairs: tuple[Sides, ...] = Field(
        description="two sides each: a term's slug, or a name with a capital; and its sentence"
    )


@dataclass(frozen=True)
class Side:
    """One of two things that are mixed up: a term, or what has no page; and what it is.

    `key` is the term's slug or the other's name, `location` the side's place in pairs.yaml.
    """

    key: str
    line: str
    location: FieldPath

    @property
    def is_term(self) -> bool:
        """Whether it is a term's slug."""
        return is_slug_of_side(self.key)


Pair = tuple[Side, Side]


def pairs_of(listed: Pairs) -> tuple[Pair, ...]:
    """Return the pairs of a file."""
    return tuple(
        (Side(one, sides[one], ("pairs", n, one)), Side(other, sides[other], ("pairs", n, other)))
        for n, sides in enumerate(listed.pairs)
        for one, other in [tuple(sides)]
    )
