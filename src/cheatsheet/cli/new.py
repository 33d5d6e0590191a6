"""`cheatsheet new`."""

from pathlib import Path
from typing import Any

import click

from cheatsheet.cli.program import main, project_folder, project_option
from cheatsheet.cli.terminal import report_made, report_options
from cheatsheet.groups import codes_in
from cheatsheet.manuscript import is_slug, write_new_term


@main.command(epilog="Example: cheatsheet new mixture-of-experts")
@click.argument("slug")
@project_option
@report_options
@click.pass_context
def new(context: click.Context, /, slug: str, project: Path | None, **_: Any) -> None:
    """Write content/terms/SLUG.yaml, a new term's file to fill in, and a drawing to draw in."""
    if not is_slug(slug):
        raise click.BadParameter(
            f"`{slug}` is not a slug: lower-case letters, digits and single hyphens, like "
            "mixture-of-experts",
            param_hint="SLUG",
        )
    file, findings = write_new_term(project_folder(context, project), slug)
    done = (
        f"{file} and its drawing are there to be filled in; add 1 to `terms` in content/book.yaml."
    )
    summary = "Nothing was written." if findings else done
    facts = {"file": None if findings else file.as_posix()}
    report_made(context, findings, codes_in(["slug", "file"]), summary, facts)
