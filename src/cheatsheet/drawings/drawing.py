"""SVG text → a tree of elements with their places. Entities, DTDs and instructions are refused.

Parsed by expat, which opens no file and no address by itself.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from xml.parsers import expat

from cheatsheet.findings import Finding, FindingError, Place, error

SVG = "http://www.w3.org/2000/svg"
MAX_CHARACTERS = 40_000
MAX_ELEMENTS = 120

SYNTAX = error(
    "picture-syntax",
    "A drawing is not well-formed XML, or is no SVG.",
    "open it in an SVG editor and save it as plain SVG",
)
HEAVY = error(
    "picture-heavy",
    f"A drawing has more than {MAX_ELEMENTS} elements, or more than {MAX_CHARACTERS:,} characters.",
    "join strokes to one path, and leave out what nobody would miss",
)
UNSAFE = error(
    "picture-unsafe",
    "A drawing has a script, a style sheet, an animation, or asks for something outside itself.",
    "a drawing is shapes and text, and nothing else",
)


@dataclass
class Element:
    """An element: its name, attributes, 1-based line and column, children, and text.

    Names of SVG stand alone; those of another namespace have its prefix: `xlink:href`. `text` is
    all that is written directly in the element, `tail` where some of it follows a child.
    """

    tag: str
    attributes: Mapping[str, str]
    place: Place
    children: list["Element"] = field(default_factory=list)
    text: str = ""
    tail: Place | None = None

    def walk(self) -> Iterator["Element"]:
        """Yield the element and all that are in it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Drawing:
    """A drawing's root, or None if it cannot be read; and what is wrong with it as XML."""

    root: Element | None
    findings: tuple[Finding, ...]


@lru_cache(maxsize=512)
def parse_drawing(file: str, text: str) -> Drawing:
    """Return the drawing in the text of a file, a path relative to the project."""
    if len(text) > MAX_CHARACTERS:
        message = f"the drawing has {len(text):,} characters, and may have {MAX_CHARACTERS:,}"
        return Drawing(None, (HEAVY.finding(message, Place(file)),))
    reader = _Reader(file)
    try:
        reader.parser.Parse(text, True)  # noqa: FBT003 - expat's signature: this is the end
    except expat.ExpatError as problem:
        place = Place(file, problem.lineno, problem.offset + 1)
        said = expat.ErrorString(problem.code)
        return Drawing(None, (SYNTAX.finding(f"not well-formed XML: {said}", place),))
    except _GivenUpError as problem:
        return Drawing(None, (problem.finding,))
    return Drawing(reader.root, ())


def drawing_words(file: str, text: str) -> str:
    """Return the words of a drawing's labels, in its order; nothing where it cannot be read."""
    root = parse_drawing(file, text).root
    labels = (one.text.strip() for one in root.walk()) if root else ()
    return " ".join(words for words in labels if words)


def changed(element: Element, change: Callable[[Element], Mapping[str, str]]) -> Element:
    """Return an element in which each has other attributes besides its own, or in their place."""
    children = [changed(child, change) for child in element.children]
    return replace(element, attributes={**element.attributes, **change(element)}, children=children)


def only(element: Element, places: Collection[Place]) -> Element:
    """Return an element with those elements in it alone that begin at some places."""
    within = [only(child, places) for child in element.children]
    kept = [child for child in within if child.children or child.place in places]
    return replace(element, children=kept)


class _GivenUpError(FindingError):
    """A drawing is looked at no further."""


class _Reader:
    """Builds the tree from what expat reports."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.root: Element | None = None
        self._open: list[Element] = []
        self._elements = 0
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.namespace_prefixes = True
        parser.ordered_attributes = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartElementHandler = self._start
        parser.EndElementHandler = lambda _: self._open.pop()
        parser.CharacterDataHandler = self._characters

    def _place(self) -> Place:
        """Return where expat is."""
        return Place(self._file, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def _doctype(self, *_: object) -> None:
        """Refuse a document type, which may bring entities and other files."""
        message = "a document type (<!DOCTYPE>) can bring entities and other files"
        raise _GivenUpError(UNSAFE.finding(message, self._place(), "delete the line"))

    def _instruction(self, target: str, _: str) -> None:
        """Refuse a processing instruction: a style sheet's address, say."""
        raise _GivenUpError(UNSAFE.finding(f"an instruction: <?{target}?>", self._place()))

    def _start(self, name: str, attributes: list[str]) -> None:
        """Open an element."""
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            message = f"the drawing has more than {MAX_ELEMENTS} elements"
            raise _GivenUpError(HEAVY.finding(message, self._place()))
        names = (_plain(attribute) for attribute in attributes[::2])
        values = dict(zip(names, attributes[1::2], strict=True))
        element = Element(_plain(name), values, self._place())
        if self._open:
            self._open[-1].children.append(element)
        elif name == f"{SVG} svg":
            self.root = element
        else:
            message = f'the root is <{element.tag}>, and should be <svg xmlns="{SVG}">'
            raise _GivenUpError(SYNTAX.finding(message, self._place()))
        self._open.append(element)

    def _characters(self, text: str) -> None:
        """Add to an open element's text."""
        element = self._open[-1]
        element.text += text
        if element.children and text.strip():
            element.tail = element.tail or self._place()


def _plain(name: str) -> str:
    """Return expat's `namespace local prefix` as `prefix:local`; alone if it is SVG's own."""
    parts = name.split(" ")
    if len(parts) == 1 or parts[0] == SVG:
        return parts[-1] if len(parts) < 3 else parts[1]  # noqa: PLR2004
    return f"{parts[2] if parts[2:] else parts[0]}:{parts[1]}"
