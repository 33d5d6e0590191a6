"""Damages to what is drawn: texts, glyphs, fonts."""

import re
from typing import Any

from pikepdf import Array, Dictionary, Name, String

from damage.tools import BLOCK, FOLIO, GLYPHS, TERM, blocks, damage, draw, fonts, harmless, page

WHY = "Because Compost"
NERD, NERD_END = (
    "Compost belongs to",
    "Trials compare",
)  # of two lines, each of which ends with a dot
IDENTITY = b"""\
/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Own def /WMode 0 def
1 begincodespacerange <0000> <ffff> endcodespacerange
1 begincidrange <0000> <ffff> 0 endcidrange
endcmap end end"""
OTHER_SIDE = "lies on top"  # after the name, which has another font


@damage("terms-text")
def blank_a_page(pdf: Any) -> None:
    """A term's page has the content of another."""
    page(pdf).Contents = page(pdf, "term-mulch").Contents


@damage("terms-text")
def drop_a_paragraph(pdf: Any) -> None:
    """A paragraph is not drawn."""
    drawn, lines = blocks(pdf, WHY)
    draw(pdf, drawn[: lines[0].start()] + drawn[lines[-1].end() :])


@damage("terms-text")
def drop_a_side_of_a_pair(pdf: Any) -> None:
    """One side of a pair has lost its sentence on a term's page."""
    drawn, lines = blocks(pdf, OTHER_SIDE)
    draw(pdf, drawn[: lines[0].start()] + drawn[lines[-1].end() :])


@damage("terms-text")
def drop_a_line(pdf: Any) -> None:
    """One line of a paragraph is not drawn."""
    drawn, lines = blocks(pdf, WHY)
    draw(pdf, drawn[: lines[0].start()] + drawn[lines[0].end() :])


@damage("terms-text")
def change_a_letter(pdf: Any) -> None:
    """One letter of a paragraph is another."""
    drawn, lines = blocks(pdf, WHY)
    at = drawn.index(b"<", lines[0].start() + 40) + 1
    at = drawn.index(b"<", drawn.index(b"Tf", lines[0].start())) + 1
    other = b"0020" if drawn[at : at + 4] != b"0020" else b"0126"
    draw(pdf, drawn[:at] + other + drawn[at + 4 :])


@damage("terms-text")
def exchange_letters(pdf: Any) -> None:
    """The text under two letters is exchanged, so that what is copied is not what is seen."""
    codes = fonts(pdf)[0].ToUnicode.read_bytes()
    mixed = codes.replace(b"> <0065>", b"> <e>").replace(b"> <0061>", b"> <0065>")
    fonts(pdf)[0].ToUnicode.write(mixed.replace(b"> <e>", b"> <0061>"))


@damage("terms-text")
def push_a_paragraph_off_the_page(pdf: Any) -> None:
    """A paragraph stands outside the paper."""
    drawn, lines = blocks(pdf, WHY)
    start, end = lines[0].start(), lines[-1].end()
    moved = b"q 1 0 0 1 5000 0 cm\n" + drawn[start:end] + b"Q\n"
    draw(pdf, drawn[:start] + moved + drawn[end:])


@damage("terms-sequence")
def move_a_paragraph_up(pdf: Any) -> None:
    """The nerd version is drawn before what it comes after."""
    drawn, nerd = blocks(pdf, NERD)
    _, rest = blocks(pdf, NERD_END)
    _, why = blocks(pdf, WHY)
    before, after, end = why[0].start(), nerd[0].start(), rest[-1].end()
    draw(pdf, drawn[:before] + drawn[after:end] + drawn[before:after] + drawn[end:])


@damage("terms-repeated")
def draw_a_paragraph_twice(pdf: Any) -> None:
    """A paragraph is drawn twice."""
    drawn, lines = blocks(pdf, WHY)
    end = lines[-1].end()
    lower = b"q 1 0 0 1 0 363 cm\n" + drawn[lines[0].start() : end] + b"Q\n"
    draw(pdf, drawn[:end] + lower + drawn[end:])


@harmless("terms-text")
def move_a_paragraph_a_little(pdf: Any) -> None:
    """A paragraph stands half a point lower."""
    drawn, lines = blocks(pdf, WHY)
    start, end = lines[0].start(), lines[-1].end()
    moved = b"q 1 0 0 1 0 0.5 cm\n" + drawn[start:end] + b"Q\n"
    draw(pdf, drawn[:start] + moved + drawn[end:])


@damage("pages-sparse")
def leave_two_lines(pdf: Any) -> None:
    """A page has two lines of text."""
    draw_lines(pdf, 2)


@harmless("pages-sparse")
def keep_a_short_page(pdf: Any) -> None:
    """A page with one sentence on it is written anew."""
    short = page(pdf, "colophon")
    short.Contents = pdf.make_stream(short.Contents.read_bytes())


def draw_lines(pdf: Any, count: int) -> None:
    """Draw the last few lines of the term's page, and nothing else."""
    drawn = page(pdf).Contents.read_bytes()
    start = drawn[: drawn.index(b"/Span")]
    lines = BLOCK.findall(drawn)[-count:]
    draw(pdf, start + b"".join(lines) + b"Q " * start.count(b"q\n"))


@damage("pages-hidden")
def hide_a_paragraph(pdf: Any) -> None:
    """A paragraph is there for machines and cannot be seen."""
    drawn, lines = blocks(pdf, WHY)
    start, end = lines[0].start(), lines[-1].end()
    draw(pdf, drawn[:start] + b"3 Tr\n" + drawn[start:end] + b"0 Tr\n" + drawn[end:])


@damage("pages-number")
def scale_by_no_number(pdf: Any) -> None:
    """A drawing is scaled by what is no number."""
    draw_first(pdf, b"q nan 0 0 nan 0 0 cm Q")


@damage("pages-number")
def write_an_exponent(pdf: Any) -> None:
    """A number is written with an exponent, which PDF does not know."""
    draw_first(pdf, b"q 1e99 0 m 5 5 l S Q")


@damage("pages-number")
def reach_too_far(pdf: Any) -> None:
    """A line reaches ten times round the earth."""
    draw_first(pdf, b"q 0 0 m 1133858267716 -5 l S Q")


@damage("pages-number")
def dash_without_end(pdf: Any) -> None:
    """A line's dashes have no end."""
    draw_first(pdf, b"q [inf 3] 0 d Q")


@damage("pages-number")
def scale_a_form_by_no_number(pdf: Any) -> None:
    """A form that a page may draw is scaled by what is no number."""
    form = pdf.make_stream(b"q -nan 0 0 1 0 0 cm Q")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    pdf.Root.PieceInfo = Dictionary(Private=form)


@harmless("pages-number")
def speak_of_no_number(pdf: Any) -> None:
    """A comment, a string and a name in a page's content look like what is no number."""
    draw_first(pdf, b"% nan 1e99\n/Artifact <</Inf (is (1e99) nan \\) inf )>> BDC EMC /inf MP")


def draw_first(pdf: Any, drawn: bytes) -> None:
    """Draw something on the term's page before anything else."""
    draw(pdf, drawn + b"\n" + page(pdf).Contents.read_bytes())


@damage("pages-folio")
def number_a_page_otherwise(pdf: Any) -> None:
    """A page prints another number at its foot than its own."""
    draw_number(pdf, TERM, "term-mulch")


@damage("pages-folio")
def number_the_front_matter_in_decimals(pdf: Any) -> None:
    """A page of the front matter prints a decimal number."""
    draw_number(pdf, "contents", TERM)


@damage("pages-folio")
def number_no_page(pdf: Any) -> None:
    """A page prints no number."""
    drawn, number = number_at_foot(pdf, TERM)
    draw(pdf, drawn[: number.start()] + drawn[number.end() :])


@harmless("pages-folio")
def number_a_page_at_its_head(pdf: Any) -> None:
    """A page's number stands at its head, and not at its foot."""
    drawn, number = number_at_foot(pdf, TERM)
    raised = b"q 1 0 0 1 0 -755 cm\n" + number[0] + b"Q\n"
    draw(pdf, drawn[: number.start()] + raised + drawn[number.end() :])


def draw_number(pdf: Any, section: str, other: str) -> None:
    """Draw another section's number at the foot of a section's first page."""
    drawn, own = number_at_foot(pdf, section)
    number = GLYPHS.findall(number_at_foot(pdf, other)[1][0])[-1]
    changed = GLYPHS.sub(b"<" + number + b">", own[0])
    page(pdf, section).Contents = pdf.make_stream(
        drawn[: own.start()] + changed + drawn[own.end() :]
    )


def number_at_foot(pdf: Any, section: str) -> tuple[bytes, re.Match[bytes]]:
    """Return a section's first page as drawn, and its number there."""
    drawn = page(pdf, section).Contents.read_bytes()
    return drawn, list(FOLIO.finditer(drawn))[-1]


@damage("tags-content")
def draw_outside_the_tags(pdf: Any) -> None:
    """A line of a paragraph is in no tag."""
    drawn, lines = blocks(pdf, WHY)
    untagged = lines[0][0].replace(b"/Span", b"/Plain").replace(b"/MCID", b"/Number")
    draw(pdf, drawn[: lines[0].start()] + untagged + drawn[lines[0].end() :])


@damage("tags-content")
def take_a_paragraph_out_of_the_tree(pdf: Any) -> None:
    """A paragraph is marked, and its element is not in the tree."""
    waiting = list(pdf.Root.StructTreeRoot.K)
    while (element := waiting.pop()).S != "/P" or not isinstance(element.K[0], int):
        waiting += [kid for kid in element.K if isinstance(kid, Dictionary) and "/S" in kid]
    around = element.P
    around.K = Array([kid for kid in around.K if kid != element])


@damage("tags-content")
def draw_a_rule_outside_the_tags(pdf: Any) -> None:
    """A line is drawn that is neither tagged nor an artifact."""
    draw_first(pdf, b"q 20 20 100 1 re f Q")


@damage("tags-content")
def tag_an_artifact(pdf: Any) -> None:
    """A line of a paragraph is tagged, and is an artifact too."""
    drawn, lines = blocks(pdf, WHY)
    both = b"/Artifact BMC\n" + lines[0][0] + b"EMC\n"
    draw(pdf, drawn[: lines[0].start()] + both + drawn[lines[0].end() :])


@harmless("tags-content")
def draw_a_ground(pdf: Any) -> None:
    """A page has a ground, which is an artifact by its properties."""
    draw_first(pdf, b"/Artifact <</Type /Background>> BDC q 1 g 0 0 420 595 re f Q EMC 0 g")


@harmless("pages-hidden")
def outline_letters(pdf: Any) -> None:
    """A paragraph's letters are filled, said by an operator of its own."""
    drawn, lines = blocks(pdf, WHY)
    draw(pdf, drawn[: lines[0].start()] + b"0 Tr\n" + drawn[lines[0].start() :])


def descriptor(pdf: Any) -> Any:
    return fonts(pdf)[0].DescendantFonts[0].FontDescriptor


@damage("fonts-embedded")
def unembed_a_font(pdf: Any) -> None:
    """A font's file is gone."""
    del descriptor(pdf)["/FontFile2"]


@damage("fonts-unicode")
def drop_the_way_to_text(pdf: Any) -> None:
    """A font's map to text is gone."""
    del fonts(pdf)[0]["/ToUnicode"]


@damage("fonts-unicode")
def map_to_nothing(pdf: Any) -> None:
    """A glyph's text is the character U+0000."""
    codes = fonts(pdf)[0].ToUnicode.read_bytes()
    fonts(pdf)[0].ToUnicode.write(codes.replace(b"> <0065>", b"> <0000>"))


@damage("fonts-unicode")
def map_a_range_to_a_mark(pdf: Any) -> None:
    """The texts of a range of glyphs reach a byte order mark."""
    codes = fonts(pdf)[0].ToUnicode.read_bytes()
    ends_at_a_mark = b"1 beginbfrange\n<fff0> <fff4> <fefb>\nendbfrange\nendcmap"
    fonts(pdf)[0].ToUnicode.write(codes.replace(b"endcmap", ends_at_a_mark))


@damage("fonts-text")
def map_to_no_character(pdf: Any) -> None:
    """A glyph's text is the sign for an unknown character."""
    codes = fonts(pdf)[0].ToUnicode.read_bytes()
    fonts(pdf)[0].ToUnicode.write(codes.replace(b"> <0065>", b"> <fffd>"))


@damage("fonts-declared")
def swap_a_font(pdf: Any) -> None:
    """A font is one that the styles do not declare."""
    fonts(pdf)[0].BaseFont = Name("/ABCDEF+Comic-Sans")


@harmless("fonts-declared")
def tag_a_font_otherwise(pdf: Any) -> None:
    """A font's subset has another tag, and a style after the family's name."""
    fonts(pdf)[0].BaseFont = Name("/QWERTZ+Vollkorn-Bold")


@damage("fonts-encoding")
def drop_the_way_to_glyphs(pdf: Any) -> None:
    """A font does not say which glyph a character is."""
    del fonts(pdf)[0].DescendantFonts[0].CIDToGIDMap


@damage("fonts-encoding")
def encode_by_another_map(pdf: Any) -> None:
    """A font is encoded by a map that is neither predefined nor in the file."""
    for font in fonts(pdf):
        font.Encoding = Name("/Mine-H")


@damage("fonts-encoding")
def embed_a_map_of_others(pdf: Any) -> None:
    """A font is encoded by a map in the file, which is of other characters than the font."""
    embed_a_map(pdf, "Japan1")


@harmless("fonts-encoding")
def embed_the_map(pdf: Any) -> None:
    """A font is encoded by a map in the file."""
    embed_a_map(pdf, "Identity")


def embed_a_map(pdf: Any, ordering: str) -> None:
    """Encode a font by a map in the file that is Identity-H, of a collection of Adobe's."""
    font = fonts(pdf)[0]
    info = Dictionary(Registry=String("Adobe"), Ordering=String(ordering), Supplement=0)
    font.Encoding = pdf.make_stream(
        IDENTITY, Type=Name.CMap, CMapName=Name.Own, CIDSystemInfo=info, WMode=0
    )


@damage("fonts-subset")
def name_a_font_whole(pdf: Any) -> None:
    """A font's name has no tag of a subset."""
    fonts(pdf)[0].BaseFont = Name("/Vollkorn")


@damage("fonts-notdef")
def print_a_missing_glyph(pdf: Any) -> None:
    """A page prints the glyph that stands for a missing one."""
    drawn, lines = blocks(pdf, WHY)
    at = drawn.index(b"] TJ", lines[0].start())
    draw(pdf, drawn[:at] + b"<0000>0" + drawn[at:])


@harmless("fonts-notdef")
def print_noughts_across_glyphs(pdf: Any) -> None:
    """Four noughts in a page's codes are the halves of two glyphs."""
    drawn, lines = blocks(pdf, WHY)
    at = drawn.index(b"] TJ", lines[-1].start())
    assert b"<0002" in drawn
    draw(pdf, drawn[:at] + b"-900<000200020002>0" + drawn[at:])


@harmless("terms-sequence")
def frame_a_paragraph(pdf: Any) -> None:
    """A paragraph is drawn in a graphics state of its own."""
    drawn, lines = blocks(pdf, WHY)
    start, end = lines[0].start(), lines[-1].end()
    draw(pdf, drawn[:start] + b"q\n" + drawn[start:end] + b"Q\n0 0 0 rg\n" + drawn[end:])


@harmless("terms-repeated")
def draw_a_rule_twice(pdf: Any) -> None:
    """A line is drawn twice at the foot of a page."""
    drawn = page(pdf).Contents.read_bytes()
    rule = b"/Artifact BMC q 20 20 100 1 re f Q EMC\n"
    page(pdf).Contents = pdf.make_stream(rule + rule + drawn)


@harmless("fonts-embedded")
def measure_a_font(pdf: Any) -> None:
    """A font's descriptor says how heavy the font is."""
    descriptor(pdf).StemV = 90


@harmless("fonts-unicode")
def add_a_mapping(pdf: Any) -> None:
    """A font's map to text has a comment."""
    codes = fonts(pdf)[0].ToUnicode.read_bytes()
    fonts(pdf)[0].ToUnicode.write(b"% letters\n" + codes)


@harmless("fonts-text")
def map_a_ligature(pdf: Any) -> None:
    """A glyph that no page prints stands for no character."""
    codes = fonts(pdf)[0].ToUnicode.read_bytes()
    fonts(pdf)[0].ToUnicode.write(
        codes.replace(b"endcmap", b"1 beginbfchar\n<fff0> <fffd>\nendbfchar\nendcmap")
    )


@harmless("fonts-subset")
def keep_an_unused_font(pdf: Any) -> None:
    """A font that is not subset is in the file, and no page is set in it."""
    pdf.Root.PieceInfo = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/Vollkorn"))
    )
