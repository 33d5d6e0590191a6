"""The program: its versions, the project's folder, and what the file system refuses."""

import sys
from collections.abc import Callable, Sequence
from io import StringIO, TextIOWrapper
from itertools import pairwise
from os.path import relpath
from pathlib import Path
from typing import Any, NoReturn

import click

from cheatsheet import __version__
from cheatsheet.cli.terminal import echo_report, say
from cheatsheet.findings import Finding, Severity
from cheatsheet.system.running import REFUSED, STOPPED, USAGE

STOPPED_CODE = 130  # a shell's exit code for what was ended by Ctrl-C
FORM = "cheatsheet.form"  # a key of a context's `meta`
STOPPED_SAYS = "Stopped; every file is whole, as it was or as it is to be."
PARTS = ("book.yaml", "categories.yaml", "terms")  # of content/: a project has one at least
MEMORY = "there is not as much memory as this takes; every file is whole"
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


def project_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add -C/--project, which may stand before or after the command's name."""
    return click.option(
        "-C",
        "--project",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="The project's folder, if it is not this one or one around it.",
    )(function)


class _Plain(click.Group):
    """A group whose commands answer what keeps them from their work in one sentence or as JSON."""

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
            context = super().make_context(info_name, args, parent, **extra)
        except click.UsageError as problem:
            if _say_as(form, USAGE.finding(problem.format_message())):
                sys.exit(problem.exit_code)
            raise
        context.meta[FORM] = form
        return context

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; characters that the terminal does not have are escaped."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        try:
            return super().invoke(ctx)
        except click.ClickException as problem:
            if _say_as(ctx.meta[FORM], USAGE.finding(problem.format_message())):
                ctx.exit(problem.exit_code)
            shown = StringIO()
            problem.show(shown)
            say(shown.getvalue().rstrip("\n"), err=True)
            ctx.exit(problem.exit_code)
        except OSError as problem:
            name = Path(problem.filename).name if problem.filename else "a file"
            message = f"{name}: {problem.strerror}; nothing was changed"
            _answer(ctx, REFUSED.finding(message), 1, "Error: ")
        except MemoryError as problem:
            _answer(ctx, REFUSED.finding(str(problem) or MEMORY), 1, "Error: ")
        except KeyboardInterrupt:
            _answer(ctx, STOPPED.finding(STOPPED_SAYS), STOPPED_CODE)


def _answer(context: click.Context, finding: Finding, code: int, before: str = "") -> NoReturn:
    """Say why a command broke off, in the form that was asked for, and exit with a code."""
    if not _say_as(context.meta[FORM], finding):
        say(f"{before}{finding.message}", err=True)
    context.exit(code)


def _form(arguments: Sequence[str]) -> str:
    """Return the form that arguments ask for, though some of them may be wrong."""
    split = [part for argument in arguments for part in argument.split("=", 1)]
    return dict(pairwise(split)).get("--format", "text")


def _say_as(form: str, finding: Finding) -> bool:
    """Print for programs why a command broke off; tell whether it is one of their forms."""
    from cheatsheet.report import github_report, junit_report, made_json  # noqa: PLC0415 - not needed for --help

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
@click.pass_context
def main(context: click.Context, project: Path | None) -> None:
    """Build the cheat sheet: terms in YAML to a typeset, checked PDF."""
    context.obj = project


class NoProjectError(click.ClickException):
    """A command that needs a project was called outside of any."""

    exit_code = 2

    def __init__(self, folder: Path) -> None:
        name = folder.resolve().name or "/"
        super().__init__(
            f"`{name}` is no project: there is no content/book.yaml in it, nor in a folder above "
            "it; go to the project's folder, or name it with -C"
        )


def project_folder(context: click.Context, project: Path | None, *, needed: bool = True) -> Path:
    """Return the project's folder: of the command, of the program, or the one around this folder.

    Raises NoProjectError if there is none and one is `needed`.
    """
    given: Path | None = project or context.obj
    here = Path.cwd()
    around = (one for one in (here, *here.parents) if (one / "content/book.yaml").is_file())
    folder = given or Path(relpath(next(around, here)))
    if needed and not any((folder / "content" / part).exists() for part in PARTS):
        raise NoProjectError(folder)
    context.obj = folder
    return folder


def require_slug(slug: str, argument: str) -> None:
    """Raise BadParameter for what no term's slug can be."""
    from cheatsheet.manuscript import is_slug  # noqa: PLC0415 - not needed for --help

    if not is_slug(slug):
        message = f"`{slug}` is not a slug: lower-case letters, digits and single hyphens, like "
        raise click.BadParameter(f"{message}mixture-of-experts", param_hint=argument)
