"""How the book is sold, by content/book.yaml: its paper, the sample, a buyer's own copy."""

from typing import Annotated, Literal

from pydantic import Field, StrictInt, StringConstraints

from cheatsheet.model.base import Day, Line, Matter, Model, Slug, Text


class Millimetres(Model):
    """A page's size in mm, as it is cut; where pages are as long as their text, up to `longest`.

    `bleed` is how far colour reaches past the cut on each side, for a print shop.
    """

    width: Annotated[float, Field(gt=0, le=1000, strict=True)]
    height: Annotated[float, Field(gt=0, le=1000, strict=True)]
    longest: Annotated[float | None, Field(gt=0, le=5000, strict=True)] = None
    bleed: Annotated[float, Field(ge=0, le=25, strict=True)] = 0


class Sample(Model):
    """What a free sample shows of the book, and where it says that the rest is."""

    terms: Annotated[tuple[Slug, ...], Field(min_length=1, description="the terms that are in it")]
    without: tuple[Literal["paths", "map", "acronyms", "pairs", "index", "colophon"], ...] = Field(
        (), description="the sections before and after the terms that are not in it"
    )
    line: Line = Field(description="what stands on every page, a link to where the book is sold")
    offer: Matter = Field(description="the sample's last page")


class Edition(Model):
    """One form in which the book is sold; its looks are styles/editions/<name>.css."""

    page_size: Millimetres
    pages: Annotated[StrictInt, Field(ge=1)] | None = Field(
        None, description="how many pages the PDF must have, if it must"
    )
    pages_per_term: Annotated[StrictInt, Field(ge=1, description="a term's pages at most")] = 1
    kilobytes: Annotated[StrictInt, Field(ge=1, description="the PDF's size at most")] = 1500
    sample: Sample | None = Field(None, description="what it shows, if it is a free sample")


class Stamp(Model):
    """The line in the foot of a buyer's own copy. Its size, colour and place are the styles'."""

    line: Annotated[Line, StringConstraints(pattern=r"\{name\}.*\{order\}")] = Field(
        description="its words: 'This copy is for {name}, order {order}'"
    )
    font: Annotated[str, StringConstraints(pattern=r"^fonts(/[\w-]+)+\.(ttf|otf)$")] = Field(
        description="a font file that has the letters of all buyers' names"
    )


class Epub(Model):
    """The EPUB editions: the print edition's text and page numbers, and those of a sample."""

    date: Day = Field(
        description="the day of the release: readers take a later one for the newer file"
    )
    kilobytes: Annotated[StrictInt, Field(ge=1, description="a file's size at most")] = 2500
    accessibility: Text = Field(
        description="what who reads by ear, by touch or in large letters can expect of it"
    )
