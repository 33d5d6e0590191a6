"""`cheatsheet import`."""

from pathlib import Path

import click

from cheatsheet.cli.program import main, project_folder, project_option
from cheatsheet.cli.terminal import (
    asked_form,
    asked_severity,
    console,
    print_findings,
    report_made,
    report_options,
    say,
)
from cheatsheet.findings import fails
from cheatsheet.findings.groups import codes_in
from cheatsheet.findings.report.text import difference_text


@main.command("import", epilog="Example: cheatsheet import --dry-run issue-28.md diffusion.html")
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@project_option
@report_options
@click.pass_context
def import_(context: click.Context, /, files: tuple[Path, ...], *, dry_run: bool) -> None:
    """Take published FILEs back into content/terms/, field by field.

    A FILE is a term's page or a newsletter, as HTML, Markdown, a mail (.eml) or text.
    What is missing is marked in the term's file for the writer; what has no field is reported.
    """
    from cheatsheet.importer import import_files  # noqa: PLC0415 - slow

    done = []
    for imported in import_files(project_folder(), files, dry_run=dry_run):
        done.append(imported)
        if asked_form() == "text":
            print_findings(imported.findings)
            console().print(difference_text(imported.difference), end="", soft_wrap=True)
            say(imported.summary(dry_run=dry_run))
    findings = [finding for imported in done for finding in imported.findings]
    if asked_form() == "text":
        context.exit(1 if fails(findings, asked_severity()) else 0)
    summary = "\n".join(imported.summary(dry_run=dry_run) for imported in done)
    facts = {"imported": [imported.facts for imported in done]}
    report_made(findings, codes_in(["import"]), summary, facts)
