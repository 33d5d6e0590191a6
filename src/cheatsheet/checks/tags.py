"""The tags: what a screen reader goes by, and what pictures and links are called."""

from collections.abc import Iterator

from cheatsheet.checks.asked import Asked
from cheatsheet.checks.objects import mapping
from cheatsheet.checks.reading import Reading
from cheatsheet.checks.report import BookChecks, GeneralChecks
from cheatsheet.checks.words import squash
from cheatsheet.findings import Finding, Place, error

TREE = error(
    "tags-tree",
    "The file has no tags, or a page is left out of them.",
    "write the file as tagged PDF; a screen reader reads nothing else",
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
HEADINGS = error(
    "tags-headings",
    "A page's tags have no heading, though a section begins there.",
    "the heading in the template must be an h1",
)
SHORTEST_ALT = 4  # letters
SAYS_NOTHING = {"image", "picture", "figure", "graphic", "photo", "drawing", "untitled"}
FILE_ENDINGS = (".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp")


def pages_are_tagged(pdf: Reading) -> Iterator[Finding]:
    """Yield a finding if there are no tags, or for each page that is not in them."""
    tree = mapping(pdf.catalog.get("/StructTreeRoot"))
    if "/K" not in tree or "/ParentTree" not in tree:
        yield TREE.finding("the file has no tags")
        return
    for number, page in enumerate(pdf.page_objects, 1):
        if "/StructParents" not in page:
            yield TREE.finding("the page is not in the tags", Place(page=number))


def figures_say_something(pdf: Reading) -> Iterator[Finding]:
    """Yield a finding for each kind of bad alternative text of figures."""
    for alt in sorted({alt for alt in pdf.figures if _says_nothing(alt)}):
        message = f'a picture is called "{alt}"' if alt else "a picture has no alternative text"
        yield FIGURE.finding(message)


def links_are_described(pdf: Reading) -> Iterator[Finding]:
    """Yield a finding for each link whose description is missing or is its raw target."""
    for link in pdf.links:
        said = link.description.strip()
        if not said or said in {link.name, link.uri}:
            named = f'is described as "{said}"' if said else "is not described"
            message = f'the link over "{link.words}" {named} to who cannot see it'
            yield LINK.finding(message, Place(page=link.page))


def descriptions_are_true(pdf: Reading, asked: Asked) -> Iterator[Finding]:
    """Yield a finding for each link whose description names another section or page."""
    titles = {section.id: section.title for section in asked.sections}
    for link in pdf.links:
        target = pdf.resolve(link)
        title = titles.get(link.name or "")
        if target is None or title is None or not link.description:
            continue
        wanted = f"{title}, page {pdf.labels[target - 1]}"
        if link.description != wanted:
            message = f'a link is described as "{link.description}", and should be "{wanted}"'
            yield LINK.finding(message, Place(page=link.page))


def pictures_are_described(pdf: Reading, asked: Asked) -> Iterator[Finding]:
    """Yield a finding for each term whose picture's text is not in the file."""
    alternatives = {squash(alt) for alt in pdf.figures}
    for term in asked.glossary.terms:
        if term.picture and squash(term.picture.alt) not in alternatives:
            place = asked.glossary.place(term.slug, ("picture", "alt"))
            yield FIGURE.finding(f"the picture of {term.name} is not described", place)


def headings_are_tagged(pdf: Reading, asked: Asked) -> Iterator[Finding]:
    """Yield a finding if there are fewer tagged headings of the first level than sections."""
    found = sum(tag.get("/S") == "/H1" for tag in pdf.dictionaries)
    if found < len(asked.sections):
        yield HEADINGS.finding(f"{found} headings for {len(asked.sections)} sections")


def _says_nothing(alt: str) -> bool:
    """Tell whether a text tells nothing of a picture: a file's name, `image`, a few letters."""
    words = squash(alt)
    named = alt.casefold().endswith(FILE_ENDINGS)
    return len(words) < SHORTEST_ALT or words in SAYS_NOTHING or named


GENERAL: GeneralChecks = {
    pages_are_tagged: (TREE,),
    figures_say_something: (FIGURE,),
    links_are_described: (LINK,),
}
BOOK: BookChecks = {
    descriptions_are_true: (LINK,),
    pictures_are_described: (FIGURE,),
    headings_are_tagged: (HEADINGS,),
}
