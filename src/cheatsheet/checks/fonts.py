"""The fonts: only declared ones, all in the file, all with a way back to text."""

import re
from collections.abc import Iterator

from pypdf.generic import DictionaryObject

from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.checks.report import BookChecks, GeneralChecks
from cheatsheet.findings import Finding, Place, error, warning
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


def fonts_are_embedded(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each font without a font file."""
    for font in pdf.fonts:
        if not font.embedded:
            yield EMBEDDED.finding(f"{font.name} is not embedded")


def fonts_are_readable(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each font without a /ToUnicode map or a known encoding."""
    for font in pdf.fonts:
        if not font.readable:
            yield READABLE.finding(f"{font.name} has no /ToUnicode map")


def maps_lead_to_characters(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each font whose map has what is no character (ISO 14289-1, 7.21.7)."""
    for font in pdf.fonts:
        for wrong in sorted(NO_CHARACTERS & font.mapped):
            message = f"the /ToUnicode map of {font.name} has U+{wrong:04X}"
            yield READABLE.finding(message)


def codes_lead_to_glyphs(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each fault of a font's encoding (ISO 14289-1, 7.21.3, 7.21.6)."""
    for font in pdf.fonts:
        for fault in font.faults:
            yield ENCODING.finding(f"{font.name} {fault}")


def fonts_are_subset(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each embedded font whose name has no tag of a subset."""
    for font in pdf.fonts:
        if font.embedded and font.name and not font.subset:
            yield SUBSET.finding(f"{font.name} is not subset")


def text_can_be_copied(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each page whose text has a character that stands for none."""
    for page in range(1, pdf.pages + 1):
        count = len(UNREADABLE.findall(pdf.text(page)))
        if count:
            yield UNMAPPED.finding(f"{count} characters are no text", Place(page=page))


def no_glyph_is_missing(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each page that shows glyph 0 of a font with two-byte codes.

    Fonts with other encodings than Identity-H are not looked at.
    """
    for number, page in enumerate(pdf.page_objects, 1):
        fonts = mapping(mapping(page.get("/Resources")).get("/Font"))
        if not fonts or not all(map(_has_plain_codes, map(mapping, dict.values(fonts)))):
            continue
        if NOTDEF.search(content_of(page)):
            yield MISSING.finding("a missing glyph is printed", Place(page=number))


def fonts_are_declared(pdf: PypdfView, expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for each font of another family than the declared ones."""
    families = tuple(squash(family) for family in expected.families)
    for font in pdf.fonts:
        if not squash(SUBSET_TAG.sub("", font.name)).startswith(families):
            yield DECLARED.finding(f"{font.name} is none of {', '.join(sorted(expected.families))}")


def _has_plain_codes(font: DictionaryObject) -> bool:
    """Tell whether a font's codes are its glyphs' numbers, two bytes each."""
    return font.get("/Encoding") == "/Identity-H"


GENERAL: GeneralChecks = {
    fonts_are_embedded: (EMBEDDED,),
    fonts_are_readable: (READABLE,),
    maps_lead_to_characters: (READABLE,),
    codes_lead_to_glyphs: (ENCODING,),
    fonts_are_subset: (SUBSET,),
    text_can_be_copied: (UNMAPPED,),
    no_glyph_is_missing: (MISSING,),
}
BOOK: BookChecks = {fonts_are_declared: (DECLARED,)}
