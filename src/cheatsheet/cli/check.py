"""`cheatsheet check`."""

from pathlib import Path

import click

from cheatsheet.cli.program import main, project_folder, project_option
from cheatsheet.cli.terminal import format_option, report


@main.command(epilog="Example: cheatsheet check dist/speaknerd-cheat-sheet.pdf")
@click.argument("pdf", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@project_option
@format_option
@click.pass_context
def check(context: click.Context, pdf: Path | None, project: Path | None, form: str) -> None:
    """Check a PDF (by default: the built book) against the manuscript."""
    from cheatsheet.build import check_file  # noqa: PLC0415 - the renderer

    checked = check_file(project_folder(context, project), pdf)
    report(context, checked.findings, checked.counts, form)
