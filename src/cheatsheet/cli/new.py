"""`cheatsheet new`."""

import click

from cheatsheet.cli.program import main, project_folder, project_option, require_slug
from cheatsheet.cli.terminal import report_made, report_options
from cheatsheet.findings.groups import codes_in
from cheatsheet.manuscript import outdated_count, write_new_term


@main.command(epilog="Example: cheatsheet new mixture-of-experts --related transformer")
@click.argument("slug")
@click.option(
    "--related", multiple=True, metavar="SLUG", help="A term to read next; may be repeated."
)
@project_option
@report_options
def new(slug: str, related: tuple[str, ...]) -> None:
    """Write the file of a new term, to be filled in.

    It is content/terms/SLUG.yaml, and a drawing to draw in. Its issue is the next one that is free,
    and the terms that are related name it back.
    """
    require_slug(slug, "SLUG")
    folder = project_folder()
    file, findings = write_new_term(folder, slug, related)
    count = None if findings else outdated_count(folder)
    promise = f" Set `terms` in content/book.yaml to {count}." if count else ""
    done = (
        f"{file} and its drawing are there to be filled in.{promise} "
        "`cheatsheet lint` lists what is missing."
    )
    summary = "Nothing was written." if findings else done
    facts = {"file": None if findings else file.as_posix()}
    report_made(findings, codes_in(["slug", "file"]), summary, facts)
