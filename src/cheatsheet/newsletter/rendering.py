"""An issue → its Markdown, its plain text, and its HTML before the styles are written in."""

import re
from collections.abc import Sequence
from functools import partial

from markupsafe import Markup

from cheatsheet.book.html import OPENED, open_references
from cheatsheet.book.templates import render, template_environment
from cheatsheet.book.typography import NO_BREAK_SPACE, Typographer
from cheatsheet.model.glossary import Glossary
from cheatsheet.newsletter.issues import Issue

# What would be markup in Markdown (CommonMark 0.31.2): anywhere, beside a word, at the start.
MARKS = re.compile(r"[\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|^(?:#{1,6} |>|[-+] |~{3})")
DASH = " \N{EM DASH} "  # no line begins with it
HELD = 3  # words at the end of a line of the offer, which stay together
NUMBERED = re.compile(r"^(\d+)(?=[.)] )")


class IssueRenderer:
    """Renders the issues of one glossary.

    `width` is the mail's, `measure` its text's, in CSS pixels.
    """

    def __init__(self, glossary: Glossary, width: int, measure: int) -> None:
        self._glossary = glossary
        self._typographer = Typographer(glossary)
        escaped = template_environment(glossary, "newsletter")
        plain = escaped.overlay(autoescape=False)
        escaped.filters |= {"linked": self._linked, "held": _held}
        plain.filters |= {"marked": self._marked, "words": self._words}
        self._escaped, self._plain = partial(render, escaped), partial(render, plain)
        self._sizes = {"width": width, "measure": measure}

    def markdown(self, issue: Issue) -> str:
        """Return an issue as Markdown, references as links, ending with a line feed.

        Raises RenderError.
        """
        return self._plain("issue.md.j2", self._names(issue), issue.term.name) + "\n"

    def text(self, issue: Issue) -> str:
        """Return an issue as text without marks, a paragraph a line. Raises RenderError."""
        return self._plain("issue.txt.j2", self._names(issue), issue.term.name) + "\n"

    def html(self, issue: Issue, drawings: Sequence[str] = ()) -> str:
        """Return an issue as an HTML document with classes and no styles.

        `drawings` are the Content-IDs of its drawing in one row and in two, if it comes along.
        Raises RenderError.
        """
        names = {**self._names(issue), "drawings": drawings, **self._sizes}
        return self._escaped("issue.html.j2", names, issue.term.name).lstrip()

    def _names(self, issue: Issue) -> dict[str, object]:
        """Return what the templates know."""
        address = self._glossary.address(issue.term)
        return {"issue": issue, "term": issue.term, "address": address}

    def _opened(self, text: str) -> str:
        """Return a text on one line, its references as address and words between signs."""
        return open_references(text, self._glossary, self._glossary.address)

    def _words(self, text: str) -> str:
        """Return a text without links."""
        return OPENED.sub(r"\2", self._opened(text))

    def _marked(self, text: str) -> str:
        """Return a text as Markdown."""
        escaped = NUMBERED.sub(r"\1\\", MARKS.sub(r"\\\g<0>", self._opened(text)))
        return OPENED.sub(r"[\2](\1)", escaped)

    def _linked(self, text: str) -> Markup:
        """Return a text as HTML, with curly quotes and links."""
        held = self._opened(text).replace(DASH, NO_BREAK_SPACE + DASH[1:])
        html = str(self._typographer.words(held))
        return Markup(OPENED.sub(r'<a class="link" href="\1">\2</a>', html))  # noqa: S704 - escaped


def _held(words: Markup) -> Markup:
    """Return words whose last three stay together: `— $9` alone on a line sells nothing.

    Few mail programs know of balanced lines.
    """
    return Markup(NO_BREAK_SPACE).join(words.rsplit(" ", HELD - 1))  # noqa: S704 - a space
