"""The confused pairs: each once, between what is there, and one at least for each term."""

from collections.abc import Iterator

from cheatsheet.findings import Finding, Place, error, warning
from cheatsheet.findings.suggestions import did_you_mean
from cheatsheet.lint.references import no_term
from cheatsheet.model.glossary import Glossary
from cheatsheet.model.pairs import Side

UNKNOWN = error(
    "pairs-unknown",
    "A side of a pair is in small letters, as a term's slug is, and there is no such term.",
    "use the file name of a term in content/terms; the name of what has no page has a capital",
)
NAMED = error(
    "pairs-name",
    "A side of a pair is the name of a term, and so would not lead to its page.",
    "write the term's slug, which is its file's name without .yaml",
)
TWICE = error("pairs-twice", "A pair stands in content/pairs.yaml twice.", "keep one of them")
NONE = warning(
    "pairs-none",
    "A term is in no pair of content/pairs.yaml.",
    "add a pair of the term and what it is mistaken for, with a sentence for each",
)


def sides_are_there(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each slug that is no term's, and each name that is another term's."""
    owners = {name: term.slug for term in glossary.terms for name in (term.name, *term.aliases)}
    for pair in glossary.pairs:
        for side in pair:
            owner = owners.get(side.key)
            if side.is_term and side.key not in glossary.by_slug:
                hint = did_you_mean(side.key, glossary.by_slug)
                yield UNKNOWN.finding(no_term(side.key), _place(glossary, side), hint)
            elif not side.is_term and owner and owner not in {other.key for other in pair}:
                message = f"{side.key} has a page of its own"
                yield NAMED.finding(message, _place(glossary, side), f"write `{owner}`")


def pairs_differ(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each pair that an earlier one is, in either order."""
    seen: set[frozenset[str]] = set()
    for pair in glossary.pairs:
        keys = frozenset(side.key.casefold() for side in pair)
        if keys in seen:
            message = f"`{pair[0].key}` and `{pair[1].key}` are a pair already"
            yield TWICE.finding(message, _place(glossary, pair[0]))
        seen.add(keys)


def terms_have_pairs(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each term without a pair, in a project that keeps pairs."""
    for term in glossary.terms if glossary.pairs else ():
        if not glossary.pairs_by_slug[term.slug]:
            yield NONE.finding(f"{term.name} is in no pair", glossary.place(term.slug))


def _place(glossary: Glossary, side: Side) -> Place:
    """Return where a side stands."""
    return glossary.sources["pairs.yaml"].key_place(side.location)


CHECKS = (sides_are_there, pairs_differ, terms_have_pairs)
