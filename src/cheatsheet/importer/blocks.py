"""What a published file is made of, whatever its form: headings and paragraphs with their lines."""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from cheatsheet.findings import Place


@dataclass(frozen=True)
class Block:
    """A heading or a paragraph: its 1-based line and its text.

    `level` is the heading's, or 0 where the form does not mark it as one. `text` has links to term
    pages as `[[slug|words]]`. `left_out` says what else stood there.
    """

    line: int
    text: str
    level: int = 0
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """A published file: its name for messages, its site's address, its blocks in order.

    `slug` is from the canonical address, if the form has one. `skipped` are elements that are
    no text, each with its line: scripts, pictures, frames.
    """

    file: str
    site: str
    blocks: tuple[Block, ...]
    slug: str = ""
    skipped: tuple[tuple[int, str], ...] = ()

    def place(self, line: int) -> Place:
        """Return the place of a line."""
        return Place(self.file, line)


def slug_in(address: str, site: str) -> str:
    """Return the slug in the address of a term's page (`site`/terms/slug), or nothing.

    `site` is an https address without a path; a relative address counts from a term's page.
    """
    try:
        parts = urlsplit(urljoin(f"{site}/terms/-/", address.strip()))
    except ValueError:  # not an address: `https://[`
        return ""
    folder, _, slug = parts.path.removesuffix("index.html").rstrip("/").rpartition("/")
    same_site = parts.scheme == "https" and parts.netloc == urlsplit(site).netloc
    return slug if same_site and folder == "/terms" else ""


def as_reference(words: str, address: str, site: str) -> tuple[str, str]:
    """Return a link as the manuscript has it, and what is left out: nothing, or the address."""
    slug = slug_in(address, site)
    if slug and words.strip() and not set(words) & set("[]|"):
        return f"[[{slug}|{words}]]", ""
    return words, f"the link to {address[:80]}"
