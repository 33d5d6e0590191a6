"""`cheatsheet build`."""

import gc
from pathlib import Path

import click

from cheatsheet.cli.program import main, project_folder, project_option
from cheatsheet.cli.terminal import print_report, progress, report_options
from cheatsheet.findings import Severity
from cheatsheet.groups import STAGES, codes_in


@main.command(epilog="Example: cheatsheet build print")
@click.argument("edition", default="print")
@project_option
@report_options
@click.pass_context
def build(
    context: click.Context, edition: str, project: Path | None, form: str, fail_on: Severity
) -> None:
    """Build an EDITION of the book (by default: print) into dist/.

    The PDF is replaced only after it has passed all checks.
    """
    from cheatsheet.build import UnknownEditionError, Workshop  # noqa: PLC0415 - the renderer
    from cheatsheet.report import build_json, build_summary  # noqa: PLC0415

    with progress(quiet=form != "text") as tell:
        try:
            result = Workshop(project_folder(context, project), tell).build(edition, fail_on)
        except UnknownEditionError as problem:
            raise click.BadParameter(str(problem)) from None
    if form == "json":
        click.echo(build_json(result))
    else:
        tried = codes_in(group for stage in result.seconds for group in STAGES.get(stage, ()))
        seconds = sum(result.seconds.values())
        print_report(context, result.findings, tried, build_summary(result), seconds)
    gc.freeze()  # the process ends here: Python need not look through a book's objects for garbage
    context.exit(0 if result.ok else 1)
