"""A finished edition and its buyers → a copy for each, with name and order in every page's foot."""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePath

from cheatsheet.build.checking import check_built, has_passed
from cheatsheet.epub.stamping import purchase_of_epub, stamp_epub
from cheatsheet.findings import Finding, FindingError, Place, Severity, error, has_errors
from cheatsheet.findings.complaints import Complaints
from cheatsheet.lint.proofreading import load_whole
from cheatsheet.model.editions import edition_path
from cheatsheet.model.examples import how_to_add
from cheatsheet.model.glossary import Glossary
from cheatsheet.model.selling import Stamp
from cheatsheet.publish.buyers import Buyer
from cheatsheet.publish.copies import StampStyle, make_copy, purchase_of
from cheatsheet.publish.lettering import CannotDrawError, StampFont
from cheatsheet.publish.master import NotABookError, make_master
from cheatsheet.publish.stamped import Stamping
from cheatsheet.reader.opening import read_pdf
from cheatsheet.reader.pypdf_view import PypdfView
from cheatsheet.stylesheets import declared_tokens, read_styles
from cheatsheet.stylesheets.characters import MAX_FONT_BYTES, font_damage
from cheatsheet.system.ending import stopped_code
from cheatsheet.system.reading import read_bytes, read_made
from cheatsheet.system.running import refused_hint, why_refused
from cheatsheet.system.writing import clear_leftovers, made_folder, write_atomically, write_new

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
    "stamp-book",
    "The edition to stamp is not there, or is not as a build leaves it.",
    "run `cheatsheet build` for it first",
)
TAKEN = error(
    "stamp-taken",
    "What an order's copy would be called is there already, and is not this buyer's.",
    "give the order another number; or, if that file is not wanted, move it away and stamp again",
)
WRITE = error(
    "stamp-write",
    "A buyer's copy could not be written.",
    "make room for it, or choose another folder, and stamp again: copies that are there stay",
)

Progress = Callable[[str, str, int, int], None]
"""Is told the stage, what is being done in it, how many are done, and of how many."""


@dataclass(frozen=True)
class _Press:
    """Makes the copies of one edition, a PDF or an EPUB; tells whose a copy is.

    `copy` raises CannotDrawError.
    """

    copy: Callable[[Buyer], bytes]
    purchase_of: Callable[[bytes], tuple[str, str] | None]


def stamp_copies(
    project: Path, edition: str, buyers: Sequence[Buyer], folder: Path, progress: Progress
) -> Stamping:
    """Write each buyer's copy of a finished edition into a folder.

    The edition must pass its checks now. A copy that is there and is what would be written stays,
    and nobody's is replaced by another buyer's: stamping can be broken off, by Ctrl-C or a full
    disk, and begun again. A buyer whose line cannot be set is a finding, and the others get their
    copies. Raises UnknownEditionError.
    """
    done, complaints, tried = Stamping(), Complaints(), 0
    try:
        glossary, done.findings = load_whole(project)
        press = _make_press(project, glossary, edition, done.findings) if glossary else None
        if glossary and press and buyers:
            name = edition_path(glossary, edition)
            if folder.is_dir():
                clear_leftovers(folder)
            for tried, buyer in enumerate(buyers):
                progress("stamp", buyer.order, tried, len(buyers))
                path = folder / f"{name.stem}_{buyer.file_part}{name.suffix}"
                complaints.add(_put(press, buyer, path, done))
    except FindingError as problem:
        complaints.add([problem.finding])
    except OSError as problem:
        complaints.add(_unwritten(buyers[tried:], folder, problem))
    except KeyboardInterrupt as problem:
        done.stopped = stopped_code(problem)
    done.findings += complaints.all()
    return done


def _unwritten(buyers: Sequence[Buyer], folder: Path, problem: OSError) -> Iterator[Finding]:
    """Yield the finding for the buyer whose copy the system refused, and those after."""
    for buyer in buyers[:1]:
        after = len(buyers) - 1
        more = f"; {after:,} after it {'was' if after == 1 else 'were'} not tried" if after else ""
        message = f"order {buyer.order} got no copy in {folder}: {why_refused(problem)}{more}"
        yield WRITE.finding(message, buyer.place, refused_hint(problem))


def _put(press: _Press, buyer: Buyer, path: Path, done: Stamping) -> Iterator[Finding]:
    """Write a buyer's copy, unless it is there; yield a finding if it cannot be. Raises OSError."""
    try:
        copy = press.copy(buyer)
    except CannotDrawError as problem:
        message = f"the copy of order {buyer.order} is not made: {problem}"
        yield LETTERS.finding(message, buyer.place)
        return
    if not os.path.lexists(path):
        with made_folder(path.parent), suppress(FileExistsError):
            with _noted(done, buyer.order, path, copy):
                write_new(path, copy)
            return
    there = read_made(path)
    purchase = press.purchase_of(there)
    if there == copy:
        done.kept.append((buyer.order, path))
    elif purchase == buyer.purchase or (purchase is None and path.is_symlink()):
        with _noted(done, buyer.order, path, copy):
            write_atomically(path, copy)
    else:
        what = "is another buyer's" if purchase else "is not a copy of this buyer's"
        message = f"order {buyer.order} got no copy: {path.name} is there, and {what}"
        yield TAKEN.finding(message, buyer.place)


@contextmanager
def _noted(done: Stamping, order: str, path: Path, copy: bytes) -> Iterator[None]:
    """Note a copy that the body writes, even where Ctrl-C comes when it has its name already."""
    before = read_made(path) if os.path.lexists(path) else None
    try:
        yield
        done.written.append((order, path))
    except KeyboardInterrupt:
        is_noted = (order, path) in done.written
        if not is_noted and before != copy and path.is_file() and read_made(path) == copy:
            done.written.append((order, path))
        raise


def _make_press(
    project: Path, glossary: Glossary, edition: str, findings: list[Finding]
) -> _Press | None:
    """Return what stamps an edition's copies; None, with findings, where it cannot be stamped.

    Raises FindingError for what is told alone.
    """
    stamp, file = glossary.book.stamp, edition_path(glossary, edition)
    if stamp is None:
        place, hint = glossary.place("book.yaml"), how_to_add("stamp")
        raise FindingError(STYLE.finding("there is no `stamp`", place, hint))
    if {**glossary.book.editions, **glossary.book.epubs}[edition].sample:
        said = f"`{edition}` is a free sample"
        raise FindingError(BOOK.finding(said, hint="stamp the whole book"))
    is_epub = edition in glossary.book.epubs
    setting = None if is_epub else _read_setting(project, stamp, edition, findings)
    try:
        data = read_made(project / file)
    except OSError as problem:
        message = f"{file.as_posix()} cannot be read: {why_refused(problem)}"
        raise FindingError(BOOK.finding(message, hint=refused_hint(problem))) from None
    if not has_errors(findings):
        findings.extend(_unfit(project, glossary, edition, data))
    if setting and not has_errors(findings):
        findings.extend(_words_in_the_way(data, setting[1]))
    if has_errors(findings):
        return None
    if setting is None:
        return _Press(
            lambda buyer: stamp_epub(data, _words(stamp, buyer), buyer.order, buyer.owner),
            purchase_of_epub,
        )
    try:
        master = make_master(data)
    except NotABookError as problem:
        message = f"{file.as_posix()} cannot be stamped: {problem}"
        raise FindingError(BOOK.finding(message)) from None
    return _Press(
        lambda buyer: make_copy(master, *setting, buyer, _words(stamp, buyer)), purchase_of
    )


def _read_setting(
    project: Path, stamp: Stamp, edition: str, findings: list[Finding]
) -> tuple[StampFont, StampStyle] | None:
    """Return the font of a PDF edition's line, and how it is set; None, with findings, if unset."""
    styles, style_findings = read_styles(project, edition)
    findings.extend(style_findings)
    if has_errors(findings):
        return None
    style = _style(declared_tokens(styles))
    data, problem = read_bytes(project, PurePath(stamp.font), MAX_FONT_BYTES)
    damage = problem or font_damage(data)
    if damage:
        findings.append(STYLE.finding(f"`{stamp.font}`: {damage}"))
    elif style is None:
        message = "a --stamp token is missing, or is not what it should be"
        findings.append(STYLE.finding(message))
    return None if damage or style is None else (StampFont(data), style)


def _unfit(project: Path, glossary: Glossary, edition: str, data: bytes) -> Iterator[Finding]:
    """Yield why an edition's file, with these bytes, may not be sold: what a check finds now."""
    file = edition_path(glossary, edition)
    if not (project / file).exists():
        yield BOOK.finding(f"there is no {file.as_posix()}")
        return
    if has_passed(project, edition, data):
        return
    for finding in check_built(project, file, edition):
        if finding.severity is Severity.ERROR:
            yield finding
    if read_made(project / file) != data:
        yield BOOK.finding(f"{file.as_posix()} was built anew while it was checked")


def _words(stamp: Stamp, buyer: Buyer) -> str:
    """Return the words of a buyer's line."""
    return stamp.line.replace("{order}", buyer.order).replace("{name}", buyer.name)


def _words_in_the_way(data: bytes, style: StampStyle) -> Iterator[Finding]:
    """Yield a finding for each page that has words where the line will stand."""
    with read_pdf(data) as pdf:
        if not isinstance(pdf, PypdfView):
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
