"""`cheatsheet check`."""

import re
from pathlib import Path
from typing import Any

import click

from cheatsheet.cli.program import main, project_folder, project_option
from cheatsheet.cli.terminal import report_made, report_options
from cheatsheet.findings.groups import CHECKS, LAYOUT, MANUSCRIPT, codes_in
from cheatsheet.findings.report.text import counts_text

SLUG = re.compile(r"[a-z0-9-]+")


class _File(click.Path):
    """A file to check; who names an edition is told how that is done."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path of a file. Raises click.BadParameter."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as problem:
            if not SLUG.fullmatch(str(value)) or Path(value).exists():
                raise
            how = f"An edition is named by an option: --edition {value}"
            raise click.BadParameter(f"{problem.message} {how}", ctx, param) from None


@main.command(epilog="Example: cheatsheet check dist/the-book.pdf --select links,fonts")
@click.argument("pdf", required=False, type=_File(exists=True, dir_okay=False, path_type=Path))
@click.option("--edition", help="The edition that the PDF is, if its name does not say so.")
@click.option("--select", help="Only these rules: groups or codes, with commas between.")
@project_option
@report_options
def check(
    pdf: Path | None,
    edition: str | None,
    select: str | None,
) -> None:
    """Check a PDF or an EPUB against the manuscript.

    By default, the built book. A PDF that is no edition of the book, by its name, its title or its
    destinations, is checked by the rules that hold for any PDF.
    """
    from cheatsheet.build.checking import check_file  # noqa: PLC0415 - the renderer
    from cheatsheet.cli.rulebook import UnknownRuleError, codes_named  # noqa: PLC0415 - as above

    try:
        names = [name.strip() for name in (select or "").split(",") if name.strip()]
        codes = codes_named(names, (*CHECKS, *MANUSCRIPT, *LAYOUT)) if names else None
    except UnknownRuleError as problem:
        raise click.BadParameter(str(problem)) from None
    folder = project_folder(needed=not pdf or bool(edition))
    checked = check_file(folder, pdf, edition, codes)
    tried = checked.rules | (codes_in(MANUSCRIPT) if checked.edition else frozenset())
    judged = "" if checked.edition or not checked.counts else "No edition of the book; as a PDF: "
    summary = judged + counts_text(checked.findings, checked.counts)
    facts = {"checked": dict(checked.counts)}
    report_made(checked.findings, tried & (codes or tried), summary, facts)
