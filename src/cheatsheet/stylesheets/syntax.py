"""What a style sheet has that is neither a rule nor a declaration: CSS leaves it out silently."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from textwrap import shorten
from typing import Any

import tinycss2

from cheatsheet.findings import Finding, error
from cheatsheet.findings.suggestions import meant_by
from cheatsheet.stylesheets.media import is_media
from cheatsheet.stylesheets.nodes import place_of, walk
from cheatsheet.stylesheets.sheet import StyleFile

SYNTAX = error(
    "css-syntax",
    "A style sheet has something that is neither a rule nor a declaration, and is left out.",
    "write `selector { name: value; }`; a comment stands between /* and */",
)
SEMICOLON = error(
    "css-semicolon",
    "The semicolon after a value is missing, and the next declaration is taken into it.",
    "write a `;` at the end of the value",
)
QUESTION = "write `print`, or a question in brackets: `screen and (max-width: 40em)`"
AS_DECLARATION = "write `name: value;`, and each bracket as a pair"
EDGES = [f"{row}-{part}" for row in ("top", "bottom") for part in ("left", "center", "right")]
EDGES += [f"{side}-{part}" for side in ("left", "right") for part in ("top", "middle", "bottom")]
EDGES += [f"{row}-{side}-corner" for row in ("top", "bottom") for side in ("left", "right")]
AT_RULES = frozenset(
    f"@{name}"
    for name in (
        *("import", "media", "page", "font-face", "supports", "layer", "counter-style"),
        *("container", "keyframes", "property", "scope", "namespace", "charset", "footnote"),
        *EDGES,
    )
)
"""Those of CSS that are used, with the margin boxes (CSS Paged Media 3, 4.2)."""
FEATURES = frozenset(
    """any-hover any-pointer aspect-ratio color color-gamut color-index display-mode dynamic-range
    forced-colors grid height hover inverted-colors max-aspect-ratio max-color max-height
    max-resolution max-width min-aspect-ratio min-color min-height min-resolution min-width
    monochrome orientation overflow-block overflow-inline pointer prefers-color-scheme
    prefers-contrast prefers-reduced-data prefers-reduced-motion prefers-reduced-transparency
    resolution scan scripting update video-dynamic-range width device-width device-height
    max-device-width min-device-width max-device-height min-device-height device-aspect-ratio
    landscape portrait dark light reduce no-preference standalone fullscreen minimal-ui browser
    coarse fine active none""".split()  # noqa: SIM905 - a list of them is fifty lines
)
"""What a question in @media may name, and be answered with (Media Queries 5)."""
PAGES = frozenset({"first", "left", "right", "blank", "nth"})
OUTERMOST = {"page", "font-face", "import", "keyframes", "namespace", "property", "counter-style"}
CLOSING = ("}", ")", "]")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LAST = re.compile(r"\"[^\"]*\"|'[^']*'|[\w-]+(?:\([^)]*\))?|.", re.DOTALL)
SHOWN = 60  # characters of what stands in a style sheet


def find_slip(style: StyleFile, nodes: Sequence[Any]) -> Finding | None:
    """Return the finding for the first slip in a style sheet's nodes; it may cause others."""
    return next(_slips(style, tinycss2.parse_stylesheet(nodes, skip_comments=True)), None)


def _slips(
    style: StyleFile, parsed: Sequence[Any], *, is_nested: bool = False
) -> Iterator[Finding]:
    """Yield a finding for each slip in what stands in a style sheet, or in a block of it.

    What is nested stands in the block of a selector.
    """
    for part in parsed:
        if part.type == "error":
            yield _without_block(style, part)
        elif part.type == "qualified-rule":
            yield from _in_selector(style, part)
        elif part.type == "at-rule":
            if is_nested and part.lower_at_keyword in OUTERMOST:
                said = f"`@{part.at_keyword}` stands in a selector's block, and is no rule there"
                yield SYNTAX.finding(said, place_of(style, part), "move it out of the block")
            yield from _misspelt(style, part)
            yield from _in_media(style, part)
        elif part.type == "declaration":
            yield from _swallowed(style, part)
            yield from _unopened(style, part.value)
        if getattr(part, "content", None):
            inner = tinycss2.parse_blocks_contents(part.content, skip_comments=True)
            within = is_nested or part.type == "qualified-rule"
            yield from _slips(style, inner, is_nested=within)


def _misspelt(style: StyleFile, rule: Any) -> Iterator[Finding]:
    """Yield a finding if a rule, or what it asks for, has nearly the name of one that there is."""
    name = f"@{rule.lower_at_keyword}"
    if meant := meant_by(name, AT_RULES):
        hint = f"did you mean `{meant}`?"
        yield SYNTAX.finding(f"there is no rule `{name}`", place_of(style, rule), hint)
    known = FEATURES if name == "@media" else PAGES if name == "@page" else frozenset()
    before = ""
    for node, depth in walk(rule.prelude):
        asked = getattr(node, "lower_value", "") if depth > 1 or before == ":" else ""
        if known and (meant := meant_by(asked, known)):
            said = f"{name} cannot ask for `{asked}`"
            yield SYNTAX.finding(said, place_of(style, node), f"did you mean `{meant}`?")
        before = node


def _in_media(style: StyleFile, rule: Any) -> Iterator[Finding]:
    """Yield a finding if a rule asks for no medium that there is: nothing in it is heeded."""
    if rule.lower_at_keyword == "media" and not is_media(rule.prelude):
        said = f"`@media {short(tinycss2.serialize(rule.prelude).strip())}` is never true"
        yield SYNTAX.finding(said, place_of(style, rule), QUESTION)


def _in_selector(style: StyleFile, rule: Any) -> Iterator[Finding]:
    """Yield a finding if what stands before a block is no selector."""
    words = [node for node in rule.prelude if node.type not in {"whitespace", "comment"}]
    if not words:
        yield SYNTAX.finding("a block has no selector", place_of(style, rule))
    elif ";" in words or words[:2] == ["/", "/"]:
        before = rule.prelude[: rule.prelude.index(";")] if ";" in words else rule.prelude
        said = f"`{short(tinycss2.serialize(before)) or ';'}` is no rule"
        yield SYNTAX.finding(said, place_of(style, words[0]))
    yield from _unopened(style, words)


def _swallowed(style: StyleFile, declaration: Any) -> Iterator[Finding]:
    """Yield a finding if a declaration has another one in its value."""
    words = [node for node in declaration.value if node.type not in {"whitespace", "comment"}]
    for word, after in pairwise(words):
        if word.type == "ident" and after == ":":
            said = f"there is no `;` before `{word.value}`"
            yield SEMICOLON.finding(said, place_of(style, declaration))


def _unopened(style: StyleFile, nodes: Sequence[Any]) -> Iterator[Finding]:
    """Yield a finding for each closing sign among some nodes that closes nothing."""
    for node, _ in walk(nodes):
        if node.type == "error" and node.kind in CLOSING:
            yield SYNTAX.finding(
                f"`{node.kind}` closes nothing", place_of(style, node), "remove it"
            )


def _without_block(style: StyleFile, problem: Any) -> Finding:
    """Return the finding for words that end at an error, and for which there is no block.

    An error of tinycss2's stands at the last of the words (`_rule_error` in its parser.py).
    """
    whole = COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), style.text)
    lines = whole.split("\n")[: problem.source_line - 1]
    at = sum(len(line) + 1 for line in lines) + problem.source_column - 1
    last = LAST.match(whole, at)
    before = (whole[:at] + (last[0] if last else "")).rstrip().removesuffix(";").rstrip()
    words = re.split(r"[{};]", before)[-1].strip() or before[-1:] or ";"
    place = style.place(max(len(before) - len(words), 0))
    if words in CLOSING:
        return SYNTAX.finding(f"`{words}` closes nothing", place, "remove it")
    return SYNTAX.finding(f"`{short(words)}` is no rule and no declaration", place, AS_DECLARATION)


def short(words: str) -> str:
    """Return the first of some words, in one line."""
    return shorten(words, SHOWN, placeholder=" ...")
