"""`cheatsheet kit`."""

from cheatsheet.cli.program import main, project_folder, project_option
from cheatsheet.cli.terminal import progress, report_made, report_options
from cheatsheet.findings.groups import GROUPS, codes_in


@main.command(epilog="Example: cheatsheet build --all && cheatsheet kit")
@project_option
@report_options
def kit() -> None:
    """Make dist/kit of the built editions, for a shop's page.

    Covers, page pictures, all editions, what is new, one zip of it all, and SHA256SUMS.
    """
    from cheatsheet.publish.kit import make_kit  # noqa: PLC0415 - the renderer

    with progress("kit") as tell:
        made = make_kit(project_folder(), tell)
    report_made(made.findings, codes_in(GROUPS), made.summary, made.facts, ok=made.ok)
