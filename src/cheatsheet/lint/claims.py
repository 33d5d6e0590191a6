"""What the terms' claims rest on: each term has sources, each source list a term, none is overdue.

The time by which a claim is due is the book's own, `as_of` in its settings: a build does not look
at the clock, and the same manuscript has the same findings. `cheatsheet lint` alone asks what day
it is, and judges the book by that day.
"""

from collections.abc import Iterator

from cheatsheet.findings import Finding, Place, error, warning
from cheatsheet.findings.suggestions import did_you_mean
from cheatsheet.lint.references import no_term
from cheatsheet.model.glossary import Glossary
from cheatsheet.model.ledger import Claim

UNSOURCED = warning(
    "claims-none",
    "A term has no entry in content/sources.yaml.",
    "list what its checkable claims rest on",
)
STRAY = error(
    "claims-stray",
    "content/sources.yaml lists sources for a term that does not exist.",
    "use the file name of a term in content/terms, without .yaml",
)
DUE = warning(
    "claims-due",
    "A claim is to be checked again this month.",
    "hold it to its source, correct the term if it changed, and set `checked` and `recheck`",
)
OVERDUE = error(
    "claims-overdue",
    "A claim was to be checked again before now.",
    "hold it to its source, correct the term if it changed, and set `checked` and `recheck`",
)


def terms_have_sources(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each term without sources, in a project that keeps them."""
    for term in glossary.terms if glossary.claims else ():
        if not glossary.claims.get(term.slug):
            message = f"nothing is listed that {term.name} rests on"
            yield UNSOURCED.finding(message, glossary.place(term.slug))


def sources_have_terms(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each list of sources without a term."""
    for slug in glossary.claims:
        if slug not in glossary.by_slug:
            place = glossary.place("sources.yaml", ("sources", slug))
            yield STRAY.finding(no_term(slug), place, did_you_mean(slug, glossary.by_slug))


def claims_are_checked(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each claim that is due, or overdue, as of the book's month."""
    now = glossary.book.as_of
    for place, _, claim in claims_due(glossary, now) if now else ():
        rule, was = (OVERDUE, "was") if claim.is_overdue(now or "") else (DUE, "is")
        message = f"this {was} to be checked again by {claim.recheck}; last on {claim.checked}"
        yield rule.finding(message, place)


def claims_due(glossary: Glossary, time: str) -> Iterator[tuple[Place, str, Claim]]:
    """Yield the (place, term's slug, claim) of each claim to be checked again by a month or day."""
    for slug, claims in glossary.claims.items():
        for index, claim in enumerate(claims):
            if claim.is_due(time):
                yield glossary.place("sources.yaml", ("sources", slug, index)), slug, claim


CHECKS = (terms_have_sources, sources_have_terms, claims_are_checked)
