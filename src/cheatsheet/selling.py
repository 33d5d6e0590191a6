"""How the book is sold, by content/book.yaml: the sample, a buyer's own copy."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from cheatsheet.model import Line, Matter, Model, Slug


class Sample(Model):
    """What a free sample shows of the book, and where it says that the rest is."""

    terms: Annotated[tuple[Slug, ...], Field(min_length=1, description="the terms that are in it")]
    without: tuple[Literal["paths", "map", "acronyms", "pairs", "index", "colophon"], ...] = Field(
        (), description="the sections before and after the terms that are not in it"
    )
    line: Line = Field(description="what stands on every page, a link to where the book is sold")
    offer: Matter = Field(description="the sample's last page")


class Stamp(Model):
    """The line in the foot of a buyer's own copy. Its size, colour and place are the styles'."""

    line: Annotated[Line, StringConstraints(pattern=r"\{name\}.*\{order\}")] = Field(
        description="its words: 'This copy is for {name}, order {order}'"
    )
    font: Annotated[str, StringConstraints(pattern=r"^fonts(/[\w-]+)+\.(ttf|otf)$")] = Field(
        description="a font file that has the letters of all buyers' names"
    )
