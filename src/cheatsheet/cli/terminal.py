"""What a command shows: findings, results, progress. Colour only on a terminal."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn
from rich.progress import Progress as RichProgress

from cheatsheet.findings import Finding, has_errors


def format_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --format."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="How to report.",
    )(function)


def console() -> Console:
    """Return a console for standard output; colour only on a terminal, and not with NO_COLOR."""
    return Console(soft_wrap=True, highlight=False, markup=False, emoji=False)


def report(
    context: click.Context, findings: list[Finding], counts: Mapping[str, int], form: str
) -> None:
    """Print findings and what was looked at; exit with 1 if there are errors."""
    from cheatsheet.report import counts_text, findings_json  # noqa: PLC0415 - see the top

    if form == "json":
        click.echo(findings_json(findings, counts))
    else:
        print_findings(findings)
        click.echo(counts_text(findings, counts))
    context.exit(1 if has_errors(findings) else 0)


def print_findings(findings: Sequence[Finding]) -> None:
    """Print findings, two lines each."""
    from cheatsheet.report import finding_text  # noqa: PLC0415 - see the top

    terminal = console()
    for finding in findings:
        terminal.print(finding_text(finding))


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[str, str, int, int], None]]:
    """Yield what shows a build's progress on a terminal; elsewhere it shows nothing."""
    errors = Console(stderr=True)
    columns = (TextColumn("{task.fields[stage]:9}"), BarColumn(), TextColumn("{task.description}"))
    with RichProgress(
        *columns, console=errors, transient=True, disable=quiet or not errors.is_terminal
    ) as bar:
        task = bar.add_task("", stage="", total=1)

        def tell(stage: str, name: str, done: int, total: int) -> None:
            bar.update(task, stage=stage, description=name, completed=done, total=total)

        yield tell


@contextmanager
def edition_progress(*, quiet: bool) -> Iterator[Callable[[str, str, str, int, int], None]]:
    """Yield what shows the progress of several builds on a terminal, a line for each edition."""
    errors = Console(stderr=True)
    columns = (
        TextColumn("{task.fields[edition]:8}"),
        TextColumn("{task.fields[stage]:9}"),
        BarColumn(),
        TextColumn("{task.description}"),
    )
    with RichProgress(
        *columns, console=errors, transient=True, disable=quiet or not errors.is_terminal
    ) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(edition: str, stage: str, name: str, done: int, total: int) -> None:
            if edition not in tasks:
                tasks[edition] = bars.add_task("", edition=edition, stage="", total=1)
            bars.update(tasks[edition], stage=stage, description=name, completed=done, total=total)

        yield tell
