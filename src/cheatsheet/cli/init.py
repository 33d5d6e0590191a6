"""`cheatsheet init`."""

from pathlib import Path
from shlex import quote
from typing import Any

import click

from cheatsheet.cli.program import main
from cheatsheet.cli.terminal import report_made, report_options
from cheatsheet.findings.groups import codes_in
from cheatsheet.manuscript.starter import PAPERS, write_project


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
@click.pass_context
def init(
    context: click.Context,
    /,
    folder: Path,
    language: str,
    title: str | None,
    page_size: str,
    **_: Any,
) -> None:
    """Write a new project into DIR, with three terms, that builds at once.

    Terms and labels come in English, German, French and Spanish; for any other language,
    content/labels.yaml is there to be filled in.
    """
    named = " ".join((title or folder.resolve().name.replace("-", " ").capitalize()).split())
    findings = write_project(folder, language, named, page_size)
    quoted = quote(str(folder))
    done = (
        f"{folder} is a book of three terms. Next: `cheatsheet -C {quoted} build` makes the PDF, "
        f"`cheatsheet -C {quoted} preview` shows it while you write. Begin with "
        "content/book.yaml, which explains itself; `cheatsheet new SLUG` adds a term."
    )
    summary = "Nothing was written." if findings else done
    facts = {"folder": None if findings else folder.as_posix()}
    report_made(context, findings, codes_in(["run", "labels"]), summary, facts)
