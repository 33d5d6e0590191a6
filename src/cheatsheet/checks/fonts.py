"""The fonts: only declared ones, all in the file, all with a way back to text."""

import re
from collections.abc import Iterator

from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.checks.report import book_check, general_check
from cheatsheet.findings import Finding, error, warning
from cheatsheet.reader.objects import content_of, mapping
from cheatsheet.reader.pypdf_view import PypdfView
from cheatsheet.reader.words import squash

EMBEDDED = error(
    "fonts-embedded",
    "A font is not in the file.",
    "use fonts from fonts/, declared in styles/fonts.css",
)
READABLE = error(
    "fonts-unicode",
    "A font has no way back from its glyphs to text, which then cannot be copied or read aloud.",
    "write the file with a program that gives each font a /ToUnicode map",
)
UNMAPPED = error(
    "fonts-text",
    "A page has characters that cannot be copied or read aloud.",
    "look at the page; a font's /ToUnicode map does not have all its glyphs",
)
SUBSET = warning(
    "fonts-subset",
    "A font is in the file whole, and not only with the characters that are used.",
    "subset it; a whole font makes the file large, and few licences allow passing one on",
)
ENCODING = error(
    "fonts-encoding",
    "A font's codes do not lead to its glyphs in a way that all readers take.",
    "write the file with a program that embeds fonts as PDF/UA asks (ISO 14289-1, 7.21)",
)
MISSING = error(
    "fonts-notdef",
    "A page prints the box that stands for a missing glyph (.notdef).",
    "write the character another way, or declare a font that has it in styles/fonts.css",
)
DECLARED = error(
    "fonts-declared",
    "A font is used that styles/fonts.css does not declare.",
    "a family's name is misspelt in the styles, or a character is in none of the book's fonts",
)
SUBSET_TAG = re.compile(r"^[A-Z]{6}\+")  # ISO 32000-1, 9.6.4
NO_CHARACTERS = frozenset({0, 0xFEFF, 0xFFFE})
UNREADABLE = re.compile("[\0\ufffd]")
NOTDEF = re.compile(rb"<(?:[0-9A-Fa-f]{4})*?0000")  # glyph 0, in the two bytes of Identity-H


@general_check(EMBEDDED, SUBSET, READABLE, ENCODING)
def fonts_are_whole(pdf: PypdfView) -> Iterator[Finding]:
    """Yield what is wrong with each font: its file, its map to text, its encoding, its name.

    What maps and encodings must be is said in ISO 14289-1, 7.21.3, 7.21.6 and 7.21.7.
    """
    for font in pdf.fonts:
        if not font.embedded:
            yield EMBEDDED.finding(f"{font.name} is not embedded")
        elif font.name and not SUBSET_TAG.match(font.name):
            yield SUBSET.finding(f"{font.name} is not subset")
        if not font.readable:
            yield READABLE.finding(f"{font.name} has no /ToUnicode map")
        for wrong in sorted(NO_CHARACTERS & font.mapped):
            yield READABLE.finding(f"the /ToUnicode map of {font.name} has U+{wrong:04X}")
        for fault in font.faults:
            yield ENCODING.finding(f"{font.name} {fault}")


@general_check(UNMAPPED)
def text_can_be_copied(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each page whose text has a character that stands for none."""
    for page in range(1, pdf.pages + 1):
        count = len(UNREADABLE.findall(pdf.text(page)))
        if count:
            yield UNMAPPED.on_page(page, f"{count} characters are no text")


@general_check(MISSING)
def no_glyph_is_missing(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each page that shows glyph 0 of a font with two-byte codes.

    Fonts with other encodings than Identity-H are not looked at.
    """
    for number, page in enumerate(pdf.page_objects, 1):
        fonts = mapping(mapping(page.get("/Resources")).get("/Font"))
        encodings = [mapping(font).get("/Encoding") for font in dict.values(fonts)]
        are_plain = encodings and all(encoding == "/Identity-H" for encoding in encodings)
        if are_plain and NOTDEF.search(content_of(page)):
            yield MISSING.on_page(number, "a missing glyph is printed")


@book_check(DECLARED)
def fonts_are_declared(pdf: PypdfView, expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for each font of another family than the declared ones."""
    families = tuple(squash(family) for family in expected.families)
    for font in pdf.fonts:
        if not squash(SUBSET_TAG.sub("", font.name)).startswith(families):
            yield DECLARED.finding(f"{font.name} is none of {', '.join(sorted(expected.families))}")
