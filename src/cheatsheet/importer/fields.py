"""Blocks → a term's fields, by their headings; what has no field is told with its line."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from cheatsheet.findings import Finding, Place, Rule, error, has_errors, warning
from cheatsheet.importer.blocks import Block, Document, shortened, slug_in
from cheatsheet.importer.headings import LABEL, WEB_ADDRESS, Publisher
from cheatsheet.importer.title import Head, is_issue_title, read_head
from cheatsheet.model.glossary import TermText
from cheatsheet.model.references import referenced_slugs, without_references
from cheatsheet.model.term_fields import TERM_FIELDS

FORM = error(
    "import-form",
    "A published file is neither a term page nor a newsletter.",
    "it needs the term's name first, and headings such as `TL;DR` or `## The Nerd Corner`",
)
LENGTH = error(
    "import-length",
    "A paragraph of a published file is longer than its field may be.",
    "split or shorten it in the file, and import it again",
)
UNPLACED = warning(
    "import-unplaced",
    "A published file has words that belong to no field of a term.",
    "put them under a heading that is known, or into the term's file by hand",
)
LEFT_OUT = warning(
    "import-left-out",
    "A published file has something that a term's text cannot hold: a script, a picture, a link.",
    "its words stay; say the rest in words, if it matters",
)

Value = str | int | tuple[str, ...]
ADDED = re.compile(r"^((re|fwd?|aw|wg)\s*:\s*|\[test\]\s*)+", re.IGNORECASE)
PROPER_LISTS = {"go_deeper", "related"}
NAMELESS = "ends where a term's name should stand"
NAME_IT = "write the term's name behind it"
HEAD = {"name", "issue", "tagline"}  # the fields that stand before the first heading
MAX_BLOCKS = 1000  # a term's page has about thirty
LINE = 200  # characters of what is a line and no text


@dataclass
class Published:
    """What a published file says of a term: the slug it gives, the fields, where each began.

    `slug` is empty where the file has no address. `related` holds the words as they stand: names,
    or references. `lines` has each field's 1-based first line.
    """

    slug: str = ""
    fields: dict[str, Value] = field(default_factory=dict)
    lines: dict[str, int | None] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def recognise(document: Document) -> Published:
    """Return the fields that a document's blocks hold; without any, a finding says so."""
    published = Published(document.slug)
    if len(document.blocks) > MAX_BLOCKS:
        message = f"the file has {len(document.blocks):,} paragraphs, more than {MAX_BLOCKS:,}"
        return Published(findings=[FORM.finding(message, document.place(1))])
    parts = [part for block in document.blocks for part in _split_label(block, document.publisher)]
    head = read_head(parts, document.titles, document.publisher)
    if head.problem:
        return Published(findings=[FORM.finding(head.problem, document.place(1))])
    _Sorter(document, published, head).sort(parts)
    for line, what in document.skipped:
        published.findings.append(LEFT_OUT.finding(f"{what} is left out", document.place(line)))
    has_name, has_more = "name" in published.fields, not published.fields.keys() <= HEAD
    if not has_errors(published.findings) and not (has_name and has_more):
        published.findings = [_formless(published, document)]
    published.findings.sort(key=lambda finding: finding.place.line or 0)
    return published


def _formless(published: Published, document: Document) -> Finding:
    """Return the finding for a file without a term; for one without its name, that of its title."""
    unnamed = [one for one in published.findings if one.message.endswith(NAMELESS)]
    for finding in unnamed[:1]:
        return FORM.finding(finding.message, finding.place, NAME_IT)
    return FORM.finding("no term was found", document.place(1))


class _Sorter:
    """Goes through a document's blocks and puts each one into its field.

    `_field` is the field of the last heading, or None: above the first, and under unknown ones.
    """

    def __init__(self, document: Document, published: Published, head: Head) -> None:
        self._document = document
        self._publisher = document.publisher
        self._published = published
        self._head = head
        self._is_marked = any(block.level for block in document.blocks)
        self._field: str | None = None
        self._was_item = False

    def sort(self, blocks: Sequence[Block]) -> None:
        """Put all blocks into their fields, and a mail's subject into its own."""
        for block in blocks:
            self._take(block)
        if self._document.subject:
            self._subject(self._document.subject)

    def _subject(self, subject: str) -> None:
        """Take a mail's subject, without what a mail program or a sending service adds to it."""
        words = ADDED.sub("", subject)
        lost = (f'"{subject[: -len(words) or None]}" of the subject',) if words != subject else ()
        if words:
            self._put("subject", words, Block(1, words, left_out=lost))

    def _take(self, block: Block) -> None:
        """Put one block where it belongs."""
        words = without_references(block.text)
        name = self._publisher.field_of(block.text)
        if block in (self._head.name, self._head.tagline):
            self._put("name" if block == self._head.name else "tagline", words, block)
        elif not any(map(str.isalnum, words)):
            self._no_words(block)
        elif block.labelled:
            self._fill(block)
        elif self._publisher.term_page.fullmatch(words) and (
            slug := _slug_of(block, self._publisher.site)
        ):
            self._published.slug = slug
        elif self._publisher.is_fixed(block.text):
            self._field = None if block.level else self._field
        elif (title := self._publisher.issue_title.fullmatch(words)) and self._is_title(block):
            self._put("issue", int(title["issue"]), block)
            self._title(title["name"], block)
        elif title := self._publisher.this_week.fullmatch(words):
            self._same_name(title["name"], block)
        elif name and name not in self._published.fields:
            self._field = name
        elif name or block.level:
            self._field = None
            self._unplaced(block)
        else:
            self._fill(block)

    def _is_title(self, block: Block) -> bool:
        """Tell whether a newsletter's title stands where one stands: first, and as a heading."""
        is_title = is_issue_title(block, self._publisher, is_marked=self._is_marked)
        return is_title and "name" not in self._published.fields and self._field is None

    def _fill(self, block: Block) -> None:
        """Put a paragraph into the field of the last heading; one that is full takes no more."""
        name, fields = self._field, self._published.fields
        if name is None or self._is_full(name, block):
            self._unplaced(block)
        elif TERM_FIELDS[name].many:
            listed = fields.get(name, ())
            self._put(name, (*(listed if isinstance(listed, tuple) else ()), block.text), block)
        else:
            self._put(name, block.text, block)
        self._was_item = block.is_item

    def _is_full(self, name: str, block: Block) -> bool:
        """Tell whether a field takes no more: after a list, none but its items."""
        value = self._published.fields.get(name, ())
        if not isinstance(value, tuple):
            return True
        is_after = bool(value) and name in PROPER_LISTS and self._was_item and not block.is_item
        return is_after or len(value) >= _most(name)

    def _no_words(self, block: Block) -> None:
        """Note a block without letters: what was left out of it, and pictures among its signs."""
        self._left_out(block)
        if any(unicodedata.category(character) == "So" for character in block.text):
            self._unplaced(block)

    def _put(self, name: str, value: Value, block: Block) -> None:
        """Set a field, unless the block is too long for it."""
        most, length = _longest(name), len(block.text)
        if length > most:
            message = f"`{name}` may have {most:,} characters, and this has {length:,}"
            self._note(LENGTH, message, block)
            return
        self._published.fields[name] = value
        self._published.lines.setdefault(name, self._document.place(block.line).line)
        self._left_out(block)
        if block.form and name not in PROPER_LISTS:
            self._note(LEFT_OUT, f"{block.form} is left out", block)

    def _title(self, name: str | None, block: Block) -> None:
        """Take the name in a newsletter's title; where there is none, it may stand below."""
        if name:
            self._put("name", name, block)
        else:
            self._note(UNPLACED, f'the title "{shortened(block.text)}" {NAMELESS}', block, NAME_IT)

    def _same_name(self, name: str, block: Block) -> None:
        """Hold the name in `This Week's Term` to the title's."""
        if "name" not in self._published.fields:
            self._put("name", name, block)
        elif self._published.fields["name"] != name:
            self._unplaced(block)
        self._field = None

    def _left_out(self, block: Block) -> None:
        """Say what of a block no field can hold."""
        for what in block.left_out:
            self._note(LEFT_OUT, f"{what} is left out", block)

    def _unplaced(self, block: Block) -> None:
        """Say that a block has no field."""
        self._note(UNPLACED, f'"{shortened(block.text)}" has no field', block)

    def _note(self, rule: Rule, message: str, block: Block, hint: str = "") -> None:
        """Note what is wrong with a block."""
        place = self._document.place(block.line)
        self._published.findings.append(rule.finding(message, place, hint))


def resolve_related(
    published: Published, names: Mapping[str, str], document: Document
) -> tuple[str, ...]:
    """Return the slugs of the related terms; one that is not known is noted as unplaced.

    `names` are the slugs of the project's terms by their names without case.
    """
    listed = published.fields.get("related", ())
    slugs: list[str] = []
    for words in listed if isinstance(listed, tuple) else ():
        found = list(_related(words, names))
        slugs.extend(slug for slug in found if slug)
        if not all(found):
            place = Place(document.file, published.lines["related"])
            message = f'"{shortened(words)}" is the name of no term'
            published.findings.append(UNPLACED.finding(message, place))
    return tuple(dict.fromkeys(slugs))


def _related(words: str, names: Mapping[str, str]) -> Iterator[str]:
    """Yield the slug of each term that a line names, or nothing for a name that is not known."""
    if slugs := referenced_slugs(words):
        yield from slugs
    elif words.casefold() in names:
        yield names[words.casefold()]
    else:
        yield from (names.get(name.casefold(), "") for name in re.split(r"\s*[,·|•]\s*", words))


def _split_label(block: Block, publisher: Publisher) -> Iterator[Block]:
    """Yield a block, or its label and its text: `The quick version: ...` is a heading and more."""
    label = LABEL.fullmatch(block.text)
    if label is None or publisher.field_of(label["label"]) is None:
        yield block
        return
    yield Block(block.line, label["label"])
    if label["text"]:
        yield replace(block, text=label["text"], level=0, labelled=True)


def _slug_of(block: Block, site: str) -> str:
    """Return the slug that a block's link or web address leads to, or nothing."""
    address = WEB_ADDRESS.search(block.text)
    written = slug_in(address[0], site) if address else ""
    return next(iter(referenced_slugs(block.text)), written)


@lru_cache
def _most(name: str) -> int:
    """Return how many items a list may have, by the model of a term."""
    schema = TermText.model_json_schema()["properties"][name]
    return int(schema.get("maxItems", MAX_BLOCKS))


@lru_cache
def _longest(name: str) -> int:
    """Return how many characters a paragraph of a field may have, by the model of a term."""
    schema = TermText.model_json_schema()["properties"][name]
    if name == "related":  # names, here; the model has slugs
        return LINE
    return int(schema.get("maxLength") or schema.get("items", {}).get("maxLength") or LINE)
