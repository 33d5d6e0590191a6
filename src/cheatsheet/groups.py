"""The groups of rules: their titles, and the stage of a build that tries them."""

from collections.abc import Iterable
from difflib import get_close_matches

from cheatsheet.findings import RULES

GROUPS = {
    "file": "Files of the project",
    "yaml": "YAML of the manuscript",
    "slug": "Names of files",
    "fields": "Fields",
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
    "css": "Style sheets",
    "layout": "Layout",
    "fit": "Room on the pages",
    "bind": "Linking",
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
    "build": "Building",
    "import": "Published pages and newsletters",
    "web": "The website",
    "parity": "The same words everywhere",
    "buyers": "Lists of buyers",
    "stamp": "Buyers' copies",
    "kit": "The kit for shops",
    "release": "Releases",
    "run": "Running a command",
}
"""The title of each group, in the order in which the pipeline meets them."""

LAYOUT = ("css", "layout", "fit")
CHECKS = (
    "pdf",
    "pages",
    "terms",
    "links",
    "outline",
    "fonts",
    "meta",
    "tags",
    "safe",
    "sample",
    "lines",
    "visible",
)
PUBLISHED = ("epub", "build", "import", "web", "parity", "buyers", "stamp", "kit", "release", "run")
MANUSCRIPT = tuple(group for group in GROUPS if group not in (*LAYOUT, "bind", *CHECKS, *PUBLISHED))
STAGES = {"lint": MANUSCRIPT, "layout": (*LAYOUT, "bind"), "check": (*CHECKS, "epub")}
"""The groups that each stage of a build tries."""


class UnknownRuleError(ValueError):
    """There is no rule or group of this name; says which one comes near."""

    def __init__(self, name: str) -> None:
        near = get_close_matches(name, [*GROUPS, *RULES], n=1, cutoff=0.5)
        hint = f"did you mean `{near[0]}`?" if near else f"the groups are {', '.join(GROUPS)}"
        super().__init__(f"there is no rule or group `{name}`; {hint}")


def codes_in(groups: Iterable[str]) -> frozenset[str]:
    """Return the codes of the rules in groups."""
    wanted = set(groups)
    return frozenset(code for code, rule in RULES.items() if rule.group in wanted)


def codes_named(names: Iterable[str]) -> frozenset[str]:
    """Return the codes of rules named by group or by code. Raises UnknownRuleError."""
    codes: set[str] = set()
    for name in names:
        found = {name} if name in RULES else codes_in([name])
        if not found:
            raise UnknownRuleError(name)
        codes |= found
    return frozenset(codes)
