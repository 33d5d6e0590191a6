"""A slug → a term's file to fill in, with every field and what belongs there, and a drawing."""

from pathlib import Path, PurePath

from pydantic.fields import FieldInfo

from cheatsheet.files import FILE
from cheatsheet.findings import Finding, Place, error
from cheatsheet.glossary import PICTURES, TermText
from cheatsheet.manuscript.loading import BOOK, SLUG, TERMS, is_slug
from cheatsheet.picture import blank_drawing
from cheatsheet.writing import write_atomically, write_new

SCHEMA_LINE = "# yaml-language-server: $schema=../term.schema.json"
EXISTS = error("slug-exists", "A term's file exists already.", "edit it, or choose another slug")

# What a new file holds for the fields that are not a line of text.
BLANKS = {
    "aliases": "[]",
    "also_covers": "[]",
    "difficulty": "1",
    "issue": "1",
    "plain": "\n  - >-\n    ",
    "go_deeper": "\n  - ",
    "related": "[]",
    "picture": "\n  alt: ",
}
PARAGRAPHS = {"tldr", "why", "nerd", "try_it"}
OPTIONAL = {"full_form", "acronyms", "exceptions"}


def write_new_term(project: Path, slug: str) -> tuple[PurePath, list[Finding]]:
    """Write content/terms/<slug>.yaml with every field to fill in, and a drawing to draw in.

    Nothing is overwritten; a drawing that is there already stays.

    Returns the file, relative to the project, and findings (then nothing was written). Raises
    OSError; then nothing was written either.
    """
    file = TERMS / f"{slug}.yaml"
    if not is_slug(slug):
        hint = "lower-case letters, digits and single hyphens: mixture-of-experts"
        return file, [SLUG.finding(f"`{slug}` is not a slug", hint=hint)]
    if not (project / BOOK).is_file():
        hint = "go to the project's folder, or name it with -C"
        return file, [FILE.finding("this folder is no project", Place(BOOK.as_posix()), hint)]
    drawing = project / PICTURES / f"{slug}.svg"
    drawn = not drawing.exists()
    try:
        if drawn:
            write_atomically(drawing, blank_drawing().encode())
        (project / file).parent.mkdir(parents=True, exist_ok=True)
        write_new(project / file, blank_term(slug).encode())
    except OSError as problem:
        if drawn:
            drawing.unlink(missing_ok=True)
        if not isinstance(problem, FileExistsError):
            raise
        return file, [EXISTS.finding("there is such a term already", Place(file.as_posix()))]
    return file, []


def blank_term(slug: str) -> str:
    """Return the text of a new term's file: the schema line, then each field under its help."""
    name = slug.replace("-", " ").title()
    fields = (_blank_field(key, info) for key, info in TermText.model_fields.items())
    return "\n".join([SCHEMA_LINE, *fields]).replace("name: \n", f"name: {name}\n", 1)


def _blank_field(name: str, info: FieldInfo) -> str:
    """Return a field's lines: what belongs there as a comment, and an empty value."""
    blank = BLANKS.get(name, "\n  " if name in PARAGRAPHS else "")
    fold = ">-" if name in PARAGRAPHS else ""
    off = "# " if name in OPTIONAL else ""
    gap = "" if blank.startswith("\n") and not fold else " "
    return f"# {info.description}\n{off}{name}:{gap}{fold}{blank}\n"
