"""The plain bytes of a PDF: its streams unpacked, whatever its structure says of them."""

import re
import zlib
from collections.abc import Iterator

STREAM = re.compile(rb"stream\r?\n")
MOST_BYTES = 300_000_000  # of all streams together
STEP = 1_000_000  # bytes that are unpacked at once


def unpacked_streams(data: bytes) -> Iterator[bytes]:
    """Yield the file itself, then each Flate stream's content, also those that nothing names.

    What comes out is at most `MOST_BYTES` long, so that a small file cannot unpack without end.
    """
    yield data
    left = MOST_BYTES
    for start in STREAM.finditer(data):
        try:
            content = zlib.decompressobj().decompress(memoryview(data)[start.end() :], left)
        except zlib.error:
            continue  # another filter, or none: its bytes stand in the file itself
        left -= len(content)
        if left <= 0:
            return
        yield content


def is_whole(packed: bytes) -> bool:
    """Tell whether a Flate stream can be unpacked to its end, and is what was packed (RFC 1950).

    Readers overlook a wrong checksum. What unpacks to more than `MOST_BYTES` is not read on.
    """
    unpacking, left = zlib.decompressobj(), packed
    try:
        for _ in range(MOST_BYTES // STEP):
            content = unpacking.decompress(left, STEP)
            left = unpacking.unconsumed_tail
            if unpacking.eof or not content:
                return unpacking.eof
    except zlib.error:
        return False
    return True
