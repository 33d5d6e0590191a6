"""`cheatsheet newsletter`."""

import re
from datetime import date
from typing import Any

import click

from cheatsheet.cli.program import main, project_folder, project_option
from cheatsheet.cli.terminal import report_made, report_options
from cheatsheet.findings.groups import GROUPS, codes_in


class Day(click.ParamType[date]):
    """A day as `2027-01-05`."""

    name = "day"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        """Return the day that an argument says."""
        is_day = re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII)
        try:
            return date.fromisoformat(value if is_day else "")
        except ValueError:
            why = f"there is no {value}" if is_day else f"{value!r} is no day such as 2027-01-05"
            self.fail(why, param, ctx)


@main.command(epilog="Example: cheatsheet newsletter diffusion-model")
@click.argument("issue", metavar="[SLUG|NUMBER]", required=False)
@click.option("--all", "every", is_flag=True, help="Make all issues and the plan of their dates.")
@click.option(
    "--start",
    type=Day(),
    metavar="YYYY-MM-DD",
    help="The Tuesday of the first issue; --all needs it.",
)
@project_option
@report_options
def newsletter(
    issue: str | None,
    start: date | None,
    *,
    every: bool,
) -> None:
    """Make an issue of the newsletter in dist/newsletter/.

    It is Markdown and a mail (.eml). The files are replaced only after they were read back and have
    the manuscript's words.
    """
    from cheatsheet.newsletter import (  # noqa: PLC0415 - the renderer
        NotATuesdayError,
        UnknownIssueError,
        publish,
    )

    if every == (issue is not None):
        raise click.UsageError("name an issue by its slug or number, or say --all")
    if every and start is None:
        raise click.UsageError("--all needs --start, the Tuesday of the first issue")
    try:
        made = publish(project_folder(), issue, start)
    except NotATuesdayError as problem:
        raise click.BadParameter(str(problem), param_hint="--start") from None
    except UnknownIssueError as problem:
        raise click.BadParameter(str(problem), param_hint="SLUG|NUMBER") from None
    report_made(made.findings, codes_in(GROUPS), made.summary, made.facts, ok=made.ok)
