"""The program: its versions, the project's folder, and what the file system refuses."""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from io import StringIO, TextIOWrapper
from itertools import pairwise
from keyword import iskeyword
from os.path import relpath
from pathlib import Path
from typing import Any, NoReturn

import click

from cheatsheet import __version__
from cheatsheet.cli.terminal import FORM, UnprintedError, echo_report, print_findings, say
from cheatsheet.findings import NOWHERE, Finding, FindingError, Severity
from cheatsheet.findings.report.github import github_report
from cheatsheet.findings.report.junit import junit_report
from cheatsheet.findings.report.result_json import made_json
from cheatsheet.model.editions import UnknownEditionError
from cheatsheet.system.ending import stopped_code
from cheatsheet.system.running import REFUSED, STOPPED, USAGE, refused_hint, why_refused

STOPPED_SAYS = "Stopped; every file is whole, as it was or as it is to be."
PARTS = ("book.yaml", "categories.yaml", "terms")  # of content/: a project has one at least
MEMORY = "there is not as much memory as this takes; every file is whole"
NO_THREAD = "can't start new thread"  # CPython's words for a limit of the system's
THREADS = "the system lets this program start no more threads: see `ulimit -u`"
BUYERS = {"--name", "--email", "--order"}
COMMANDS = (
    "build", "check", "compare", "import", "init", "kit", "lint",
    "new", "newsletter", "preview", "proof", "rename", "stamp", "web",
)  # fmt: skip
CONTEXT = {"help_option_names": ["-h", "--help"]}


def _print_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's signature
    """Print the program's version and those that the PDF's bytes depend on."""
    if not wanted or context.resilient_parsing:
        return
    from cheatsheet.pdf.versions import engine_versions  # noqa: PLC0415 - looks for libraries

    say(f"cheatsheet {__version__}")
    for name, version in engine_versions().items():
        say(f"{name} {version}")
    context.exit()


def _note_project(context: click.Context, _: click.Parameter, project: Path | None) -> None:
    """Note the project's folder, if it is given: a command's own comes after the program's."""
    context.obj = project or context.obj


def project_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add -C/--project, which may stand before or after the command's name."""
    return click.option(
        "-C",
        "--project",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        expose_value=False,
        callback=_note_project,
        help="The project's folder, if it is not this one or one around it.",
    )(function)


class _Command(click.Command):
    """A command that may be asked for an edition that is not there."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Raises BadParameter."""
        try:
            return super().invoke(ctx)
        except UnknownEditionError as problem:
            raise click.BadParameter(str(problem), ctx) from None


class _Plain(click.Group):
    """A group whose commands answer what keeps them from their work in one sentence or as JSON.

    A command is imported when it is asked for; all are where there is none of that name, which may
    be a slip.
    """

    command_class = _Command

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands, in order."""
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command; None if there is none of that name."""
        for name in [cmd_name] if cmd_name in COMMANDS else COMMANDS:
            import_module(f"cheatsheet.cli.{name}{'_' * iskeyword(name)}")
        return super().get_command(ctx, cmd_name)

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Return the program's context, which knows the form that answers are to have."""
        form = _form(args)
        try:
            _refuse_empty(args)
            context = super().make_context(info_name, args, parent, **extra)
        except click.UsageError as problem:
            _say_usage(form, problem)
            sys.exit(problem.exit_code)
        context.meta[FORM] = form
        return context

    def main(self, *args: Any, **options: Any) -> Any:
        """Run the program, as click has it; an error that is left is one of the output."""
        try:
            return super().main(*args, **options)
        except OSError as problem:
            _unprinted(UnprintedError(problem.strerror))
        except UnprintedError as problem:
            _unprinted(problem)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; characters that the terminal does not have are escaped."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        try:
            return super().invoke(ctx)
        except click.ClickException as problem:
            _say_usage(ctx.meta[FORM], problem)
            ctx.exit(problem.exit_code)
        except BrokenPipeError:  # nobody reads the help of a command
            raise
        except KeyboardInterrupt as problem:
            _answer(ctx, STOPPED.finding(STOPPED_SAYS), stopped_code(problem))
        except Exception as problem:
            reason = _reason(problem)
            if reason is None:
                raise
            _answer(ctx, reason, 1, "Error: ")


def _reason(problem: Exception) -> Finding | None:
    """Return what broke a command off, if it is none of the program's own mistakes."""
    if isinstance(problem, FindingError):
        return problem.finding
    if isinstance(problem, OSError):
        file = problem.filename  # or a descriptor's number
        name = f"{Path(file).name}: " if file and isinstance(file, str) else ""
        message = f"{name}{why_refused(problem)}; nothing was changed"
        return REFUSED.finding(message, hint=refused_hint(problem))
    if isinstance(problem, MemoryError):
        return REFUSED.finding(str(problem) or MEMORY)
    return REFUSED.finding(THREADS) if str(problem) == NO_THREAD else None


def _say_usage(form: str, problem: click.ClickException) -> None:
    """Print what is wrong with a command, in the form that was asked for."""
    if not _say_as(form, USAGE.finding(problem.format_message())):
        shown = StringIO()
        problem.show(shown)
        say(shown.getvalue().rstrip("\n"), err=True)


def _refuse_empty(arguments: Sequence[str]) -> None:
    """Raise UsageError for an empty argument, as a script has it whose variable is not set.

    A buyer's empty name is for `stamp` to refuse, which says what to ask the buyer.
    """
    for before, argument in pairwise(["", *arguments]):
        is_option = argument.startswith("--") and argument.endswith("=")
        option = argument[:-1] if is_option else before
        if (is_option or not argument) and option not in BUYERS:
            where = option if option.startswith("-") else "an argument"
            raise click.UsageError(f"{where} is empty; is the variable set that stands there?")


def _unprinted(problem: UnprintedError) -> NoReturn:
    """Say that the output cannot be written, unless it is that nobody reads it, and exit.

    What is still to be printed goes nowhere: Python would try again at its end.
    """
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if not isinstance(problem.__cause__, BrokenPipeError):
        with suppress(UnprintedError):
            say(f"Error: the output cannot be written: {problem}", err=True)
    sys.exit(1)


def _answer(context: click.Context, finding: Finding, code: int, before: str = "") -> NoReturn:
    """Say why a command broke off, in the form that was asked for, and exit with a code."""
    if _say_as(context.meta[FORM], finding):
        pass
    elif finding.place == NOWHERE:
        say(f"{before}{finding.message}", err=True)
    else:
        print_findings([finding])
        say("Nothing was made: 1 error.")
    context.exit(code)


def _form(arguments: Sequence[str]) -> str:
    """Return the form that arguments ask for, though some of them may be wrong."""
    split = [part for argument in arguments for part in argument.split("=", 1)]
    return dict(pairwise(split)).get("--format", "text")


def _say_as(form: str, finding: Finding) -> bool:
    """Print for programs why a command broke off; tell whether it is one of their forms."""
    made = {
        "json": lambda: made_json([finding], {}, ok=False),
        "junit": lambda: junit_report("cheatsheet", [finding], [], Severity.ERROR),
        "github": lambda: github_report([finding], Path(), "Nothing was done."),
    }
    if form in made:
        echo_report(made[form]())
    return form in made


@click.group(cls=_Plain, context_settings=CONTEXT, epilog="Example: cheatsheet build")
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the versions and exit.",
)
@project_option
def main() -> None:
    """Build the cheat sheet: terms in YAML to a typeset, checked PDF."""


class NoProjectError(click.ClickException):
    """A command that needs a project was called outside of any."""

    exit_code = 2

    def __init__(self, folder: Path) -> None:
        name = folder.resolve().name or "/"
        project = _above(folder)
        above = (
            f"; the project is `{project.name}`, a folder above it: name that with -C"
            if project
            else ", nor in a folder above it; go to the project's folder, or name it with -C"
        )
        super().__init__(f"`{name}` is no project: there is no content/book.yaml in it{above}")


def project_folder(*, needed: bool = True) -> Path:
    """Return the project's folder: the one that was given, or else the one around this folder.

    Raises NoProjectError if there is none and one is `needed`.
    """
    context = click.get_current_context()
    folder: Path = context.obj or _around()
    if needed and not any((folder / "content" / part).exists() for part in PARTS):
        raise NoProjectError(folder)
    context.obj = folder
    return folder


def _around() -> Path:
    """Return the project's folder around this one; this one if there is none."""
    try:
        here = Path.cwd()
    except FileNotFoundError:
        raise click.UsageError("this folder is not there any more; go to another one") from None
    return Path(relpath(_above(here) or here))


def _above(folder: Path) -> Path | None:
    """Return which is a project, a folder or the nearest above it; None if there is none."""
    here = folder.resolve()
    around = (one for one in (here, *here.parents) if (one / "content/book.yaml").is_file())
    return next(around, None)


def require_slug(slug: str, argument: str) -> None:
    """Raise BadParameter for what no term's slug can be."""
    from cheatsheet.manuscript.slugs import is_slug, no_slug  # noqa: PLC0415 - not for --help

    if not is_slug(slug):
        finding = no_slug(slug)
        raise click.BadParameter(f"{finding.message}: {finding.hint}", param_hint=argument)
