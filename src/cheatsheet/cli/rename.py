"""`cheatsheet rename`."""

import click

from cheatsheet.cli.program import main, project_folder, project_option, require_slug
from cheatsheet.cli.terminal import report_made, report_options
from cheatsheet.findings.groups import codes_in
from cheatsheet.manuscript import rename_term


@main.command(epilog="Example: cheatsheet rename rag retrieval-augmented-generation")
@click.argument("old")
@click.argument("new")
@project_option
@report_options
def rename(old: str, new: str) -> None:
    """Give the term OLD the slug NEW, and change all references.

    Its file and drawing are moved. The term's name stays; its page on the website gets another
    address.
    """
    require_slug(new, "NEW")
    done = rename_term(project_folder(), old, new)
    moved, changed = ([file.as_posix() for file in files] for files in (done.moved, done.changed))
    summary = (
        "Nothing was changed."
        if done.findings
        else f"{old} is {new} now. Files moved: {len(moved)}, changed: {len(changed)}."
    )
    facts = {"moved": moved, "changed": changed}
    report_made(done.findings, codes_in(["slug", "file", "yaml"]), summary, facts)
