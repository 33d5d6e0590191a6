"""A published file's bytes → a document: which form it has, by its structure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from cheatsheet.findings import Finding, Place, has_errors
from cheatsheet.importer.blocks import Document, UnreadableError
from cheatsheet.importer.decoding import decode, repaired
from cheatsheet.importer.fields import FORM
from cheatsheet.importer.headings import Publisher
from cheatsheet.importer.html_form import read_html
from cheatsheet.importer.mail_form import Mail, is_mail, read_mail
from cheatsheet.importer.markdown_form import front_matter, read_markdown
from cheatsheet.importer.text_form import read_text_form

ATX = re.compile(r" {0,3}(#{1,6})[ \t]+(\S.*?)[ \t#]*")
UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*")
LABEL = re.compile(r"\*\*([^*]{1,40})\*\*.*")
ELEMENT = re.compile(
    r"<(?:!doctype html|html|body|h[1-6]|p|div|table|article|section|main)\b", re.IGNORECASE
)
COMMENT = re.compile(r"\s*<!--.*?-->", re.DOTALL)
XML = re.compile(r"(<\?xml|<(rss|feed|svg|opml|plist|w:document)\b)", re.IGNORECASE)
PAGE = re.compile(r"<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
# Characters of Markdown or of text; a newsletter has 10,000. For some, the parser takes time that
# grows with the square of them.
MAX_TEXT = 48 * 1024
BEGINNING = 4096  # characters in which a file shows what it is


def read_form(raw: bytes, file: str, publisher: Publisher) -> tuple[Document | None, list[Finding]]:
    """Return a mail, a page's HTML, Markdown, or a text, read; None, and findings, for all else.

    `file` is its name in messages, `publisher` who made it.
    """
    mail, read = None, _read_text
    if is_mail(raw):
        mail, findings = read_mail(raw, file)
        if findings:
            return None, findings
        lines, findings = repaired(mail.text, Place(file), has_lines=False)
        read = read_html if mail.is_html else _read_text
    else:
        lines, findings = decode(raw, file)
    if has_errors(findings):
        return None, findings
    try:
        document = read(lines, file, publisher)
    except UnreadableError as problem:
        return None, [*findings, FORM.finding(str(problem), Place(file))]
    return _of_mail(document, mail) if mail else document, findings


def _of_mail(document: Document, mail: Mail) -> Document:
    """Return a mail's text with its subject and attachments; its lines are not the file's."""
    attached = ((1, f"the attachment {name[:80]}") for name in mail.attached)
    skipped = (*document.skipped, *attached)
    return replace(document, subject=mail.subject, skipped=skipped, has_lines=False)


def _read_text(lines: Sequence[str], file: str, publisher: Publisher) -> Document:
    """Return HTML, Markdown, or a text, read. Raises UnreadableError for what is none."""
    start = "\n".join(lines[:200]).lstrip()[:BEGINNING]
    if start.startswith(("{", "[{")) and '"' in start:
        raise UnreadableError("the file is JSON: export the post as HTML or Markdown")
    while comment := COMMENT.match(start):
        start = start[comment.end() :].lstrip()
    if XML.match(start) and "<html" not in start.casefold():
        raise UnreadableError("the file is XML, maybe a feed or a whole site's export")
    is_markdown = not PAGE.match(start) and _is_markdown(lines, publisher)
    if not is_markdown and any(ELEMENT.search(line) for line in lines):
        return read_html(lines, file, publisher)
    if (length := sum(map(len, lines)) + len(lines)) > MAX_TEXT:
        message = f"it has {length:,} characters of text, more than {MAX_TEXT:,}"
        raise UnreadableError(message)
    read = read_markdown if is_markdown else read_text_form
    return read(lines, file, publisher)


def _is_markdown(lines: Sequence[str], publisher: Publisher) -> bool:
    """Tell whether lines have front matter, a title or a known heading marked as in Markdown."""
    if front_matter(lines):
        return True
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        if (atx := ATX.fullmatch(line)) and (len(atx[1]) == 1 or _is_known(atx[2], publisher)):
            return True
        if (label := LABEL.fullmatch(line)) and publisher.field_of(label[1]):
            return True
        under = UNDERLINE.fullmatch(below) if line.strip() else None
        if under and (under[1].startswith("=") or _is_known(line, publisher)):
            return True
    return False


def _is_known(heading: str, publisher: Publisher) -> bool:
    """Tell whether a heading is one of a term's page or of a newsletter."""
    if publisher.field_of(heading) is not None:
        return True
    return publisher.issue_title.fullmatch(heading.strip()) is not None
