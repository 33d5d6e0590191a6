"""`cheatsheet lint`."""

from pathlib import Path

import click

from cheatsheet.cli.program import main, project_folder, project_option
from cheatsheet.cli.terminal import format_option, report
from cheatsheet.proofreading import proofread


@main.command(epilog="Example: cheatsheet lint")
@project_option
@format_option
@click.pass_context
def lint(context: click.Context, project: Path | None, form: str) -> None:
    """Check the manuscript: every file of content/, without building."""
    glossary, findings = proofread(project_folder(context, project))
    counts = {"terms": len(glossary.terms)} if glossary else {}
    report(context, findings, counts, form)
