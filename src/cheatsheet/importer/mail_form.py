"""A mail (.eml, or a page saved as MHTML) → its subject, and the blocks of its text.

The text is its HTML if it has any: the plain text of a mail has no links.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from cheatsheet.findings import Finding, Place, error
from cheatsheet.importer.decoding import normal

MAIL = error(
    "import-mail",
    "A mail cannot be read, or has no text.",
    "open it in your mail program, and save it again as .eml or its text as HTML",
)

HEADER = re.compile(rb"([!-9;-~]+):[^\r\n]*|[ \t]+[^\r\n]*|>?From [^\r\n]*")
CARRIED = {b"mime-version", b"content-type", b"received", b"message-id", b"return-path"}
WRITTEN = {b"subject", b"from", b"to", b"date", b"reply-to", b"x-unsent"}
# The standard library takes time that grows with the square of these.
LONG = re.compile(rb"(?im)^(?:content-[a-z-]+|subject):[^\n]*(?:\n[ \t][^\n]*)*")
MAX_HEADER = 4_000  # bytes
MAX_PARTS = 1_000
HEAD = 64 * 1024  # bytes in which a mail's headers end


def is_mail(raw: bytes) -> bool:
    """Tell whether a file begins with the headers of a mail (RFC 5322, 2.2), and only with them."""
    head = re.split(rb"\r?\n\r?\n|\r\r", raw[:HEAD].lstrip(b"\xef\xbb\xbf\r\n"), maxsplit=1)[0]
    found = [HEADER.fullmatch(line) for line in head.splitlines()]
    names = {match[1].lower() for match in found if match and match[1]}
    return all(found) and len(names & WRITTEN) + bool(names & CARRIED) > 1


@dataclass(frozen=True)
class Mail:
    """A mail: its subject, its text, whether that is HTML, and the names of what is attached."""

    subject: str = ""
    text: str = ""
    is_html: bool = False
    attached: tuple[str, ...] = ()


def read_mail(raw: bytes, file: str) -> tuple[Mail, list[Finding]]:
    """Return a mail; one that cannot be read, or has no text, is empty, and a finding says why."""
    place = Place(file)
    text = raw.replace(b"\r\n", b"\n")
    longest = max((len(match[0]) for match in LONG.finditer(text)), default=0)
    if longest > MAX_HEADER or text.count(b"\n--") > MAX_PARTS:
        message = f"it has a header of {longest:,} bytes, or more than {MAX_PARTS:,} parts"
        return Mail(), [MAIL.finding(message, place)]
    try:
        mail = _read(message_from_bytes(raw, policy=default))
    except Exception as problem:  # noqa: BLE001 - the standard library raises many kinds
        reason = str(problem) if type(problem) is LookupError else type(problem).__name__
        return Mail(), [MAIL.finding(f"the mail is broken ({reason})", place)]
    return mail, [] if mail.text.strip() else [MAIL.finding("the mail has no text", place)]


def _read(message: EmailMessage) -> Mail:
    """Return what a mail says; a page that a browser saved has no subject."""
    body = message.get_body(("html", "plain"))
    is_page = "snapshot-content-location" in message or "saved by" in str(message["from"]).lower()
    subject = "" if is_page else normal(str(message["subject"] or ""))
    names = [part.get_filename() for part in message.iter_attachments()]
    attached = () if is_page else tuple(filter(None, names))
    if body is None:
        return Mail(subject, attached=attached)
    return Mail(subject, body.get_content(), body.get_content_subtype() == "html", attached)
