"""`cheatsheet compare`."""

import hashlib
from pathlib import Path

import click

from cheatsheet.cli.program import main
from cheatsheet.cli.terminal import print_findings

PDF = click.Path(exists=True, dir_okay=False, path_type=Path)


@main.command(epilog="Example: cheatsheet compare first/book.pdf second/book.pdf")
@click.argument("one", type=PDF)
@click.argument("other", type=PDF)
@click.pass_context
def compare(context: click.Context, one: Path, other: Path) -> None:
    """Say whether two PDFs are the same bytes, and if not, what differs first on each page."""
    from cheatsheet.publish.compare import compare_files  # noqa: PLC0415 - a library

    findings = compare_files(one, other)
    print_findings(findings)
    if not findings:
        data = one.read_bytes()
        click.echo(f"The same {len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}.")
    context.exit(1 if findings else 0)
