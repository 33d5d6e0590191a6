"""Files → a zip that is the same bytes for the same files, whenever and wherever it is made."""

import io
import zipfile
from collections.abc import Mapping

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
            entry = zipfile.ZipInfo(name, FIRST_DATE)
            entry.create_system = 3  # Unix, for the permissions below
            entry.external_attr = 0o100644 << 16
            entry.compress_type = (
                zipfile.ZIP_DEFLATED if name.endswith(TEXTS) else zipfile.ZIP_STORED
            )
            archive.writestr(entry, data)
    return output.getvalue()
