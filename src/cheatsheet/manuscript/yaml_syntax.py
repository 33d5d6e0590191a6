"""What keeps a text from being YAML: its likeliest cause, with its place, or the parser's words."""

import re
import unicodedata
from contextlib import suppress
from typing import Any

import yaml

from cheatsheet.findings import Finding, Place, Source, error
from cheatsheet.manuscript.yaml_columns import Loader, depth, events_before, fitting_columns

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
    r"\s*+(?:- ++)*+(?:[\w-]+: ++)?+(?![>|](?:[-+][1-9]?|[1-9][-+]?)? *(?:#|$))"
    r"(?P<words>(?:[*&!@`%|>,]|[?-](?: |$)).*|(?:\[.*\]|\{.*\})\s*[^\s,#\]}].*)$"
)
QUOTE = "put the whole text in quotes"
INNER_QUOTE = "put the whole text in the other quotes, or write \\\" or '' for one within it"
PLAINLY = "type the character itself; for a backslash write two, or put the text in single quotes"
OF_ESCAPE = re.compile(r"escape|hexa?decimal")
ESCAPE = re.compile(r"\\(?:[xuU][0-9A-Fa-f]{0,8}|.?)")
CLOSE_QUOTE = "close it at the end of its text"
OWN_MARK = re.compile(r"(?m)^(?P<mark>[<|=>]{7}|%\w+|\.\.\.)(?: .*)?$")  # in a line of its own
BEFORE_WORDS = re.compile(r"\s*(?:- +)*")
COLON = re.compile(r":(?:[ \t]|$)")
VALUE_BELOW = re.compile(r".*:\s*(?:[>|][-+\d]*\s*)?(?:#.*)?")
PLAIN_SPACES = "put plain spaces there"
SPACE_AFTER = re.compile(r"\s*(?:- +)*(?:-|[\w-]+:)(?P<space>[^\S \t])")
GLUED_DASH = re.compile(r"\s*(?:- +)*(?=-[^\s-])")
FIELD = re.compile(r"\s*(?:- +)*[\w-]+\s*:")
NO_FIELD = (  # how a line looks that should be a field, and is not read as one
    (re.compile("[^:]*\uff1a"), "`\uff1a` is not the colon `:`"),
    (re.compile("---"), "a second document begins here"),
    (re.compile("-"), "no space stands after the `-`"),
    (re.compile(r"[\w-]+:"), "no space stands after the colon"),
    (re.compile(""), "a field has no colon"),
)
AS_FIELD = (
    'a field is written "name: value", an item "- value", with a space before the value; '
    "a text that goes on is indented under its field"
)
OF_COLUMN = re.compile("expected key|'-' indicator|block node")
LONGEST_WORDS = 40
MOST_COLUMNS = 3
COLON_IN_TEXT = 'a text with ": " in it must be in quotes, straight ones'
# What the parser says, in the words of somebody who never saw one; and the likeliest fix.
IN_WORDS = {
    "mapping values are not allowed": ('": " stands in a text without quotes', COLON_IN_TEXT),
    "expected node content": (
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
        return _parsers_words(problem, Place(source.file), source)
    cause = (
        _own_mark_in(text, source)
        or _space_at(mark.line, mark.column, source)
        or _escape_at(problem, source)
        or _quote_before(problem, text, source)
        or _no_field_before(problem, source)
        or _sign_before(mark, source)
        or _bracket_before(problem, text, source)
        or _wrong_column(problem, text, source)
    )
    return cause or _parsers_words(problem, mark_place(mark, source), source)


def _own_mark_in(text: str, source: Source) -> Finding | None:
    """Return the finding for the first line that is a mark: git's, or one of YAML's own."""
    found = OWN_MARK.search(text)
    if found is None:
        return None
    mark, hint = found["mark"], "delete the line"
    message = f"`{mark}` is a mark of YAML's own, which no file here needs"
    if len(set(mark)) == 1 and mark != "...":
        message = f"`{mark}` is a mark of git's, where two versions of the file meet"
        hint = "keep one of the versions, and delete the marks"
    return SYNTAX.finding(
        message, Place(source.file, text.count("\n", 0, found.start()) + 1, 1), hint
    )


def _space_at(number: int, column: int, source: Source) -> Finding | None:
    """Return the finding for a tab, or another space that is no plain one, in a line.

    It stands where a slip is (0-based), or after what looks like a field or an item.
    """
    line = _line_at(number, source)
    after = SPACE_AFTER.match(line)
    column = after.start("space") if after else column
    space = line[column : column + 1]
    if space in {"", " "} or not space.isspace():
        return None
    what = "a tab" if space == "\t" else called(space)
    place = Place(source.file, number + 1, column + 1)
    return SYNTAX.finding(f"{what} stands where only spaces may", place, PLAIN_SPACES)


def called(sign: str) -> str:
    """Return the number and name of a character."""
    return f"U+{ord(sign):04X} ({unicodedata.name(sign, 'a control character')})"


def _no_field_before(problem: Any, source: Source) -> Finding | None:
    """Return the finding for a line that is read as a text, and should be a field or an item."""
    said, mark = str(problem.problem), problem.problem_mark
    number = _glued_dash(mark, source)
    if number is None and "could not find expected ':'" in said and problem.context_mark:
        number = problem.context_mark.line
    elif number is None and ("mapping values" in said or "<document start>" in said):
        number = _text_above(mark, source)
    if number is None:
        return None
    line = source.lines[number]
    column = _indent(line)
    message = next(words for form, words in NO_FIELD if form.match(line, column))
    return _space_at(number, column, source) or SYNTAX.finding(
        message, Place(source.file, number + 1, column + 1), AS_FIELD
    )


def _glued_dash(mark: Any, source: Source) -> int | None:
    """Return which line begins with `-` and no space: that of a mark, or what it is read with."""
    own = _line_at(mark.line, source)
    above = ((n, source.lines[n]) for n in range(mark.line - 1, -1, -1))
    nearest = next((n for n, line in above if line.strip() and depth(line) <= depth(own)), 0)
    lines = (n for n in (mark.line, nearest) if GLUED_DASH.match(_line_at(n, source)))
    return next(lines, None)


def _text_above(mark: Any, source: Source) -> int | None:
    """Return which line above that of a mark, as far in, is no field and no text that goes on."""
    own, found = _indent(_line_at(mark.line, source)), None
    for above in range(mark.line - 1, -1, -1):
        line = source.lines[above]
        if not line.strip() or line.lstrip().startswith("#") or _indent(line) > own:
            continue
        if _indent(line) < own:
            return found if VALUE_BELOW.fullmatch(line) else None
        if found is None and not COLON.search(line):
            found = above
    return found


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
    line = _line_at(mark.line, source)
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
        for event in events_before(text):
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
    line = _line_at(mark.line, source)
    sign = SIGN_FIRST.match(line)
    if sign is None:
        return None
    words = sign["words"].split()[0]
    message = f"`{words}` begins with {words[0]}, which is a sign of YAML"
    place = Place(source.file, mark.line + 1, sign.start("words") + 1)
    alone = f"; after a {words[0]} that is meant so, the line ends" if words[0] in "|>" else ""
    return SYNTAX.finding(message, place, QUOTE + alone)


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


def _wrong_column(problem: Any, text: str, source: Source) -> Finding | None:
    """Return the finding for a line that begins where neither a field nor an item may."""
    said, mark = str(problem), problem.problem_mark
    line = _line_at(mark.line, source)
    own, field = depth(line), FIELD.match(line)
    events = events_before(text)
    if "mapping values" in said:  # it is read with the text above, and may be part of it
        is_field = field is not None and field.end() == mark.column + 1
        above = next((one for one in reversed(source.lines[: mark.line]) if one.strip()), "")
        if not is_field or events[-1].start_mark.line == mark.line or depth(above) == own:
            return None
    elif own != mark.column or not OF_COLUMN.search(said):
        return None
    place = Place(source.file, mark.line + 1, own + 1)
    starts_item = line[own : own + 1] == "-"
    what, other = ("an item", "fields") if starts_item else ("a field", "items")
    fields, items = fitting_columns(events, mark.line, source.lines)
    columns = items if starts_item else fields
    if own in fields | items or not columns:
        return SYNTAX.finding(f"{what} stands among {other}", place, AS_FIELD)
    near = ", ".join(str(column + 1) for column in sorted(columns, reverse=True)[:MOST_COLUMNS])
    message = f"the line begins in column {own + 1}, its neighbours in column {near}"
    return SYNTAX.finding(message, place, f"indent it like its neighbours; {COLON_IN_TEXT}")


def _parsers_words(problem: yaml.YAMLError, place: Place, source: Source) -> Finding:
    """Return what cannot be read, in the words of somebody who never saw a parser's."""
    said = str(problem)
    words = _line_at((place.line or 1) - 1, source)[(place.column or 1) - 1 :].strip()
    unread = (
        f"YAML cannot go on at `{words[:LONGEST_WORDS]}`" if words else "YAML cannot go on here"
    )
    known = (answer for words, answer in IN_WORDS.items() if words in said)
    message, hint = next(known, (unread, AS_FIELD))
    return (FEATURE if "undefined alias" in said else SYNTAX).finding(message, place, hint)
