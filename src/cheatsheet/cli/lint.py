"""`cheatsheet lint`."""

import os
import re
from datetime import UTC, datetime

import click

from cheatsheet.cli.program import main, project_folder, project_option
from cheatsheet.cli.terminal import asked_form, console, report_made, report_options
from cheatsheet.findings.groups import MANUSCRIPT, codes_in
from cheatsheet.findings.report.text import counts_text
from cheatsheet.lint import untried
from cheatsheet.lint.ledger import due_json, due_text
from cheatsheet.lint.proofreading import proofread

MONTH = re.compile(r"[12]\d{3}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?")


def _month(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """Return a month or day as it was given. Raises BadParameter."""
    if value is not None and not MONTH.fullmatch(value):
        raise click.BadParameter(f"{value!r} is no month like 2027-03, and no day like 2027-03-31.")
    return value


@main.command(epilog="Example: cheatsheet lint --due 2027-03")
@click.option("--due", metavar="MONTH", callback=_month, help="List the claims due by then.")
@project_option
@report_options
def lint(due: str | None) -> None:
    """Check the manuscript, every file of content/.

    Which claims are due and which dates have passed is judged by today, or by the day in
    SOURCE_DATE_EPOCH; a build judges by `as_of` in content/book.yaml and looks at no clock.
    """
    if due and asked_form() not in {"text", "json"}:
        raise click.UsageError("--due knows the formats text and json.")
    glossary, findings = proofread(project_folder(), _today())
    if due and glossary:
        terminal = console()
        terminal.print((due_json if asked_form() == "json" else due_text)(glossary, due))
        return
    counts = {"terms": len(glossary.terms)} if glossary else {}
    off = untried(glossary) if glossary else frozenset()
    summary = counts_text(findings, counts)
    report_made(findings, codes_in(MANUSCRIPT) - off, summary, {"checked": counts})


def _today() -> str:
    """Return the day: that of SOURCE_DATE_EPOCH (reproducible-builds.org), or else of the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    given = epoch.isdecimal() and len(epoch) < len("100000000000")  # the year 5138
    now = datetime.fromtimestamp(int(epoch), UTC) if given else datetime.now(UTC)
    return now.date().isoformat()
