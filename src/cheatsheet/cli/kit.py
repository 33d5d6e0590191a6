"""`cheatsheet kit`."""

from pathlib import Path

import click

from cheatsheet.cli.program import main, project_folder, project_option
from cheatsheet.cli.terminal import print_findings, progress


@main.command(epilog="Example: cheatsheet build --all && cheatsheet kit")
@project_option
@click.pass_context
def kit(context: click.Context, project: Path | None) -> None:
    """Make dist/kit from the built editions: what a shop's page needs.

    Covers, page pictures, all editions, what is new, one zip of it all, and SHA256SUMS.
    """
    from cheatsheet.publish.kit import KIT, make_kit  # noqa: PLC0415 - the renderer

    with progress(quiet=False) as tell:
        made = make_kit(project_folder(context, project), tell)
    print_findings(made.findings)
    for name, data in made.files.items():
        click.echo(f"{KIT.as_posix()}/{name}: {len(data) / 1024:.0f} KB")
    if not made.ok:
        click.echo("No kit was made.")
    context.exit(0 if made.ok else 1)
