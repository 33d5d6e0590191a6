"""The book as a whole: how many terms, which numbers, names and categories."""

import re
from collections.abc import Iterator

from cheatsheet.findings import Finding, error, warning
from cheatsheet.findings.suggestions import did_you_mean
from cheatsheet.manuscript.fields import are_missing
from cheatsheet.model.glossary import Glossary, Term
from cheatsheet.model.sections import indexed_names
from cheatsheet.model.term_fields import NEWSLETTER

TERM_COUNT = error(
    "plan-terms",
    "The book does not have the number of terms that book.yaml asks for.",
    "add or remove terms, or change `terms` in content/book.yaml",
)
ISSUE_TAKEN = error(
    "plan-issue",
    "Two terms have the same newsletter number.",
    "give one of them another number",
)
NAME_TAKEN = error(
    "plan-name",
    "A name, alias or covered word stands twice, in one term or in two.",
    "keep it once",
)
SENT = error(
    "plan-sent",
    "An issue that was sent is no term's, or was sent before.",
    "give under `sent` in content/book.yaml the number of a term's `issue`, once",
)
EXPANSION = error(
    "plan-full-form",
    "A term's `full_form` is not what its name or an alias stands for.",
    "`full_form` stands under the title; other letters belong under `acronyms`",
)
EDITION = error(
    "plan-edition",
    "A section has paragraphs for an edition that does not exist.",
    "use the name of an edition in content/book.yaml",
)
ISSUE_LACKS = error(
    "plan-newsletter",
    "A term does not have what its issue of the newsletter needs.",
    "add it; or take `newsletter` out of content/book.yaml, if there is none",
)
SELLER = error(
    "plan-seller",
    "A free sample has no address to lead its readers to.",
    "give content/book.yaml a `shop` or a `site`",
)
CATEGORY_TAKEN = error("plan-category", "Two categories have the same id.", "rename one of them")
CATEGORY_EMPTY = warning(
    "plan-category-empty",
    "A category has no terms.",
    "remove it from content/categories.yaml, or give it a term",
)


def count_terms(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding if the number of terms is not the expected one."""
    expected, found = glossary.book.terms, len(glossary.terms)
    if found != expected:
        message = f"{found} terms, and book.yaml asks for {expected}"
        yield TERM_COUNT.finding(message, glossary.place("book.yaml", ("terms",)))


def issues_differ(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each newsletter number that an earlier term has."""
    owner: dict[int, Term] = {}
    for term in glossary.terms:
        first = owner.setdefault(term.issue, term) if term.issue else term
        if first is not term:
            message = f"issue {term.issue} is {first.name} already"
            yield ISSUE_TAKEN.finding(message, glossary.place(term.slug, ("issue",)))


def issues_are_whole(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each term without fields that it needs for the newsletter."""
    for term in glossary.terms if glossary.book.newsletter else ():
        lacking = [name for name in NEWSLETTER if not getattr(term, name)]
        if lacking:
            yield ISSUE_LACKS.finding(are_missing(lacking), glossary.place(term.slug))


def samples_lead_somewhere(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each free sample in a book that is nowhere to be had."""
    for name, edition in glossary.book.editions.items():
        if edition.sample and not glossary.book.seller:
            place = glossary.place("book.yaml", ("editions", name, "sample"))
            yield SELLER.finding("there is neither a `shop` nor a `site`", place)


def names_differ(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each name, alias or covered word that stands twice."""
    owner: dict[str, Term] = {term.name.casefold(): term for term in glossary.terms}
    for term in glossary.terms:
        own: set[str] = set()
        for location, name in indexed_names(term):
            first = owner.setdefault(name.casefold(), term)
            if first is not term or name.casefold() in own:
                file = glossary.place(first.slug).file
                message = f'"{name}" leads to {first.name} already, in {file}'
                yield NAME_TAKEN.finding(message, glossary.place(term.slug, location))
            own.add(name.casefold())


def full_forms_are_the_names(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each `full_form` that does not expand the term's name or an alias."""
    for term in glossary.terms:
        names = {term.name, *term.aliases}
        for letters, words in term.expansions:
            place = glossary.place(term.slug, ("full_form",), letters)
            if not _stands_for(letters, words):
                yield EXPANSION.finding(f"{letters} does not stand for {words}", place)
            elif names.isdisjoint({letters, words}):
                yield EXPANSION.finding(f"{letters} is not what {term.name} is called", place)


def _stands_for(letters: str, words: str) -> bool:
    """Tell whether the capitals of letters are the initials of words, in their order.

    X may stand for Ex, and capitals within the words stand for themselves: Explainable AI is XAI.
    """
    parts = [part for part in re.split(r"[\s-]+", words) if part]
    initials = iter("".join(part if part.isupper() else _initials(part) for part in parts))
    return all(letter in initials for letter in letters if letter.isupper() or letter.isdigit())


def _initials(word: str) -> str:
    """Return the letters that a word gives to an acronym."""
    return word[0].upper() + "X" * word.lower().startswith("ex")


def editions_are_there(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each section's paragraphs for an edition that the book does not have."""
    editions = [*glossary.book.editions, *glossary.book.epubs]
    for kind, matter in glossary.book.matter:
        for name in matter.editions if matter else ():
            if name not in editions:
                place = glossary.sources["book.yaml"].key_place(("matter", kind, "editions", name))
                hint = did_you_mean(name, editions)
                yield EDITION.finding(f"there is no edition `{name}`", place, hint)


def categories_differ(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each category id that stands twice."""
    seen: set[str] = set()
    for index, category in enumerate(glossary.categories):
        if category.id in seen:
            place = glossary.place("categories.yaml", ("categories", index))
            yield CATEGORY_TAKEN.finding(f"`{category.id}` is listed already", place)
        seen.add(category.id)


def categories_used(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each category without terms."""
    for index, category in enumerate(glossary.categories):
        if not glossary.in_category(category):
            place = glossary.place("categories.yaml", ("categories", index))
            yield CATEGORY_EMPTY.finding(f"{category.name} has no terms", place)


def sent_issues_are_terms(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each issue that was sent without a term, or twice."""
    left = {term.issue for term in glossary.terms}
    for index, sent in enumerate(glossary.book.sent):
        if sent.issue not in left:
            place = glossary.place("book.yaml", ("sent", index, "issue"))
            again = any(sent.issue == one.issue for one in glossary.book.sent[:index])
            fault = "is listed already" if again else "is no term's"
            yield SENT.finding(f"issue {sent.issue} {fault}", place)
        left.discard(sent.issue)


CHECKS = (
    count_terms,
    issues_differ,
    issues_are_whole,
    samples_lead_somewhere,
    names_differ,
    sent_issues_are_terms,
    full_forms_are_the_names,
    editions_are_there,
    categories_differ,
    categories_used,
)
