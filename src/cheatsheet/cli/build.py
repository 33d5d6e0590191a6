"""`cheatsheet build`."""

import gc
from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, NoReturn

import click

from cheatsheet.build.last import Build, find_last
from cheatsheet.build.summary import (
    build_json,
    build_summary,
    builds_json,
    merged_findings,
    rebuild_line,
)
from cheatsheet.cli.program import main, project_folder, project_option
from cheatsheet.cli.terminal import (
    echo_report,
    edition_progress,
    print_report,
    report_options,
    say,
)
from cheatsheet.findings import Severity
from cheatsheet.findings.groups import STAGES, codes_in
from cheatsheet.layout.records import input_digest
from cheatsheet.model.editions import DEFAULT_EDITION, UnknownEditionError
from cheatsheet.pdf.store import Store

if TYPE_CHECKING:  # at run time it would bring the renderer
    from cheatsheet.build.builder import Builder


@main.command(epilog="Example: cheatsheet build print")
@click.argument("edition", required=False)
@click.option("--all", "every", is_flag=True, help="Build all editions.")
@click.option("--watch", is_flag=True, help="Build again after each save, until Ctrl-C.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Worker processes (default: one a core).")
@click.option("--no-cache", is_flag=True, help="Neither read nor write the project's cache.")
@project_option
@report_options
@click.pass_context
def build(  # noqa: PLR0913, PLR0917 - an argument for each option
    context: click.Context,
    edition: str | None,
    every: bool,  # noqa: FBT001 - click gives a flag
    watch: bool,  # noqa: FBT001
    jobs: int | None,
    no_cache: bool,  # noqa: FBT001
    project: Path | None,
    form: str,
    fail_on: Severity,
) -> None:
    """Build an EDITION of the book into dist/, and check it.

    By default, print; `epub` is for e-readers. The file is replaced only after it has passed all
    checks. Sections that did not change come from the cache, .cheatsheet_cache in the project's
    folder, which may be deleted at any time.
    """
    if every and (edition or watch):
        raise click.UsageError(f"Give either {edition or '--watch'} or --all.")
    folder, wanted = project_folder(context, project), edition or DEFAULT_EDITION
    is_cached = not (every or watch or no_cache)
    last = _find_last(folder, wanted, fail_on) if is_cached else None
    if last:
        _print(context, [last], every=False)
        context.exit(0)
    from cheatsheet.build.builder import Builder  # noqa: PLC0415 - slow

    with (
        edition_progress(quiet=watch or form != "text") as tell,
        Builder(folder, tell, jobs=jobs, cache=not no_cache) as builder,
    ):
        try:
            if watch:
                _watch(context, builder, folder, wanted)
            results = builder.build_all([] if every else [wanted], fail_on)
        except UnknownEditionError as problem:
            raise click.BadParameter(str(problem)) from None
    _print(context, results, every=every)
    gc.freeze()  # the process ends here: Python need not look through a book's objects for garbage
    context.exit(0 if all(result.ok for result in results) else 1)


def _find_last(project: Path, edition: str, fail_on: Severity) -> Build | None:
    """Return the last build of an edition, if nothing has changed since."""
    return find_last(project, Store(project), input_digest(project), fail_on, edition)


def _print(context: click.Context, results: Sequence[Build], *, every: bool) -> None:
    """Print what builds found, and a line about each."""
    if context.params["form"] == "json":
        echo_report(builds_json(results) if every else build_json(results[0]))
        return
    lines = [f"{r.edition}: {build_summary(r)}" if every else build_summary(r) for r in results]
    tried = frozenset().union(*map(_tried, results))
    summary = "\n".join(lines)
    print_report(context, merged_findings(results), tried, summary, _seconds(results))


def _tried(build: Build) -> frozenset[str]:
    """Return the codes of the rules that a build came to."""
    groups = [group for stage in build.seconds for group in STAGES.get(stage, ())]
    return codes_in(groups) - build.untried


def _seconds(builds: Iterable[Build]) -> float:
    """Return how long the longest of some builds took, which were side by side."""
    return max(sum(build.seconds.values()) for build in builds)


def _watch(context: click.Context, builder: "Builder", project: Path, edition: str) -> NoReturn:
    """Build after each save until Ctrl-C, and exit. Raises UnknownEditionError."""
    from cheatsheet.build.watching import rebuild_on_save  # noqa: PLC0415

    form, fail_on = context.params["form"], context.params["fail_on"]
    try:
        for rebuild in rebuild_on_save(builder, project, edition, Event(), fail_on):
            if form == "json":
                echo_report(build_json(rebuild.build))
            else:
                build, line = rebuild.build, rebuild_line(rebuild)
                print_report(context, build.findings, _tried(build), line, rebuild.seconds)
    except KeyboardInterrupt:
        say("")
    context.exit(0)
