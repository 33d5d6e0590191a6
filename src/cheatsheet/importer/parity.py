"""What was made of a term, read back → findings where its words differ from the manuscript's.

Each medium is judged by its bytes: a newsletter and a page by what an import reads in them, a PDF
by the text of its pages. A field's rule is the same in all of them.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import zip_longest
from typing import Any

from cheatsheet.findings import Finding, Place, Rule, error
from cheatsheet.importer import Published, normal
from cheatsheet.model.glossary import Glossary, Term
from cheatsheet.model.term_fields import TERM_FIELDS
from cheatsheet.reader.words import reference_page, squash
from cheatsheet.stylesheets.matching import Cascade

PAGE = tuple(name for name, use in TERM_FIELDS.items() if use.page)
"""The fields of a term's page."""
ISSUE = tuple(name for name, use in TERM_FIELDS.items() if use.issue)
"""The fields of a newsletter."""


def _declare(field: str) -> Rule:
    """Declare the rule of a field."""
    return error(
        f"parity-{field.replace('_', '-')}",
        f"A term's `{field}` does not have the manuscript's words in everything made of it.",
        "the template must print the field whole, under its heading",
    )


RULES = {field: _declare(field) for field in dict.fromkeys((*PAGE, *ISSUE, "related"))}
ADDRESS = error(
    "parity-address",
    "What was made of a term leads to another page, or to none.",
    "the template must link to the term's page",
)
HIDDEN = error(
    "parity-hidden",
    "A style sheet hides words of a term from all who read what is made of it.",
    "delete the declaration; or hide it in one @media, where another place shows the words",
)
EXTRA = error(
    "parity-extra",
    "What was made of a term has words that are none of its fields.",
    "the template and the headings in src/cheatsheet/importer/headings.py must agree",
)


def compare_fields(
    glossary: Glossary, slug: str, medium: str, published: Published, fields: Iterable[str]
) -> Iterator[Finding]:
    """Yield a finding for each field that a medium has otherwise than a term, or not at all.

    `medium` is its name in messages: "newsletter". Quotes and spaces may be set otherwise.
    """
    term, is_whole = glossary.by_slug[slug], True
    for name in fields:
        wanted = _words(getattr(term, name), glossary)
        found = _words(published.fields.get(name, ()), glossary)
        if found != wanted:
            is_whole = False
            yield _differs(glossary, term, name, f"the {medium} has {_shown(wanted, found)}")
    if published.slug != slug:
        message = f"the {medium} of {term.name} leads to `{published.slug}`"
        yield ADDRESS.finding(message, glossary.place(slug))
    for finding in published.findings if is_whole else ():  # else it is what the field lacks
        yield EXTRA.finding(f"the {medium} of {term.name}: {finding.message}", finding.place)


def compare_text(
    glossary: Glossary, slug: str, medium: str, text: str, fields: Iterable[str]
) -> Iterator[Finding]:
    """Yield a finding for each field whose words are not in a text in one piece.

    Letters and digits are compared: a PDF's text has hyphens and breaks of its own.
    """
    term = glossary.by_slug[slug]
    letters = squash(reference_page(glossary.labels.page.reference).sub("", text))
    for name in fields:
        wanted = _words(getattr(term, name), glossary)
        if not all(squash(paragraph) in letters for paragraph in wanted):
            yield _differs(glossary, term, name, f"the {medium} does not have it, or not whole")


def find_hidden(
    glossary: Glossary,
    pages: Iterable[tuple[str, str]],
    cascade: Cascade,
    fields: Collection[str] = RULES.keys(),
) -> Iterator[Finding]:
    """Yield a finding for each declaration by which words of a field are shown to nobody.

    `pages` are terms' slugs with the HTML that is to show these fields of theirs.
    """
    told = set[Place]()
    for slug, html in pages:
        words, seen, hidden = cascade.hidden(html)
        whole, shown = squash(words), squash(seen)
        for place, texts in hidden.items():
            parts = [*filter(None, map(squash, texts))]
            for name in fields if place not in told else ():
                wanted = map(squash, _said(glossary, glossary.by_slug[slug], name))
                lost = [one for one in wanted if one in whole and one not in shown]
                if any(one in part or part in one for one in lost for part in parts):
                    told.add(place)
                    message = f"it hides `{name}` of {glossary.by_slug[slug].name}"
                    yield HIDDEN.finding(message, place)
                    break


def _said(glossary: Glossary, term: Term, name: str) -> list[str]:
    """Return the paragraphs of a field that a page has as they are; none of one without words."""
    value = getattr(term, name)
    if name == "related":
        return [glossary.by_slug[slug].name for slug in value]
    return _words(value, glossary) if value and isinstance(value, tuple | str) else []


def _differs(glossary: Glossary, term: Term, name: str, what: str) -> Finding:
    """Return the finding for a field of a term."""
    message = f"`{name}` of {term.name}: {what}"
    return RULES[name].finding(message, glossary.place(term.slug, (name,)))


def _words(value: Any, glossary: Glossary) -> list[str]:
    """Return a field's paragraphs, references as their words, characters as in the manuscript."""
    texts = value if isinstance(value, tuple) else (str(value),)
    return [normal(glossary.without_references(text)) for text in texts]


def _shown(wanted: list[str], found: list[str]) -> str:
    """Return where two lists of paragraphs first differ, as a message shows it."""
    for here, there in zip_longest(wanted, found, fillvalue=""):
        pairs = zip_longest([*here.split(), "its end"], [*there.split(), "its end"], fillvalue="")
        for number, (one, other) in enumerate(pairs):
            if one != other:
                return f'"{other}" for "{one}", after {number} words'
    return "other words"
