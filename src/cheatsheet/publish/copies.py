"""A master and a buyer → the buyer's copy: the line on every page, and the metadata."""

import hashlib
import re
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.sax.saxutils import escape, unescape

from cheatsheet.pdf.fonts import subset_of, to_unicode
from cheatsheet.publish.buyers import Buyer
from cheatsheet.publish.lettering import CannotDrawError, Line, StampFont, subset_tag
from cheatsheet.publish.master import Master, append, stream
from cheatsheet.reader.seal import COPY, sealed

SMALLEST = 0.7  # how far a long line may shrink

XMP = """\
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/">\
<dc:identifier>{order}</dc:identifier>\
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{words}</rdf:li></rdf:Alt></dc:rights>\
<xmpRights:Owner><rdf:Bag><rdf:li>{owner}</rdf:li></rdf:Bag></xmpRights:Owner>\
</rdf:Description>"""

IDENTIFIER = re.compile(rb"<dc:identifier>([^<]+)</dc:identifier>")
OWNER = re.compile(rb"<xmpRights:Owner><rdf:Bag><rdf:li>[^<]*&lt;([^<]+)&gt;</rdf:li>")

Codes = Mapping[tuple[int, str], int]
"""The codes that a line is written in, from 1: one for each glyph and the words it stands for."""


@dataclass(frozen=True)
class StampStyle:
    """How the line is set: sizes and places in pt from the page's lower left, colour as 0-1 RGB."""

    size: float
    ink: tuple[float, float, float]
    left: float
    bottom: float
    width: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The rectangle that the line stands in: left, bottom, right, top in pt."""
        low, high = self.bottom - self.size * 0.3, self.bottom + self.size
        return self.left, low, self.left + self.width, high


def make_copy(
    master: Master, font: StampFont, style: StampStyle, buyer: Buyer, words: str
) -> bytes:
    """Return the PDF of a buyer, with a line of words in the foot of every page.

    Raises CannotDrawError for words that the font cannot set, or that are too long.
    """
    line = font.shape(words)
    size = style.size * min(1.0, style.width / (line.length * style.size / 1000))
    if size < style.size * SMALLEST:
        raise CannotDrawError("the line is too long for the foot of the page")
    drawn = dict.fromkeys((glyph.number, glyph.words) for glyph in line.glyphs)
    codes = {pair: code for code, pair in enumerate(drawn, 1)}
    first = master.next_object
    objects = dict(enumerate(_font_objects(line, codes, font, first), first))
    objects[master.form] = _form(line, codes, style, size, first)
    objects[master.info] = _information(master, buyer)
    objects[master.metadata] = _metadata(master, buyer, words)
    key = hashlib.sha256(master.identifier + buyer.key).digest()[:16]
    return sealed(append(master, objects, key), COPY)


def purchase_of(copy: bytes) -> tuple[str, str] | None:
    """Return whose copy a PDF is, as `Buyer.purchase` tells it; None if it is no copy.

    What is appended last stands at the end, and its metadata are not compressed.
    """
    found = IDENTIFIER.findall(copy), OWNER.findall(copy)
    if not all(found):
        return None
    order, email = (unescape(values[-1].decode(errors="replace")) for values in found)
    return order.replace("#", "").casefold(), email.casefold()


def _form(line: Line, codes: Codes, style: StampStyle, size: float, font: int) -> bytes:
    """Return the form that every page draws (ISO 32000-1, 8.10)."""
    ink = b"%.3f %.3f %.3f" % style.ink
    start = b"1 0 0 1 %.2f %.2f Tm" % (style.left, style.bottom)
    shown = _shown(line, codes, size)
    drawing = b"BT\n%s rg /Stamp %.2f Tf %s\n%s\nET" % (ink, size, start, shown)
    box = b"%.2f %.2f %.2f %.2f" % style.box
    entries = b"/Type /XObject /Subtype /Form /BBox [%s] /Resources <</Font <</Stamp %d 0 R>>>>"
    return _packed(entries % (box, font), drawing)


def _shown(line: Line, codes: Codes, size: float) -> bytes:
    """Return the operators that show a line (ISO 32000-1, 9.4.3): a run for each height of marks.

    One run for the letters: readers take letters that are placed one by one for separate words.
    """
    runs: list[bytes] = []
    pen = 0.0
    for rise, glyphs in groupby(line.glyphs, key=lambda glyph: glyph.y):
        parts = []
        for glyph in glyphs:
            parts.append(b"%.4g <%04x>" % (pen - glyph.x, codes[glyph.number, glyph.words]))
            pen = glyph.x + glyph.advance
        runs.append(b"%.2f Ts [%s] TJ" % (rise * size / 1000, b" ".join(parts)))
    return b"\n".join(runs)


def _font_objects(line: Line, codes: Codes, font: StampFont, first: int) -> Sequence[bytes]:
    """Return the objects of a font with the line's glyphs (ISO 32000-1, 9.7.4), numbered on."""
    numbers = frozenset(number for number, _ in codes)
    program = subset_of(font.data, numbers)
    name = f"{subset_tag(numbers)}+{font.name}".encode()
    widths = {(glyph.number, glyph.words): glyph.advance for glyph in line.glyphs}
    ascent, descent = font.ascender_and_descender
    glyph_of_code = struct.pack(f">{len(codes) + 1}H", 0, *(number for number, _ in codes))
    return (
        b"<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H"
        b" /DescendantFonts [%d 0 R] /ToUnicode %d 0 R>>" % (name, first + 1, first + 4),
        b"<</Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDToGIDMap %d 0 R"
        b" /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>>"
        b" /FontDescriptor %d 0 R /W [1 [%s]]>>"
        % (name, first + 5, first + 2, b" ".join(b"%.4g" % widths[pair] for pair in codes)),
        b"<</Type /FontDescriptor /FontName /%s /Flags 4 /ItalicAngle 0 /StemV 80 /CapHeight %d"
        b" /Ascent %d /Descent %d /FontBBox [-1000 %d 2000 %d] /FontFile2 %d 0 R>>"
        % (name, ascent, ascent, descent, descent, ascent, first + 3),
        _packed(b"/Length1 %d" % len(program), program),
        _packed(b"", to_unicode({code: words for (_, words), code in codes.items()})),
        _packed(b"", glyph_of_code),
    )


def _information(master: Master, buyer: Buyer) -> bytes:
    """Return the file's information with the buyer's name and order."""
    added = b" /Licensee %s /Order %s" % (_string(buyer.name), _string(buyer.order))
    return b"<<" + master.entries + added + b">>"


def _metadata(master: Master, buyer: Buyer, words: str) -> bytes:
    """Return the XMP with whose copy it is (ISO 16684-1, 8.3 and 8.5), uncompressed."""
    fields = {"order": buyer.order, "words": words, "owner": buyer.owner}
    added = XMP.format(**{key: escape(value) for key, value in fields.items()}).encode()
    before, end, after = master.xmp.rpartition(b"</rdf:RDF>")
    return stream(b"/Type /Metadata /Subtype /XML", before + added + end + after)


def _packed(entries: bytes, data: bytes) -> bytes:
    """Return a compressed stream."""
    return stream(entries + b" /Filter /FlateDecode", zlib.compress(data, 9))


def _string(text: str) -> bytes:
    """Return a text string (ISO 32000-1, 7.9.2.2)."""
    return b"<feff%s>" % text.encode("utf-16-be").hex().encode()
