"""A section and the page numbers it prints → HTML. Alone knows Jinja2 and the typographer.

Texts are escaped: markup and template syntax in them are printed as they stand. The only syntax
is `[[slug]]` and `[[slug|words]]`.
"""

import calendar
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
)
from jinja2.bccache import Bucket
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

from cheatsheet.apostrophes import set_apostrophes
from cheatsheet.book import (
    PageNumbers,
    Section,
    cover_rows,
    cover_tiles,
    list_acronyms,
    list_index,
    list_pairs,
    sides_on_page,
    term_id,
)
from cheatsheet.glossary import REFERENCE, Glossary, Term, without_references
from cheatsheet.illustrations import drawing, drawing_on_tab, qr_path
from cheatsheet.model import Matter
from cheatsheet.selling import Sample
from cheatsheet.stylesheets import plain_names

TEMPLATES = Path(__file__).parent / "templates"
# Around a reference's words while quotes are set: private characters, which no text may have.
OPENING, CLOSING = "\ue000", "\ue001"
OPENED = re.compile(f"{OPENING}(.*?){OPENING}(.*?){CLOSING}")
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
LINK, LINK_END = re.compile(r"<a\b"), re.compile(r"</a>")
ADDRESS = re.compile(r' (?:id|href|title)="[^"]*"')
HEADING = re.compile(r"(</?)h[12]\b")
DATE = re.compile(rf"\b(?:{'|'.join(calendar.month_name[1:])}) \d{{1,4}}\b(?:, \d{{4}})?")


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

DIFFICULTIES = {1: "Easy", 2: "Medium", 3: "Nerdy"}


@cache
def template_names() -> frozenset[str]:
    """Return the words in the templates, which any edition's pages may have."""
    files = [path for path in TEMPLATES.rglob("*") if path.is_file()]
    return frozenset(name for path in files for name in plain_names(path.read_text("utf-8")))


def template_environment(*folders: str) -> Environment:
    """Return what renders templates/<folder>: texts are escaped, an unknown name is an error.

    A template is taken from the first of the folders that has it.
    """
    environment = Environment(
        loader=FileSystemLoader([TEMPLATES / folder for folder in folders], encoding="utf-8-sig"),
        autoescape=True,
        bytecode_cache=_COMPILED,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"text": typeset_words, "inside": inside_a_sentence}
    return environment


class RenderError(Exception):
    """A section cannot be rendered, as with a reference to a term that there is not."""


class HtmlRenderer:
    """Renders the sections of one glossary.

    `tokens` are the values of the styles' custom properties, for drawings: WeasyPrint gives SVG
    neither variables nor the page's colour. In a `sample`, links to what it lacks lead to where
    the book is sold. `folders` are those of the templates; the first that has one wins.
    """

    def __init__(
        self,
        glossary: Glossary,
        sections: Sequence[Section],
        tokens: Mapping[str, str],
        sample: Sample | None = None,
        folders: Sequence[str] = ("book",),
    ) -> None:
        self._glossary = glossary
        self._sections = {section.id: section for section in sections}
        self._sample = sample
        self._environment = template_environment(*folders)
        self._environment.filters["unlinked"] = _unlinked
        self._environment.globals |= {
            "glossary": glossary,
            "book": glossary.book,
            "sections": sections,
            "sample": sample,
            "href": self._href,
            "acronyms": list_acronyms(glossary),
            "pairs": list_pairs(glossary),
            "sides_on_page": partial(sides_on_page, glossary),
            "index": list_index(glossary),
            "difficulties": DIFFICULTIES,
            "tokens": tokens,
            "term_id": term_id,
            "qr_path": qr_path,
            "drawing": partial(drawing, glossary, tokens),
            "drawing_on_tab": partial(drawing_on_tab, glossary, tokens),
            "cover_tiles": cover_tiles,
            "cover_rows": cover_rows,
            "term_numbers": {term.slug: n for n, term in enumerate(glossary.terms, 1)},
            "category_numbers": {
                category.id: n for n, category in enumerate(glossary.categories, 1)
            },
        }

    def render(self, section: Section, numbers: PageNumbers) -> str:
        """Return the HTML document of a section that prints the given page numbers.

        Raises RenderError.
        """
        try:
            return self._environment.get_template(f"{section.kind}.html.j2").render(
                section=section,
                term=section.term,
                category=section.category,
                matter=self._matter(section),
                start=numbers[section.id].number,
                side="recto" if numbers[section.id].page % 2 else "verso",
                folio=lambda section_id: numbers[section_id].folio,
                described=partial(self._describe, numbers),
                linked=partial(self._typeset_linked, numbers),
            )
        except (TemplateError, KeyError) as problem:
            raise RenderError(f"{section.title}: {problem}") from problem

    def render_pictures(self, terms: Sequence[Term]) -> str:
        """Return an HTML document of terms' drawings alone."""
        return self._environment.get_template("pictures.html.j2").render(terms=terms)

    def render_posts(self, terms: Sequence[Term]) -> str:
        """Return an HTML document of terms' cards to post."""
        return self._environment.get_template("posts.html.j2").render(terms=terms)

    def _matter(self, section: Section) -> Matter | None:
        """Return the heading and paragraphs of a section that is not a term's."""
        if self._sample and section.kind == "offer":
            return self._sample.offer
        return getattr(self._glossary.book.matter, section.kind, None)

    def _href(self, section_id: str) -> str:
        """Return where a link to a section leads."""
        if self._sample is None or self._sections[section_id].shown:
            return f"#{section_id}"
        return self._glossary.book.seller

    def _describe(self, numbers: PageNumbers, section_id: str) -> str:
        """Return what a link to a section is called for who cannot see it."""
        section = self._sections[section_id]
        where = "" if section.shown else " of the full book"
        return f"{section.title}, page {numbers[section_id].folio}{where}"

    def _typeset_linked(self, numbers: PageNumbers, text: str) -> Markup:
        """Return a text with its references as links that print their page."""

        def link(slug: str) -> tuple[str, str, str]:
            section_id = term_id(slug)
            description = self._describe(numbers, section_id)
            return self._href(section_id), description, numbers[section_id].folio

        environment = {"link": link, "names": self._glossary.names}
        return Markup(_set_quotes(_hold_dates(text), environment))  # noqa: S704 - the renderer escapes


def _unlinked(html: str) -> Markup:
    """Return a part of a page without links, anchors and headings, to show it in another."""
    for pattern, words in (
        (LINK, "<span"),
        (LINK_END, "</span>"),
        (ADDRESS, ""),
        (HEADING, r"\1p"),
    ):
        html = pattern.sub(words, html)
    return Markup(html)  # noqa: S704 - a template made it


def open_references(text: str, glossary: Glossary, address: Callable[[Term], str]) -> str:
    """Return a text on one line, each reference as `address` and words between signs."""

    def opened(match: re.Match[str]) -> str:
        term = glossary.by_slug[match[1]]
        return f"{OPENING}{address(term)}{OPENING}{match[2] or term.name}{CLOSING}"

    return " ".join(REFERENCE.sub(opened, text).split())


def typeset_words(text: str) -> Markup:
    """Return a text without references, escaped, with curly quotes and apostrophes."""
    return Markup(_set_quotes(without_references(text), {}))  # noqa: S704 - the renderer escapes


def inside_a_sentence(title: str) -> str:
    """Return a title as it stands within a sentence: `the SpeakNerd Cheat Sheet`."""
    return "the " + title.removeprefix("The ") if title.startswith("The ") else title


def _set_quotes(text: str, environment: dict[str, Any]) -> str:
    """Return a text as HTML with its apostrophes and curly quotes."""
    return str(_TYPOGRAPHER.renderInline(set_apostrophes(text), environment))


def _hold_dates(text: str) -> str:
    """Return a text whose dates do not break over lines."""
    return DATE.sub(lambda date: date[0].replace(" ", NO_BREAK_SPACE), text)


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
    return f'<a class="reference" href="{escape(address)}" title="{escape(description)}">'


def _render_close(
    _: RendererProtocol, tokens: Sequence[Token], index: int, __: OptionsDict, env: EnvType
) -> str:
    """Return the page number and the closing tag of a reference."""
    folio = env["link"](tokens[index].meta["slug"])[2]
    space = NO_BREAK_SPACE
    return f' <span class="reference-page">(p.{space}{folio})</span></a>'


def _make_typographer() -> MarkdownIt:
    """Return a Markdown parser that knows nothing but quotes and references."""
    markdown = MarkdownIt("zero", {"typographer": True}).enable("smartquotes")
    markdown.inline.ruler.push("reference", _parse_reference)
    rules: dict[str, Callable[..., str]] = {
        "reference_open": _render_open,
        "reference_close": _render_close,
    }
    for name, rule in rules.items():
        markdown.add_render_rule(name, rule)
    return markdown


_TYPOGRAPHER = _make_typographer()
