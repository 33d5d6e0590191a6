"""What the terms' claims rest on: each term has sources, and each source list a term."""

from collections.abc import Iterator

from cheatsheet.findings import Finding, error, warning
from cheatsheet.glossary import Glossary

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
            place = glossary.place("claims", ("sources", slug))
            yield STRAY.finding(f"there is no term `{slug}`", place)


CHECKS = (terms_have_sources, sources_have_terms)
