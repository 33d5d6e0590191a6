"""`cheatsheet kit`."""

from pathlib import Path
from typing import Any

import click

from cheatsheet.cli.program import main, project_folder, project_option
from cheatsheet.cli.terminal import progress, report_made, report_options
from cheatsheet.findings.groups import GROUPS, codes_in


@main.command(epilog="Example: cheatsheet build --all && cheatsheet kit")
@project_option
@report_options
@click.pass_context
def kit(context: click.Context, /, project: Path | None, form: str, **_: Any) -> None:
    """Make dist/kit of the built editions, for a shop's page.

    Covers, page pictures, all editions, what is new, one zip of it all, and SHA256SUMS.
    """
    from cheatsheet.publish.kit import make_kit  # noqa: PLC0415 - the renderer

    with progress(quiet=form != "text") as tell:
        made = make_kit(project_folder(context, project), tell)
    report_made(context, made.findings, codes_in(GROUPS), made.summary, made.facts, ok=made.ok)
