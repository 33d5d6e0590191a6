"""What keeps a text from being YAML: its likeliest cause, with its place, or the parser's words."""

import re
from contextlib import suppress
from typing import Any

import yaml

from cheatsheet.findings import Finding, Place, Rule, Source, error

# PyYAML may be without libyaml: the same events, ten times slower.
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

SYNTAX = error(
    "yaml-syntax",
    "A file is not YAML.",
    "compare with a file that works, and mind the indentation",
)
FEATURE = error(
    "yaml-feature",
    "A file uses an anchor, an alias or a tag.",
    "write the value out; quote a text that begins with &, * or !",
)
SIGN_FIRST = re.compile(
    r"\s*+(?:- ++)*+(?:[\w-]+: ++)?+(?![>|][-+\d]*\s*(?:#|$))"
    r"(?P<words>(?:[*&!@`%|>,]|[?-] ).*|(?:\[.*\]|\{.*\})\s*[^\s,#\]}].*)$"
)
QUOTE = "put the whole text in quotes"
INNER_QUOTE = "put the whole text in the other quotes, or write \\\" or '' for one within it"
PLAINLY = "type the character itself; for a backslash write two, or put the text in single quotes"
OF_ESCAPE = re.compile(r"escape|hexa?decimal")
ESCAPE = re.compile(r"\\(?:[xuU][0-9A-Fa-f]{0,8}|.?)")
CLOSE_QUOTE = "close it at the end of its text"
CONFLICT = re.compile(r"(?:<{7}|>{7})(?: .*)?")  # git's, in a line of its own
BEFORE_WORDS = re.compile(r"\s*(?:- +)*")
COLON = re.compile(r":(?:\s|$)")
VALUE_BELOW = re.compile(r".*:\s*(?:[>|][-+\d]*\s*)?(?:#.*)?")
NO_FIELD = (  # how a line looks that should be a field, and is not read as one
    (re.compile("[^:]*\uff1a"), "`\uff1a` is not the colon `:`"),
    (re.compile(r"[\w-]+:"), "no space stands after the colon"),
    (re.compile("-"), "no space stands after the `-`"),
    (re.compile(""), "a field has no colon"),
)
AS_FIELD = (
    'a field is written "name: value", an item "- value", with a space before the value; '
    "a text that goes on is indented under its field"
)
UNEVEN = "the line is indented unlike its neighbours, or a quote before it closes too early"
# What the parser says, in the words of somebody who never saw one; and the likeliest fix.
IN_WORDS = {
    "mapping values are not allowed": (
        '": " stands in a text without quotes',
        'a text with ": " in it must be in quotes; a field begins as far left as its neighbours',
    ),
    "cannot start any token": (
        "a sign begins here",
        "a text that begins with a sign (@ ` %) must be in quotes",
    ),
    "did not find expected key": ("the line is no field", UNEVEN),
    "did not find expected '-' indicator": ("the line is no item of the list above it", UNEVEN),
    "expected <block end>": ("the line does not fit the lines above it", UNEVEN),
    "did not find expected node content": (
        "a value is missing between brackets and commas",
        "write it, or take the comma away",
    ),
    "unexpected end of stream": ("the file ends too early", "a quote or bracket was never closed"),
}


def mark_place(mark: Any, source: Source) -> Place:
    """Return the place of a mark of PyYAML's, whose line and column are 0-based.

    One behind the file's end is where the last line's words end.
    """
    after = range(mark.line, len(source.lines))  # of which one is looked at, as a rule
    if not any(_line_at(number, source).strip() for number in after):
        last = mark.line
        while last > 0 and not _line_at(last, source).strip():
            last -= 1
        return Place(source.file, last + 1, len(_line_at(last, source).rstrip()) + 1)
    return Place(source.file, mark.line + 1, mark.column + 1)


def syntax_finding(problem: yaml.YAMLError, text: str, source: Source) -> Finding:
    """Return what keeps a text from being YAML: its likeliest cause, or what the parser says."""
    mark = getattr(problem, "problem_mark", None)
    if mark is None:
        return _parsers_words(problem, Place(source.file))
    cause = (
        _conflict_in(source)
        or _tab_at(mark, source)
        or _escape_at(problem, source)
        or _quote_before(problem, text, source)
        or _no_field_before(problem, source)
        or _sign_before(mark, source)
        or _bracket_before(problem, text, source)
    )
    return cause or _parsers_words(problem, mark_place(mark, source))


def _conflict_in(source: Source) -> Finding | None:
    """Return the finding for the first mark that git leaves where two versions do not fit."""
    for number, line in enumerate(source.lines, 1):
        if CONFLICT.fullmatch(line):
            message = f"`{line[:7]}` is a mark of git's, where two versions of the file meet"
            hint = "keep one of the versions, and delete the marks"
            return SYNTAX.finding(message, Place(source.file, number, 1), hint)
    return None


def _tab_at(mark: Any, source: Source) -> Finding | None:
    """Return the finding for a tab at a mark."""
    if _line_of(mark, source)[mark.column : mark.column + 1] != "\t":
        return None
    message = "a tab stands where only spaces may"
    return SYNTAX.finding(message, mark_place(mark, source), "indent with spaces")


def _no_field_before(problem: Any, source: Source) -> Finding | None:
    """Return the finding for a line that is read as a text, and should be a field or an item."""
    said, mark = str(problem.problem), problem.problem_mark
    if "could not find expected ':'" in said and problem.context_mark is not None:
        number: int | None = problem.context_mark.line
    elif "mapping values" in said or "<document start>" in said:
        number = _text_above(mark, source)
    else:
        return None
    if number is None:
        return None
    line = source.lines[number]
    column = _indent(line)
    message = next(words for form, words in NO_FIELD if form.match(line, column))
    return SYNTAX.finding(message, Place(source.file, number + 1, column + 1), AS_FIELD)


def _text_above(mark: Any, source: Source) -> int | None:
    """Return which line above that of a mark, as far in, is no field and no text that goes on."""
    own, found = _indent(_line_of(mark, source)), None
    for above in range(mark.line - 1, -1, -1):
        line = source.lines[above]
        if not line.strip() or line.lstrip().startswith("#") or _indent(line) > own:
            continue
        if _indent(line) < own:
            return found if VALUE_BELOW.fullmatch(line) else None
        if found is None and not COLON.search(line):
            found = above
    return found


def _line_of(mark: Any, source: Source) -> str:
    """Return the line of a mark; nothing for one behind a file's end."""
    return _line_at(mark.line, source)


def _line_at(number: int, source: Source) -> str:
    """Return a line by its number, from 0; nothing for one behind a file's end."""
    return source.lines[number] if number < len(source.lines) else ""


def _indent(line: str) -> int:
    """Return how many characters stand before a line's words."""
    before = BEFORE_WORDS.match(line)
    return before.end() if before else 0


def _escape_at(problem: Any, source: Source) -> Finding | None:
    """Return the finding for a backslash in double quotes that stands for no character."""
    mark = problem.problem_mark
    line = _line_of(mark, source)
    start = line.rfind("\\", 0, mark.column + 1)
    if start < 0 or not OF_ESCAPE.search(str(problem.problem)):
        return None
    escape = ESCAPE.match(line, start)
    message = f"`{escape[0] if escape else line[start:]}` stands for no character"
    return SYNTAX.finding(message, Place(source.file, mark.line + 1, start + 1), PLAINLY)


def _quote_before(problem: Any, text: str, source: Source) -> Finding | None:
    """Return the finding for a quote that closes where none is meant to, or never."""
    opened, closed = problem.context_mark, None
    if not str(problem.context).startswith("while scanning a quoted scalar"):
        with suppress(yaml.YAMLError):
            for event in yaml.parse(text, Loader=Loader):
                if isinstance(event, yaml.ScalarEvent) and event.style in {"'", '"'}:
                    opened, closed = event.start_mark, event.end_mark
        if closed is None or closed.line != problem.problem_mark.line:
            return None
        if opened.line == closed.line:
            place = Place(source.file, closed.line + 1, closed.column)
            return SYNTAX.finding("a quote closes here, and the text goes on", place, INNER_QUOTE)
    place = mark_place(opened, source)
    where = f"; the next one closes it, on line {closed.line + 1}" if closed else ""
    return SYNTAX.finding(f"a quote opened here is never closed{where}", place, CLOSE_QUOTE)


def _sign_before(mark: Any, source: Source) -> Finding | None:
    """Return the finding for a text in the line of a mark that begins with a sign of YAML's."""
    line = _line_of(mark, source)
    sign = SIGN_FIRST.match(line)
    if sign is None:
        return None
    words = sign["words"].split()[0]
    message = f"`{words}` begins with {words[0]}, which is a sign of YAML"
    return SYNTAX.finding(
        message, Place(source.file, mark.line + 1, sign.start("words") + 1), QUOTE
    )


def _bracket_before(problem: Any, text: str, source: Source) -> Finding | None:
    """Return the finding for a bracket that is never closed, which most often begins a text."""
    if not str(problem.context).startswith("while parsing a flow"):
        return None
    is_empty = str(problem.context).endswith("node")  # its mark is where something is missing
    mark = _open_bracket(text) if is_empty else problem.context_mark
    if mark is None:
        return None
    sign = source.lines[mark.line][mark.column]
    message = f"`{sign}` is a sign of YAML, and is never closed"
    return SYNTAX.finding(message, mark_place(mark, source), f"close it, or {QUOTE}")


def _open_bracket(text: str) -> Any:
    """Return the mark of the last bracket that is never closed; None if there is none."""
    opened: list[Any] = []
    with suppress(yaml.YAMLError):
        for token in yaml.scan(text, Loader=Loader):
            if isinstance(token, yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken):
                opened.append(token.start_mark)
            elif isinstance(token, yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken):
                opened[-1:] = []
    return opened[-1] if opened else None


def _parsers_words(problem: yaml.YAMLError, place: Place) -> Finding:
    """Return what the YAML parser says, with the likeliest cure."""
    said = str(getattr(problem, "problem", None) or str(problem).splitlines()[0])
    known = (answer for words, answer in IN_WORDS.items() if words in str(problem))
    message, hint = next(known, (said, ""))
    return _rule_of(said).finding(message, place, hint)


def _rule_of(message: Any) -> Rule:
    """Return the rule behind a parser's message: an undefined alias is a feature, not a typo."""
    return FEATURE if "undefined alias" in str(message) else SYNTAX
