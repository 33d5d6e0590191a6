"""The program: its versions, the project's folder, and what the file system refuses."""

import sys
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

from cheatsheet import __version__

STOPPED = 130  # a shell's exit code for what was ended by Ctrl-C
CONTEXT = {"help_option_names": ["-h", "--help"]}


def _print_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's signature
    """Print the program's version and those that the PDF's bytes depend on."""
    if not wanted or context.resilient_parsing:
        return
    from cheatsheet.pdf.versions import engine_versions  # noqa: PLC0415 - looks for libraries

    click.echo(f"cheatsheet {__version__}")
    for name, version in engine_versions().items():
        click.echo(f"{name} {version}")
    context.exit()


def project_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add -C/--project, which may stand before or after the command's name."""
    return click.option(
        "-C",
        "--project",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="The project's folder, if it is not this one.",
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
        except KeyboardInterrupt:
            click.echo("Stopped; what was finished before is as it was.", err=True)
            ctx.exit(STOPPED)


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


def project_folder(context: click.Context, project: Path | None) -> Path:
    """Return the project's folder: of the command, of the program, or this one."""
    return project or context.obj or Path()
