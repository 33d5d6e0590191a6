"""`cheatsheet build`."""

import gc
from collections.abc import Iterable
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, NoReturn

import click

from cheatsheet.cli.program import main, project_folder, project_option
from cheatsheet.cli.terminal import edition_progress, print_report, progress, report_options
from cheatsheet.findings import Severity
from cheatsheet.groups import STAGES, codes_in

if TYPE_CHECKING:  # at run time it would bring the renderer
    from cheatsheet.build import Build


@main.command(epilog="Example: cheatsheet build print")
@click.argument("edition", required=False)
@click.option("--all", "every", is_flag=True, help="Build all editions, side by side.")
@click.option("--watch", is_flag=True, help="Build again after each save, until Ctrl-C.")
@project_option
@report_options
@click.pass_context
def build(  # noqa: PLR0913, PLR0917 - an argument for each option
    context: click.Context,
    edition: str | None,
    every: bool,  # noqa: FBT001 - click gives a flag
    watch: bool,  # noqa: FBT001
    project: Path | None,
    form: str,
    fail_on: Severity,
) -> None:
    """Build an EDITION of the book (by default: print) into dist/; `epub` is for e-readers.

    The file is replaced only after it has passed all checks.
    """
    from cheatsheet.build import DEFAULT_EDITION, UnknownEditionError  # noqa: PLC0415 - the renderer
    from cheatsheet.editions import build_edition  # noqa: PLC0415
    from cheatsheet.report import build_json, build_summary  # noqa: PLC0415

    if every and (edition or watch):
        raise click.UsageError(f"Give either {edition or '--watch'} or --all.")
    folder, edition = project_folder(context, project), edition or DEFAULT_EDITION
    if every:
        _build_all(context, folder, fail_on)
        return
    with progress(quiet=watch or form != "text") as tell:
        try:
            if watch:
                _watch(context, folder, edition)
            result = build_edition(folder, edition, tell, fail_on)
        except UnknownEditionError as problem:
            raise click.BadParameter(str(problem)) from None
    if form == "json":
        click.echo(build_json(result))
    else:
        _print(context, result, build_summary(result), _seconds([result]))
    gc.freeze()  # the process ends here: Python need not look through a book's objects for garbage
    context.exit(0 if result.ok else 1)


def _build_all(context: click.Context, project: Path, fail_on: Severity) -> None:
    """Build all editions, report each, and fail if one failed."""
    from cheatsheet.build import DEFAULT_EDITION  # noqa: PLC0415 - the renderer
    from cheatsheet.editions import build_editions, list_editions  # noqa: PLC0415
    from cheatsheet.report import build_summary, builds_json, merged_findings  # noqa: PLC0415

    form, editions = context.params["form"], list_editions(project) or [DEFAULT_EDITION]
    with edition_progress(quiet=form != "text") as tell:
        builds = build_editions(project, editions, tell, fail_on)
    if form == "json":
        click.echo(builds_json(builds))
    else:
        summary = "\n".join(f"{build.edition}: {build_summary(build)}" for build in builds)
        tried = frozenset().union(*map(_tried, builds))
        print_report(context, merged_findings(builds), tried, summary, _seconds(builds))
    context.exit(0 if all(build.ok for build in builds) else 1)


def _tried(build: "Build") -> frozenset[str]:
    """Return the codes of the rules that a build came to."""
    return codes_in(group for stage in build.seconds for group in STAGES.get(stage, ()))


def _seconds(builds: Iterable["Build"]) -> float:
    """Return how long builds took, one after the other."""
    return sum(sum(build.seconds.values()) for build in builds)


def _print(context: click.Context, result: "Build", summary: str, seconds: float) -> None:
    """Print what a build found, and a line about it."""
    print_report(context, result.findings, _tried(result), summary, seconds)


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
