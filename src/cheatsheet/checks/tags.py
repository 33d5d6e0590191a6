"""The tags: what a screen reader goes by, and what pictures and links are called."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.checks.finished import section_pages
from cheatsheet.checks.report import book_check, general_check
from cheatsheet.findings import Finding, error
from cheatsheet.model.labels import put
from cheatsheet.reader.objects import content_of, listed, mapping, resolved, text_in
from cheatsheet.reader.pypdf_view import PypdfView
from cheatsheet.reader.structure import STANDARD, Tag, faulty_roles
from cheatsheet.reader.words import squash

TREE = error(
    "tags-tree",
    "The file has no tags, or a page is left out of them.",
    "write the file as tagged PDF; a screen reader reads nothing else",
)
CONTENT = error(
    "tags-content",
    "A page has something that is neither in the tags nor marked as an artifact, or is both.",
    "tag it, or mark what is only decoration as an artifact",
)
ROLE = error(
    "tags-role",
    "A tag is of a kind that no reader knows, or the tags are said to be doubtful.",
    "use the standard kinds, or map a kind of your own to one of them in /RoleMap",
)
NESTING = error(
    "tags-nesting",
    "A table, a list or a list of contents is not tagged with the parts that it must have.",
    "a table has rows, a row cells, a list items; an item with paragraphs needs `list-style: none`",
)
LEVELS = error(
    "tags-levels",
    "The headings do not go down level by level.",
    "begin with H1, and leave out no level on the way down",
)
FIGURE = error(
    "tags-figure",
    "A picture has no alternative text, or one that says nothing.",
    "say in a sentence what the picture shows: `alt` in the term's file, or <title> in an SVG",
)
LINK = error(
    "tags-link",
    "A link has no description that a person can read.",
    "give the link a title in its template: the words, and the page it leads to",
)
NOTE = error(
    "tags-note",
    "A note has no name of its own, by which the text can refer to it.",
    "give each Note an /ID that no other has",
)
HEADINGS = error(
    "tags-headings",
    "A page's tags have no heading, though a section begins there.",
    "the heading in the template must be an h1",
)
SHORTEST_ALT = 3  # letters
SAYS_NOTHING = {"image", "picture", "figure", "graphic", "photo", "drawing", "untitled"}
# A file's name of a few words: `heap.svg`, `C:\\scans\\page 1.tif`; and what a camera calls it.
FILE_NAME = re.compile(
    r"(?:\S+\s+){0,3}\S*\.(?:avif|bmp|emf|eps|gif|heic|ico|jp2|jpe?g|pdf|png|psd|svgz?|tiff?|webp|wmf)"
    r"|(?:dscf?|dscn|figure|image|img|picture|photo|screen ?shot|untitled)[\W_]*\d[\d\W_]*",
    re.IGNORECASE | re.DOTALL,
)
HIDDEN = 1 << 1  # of an annotation's flags (ISO 32000-1, table 165)
HEADING = re.compile(r"H([1-6])")
# What may stand in which elements, and nowhere else (ISO 32000-1, 14.8.4.3).
KIDS = {
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
    "L": {"L", "LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "TOC": {"TOC", "TOCI", "Caption"},
    "TOCI": {"Lbl", "Reference", "P", "TOC"},
}
BOUND = {"TR", "THead", "TBody", "TFoot", "TH", "TD", "LI", "LBody", "TOCI"}
PARENTS = {kid: {kind for kind, kids in KIDS.items() if kid in kids} for kid in BOUND}
ONCE = {("Table", "THead"), ("Table", "TFoot"), ("Table", "Caption"), ("L", "Caption")}
ONCE |= {("TOC", "Caption")}


@general_check(TREE)
def pages_are_tagged(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding if there are no tags, or for each page that they know nothing of."""
    root = mapping(pdf.catalog.get("/StructTreeRoot"))
    if "/K" not in root or "/ParentTree" not in root:
        yield TREE.finding("the file has no tags")
        return
    if not any(tag.contents for tag in pdf.tags):
        yield TREE.finding("its tags have nothing in them")
        return
    for tag in pdf.tags:
        above = tag.parent.node if tag.parent else root
        if resolved(tag.node.get("/P")) is not above:  # required (ISO 32000-1, table 323)
            yield TREE.finding(f"an element, {tag.kind}, does not say in which one it is")
            break
    for number, page in enumerate(pdf.page_objects, 1):
        if "/StructParents" not in page and b"/MCID" in content_of(page):
            yield TREE.on_page(number, "the page is not in the tags")


@general_check(CONTENT)
def everything_is_tagged(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each page with something outside the tags (ISO 14289-1, 7.1)."""
    held = {content for tag in pdf.tags for content in tag.contents if isinstance(content[1], int)}
    for number, page in enumerate(pdf.page_references if pdf.tags else (), 1):
        for piece in pdf.rendering.pieces(number):
            is_tagged = not held.isdisjoint({(page, piece.number), (0, piece.number)})
            is_wrong = piece.number >= 0 if piece.is_artifact else not is_tagged
            if is_wrong:
                is_both = "is tagged, and marked as an artifact"
                said = is_both if piece.is_artifact else "is outside the tags"
                yield CONTENT.on_page(number, f"{piece.kind} {said}")
                break


@general_check(ROLE)
def kinds_are_known(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each kind of tag that is not standard, nor stands for one that is.

    Kinds of another namespace are left to it (ISO 32000-2, 14.7.4).
    """
    faulty = faulty_roles(mapping(pdf.catalog.get("/StructTreeRoot")))
    for kind, said in faulty.items():
        yield ROLE.finding(f"{kind} {said}")
    strange = {t.kind for t in pdf.tags if t.role not in STANDARD and "/NS" not in t.node}
    for kind in sorted(strange - faulty.keys()):
        yield ROLE.finding(f"{kind} is no standard kind, and stands for none")
    if str(resolved(mapping(pdf.catalog.get("/MarkInfo")).get("/Suspects"))) == "True":
        yield ROLE.finding("the file says of its tags that they may be wrong (/Suspects)")


@general_check(NESTING)
def parts_are_whole(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each way in which tables and lists are not tagged with their parts."""
    for said in dict.fromkeys(said for tag in pdf.tags for said in _misplaced(tag)):
        yield NESTING.finding(said)


def _misplaced(tag: Tag) -> Iterator[str]:
    """Yield what is wrong with where a tag stands, and with what stands in it."""
    parent = tag.parent.role if tag.parent else "the root"
    if parent not in PARENTS.get(tag.role, {parent}):
        yield f"a {tag.role} stands in {parent}"
    kids = [kid.role for kid in tag.kids]
    for kid in sorted(set(kids) - KIDS.get(tag.role, set(kids))):
        yield f"a {tag.role} has a {kid} in it"
    for kid in sorted({kid for kid in kids if (tag.role, kid) in ONCE and kids.count(kid) > 1}):
        yield f"a {tag.role} has more than one {kid} in it"
    if "Caption" in kids[1 : -1 if tag.role == "Table" else None] and (tag.role, "Caption") in ONCE:
        yield f"a {tag.role} has its Caption after its parts"
    if tag.role == "Table" and "TBody" not in kids and {"THead", "TFoot"} & set(kids):
        yield "a Table has a THead or a TFoot, and no TBody"


@general_check(NOTE)
def notes_have_names(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for a note without a name, or with another's (ISO 14289-1, 7.9)."""
    names = Counter(text_in(tag.node.get("/ID")) for tag in pdf.tags if tag.role == "Note")
    if names.pop("", 0):
        yield NOTE.finding("a note has no /ID")
    for name in sorted(name for name, count in names.items() if count > 1):
        yield NOTE.finding(f'two notes have the /ID "{name}"')


@general_check(LEVELS)
def headings_go_down(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for the first heading that leaves out a level (ISO 14289-1, 7.4.2, 7.4.4)."""
    levels = [int(found[1]) for tag in pdf.tags if (found := HEADING.fullmatch(tag.role))]
    before = 0
    for level in levels:
        if level > before + 1:
            yield LEVELS.finding(f"an H{level} follows " + (f"an H{before}" if before else "none"))
            return
        before = level
    plain = [tag for tag in pdf.tags if tag.role == "H"]
    if levels and plain:
        yield LEVELS.finding("some headings have a level (H1), and some have none (H)")
    if len({id(tag.parent) for tag in plain}) < len(plain):
        yield LEVELS.finding("an element has two headings (H)")


@general_check(FIGURE)
def figures_say_something(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each kind of bad alternative text of figures and formulas."""
    heard = [tag for tag in pdf.tags if not tag.is_silent]
    alternatives = {tag.alternative for tag in heard if tag.role == "Figure"}
    for alt in sorted(filter(_says_nothing, alternatives)):
        message = f'a picture is called "{alt}"' if alt else "a picture has no alternative text"
        yield FIGURE.finding(message)
    if not all(tag.alternative for tag in heard if tag.role == "Formula"):
        yield FIGURE.finding("a formula has no alternative text")


@general_check(LINK)
def links_are_described(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each link whose description is missing or is its raw target."""
    for link in pdf.links:
        said = link.description.strip()
        if not said or said == link.name:
            named = f'is described as "{said}"' if said else "is not described"
            message = f'the link over "{link.words}" {named} to who cannot see it'
            yield LINK.on_page(link.page, message)


@general_check(LINK)
def links_are_tagged(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each page with a link that is not in a tag for links (14289-1, 7.18.5).

    One that is hidden need not be.
    """
    known = {id(item) for t in pdf.tags if _is_in_a_link(t) for _, item in t.contents}
    for number, page in enumerate(pdf.page_objects if pdf.tags else (), 1):
        for note in map(mapping, listed(page.get("/Annots"))):
            is_hidden = int(resolved(note.get("/F", 0))) & HIDDEN
            if note.get("/Subtype") == "/Link" and id(note) not in known and not is_hidden:
                yield LINK.on_page(number, "a link is not in the tags as a link")
                break


def _is_in_a_link(tag: Tag | None) -> bool:
    """Tell whether a tag is for links, or stands in one that is."""
    return tag is not None and (tag.role == "Link" or _is_in_a_link(tag.parent))


@book_check(LINK)
def descriptions_are_true(pdf: PypdfView, expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for each link whose description names another section or page."""
    described = expected.glossary.labels.page.described
    titles = {section.id: section.title for section in expected.sections}
    for link in pdf.links:
        target = pdf.resolve(link)
        title = titles.get(link.name or "")
        if target is None or title is None or not link.description:
            continue
        wanted = put(described, title=title, page=pdf.labels[target - 1])
        if link.description != wanted:
            message = f'a link is described as "{link.description}", and should be "{wanted}"'
            yield LINK.on_page(link.page, message)


@book_check(FIGURE)
def pictures_are_described(pdf: PypdfView, expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for each term whose picture's text is not in the tags of its pages."""
    described: dict[int, set[str]] = defaultdict(set)
    for tag in (one for one in pdf.tags if one.role == "Figure"):
        for reference, _ in tag.contents:
            described[reference].add(squash(tag.alternative))
    for section, pages in section_pages(pdf, expected):
        there = set[str]().union(*(described[pdf.page_references[n - 1]] for n in pages))
        term = section.term
        if term and term.picture and squash(term.picture.alt) not in there:
            place = expected.glossary.place(term.slug, ("picture", "alt"))
            yield FIGURE.finding(f"the picture of {term.name} is not described", place)


@book_check(HEADINGS)
def headings_are_tagged(pdf: PypdfView, expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding if there are fewer tagged headings of the first level than sections."""
    found = sum(tag.role == "H1" for tag in pdf.tags)
    if found < len(expected.sections):
        yield HEADINGS.finding(f"{found} headings for {len(expected.sections)} sections")


def _says_nothing(alt: str) -> bool:
    """Tell whether a text tells nothing of a picture: a file's name, `image`, a few letters."""
    words = squash(alt)
    return len(words) < SHORTEST_ALT or words in SAYS_NOTHING or bool(FILE_NAME.fullmatch(alt))
