"""A PDF's second identifier says of which edition it was built, and is a digest of all its bytes.

Any byte that changes is found: readers overlook a wrong name or number outside of what is packed,
and draw a page without its font. What another program writes gets another identifier (ISO 32000-1,
14.4), and is not sealed; what is appended is no change of what is sealed.
"""

import hashlib
import re
from collections.abc import Iterable

COPY = ""  # the edition of a buyer's own copy: none
SIGN = b"5ea1ed01"  # how the identifier begins, in hexadecimal digits as it stands
IDENTIFIER = re.compile(rb"/ID \[<[0-9a-f]{32}><([0-9a-f]{32})>\]")
MARK = slice(8, 14)  # of the identifier's digits: the edition's


def sealed(pdf: bytes, edition: str) -> bytes:
    """Return a PDF with its seal as the second identifier, if it has two that are written so."""
    return _sealed(pdf, _mark(edition))


def is_broken(pdf: bytes) -> bool:
    """Tell whether a PDF was sealed and has changed since."""
    seal = _seal(pdf)
    return seal.startswith(SIGN) and _sealed(pdf, seal[MARK]) != pdf


def sealed_edition(pdf: bytes, editions: Iterable[str]) -> str | None:
    """Return which of some editions a PDF is, as it was sealed; None if it is none of them."""
    seal = _seal(pdf)
    if not seal.startswith(SIGN) or is_broken(pdf):
        return None
    return next((edition for edition in editions if seal[MARK] == _mark(edition)), None)


def _mark(edition: str) -> bytes:
    """Return the digits that tell an edition from others."""
    return hashlib.sha256(edition.encode()).hexdigest()[:6].encode()


def _seal(pdf: bytes) -> bytes:
    """Return the digits of a PDF's second identifier; none if it is not written as here."""
    found: list[bytes] = IDENTIFIER.findall(pdf)
    return found[-1] if found else b""


def _sealed(pdf: bytes, mark: bytes) -> bytes:
    """Return a PDF with its seal, which says an edition's digits."""
    found = list(IDENTIFIER.finditer(pdf))
    if not found:
        return pdf
    start, end = found[-1].span(1)
    rest = pdf[end : pdf.find(b"%%EOF", end)]
    digest = hashlib.sha256(pdf[:start] + mark + rest).hexdigest().encode()
    return pdf[:start] + (SIGN + mark + digest)[: end - start] + pdf[end:]
