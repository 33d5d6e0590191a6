"""Published files → terms' files: what is new, field by field, and what is written."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from cheatsheet.findings import Finding, Place, count_findings, error, has_errors, warning
from cheatsheet.findings.report.escaping import printable
from cheatsheet.importer.decoding import read_file
from cheatsheet.importer.fields import Published, Value, recognise, resolve_related
from cheatsheet.importer.forms import read_form
from cheatsheet.importer.headings import Publisher
from cheatsheet.importer.references import merge
from cheatsheet.manuscript import TermFiles, missing_fields, term_file
from cheatsheet.manuscript.slugs import is_slug, slug_of_name, without_accents
from cheatsheet.model.glossary import TermText
from cheatsheet.system.running import refused_hint, why_refused

NO_NAMES: Mapping[str, str] = {}
REFERENCE_LOST = warning(
    "import-reference",
    "A reference of the manuscript stood on words that the published text no longer has.",
    "set it anew, if the text should still lead there",
)
SLUG = error(
    "import-slug",
    "A published file gives no name that a term's file could have.",
    "a name needs letters or digits; a page's address ends in /terms/ and the slug",
)
WRITE = error(
    "import-write",
    "A term's file could not be written.",
    "make room for it, or change who may write it, and import again",
)


@dataclass
class Imported:
    """What came of one published file.

    `target` is the term's file, relative to the project, or None. `changed` names the fields that
    are new or different; `missing` those that are left to be written. `difference` is a unified
    diff of the term's file.
    """

    source: Path
    target: PurePath | None = None
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    difference: str = ""
    findings: list[Finding] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether the file could be imported."""
        return not has_errors(self.findings)

    @property
    def facts(self) -> dict[str, Any]:
        """What came of the file, for JSON."""
        return {
            "source": str(self.source),
            "target": self.target.as_posix() if self.target else None,
            "changed": self.changed,
            "missing": self.missing,
            "difference": self.difference,
        }

    def summary(self, *, dry_run: bool) -> str:
        """Return a line that says what came of the file, and one of what is to be written."""
        source = printable(str(self.source))
        if not self.ok:
            return f"{source}: nothing was imported: {count_findings(self.findings)}"
        verb = "would set" if dry_run else "set"
        said = f"{verb} {', '.join(self.changed)}" if self.changed else "nothing to change"
        missing = f"\n    to be written: {', '.join(self.missing)}" if self.missing else ""
        return f"{source} -> {self.target}: {said}{missing}"


def import_files(project: Path, sources: Sequence[Path], *, dry_run: bool) -> Iterator[Imported]:
    """Yield what came of each file; with `dry_run` no term's file is written.

    A file with errors changes nothing. Two files of one term are taken one after the other.
    """
    terms = TermFiles(project)
    for source in sources:
        imported = Imported(source, findings=list(terms.findings))
        if terms.labels and imported.ok:
            slug = _import(terms, Publisher(terms.site, terms.labels), imported)
            if imported.ok and imported.changed and not dry_run:
                _write(terms, slug, imported)
        yield imported


def _write(terms: TermFiles, slug: str, imported: Imported) -> None:
    """Write a term's file, or note that it stays as it was."""
    try:
        terms.write(slug)
    except OSError as problem:
        place = Place(term_file(slug).as_posix())
        message = f"it stays as it was: {why_refused(problem)}"
        imported.findings.append(WRITE.finding(message, place, refused_hint(problem)))
        imported.changed, imported.difference = (), ""


def read_bytes(
    raw: bytes, file: str, publisher: Publisher, names: Mapping[str, str] = NO_NAMES
) -> Published:
    """Return what a published file's bytes say, with findings.

    `file` is its name in messages, `publisher` whose it is; `names` are the slugs of
    terms by their names without case, for related terms without a link.
    """
    document, findings = read_form(raw, file, publisher)
    if document is None:
        return Published(findings=findings)
    published = recognise(document)
    if has_errors(published.findings):
        return published
    published.findings.extend(findings)
    if "related" in published.fields:
        published.fields["related"] = resolve_related(published, names, document)
    published.findings.sort(key=lambda finding: finding.place.line or 0)
    return published


def _import(terms: TermFiles, publisher: Publisher, imported: Imported) -> str:
    """Change the term of a published file, as far as its words differ, and return its slug."""
    raw, findings = read_file(imported.source)
    imported.findings.extend(findings)
    if not imported.ok:
        return ""
    published = read_bytes(raw, str(imported.source), publisher, terms.names)
    imported.findings.extend(published.findings)
    if not imported.ok:
        return ""
    slug = _slug(published, terms.names)
    if not is_slug(slug):
        imported.findings.append(SLUG.finding(f"`{slug}` is no slug"))
        return ""
    before, values, findings = terms.read(slug)
    imported.findings.extend(findings)
    if imported.ok and not published.slug and _is_another(values, published):
        message = f"`{slug}` is the slug of another term, {values['name']}"
        imported.findings.append(SLUG.finding(message, Place(term_file(slug).as_posix())))
    if imported.ok:
        fields = dict(_differing(values, published, imported))
        after, findings = terms.change(slug, fields) if fields else (before, [])
        imported.findings.extend(findings)
        imported.target = term_file(slug)
        imported.changed = tuple(sorted(fields, key=list(TermText.model_fields).index))
        imported.missing = missing_fields(values | fields)
        imported.difference = _difference(before, after, imported.target)
    return slug


def _slug(published: Published, names: Mapping[str, str]) -> str:
    """Return the slug of a published term: its address's, its namesake's, or one of its name."""
    name = str(published.fields["name"])
    return published.slug or names.get(name.casefold(), "") or slug_of_name(name)


def _is_another(values: Mapping[str, Any], published: Published) -> bool:
    """Tell whether a term's file is of another name: `C` is not C++, though their slugs agree."""
    names = (str(values.get("name") or ""), str(published.fields["name"]))
    there, new = (re.sub(r"[\s\u2010-\u2015-]+", " ", without_accents(name)) for name in names)
    return bool(there) and there != new


def _differing(
    values: Mapping[str, Any], published: Published, imported: Imported
) -> Iterator[tuple[str, Value]]:
    """Yield the fields whose words differ from those in the term's file, references kept."""
    for name, new in published.fields.items():
        value, lost = merge(values.get(name), new)
        place = Place(str(imported.source), published.lines[name])
        for slug in lost:
            message = f"`{name}` no longer has the words that led to `{slug}`"
            imported.findings.append(REFERENCE_LOST.finding(message, place))
        if value is not None:
            yield name, value


def _difference(before: str, after: str, file: PurePath) -> str:
    """Return the unified diff of a term's file; all of a new file is new."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    was = file.as_posix() if before else "(a new file)"
    return "".join(difflib.unified_diff(old, new, was, file.as_posix()))
