"""The fonts of linked sections: one subset of each font file, and one font dictionary for it.

The renderer keeps the numbers of the glyphs when it makes a subset, so that a section's text goes
with any other subset of the same file.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import pikepdf
import uharfbuzz as hb
from fontTools.ttLib import TTFont, woff2
from pikepdf import Array

from cheatsheet.pdf.section import SectionFont, StyleSet, content_digest

# What a PDF has no use for, as WeasyPrint's pdf/fonts.py has it.
DROPPED = ["BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "SVG"]
FLAGS = hb.SubsetFlags.PASSTHROUGH_UNRECOGNIZED | hb.SubsetFlags.DESUBROUTINIZE
FIXED_PITCH = 1  # of the descriptor's flags (ISO 32000-1, table 123)
CMAP_HEAD = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange"""
CMAP_FOOT = b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
MOST = 100  # lines of a block in a CMap (Adobe Technical Note 5014, 4.2)


def link_fonts(
    pdf: pikepdf.Pdf, used: Iterable[tuple[Mapping[str, SectionFont], Any]], styles: StyleSet
) -> None:
    """Give sections that were joined in a PDF the same font dictionaries.

    `used` are each section's fonts, and its resource dictionary of them. What is not from a file of
    the style set stays as it is.
    """
    files = {content_digest(data): data for data in map(_unpacked, styles.files.values()) if data}
    uses: dict[tuple[str, str], list[tuple[SectionFont, Any]]] = {}
    for fonts, resources in used:
        for name, font in fonts.items():
            if font.file in files and font.texts:
                uses.setdefault((name, font.file), []).append((font, resources))
    for (name, file), sections in uses.items():
        whole = _union(font for font, _ in sections)
        dictionary = sections[0][1][f"/{name}"]
        _renew(pdf, dictionary, whole, subset_of(files[file], frozenset(whole.texts)))
        for _, resources in sections:
            resources[f"/{name}"] = dictionary


def _union(fonts: Iterable[SectionFont]) -> SectionFont:
    """Return a font that prints what each of some does, ordered by glyph."""
    widths: dict[int, float] = {}
    texts: dict[int, str] = {}
    for font in fonts:
        widths |= font.widths
        texts = {**font.texts, **texts}
    return SectionFont("", dict(sorted(widths.items())), dict(sorted(texts.items())))


def _renew(pdf: pikepdf.Pdf, dictionary: Any, font: SectionFont, program: bytes) -> None:
    """Have a font dictionary stand for all that a font prints (ISO 32000-1, 9.7)."""
    descendant = dictionary.DescendantFonts[0]
    descriptor = descendant.FontDescriptor
    key = "/FontFile3" if "/FontFile3" in descriptor else "/FontFile2"
    stream = pdf.make_stream(program)
    if key == "/FontFile3":
        stream.Subtype = pikepdf.Name.OpenType
    else:
        stream.Length1 = len(program)
    descriptor[key] = stream
    _, low, _, high = descriptor.FontBBox
    descriptor.FontBBox = Array([0, low, _number(max(font.widths.values())), high])
    is_fixed = len(font.widths) > 1 and len(set(font.widths.values())) == 1
    descriptor.Flags = int(descriptor.Flags) & ~FIXED_PITCH | is_fixed
    descendant.W = Array(list(_width_runs(font.widths)))
    dictionary.ToUnicode = pdf.make_stream(to_unicode(font.texts))


def _width_runs(widths: Mapping[int, float]) -> Iterator[Any]:
    """Yield the first number of each run of glyphs, and their widths (ISO 32000-1, 9.7.4.3)."""
    run: list[Any] = []
    for glyph, width in widths.items():
        if run and glyph - 1 not in widths:
            yield Array(run)
            run = []
        if not run:
            yield glyph
        run.append(_number(width))
    yield Array(run)


def _number(value: float) -> Any:
    """Return a number as a PDF has it: no more digits than an exact width has."""
    rounded = round(value, 3)
    return int(rounded) if rounded == int(rounded) else rounded


def to_unicode(texts: Mapping[int, str]) -> bytes:
    """Return the CMap that maps codes, or glyphs, to texts (ISO 32000-1, 9.10.3)."""
    lines = [
        b"<%04x> <%s>" % (glyph, text.encode("utf-16-be").hex().encode())
        for glyph, text in texts.items()
    ]
    parts = [CMAP_HEAD]
    for first in range(0, len(lines), MOST):
        block = lines[first : first + MOST]
        parts += [b"%d beginbfchar" % len(block), *block, b"endbfchar"]
    return b"\n".join([*parts, CMAP_FOOT])


@lru_cache(maxsize=32)
def subset_of(file: bytes, glyphs: frozenset[int]) -> bytes:
    """Return a font file that has some glyphs of another, under the same numbers.

    The second step drops what is empty after the last glyph, as WeasyPrint does.
    """
    kept = _subset(hb.Face(file), glyphs, FLAGS | hb.SubsetFlags.RETAIN_GIDS)
    last = range(max(glyphs) + 1)
    data: bytes = _subset(kept, last, FLAGS | hb.SubsetFlags.NO_HINTING).blob.data
    return data


def _subset(face: hb.Face, glyphs: Iterable[int], flags: hb.SubsetFlags) -> hb.Face:
    """Return a subset of a font."""
    wanted = hb.SubsetInput()
    wanted.flags = flags
    wanted.glyph_set.update(glyphs)
    tables = wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG)
    tables.update(int.from_bytes(tag.ljust(4).encode(), "big") for tag in DROPPED)
    return hb.subset(face, wanted)


@lru_cache(maxsize=32)
def _unpacked(data: bytes) -> bytes | None:
    """Return a font file without its compression, as WeasyPrint reads it; None for another file."""
    if data[:4] in {b"\0\1\0\0", b"OTTO", b"true"}:
        return data
    unpacked = io.BytesIO()
    if data[:4] == b"wOF2":
        woff2.decompress(io.BytesIO(data), unpacked)
    elif data[:4] == b"wOFF":
        font = TTFont(io.BytesIO(data))
        font.flavor = font.flavorData = None
        font.save(unpacked)
    return unpacked.getvalue() or None
