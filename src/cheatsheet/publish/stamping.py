"""A finished edition and its buyers → a copy for each, with name and order in every page's foot."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cheatsheet.build import pdf_path, require_edition
from cheatsheet.checks.opening import read_pdf
from cheatsheet.checks.reading import Reading
from cheatsheet.epub import epub_editions, epub_path, stamp_epub
from cheatsheet.findings import Finding, Place, error, has_errors
from cheatsheet.glossary import Glossary
from cheatsheet.manuscript import load_glossary
from cheatsheet.pdf import declared_tokens, read_styles
from cheatsheet.publish.buyers import Buyer
from cheatsheet.publish.copies import StampStyle, make_copy
from cheatsheet.publish.lettering import CannotDrawError, StampFont
from cheatsheet.publish.master import Master, make_master
from cheatsheet.selling import Stamp
from cheatsheet.writing import write_atomically

PT_PER_MM = 72 / 25.4
LENGTH = re.compile(r"(\d+(?:\.\d+)?)(mm|pt)")
INK = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", re.IGNORECASE)

LETTERS = error(
    "stamp-letters",
    "A buyer's name cannot be set in the foot of the pages.",
    "ask the buyer how to write the name from left to right, in Latin, Greek or Cyrillic letters",
)
ROOM = error(
    "stamp-room",
    "The foot of a page has no room for a buyer's line.",
    "shorten `stamp` in content/book.yaml, or set the --stamp tokens in styles/tokens.css anew",
)
STYLE = error(
    "stamp-style",
    "The book does not say how a buyer's line is set.",
    "see `stamp` in content/book.yaml, and --ink-soft and --stamp-size, -left, -bottom and "
    "-width in styles/tokens.css",
)
BOOK = error(
    "stamp-book", "The edition to stamp is not there.", "run `cheatsheet build` for it first"
)

Progress = Callable[[str, str, int, int], None]
"""Is told the stage, what is being done in it, how many are done, and of how many."""


@dataclass
class Stamping:
    """What stamping did: the copies written, those that were there already, and the findings.

    Each copy is its order and file.
    """

    written: list[tuple[str, Path]] = field(default_factory=list)
    kept: list[tuple[str, Path]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether every buyer has a copy."""
        return not has_errors(self.findings)


class _Press:
    """Sets buyers' lines into copies of one master."""

    def __init__(self, master: Master, stamp: Stamp, font: StampFont, style: StampStyle) -> None:
        self._master = master
        self._stamp = stamp
        self._font = font
        self._style = style

    def copy(self, buyer: Buyer) -> bytes:
        """Return a buyer's copy. Raises CannotDrawError."""
        words = _words(self._stamp, buyer)
        return make_copy(self._master, buyer, words, self._font, self._style)


@dataclass(frozen=True)
class _EpubPress:
    """Sets buyers' lines into copies of one EPUB, in any letters: the reader's fonts have them."""

    data: bytes
    stamp: Stamp

    def copy(self, buyer: Buyer) -> bytes:
        """Return a buyer's copy."""
        owner = f"{buyer.name} <{buyer.email}>"
        return stamp_epub(self.data, _words(self.stamp, buyer), buyer.order, owner)


def stamp_copies(
    project: Path, edition: str, buyers: Sequence[Buyer], folder: Path, progress: Progress
) -> Stamping:
    """Write each buyer's copy of a finished edition into a folder.

    A copy that is there and is what would be written stays: stamping can be broken off and begun
    again. A buyer whose line cannot be set is a finding, and the others get their copies. Raises
    UnknownEditionError and OSError.
    """
    done = Stamping()
    glossary, done.findings = load_glossary(project)
    if glossary is None:
        return done
    is_epub = edition in epub_editions(glossary)
    make = _make_epub_press if is_epub else _make_press
    press = make(project, glossary, edition, done.findings)
    if press is None:
        return done
    file = epub_path(glossary, edition) if is_epub else pdf_path(glossary, edition)
    for number, buyer in enumerate(buyers):
        progress("stamp", buyer.order, number, len(buyers))
        try:
            copy = press.copy(buyer)
        except CannotDrawError as problem:
            message = f"the copy of order {buyer.order} is not made: {problem}"
            done.findings.append(LETTERS.finding(message, buyer.place))
            continue
        _put(folder / f"{file.stem}_{buyer.file_part}{file.suffix}", copy, buyer, done)
    return done


def _put(path: Path, copy: bytes, buyer: Buyer, done: Stamping) -> None:
    """Write a copy, unless the same is there already."""
    if path.is_file() and not path.is_symlink() and path.read_bytes() == copy:
        done.kept.append((buyer.order, path))
    else:
        write_atomically(path, copy)
        done.written.append((buyer.order, path))


def _words(stamp: Stamp, buyer: Buyer) -> str:
    """Return the words of a buyer's line."""
    return stamp.line.replace("{order}", buyer.order).replace("{name}", buyer.name)


def _make_epub_press(
    project: Path, glossary: Glossary, edition: str, findings: list[Finding]
) -> _EpubPress | None:
    """Return what stamps copies of an EPUB; None, with a finding, where it cannot be stamped."""
    stamp, file = glossary.book.stamp, epub_path(glossary, edition)
    if stamp is None:
        findings.append(STYLE.finding("`stamp` is missing"))
        return None
    if not (project / file).is_file():
        findings.append(BOOK.finding(f"there is no {file.as_posix()}"))
        return None
    return _EpubPress((project / file).read_bytes(), stamp)


def _make_press(
    project: Path, glossary: Glossary, edition: str, findings: list[Finding]
) -> _Press | None:
    """Return what stamps an edition's copies; None, with findings, where it cannot be stamped."""
    require_edition(glossary, edition)
    stamp, file = glossary.book.stamp, pdf_path(glossary, edition)
    styles, style_findings = read_styles(project, edition)
    findings.extend(style_findings)
    style = _style(declared_tokens(styles))
    if stamp is None or style is None or not (project / stamp.font).is_file():
        what = "`stamp`" if stamp is None else "a --stamp token" if style is None else stamp.font
        findings.append(STYLE.finding(f"{what} is missing, or is not what it should be"))
        return None
    if not (project / file).is_file():
        findings.append(BOOK.finding(f"there is no {file.as_posix()}"))
        return None
    data = (project / file).read_bytes()
    findings.extend(_words_in_the_way(data, style))
    if has_errors(findings):
        return None
    return _Press(make_master(data), stamp, StampFont(project / stamp.font), style)


def _words_in_the_way(data: bytes, style: StampStyle) -> Iterator[Finding]:
    """Yield a finding for each page that has words where the line will stand."""
    with read_pdf(data) as pdf:
        if not isinstance(pdf, Reading):
            yield pdf
            return
        for page in range(1, pdf.pages + 1):
            words = pdf.words_in(page, style.box)
            if words:
                yield ROOM.finding(f'"{words[:40]}" stands there already', Place(page=page))


def _style(tokens: Mapping[str, str]) -> StampStyle | None:
    """Return how the line is set, by the styles' tokens; None if one is missing or malformed."""
    lengths = [
        _points(tokens.get(token, ""))
        for token in ("--stamp-size", "--stamp-left", "--stamp-bottom", "--stamp-width")
    ]
    ink = INK.fullmatch(tokens.get("--ink-soft", ""))
    if ink is None or not all(lengths):
        return None
    red, green, blue = (int(part, 16) / 255 for part in ink.groups())
    size, left, bottom, width = lengths
    return StampStyle(size, (red, green, blue), left, bottom, width)


def _points(length: str) -> float:
    """Return a length in mm or pt in pt; 0 if it is none."""
    match = LENGTH.fullmatch(length)
    return float(match[1]) * (PT_PER_MM if match[2] == "mm" else 1) if match else 0.0
