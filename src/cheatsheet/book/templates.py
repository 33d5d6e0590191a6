"""Templates → text; what is wrong with one is found at its line. Alone knows Jinja2."""

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import takewhile
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
)
from jinja2.bccache import Bucket
from jinja2.sandbox import safe_range

from cheatsheet.book.markup import slip_in
from cheatsheet.book.typography import Typographer
from cheatsheet.findings import FindingError, Place, error
from cheatsheet.model.glossary import Glossary
from cheatsheet.model.labels import put

TEMPLATE = error(
    "build-template",
    "A template cannot be rendered.",
    "undo the last change to the template, or to the field that the message names",
)
LEFT_OVER = re.compile(r"\}\}|[%#]\}|\{[%#]|\{ ?[\w.]+(?: \| [^{}]*)? ?\}")  # of a slip in a tag
WORD = re.compile(r"\s*[<&]?/?[\w:-]+")
MOST_TEXT = 20_000_000  # characters of one text; a chapter has a few thousand
TEMPLATES = Path(__file__).parent.parent / "templates"


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
        for line, kind, words in environment.lex(found[0], template, found[1]):
            left = LEFT_OVER.search(words) if kind == "data" else None
            if left:
                message = f"`{left[0]}` would be printed as it stands"
                below = words.count("\n", 0, left.start())
                raise TemplateSyntaxError(message, line + below, template, found[1])
        return found


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
        _hold_tags(text, template)
    except Exception as problem:
        if isinstance(problem, OSError | MemoryError) and not isinstance(problem, TemplateError):
            raise
        words = f"{about}: {_words(problem)}" if about else _words(problem)
        folders = [TEMPLATES / name for name in getattr(environment.loader, "searchpath", ())]
        own = next((f / template for f in folders if (f / template).is_file()), None)
        like = _like(problem, folders, own) if isinstance(problem, _TagError) else None
        raise RenderError(TEMPLATE.finding(words, like or _place(problem, own))) from problem
    return text


class _TagError(TemplateError):
    """What a template makes has a slip in a tag, between `before` and `begins`."""

    def __init__(self, before: str, begins: str, message: str) -> None:
        super().__init__(message)
        self.before, self.begins = before, begins


def _hold_tags(text: str, template: str) -> None:
    """Raise _TagError where a rendered text has a slip in its tags."""
    slip = slip_in(text, template)
    if slip:
        raise _TagError(text[: slip[0]], text[slip[0] :], slip[1])


def _like(slip: _TagError, folders: Iterable[Path], own: Path | None) -> Place | None:
    """Return the line of a template, its own first, that is most like the text at a slip."""
    files = [*filter(None, [own]), *(file for folder in folders for file in folder.glob("*.j2"))]
    tag, before = WORD.match(slip.begins), slip.before[::-1]
    best, place = -1, None
    for file in files if tag else ():
        text = file.read_text(encoding="utf-8-sig")
        for one in re.finditer(re.escape(tag[0] if tag else ""), text):
            same = _alike(slip.begins, text[one.start() :])
            same += _alike(before, text[: one.start()][::-1])
            if same > best:
                best, place = same, Place(_shown(file), text.count("\n", 0, one.start()) + 1)
    return place


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _shown(file: Path) -> str:
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
    if own:
        inside = inside or [(own, 0)]
    if not inside:
        return Place()
    file, line = inside[-1]
    return Place(_shown(file), line or None)
