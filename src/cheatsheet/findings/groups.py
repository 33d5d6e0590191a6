"""The groups of rules: their titles, and the stage of a build that tries them."""

from collections.abc import Iterable

from cheatsheet.findings import RULES

MANUSCRIPT = {
    "file": "Files of the project",
    "yaml": "YAML of the manuscript",
    "slug": "Names of files",
    "fields": "Fields",
    "labels": "Words of the program",
    "plan": "The book as a whole",
    "refs": "References",
    "pairs": "Confused pairs",
    "claims": "Sources",
    "picture": "Pictures",
    "text": "Mechanics of the text",
    "spell": "Spelling",
    "style": "House style",
    "repeat": "Terms that sound alike",
    "except": "Exceptions",
}
LAYOUT = {
    "css": "Style sheets",
    "layout": "Layout",
    "fit": "Room on the pages",
}
LINKING = {"bind": "Linking"}
CHECKS = {
    "pdf": "The PDF as a file",
    "pages": "Pages of the PDF",
    "terms": "Terms in the PDF",
    "links": "Links of the PDF",
    "outline": "Outline of the PDF",
    "fonts": "Fonts of the PDF",
    "meta": "Metadata of the PDF",
    "tags": "Tags of the PDF",
    "safe": "Safety of the PDF",
    "sample": "The free sample",
    "epub": "The EPUB",
    "lines": "Lines of the PDF",
    "visible": "What can be seen in the PDF",
}
PUBLISHED = {
    "build": "Building",
    "import": "Published pages and newsletters",
    "newsletter": "The newsletter",
    "web": "The website",
    "parity": "The same words everywhere",
    "buyers": "Lists of buyers",
    "stamp": "Buyers' copies",
    "kit": "The kit for shops",
    "release": "Releases",
    "run": "Running a command",
}
GROUPS = MANUSCRIPT | LAYOUT | LINKING | CHECKS | PUBLISHED
"""The title of each group, in the order in which the pipeline meets them."""
STAGES = {"lint": MANUSCRIPT, "layout": LAYOUT | LINKING, "check": CHECKS}
"""The groups that each stage of a build tries."""


def codes_in(groups: Iterable[str]) -> frozenset[str]:
    """Return the codes of the rules in groups."""
    wanted = set(groups)
    return frozenset(code for code, rule in RULES.items() if rule.group in wanted)
