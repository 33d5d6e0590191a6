"""What a published file is made of, whatever its form: headings and paragraphs with their lines."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from cheatsheet.findings import Place
from cheatsheet.importer.headings import Publisher
from cheatsheet.manuscript.slugs import is_slug

FOOTNOTE_MARK = re.compile(r"\W*(\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§↑↩^]+)?\W*")


MAX_BLOCKS = 10_000  # a saved web page has some hundreds


class UnreadableError(ValueError):
    """A file that cannot be read whole; the message says why."""


@dataclass(frozen=True)
class Block:
    """A heading or a paragraph: its 1-based line and its text.

    `level` is the heading's, or 0 where the form does not mark it as one. `text` has links to term
    pages as `[[slug|words]]`. `left_out` says what else stood there. `is_item` tells an item of a
    list; the first one of a list has in `form` what is lost where a field is no list. What follows
    a label on its line is its text, `labelled`, and no heading.
    """

    line: int
    text: str
    level: int = 0
    left_out: tuple[str, ...] = ()
    is_item: bool = False
    form: str = ""
    labelled: bool = False


@dataclass(frozen=True)
class Document:
    """A published file: its name for messages, whose it is, its blocks in order.

    `slug` is from the canonical address, if the form has one, and `titles` are what the form calls
    the whole of it. `subject` is a mail's. `skipped` are elements that are no text, each with its
    line: scripts, pictures, frames. `has_lines` tells whether lines are those of the file.
    """

    file: str
    publisher: Publisher
    blocks: tuple[Block, ...]
    slug: str = ""
    titles: tuple[str, ...] = ()
    subject: str = ""
    skipped: tuple[tuple[int, str], ...] = ()
    has_lines: bool = True

    def place(self, line: int) -> Place:
        """Return the place of a line."""
        return Place(self.file, line if self.has_lines else None)


def slug_in(address: str, site: str) -> str:
    """Return the slug in the address of a term's page (`site`/terms/slug), or nothing.

    `site` is an https address without a path; a relative address counts from a term's page.
    """
    if not address.strip() or address.strip().startswith("#"):
        return ""
    try:
        parts = urlsplit(urljoin(f"{site}/terms/-/", address.strip()))
    except ValueError:  # not an address: `https://[`
        return ""
    folder, _, slug = parts.path.removesuffix("index.html").rstrip("/").rpartition("/")
    host, own = (
        one.casefold().removeprefix("www.") for one in (parts.netloc, urlsplit(site).netloc)
    )
    same_site = parts.scheme in {"https", "http"} and host == own
    return slug if same_site and folder == "/terms" and is_slug(slug) else ""


def as_reference(words: str, address: str, site: str) -> tuple[str, str]:
    """Return a link as the manuscript has it, and what is left out: nothing, or the address.

    Of a link to a footnote nothing is kept: its words are a mark.
    """
    slug = slug_in(address, site)
    if slug and words.strip() and not set(words) & set("[]|"):
        return f"[[{slug}|{words}]]", ""
    if "#" in address and FOOTNOTE_MARK.fullmatch(words.strip()):
        return "", f'the footnote mark "{words.strip()}"' if words.strip() else ""
    return words, f"the link to {address.strip()[:80]}" if address.strip() else ""


def hold_to_limit(blocks: int) -> None:
    """Raise UnreadableError for more blocks than are read in a time that one waits."""
    if blocks > MAX_BLOCKS:
        raise UnreadableError(f"the file has more than {MAX_BLOCKS:,} paragraphs")


def shortened(text: str) -> str:
    """Return the first words of a text, as a message shows them."""
    return text if len(text) <= 60 else f"{text[:56]} ..."  # noqa: PLR2004 - what a line can show
