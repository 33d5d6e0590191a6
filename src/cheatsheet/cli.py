"""The command line: options, printing, exit codes (0 well, 1 findings, 2 usage). Computes nothing.

What needs the renderer is imported when a command runs, so that `--help` and `lint` are quick.
"""

import gc
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as RichProgress

from cheatsheet import __version__
from cheatsheet.findings import Finding, has_errors
from cheatsheet.manuscript import write_new_term
from cheatsheet.proofreading import proofread

CONTEXT = {"help_option_names": ["-h", "--help"]}


def _print_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's signature
    """Print the program's version and those that the PDF's bytes depend on."""
    if not wanted or context.resilient_parsing:
        return
    from cheatsheet.pdf import engine_versions  # noqa: PLC0415 - imports the renderer

    click.echo(f"cheatsheet {__version__}")
    for name, version in engine_versions().items():
        click.echo(f"{name} {version}")
    context.exit()


def _project_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add -C/--project, which may stand before or after the command's name."""
    return click.option(
        "-C",
        "--project",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="The project's folder, if it is not this one.",
    )(function)


def _format_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --format."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="How to report.",
    )(function)


class _Plain(click.Group):
    """A group whose commands answer what the file system refuses in one sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; characters that the terminal does not have are escaped."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        try:
            return super().invoke(ctx)
        except OSError as problem:
            name = Path(problem.filename).name if problem.filename else "a file"
            raise click.ClickException(f"{name}: {problem.strerror}; nothing was changed") from None


@click.group(cls=_Plain, context_settings=CONTEXT, epilog="Example: cheatsheet build")
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the versions and exit.",
)
@_project_option
@click.pass_context
def main(context: click.Context, project: Path | None) -> None:
    """Build the cheat sheet: terms in YAML to a typeset, checked PDF."""
    context.obj = project


@main.command(epilog="Example: cheatsheet build print")
@click.argument("edition", default="print")
@_project_option
@_format_option
@click.pass_context
def build(context: click.Context, edition: str, project: Path | None, form: str) -> None:
    """Build an EDITION of the book (by default: print) into dist/.

    The PDF is replaced only after it has passed all checks.
    """
    from cheatsheet.build import UnknownEditionError, Workshop  # noqa: PLC0415 - the renderer
    from cheatsheet.report import build_json, build_summary  # noqa: PLC0415

    with _progress(quiet=form != "text") as tell:
        try:
            result = Workshop(_project(context, project), tell).build(edition)
        except UnknownEditionError as problem:
            editions = ", ".join(problem.editions)
            raise click.BadParameter(f"{problem}; there is: {editions}") from None
    if form == "json":
        click.echo(build_json(result))
    else:
        _print_findings(result.findings)
        _console().print(build_summary(result), highlight=False, soft_wrap=True)
    gc.freeze()  # the process ends here: Python need not look through a book's objects for garbage
    context.exit(0 if result.ok else 1)


@main.command(epilog="Example: cheatsheet check dist/speaknerd-cheat-sheet.pdf")
@click.argument("pdf", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_project_option
@_format_option
@click.pass_context
def check(context: click.Context, pdf: Path | None, project: Path | None, form: str) -> None:
    """Check a PDF (by default: the built book) against the manuscript."""
    from cheatsheet.build import check_file  # noqa: PLC0415 - the renderer

    checked = check_file(_project(context, project), pdf)
    _report(context, checked.findings, checked.counts, form)


@main.command(epilog="Example: cheatsheet lint")
@_project_option
@_format_option
@click.pass_context
def lint(context: click.Context, project: Path | None, form: str) -> None:
    """Check the manuscript: every file of content/, without building."""
    glossary, findings = proofread(_project(context, project))
    counts = {"terms": len(glossary.terms)} if glossary else {}
    _report(context, findings, counts, form)


@main.command(epilog="Example: cheatsheet new mixture-of-experts")
@click.argument("slug")
@_project_option
@click.pass_context
def new(context: click.Context, slug: str, project: Path | None) -> None:
    """Write content/terms/SLUG.yaml, a new term's file to fill in."""
    file, findings = write_new_term(_project(context, project), slug)
    _print_findings(findings)
    if findings:
        context.exit(1)
    click.echo(f"{file} is there to be filled in; add 1 to `terms` in content/book.yaml.")


def _project(context: click.Context, project: Path | None) -> Path:
    """Return the project's folder: of the command, of the program, or this one."""
    return project or context.obj or Path()


def _console() -> Console:
    """Return a console for standard output; colour only on a terminal, and not with NO_COLOR."""
    return Console(soft_wrap=True, highlight=False, markup=False, emoji=False)


def _report(
    context: click.Context, findings: list[Finding], counts: Mapping[str, int], form: str
) -> None:
    """Print findings and what was looked at; exit with 1 if there are errors."""
    from cheatsheet.report import counts_text, findings_json  # noqa: PLC0415 - see the top

    if form == "json":
        click.echo(findings_json(findings, counts))
    else:
        _print_findings(findings)
        click.echo(counts_text(findings, counts))
    context.exit(1 if has_errors(findings) else 0)


def _print_findings(findings: Sequence[Finding]) -> None:
    """Print findings, two lines each."""
    from cheatsheet.report import finding_text  # noqa: PLC0415 - see the top

    console = _console()
    for finding in findings:
        console.print(finding_text(finding))


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[str, str, int, int], None]]:
    """Yield what shows a build's progress on a terminal; elsewhere it shows nothing."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.fields[stage]:9}"), BarColumn(), TextColumn("{task.description}"))
    with RichProgress(
        *columns, console=console, transient=True, disable=quiet or not console.is_terminal
    ) as bar:
        task = bar.add_task("", stage="", total=1)

        def tell(stage: str, name: str, done: int, total: int) -> None:
            bar.update(task, stage=stage, description=name, completed=done, total=total)

        yield tell
