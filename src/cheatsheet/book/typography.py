"""Texts → HTML with the quotation marks, apostrophes and spaces of a language.

Texts are escaped: markup in them is printed as it stands. The only syntax is `[[slug]]` and
`[[slug|words]]`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

from cheatsheet.model.apostrophes import set_apostrophes
from cheatsheet.model.glossary import Glossary
from cheatsheet.model.labels import put
from cheatsheet.model.references import REFERENCE, without_references

REFERENCE_OPENED = '<a class="reference" href="{}" title="{}">'
REFERENCE_CLOSED = ' <span class="reference-page">{}</span></a>'
NO_BREAK_SPACE, NARROW_SPACE = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"

Link = Callable[[str], tuple[str, str, str]]
"""A slug → the address that a reference to it leads to, what the link is called, and its page."""


class Typographer:
    """Sets texts as the language of a glossary has them."""

    def __init__(self, glossary: Glossary) -> None:
        signs, self._reference = glossary.labels.signs, glossary.labels.page.reference
        self._is_english, self._names = glossary.is_english, glossary.names
        self._spaced = re.compile(rf" (?=[{re.escape(signs.spaced)}])") if signs.spaced else None
        # A day and a month, a month and a year, or all three, as the languages write them.
        self._date = re.compile(
            rf"(?:\b\d{{1,2}}(?:er|\.)? (?:de )?)?\b(?:{'|'.join(signs.months)})"
            r"(?: (?:de )?\d{1,4}\b(?:, \d{4})?)?"
        )
        options: dict[str, Any] = {"typographer": True, "quotes": list(signs.quotes)}
        self._markdown = MarkdownIt("zero", options).enable("smartquotes")
        self._markdown.inline.ruler.push("reference", _parse_reference)
        self._markdown.add_render_rule("reference_open", _render_open)
        self._markdown.add_render_rule("reference_close", _render_close)

    def words(self, text: str) -> Markup:
        """Return a text without references."""
        return self._set(without_references(text), {})

    def linked(self, text: str, link: Link) -> Markup:
        """Return a text with its references as links that print their page, and dates unbroken."""
        held = self._date.sub(lambda date: date[0].replace(" ", NO_BREAK_SPACE), text)
        environment = {"link": link, "names": self._names, "reference": self._reference}
        return self._set(held, environment)

    def _set(self, text: str, environment: Mapping[str, Any]) -> Markup:
        """Return a text as HTML with its spaces, apostrophes and curly quotes."""
        if self._spaced:
            text = self._spaced.sub(_space_before, text)
        signed = set_apostrophes(text, english=self._is_english)
        return Markup(self._markdown.renderInline(signed, dict(environment)))  # noqa: S704 - it escapes


def _space_before(space: re.Match[str]) -> str:
    """Return the space before a sign: a narrow one, but for the colon."""
    return NO_BREAK_SPACE if space.string[space.end()] == ":" else NARROW_SPACE


def _parse_reference(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Turn `[[slug|words]]` into tokens: opening, words, closing (a markdown-it inline rule)."""
    match = REFERENCE.match(state.src, state.pos)
    if match is None or "link" not in state.env:
        return False
    if not silent:
        state.push("reference_open", "a", 1).meta = {"slug": match[1]}
        state.push("text", "", 0).content = match[2] or state.env["names"][match[1]]
        state.push("reference_close", "a", -1).meta = {"slug": match[1]}
    state.pos = match.end()
    return True


def _render_open(
    _: RendererProtocol, tokens: Sequence[Token], index: int, __: OptionsDict, env: EnvType
) -> str:
    """Return the opening tag of a reference."""
    address, description, _folio = env["link"](tokens[index].meta["slug"])
    return REFERENCE_OPENED.format(escape(address), escape(description))


def _render_close(
    _: RendererProtocol, tokens: Sequence[Token], index: int, __: OptionsDict, env: EnvType
) -> str:
    """Return the page number and the closing tag of a reference."""
    folio = env["link"](tokens[index].meta["slug"])[2]
    words = put(env["reference"].replace(" ", NO_BREAK_SPACE), page=folio)
    return REFERENCE_CLOSED.format(escape(words))
