"""Files → a zip that is the same bytes for the same files, whenever and wherever it is made."""

import io
import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence

TEXTS = (".xhtml", ".svg", ".css", ".opf", ".xml", ".ttf", ".txt")
# The earliest that a zip can have: nothing says when it was made.
FIRST_DATE = (1980, 1, 1, 0, 0, 0)


def pack_zip(files: Mapping[str, bytes]) -> bytes:
    """Return a zip with files in the given order, by path.

    What is compressed already is stored, and so does not depend on zlib's version.
    """
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name, data in files.items():
            archive.writestr(_entry(name), data)
    return output.getvalue()


def odd_parts(data: bytes, entries: Sequence[zipfile.ZipInfo]) -> Iterator[str]:
    """Yield what of a zip with these files is packed in another way than above: by its name.

    A file has a head before it and one in the list at the end: some readers go by the one, some
    by the other (APPNOTE 4.3.7, .12, .16).
    """
    listed, at = b"", 0
    for entry in entries:
        plain = _entry(entry.filename)
        plain.CRC, plain.file_size = entry.CRC, entry.file_size
        plain.compress_size = entry.compress_size
        head = plain.FileHeader(zip64=False)
        if data[at : at + len(head)] != head:
            yield entry.filename
        said = struct.pack("<6x2L", plain.external_attr, at) + head[30:]
        listed += b"PK\1\2\x14\3" + head[4:30] + said
        at += len(head) + entry.compress_size
    count = len(entries)
    if data[at:] != listed + b"PK\5\6" + struct.pack("<4x2H2L2x", count, count, len(listed), at):
        yield "its list of files"


def _entry(name: str) -> zipfile.ZipInfo:
    """Return the head of a file."""
    entry = zipfile.ZipInfo(name, FIRST_DATE)
    entry.create_system = 3  # Unix, for the permissions below
    entry.external_attr = 0o100644 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED if name.endswith(TEXTS) else zipfile.ZIP_STORED
    return entry
