"""`cheatsheet build`."""

import gc
from pathlib import Path
from threading import Event

import click

from cheatsheet.cli.program import main, project_folder, project_option
from cheatsheet.cli.terminal import console, format_option, print_findings, progress


@main.command(epilog="Example: cheatsheet build print")
@click.argument("edition", default="print")
@click.option("--watch", is_flag=True, help="Build again after each save, until Ctrl-C.")
@project_option
@format_option
@click.pass_context
def build(
    context: click.Context,
    edition: str,
    watch: bool,  # noqa: FBT001 - click's signature
    project: Path | None,
    form: str,
) -> None:
    """Build an EDITION of the book (by default: print) into dist/.

    The PDF is replaced only after it has passed all checks.
    """
    from cheatsheet.build import UnknownEditionError  # noqa: PLC0415 - the renderer

    folder = project_folder(context, project)
    try:
        context.exit(_watch(folder, edition, form) if watch else _build(folder, edition, form))
    except UnknownEditionError as problem:
        editions = ", ".join(problem.editions)
        raise click.BadParameter(f"{problem}; there is: {editions}") from None


def _build(project: Path, edition: str, form: str) -> int:
    """Build once; return the exit code."""
    from cheatsheet.build import Workshop  # noqa: PLC0415 - the renderer
    from cheatsheet.report import build_json, build_summary  # noqa: PLC0415

    with progress(quiet=form != "text") as tell:
        result = Workshop(project, tell).build(edition)
    if form == "json":
        click.echo(build_json(result))
    else:
        print_findings(result.findings)
        console().print(build_summary(result), highlight=False, soft_wrap=True)
    gc.freeze()  # the process ends here: Python need not look through a book's objects for garbage
    return 0 if result.ok else 1


def _watch(project: Path, edition: str, form: str) -> int:
    """Build after each save until Ctrl-C; return the exit code."""
    from cheatsheet.build import Workshop  # noqa: PLC0415 - the renderer
    from cheatsheet.report import build_json, rebuild_line  # noqa: PLC0415
    from cheatsheet.watching import rebuild_on_save  # noqa: PLC0415

    try:
        for rebuild in rebuild_on_save(Workshop(project), project, edition, Event()):
            if form == "json":
                click.echo(build_json(rebuild.build))
            else:
                print_findings(rebuild.build.findings)
                click.echo(rebuild_line(rebuild))
    except KeyboardInterrupt:
        click.echo()
    return 0
