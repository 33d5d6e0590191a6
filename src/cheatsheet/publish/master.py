"""A finished PDF → a master whose pages all draw one form in their foot, and copies of it.

The form is an artifact: nobody hears it 99 times (ISO 14289-1, 7.1). A copy is the master's bytes
with a few objects appended, an incremental update (ISO 32000-1, 7.5.6).
"""

import io
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

import pikepdf

# What pikepdf raises for a file without what a book has: pages with contents, information, XMP.
LACKING = (pikepdf.PdfError, AttributeError, KeyError, IndexError, TypeError, ValueError)
NAME = pikepdf.Name("/BuyersLine")
BEFORE = b"q\n"
AFTER = (
    b"Q\n/Artifact <</Type /Pagination /Subtype /Footer /Attached [/Bottom]>> BDC\n"
    b"/BuyersLine Do\nEMC\n"
)


class NotABookError(ValueError):
    """A PDF is not such that copies of it can be made."""


@dataclass(frozen=True)
class Master:
    """A PDF to append to.

    `form`, `info` and `metadata` are the objects that a copy writes anew, `next_object` is the
    first free number, and `entries` are the file's information as it stands, without << and >>.
    """

    data: bytes
    form: int
    info: int
    metadata: int
    root: int
    next_object: int
    entries: bytes
    xmp: bytes
    identifier: bytes
    xref: int


def make_master(pdf: bytes) -> Master:
    """Return the master of a PDF. Raises NotABookError for what is not a finished edition."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            _draw_form(document)
            output = io.BytesIO()
            document.save(
                output,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                deterministic_id=True,
                fix_metadata_version=False,
            )
        return _master(output.getvalue())
    except LACKING:
        raise NotABookError("the file has not the parts that a built edition has") from None


def append(master: Master, objects: Mapping[int, bytes], identifier: bytes) -> bytes:
    """Return the master with objects appended: their bytes between `obj` and `endobj`, by number.

    `identifier` (16 bytes) tells this copy from others (ISO 32000-1, 14.4).
    """
    parts = [master.data if master.data.endswith(b"\n") else master.data + b"\n"]
    at = len(parts[0])
    offsets: dict[int, int] = {}
    for number, value in sorted(objects.items()):
        offsets[number] = at
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, value))
        at += len(parts[-1])
    last = max(*objects, master.next_object - 1) + 1
    offsets[last] = at
    parts.append(b"%d 0 obj\n%s\nendobj\n" % (last, _xref(master, offsets, last + 1, identifier)))
    parts.append(b"startxref\n%d\n%%%%EOF\n" % at)
    return b"".join(parts)


def stream(entries: bytes, data: bytes) -> bytes:
    """Return a stream object with some entries in its dictionary."""
    return b"<<%s /Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)


def _draw_form(document: pikepdf.Pdf) -> None:
    """Have each page draw an empty form after all else, as an artifact."""
    form = document.make_stream(b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
    form.BBox = pikepdf.Array([0, 0, 1, 1])
    before, after = document.make_stream(BEFORE), document.make_stream(AFTER)
    for page in document.pages:
        contents = page.obj.Contents
        parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        page.obj.Contents = pikepdf.Array([before, *parts, after])
        if "/XObject" not in page.resources:
            page.resources.XObject = pikepdf.Dictionary()
        page.resources.XObject[NAME] = form


def _master(data: bytes) -> Master:
    """Return where a saved master has what a copy changes."""
    with pikepdf.open(io.BytesIO(data)) as document:
        information, xmp = document.trailer.Info, document.Root.Metadata
        return Master(
            data=data,
            form=document.pages[0].resources.XObject[NAME].objgen[0],
            info=information.objgen[0],
            metadata=xmp.objgen[0],
            root=document.Root.objgen[0],
            next_object=int(document.trailer.Size),
            entries=information.unparse(resolved=True)[2:-2],
            xmp=xmp.read_bytes(),
            identifier=bytes(document.trailer.ID[0]),
            xref=int(data[data.rindex(b"startxref") + 9 :].split()[0]),
        )


def _xref(master: Master, offsets: Mapping[int, int], size: int, identifier: bytes) -> bytes:
    """Return the cross-reference stream of an update (ISO 32000-1, 7.5.8)."""
    numbers = sorted(offsets)
    rows = b"".join(struct.pack(">BIH", 1, offsets[number], 0) for number in numbers)
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])
    ]
    index = b" ".join(b"%d %d" % (run[0], len(run)) for run in runs)
    ids = (master.identifier.hex().encode(), identifier.hex().encode())
    entries = (
        b"/Type /XRef /W [1 4 2] /Index [%s] /Size %d /Prev %d /Root %d 0 R /Info %d 0 R"
        b" /ID [<%s><%s>]" % (index, size, master.xref, master.root, master.info, *ids)
    )
    return stream(entries, rows)
