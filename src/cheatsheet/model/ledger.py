"""What the terms' claims rest on, by content/sources.yaml: when each was checked, when it is due.

Days and months are texts in the form of ISO 8601, `2027-03-31` and `2027-03`, and so sort as time
does.
"""

from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from cheatsheet.model.base import Model, Slug, Text

MONTH = r"[12][0-9]{3}-(0[1-9]|1[0-2])"
Month = Annotated[str, StringConstraints(pattern=f"^{MONTH}$")]


def _in_the_calendar(time: str) -> str:
    """Return a month or a day; raises ValueError for a day that the calendar does not have."""
    try:
        date.fromisoformat(time if len(time) > len("2027-03") else f"{time}-01")
    except ValueError:
        raise ValueError(f"is no day of the calendar: {time}") from None
    return time


Day = Annotated[
    str, StringConstraints(pattern=rf"^{MONTH}-[0-9]{{2}}$"), AfterValidator(_in_the_calendar)
]
MonthOrDay = Annotated[
    str, StringConstraints(pattern=rf"^{MONTH}(-[0-9]{{2}})?$"), AfterValidator(_in_the_calendar)
]


class Claim(Model):
    """A checkable claim in a term's text, and what it rests on."""

    claim: Text
    source: Text = Field(description="paper with year and identifier, statute, vendor's page title")
    note: Text | None = Field(
        None, description="how it was read; kept with the book, not published"
    )
    checked: Day = Field(description="the day when it was last held to its source: 2026-11-22")
    recheck: MonthOrDay | None = Field(
        None, description="by when it must be checked again, if it may change: 2027-03, or a day"
    )

    @model_validator(mode="after")
    def _is_checked_again_later(self) -> Self:
        if self.recheck and self.recheck <= self.checked[: len(self.recheck)]:
            raise ValueError(f"must be checked again after {self.checked}, not by {self.recheck}")
        return self

    def is_due(self, time: str) -> bool:
        """Tell whether it must be checked again in a month or on a day, or had to be before."""
        size = min(len(time), len(self.recheck or ""))
        return self.recheck is not None and self.recheck[:size] <= time[:size]

    def is_overdue(self, time: str) -> bool:
        """Tell whether it had to be checked again before a month or a day."""
        size = min(len(time), len(self.recheck or ""))
        return self.recheck is not None and self.recheck[:size] < time[:size]


class Claims(Model):
    """The claims of each term: the root of content/sources.yaml."""

    sources: dict[Slug, tuple[Claim, ...]]
