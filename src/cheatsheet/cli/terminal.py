"""What a command shows: findings, results, progress. Colour only on a terminal."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, TaskID, TextColumn
from rich.progress import Progress as RichProgress

from cheatsheet.findings import Finding, Severity, fails
from cheatsheet.findings.complaints import Complaints

ALIKE = 5  # findings of one rule in one file that are shown: one cause may be on every page


def report_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --format and --fail-on; the functions below take both from the context."""
    function = click.option(
        "--fail-on",
        type=click.Choice([severity.value for severity in Severity]),
        default=Severity.ERROR.value,
        show_default=True,
        callback=lambda _context, _option, value: Severity(value),
        help="How bad a finding must be to fail.",
    )(function)
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json", "junit", "github"]),
        default="text",
        show_default=True,
        help="For people, programs, CI dashboards, or as GitHub's annotations.",
    )(function)


class UnprintedError(Exception):
    """What is printed cannot be written: the disk is full, or nobody reads it; says why."""


@contextmanager
def _output() -> Iterator[None]:
    """Have an error of the system in the body be one of the output. Raises UnprintedError."""
    try:
        yield
    except OSError as problem:
        raise UnprintedError(problem.strerror) from problem


class _Terminal(Console):
    """A console that tells an error of the output from one of a file."""

    def print(self, *objects: Any, **options: Any) -> None:
        """Print as a console does. Raises UnprintedError."""
        with _output():
            super().print(*objects, **options)


def console() -> Console:
    """Return a console for standard output; colour only on a terminal, and not with NO_COLOR."""
    return _Terminal(soft_wrap=True, highlight=False, markup=False, emoji=False)


def say(text: str, *, err: bool = False) -> None:
    """Print lines of text; nothing in them moves the terminal, or is a command to a CI's runner."""
    from cheatsheet.findings.report.escaping import printable_lines  # noqa: PLC0415 - see the top

    with _output():
        click.echo(printable_lines(text), err=err)


def echo_report(text: str) -> None:
    """Print JSON, XML or annotations, which are escaped already."""
    with _output():
        click.echo(text)


def report(
    context: click.Context,
    findings: list[Finding],
    counts: Mapping[str, int],
    codes: Iterable[str],
    before: str = "",
) -> NoReturn:
    """Print findings and what was looked at; exit with 1 if there are some that fail.

    `codes` are the rules that were tried; `before` stands before what was looked at.
    """
    from cheatsheet.findings.report.text import counts_text  # noqa: PLC0415 - see the top

    summary = before + counts_text(findings, counts)
    report_made(context, findings, codes, summary, {"checked": dict(counts)})


def report_made(  # noqa: PLR0913 - a report has these parts
    context: click.Context,
    findings: Sequence[Finding],
    codes: Iterable[str],
    summary: str,
    facts: Mapping[str, Any],
    *,
    ok: bool = True,
    code: int = 1,
) -> NoReturn:
    """Print what a command found and made; exit with `code` if it is not `ok` or a finding fails.

    `codes` are the rules that were tried, `facts` what JSON says of what was made.
    """
    from cheatsheet.findings.report.result_json import made_json  # noqa: PLC0415 - see the top

    ok = ok and not fails(findings, context.params["fail_on"])
    if context.params["form"] == "json":
        echo_report(made_json(findings, facts, ok=ok))
    else:
        print_report(context, findings, codes, summary)
    context.exit(0 if ok else code)


def print_report(
    context: click.Context,
    findings: Sequence[Finding],
    codes: Iterable[str],
    summary: str,
    seconds: float = 0.0,
) -> None:
    """Print findings as text, JUnit XML or GitHub annotations."""
    from cheatsheet.findings.report.github import github_report  # noqa: PLC0415 - see the top
    from cheatsheet.findings.report.junit import junit_report  # noqa: PLC0415 - see the top

    options = context.params
    if options["form"] == "junit":
        name = f"cheatsheet {context.info_name}"
        echo_report(junit_report(name, findings, codes, options["fail_on"], seconds))
    elif options["form"] == "github":
        folder = options.get("project") or context.obj or Path()
        echo_report(github_report(findings, _from_here(folder), summary))
    else:
        print_findings(findings)
        say(summary)


def print_findings(findings: Sequence[Finding]) -> None:
    """Print findings, two lines each, with a space after each file's; few of one rule."""
    from cheatsheet.findings.report.text import finding_text, grouped_by_file  # noqa: PLC0415 - see the top

    terminal = console()
    for group in grouped_by_file(findings):
        shown = Complaints(ALIKE)
        shown.add(group)
        for finding in shown.kept:
            terminal.print(finding_text(finding))
        for code, count in shown.left().items():
            terminal.print(f"{count} more like these [{code}]: `--format json` has them all")
        terminal.print()


def _from_here(folder: Path) -> Path:
    """Return a folder as seen from this one, where CI runs; itself if it is not below."""
    whole, here = folder.resolve(), Path.cwd()
    return whole.relative_to(here) if whole.is_relative_to(here) else folder


def _words(template: str) -> TextColumn:
    """Return a part of a progress line whose words are no markup, and stay in the line."""
    return TextColumn(template, markup=False)


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[str, str, int, int], None]]:
    """Yield what shows a build's progress on a terminal; elsewhere it shows nothing."""
    from cheatsheet.findings.report.escaping import printable  # noqa: PLC0415 - see the top

    errors = Console(stderr=True)
    columns = (_words("{task.fields[stage]:9}"), BarColumn(), _words("{task.description}"))
    with RichProgress(
        *columns, console=errors, transient=True, disable=quiet or not errors.is_terminal
    ) as bar:
        task = bar.add_task("", stage="", total=1)

        def tell(stage: str, name: str, done: int, total: int) -> None:
            bar.update(task, stage=stage, description=printable(name), completed=done, total=total)

        yield tell


@contextmanager
def edition_progress(*, quiet: bool) -> Iterator[Callable[[str, str, str, int, int], None]]:
    """Yield what shows the progress of several builds on a terminal, a line for each edition."""
    from cheatsheet.findings.report.escaping import printable  # noqa: PLC0415 - see the top

    errors = Console(stderr=True)
    columns = (
        _words("{task.fields[edition]:8}"),
        _words("{task.fields[stage]:9}"),
        BarColumn(),
        _words("{task.description}"),
    )
    with RichProgress(
        *columns, console=errors, transient=True, disable=quiet or not errors.is_terminal
    ) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(edition: str, stage: str, name: str, done: int, total: int) -> None:
            if edition not in tasks:
                tasks[edition] = bars.add_task("", edition=printable(edition), stage="", total=1)
            bars.update(
                tasks[edition],
                stage=stage,
                description=printable(name),
                completed=done,
                total=total,
            )

        yield tell
