"""The project's fonts as screens want them: small, with the characters that may be needed."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePath, PurePosixPath

import uharfbuzz as hb
from fontTools.ttLib import TTFont

from cheatsheet.findings import Finding, Place
from cheatsheet.stylesheets.characters import MAX_FONT_BYTES, font_damage
from cheatsheet.system.reading import FILE, read_bytes

LATIN = {*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2027), 0x20AC, 0x2212}
ASCII = {*range(0x20, 0x7F)}
FEATURES = ["calt", "ccmp", "kern", "liga", "lnum", "locl", "mark", "onum"]
FONT_FILE = re.compile(r"fonts/(?:[\w-][\w.-]*/)*[\w-][\w.-]*\.(?:ttf|otf|woff2)")
WOFF2 = b"wOF2"  # the signature (W3C, WOFF 2.0, 4)


@dataclass(frozen=True)
class FontFiles:
    """Font files and the licences beside them, by path in the project, and what is wrong."""

    fonts: Mapping[str, bytes] = field(repr=False)
    licences: Mapping[str, bytes] = field(repr=False)
    findings: tuple[Finding, ...]


def read_fonts(project: Path, css: str) -> FontFiles:
    """Return the font files that a style sheet names and that are there, with their licences.

    One that is damaged is left out: it is found where style sheets are read.
    """
    findings: list[Finding] = []
    files = dict(read_files(project, dict.fromkeys(FONT_FILE.findall(css)), findings))
    fonts = {name: data for name, data in files.items() if not font_damage(data)}
    licences = dict.fromkeys(PurePosixPath(name).with_name("LICENSE").as_posix() for name in fonts)
    return FontFiles(fonts, dict(read_files(project, licences, findings)), tuple(findings))


def read_files(
    project: Path, names: Iterable[str], findings: list[Finding]
) -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of those files that are there; add what is wrong with them."""
    for name in (name for name in names if os.path.lexists(project / name)):
        data, problem = read_bytes(project, PurePath(name), MAX_FONT_BYTES)
        if problem:
            findings.append(FILE.finding(problem, Place(name)))
        else:
            yield name, data


def readdressed(css: str, addresses: Mapping[str, str]) -> str:
    """Return a style sheet that asks for font files at other addresses, by path in the project."""
    for file, address in addresses.items():
        css = re.sub(rf"(?:\.\./)+{re.escape(file)}\b", address, css)
    return css


def web_name(file: str) -> str:
    """Return the name of a font file on the site."""
    return PurePosixPath(file).with_suffix(".woff2").as_posix()


def web_font(data: bytes, texts: Iterable[str]) -> bytes:
    """Return a font as WOFF2, with Latin and all characters of `texts`.

    One that is WOFF2 stays as it is.
    """
    return data if data.startswith(WOFF2) else _packed(_subset(data, texts))


def reader_font(data: bytes, texts: Iterable[str]) -> bytes:
    """Return a font as e-readers know it (EPUB 3.3, 3.2), with the characters of `texts`.

    One that is WOFF2 stays as it is.
    """
    return data if data.startswith(WOFF2) else _subset(data, texts)


def carried_font(data: bytes, texts: Iterable[str]) -> bytes:
    """Return a font as WOFF2 with ASCII and the characters of `texts` alone: a mail carries it."""
    characters = ASCII | {ord(letter) for text in texts for letter in text}
    return _packed(_with_characters(_unpacked(data), characters))


def _subset(font: bytes, texts: Iterable[str]) -> bytes:
    """Return a font with Latin and all characters of `texts`."""
    return _with_characters(font, LATIN | {ord(letter) for text in texts for letter in text})


def _with_characters(font: bytes, characters: set[int]) -> bytes:
    """Return a font with some characters."""
    wanted = hb.SubsetInput()
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    wanted.unicode_set.update(characters)
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update(int.from_bytes(name.encode()) for name in FEATURES)
    return bytes(hb.subset(hb.Face(hb.Blob(font)), wanted).blob.data)


def _packed(data: bytes, flavor: str | None = "woff2") -> bytes:
    """Return a font packed as WOFF2; with no flavor, as it is for a print program."""
    with TTFont(BytesIO(data), recalcTimestamp=False) as font:
        font.flavor, output = flavor, BytesIO()
        font.save(output)
    return output.getvalue()


def _unpacked(data: bytes) -> bytes:
    """Return a font that is not packed."""
    return _packed(data, None) if data.startswith(WOFF2) else data
