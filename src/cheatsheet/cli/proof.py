"""`cheatsheet proof`."""

from pathlib import Path

import click

from cheatsheet.cli.program import main, project_folder, project_option
from cheatsheet.cli.terminal import print_findings


@main.command(epilog="Example: cheatsheet proof print")
@click.argument("edition", default="print")
@click.option("--pictures", is_flag=True, help="Only the drawings; the book need not be built.")
@project_option
@click.pass_context
def proof(context: click.Context, edition: str, project: Path | None, *, pictures: bool) -> None:
    """Make pictures of a built EDITION (by default: print) in dist/proof/, to look at.

    Every page and every drawing alone, and sheets of all of them, in colour and in grey.
    """
    from cheatsheet.build import UnknownEditionError  # noqa: PLC0415 - the renderer
    from cheatsheet.findings import has_errors  # noqa: PLC0415
    from cheatsheet.proof import FOLDER, make_proof, proof_pictures  # noqa: PLC0415

    folder = project_folder(context, project)
    try:
        made = proof_pictures(folder) if pictures else make_proof(folder, edition)
    except UnknownEditionError as problem:
        editions = ", ".join(problem.editions)
        raise click.BadParameter(f"{problem}; there is: {editions}") from None
    print_findings(made.findings)
    click.echo(f"{FOLDER}: {len(made.files)} pictures")
    context.exit(1 if has_errors(made.findings) else 0)
