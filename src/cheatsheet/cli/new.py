"""`cheatsheet new`."""

from pathlib import Path

import click

from cheatsheet.cli.program import main, project_folder, project_option
from cheatsheet.cli.terminal import print_findings
from cheatsheet.manuscript import write_new_term


@main.command(epilog="Example: cheatsheet new mixture-of-experts")
@click.argument("slug")
@project_option
@click.pass_context
def new(context: click.Context, slug: str, project: Path | None) -> None:
    """Write content/terms/SLUG.yaml, a new term's file to fill in, and a drawing to draw in."""
    file, findings = write_new_term(project_folder(context, project), slug)
    print_findings(findings)
    if findings:
        context.exit(1)
    click.echo(
        f"{file} and its drawing are there to be filled in; add 1 to `terms` in content/book.yaml."
    )
