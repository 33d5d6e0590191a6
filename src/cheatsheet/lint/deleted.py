"""A term's file that is gone: one finding, and not one for each place that still names it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from cheatsheet.findings import Finding
from cheatsheet.lint.claims import STRAY
from cheatsheet.lint.pairs import UNKNOWN
from cheatsheet.lint.plan import TERM_COUNT
from cheatsheet.lint.references import DANGLING, ORPHAN, naming_files, no_term
from cheatsheet.model.glossary import Glossary

NAMING = {DANGLING.code, STRAY.code, UNKNOWN.code}


def find_deleted(glossary: Glossary) -> list[str]:
    """Return the slugs that no term has and two files or more name, sorted."""
    naming = naming_files(glossary).items()
    return sorted(slug for slug, keys in naming if len(keys) > 1 and slug not in glossary.by_slug)


def deleted_once(glossary: Glossary, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings, one instead of all that name a deleted term.

    The number of terms that the book asks for goes with it, and what it alone led to.
    """
    deleted = {no_term(slug): slug for slug in find_deleted(glossary)}
    is_count = deleted and len(glossary.terms) + len(deleted) == glossary.book.terms
    lonely = {glossary.place(key).file for key in _led_to(glossary, {*deleted.values()})}
    naming: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.code in NAMING and finding.message in deleted:
            naming[finding.message].append(finding)
        elif finding.code == ORPHAN.code and finding.place.file in lonely:
            continue
        elif finding.code != TERM_COUNT.code or not is_count:
            yield finding
    for message, found in naming.items():
        count = ", and correct `terms` in content/book.yaml" if is_count else ""
        yield _together(deleted[message], found, count)


def _led_to(glossary: Glossary, deleted: AbstractSet[str]) -> set[str]:
    """Return the terms to which deleted ones led: what names them was named back, or their pair."""
    named = {
        key for slug, keys in naming_files(glossary).items() if slug in deleted for key in keys
    }
    pairs = ({side.key for side in pair} for pair in glossary.pairs)
    paired = {key for keys in pairs if keys & deleted for key in keys}
    return (named | paired) & glossary.by_slug.keys()


def _together(slug: str, naming: Sequence[Finding], count: str) -> Finding:
    """Return one finding for all that name a deleted term; its hint ends with `count`."""
    lines = defaultdict[str, list[str]](list)
    for finding in naming:
        lines[finding.place.file or ""].append(str(finding.place.line))
    places = "; ".join(f"{file}:{', '.join(numbers)}" for file, numbers in lines.items())
    first = naming[0]
    return DANGLING.finding(
        f"{first.message}, and {len(naming)} places in {len(lines)} files name it",
        first.place,
        f"put content/terms/{slug}.yaml back; or take it out of {places};"
        f" delete its drawing{count}",
    )
