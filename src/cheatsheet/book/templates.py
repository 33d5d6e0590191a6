"""Templates → text; what is wrong with one is found at its line. Alone knows Jinja2."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import accumulate, pairwise
from pathlib import Path
from traceback import walk_tb

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.bccache import Bucket
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.sandbox import safe_range

from cheatsheet.book.markup import slip_in
from cheatsheet.book.typography import Typographer
from cheatsheet.findings import FindingError, Place, error
from cheatsheet.model.glossary import Glossary
from cheatsheet.model.labels import LabelError, put
from cheatsheet.system.reading import TEMPLATES

TEMPLATE = error(
    "build-template",
    "A template cannot be rendered.",
    "undo the last change to the template, or to the field that the message names",
)
LEFT_OVER = re.compile(r"\}\}|[%#]\}|\{[%#]|\{ ?[\w.]+(?: \| [^{}]*)? ?\}")  # of a slip in a tag
BARE = re.compile(  # an expression without its braces
    r"""(?<![\w./-])(?P<name>[a-z_]+)"""
    r"""(?:(?=\.[a-z_]|\((?!e?s\))).*?(?=[<>"\n]|$)| \| (?P<filter>\w+))"""
)
UNPRINTED = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL)
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
AGAIN = re.compile(  # of a slip in pasting; numbers may stand there twice, as in a viewBox
    r"(\{\{[^{}]*(?:\||labels\.)[^{}]*\}\})(?:\s|</?(?!span\b)\w[^<>]*>)*\1|^(.*\{\{.*\}\}.*)\n\2$",
    re.MULTILINE,
)
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
NAMED = re.compile(r"'([\w.]+)'[^']*$")  # what an error says is undefined
MARK = "\ue002"  # a private character, which no text may have
MARKED = re.compile(r"^|(?=[<&])", re.MULTILINE)
MOST_TEXT = 20_000_000  # characters of one text; a chapter has a few thousand


class RenderError(FindingError):
    """A template cannot be rendered, as with a reference to a term that there is not."""


class _Loader(FileSystemLoader):
    """Reads templates; one that is not UTF-8 is wrong at the line of its first other byte."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's text, file, and what tells whether it is still that."""
        try:
            found = super().get_source(environment, template)
        except UnicodeDecodeError as problem:
            files = (Path(folder, template) for folder in self.searchpath)
            file = next(file for file in files if file.is_file())
            line = problem.object.count(b"\n", 0, problem.start) + 1
            message = f"the byte {problem.object[problem.start]:#04x} is no UTF-8"
            raise TemplateSyntaxError(message, line, template, str(file)) from problem
        if not COMMENT.sub("", found[0]).strip():
            raise TemplateSyntaxError("it has nothing in it", 1, template, found[1])
        for line, message in _slips_in_tags(environment, found[0], found[1]):
            raise TemplateSyntaxError(message, line, template, found[1])
        return found


def _slips_in_tags(environment: Environment, text: str, file: str) -> Iterator[tuple[int, str]]:
    """Yield the line and words of what is no tag of a template, and should be one."""
    try:
        tokens = list(environment.lex(text, filename=file))
    except TemplateSyntaxError:
        for tag in TAG.finditer(text):  # the lexer is far beyond it when it finds no end
            if re.search("[\"']", QUOTED.sub("", tag[0])):
                line = text.count("\n", 0, tag.start()) + 1
                yield line, f"a quote in `{tag[0]}` is not closed"
        raise
    for again in AGAIN.finditer(text):
        line = text.count("\n", 0, again.end()) + 1
        yield line, f"`{(again[1] or again[2]).strip()}` stands there twice"
    opens = [words for _, kind, words in tokens if kind in {"name", "operator"}]
    names = {one for before, one in pairwise(["", *opens]) if before != "."}
    for line, kind, data in tokens:
        if kind == "data":
            words = UNPRINTED.sub(lambda found: "\n" * found[0].count("\n"), data)
            bare = (
                one
                for one in BARE.finditer(words)
                if one["name"] in names and one["filter"] in {None, *environment.filters}
            )
            left = LEFT_OVER.search(words) or next(bare, None)
            if left:
                below = words.count("\n", 0, left.start())
                yield line + below, f"`{left[0]}` would be printed as it stands"


class _CompiledTemplates(BytecodeCache):
    """Keeps the templates' compiled code: a warm process renders each new text at once."""

    def __init__(self) -> None:
        self._codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template the code that it was compiled to last time."""
        if bucket.key in self._codes:
            bucket.bytecode_from_string(self._codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code."""
        self._codes[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _CompiledTemplates()


def template_environment(glossary: Glossary, *folders: str) -> Environment:
    """Return what renders templates/<folder>: texts are escaped, an unknown name is an error.

    A template is taken from the first of the folders that has it. All know the book's settings and
    `labels`; `text` sets words as they are printed, and `put` puts values into a label.
    """
    environment = Environment(
        loader=_Loader([TEMPLATES / folder for folder in folders], encoding="utf-8-sig"),
        autoescape=True,
        bytecode_cache=_COMPILED,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    inside = inside_a_sentence if glossary.is_english else str
    environment.filters |= {"text": Typographer(glossary).words, "put": put, "inside": inside}
    environment.globals |= {"book": glossary.book, "labels": glossary.labels, "range": safe_range}
    return environment


def inside_a_sentence(title: str) -> str:
    """Return a title as it stands within a sentence: `the SpeakNerd Cheat Sheet`."""
    return "the " + title.removeprefix("The ") if title.startswith("The ") else title


def render(
    environment: Environment, template: str, names: Mapping[str, object], about: str = ""
) -> str:
    """Return a template's text, given what it may name; `about` is what it renders.

    Raises RenderError with the template's line.
    """
    try:
        text = _bounded(environment.get_template(template).generate(names))
        text.encode()
        slip = _tag_slip(environment, template, names) if slip_in(text, template) else None
    except Exception as problem:
        if isinstance(problem, OSError | MemoryError) and not isinstance(problem, TemplateError):
            raise
        own = _file(environment, template)
        raise _render_error(about, _words(problem), _place(problem, own)) from problem
    if slip:
        raise _render_error(about, *slip)
    return text


def lacks_target(environment: Environment, template: str, name: str) -> RenderError:
    """Return the error for a template that makes no element with an id that links lead to."""
    file = _file(environment, template)
    place = Place(shown(file)) if file else Place()
    return RenderError(TEMPLATE.finding(f'nothing has `id="{name}"`, to which links lead', place))


def _file(environment: Environment, template: str) -> Path | None:
    """Return a template's file, if there is one."""
    folders = [TEMPLATES / name for name in getattr(environment.loader, "searchpath", ())]
    return next((f / template for f in folders if (f / template).is_file()), None)


def _render_error(about: str, words: str, place: Place) -> RenderError:
    """Return the error for what is wrong at a template's place; `about` is what was rendered."""
    return RenderError(TEMPLATE.finding(f"{about}: {words}" if about else words, place))


class _Marks(Extension):
    """Puts a mark before each tag and line of the templates' own text, and knows their places."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        self._places: list[Place] = []

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield a template's tokens with marks."""
        for token in stream:
            if token.type == "data":

                def mark(match: re.Match[str], data: Token = token) -> str:
                    line = data.lineno + data.value.count("\n", 0, match.start())
                    self._places.append(Place(shown(Path(stream.filename or "")), line))
                    return f"{MARK}{len(self._places) - 1}{MARK}"

                yield Token(token.lineno, token.type, MARKED.sub(mark, token.value))
            else:
                yield token

    def slip(self, marked: str, template: str) -> tuple[str, Place] | None:
        """Return what the first slip in a rendered text's tags is, and its place; None without."""
        words, marks = marked.split(MARK)[::2], marked.split(MARK)[1::2]
        found = slip_in("".join(words), template)
        if found is None:
            return None
        ends = [*accumulate(map(len, words))]

        def place(at: int) -> Place:
            before = bisect_right(ends, at) - 1
            return self._places[int(marks[min(before, len(marks) - 1)])] if marks else Place()

        since = f" since {place(found.since)}" if found.since is not None else ""
        return f"{found.says}{since}", place(found.at)


def _tag_slip(
    environment: Environment, template: str, names: Mapping[str, object]
) -> tuple[str, Place] | None:
    """Return the first slip in the tags that a template makes: its words, and where it is."""
    marked = environment.overlay(extensions=[_Marks], bytecode_cache=None)
    text = _bounded(marked.get_template(template).generate(names))
    marks = next(one for one in marked.extensions.values() if isinstance(one, _Marks))
    return marks.slip(text, template)


def _line(file: Path, number: int) -> str:
    """Return a line of a template, by its number from 1; nothing where it has none."""
    return "".join(file.read_text(encoding="utf-8-sig").splitlines()[number - 1 : number])


def shown(file: Path) -> str:
    """Return a template's path as a finding has it."""
    return file.relative_to(TEMPLATES.parents[2]).as_posix()


def _bounded(pieces: Iterable[str]) -> str:
    """Return the pieces of a text as one. Raises OverflowError where they do not end."""
    kept, length = [], 0
    for piece in pieces:
        kept.append(piece)
        length += len(piece)
        if length > MOST_TEXT:
            raise OverflowError(f"it makes more than {MOST_TEXT:,} characters")
    return "".join(kept)


def _words(problem: Exception) -> str:
    """Return what a template's error says, without the folders of this machine."""
    if isinstance(problem, TemplateNotFound):
        return f"there is no template `{problem.name}`"
    if isinstance(problem, LabelError):
        return str(problem)
    if isinstance(problem, TemplateError):
        return problem.message or "it is no template"
    if isinstance(problem, SyntaxError):  # of the code that Jinja2 makes of the template
        return problem.msg
    if StrictUndefined.__name__ in str(problem):  # a filter that is no template's was given it
        return "a name in this line has no value"
    return f"{type(problem).__name__}: {problem}"


def _place(problem: Exception, own: Path | None) -> Place:
    """Return the innermost line of a template that an error comes from; else the template, if any.

    Jinja2 has the frames of an error name templates and their lines (`rewrite_traceback_stack`).
    """
    frames = walk_tb(problem.__traceback__)
    lines = [(Path(frame.f_code.co_filename), line) for frame, line in frames]
    if isinstance(problem, TemplateSyntaxError):  # the lexer gives the file as the name
        lines.append((Path(problem.filename or problem.name or ""), problem.lineno))
    if isinstance(problem, SyntaxError):  # its line is of that code
        lines.append((Path(problem.filename or ""), 0))
    inside = [(file, line) for file, line in lines if file.is_relative_to(TEMPLATES)]
    if isinstance(problem, UndefinedError) and (name := NAMED.search(_words(problem))):
        named = re.compile(rf"\b{re.escape(name[1])}\b")
        inside = [one for one in inside if named.search(_line(*one))] or inside  # of a macro's user
    if own:
        inside = inside or [(own, 0)]
    if not inside:
        return Place()
    file, line = inside[-1]
    return Place(shown(file), line or None)
