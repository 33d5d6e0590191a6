"""Where one term names another: the other exists, is another, and names it back."""

import re
from collections import defaultdict
from collections.abc import Iterator

from cheatsheet.findings import FieldPath, Finding, error, warning
from cheatsheet.findings.suggestions import closest, did_you_mean
from cheatsheet.model.glossary import Glossary, Term
from cheatsheet.model.references import REFERENCE
from cheatsheet.model.sections import term_id

DANGLING = error(
    "refs-dangling",
    "A reference leads to no term.",
    "use the file name of a term in content/terms, without .yaml",
)
SELF = error("refs-self", "A term refers to itself.", "remove the reference")
FORM = error(
    "refs-form",
    "Double square brackets are not a reference.",
    "write [[slug]] or [[slug|words]]",
)
TWICE = error("refs-twice", "A related term is named twice.", "keep it once")
REPEATED = warning(
    "refs-repeated",
    "A term's texts refer to the same term twice.",
    "keep the first; the other needs no second page number",
)
ONE_WAY = error(
    "refs-one-way",
    "A related term does not name this one back.",
    "add this term to the other's `related`, or remove the other here",
)
ORPHAN = warning(
    "refs-orphan",
    "No term leads to this one.",
    "name it in another term's `related` or text",
)
WORDS = r"\s*+[^\[\]|\s][^\[\]|]*+"
UNFINISHED = re.compile(rf"\[\[\[[^\[\]]*\]\]\]|\[\[(?!\[*{WORDS}(?:\|{WORDS})?\]\])[^\[\]\s|]*")


def references_exist(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each reference that leads nowhere or to its own term."""
    for key, location, slug, words in _references(glossary):
        if not slug or (slug in glossary.by_slug and slug != key):
            continue
        place = glossary.place(key, location, words)
        if slug == key:
            yield SELF.finding(f"{glossary.by_slug[key].name} refers to itself", place)
        else:
            hint = did_you_mean(slug, glossary.by_slug)
            yield DANGLING.finding(no_term(slug), place, hint)


def brackets_are_references(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each text's first `[[` that opens no reference, or an empty one."""
    for key, location, text in glossary.texts():
        if unfinished := UNFINISHED.search(text):
            place = glossary.place(key, location, unfinished[0])
            yield FORM.finding(f"`{unfinished[0]}` does not begin a whole reference", place)


def references_differ(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each reference of a term's texts to where an earlier one leads."""
    for term in glossary.terms:
        seen: set[str] = set()
        for location, text in term.texts():
            for match in REFERENCE.finditer(text):
                if match[1] in seen:
                    place = glossary.place(term.slug, location, match[0])
                    yield REPEATED.finding(f"a second reference to `{match[1]}`", place)
                seen.add(match[1])


def related_differ(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each related term that stands twice in a list."""
    for term in glossary.terms:
        for index, slug in enumerate(term.related):
            if slug in term.related[:index]:
                place = glossary.place(term.slug, ("related", index))
                yield TWICE.finding(f"`{slug}` stands twice in `related`", place)


def related_both_ways(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each related term that does not name this one, not even misspelled."""
    naming = defaultdict[str, list[str]](list)
    for term in glossary.terms:
        for index, slug in enumerate(term.related):
            other = glossary.by_slug.get(slug)
            if other and other is not term and not _may_mean(other, term.slug, glossary):
                naming[slug].append(term.slug)
                if other.related:
                    place = glossary.place(term.slug, ("related", index))
                    yield ONE_WAY.finding(f"{other.name} does not name {term.name} back", place)
    for slug, others in naming.items():
        if not glossary.by_slug[slug].related:
            count = f"{len(others)} other{'s name' if len(others) > 1 else ' names'} it"
            message = f"{glossary.by_slug[slug].name} has no `related` terms, and {count}"
            hint = f"add them: `related: [{', '.join(others)}]`"
            yield ONE_WAY.finding(message, glossary.place(slug, ("related",)), hint)


def _may_mean(term: Term, slug: str, glossary: Glossary) -> bool:
    """Tell whether a term's `related` names a slug, or something that may have been meant for it.

    What is nearest to no term may have been meant for any.
    """
    known = glossary.by_slug
    meant = {one if one in known else closest(one, known) for one in term.related}
    return not meant.isdisjoint({slug, ""})


def terms_are_reached(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each term that no other term names."""
    reached = {
        slug for key, _, slug, _ in _references(glossary) if slug != key and key in glossary.by_slug
    } | {side.key for pair in glossary.pairs for side in pair if all(one.is_term for one in pair)}
    for term in glossary.terms:
        if term.slug not in reached:
            yield ORPHAN.finding(f"no term leads to {term.name}", glossary.place(term.slug))


def no_term(slug: str) -> str:
    """Return what is said of a slug that no term has."""
    return f"there is no term `{slug}`"


def naming_files(glossary: Glossary) -> dict[str, set[str]]:
    """Return the keys of the files that name each slug, but for a term's own file."""
    naming = defaultdict[str, set[str]](set)
    for key, _, slug, _ in _references(glossary):
        naming[slug] |= {key} - {slug}
    for side in (side for pair in glossary.pairs for side in pair if side.is_term):
        naming[side.key].add("pairs.yaml")
    for slug in glossary.claims:
        naming[slug].add("sources.yaml")
    return dict(naming)


def _references(glossary: Glossary) -> Iterator[tuple[str, FieldPath, str, str]]:
    """Yield (key, location, slug, words to look for) of every reference in the manuscript."""
    for term in glossary.terms:
        for index, slug in enumerate(term.related):
            yield term.slug, ("related", index), slug, ""
    for location, slug in _in_settings(glossary):
        yield "book.yaml", location, slug, ""
    for key, location, text in glossary.texts():
        for match in REFERENCE.finditer(text):
            yield key, location, match[1], match[0].partition("|")[0]


def _in_settings(glossary: Glossary) -> Iterator[tuple[FieldPath, str]]:
    """Yield (location, slug) of every reference in the book's settings, but for those in texts."""
    for number, path in enumerate(glossary.book.paths.paths if glossary.book.paths else ()):
        for index, step in enumerate(path.steps):
            yield ("paths", "paths", number, "steps", index, "slug"), step.slug
    for name, edition in glossary.book.editions.items():
        for index, slug in enumerate(edition.sample.terms if edition.sample else ()):
            yield ("editions", name, "sample", "terms", index), slug
    web = glossary.book.web
    for index, slug in enumerate(web.drawings if web else ()):
        yield ("web", "drawings", index), slug
    for number, point in enumerate(web.gets if web else ()):
        if point.page and point.page.startswith(term_id("")):
            yield ("web", "gets", number, "page"), point.page.removeprefix(term_id(""))


CHECKS = (
    references_exist,
    brackets_are_references,
    references_differ,
    related_differ,
    related_both_ways,
    terms_are_reached,
)
