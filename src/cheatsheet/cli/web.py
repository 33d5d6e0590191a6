"""`cheatsheet web`."""

import click

from cheatsheet.cli.program import main, project_folder, project_option
from cheatsheet.cli.terminal import asked_severity, edition_progress, report_made, report_options
from cheatsheet.findings.groups import GROUPS, codes_in
from cheatsheet.model.editions import UnknownEditionError


@main.command(epilog="Example: cheatsheet web")
@project_option
@report_options
def web() -> None:
    """Build the book and the website of its terms into dist/web.

    The site is replaced only after it has passed all checks.
    """
    from cheatsheet.web import build_site  # noqa: PLC0415

    with edition_progress() as tell:
        try:
            result = build_site(project_folder(), tell, asked_severity())
        except UnknownEditionError as problem:
            raise click.UsageError(f"{problem}, which the site is made from") from None
    report_made(
        result.findings,
        codes_in(GROUPS),
        result.summary,
        result.facts,
        ok=result.ok,
    )
