"""The terms' drawings as they were read, and the fonts that the book is set in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import Field

from cheatsheet.findings import Finding
from cheatsheet.model.base import Model, Text


class Picture(Model):
    """A term's drawing, which is content/pictures/<slug>.svg."""

    alt: Text = Field(
        description="12-40 words: what the picture shows and what it means, for who cannot see it"
    )


@dataclass(frozen=True)
class Pictures:
    """The terms' drawings: SVG text by slug, and how they are printed.

    `faces` are the font files of the labels by weight, `width_mm` is the width in print; None
    where the styles do not say it. `faults` are what keeps the styles from saying it.
    """

    drawings: Mapping[str, str] = field(default_factory=dict)
    faces: Mapping[int, bytes] = field(default_factory=dict)
    width_mm: float | None = None
    faults: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Typefaces:
    """The font families that the styles declare, and the characters of the texts that none has."""

    families: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset()
