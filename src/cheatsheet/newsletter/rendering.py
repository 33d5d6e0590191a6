"""An issue → its Markdown, its plain text, and its HTML before the styles are written in."""

import re

from markupsafe import Markup

from cheatsheet.glossary import REFERENCE, Glossary
from cheatsheet.html import template_environment, typeset_words
from cheatsheet.newsletter.issues import Issue

# What would be markup in Markdown (CommonMark 0.31.2): anywhere, beside a word, at the start.
MARKS = re.compile(r"[\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|^(?:#{1,6} |>|[-+] |~{3})")
NUMBERED = re.compile(r"^(\d+)(?=[.)] )")
# Around a reference's words while quotes are set: private characters, which no text may have.
OPENING, CLOSING = "\ue000", "\ue001"
LINK = re.compile(f"{OPENING}(.*?){OPENING}(.*?){CLOSING}")


class IssueRenderer:
    """Renders the issues of one glossary. `width` is the mail's, in CSS pixels."""

    def __init__(self, glossary: Glossary, width: int) -> None:
        self._glossary = glossary
        self._escaped = template_environment("newsletter")
        self._plain = self._escaped.overlay(autoescape=False)
        self._escaped.filters["linked"] = self._linked
        self._plain.filters |= {"marked": self._marked, "words": self._words}
        self._width = width

    def markdown(self, issue: Issue) -> str:
        """Return an issue as Markdown, references as links, ending with a line feed."""
        return self._plain.get_template("issue.md.j2").render(self._names(issue)) + "\n"

    def text(self, issue: Issue) -> str:
        """Return an issue as text without marks, a paragraph a line."""
        return self._plain.get_template("issue.txt.j2").render(self._names(issue)) + "\n"

    def html(self, issue: Issue) -> str:
        """Return an issue as an HTML document with classes and no styles."""
        template = self._escaped.get_template("issue.html.j2")
        return template.render(self._names(issue), width=self._width).lstrip()

    def _names(self, issue: Issue) -> dict[str, object]:
        """Return what the templates know."""
        address = self._glossary.address(issue.term)
        book = self._glossary.book
        return {"book": book, "issue": issue, "term": issue.term, "address": address}

    def _opened(self, text: str) -> str:
        """Return a text on one line, its references as address and words between signs."""

        def opened(match: re.Match[str]) -> str:
            term = self._glossary.by_slug[match[1]]
            address, words = self._glossary.address(term), match[2] or term.name
            return f"{OPENING}{address}{OPENING}{words}{CLOSING}"

        return " ".join(REFERENCE.sub(opened, text).split())

    def _words(self, text: str) -> str:
        """Return a text without links."""
        return LINK.sub(r"\2", self._opened(text))

    def _marked(self, text: str) -> str:
        """Return a text as Markdown."""
        escaped = NUMBERED.sub(r"\1\\", MARKS.sub(r"\\\g<0>", self._opened(text)))
        return LINK.sub(r"[\2](\1)", escaped)

    def _linked(self, text: str) -> Markup:
        """Return a text as HTML, with curly quotes and links."""
        html = str(typeset_words(self._opened(text)))
        return Markup(LINK.sub(r'<a class="link" href="\1">\2</a>', html))  # noqa: S704 - escaped
