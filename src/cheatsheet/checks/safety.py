"""Safety: nothing runs, nothing is hidden in the file, and nothing tells of the maker's machine."""

import os
import re
from collections.abc import Iterable, Iterator

from pypdf.generic import DictionaryObject, StreamObject

from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.checks.report import book_check, general_check
from cheatsheet.findings import Finding, error
from cheatsheet.reader.objects import listed, mapping, resolved
from cheatsheet.reader.pypdf_view import PypdfView
from cheatsheet.reader.streams import unpacked_streams

ACTION = error(
    "safe-action",
    "The file has an action that does more than lead to a page or an address.",
    "remove it; a book runs no programs, opens no files and sends no forms",
)
START = error(
    "safe-start",
    "The file does something by itself when it is opened, turned or closed.",
    "remove /OpenAction and /AA; a book waits for its reader",
)
ATTACHED = error(
    "safe-attachment",
    "The file has another file in it.",
    "remove the attachment; what is sold beside the book is a file of its own",
)
FORM = error(
    "safe-form",
    "The file has a form to fill in, or notes, sounds or films on its pages.",
    "remove it; only links stand on a book's pages",
)
PATH = error(
    "safe-path",
    "The file tells of a folder on somebody's machine.",
    "find where the path comes from; pictures and styles are named relative to the project",
)

# Actions of ISO 32000-1, table 198, and ISO 32000-2; /S also has other uses, with other names.
ACTIONS = {
    "/GoToR", "/GoToE", "/Launch", "/Thread", "/Sound", "/Movie", "/Hide", "/Named", "/SubmitForm",
    "/ResetForm", "/ImportData", "/JavaScript", "/SetOCGState", "/Rendition", "/Trans",
    "/GoTo3DView", "/RichMediaExecute", "/GoToDp",
}  # fmt: skip
FILES = {"/EmbeddedFile", "/Filespec", "/F"}
ANNOTATIONS = {"/Link", "/Popup"}
ROOTS = ("home", "Users", "root", "tmp", "var", "private", "mnt", "media", "opt", "srv", "usr")
SIGNS = [b"file:/", b":\\", *(f"/{root}/".encode() for root in ROOTS)]  # of a path, found quickly
PATHS = re.compile(
    rb"file:/|(?<![\w.:/%-])/(?:" + "|".join(ROOTS).encode() + rb")/[\w.@%+-]+"
    rb"|(?<![A-Za-z])[A-Z]:\\{1,2}(?:Users|Documents|Windows|Program)"
)
SHOWN = 60  # characters of a path that a message shows


@general_check(ACTION)
def actions_are_harmless(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each kind of action that is not a link's."""
    kinds = {str(d.get("/S")) for d in pdf.dictionaries if d.get("/S") in ACTIONS}
    scripts = any("/JS" in d or "/JavaScript" in d for d in pdf.dictionaries)
    for kind in sorted(kinds | ({"/JavaScript"} if scripts else set())):
        yield ACTION.finding(f"an action is of the kind {kind.removeprefix('/')}")


@general_check(START)
def nothing_starts_by_itself(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for each way in which the file acts without being asked."""
    if _acts_when_opened(pdf):
        yield START.finding("something happens when it is opened (/OpenAction)")
    events = [mapping(found["/AA"]) for found in pdf.dictionaries if "/AA" in found]  # 12.6.3
    if any("/S" in mapping(action) for event in events for action in dict.values(event)):
        yield START.finding("something happens at other events (/AA)")


@book_check(START)
def book_opens_as_it_is(pdf: PypdfView, _: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding if the book opens elsewhere than at its first page as the reader has it."""
    if "/OpenAction" in pdf.catalog and not _acts_when_opened(pdf):
        yield START.finding("it says where it is opened (/OpenAction)")


def _acts_when_opened(pdf: PypdfView) -> bool:
    """Tell whether opening the file does more than show a page of it."""
    opening = resolved(pdf.catalog.get("/OpenAction"))
    return isinstance(opening, DictionaryObject) and opening.get("/S") != "/GoTo"


@general_check(ATTACHED)
def nothing_is_attached(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding if there is an embedded file, or a reference to one outside."""
    named = {"/EmbeddedFiles"} & mapping(pdf.catalog.get("/Names")).keys()
    named |= {"/AF", "/Collection"} & pdf.catalog.keys()
    named |= {str(d.get("/Type")) for d in pdf.dictionaries} & FILES
    if named:
        what = ", ".join(sorted(name.removeprefix("/") for name in named))
        yield ATTACHED.finding(f"there is a file in it, or a reference to one ({what})")


@general_check(FORM)
def only_links_are_on_pages(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for a form, and for each kind of annotation that is not a link."""
    if mapping(pdf.catalog.get("/AcroForm")):
        yield FORM.finding("there is a form to fill in")
    notes = (mapping(note) for page in pdf.page_objects for note in listed(page.get("/Annots")))
    for kind in sorted({str(note.get("/Subtype")) for note in notes} - ANNOTATIONS):
        yield FORM.finding(f"a page has an annotation of the kind {kind.removeprefix('/')}")


@general_check(PATH)
def no_path_is_told(pdf: PypdfView) -> Iterator[Finding]:
    """Yield a finding for the first path of a machine in the metadata or any string.

    What pages show is left out: a text about software may well name a folder.
    """
    packet = resolved(pdf.catalog.get("/Metadata"))
    told = [packet.get_data()] if isinstance(packet, StreamObject) else []
    yield from _paths([*told, *pdf.strings])


@book_check(PATH)
def no_stream_tells_a_path(pdf: PypdfView, expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for the first path in any stream, and for the project's own folder."""
    yield from _paths(unpacked_streams(pdf.data))
    folder = os.fsencode(expected.folder) if expected.folder else b""
    if folder.count(os.fsencode(os.sep)) > 1:
        known = (*unpacked_streams(pdf.data), *pdf.strings)
        if any(folder in data for data in known):
            yield PATH.finding("the project's folder stands in it")


def _paths(told: Iterable[bytes]) -> Iterator[Finding]:
    """Yield a finding for the first path in what is told."""
    for data in told:
        found = PATHS.search(data) if any(sign in data for sign in SIGNS) else None
        if found:
            path = data[found.start() : found.start() + SHOWN].split()[0]
            yield PATH.finding(f"`{path.decode('utf-8', 'replace')}` stands in it")
            return
