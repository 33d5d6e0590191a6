"""Text from files and file names → text that can be printed: it stays in its line and its order.

A terminal obeys escape characters, and a CI's runner obeys a line that begins with `::` (GitHub's
page "Workflow commands") or has `##[` in it (Azure Pipelines, GitHub's older form). Marks that turn
the direction of writing make a line read as another one (Unicode Technical Report 36, 2.5).
"""

import re
from dataclasses import replace
from unicodedata import category

from cheatsheet.findings import Finding

UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # control, format and direction, surrogates, line ends
COMMAND = re.compile(r"^(\s*):(?=:)|#(?=#(?:vso)?\[)")
MOST = 2000  # characters of one text that are printed


def printable(text: str) -> str:
    """Return a text in one line, with what would not be seen, or be obeyed, as its escape."""
    if not text.isprintable():
        escapes = {one: ascii(one)[1:-1] for one in text if category(one) in UNSEEN}
        text = "".join(escapes.get(one, one) for one in text)
    return COMMAND.sub(lambda found: f"{found[1]}\\x3a" if found[0][-1] == ":" else "\\x23", text)


def printable_lines(text: str) -> str:
    """Return a text of several lines, each of which can be printed."""
    return "\n".join(map(printable, text.split("\n")))


def printable_finding(finding: Finding) -> Finding:
    """Return a finding whose texts can be printed, none of them without end."""
    place = finding.place
    return replace(
        finding,
        message=printable(shortened(finding.message)),
        hint=printable(shortened(finding.hint)),
        place=replace(place, file=printable(place.file)) if place.file else place,
    )


def shortened(text: str) -> str:
    """Return the start of a text that is too long to be read, and how much more there is."""
    more = len(text) - MOST
    return f"{text[:MOST]}... and {more:,} characters more" if more > 0 else text
