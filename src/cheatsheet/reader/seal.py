"""A PDF's second identifier as a digest of all its bytes: any that changes is found.

Readers overlook a wrong name or number outside of what is packed, and draw a page without its font.
What another program writes gets another identifier (ISO 32000-1, 14.4), and is not sealed; what is
appended is no change of what is sealed.
"""

import hashlib
import re

SIGN = b"5ea1ed00"  # how the identifier begins, in hexadecimal digits as it stands
IDENTIFIER = re.compile(rb"/ID \[<[0-9a-f]{32}><([0-9a-f]{32})>\]")


def sealed(pdf: bytes) -> bytes:
    """Return a PDF with its seal as the second identifier, if it has two that are written so."""
    found = list(IDENTIFIER.finditer(pdf))
    if not found:
        return pdf
    start, end = found[-1].span(1)
    rest = pdf[end : pdf.find(b"%%EOF", end)]
    digest = hashlib.sha256(pdf[:start] + rest).hexdigest().encode()
    return pdf[:start] + (SIGN + digest)[: end - start] + pdf[end:]


def has_seal(pdf: bytes) -> bool:
    """Tell whether a PDF was sealed, and no other program has written it since."""
    found = IDENTIFIER.findall(pdf)
    return bool(found) and found[-1].startswith(SIGN)


def is_broken(pdf: bytes) -> bool:
    """Tell whether a PDF was sealed and has changed since."""
    return has_seal(pdf) and sealed(pdf) != pdf
