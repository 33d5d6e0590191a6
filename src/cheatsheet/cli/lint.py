"""`cheatsheet lint`."""

from pathlib import Path
from typing import Any

import click

from cheatsheet.cli.program import main, project_folder, project_option
from cheatsheet.cli.terminal import report, report_options
from cheatsheet.groups import MANUSCRIPT, codes_in
from cheatsheet.proofreading import proofread


@main.command(epilog="Example: cheatsheet lint")
@project_option
@report_options
@click.pass_context
def lint(context: click.Context, /, project: Path | None, **_: Any) -> None:
    """Check the manuscript: every file of content/, without building."""
    glossary, findings = proofread(project_folder(context, project))
    counts = {"terms": len(glossary.terms)} if glossary else {}
    report(context, findings, counts, codes_in(MANUSCRIPT))
