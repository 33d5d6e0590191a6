"""A section and the page numbers it prints → HTML."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import PurePath

from markupsafe import Markup, escape

from cheatsheet.book.columns import index_columns
from cheatsheet.book.illustrations import drawing, drawing_in_room, motif_sides, motifs, qr_path
from cheatsheet.book.neighbourhood import map_countries
from cheatsheet.book.pairing import lines_of_side, pair_pages
from cheatsheet.book.posts import Post, make_post
from cheatsheet.book.specimen import small_tokens
from cheatsheet.book.templates import lacks_target, render, shown, template_environment
from cheatsheet.book.typography import REFERENCE_CLOSED, REFERENCE_OPENED, Typographer
from cheatsheet.model.base import Matter
from cheatsheet.model.glossary import Glossary, Term
from cheatsheet.model.labels import put
from cheatsheet.model.references import REFERENCE
from cheatsheet.model.section_kinds import SECTION_KINDS
from cheatsheet.model.sections import (
    PageNumbers,
    Section,
    cover_columns,
    cover_rows,
    cover_tiles,
    list_acronyms,
    list_index,
    list_pairs,
    named_side,
    sides_on_page,
    term_id,
)
from cheatsheet.model.selling import Sample
from cheatsheet.stylesheets import StyleFile, names_in
from cheatsheet.system.reading import TEMPLATES

# Around a reference's words while quotes are set: private characters, which no text may have.
OPENING, CLOSING = "\ue000", "\ue001"
OPENED = re.compile(f"{OPENING}(.*?){OPENING}(.*?){CLOSING}")
LINK, LINK_END = re.compile(r"<a\b"), re.compile(r"</a>")
ADDRESS = re.compile(r' (?:id|href|title)="[^"]*"')
QUOTES = r"""["'\u201d\u2019)\]]*"""
NO_END = r"(?<![\s.(]\w)(?<!\b(?:Dr|Mr|Ms|St|vs))"  # before a full stop: U.S., e.g., Dr.
FIRST_SENTENCE = re.compile(
    rf"""(?s).*?\w{NO_END}{QUOTES}[.!?…]{QUOTES}(?=\s+["'\u201c(\[]?(?![a-z])\w|\s*$)"""
)
STYLES = re.compile(
    r"(?:<style\b[^>]*>|\{% block data_styles %\})(.*?)(?=</style>|\{% endblock %\})", re.DOTALL
)
STATEMENT = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
HEADING = re.compile(r"(</?)h[12]\b")
CAPITALS = re.compile(r"(?<!\w)[A-Z][A-Z0-9]+(?!\w)")
MARKED = r'<span class="index-capitals">\g<0></span>'


def template_names() -> frozenset[str]:
    """Return what selectors may name in the templates, and so in any edition's pages."""
    files = [path for path in TEMPLATES.rglob("*") if path.is_file()]
    kinds = (f".{kind.replace('_', '-')}" for kind in SECTION_KINDS)
    html = [
        *(path.read_text("utf-8", "replace") for path in files),
        REFERENCE_OPENED,
        REFERENCE_CLOSED,
        MARKED,
    ]
    return frozenset(kinds).union(*map(names_in, html))


def template_styles() -> list[StyleFile]:
    """Return the style sheets in the book's templates, each where it stands in its file.

    All else is blank, and what a template fills in is a stand-in.
    """
    files = sorted((TEMPLATES / "book").rglob("*.j2"))
    texts = [(file, file.read_text("utf-8", "replace")) for file in files]
    return [
        StyleFile(PurePath(shown(file)), _styles_alone(text))
        for file, text in texts
        if STYLES.search(text)
    ]


def _styles_alone(text: str) -> str:
    """Return a template with all but its style sheets blank."""
    alone = _blank(text)
    for found in STYLES.finditer(text):
        start, end = found.span(1)
        css = STATEMENT.sub(lambda code: _blank(code[0]), found[1])
        alone = alone[:start] + EXPRESSION.sub(_filled, css) + alone[end:]
    return alone


def _filled(code: re.Match[str]) -> str:
    """Return what stands for an expression in a style sheet, as long as it is: a name or number.

    What fills in whole rules or declarations is left out.
    """
    before = code.string[: code.start()]
    if before[-1:].isalnum() or before[-1:] in {".", "#", "-"}:
        return "x" * len(code[0])
    if before.rstrip()[-1:] not in {"", "{", "}", ";"}:
        return "0" * len(code[0])
    is_name = code.string[code.end() :].lstrip().startswith(":")
    return "--".ljust(len(code[0]), "x") if is_name else _blank(code[0])


def _blank(text: str) -> str:
    """Return a text with all but the ends of its lines blank."""
    return re.sub(r"[^\n]", " ", text)


def post_foot(glossary: Glossary) -> tuple[str, str]:
    """Return whom a card to post is from, and where that leads: the newsletter, or the book."""
    book, call = glossary.book, glossary.labels.newsletter.card
    site = book.site.removeprefix("https://")
    if book.newsletter and site:
        return book.newsletter, put(call, site=site)
    return f"{book.author} · {book.subtitle}", site


def first_sentence(text: str) -> str:
    """Return what a text says first; one that has a single sentence is whole.

    What is cut short ends none: `U.S.`, `e.g.`, `Dr.`
    """
    found = FIRST_SENTENCE.match(text)
    return found[0] if found else text


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
        self._sample, self._tokens = sample, tokens
        self._typographer = Typographer(glossary)
        self._environment = template_environment(glossary, *folders)
        self._environment.filters |= {"unlinked": _unlinked, "capitals": _capitals}
        self._environment.globals |= {
            "glossary": glossary,
            "sections": sections,
            "sample": sample,
            "href": self._href,
            "acronyms": list_acronyms(glossary),
            "pairs": list_pairs(glossary),
            "pair_pages": pair_pages,
            "lines_of_side": lines_of_side,
            "named_side": partial(named_side, glossary),
            "sides_on_page": partial(sides_on_page, glossary),
            "index": list_index(glossary),
            "index_columns": index_columns,
            "tokens": tokens,
            "length": self._length,
            "small_tokens": partial(small_tokens, tokens),
            "term_id": term_id,
            "qr_path": qr_path,
            "drawing": partial(drawing, glossary, tokens),
            "cover_columns": cover_columns,
            "motifs": partial(motifs, glossary, tokens),
            "motif_sides": partial(motif_sides, glossary, tokens),
            "cover_tiles": cover_tiles,
            "cover_rows": cover_rows,
            "map_countries": map_countries,
            "term_numbers": {term.slug: n for n, term in enumerate(glossary.terms, 1)},
            "category_numbers": {
                category.id: n for n, category in enumerate(glossary.categories, 1)
            },
        }

    def render(self, section: Section, numbers: PageNumbers) -> str:
        """Return the HTML document of a section that prints the given page numbers.

        Raises RenderError.
        """
        names = {
            "section": section,
            "term": section.term,
            "category": section.category,
            "matter": self._matter(section),
            "start": numbers[section.id].number,
            "side": "recto" if numbers[section.id].page % 2 else "verso",
            "folio": lambda section_id: numbers[section_id].folio,
            "described": partial(self._describe, numbers),
            "linked": partial(self._typeset_linked, numbers),
        }
        template = f"{section.kind}.html.j2"
        html = render(self._environment, template, names, section.title)
        if f'id="{section.id}"' not in html:
            raise lacks_target(self._environment, template, section.id)
        return html

    def render_pictures(self, terms: Sequence[Term], room: tuple[int, int] | None = None) -> str:
        """Return an HTML document of terms' drawings alone, as large as they go in a room.

        Raises RenderError.
        """
        shown = partial(drawing_in_room, room=room) if room else drawing
        draw = partial(shown, self._glossary, self._tokens)
        return render(self._environment, "pictures.html.j2", {"terms": terms, "drawing": draw})

    def render_posts(self, terms: Sequence[Term]) -> str:
        """Return an HTML document of terms' cards to post. Raises RenderError."""
        cards = [(term, self._post(term)) for term in terms]
        names = {"cards": cards, "foot": post_foot(self._glossary)}
        return render(self._environment, "posts.html.j2", names)

    def _post(self, term: Term) -> Post:
        """Return a term's card: it says the TL;DR's first sentence where the site shows it."""
        web = self._glossary.book.web
        is_shown = web is not None and "tldr" in web.shows
        tldr = first_sentence(self._glossary.without_references(term.tldr))
        line = tldr if is_shown else term.tagline
        return make_post(self._glossary, self._tokens, term, line)

    def _matter(self, section: Section) -> Matter | None:
        """Return the heading and paragraphs of a section that is not a term's."""
        if self._sample and section.kind == "offer":
            return self._sample.offer
        return getattr(self._glossary.book.matter, section.kind, None)

    def _length(self, token: str) -> float:
        """Return a token's length without its unit of two letters; 0.0 where it has none."""
        try:
            return float(self._tokens.get(token, "")[:-2])
        except ValueError:
            return 0.0

    def _href(self, section_id: str) -> str:
        """Return where a link to a section leads."""
        if self._sample is None or self._sections[section_id].shown:
            return f"#{section_id}"
        return self._glossary.book.seller

    def _describe(self, numbers: PageNumbers, section_id: str) -> str:
        """Return what a link to a section is called for who cannot see it."""
        section = self._sections[section_id]
        page = self._glossary.labels.page
        label = page.described if section.shown else page.elsewhere
        return put(label, title=section.title, page=numbers[section_id].folio)

    def _typeset_linked(self, numbers: PageNumbers, text: str) -> Markup:
        """Return a text with its references as links that print their page."""

        def link(slug: str) -> tuple[str, str, str]:
            section_id = term_id(slug)
            description = self._describe(numbers, section_id)
            return self._href(section_id), description, numbers[section_id].folio

        return self._typographer.linked(text, link)


def _capitals(words: str) -> Markup:
    """Return words with those in capitals marked, which a list sets smaller: `AI`, `C2PA`."""
    marked = CAPITALS.sub(MARKED, str(escape(words)))
    return Markup(marked)  # noqa: S704 - escaped


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
