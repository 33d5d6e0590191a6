"""What everybody gets, by content/book.yaml: the website, and the newsletter's issues so far."""

from typing import Annotated, Literal

from pydantic import Field, StrictInt, StringConstraints

from cheatsheet.model.base import Day, Line, Model, Slug

Address = Annotated[str, StringConstraints(pattern=r"^https://[a-z0-9.-]+(/[\w./-]*)?$")]
SiteField = Literal["tldr", "picture", "plain", "why", "nerd", "related"]


class SentIssue(Model):
    """An issue of the newsletter that went out, and its day."""

    issue: StrictInt
    day: Day = Field(description="in quotes: '2027-01-05'")


class SellingPoint(Model):
    """What one gets for the price of the book, and the section whose first page shows it."""

    name: Line | None = Field(None, description="in a few words, over the line")
    line: Line
    page: Slug | None = Field(
        None, description="a section of the free sample: `map`, `paths`, `term-` and a slug"
    )


class Web(Model):
    """What the website gives away, and where one signs up for the newsletter."""

    shows: Annotated[tuple[SiteField, ...], Field(min_length=1)] = Field(
        description="the fields that a term's page shows besides name and tagline"
    )
    sign_up: Address | None = Field(
        None, description="https, no query: where one signs up for the newsletter"
    )
    lead: Line | None = Field(
        None, description="what the first page says first, if not the description"
    )
    adds: Line | None = Field(
        None, description="what the book has that the site's pages do not, for who thinks of buying"
    )
    page_adds: Line | None = Field(
        None, description="what a term's page in the book has that its page on the site does not"
    )
    yours: Line | None = Field(
        None, description="what a buyer should know before paying, such as whose a copy is"
    )
    free: Line | None = Field(
        None, description="what everybody may read on the site, for the first page"
    )
    gets: tuple[SellingPoint, ...] = Field(
        (), description="what one gets for the price, for the first page"
    )
    drawings: tuple[Slug, ...] = Field(
        (), description="the terms whose drawings the first page shows, over their category's terms"
    )
