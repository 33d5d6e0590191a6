"""Damages to what is drawn: texts, glyphs, fonts."""

from typing import Any

from pikepdf import Dictionary, Name

from damage.tools import BLOCK, blocks, damage, draw, fonts, harmless, page

WHY = "Because Compost"
NERD = "Compost belongs to"
OWN_SIDE = "Compost goes into"


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
    drawn, lines = blocks(pdf, OWN_SIDE)
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
    _, why = blocks(pdf, WHY)
    before, after = why[0].start(), nerd[0].start()
    moved = drawn[nerd[0].start() : nerd[-1].end()]
    draw(pdf, drawn[:before] + moved + drawn[before:after] + drawn[nerd[-1].end() :])


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
    rule = b"q 20 20 100 1 re f Q\n"
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
