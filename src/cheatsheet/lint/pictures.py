"""The pictures: each term has a drawing that can be printed, and words for who cannot see it."""

import re
from collections.abc import Iterator

from cheatsheet.drawings import check_drawing, is_drawable, label_fonts
from cheatsheet.findings import Finding, Place, error, warning
from cheatsheet.lint.passages import WORD
from cheatsheet.model.glossary import Glossary, Term
from cheatsheet.reader.words import squash

SHORTEST, LONGEST = 12, 40

ALT = error(
    "picture-alt",
    "A picture's words for who cannot see it say too little, too much, or nothing of their own.",
    f"say in {SHORTEST}-{LONGEST} words what is to be seen and what it means",
)
MISSING = error(
    "picture-missing",
    "A term that has `picture` has no drawing, or a term's drawing has nothing in it.",
    "draw it; `cheatsheet new` writes a blank one, and styles/README.md says how",
)
NONE = warning(
    "picture-none",
    "A term has no picture, and others have one.",
    "`picture: alt` in its file says what there is to see, and content/pictures/<slug>.svg shows"
    " it",
)
UNMEASURED = warning(
    "picture-unmeasured",
    "The labels of the drawings cannot be measured.",
    "styles/tokens.css gives --picture-width in mm, and as --picture-sans-serif a font family that"
    " styles/fonts.css declares",
)
DRAWN = re.compile(r"<(?:path|line|polyline|polygon|rect|circle|ellipse|text)\b")
LAZY = re.compile(
    r"^(?:(?:an?|the|this) )?(?:\w+ )?"
    r"(?:diagram|drawing|figure|graphic|icon|illustration|image|picture)s? (?:of|showing)\b",
    re.IGNORECASE,
)


def terms_have_drawings(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each term whose picture has no drawing, or a blank one.

    If the book has any picture, a term without one is a finding too.
    """
    pictured = glossary.pictures.drawings or any(term.picture for term in glossary.terms)
    for term in glossary.terms if pictured else ():
        text = glossary.pictures.drawings.get(term.slug)
        if text is None and term.picture is None:
            yield NONE.finding(f"{term.name} has no picture", glossary.place(term.slug))
        elif text is None or _is_blank(text, term.picture_file):
            message = f"{term.name} has no drawing" if text is None else "nothing is drawn yet"
            yield MISSING.finding(message, Place(term.picture_file))


def drawings_are_sound(glossary: Glossary) -> Iterator[Finding]:
    """Yield what is wrong with each drawing."""
    pictures = glossary.pictures
    fonts = label_fonts(*pictures.faces.items())
    is_measured = pictures.faces and pictures.width_mm
    if pictures.faults:
        yield from pictures.faults
    elif pictures.drawings and not is_measured:
        missing = "their width in print" if pictures.faces else "their font"
        yield UNMEASURED.finding(f"the styles do not say {missing}", Place("styles/tokens.css"))
    for term in glossary.terms:
        text = pictures.drawings.get(term.slug)
        if text and text.strip():
            yield from check_drawing(term.picture_file, text, fonts, pictures.width_mm)


def pictures_are_described(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each picture whose words are of no use to who cannot see it."""
    owner: dict[str, Term] = {}
    for term in glossary.terms:
        if term.picture is None:
            if term.slug in glossary.pictures.drawings:
                message = "the drawing has no `picture: alt`"
                yield ALT.finding(message, glossary.place(term.slug))
            continue
        alt = term.picture.alt
        first = owner.setdefault(squash(alt), term)
        fault = f"`alt` is {first.name}'s too" if first is not term else _fault_of(alt, term)
        if fault:
            yield ALT.finding(fault, glossary.place(term.slug, ("picture", "alt")))


def _is_blank(text: str, file: str) -> bool:
    """Tell whether a drawing is empty, or an SVG with nothing in it and nothing else wrong."""
    if not text.strip():
        return True
    is_bare = "</svg>" in text and not DRAWN.search(text)
    return is_bare and is_drawable(file, text)


def _fault_of(alt: str, term: Term) -> str:
    """Return what is wrong with a picture's words, or nothing."""
    count = len(WORD.findall(alt))
    if not SHORTEST <= count <= LONGEST:
        return f"`alt` has {count} word{'' if count == 1 else 's'}"
    lazy = LAZY.search(alt)
    if lazy:
        return f'`alt` says "{lazy[0]}", which its readers know'
    if squash(alt) in squash(term.tldr):
        return "`alt` is the term's tldr"
    return ""


CHECKS = (terms_have_drawings, drawings_are_sound, pictures_are_described)
