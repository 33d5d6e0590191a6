"""What a glossary is: terms, categories, the book's settings and editions. No I/O, no rendering.

The models are also the schema: the JSON Schema that editors use comes from them, field
descriptions included. Lists are tuples, so that a glossary that was loaded stays as it is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Annotated

from pydantic import Field, StrictInt, StringConstraints

from cheatsheet.findings import NOWHERE, FieldPath, Place, Source
from cheatsheet.model.artwork import Picture, Pictures, Typefaces
from cheatsheet.model.base import FrontAndBackMatter, Language, Line, Model, Sentence, Slug, Text
from cheatsheet.model.editions import EPUB, PRINT
from cheatsheet.model.filenames import FileName
from cheatsheet.model.labels import Labels, put
from cheatsheet.model.ledger import Claim, Month
from cheatsheet.model.pairs import Pair
from cheatsheet.model.paths import Paths
from cheatsheet.model.placeholders import filled
from cheatsheet.model.publicity import Address, SentIssue, Web
from cheatsheet.model.references import referenced_slugs, without_references
from cheatsheet.model.selling import Edition, Epub, Stamp
from cheatsheet.model.style_guide import StyleGuide
from cheatsheet.model.term_fields import hold_to_table

ACRONYMS_PATTERN = r"^[^=;]+ = [^=;]+(; [^=;]+ = [^=;]+)*$"
PICTURES = "content/pictures"


class AlsoCovers(Model):
    """Words that have no entry of their own and are explained under this term."""

    words: Annotated[tuple[Line, ...], Field(min_length=1)] = Field(
        description="the words, as the index prints them"
    )
    note: Line = Field(description="what they are to this term: 'the user version'")


class TermText(Model):
    """What a term's file says. How it is written: 2nd person, straight quotes, lengths in words."""

    name: Line = Field(description="1-4 words, as the heading prints them")
    full_form: Annotated[Line, StringConstraints(pattern=ACRONYMS_PATTERN)] | None = Field(
        None,
        description="what its name's letters stand for: 'RAG = Retrieval-Augmented Generation'",
    )
    acronyms: dict[Line, Line] = Field(
        default_factory=dict,
        description="other letters for the acronym decoder: 'SLM: Small Language Model'",
    )
    aliases: tuple[Line, ...] = Field((), description="other names, for the index")
    also_covers: tuple[AlsoCovers, ...] = Field((), description="words explained in this text")
    category: Slug = Field(description="a category's id in content/categories.yaml")
    difficulty: Annotated[StrictInt, Field(ge=1, le=3, description="1 easy, 2 medium, 3 nerdy")]
    issue: Annotated[StrictInt, Field(ge=1)] | None = Field(
        None, description="the newsletter's number, if there is one"
    )
    tagline: Line = Field(description="3-6 words, sentence case, no full stop")
    tldr: Text = Field(description="25-35 words: what it is; how it works; a simile")
    plain: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(
        description="three paragraphs: a scene; the mechanism; where you meet it"
    )
    why: Text = Field(description="45-60 words: why it matters to the reader")
    nerd: Text = Field(description="65-90 words for readers who know the field")
    try_it: Text = Field(description="20-35 words: something to try in two minutes")
    subject: Line = Field("", description="5-9 words, the newsletter's subject line")
    go_deeper: Annotated[tuple[Line, ...], Field(max_length=2)] = Field(
        (), description="what to search for, and why: for the newsletter"
    )
    takeaway: Line = Field(description="6-14 words to say out loud at dinner")
    related: tuple[Slug, ...] = Field(
        (), description="slugs of terms to read next, which name this one back"
    )
    picture: Picture | None = Field(
        None, description="the term's drawing, content/pictures/<slug>.svg"
    )
    exceptions: dict[str, Sentence] = Field(
        default_factory=dict,
        description="rules this text may break, and why: 'style-dashes: The owner wrote it so.'",
    )


class Term(TermText):
    """A term: what its file says, and the slug that is the file's name."""

    slug: Slug

    @property
    def picture_file(self) -> str:
        """The file of its drawing, relative to the project."""
        return f"{PICTURES}/{self.slug}.svg"

    @property
    def expansions(self) -> tuple[tuple[str, str], ...]:
        """The (letters, words) of `full_form`; empty where there is none."""
        pairs = (pair.split(" = ") for pair in (self.full_form or "").split("; ") if pair)
        return tuple((letters, words) for letters, words in pairs)

    @property
    def under_name(self) -> str:
        """What stands under its name: its full form, or the letters alone of what is its name."""
        forms = self.expansions
        return "; ".join(one if words == self.name else f"{one} = {words}" for one, words in forms)

    @property
    def letters(self) -> tuple[tuple[str, str], ...]:
        """The (letters, words) that its page explains: of its name, and others."""
        return (*self.expansions, *self.acronyms.items())

    @property
    def references(self) -> tuple[str, ...]:
        """The slugs that this term's texts refer to, each once, in order of appearance."""
        found = (slug for _, text in self.texts() for slug in referenced_slugs(text))
        return tuple(dict.fromkeys(found))


class Category(Model):
    """A part of the book. Its colours are the styles' affair."""

    id: Slug
    name: Line
    purpose: Line = Field(description="one line under the name")
    opening: Text | None = Field(None, description="how its terms hang together, with references")


class Book(Model):
    """The book's settings."""

    title: Line
    subtitle: Line
    author: Line
    description: Text
    language: Language
    stem: FileName = Field(description="the PDF's file name in dist/, without .pdf")
    price: Line | None = Field(None, description="as readers see it: '$9'")
    newsletter: Line = Field("", description="the newsletter's name, if there is one")
    writer: Line = Field("", description="who writes the newsletter and signs it")
    site: Annotated[str, StringConstraints(pattern=r"^https://[a-z0-9.-]+$")] = Field(
        "",
        description="the site's address, if there is one: https://wine.example, no / at the end; "
        "letters such as ü as in xn--mnchen-3ya.example",
    )
    shop: Address | None = Field(
        None, description="https, no query: where it is sold; the sample and the site lead there"
    )
    sent: tuple[SentIssue, ...] = Field(
        (), description="the newsletter's issues that went out; the site's feed has these alone"
    )
    as_of: Month | None = Field(None, description="the month as of which the facts hold: 2026-11")
    terms: Annotated[StrictInt, Field(ge=1)] | None = Field(
        None, description="how many terms the book must have, if it must"
    )
    editions: Annotated[dict[FileName, Edition], Field(min_length=1)]
    matter: FrontAndBackMatter
    paths: Paths | None = Field(None, description="learning paths, if the book has any")
    stamp: Stamp | None = Field(None, description="what a buyer's own copy says, if any is sold")
    web: Web | None = Field(None, description="the website, if there is one")
    epub: Epub | None = Field(None, description="the EPUB editions, if there are any")

    def counts(self, edition: str, **more: int) -> dict[str, str]:
        """Return what the placeholders in its texts stand for, in an edition, and so many `more`.

        `sample` is the number of terms in the first free sample, `others` that of those it lacks.
        """
        shown = self.editions.get(edition) or next(iter(self.editions.values()))
        samples = [one.sample for one in (shown, *self.editions.values()) if one.sample]
        count = len(samples[0].terms) if samples else 0
        found = {"terms": self.terms, "pages": shown.pages, "price": self.price, **more}
        found |= {"paths": len(self.paths.paths)} if self.paths else {}
        found |= {"sample": count, "others": (self.terms or 0) - count} if samples else {}
        return {name: str(value) for name, value in found.items() if value is not None}

    @property
    def seller(self) -> str:
        """The address that leads to the book, if any does: the shop, or the site until then."""
        return self.shop or self.site

    @property
    def epubs(self) -> dict[str, Edition]:
        """The EPUB editions by name, each with the PDF edition whose sections it has.

        They are the print edition's, `epub`, and `epub-<name>` of each free sample.
        """
        if self.epub is None or PRINT not in self.editions:
            return {}
        samples = {f"{EPUB}-{name}": one for name, one in self.editions.items() if one.sample}
        return {EPUB: self.editions[PRINT], **samples}


@dataclass(frozen=True, eq=False)
class Glossary:
    """All that was loaded: the book's settings, its categories, and its terms in book order.

    `style` is the house style and `words` the word list for spelling; None where a project has no
    such file. `written` is `book` with its placeholders as they were written.
    """

    book: Book
    categories: tuple[Category, ...]
    terms: tuple[Term, ...]
    claims: Mapping[str, tuple[Claim, ...]]
    sources: Mapping[str, Source]
    labels: Labels
    pairs: tuple[Pair, ...] = ()
    style: StyleGuide | None = None
    words: frozenset[str] | None = None
    pictures: Pictures = field(default_factory=Pictures)
    typefaces: Typefaces = field(default_factory=Typefaces)
    written: Book | None = None

    @property
    def is_english(self) -> bool:
        """Whether the book's language is English."""
        return self.book.language.partition("-")[0] == "en"

    @cached_property
    def by_slug(self) -> dict[str, Term]:
        """The terms by slug."""
        return {term.slug: term for term in self.terms}

    @cached_property
    def names(self) -> dict[str, str]:
        """The terms' names by slug."""
        return {term.slug: term.name for term in self.terms}

    @cached_property
    def pairs_by_slug(self) -> dict[str, tuple[Pair, ...]]:
        """The pairs of each term, in the file's order, its own side first."""
        found: dict[str, list[Pair]] = {term.slug: [] for term in self.terms}
        for one, other in self.pairs:
            for pair in ((one, other), (other, one)):
                found.get(pair[0].key, []).append(pair)
        return {slug: tuple(pairs) for slug, pairs in found.items()}

    def by(self, today: str) -> "Glossary":
        """Return the glossary as of a later month or day than the book's own."""
        time = max(self.book.as_of or "", today)
        return replace(self, book=self.book.model_copy(update={"as_of": time or None}))

    def for_edition(self, name: str) -> "Glossary":
        """Return the glossary of a book with an edition's own paragraphs, where it has any."""
        written = self.written or self.book
        own = {"matter": written.matter.for_edition(name), "as_of": self.book.as_of}
        return replace(self, book=filled(written.model_copy(update=own), self.counts(name)))

    def counts(self, edition: str) -> dict[str, str]:
        """Return what the placeholders in the book's texts stand for, in an edition."""
        letters = sum(len(term.letters) for term in self.terms)
        book = self.written or self.book
        return book.counts(edition, pairs=len(self.pairs), letters=letters)

    def without_references(self, text: str) -> str:
        """Return a text with each reference as the words that are printed for it."""
        return without_references(text, self.names)

    def in_category(self, category: Category) -> tuple[Term, ...]:
        """Return the category's terms, in the newsletter's order."""
        return tuple(term for term in self.terms if term.category == category.id)

    def texts(self) -> Iterator[tuple[str, FieldPath, str]]:
        """Yield every text of the manuscript, with its place: key, location, text."""
        for term in self.terms:
            for location, text in term.texts():
                yield term.slug, location, text
        for side in (side for pair in self.pairs for side in pair):
            yield "pairs.yaml", side.location, side.line
        for location, text in self.book.texts():
            yield "book.yaml", location, text
        for index, category in enumerate(self.categories):
            for location, text in category.texts():
                yield "categories.yaml", ("categories", index, *location), text

    def address(self, term: Term) -> str:
        """Return the address of the term's page on the site; nothing without a site."""
        return f"{self.book.site}/terms/{term.slug}" if self.book.site else ""

    @property
    def offer_line(self) -> str:
        """What a button says that leads to the book: how much there is of it, and the price."""
        offer, price = self.labels.offer, self.book.price
        return put(offer.all_for if price else offer.all, count=len(self.terms), price=price)

    @property
    def sources_address(self) -> str | None:
        """The address of the site's page of sources, to which "Facts Checked" leads, if any."""
        book = self.book
        published = self.claims and book.web and book.site and book.matter.facts_checked
        return f"{book.site}/sources" if published else None

    def place(self, key: str, location: FieldPath = (), words: str = "") -> Place:
        """Return a value's place; `key` is a slug, or the name of another file: `book.yaml`."""
        source = self.sources.get(key)
        return source.place(location, words) if source else NOWHERE


hold_to_table(TermText.model_fields)
