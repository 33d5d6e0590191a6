"""A slug → a term's file to fill in, with every field and what belongs there, and a drawing."""

from collections.abc import Sequence
from os.path import lexists
from pathlib import Path, PurePath

from pydantic.fields import FieldInfo

from cheatsheet.drawings import blank_drawing
from cheatsheet.findings import Finding, Place, error
from cheatsheet.findings.suggestions import did_you_mean
from cheatsheet.manuscript.editing import BLANKS, OPTIONAL, SCHEMA_LINE, edited_term
from cheatsheet.manuscript.fields import AS_LIST, WRONG
from cheatsheet.manuscript.loading import BOOK, TERMS, term_file, term_files
from cheatsheet.manuscript.slugs import is_slug, no_slug
from cheatsheet.manuscript.yaml_reader import read_yaml
from cheatsheet.model.glossary import PICTURES, TermText
from cheatsheet.model.term_fields import NEWSLETTER, PARAGRAPHS
from cheatsheet.system.reading import FILE, closed_folders, read_text
from cheatsheet.system.writing import made_folder, replaced_files, write_new

NAMED = "a term's slug is its file's name in content/terms, without .yaml"
EXISTS = error("slug-exists", "A term's file exists already.", "edit it, or choose another slug")


def write_new_term(
    project: Path, slug: str, related: Sequence[str] = ()
) -> tuple[PurePath, list[Finding]]:
    """Write content/terms/<slug>.yaml with every field to fill in, and a drawing to draw in.

    It has the next free issue; the terms that are `related` name it back. Nothing else is changed,
    and a drawing that is there already stays.

    Returns the file, relative to the project, and findings (then nothing was written). Raises
    OSError; then nothing was written either.
    """
    file = term_file(slug)
    if not is_slug(slug):
        return file, [no_slug(slug)]
    book = read_yaml(project, BOOK)
    if book.value is None:
        return file, [*book.findings]
    drawing = PurePath(PICTURES, f"{slug}.svg")
    is_drawn = lexists(project / drawing)
    if findings := closed_folders(project, TERMS, PurePath(PICTURES)) or (
        read_text(project, drawing)[1] if is_drawn else []
    ):
        return file, findings
    neighbours, findings = _naming_back(project, slug, related)
    if findings:
        return file, findings
    issue = next_issue(project) if book.value.get("newsletter") else None
    text = blank_term(slug, issue, related)
    if not is_drawn:
        neighbours[project / drawing] = blank_drawing().encode()
    pictures, terms = map(made_folder, (project / PICTURES, project / TERMS))
    try:
        with pictures, terms, replaced_files(neighbours):
            write_new(project / file, text.encode())
    except FileExistsError:
        return file, [EXISTS.finding("there is such a term already", Place(file.as_posix()))]
    return file, []


def no_such_term(slug: str, known: Sequence[str]) -> Finding:
    """Return the finding for a slug that is none of those that terms have."""
    hint = did_you_mean(slug, known) or NAMED
    return FILE.finding(f"there is no term `{slug}`", Place(term_file(slug).as_posix()), hint)


def next_issue(project: Path) -> int:
    """Return the newsletter's number after those of all terms."""
    values = (read_yaml(project, file).value or {} for file in term_files(project, []))
    issues = (value.get("issue") for value in values)
    return max((issue for issue in issues if isinstance(issue, int)), default=0) + 1


def _naming_back(
    project: Path, slug: str, related: Sequence[str]
) -> tuple[dict[Path, bytes], list[Finding]]:
    """Return the texts of related terms that name a new one, or why one of them cannot."""
    texts: dict[Path, bytes] = {}
    known = [file.stem for file in term_files(project, [])]
    for other in related:
        file = term_file(other)
        if other not in known:
            return {}, [no_such_term(other, known)]
        read = read_yaml(project, file)
        if read.value is None:
            return {}, read.findings
        listed = read.value.get("related") or []
        if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
            place = read.source.place(("related",))
            return {}, [WRONG.finding("`related` should be a list of slugs", place, AS_LIST)]
        text, _ = read_text(project, file)
        changed = edited_term(text, {"related": tuple(dict.fromkeys((*listed, slug)))})
        texts[project / file] = changed.encode()
    return texts, []


def blank_term(slug: str, issue: int | None, related: Sequence[str]) -> str:
    """Return the text of a new term's file: the schema line, then each field under its help.

    Without an issue, it has no field of the newsletter's.
    """
    name = slug.replace("-", " ").title()
    without = () if issue else NEWSLETTER
    named = (field for field in TermText.model_fields.items() if field[0] not in without)
    fields = (_blank_field(key, info) for key, info in named)
    text = "\n".join([SCHEMA_LINE, *fields]).replace("\nname: \n", "\nname:\n")
    given: dict[str, str | int | tuple[str, ...]] = {"name": name}
    if issue:
        given["issue"] = issue
    if related:
        given["related"] = tuple(related)
    return edited_term(text, given)


def _blank_field(name: str, info: FieldInfo) -> str:
    """Return a field's lines: what belongs there as a comment, and an empty value."""
    blank = BLANKS.get(name, "\n  " if name in PARAGRAPHS else "")
    fold = ">-" if name in PARAGRAPHS else ""
    off = "# " if name in OPTIONAL else ""
    gap = "" if blank.startswith("\n") and not fold else " "
    return f"# {info.description}\n{off}{name}:{gap}{fold}{blank}\n"
