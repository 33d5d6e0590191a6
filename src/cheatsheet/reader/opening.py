"""Opening a PDF from its bytes, and what is said where it cannot be opened."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pypdf
import pypdfium2
from pypdf.errors import PyPdfError
from pypdfium2 import raw

from cheatsheet.findings import Finding, error
from cheatsheet.reader.pdfium_view import PdfiumView
from cheatsheet.reader.pypdf_view import PypdfView
from cheatsheet.reader.words import in_one_line

OPEN = error(
    "pdf-open",
    "The file is not a PDF that can be read.",
    "build it again; a finished book is neither damaged nor encrypted",
)

NOT_ENCRYPTED = -1


@contextmanager
def read_pdf(data: bytes, *, strict: bool = True) -> Iterator[PypdfView | Finding]:
    """Open a PDF from its bytes; yield a finding where it cannot be read.

    A `strict` reading refuses what is against the standard, and encryption; another one overlooks
    both, as long as no password is needed.
    """
    with _complaints() as complaints:
        try:
            document = pypdfium2.PdfDocument(data)
            encrypted = raw.FPDF_GetSecurityHandlerRevision(document) != NOT_ENCRYPTED
            plain = _unlocked(data) if encrypted and not strict else data
            reader = None if encrypted and strict else pypdf.PdfReader(io.BytesIO(plain), strict)
        except Exception as problem:  # noqa: BLE001 - hostile bytes raise anything in pypdf
            yield OPEN.finding(f"the file cannot be opened: {said_by(problem)}")
            return
        try:
            if reader is None or reader.is_encrypted:
                yield OPEN.finding("the file is encrypted")
            else:
                yield PypdfView(data, reader, PdfiumView(document), complaints)
        finally:
            document.close()


def _unlocked(data: bytes) -> bytes:
    """Return an encrypted file that needs no password without its encryption."""
    import pikepdf  # noqa: PLC0415 - for few files, and pypdf has no AES of its own

    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(output)
    return output.getvalue()


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """Collect what pypdf logs, each message once, while the body runs."""
    collector = _Collector()
    logger = logging.getLogger("pypdf")
    propagates, logger.propagate = logger.propagate, False
    logger.addHandler(collector)
    try:
        yield collector.messages
    finally:
        logger.removeHandler(collector)
        logger.propagate = propagates


class _Collector(logging.Handler):
    """Keeps the messages that are logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record's message."""
        message = record.getMessage()
        if message not in self.messages:
            self.messages.append(message)


def said_by(problem: Exception) -> str:
    """Return what an error says to a reader; those of Python itself say nothing."""
    if isinstance(problem, pypdfium2.PdfiumError) and "password" in str(problem).lower():
        return "it asks for a password"
    if isinstance(problem, pypdfium2.PdfiumError) and "Success" in str(problem):
        return "no page can be found in it"
    if isinstance(problem, RecursionError):
        return "it is nested too deeply"
    if not isinstance(problem, PyPdfError | pypdfium2.PdfiumError):
        return "something else stands where a number, a list or a name must be"
    return in_one_line(str(problem))
