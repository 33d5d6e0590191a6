"""What a house style is: the data of the rules that a publisher sets for all its terms."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StrictInt, StringConstraints

from cheatsheet.model.base import Line, Model


def _in_order(span: str) -> str:
    """Return a span of numbers; raises ValueError if the larger one stands first."""
    least, most = map(int, span.split("-"))
    if least > most:
        raise ValueError("must have the smaller number first")
    return span


Span = Annotated[str, StringConstraints(pattern=r"^[0-9]+-[0-9]+$"), AfterValidator(_in_order)]
Prose = Literal[
    "name",
    "tagline",
    "tldr",
    "plain",
    "why",
    "nerd",
    "try_it",
    "subject",
    "go_deeper",
    "takeaway",
    "pairs",
]


class Budgets(Model):
    """How many words a text of a term may have: '20-42'. A field without a budget may have any."""

    name: Span | None = None
    tagline: Span | None = None
    tldr: Span | None = None
    plain: tuple[Span, ...] = Field((), description="a budget for each paragraph: [32-66, 44-90]")
    why: Span | None = None
    nerd: Span | None = None
    try_it: Span | None = None
    subject: Span | None = None
    takeaway: Span | None = None
    pairs: Span | None = Field(None, description="the sentence of one side")


class Dashes(Model):
    """How em dashes are used."""

    most: Annotated[StrictInt, Field(ge=0, description="em dashes in a paragraph, at most")]
    none_in: tuple[Prose, ...] = Field((), description="fields that have none")


class Opening(Model):
    """A way to open the plain version that wears out."""

    words: Line = Field(description="how it begins: 'Imagine you'")
    one_term_in: Annotated[StrictInt, Field(ge=1, description="8: one term in eight may")]


class Repeats(Model):
    """When two terms sound alike."""

    opening_words: Annotated[StrictInt, Field(ge=1, description="words that make an opening")] = 4
    sentence_words: Annotated[
        StrictInt, Field(ge=4, description="a sentence with fewer words may come again")
    ] = 8
    likeness: Annotated[
        float, Field(gt=0, le=1, description="how alike sentences are that count as the same")
    ] = 0.5


class StyleGuide(Model):
    """The house style, as content/style.yaml gives it; a rule without its data is not tried."""

    words: Budgets | None = Field(None, description="how long each text may be")
    grade: Annotated[float, Field(gt=0)] | None = Field(
        None, description="the plain version's reading grade, at most"
    )
    dashes: Dashes | None = Field(None, description="how em dashes are used")
    why_opens: Line | None = Field(None, description="the word that every `why` begins with")
    worn_opening: Opening | None = Field(None, description="an opening that must stay rare")
    repeats: Repeats | None = Field(None, description="when two terms sound alike")
    banned: dict[Line, Line] = Field(
        default_factory=dict,
        description="words and what to write instead; a * at the end is any ending",
    )
    products: dict[Line, Line] = Field(
        default_factory=dict, description="names that are often misspelt, and the right ones"
    )
    acronyms: tuple[Line, ...] = Field((), description="capitals that everybody knows")
