"""`cheatsheet web`."""

from pathlib import Path

import click

from cheatsheet.cli.program import main, project_folder, project_option
from cheatsheet.cli.terminal import edition_progress, report_made, report_options
from cheatsheet.findings import Severity
from cheatsheet.findings.groups import GROUPS, codes_in
from cheatsheet.model.editions import UnknownEditionError


@main.command(epilog="Example: cheatsheet web")
@project_option
@report_options
@click.pass_context
def web(context: click.Context, project: Path | None, form: str, fail_on: Severity) -> None:
    """Build the book and the website of its terms into dist/web.

    The site is replaced only after it has passed all checks.
    """
    from cheatsheet.web import build_site  # noqa: PLC0415

    with edition_progress(quiet=form != "text") as tell:
        try:
            result = build_site(project_folder(context, project), tell, fail_on)
        except UnknownEditionError as problem:
            raise click.UsageError(f"{problem}, which the site is made from") from None
    report_made(
        context,
        result.findings,
        codes_in(GROUPS),
        result.summary,
        result.facts,
        ok=result.ok,
    )
