"""`cheatsheet build`."""

import gc
from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

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
    asked_form,
    asked_severity,
    echo_report,
    edition_progress,
    print_report,
    report_options,
    say,
)
from cheatsheet.findings.groups import STAGES, codes_in
from cheatsheet.layout.records import input_digest
from cheatsheet.model.editions import DEFAULT_EDITION
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
) -> None:
    """Build an EDITION of the book into dist/, and check it.

    By default, print; `epub` is for e-readers. The file is replaced only after it has passed all
    checks. Sections that did not change come from the cache, .cheatsheet_cache in the project's
    folder, which may be deleted at any time.
    """
    if every and (edition or watch):
        raise click.UsageError(f"Give either {edition or '--watch'} or --all.")
    folder, wanted, fail_on = project_folder(), edition or DEFAULT_EDITION, asked_severity()
    if not (every or watch or no_cache):
        last = find_last(folder, Store(folder), input_digest(folder), fail_on, wanted)
        if last:
            _print([last], every=False)
            context.exit(0)
    from cheatsheet.build.builder import Builder  # noqa: PLC0415 - slow

    with (
        edition_progress(quiet=watch) as tell,
        Builder(folder, tell, jobs=jobs, cache=not no_cache) as builder,
    ):
        if watch:
            _watch(builder, folder, wanted)
            context.exit(0)
        results = builder.build_all([] if every else [wanted], fail_on)
    _print(results, every=every)
    gc.freeze()  # the process ends here: Python need not look through a book's objects for garbage
    context.exit(0 if all(result.ok for result in results) else 1)


def _print(results: Sequence[Build], *, every: bool) -> None:
    """Print what builds found, and a line about each."""
    if asked_form() == "json":
        echo_report(builds_json(results) if every else build_json(results[0]))
        return
    lines = [f"{r.edition}: {build_summary(r)}" if every else build_summary(r) for r in results]
    tried = frozenset().union(*map(_tried, results))
    summary = "\n".join(lines)
    seconds = max(sum(build.seconds.values()) for build in results)  # they were side by side
    print_report(merged_findings(results), tried, summary, seconds)


def _tried(build: Build) -> frozenset[str]:
    """Return the codes of the rules that a build came to."""
    groups = [group for stage in build.seconds for group in STAGES.get(stage, ())]
    return codes_in(groups) - build.untried


def _watch(builder: "Builder", project: Path, edition: str) -> None:
    """Build after each save until Ctrl-C. Raises UnknownEditionError."""
    from cheatsheet.build.watching import rebuild_on_save  # noqa: PLC0415

    try:
        for rebuild in rebuild_on_save(builder, project, edition, Event(), asked_severity()):
            if asked_form() == "json":
                echo_report(build_json(rebuild.build))
            else:
                build, line = rebuild.build, rebuild_line(rebuild)
                print_report(build.findings, _tried(build), line, rebuild.seconds)
    except KeyboardInterrupt:
        say("")
