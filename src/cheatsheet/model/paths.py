"""The learning paths: a few terms in an order that builds up."""

from typing import Annotated

from pydantic import Field

from cheatsheet.model.base import Line, Model, Slug, Text


class Step(Model):
    """A term on a learning path."""

    slug: Slug
    why: Line = Field(description="6-14 words: why it is the next step")


class Path(Model):
    """A few terms in an order that builds up, for one kind of reader."""

    id: Slug
    name: Line
    line: Text = Field(description="whom it is for, and what they can do afterwards")
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]


class Paths(Model):
    """The learning paths."""

    title: Line
    intro: Text
    paths: Annotated[tuple[Path, ...], Field(min_length=1)]
