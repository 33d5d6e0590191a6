"""A mail (.eml, or a page saved as MHTML) → its subject, and the blocks of its text.

The text is its HTML if it has any: the plain text of a mail has no links.
"""

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast

from cheatsheet.findings import Finding, Place, error
from cheatsheet.importer.decoding import mended, normal

MAIL = error(
    "import-mail",
    "A mail cannot be read, or has no text.",
    "open it in your mail program, and save it again as .eml or its text as HTML",
)

HEADER = re.compile(rb"([!-9;-~]+):[^\r\n]*|[ \t]+[^\r\n]*|>?From [^\r\n]*")
CARRIED = {b"mime-version", b"content-type", b"received", b"message-id", b"return-path"}
WRITTEN = {b"subject", b"from", b"to", b"date", b"reply-to", b"x-unsent"}
# The standard library takes time that grows with the square of these.
LONG = re.compile(rb"^(?:content-[a-z-]+|subject):[^\n]*(?:\n[ \t][^\n]*)*", re.I | re.M)
MAX_HEADER = 4_000  # bytes
MAX_PARTS = 200
PREFIX = re.compile(r"(?:(?:re|fwd?|aw|wg)\s*:\s*|\[test\]\s*)+", re.IGNORECASE)
HEAD = 64 * 1024  # bytes in which a mail's headers end


def is_mail(raw: bytes) -> bool:
    """Tell whether a file begins with the headers of a mail (RFC 5322, 2.2), and only with them."""
    head = re.split(rb"\r?\n\r?\n|\r\r", raw[:HEAD].lstrip(b"\xef\xbb\xbf\r\n"), maxsplit=1)[0]
    found = [HEADER.fullmatch(line) for line in head.splitlines()]
    names = {match[1].lower() for match in found if match and match[1]}
    return all(found) and bool(names & WRITTEN) and (bool(names & CARRIED) or len(names) > 1)


def read_mail(raw: bytes, file: str) -> tuple[str, str, bool, list[Finding]]:
    """Return a mail's subject, its text, whether that is HTML, and findings."""
    place = Place(file)
    text = raw.replace(b"\r\n", b"\n")
    longest = max((len(match[0]) for match in LONG.finditer(text)), default=0)
    if longest > MAX_HEADER or text.count(b"\n--") > MAX_PARTS:
        message = f"it has a header of {longest:,} bytes, or more than {MAX_PARTS} parts"
        return "", "", False, [MAIL.finding(message, place)]
    try:
        mail = cast("EmailMessage", message_from_bytes(raw, policy=default))
        body = mail.get_body(("html", "plain"))
        content = body.get_content() if body else ""
        is_html = body is not None and body.get_content_subtype() == "html"
        is_page = "snapshot-content-location" in mail or "saved by" in str(mail["from"]).lower()
        subject = "" if is_page else normal(str(mail["subject"] or ""))
        attached = [str(part.get_filename()) for part in mail.iter_attachments()]
    except Exception as problem:  # noqa: BLE001 - the standard library raises many kinds
        message = f"the mail is broken ({type(problem).__name__})"
        return "", "", False, [MAIL.finding(message, place)]
    findings = [] if content.strip() else [MAIL.finding("the mail has no text", place)]
    return subject, content, is_html, findings
