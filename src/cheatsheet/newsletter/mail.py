"""An issue's text and HTML → the bytes of a mail (.eml), the same for the same issue.

Alone knows css-inline: mail programs heed few styles but those of the elements themselves.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import css_inline

from cheatsheet.findings import Finding, Place
from cheatsheet.newsletter.fonts import carried_fonts
from cheatsheet.newsletter.issues import Issue
from cheatsheet.pdf.browsers import browser_findings
from cheatsheet.pdf.rules import STYLE
from cheatsheet.stylesheets import MAIL, StyleFile, declared_tokens, read_style_sheets

TOKENS = "tokens.css"  # the files that give variables their values, and have no other rules
FONTS = "fonts.css"  # the file that says which fonts come along
WIDTH, MEASURE = "--mail-width", "--mail-measure"
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*\)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
DEPTH = 8  # how many variables may lead from one to the next
CONTENT_IDS = ("drawing@issue", "narrow@issue")
"""Of the drawing in one row, and in two: `cid:` and this, in the same mail (RFC 2392)."""
NOON = time(12)  # of UTC, when it is Tuesday nearly everywhere


@dataclass(frozen=True)
class MailStyles:
    """The mail's rules, variables in them; the variables' values; its fonts as a style sheet."""

    rules: str
    tokens: Mapping[str, str]
    fonts: str = field(default="", repr=False)
    files: tuple[StyleFile, ...] = field(default=(), repr=False)

    @property
    def width(self) -> int:
        """The mail's width in CSS pixels."""
        return int(self.tokens[WIDTH].removesuffix("px"))

    @property
    def measure(self) -> int:
        """The width of its drawing in CSS pixels; the mail's, where the styles do not say it."""
        return int(self.tokens.get(MEASURE, self.tokens[WIDTH]).removesuffix("px"))

    def inlined(self, html: str, category: str) -> str:
        """Return a document with its styles in its elements, in the colours of a category.

        What stands in @media remains as a style sheet in the head. The fonts are one of their own,
        after it: a program that reads no sheet as long as theirs reads the first.
        """
        own = {f"--{kind}": self.tokens.get(f"--category-{category}-{kind}") for kind in _COLOURS}
        values = {**self.tokens, **{name: value for name, value in own.items() if value}}
        inliner = css_inline.CSSInliner(
            extra_css=_resolved(self.rules, values),
            keep_at_rules=True,
            load_remote_stylesheets=False,
        )
        fonts = f"<style>\n{self.fonts}</style>\n</head>" if self.fonts else "</head>"
        return inliner.inline(html).replace("</head>", fonts, 1)


_COLOURS = ("tab", "tint")


def read_mail_styles(
    project: Path, texts: Iterable[str] = ()
) -> tuple[MailStyles | None, list[Finding]]:
    """Return the styles of the mail in a project folder; None, with findings, if they are wrong.

    Its fonts have what `texts` are written with.
    """
    files, findings = read_style_sheets(project, MAIL)
    tokens = declared_tokens(files)
    findings = findings or [*_undefined(files, tokens), *browser_findings(files)]
    for name, otherwise in () if findings else ((WIDTH, ""), (MEASURE, "600px")):
        if not re.fullmatch(r"[1-9]\d{2,3}px", tokens.get(name, otherwise)):
            message = f"`{name}` should be a width such as 600px"
            findings.append(STYLE.finding(message, Place(MAIL.as_posix())))
    if findings:
        return None, findings
    rules = "\n".join(file.text for file in files if file.file.name not in {TOKENS, FONTS})
    fonts, findings = carried_fonts(project, files, texts)
    return MailStyles(COMMENT.sub("", rules), tokens, fonts, tuple(files)), findings


def make_mail(issue: Issue, text: str, html: str, drawings: Sequence[bytes]) -> bytes:
    """Return a mail of both parts as bytes with CRLF (RFC 5322, RFC 2046).

    The drawing in one row and in two, as PNG, comes along with the HTML (RFC 2387), which shows one
    of them by its Content-ID; there may be none. The mail has no sender and no reader, and says
    that it was not sent (X-Unsent), so that a mail program opens it as a draft. Its date is the
    issue's day, if that is planned.
    """
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = issue.term.subject
    if issue.day:
        mail["Date"] = _noon(issue.day)
    mail["X-Unsent"] = "1"
    mail.set_content(text, cte="quoted-printable")
    mail.add_alternative(html, subtype="html", cte="quoted-printable")
    mail.set_boundary(f"=_issue-{issue.term.issue}_=")  # which quoted-printable text cannot have
    if drawings and (shown := mail.get_body(("html",))):
        for content_id, drawing in zip(CONTENT_IDS, drawings, strict=True):
            name = f"{issue.term.slug}-{content_id.partition('@')[0]}.png"
            cid = f"<{content_id}>"
            shown.add_related(drawing, "image", "png", cid=cid, filename=name, disposition="inline")
        shown.set_boundary(f"=_drawing-{issue.term.issue}_=")
    return mail.as_bytes()


def _noon(day: date) -> datetime:
    """Return noon of a day; without a time zone the mail says -0000, for UTC (RFC 5322, 3.3)."""
    return datetime.combine(day, NOON)


def _resolved(css: str, values: Mapping[str, str]) -> str:
    """Return CSS with its variables as their values."""
    for _ in range(DEPTH):
        css = VARIABLE.sub(lambda match: values[match[1]], css)
    return css


def _undefined(files: list[StyleFile], tokens: Mapping[str, str]) -> Iterator[Finding]:
    """Yield a finding for each variable that no style sheet gives the root element a value of."""
    for file in files:
        for number, line in enumerate(file.text.split("\n"), 1):
            for match in VARIABLE.finditer(line):
                if match[1] not in tokens:
                    place = Place(file.file.as_posix(), number, match.start() + 1)
                    yield STYLE.finding(f"`{match[1]}` has no value in `:root`", place)
