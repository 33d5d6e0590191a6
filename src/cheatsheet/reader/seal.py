"""A PDF's second identifier says what it was built of, and is a digest of all its bytes.

It has digits of the edition's name, and of the digests of texts and styles. A buyer's own copy has
neither.

Any byte that changes is found: readers overlook a wrong name or number outside of what is packed,
and draw a page without its font. What another program writes gets another identifier (ISO 32000-1,
14.4), and is not sealed; what is appended is no change of what is sealed, but no build wrote it.
"""

import hashlib
import re
from collections.abc import Iterable

COPY = ""  # the edition of a buyer's own copy: none
SIGN = b"5ea1ed"  # how the identifier begins, in hexadecimal digits as it stands
IDENTIFIER = re.compile(rb"/ID \[<[0-9a-f]{32}><([0-9a-f]{32})>\]")
END = b"%%EOF"
EDITION, MARK = slice(6, 10), slice(6, 18)  # of its digits: the edition's; with all of it


def sealed(pdf: bytes, edition: str, made_of: str = "") -> bytes:
    """Return a PDF with its seal as the second identifier, if it has two that are written so.

    It says the edition, and by what it was built.
    """
    return _sealed(pdf, _digits(edition, 4) + _digits(made_of, 8))


def is_broken(pdf: bytes) -> bool:
    """Tell whether a PDF was sealed and has changed since."""
    seal = _seal(pdf)
    return seal.startswith(SIGN) and _sealed(pdf, seal[MARK]) != pdf


def sealed_edition(pdf: bytes, editions: Iterable[str]) -> str | None:
    """Return which of some editions a PDF is, as it was sealed; None if it is none of them.

    With anything appended it is none.
    """
    seal = _seal(pdf)
    if not seal.startswith(SIGN) or is_broken(pdf) or not pdf.endswith(END + b"\n"):
        return None
    if pdf.count(END, pdf.rindex(seal)) > 1:
        return None
    return next((edition for edition in editions if seal[EDITION] == _digits(edition, 4)), None)


def is_made_of(pdf: bytes, edition: str, made_of: str) -> bool:
    """Tell whether a PDF is as it was sealed, as an edition that was built by this."""
    return IDENTIFIER.search(pdf) is not None and sealed(pdf, edition, made_of) == pdf


def _digits(text: str, count: int) -> bytes:
    """Return hexadecimal digits that tell a text from others."""
    return hashlib.sha256(text.encode()).hexdigest()[:count].encode()


def _seal(pdf: bytes) -> bytes:
    """Return the digits of a PDF's second identifier; none if it is not written as here."""
    found: list[bytes] = IDENTIFIER.findall(pdf)
    return found[-1] if found else b""


def _sealed(pdf: bytes, mark: bytes) -> bytes:
    """Return a PDF with its seal, which has these digits of what it was built of."""
    found = list(IDENTIFIER.finditer(pdf))
    if not found:
        return pdf
    start, end = found[-1].span(1)
    rest = pdf[end : pdf.find(END, end)]
    digest = hashlib.sha256(pdf[:start] + mark + rest).hexdigest().encode()
    return pdf[:start] + (SIGN + mark + digest)[: end - start] + pdf[end:]
