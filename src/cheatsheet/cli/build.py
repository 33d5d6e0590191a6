"""`cheatsheet build`."""

import gc
from pathlib import Path

import click

from cheatsheet.cli.program import main, project_folder, project_option
from cheatsheet.cli.terminal import (
    console,
    edition_progress,
    format_option,
    print_findings,
    progress,
)


@main.command(epilog="Example: cheatsheet build print")
@click.argument("edition", required=False)
@click.option("--all", "every", is_flag=True, help="Build all editions, side by side.")
@project_option
@format_option
@click.pass_context
def build(
    context: click.Context,
    edition: str | None,
    every: bool,  # noqa: FBT001 - click gives a flag
    project: Path | None,
    form: str,
) -> None:
    """Build an EDITION of the book (by default: print) into dist/.

    The PDF is replaced only after it has passed all checks.
    """
    from cheatsheet.build import DEFAULT_EDITION, UnknownEditionError, Workshop  # noqa: PLC0415 - the renderer
    from cheatsheet.report import build_json, build_summary  # noqa: PLC0415

    if every and edition:
        raise click.UsageError(f"Give either {edition} or --all.")
    if every:
        _build_all(context, project_folder(context, project), form)
        return
    with progress(quiet=form != "text") as tell:
        try:
            result = Workshop(project_folder(context, project), tell).build(
                edition or DEFAULT_EDITION
            )
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


def _build_all(context: click.Context, project: Path, form: str) -> None:
    """Build all editions, report each, and fail if one failed."""
    from cheatsheet.build import DEFAULT_EDITION  # noqa: PLC0415 - the renderer
    from cheatsheet.editions import build_editions, list_editions  # noqa: PLC0415
    from cheatsheet.report import build_summary, builds_json, findings_apart  # noqa: PLC0415

    with edition_progress(quiet=form != "text") as tell:
        builds = build_editions(project, list_editions(project) or [DEFAULT_EDITION], tell)
    if form == "json":
        click.echo(builds_json(builds))
    else:
        shared, own = findings_apart(builds)
        print_findings(shared)
        for result in builds:
            print_findings(own[result.edition])
            console().print(f"{result.edition}: {build_summary(result)}", highlight=False)
    context.exit(0 if all(result.ok for result in builds) else 1)
