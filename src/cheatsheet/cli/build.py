"""`cheatsheet build`."""

import gc
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, NoReturn

import click

from cheatsheet.cli.program import main, project_folder, project_option
from cheatsheet.cli.terminal import print_report, progress, report_options
from cheatsheet.findings import Severity
from cheatsheet.groups import STAGES, codes_in

if TYPE_CHECKING:
    from cheatsheet.build import Build


@main.command(epilog="Example: cheatsheet build print")
@click.argument("edition", default="print")
@click.option("--watch", is_flag=True, help="Build again after each save, until Ctrl-C.")
@project_option
@report_options
@click.pass_context
def build(  # noqa: PLR0913 - click's signature
    context: click.Context,
    edition: str,
    *,
    watch: bool,
    project: Path | None,
    form: str,
    fail_on: Severity,
) -> None:
    """Build an EDITION of the book (by default: print) into dist/.

    The PDF is replaced only after it has passed all checks.
    """
    from cheatsheet.build import UnknownEditionError, Workshop  # noqa: PLC0415 - the renderer
    from cheatsheet.report import build_json, build_summary  # noqa: PLC0415

    folder = project_folder(context, project)
    with progress(quiet=watch or form != "text") as tell:
        try:
            if watch:
                _watch(context, folder, edition)
            result = Workshop(folder, tell).build(edition, fail_on)
        except UnknownEditionError as problem:
            raise click.BadParameter(str(problem)) from None
    if form == "json":
        click.echo(build_json(result))
    else:
        _print(context, result, build_summary(result), sum(result.seconds.values()))
    gc.freeze()  # the process ends here: Python need not look through a book's objects for garbage
    context.exit(0 if result.ok else 1)


def _print(context: click.Context, result: "Build", summary: str, seconds: float) -> None:
    """Print what a build found, and a line about it."""
    tried = codes_in(group for stage in result.seconds for group in STAGES.get(stage, ()))
    print_report(context, result.findings, tried, summary, seconds)


def _watch(context: click.Context, project: Path, edition: str) -> NoReturn:
    """Build after each save until Ctrl-C, and exit. Raises UnknownEditionError."""
    from cheatsheet.build import Workshop  # noqa: PLC0415 - the renderer
    from cheatsheet.report import build_json, rebuild_line  # noqa: PLC0415
    from cheatsheet.watching import rebuild_on_save  # noqa: PLC0415

    form, fail_on = context.params["form"], context.params["fail_on"]
    try:
        for rebuild in rebuild_on_save(Workshop(project), project, edition, Event(), fail_on):
            if form == "json":
                click.echo(build_json(rebuild.build))
            else:
                _print(context, rebuild.build, rebuild_line(rebuild), rebuild.seconds)
    except KeyboardInterrupt:
        click.echo()
    context.exit(0)
