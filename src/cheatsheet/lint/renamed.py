"""A term's file that was renamed by hand: one finding, and not one for each reference to it."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from cheatsheet.findings import Finding, Place, error
from cheatsheet.lint.references import naming_files
from cheatsheet.model.glossary import PICTURES, Glossary, Term

RENAMED = error(
    "refs-renamed",
    "A term's file was renamed, and what refers to it was not.",
    "run `cheatsheet rename OLD NEW`",
)


def find_renames(glossary: Glossary) -> dict[str, str]:
    """Return the old slug of each term whose file was renamed, by its new one.

    Nothing leads to the new slug, and two files or more to an old one; among them are all terms
    that the renamed term itself calls related, or these are most of the terms among them.
    """
    naming = naming_files(glossary)
    lost = {slug: keys for slug, keys in naming.items() if slug not in glossary.by_slug}
    found = {
        term.slug: old
        for term in glossary.terms
        if not naming.get(term.slug)
        for old, keys in lost.items()
        if len(keys) > 1 and _is_known_as(term, keys, glossary)
    }
    return {new: old for new, old in found.items() if list(found.values()).count(old) == 1}


def _is_known_as(term: Term, keys: AbstractSet[str], glossary: Glossary) -> bool:
    """Tell whether a term is what some files name: those that it calls related do, or most do."""
    known = set(term.related) & glossary.by_slug.keys()
    both = known & keys
    return bool(both) and (both == known or 2 * len(both) >= len(keys & glossary.by_slug.keys()))


def as_before(glossary: Glossary, renames: Mapping[str, str]) -> Glossary:
    """Return a glossary in which renamed terms have their old slugs."""
    old = {term.slug: renames.get(term.slug, term.slug) for term in glossary.terms}
    terms = (term.model_copy(update={"slug": old[term.slug]}) for term in glossary.terms)
    sources = {old.get(key, key): source for key, source in glossary.sources.items()}
    drawn = {old.get(slug, slug): text for slug, text in glossary.pictures.drawings.items()}
    pictures = replace(glossary.pictures, drawings=drawn)
    return replace(glossary, terms=tuple(terms), sources=sources, pictures=pictures)


def told_once(
    glossary: Glossary, renames: Mapping[str, str], findings: Iterable[Finding]
) -> Iterator[Finding]:
    """Yield the renamed terms, and the findings that are about something else than their drawings.

    `glossary` has the terms by their new slugs.
    """
    naming = naming_files(glossary) if renames else {}
    for new, old in renames.items():
        message = f"this was `{old}`, and {len(naming[old])} files still name it so"
        hint = f"run `cheatsheet rename {old} {new}`, which changes them all"
        yield RENAMED.finding(message, Place(glossary.place(new).file), hint)
    drawn = glossary.pictures.drawings
    moved = {
        f"{PICTURES}/{old}.svg": f"{PICTURES}/{new}.svg" if new in drawn else ""
        for new, old in renames.items()
    }
    for finding in findings:
        file = moved.get(finding.place.file or "")
        if file:
            yield replace(finding, place=replace(finding.place, file=file))
        elif file is None:
            yield finding
