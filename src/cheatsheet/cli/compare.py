"""`cheatsheet compare`."""

from pathlib import Path

import click

from cheatsheet.cli.program import main
from cheatsheet.cli.terminal import report_made, report_options
from cheatsheet.findings.groups import codes_in

PDF = click.Path(exists=True, dir_okay=False, path_type=Path)


@main.command(epilog="Example: cheatsheet compare first/book.pdf second/book.pdf")
@click.argument("one", type=PDF)
@click.argument("other", type=PDF)
@report_options
def compare(one: Path, other: Path) -> None:
    """Say whether two PDFs are the same bytes, or what differs.

    Of each page, it says what differs first.
    """
    from cheatsheet.publish.compare import compare_files  # noqa: PLC0415 - a library

    found = compare_files(one, other)
    report_made(found.findings, codes_in(["release"]), found.summary, found.facts)
