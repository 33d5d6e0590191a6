"""The metadata: title, author, language, and that Info and XMP say the same."""

import re
from collections.abc import Iterator

from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.checks.reading import IN_ITS_PLACE
from cheatsheet.checks.report import book_check, general_check
from cheatsheet.findings import Finding, error, warning
from cheatsheet.reader.objects import mapping, resolved, text_in
from cheatsheet.reader.pypdf_view import AUTHOR, TITLE, PypdfView
from cheatsheet.reader.xmp import xmp_property

INFORMATION = error(
    "meta-information",
    "The file does not say its title, or is not tagged.",
    "set it where the file is made; a book has it from content/book.yaml",
)
NAMELESS = warning(
    "meta-author",
    "The file does not say who wrote it.",
    "set the author where the file is made",
)
LANGUAGE = error(
    "meta-language",
    "The file does not say its language, or says it in a way that nobody knows.",
    "give the file a language by its tag of BCP 47: en, en-GB, pt-BR",
)
UNKNOWN = warning(
    "meta-tag",
    "The file says a language by a word that has the form of a tag, and is none of BCP 47.",
    "give the language by its registered tag: en, not English",
)
XMP = error(
    "meta-xmp",
    "The file's two kinds of metadata, Info and XMP, do not say the same.",
    "write the file with a program that keeps the two alike",
)
UA = error(
    "meta-ua",
    "The file does not say that it keeps to PDF/UA-1, the standard for accessible PDF.",
    "the renderer is asked for it; see src/cheatsheet/pdf/layout.py",
)

PDF = "{http://ns.adobe.com/pdf/1.3/}"
UA_PART = "{http://www.aiim.org/pdfua/ns/id/}part"
# Keys of Info and the XMP properties that say the same (ISO 16684-1; ISO 19005-1, 6.7.3).
SAME = {"/Title": TITLE, "/Author": AUTHOR, "/Producer": f"{PDF}Producer"}
SAME |= {"/Subject": "{http://purl.org/dc/elements/1.1/}description"}
OWN = ("Title", "Author")  # what a book says of itself
# Well-formed tags of RFC 5646, 2.1, but for languages of four letters or more: those are reserved,
# and none is registered (2.2.1).
SUBTAGS = """
    (?:[a-z]{2,3}(?:-[a-z]{3}){0,3})              # language, and its extensions
    (?:-[a-z]{4})?                                # script
    (?:-(?:[a-z]{2}|[0-9]{3}))?                   # region
    (?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*      # variants
    (?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*           # extensions
    (?:-x(?:-[a-z0-9]{1,8})+)?                    # private use
    | x(?:-[a-z0-9]{1,8})+
    | en-gb-oed | sgn-(?:be-fr|be-nl|ch-de)
    | i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)
"""
TAG = re.compile(SUBTAGS, re.IGNORECASE | re.VERBOSE | re.ASCII)
# What has the form of a tag, as RFC 3066, 2.1, had it: `English`, `p-pt`.
FORM = re.compile(r"[a-z]{1,8}(?:-[a-z0-9]{1,8})*", re.IGNORECASE | re.ASCII)


@general_check(INFORMATION, NAMELESS)
def something_is_said(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each piece of information that is missing."""
    marked = mapping(pdf.catalog.get("/MarkInfo")).get("/Marked", False)
    shows = mapping(pdf.catalog.get("/ViewerPreferences")).get("/DisplayDocTitle", False)
    if not pdf.title:
        yield INFORMATION.finding("it does not say its title")
    if str(resolved(marked)) == "False":
        yield INFORMATION.finding("it does not say that it is tagged")
    if str(resolved(shows)) == "False":
        yield INFORMATION.finding("viewers show the file's name and not its title")
    if not pdf.author:
        yield NAMELESS.finding("it does not say who wrote it")


@general_check(LANGUAGE, UNKNOWN)
def languages_are_known(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each language that is no tag of BCP 47, in the catalog or in the tags.

    An empty one says that the language is not known (ISO 32000-1, 14.9.2).
    """
    said = {text_in(tag.node.get("/Lang")) for tag in pdf.tags}
    for language in sorted((said | {pdf.language}) - {""}):
        if not TAG.fullmatch(language):
            rule = UNKNOWN if FORM.fullmatch(language) else LANGUAGE
            yield rule.finding(f'"{language}" is no language')


@general_check(LANGUAGE)
def everything_has_a_language(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding if there is something without a language (ISO 14289-1, 7.2).

    The file may say it as a whole; else each element must, or one around it, and each text on a
    page by its marks.
    """
    if pdf.language:
        return
    silent = [tag for tag in pdf.tags if not tag.language]
    if pdf.outline or not pdf.tags or any(tag.text(*IN_ITS_PLACE) for tag in silent):
        yield LANGUAGE.finding("it does not say its language")
        return
    spoken = {
        (page, number)
        for tag in pdf.tags
        for page, number in tag.contents
        if tag.language and isinstance(number, int)
    }
    for number in range(1, pdf.pages + 1):
        for piece in pdf.rendering.pieces(number):
            tagged = (pdf.page_references[number - 1], piece.number) in spoken
            if piece.kind == "a text" and not (piece.is_artifact or tagged or piece.language):
                yield LANGUAGE.on_page(number, "it does not say the language of a text")
                break


@general_check(XMP)
def metadata_agree(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each thing that Info and XMP say, and do not say alike."""
    if pdf.xmp is None:
        yield XMP.finding("there is no XMP that can be read")
        return
    for key, one, other in _pairs(pdf):
        if _are_two(one, other):
            yield XMP.finding(f'{key} is "{one}" in one and "{other}" in the other')


@book_check(XMP)
def metadata_are_whole(pdf: PypdfView, _: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for each thing that only one of Info and XMP says; not for a book's own."""
    for key, one, other in _pairs(pdf) if pdf.xmp is not None else ():
        if bool(one) != bool(other) and key not in OWN:
            yield XMP.finding(f'{key} is "{one or other}" in one, and is not in the other')


def _pairs(pdf: PypdfView) -> Iterator[tuple[str, str, str]]:
    """Yield what Info and XMP say of the same: its name, the one's text, and the other's."""
    for key, name in SAME.items():
        own = pdf.info.get(key, "").strip()
        yield key.removeprefix("/"), own, xmp_property(pdf.xmp, name)


def _are_two(one: str, other: str) -> bool:
    """Tell whether Info and XMP say two things of the same."""
    return bool(one and other) and one != other


@book_check(INFORMATION, LANGUAGE)
def information_is_right(pdf: PypdfView, expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for each piece of information that is another than the book's.

    That there is no title, or that Info and XMP say two, is told of any file.
    """
    book = expected.glossary.book
    wanted = dict(zip(OWN, (expected.title, book.author), strict=True))
    for key, one, other in _pairs(pdf):
        said = {one} if pdf.xmp is None else {one, other}
        if _are_two(one, other) or (key == OWN[0] and said == {""}):
            continue
        for found in sorted(said - {wanted[key]}) if key in wanted else ():
            message = f'{key.lower()} is "{found}", and should be "{wanted[key]}"'
            yield INFORMATION.finding(message)
    if pdf.language not in {"", book.language}:
        message = f'it says "{pdf.language}", and should say "{book.language}"'
        yield LANGUAGE.finding(message)


@book_check(UA)
def standard_is_claimed(pdf: PypdfView, _: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding if the XMP does not claim PDF/UA-1 (ISO 14289-1, clause 5)."""
    if pdf.xmp is not None and xmp_property(pdf.xmp, UA_PART) != "1":
        yield UA.finding("the XMP has no pdfuaid:part of 1")
