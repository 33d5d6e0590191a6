"""`cheatsheet preview`."""

import webbrowser
from pathlib import Path

import click

from cheatsheet.cli.program import main, project_folder, project_option
from cheatsheet.cli.terminal import say


@main.command(epilog="Example: cheatsheet preview phone --compare last-years.pdf")
@click.argument("edition", default="print")
@click.option(
    "--compare",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A PDF to compare with, in place of the last good build.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="Where to listen on this machine, by default on 8420 if it is free; 0 is any free port.",
)
@click.option("--no-browser", is_flag=True, help="Print the address, and open nothing.")
@project_option
def preview(
    edition: str,
    compare: Path | None,
    port: int | None,
    no_browser: bool,  # noqa: FBT001 - click's signature
) -> None:
    """Show an EDITION in the browser, and keep up with every save.

    It listens on this machine alone. Ctrl-C ends it.
    """
    from cheatsheet.preview import PortError, serve  # noqa: PLC0415

    def ready(address: str) -> None:
        say(f"{address} shows the book; Ctrl-C ends it.")
        if not no_browser:
            webbrowser.open(address)

    try:
        serve(project_folder(), port, edition, compare, ready)
    except PortError as problem:
        raise click.BadParameter(str(problem), param_hint="'--port'") from None
    except KeyboardInterrupt:
        say("")
