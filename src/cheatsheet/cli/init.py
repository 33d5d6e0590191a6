"""`cheatsheet init`."""

import os
import shlex
from pathlib import Path, PurePath

import click

from cheatsheet.cli.program import main
from cheatsheet.cli.terminal import report_made, report_options
from cheatsheet.findings import Finding, has_errors
from cheatsheet.findings.groups import codes_in
from cheatsheet.lint.proofreading import proofread
from cheatsheet.manuscript.starter import PAPERS, TITLE, write_project
from cheatsheet.system.writing import scratch_folder

TEXT = "content/book.yaml"


@main.command(epilog="Example: cheatsheet init wein --language de --title 'Wein von A bis Z'")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--language", default="en-US", show_default=True, help="By BCP 47: de, fr-CA, es.")
@click.option("--title", help="The book's title; by default the folder's name.")
@click.option(
    "--page-size",
    type=click.Choice(list(PAPERS), case_sensitive=False),
    default="A4",
    show_default=True,
    help="The paper of the print edition.",
)
@report_options
def init(
    folder: Path,
    language: str,
    title: str | None,
    page_size: str,
) -> None:
    """Write a new project into DIR: a book of three terms.

    It builds at once. Terms and labels come in English, German, French and Spanish; for any other
    language, content/labels.yaml is there to be filled in.
    """
    named = " ".join(
        (title or PurePath(os.path.realpath(folder)).name.replace("-", " ").capitalize()).split()
    )
    named = named.encode(errors="surrogateescape").decode(errors="replace")
    findings = _refused(language, named, page_size) or write_project(
        folder, language, named, page_size
    )
    summary = "Nothing was written." if findings else _next_steps(folder)
    facts = {"folder": None if findings else folder.as_posix()}
    report_made(findings, codes_in(["run", "labels"]), summary, facts)


def _refused(language: str, title: str, paper: str) -> list[Finding]:
    """Return what is wrong with a title, as it would stand in a new project."""
    with scratch_folder() as scratch:
        if write_project(scratch / "new/book", language, title, paper):
            return []  # which is told of the project itself
        found = proofread(scratch / "new/book")[1]
    wrong = (one for one in found if one.place.file == TEXT and has_errors([one]))
    return [TITLE.finding(f"`{title}`: {one.message}", hint=one.hint) for one in wrong][:1]


def _next_steps(folder: Path) -> str:
    """Return what to do with a new project."""
    is_here = folder == Path()
    program = "cheatsheet" if is_here else shlex.join(["cheatsheet", "-C", str(folder)])
    steps = (
        f"`{program} build` makes the PDF, `{program} preview` shows it while you write. Settings "
        f"are in content/book.yaml, each with a comment; `{program} new SLUG` adds a term."
    )
    if (folder / "content/labels.yaml").exists():
        steps = (
            "first translate content/labels.yaml, the words that the program prints; "
            f"`{program} lint` lists the missing ones. Then {steps}"
        )
    return f"{'This' if is_here else folder} is a book of three terms. Next: {steps}"
