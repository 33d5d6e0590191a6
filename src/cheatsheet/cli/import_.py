"""`cheatsheet import`."""

from pathlib import Path

import click

from cheatsheet.cli.program import main, project_folder, project_option
from cheatsheet.cli.terminal import console, print_findings


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
@click.pass_context
def import_(
    context: click.Context, files: tuple[Path, ...], project: Path | None, *, dry_run: bool
) -> None:
    """Take published FILEs back into content/terms/, field by field.

    A FILE is a term's page or a newsletter, as HTML, Markdown, a mail (.eml) or text.
    What is missing is marked in the term's file for the writer; what has no field is reported.
    """
    from cheatsheet.importer import import_files  # noqa: PLC0415 - see the top
    from cheatsheet.report import difference_text, import_summary  # noqa: PLC0415

    well = True
    for imported in import_files(project_folder(context, project), files, dry_run=dry_run):
        print_findings(imported.findings)
        console().print(difference_text(imported.difference), end="", soft_wrap=True)
        click.echo(import_summary(imported, dry_run=dry_run))
        well = well and imported.ok
    context.exit(0 if well else 1)
