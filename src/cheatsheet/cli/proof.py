"""`cheatsheet proof`."""

import click

from cheatsheet.cli.program import main, project_folder, project_option
from cheatsheet.cli.terminal import report_made, report_options
from cheatsheet.findings.groups import MANUSCRIPT, codes_in


@main.command(epilog="Example: cheatsheet proof print")
@click.argument("edition", default="print")
@click.option("--pictures", is_flag=True, help="Only the drawings; the book need not be built.")
@project_option
@report_options
def proof(edition: str, *, pictures: bool) -> None:
    """Make pictures of a built EDITION in dist/proof/.

    By default, of print: every page and every drawing alone, and sheets of all of them, in colour
    and in grey.
    """
    from cheatsheet.build.proof import FOLDER, make_proof  # noqa: PLC0415

    made = make_proof(project_folder(), edition, drawings_alone=pictures)
    facts = {"files": [file.as_posix() for file in made.files]}
    summary = f"{FOLDER}: {len(made.files)} pictures"
    report_made(made.findings, codes_in(MANUSCRIPT), summary, facts)
