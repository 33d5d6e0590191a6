"""The elements of HTML and the parts of known exports: what is a block, and what is no text."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from cheatsheet.importer.blocks import shortened
from cheatsheet.importer.decoding import normal

# Elements that begin a new block; any other, and any that is not known, stands in a line of text.
BLOCKS = {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details"}
BLOCKS |= {"dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1"}
BLOCKS |= {"h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main"}
BLOCKS |= {"menu", "ol", "optgroup", "option", "p", "pre", "search", "section", "summary", "table"}
BLOCKS |= {"tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
BLOCK_DISPLAYS = {"block", "flex", "grid", "list-item", "table", "table-cell", "table-row"}
# Elements whose text is no part of the page's own: the frame around it, or nothing to read.
SKIPPED = {"audio", "button", "canvas", "datalist", "dialog", "embed", "footer", "form"}
SKIPPED |= {"iframe", "math", "nav", "noscript", "object", "rp", "rt", "script", "select", "style"}
SKIPPED |= {"svg", "template", "textarea", "title", "video"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
EMPHASIS = {"b", "code", "em", "i", "kbd", "mark", "strong", "u"}

TOLD = {"script": "a script", "iframe": "a frame", "object": "an object", "embed": "an object"}
TOLD |= {"video": "a video", "audio": "a sound", "canvas": "a drawing", "img": "a picture"}
TOLD |= {"math": "a formula", "rt": "the reading of a word", "dialog": "a dialog"}
FORMS = {"pre": "the form of a block of code", "blockquote": "the form of a quotation"}

# What the exports put around a text, by class (Substack, Ghost, WordPress, Mailchimp).
WIDGETS = {
    "a sign-up box": {
        "subscription-widget-wrap", "subscription-widget-wrap-editor", "subscription-widget",
        "subscribe-widget", "kg-signup-card", "wp-block-jetpack-subscriptions",
    },
    "a button": {
        "button-wrapper", "captioned-button-wrap", "kg-button-card", "wp-block-button",
        "mcnButtonBlock", "mceButtonContainer",
    },
    "a box about another page": {
        "kg-bookmark-card", "digest-post-embed", "embedded-post-wrap", "kg-product-card",
        "kg-file-card", "wp-block-embed", "bookmark",
    },
    "a row of share buttons": {"sharedaddy", "share-dialog", "post-ufi", "jp-relatedposts"},
    "a quotation from the text itself": {"wp-block-pullquote", "pullquote"},
    "a footnote": {
        "footnote", "footnotes", "wp-block-footnotes", "footnote-content", "easy-footnotes-wrapper",
    },
}  # fmt: skip
WIDGET_OF = {name: what for what, names in WIDGETS.items() for name in names}
ROLES = {"doc-endnotes": "a footnote", "doc-footnote": "a footnote", "doc-endnote": "a footnote"}
OWN_PICTURES = ("cid:", "/drawings/")  # that come along with a mail (RFC 2392), and the site's
ASIDE = "data-aside"  # what the newsletter's mail says over the text of an issue
TITLES = {"MsoTitle", "title"}  # what Word and Google Docs export for a document's title
PREVIEW_TITLES = {"og:title", "twitter:title"}
SUBTITLES = {"subtitle", "MsoSubtitle", "page-description"}


def titles(tree: Any) -> tuple[str, ...]:
    """Return what a page calls itself: its titles for browsers and for previews of links."""
    named = [(meta.get("property") or meta.get("name"), meta) for meta in tree.iter("meta")]
    metas = (meta.get("content", "") for name, meta in named if name in PREVIEW_TITLES)
    titles = ("".join(title.itertext()) for title in tree.iterfind(".//head/title"))
    return tuple(filter(None, map(normal, (*metas, *titles))))


def is_block(element: Any, styles: Mapping[str, str]) -> bool:
    """Tell whether an element begins a new block."""
    return element.tag in BLOCKS or styles.get("display") in BLOCK_DISPLAYS


def is_emphasis(element: Any, styles: Mapping[str, str]) -> bool:
    """Tell whether an element sets its words off from those around them."""
    bold = re.fullmatch(r"bold|[6-9]00", styles.get("font-weight", "")) is not None
    is_set_off = bold or styles.get("font-style") == "italic"
    return element.tag in EMPHASIS or (element.tag == "span" and is_set_off)


def rank(element: Any) -> int:
    """Return how surely what is in an element is the page's own text: 2 in `main`, 1 in an article.

    It is 0 in any other.
    """
    if element.tag == "main" or element.get("role") == "main":
        return 2
    return int(element.tag == "article")


def is_home(address: str) -> bool:
    """Tell whether an address is that of a site's first page."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return bool(address.strip()) and parts.path in {"", "/"} and not (parts.query or parts.fragment)


def told(element: Any) -> str | None:
    """Return what a message says of an element that is no text; None for one that is.

    It says nothing of what only frames a page, and of a picture that means nothing.
    """
    tag = element.tag
    if ASIDE in element.attrib:
        return ""
    if tag == "img":
        is_pixel = {element.get("width"), element.get("height")} & {"0", "1"}
        is_ours = str(element.get("src", "")).startswith(OWN_PICTURES)
        return "" if element.get("alt") == "" or is_pixel or is_ours else TOLD[tag]
    if tag == "figcaption":
        return quoted("the caption", element)
    if tag == "table" and is_table_of_data(element):
        return f"a table of {sum(1 for _ in element.iter('tr'))} rows{quoted('', element)}"
    return TOLD.get(tag, "") if tag in SKIPPED else _widget(element)


def quoted(what: str, element: Any) -> str:
    """Return what is said of an element and its first words; nothing of one without any."""
    words = " ".join(element.itertext()) if isinstance(element.tag, str) else ""
    return f'{what} "{shortened(" ".join(words.split()))}"' if words.strip() else ""


def _widget(element: Any) -> str | None:
    """Return what an element is, if it is a known part of an export and no text."""
    if role := ROLES.get(element.get("role", "")):
        return role
    names = element.get("class", "").split() if element.tag != "a" else []
    return next((WIDGET_OF[name] for name in names if name in WIDGET_OF), None)


def level(element: Any) -> int:
    """Return an element's level as a heading, or 0."""
    names = set(element.get("class", "").split())
    if names & SUBTITLES:
        return 0
    if element.tag in HEADINGS:
        return int(element.tag[1])
    return 1 if element.tag == "p" and names & TITLES else 0


def is_table_of_data(table: Any) -> bool:
    """Tell whether a table has rows and columns of data: in mails, most only place things."""
    if table.get("role") in {"presentation", "none"}:
        return False
    inside = table.iter("table", *HEADINGS)
    if any(element is not table for element in inside):
        return False
    rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in table.iter("tr")]
    full = [len([cell for cell in row if "".join(cell.itertext()).strip()]) for row in rows]
    has_heads = next(table.iter("th", "caption"), None) is not None
    return len(rows) > 1 and (has_heads or all(cells > 1 for cells in full))


def list_form(item: Any) -> str:
    """Return what is lost of a list where a field has none; nothing but at its first item."""
    parent = item.getparent()
    if parent is None or next(parent.iterchildren("li"), None) is not item:
        return ""
    return "the numbering of a list" if parent.tag == "ol" else "the form of a list"
