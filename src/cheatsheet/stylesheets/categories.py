"""What style sheets have for each category: colours, an icon, a place at the page's edge."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from cheatsheet.findings import Finding, Place, error
from cheatsheet.stylesheets.sheet import StyleFile

CATEGORY = error(
    "css-category",
    "The style sheets lack for a category what they have for the others.",
    "write it beside that of the others: colours and steps in styles/tokens.css, the icon's file in"
    " styles/icons",
)
NAMES = re.compile(r"--category-[\w-]+|\.category-[\w-]+|\.step-\d+|[\w-]+\.svg")
COLOUR = re.compile(r"--category-[\w-]+-(?:tab|tint)")
COLOURED = frozenset({"--category-{id}-tab", "--category-{id}-tint", ".category-{id}"})
EXAMPLE = (
    "write into styles/tokens.css, with colors of its own: "
    ":root {{ --category-{id}-tab: #8a5a00; --category-{id}-tint: #fbf3e2; }} "
    ".category-{id} {{ --tab: var(--category-{id}-tab); --tint: var(--category-{id}-tint); }}"
)


def find_missing_looks(
    styles: Sequence[StyleFile], places: Mapping[str, Place]
) -> Iterator[Finding]:
    """Yield a finding for each category that lacks what most of the others have.

    If the style sheets color one category, even one that is gone, all need colors. `places` are
    where the categories stand, by id and in their order.
    """
    names = {name for style in styles for name in NAMES.findall(style.text)}
    had = {one: _had(names, one, number) for number, one in enumerate(places, 1)}
    counts = Counter(form for forms in had.values() for form in forms)
    colours = COLOURED if any(map(COLOUR.fullmatch, names)) else frozenset()
    usual = sorted(colours | {form for form, count in counts.items() if 2 * count > len(places)})
    for number, (one, place) in enumerate(places.items(), 1):
        lacking = [form.format(id=one, number=number) for form in usual if form not in had[one]]
        if lacking:
            said = ", ".join(f"`{name}`" for name in lacking)
            hint = EXAMPLE.format(id=one) if colours - had[one] else ""
            yield CATEGORY.finding(f"no style sheet has {said}", place, hint)


def _had(names: set[str], category: str, number: int) -> set[str]:
    """Return what of some names is a category's, with `{id}` and `{number}` in the place of its."""
    own = {f".category-{category}": ".category-{id}", f".step-{number}": ".step-{number}"}
    own |= {f"{category}.svg": "{id}.svg"}
    start = f"--category-{category}-"
    tokens = {"--category-{id}-" + n.removeprefix(start) for n in names if n.startswith(start)}
    return tokens | {own[name] for name in names & set(own)}
