"""`cheatsheet stamp`."""

from pathlib import Path

import click

from cheatsheet.cli.program import main, project_folder, project_option
from cheatsheet.cli.terminal import progress, report_made, report_options
from cheatsheet.findings import has_errors
from cheatsheet.findings.groups import codes_in
from cheatsheet.system.running import STOPPED


@main.command(
    epilog="Example: cheatsheet stamp --name 'Zoë Ångström' --email zoe@example.org --order 1001 "
    "-o copies"
)
@click.argument("edition", default="print")
@click.option("--name", help="The buyer's name, as it stands in the foot of every page.")
@click.option("--email", help="The buyer's e-mail address, for the metadata.")
@click.option("--order", help="The order's number, which names the file.")
@click.option(
    "--csv",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Many buyers: a CSV file with the columns name, email and order.",
)
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder for the copies.",
)
@project_option
@report_options
def stamp(  # noqa: PLR0913, PLR0917 - an argument for each option
    edition: str,
    name: str | None,
    email: str | None,
    order: str | None,
    file: Path | None,
    folder: Path,
) -> None:
    """Make a personal copy of a finished EDITION for each buyer.

    By default, of print. A copy that is there already stays, so stamping a long list can be broken
    off and begun again.
    """
    from cheatsheet.publish.buyers import make_buyer, read_buyers  # noqa: PLC0415
    from cheatsheet.publish.stamping import stamp_copies  # noqa: PLC0415

    one = {"name": name, "email": email, "order": order}
    given = {key: value for key, value in one.items() if value is not None}
    if file is not None and given:
        raise click.UsageError("Give either --csv, or --name, --email and --order.")
    if file is None and len(given) < len(one):
        missing = ", ".join(f"--{key}" for key in one if key not in given)
        raise click.UsageError(f"Missing {missing}; or give --csv with a list of buyers.")
    if file is not None:
        buyers, findings = read_buyers(file)
    else:
        buyer, findings = make_buyer(given)
        buyers = [] if has_errors(findings) else [buyer]
    with progress("stamp") as tell:
        done = stamp_copies(project_folder(), edition, buyers, folder, tell)
    done.findings[:0] = findings
    if done.stopped:
        done.findings.append(STOPPED.finding("stopped; the copies that are there are whole"))
    report_made(
        done.findings,
        codes_in(("buyers", "stamp")),
        done.summary,
        done.facts,
        code=done.stopped or 1,
    )
