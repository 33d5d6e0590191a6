"""What a command shows: findings, results, progress. Colour only on a terminal."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn

from cheatsheet.findings import Finding, Severity, fails
from cheatsheet.findings.complaints import Complaints
from cheatsheet.findings.report.escaping import printable, printable_lines
from cheatsheet.findings.report.github import github_report
from cheatsheet.findings.report.junit import junit_report
from cheatsheet.findings.report.result_json import made_json
from cheatsheet.findings.report.text import finding_text, grouped_by_file

FORM, FAIL_ON = "cheatsheet.form", "cheatsheet.fail_on"  # keys of a context's `meta`
ALIKE = 5  # findings of one rule in one file that are shown: one cause may be on every page


def report_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --format and --fail-on; `asked_form` and `asked_severity` say what was asked for."""
    function = click.option(
        "--fail-on",
        type=click.Choice([severity.value for severity in Severity]),
        default=Severity.ERROR.value,
        show_default=True,
        expose_value=False,
        callback=lambda context, _, value: context.meta.update({FAIL_ON: Severity(value)}),
        help="How bad a finding must be to fail.",
    )(function)
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json", "junit", "github"]),
        default="text",
        show_default=True,
        expose_value=False,
        callback=lambda context, _, value: context.meta.update({FORM: value}),
        help="For people, programs, CI dashboards, or as GitHub's annotations.",
    )(function)


def asked_form() -> str:
    """Return the form that the command's answer is to have."""
    form: str = click.get_current_context().meta[FORM]
    return form


def asked_severity() -> Severity:
    """Return how bad a finding must be that the command fails."""
    severity: Severity = click.get_current_context().meta[FAIL_ON]
    return severity


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
    with _output():
        click.echo(printable_lines(text), err=err)


def echo_report(text: str) -> None:
    """Print JSON, XML or annotations, which are escaped already."""
    with _output():
        click.echo(text)


def report_made(  # noqa: PLR0913 - a report has these parts
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
    ok = ok and not fails(findings, asked_severity())
    if asked_form() == "json":
        echo_report(made_json(findings, facts, ok=ok))
    else:
        print_report(findings, codes, summary)
    click.get_current_context().exit(0 if ok else code)


def print_report(
    findings: Sequence[Finding], codes: Iterable[str], summary: str, seconds: float = 0.0
) -> None:
    """Print findings as text, JUnit XML or GitHub annotations."""
    context = click.get_current_context()
    if asked_form() == "junit":
        name = f"cheatsheet {context.info_name}"
        echo_report(junit_report(name, findings, codes, asked_severity(), seconds))
    elif asked_form() == "github":
        echo_report(github_report(findings, _from_here(context.obj or Path()), summary))
    else:
        print_findings(findings)
        say(summary)


def print_findings(findings: Sequence[Finding]) -> None:
    """Print findings, two lines each, with a space after each file's; few of one rule."""
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


@contextmanager
def progress(command: str) -> Iterator[Callable[[str, str, int, int], None]]:
    """Yield what shows a command's progress on a terminal, in one line."""
    with edition_progress() as tell:
        yield partial(tell, command)


@contextmanager
def edition_progress(*, quiet: bool = False) -> Iterator[Callable[[str, str, str, int, int], None]]:
    """Yield what shows the progress of several builds on a terminal, a line for each edition.

    It shows nothing elsewhere, and nothing where a program reads the answer.
    """
    errors = Console(stderr=True)
    columns = ("{task.fields[edition]:8}", "{task.fields[stage]:9}", "{task.description}")
    edition, stage, name = (TextColumn(column, markup=False) for column in columns)
    is_shown = errors.is_terminal and not quiet and asked_form() == "text"
    with Progress(
        edition, stage, BarColumn(), name, console=errors, transient=True, disable=not is_shown
    ) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(edition: str, stage: str, name: str, done: int, total: int) -> None:
            if edition not in tasks:
                tasks[edition] = bars.add_task("", edition=printable(edition), stage="", total=1)
            task, said = tasks[edition], printable(name)
            bars.update(task, stage=stage, description=said, completed=done, total=total)

        yield tell
