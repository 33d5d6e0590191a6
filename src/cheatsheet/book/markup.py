"""A rendered template → the first place where its tags are none, or do not fit one another."""

import re
from collections.abc import Iterator
from html.entities import html5
from typing import NamedTuple
from xml.parsers import expat

from cheatsheet.findings.suggestions import meant_by

# Elements without an end tag (HTML, 13.1.2).
VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
PIECE = re.compile(
    r"""(?xs) (?P<note><!--)(?:(?!<!--|-->).)*(?:(?=<!--)|\Z) | <!--.*?--> | <!\[CDATA\[.*?\]\]>
    | <(?P<raw>script|style)\b[^<>]*>.*?</(?P=raw)>
    | <(?P<end>/?)(?P<tag>[A-Za-z][\w:-]*)
      (?P<rest>(?:"[^"<]*"|'[^'<]*'|[^<>])*)(?P<close>[<>]|\Z)"""
)
ATTRIBUTE = re.compile(r"""([^\s"'=/]+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"']+))?|["']""")
CURLY = re.compile("=\\s*[\u201c\u201d\u2018\u2019]")
ATTRIBUTES = frozenset(
    """abbr about accept accesskey action align allow allowfullscreen alt as async
    autocapitalize autocomplete autocorrect autofocus autoplay background bgcolor blocking
    border cellpadding cellspacing charset checked cite class color cols colspan command
    commandfor content contenteditable controls coords crossorigin data datetime decoding
    default defer dir dirname disabled download draggable enctype enterkeyhint fetchpriority
    for form formaction headers height hidden high href hreflang id imagesizes imagesrcset
    inert inputmode integrity is ismap itemid itemprop itemref itemscope itemtype kind label
    lang list loading low maxlength media method min minlength multiple muted name nomodule
    nonce novalidate open optimum pattern ping placeholder playsinline popover popovertarget
    popovertargetaction poster prefix preload property readonly referrerpolicy rel required
    resource reversed role rows rowspan sandbox scope selected shape size sizes slot span
    spellcheck src srcdoc srclang srcset start step style summary tabindex target title
    translate type typeof usemap valign value vocab width wrap""".split()  # noqa: SIM905 - a list of them is a hundred lines
)
"""Of HTML (HTML Standard, "Attributes"), RDFa, and the tables of mails; none with a hyphen."""
FOREIGN = frozenset(("math", "svg"))  # what stands in these has other attributes
NONE: frozenset[str] = frozenset()
CLOSED = frozenset(
    ("article", "div", "footer", "h1", "h2", "header", "li", "main", "nav", "p", "section", "ul")
)
"""Elements that `/>` does not end in HTML (13.2.5.40); others may be of SVG."""
ENTITY = re.compile(r"&([A-Za-z]\w*;)")
XML = (".opf", ".svg", ".xhtml", ".xml")


class Slip(NamedTuple):
    """A slip in a text's tags: where it is, from 0, its words, and where what is open began."""

    at: int
    says: str
    since: int | None = None


def slip_in(text: str, name: str) -> Slip | None:
    """Return the first slip in a text's tags; None without one.

    `name` is the template's: `nav.xhtml.j2` makes XML. What is neither XML nor HTML has no tags.
    """
    kind = name.removesuffix(".j2")
    if kind.endswith(XML):
        return _xml_slip(text)
    if not kind.endswith(".html"):
        return None
    entities = ((one.start(), one[1]) for one in ENTITY.finditer(text) if one[1] not in html5)
    unknown = (Slip(at, f"`&{name}` is no character of HTML") for at, name in entities)
    return next(_tag_slips(text, VOID), None) or next(unknown, None)


def _xml_slip(text: str) -> Slip | None:
    """Return the first slip of a text that should be XML."""
    body = text.strip()
    try:
        expat.ParserCreate().Parse(body, True)  # noqa: FBT003 - it knows no names of arguments
    except expat.ExpatError as problem:
        above = body.splitlines(keepends=True)[: problem.lineno - 1]
        at = text.find(body[:1]) + len("".join(above)) + problem.offset
        says = f"it is no XML: {expat.ErrorString(problem.code)}"
        return next(_tag_slips(text, frozenset()), Slip(at, says))
    return None


def _tag_slips(text: str, void: frozenset[str]) -> Iterator[Slip]:
    """Yield what is wrong with a text's tags; void ones need no end."""
    opened: list[tuple[int, str]] = []
    for piece in PIECE.finditer(text):
        at, rest = piece.start(), piece["rest"]
        if piece["note"]:
            yield Slip(at, "`<!--` is not closed with `-->`")
        if piece["tag"] is None:
            continue
        tag = piece["tag"].lower() if void else piece["tag"]
        is_foreign = not FOREIGN.isdisjoint((tag, *(name for _, name in opened)))
        known = NONE if is_foreign else ATTRIBUTES
        if wrong := _tag_slip(text, piece, tag, known if void else None):
            yield Slip(at, wrong)
        elif not piece["end"]:
            ends_itself = rest.endswith("/") and not (void and tag in CLOSED)
            opened += [] if tag in void or ends_itself else [(at, tag)]
        elif opened and opened[-1][1] == tag:
            opened.pop()
        elif tag in {name for _, name in opened[-2:-1]}:
            yield Slip(opened[-1][0], f"`<{opened[-1][1]}>` is not closed before `</{tag}>`")
        elif opened:
            says = f"`</{tag}>` closes nothing, where `<{opened[-1][1]}>` is open"
            yield Slip(at, says, opened[-1][0])
        else:
            yield Slip(at, f"`</{tag}>` closes nothing")
    if opened:
        yield Slip(opened[-1][0], f"`<{opened[-1][1]}>` is never closed")


def _tag_slip(text: str, piece: re.Match[str], tag: str, known: frozenset[str] | None) -> str:
    """Return what is wrong with a tag of a text by itself, if anything is.

    Of HTML there are the `known` attributes; of XML, its parser has judged them.
    """
    wrong = "" if known is None else _attribute_slip(tag, piece["rest"], known)
    if not wrong and piece["close"] != ">":
        return f"`<{piece['end']}{tag}` is not closed with `>`"
    around = text[max(0, piece.start() - 1) : piece.start()], text[piece.end() : piece.end() + 1]
    if not wrong and (around[0] == "<" or around[1] == ">"):
        return f"`<{piece['end']}{tag}>` has a `<` or `>` too many"
    return wrong


def _attribute_slip(tag: str, rest: str, known: frozenset[str]) -> str:
    """Return what is wrong with a tag's attributes, if anything is: a lost quote, a misspelt name.

    A name that is like none of the `known` is left alone: a script may know it.
    """
    names: set[str] = set()
    for one in ATTRIBUTE.finditer(rest):
        if one[1] is None:
            return f"a quote in `<{tag}{rest}>` is not closed"
        if CURLY.search(one[0]):
            return f"`<{tag}{rest}>` has curly quotes"
        name = one[1].lower()
        if name in names:
            return f"`<{tag}>` has `{name}` twice"
        names.add(name)
        if meant := "" if re.search("[:-]", name) else meant_by(name, known):
            return f"`<{tag}>` has no attribute `{name}`; did you mean `{meant}`?"
    return ""
