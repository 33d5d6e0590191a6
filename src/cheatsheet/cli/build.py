"""`cheatsheet build`."""

import gc
from pathlib import Path

import click

from cheatsheet.cli.program import main, project_folder, project_option
from cheatsheet.cli.terminal import console, format_option, print_findings, progress


@main.command(epilog="Example: cheatsheet build print")
@click.argument("edition", default="print")
@project_option
@format_option
@click.pass_context
def build(context: click.Context, edition: str, project: Path | None, form: str) -> None:
    """Build an EDITION of the book (by default: print) into dist/.

    The PDF is replaced only after it has passed all checks.
    """
    from cheatsheet.build import UnknownEditionError, Workshop  # noqa: PLC0415 - the renderer
    from cheatsheet.report import build_json, build_summary  # noqa: PLC0415

    with progress(quiet=form != "text") as tell:
        try:
            result = Workshop(project_folder(context, project), tell).build(edition)
        except UnknownEditionError as problem:
            editions = ", ".join(problem.editions)
            raise click.BadParameter(f"{problem}; there is: {editions}") from None
    if form == "json":
        click.echo(build_json(result))
    else:
        print_findings(result.findings)
        console().print(build_summary(result), highlight=False, soft_wrap=True)
    gc.freeze()  # the process ends here: Python need not look through a book's objects for garbage
    context.exit(0 if result.ok else 1)
