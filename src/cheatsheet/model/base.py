"""What all mappings of the YAML files share: kinds of text, and how strict they are."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from cheatsheet.findings import FieldPath

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LONGEST_SLUG = 60
LANGUAGE_PATTERN = (
    r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*$"
)
PLACEHOLDER = re.compile(r"\{([A-Za-z_]\w*)\}")

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _read_day(value: object) -> date:
    """Return a day that is written as a text, such as 2027-01-05 (ISO 8601). Raises ValueError."""
    text = str(value)
    try:
        return date.fromisoformat(text if DAY.fullmatch(text) else "")
    except ValueError:
        raise ValueError(f"should be a day such as 2027-01-05, and is `{text}`") from None


Day = Annotated[date, BeforeValidator(_read_day)]
Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=LONGEST_SLUG)]
Language = Annotated[
    str,
    StringConstraints(pattern=LANGUAGE_PATTERN),
    Field(description="a language tag (BCP 47): en-US, es-419, zh-Hans"),
]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\n]*\S[^\n]*$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=r"\S")]
Sentence = Annotated[str, StringConstraints(pattern=r"^\p{Lu}[^\n]* [^\n]*\.$", max_length=300)]


class Model(BaseModel):
    """A mapping of a YAML file: unknown fields are errors, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def texts(self) -> Iterator[tuple[FieldPath, str]]:
        """Yield every text in it, with its location in the file; names and addresses are none."""
        return _texts_of(self.model_dump(exclude={"slug", "exceptions", "web", "as_of"}))


class Matter(Model):
    """A heading and the paragraphs under it."""

    title: Line
    paragraphs: tuple[Text, ...] = ()
    editions: dict[Slug, tuple[Text, ...]] = Field(
        default_factory=dict,
        description="the paragraphs of an edition of which those above are not true, by its name",
    )


class FrontAndBackMatter(Model):
    """The texts of the pages that are not terms."""

    how_to_read: Matter | None = None
    contents: Matter
    map: Matter | None = None
    acronyms: Matter | None = None
    pairs: Matter | None = None
    index: Matter
    facts_checked: Matter | None = None
    colophon: Matter | None = None

    def for_edition(self, name: str) -> Self:
        """Return the texts with an edition's own paragraphs in the place of the others."""
        own = {
            kind: section.model_copy(update={"paragraphs": section.editions[name]})
            for kind, section in self
            if section and name in section.editions
        }
        return self.model_copy(update=own)


def _texts_of(value: Any, location: FieldPath = ()) -> Iterator[tuple[FieldPath, str]]:
    """Yield every string in nested mappings and sequences with its location."""
    if isinstance(value, str):
        if value:
            yield location, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts_of(item, (*location, key))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _texts_of(item, (*location, index))
