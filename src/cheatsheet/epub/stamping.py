"""A finished EPUB and a buyer → the buyer's copy: a line at the end, and the metadata."""

import re
from html import escape, unescape

from cheatsheet.epub.packaging import PACKAGE
from cheatsheet.epub.reading import read_epub
from cheatsheet.system.archive import pack_zip

LINE = '<p class="buyers-line"><bdi>{words}</bdi></p>'
METADATA = """\
<dc:identifier id="order">{order}</dc:identifier>
<dc:rights>{words}</dc:rights>
<dc:contributor id="owner">{owner}</dc:contributor>
<meta property="role" refines="#owner" scheme="marc:relators">own</meta>
"""
IDENTIFIER = re.compile(r'<dc:identifier id="book">([^<]*)<')
ORDER = re.compile(r'<dc:identifier id="order">([^<]*)<')
OWNER = re.compile(r'<dc:contributor id="owner">[^<]*&lt;([^<]*)&gt;<')


def stamp_epub(data: bytes, words: str, order: str, owner: str) -> bytes:
    """Return an EPUB with a line of words for its buyer; the same bytes for the same order.

    `owner` is who bought it (MARC relators, `own`). The line stands at the end of the last section:
    the colophon.
    """
    files = dict(read_epub(data).files)
    said = {"words": escape(words), "order": escape(order), "owner": escape(owner)}
    last = [name for name in files if name.endswith(".xhtml")][-1]
    files[last] = _inserted(files[last], LINE.format(**said), b"</section>")
    files[PACKAGE] = _inserted(files[PACKAGE], METADATA.format(**said), b"</metadata>")
    return pack_zip(files)


def purchase_of_epub(copy: bytes) -> tuple[str, str] | None:
    """Return whose copy an EPUB is, as `Buyer.purchase` tells it; None if it is no copy."""
    package = _package(copy)
    order, email = ORDER.search(package), OWNER.search(package)
    found = [unescape(said[1]).casefold() for said in (order, email) if said]
    return (found[0].replace("#", ""), found[1]) if order and email else None


def identifier_of_epub(data: bytes) -> str:
    """Return by which identifier a file goes as an EPUB of a build's; none if it is none."""
    found = IDENTIFIER.search(_package(data))
    return found[1] if found else ""


def _package(data: bytes) -> str:
    """Return the package document of an EPUB; none if it has none that can be read."""
    try:
        return read_epub(data).files[PACKAGE].decode()
    except (AttributeError, LookupError, TypeError, ValueError):  # it may be anything
        return ""


def _inserted(data: bytes, text: str, end: bytes) -> bytes:
    """Return a document with a text before the last such tag."""
    before, tag, after = data.rpartition(end)
    return before + text.encode() + tag + after
