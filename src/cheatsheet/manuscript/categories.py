"""The category that a term names: one that is listed, misspelled, or listed under a new id."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cheatsheet.findings import Finding, Place, Source, error
from cheatsheet.findings.suggestions import did_you_mean
from cheatsheet.manuscript.yaml_reader import YamlFile

CATEGORY = error(
    "fields-category",
    "A term names a category that does not exist.",
    "use an id from content/categories.yaml, or add the category there",
)


def unknown_category(category: str, known: Sequence[str], source: Source) -> Finding:
    """Return the finding for a term's category that is not listed."""
    place, hint = source.place(("category",)), did_you_mean(category, known)
    return CATEGORY.finding(f"there is no category `{category}`", place, hint)


def unused_category(
    ids: Sequence[str], files: Sequence[YamlFile], source: Source
) -> tuple[str, Place] | None:
    """Return the listed category that no term's file names, with its place, if it is only one."""
    named = [(file.value or {}).get("category") for file in files]  # anything that YAML has
    unused = [number for number, name in enumerate(ids) if name not in named]
    if len(unused) != 1:
        return None
    return ids[unused[0]], source.place(("categories", unused[0], "id"))


def categories_once(
    findings: Sequence[Finding], unused: tuple[str, Place] | None
) -> Iterator[Finding]:
    """Yield findings, one for each category that is not listed, and not one for each of its terms.

    A slip of one term's is told as that. If one listed category has no term (`unused`, with its
    place), and one has terms and is not listed, it was renamed: that is told where it is listed.
    """
    count = Counter(finding.message for finding in findings if finding.code == CATEGORY.code)
    gone = [message for message, terms in count.items() if terms > 1]
    told = set()
    for finding in findings:
        terms = count[finding.message] if finding.code == CATEGORY.code else 0
        if terms > 1 and finding.message not in told:
            told.add(finding.message)
            message = f"{finding.message}, and {terms} terms are in it"
            if unused and len(gone) == 1:
                message += f"; no term is in `{unused[0]}`"
                hint = f"if you renamed it, also do so in the terms: {finding.place} and others"
                yield replace(finding, message=message, place=unused[1], hint=hint)
            else:
                yield replace(finding, message=message)
        elif terms <= 1:
            yield finding
