"""A project → the newsletter's files in dist/: made, read back, compared, and only then written."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path, PurePath

from cheatsheet.findings import Finding, Place, count_findings, error, has_errors
from cheatsheet.findings.complaints import told_once
from cheatsheet.importer import Publisher, read_bytes
from cheatsheet.importer.parity import ISSUE, compare_fields, find_hidden
from cheatsheet.layout.pictures import MAILED, draw_pictures
from cheatsheet.lint.proofreading import proofread
from cheatsheet.model.examples import how_to_add
from cheatsheet.model.glossary import Glossary
from cheatsheet.newsletter.issues import Issue, find_issue, list_issues
from cheatsheet.newsletter.mail import CONTENT_IDS, MailStyles, make_mail, read_mail_styles
from cheatsheet.newsletter.obligations import HTML, MARKDOWN, PLAIN, hidden_drawings, lacking_lines
from cheatsheet.newsletter.rendering import IssueRenderer
from cheatsheet.reader.raster import small_png
from cheatsheet.stylesheets.matching import SCREEN, Cascade
from cheatsheet.system.writing import add_to_folder, clear_leftovers, replace_folder

SETTINGS = error(
    "newsletter-settings",
    "The book's settings do not say what a newsletter needs.",
    "add it to content/book.yaml: `newsletter` is its name, `writer` signs, `site` has the terms",
)
LOADS = error(
    "newsletter-loads",
    "A mail loads something from elsewhere, which tells who reads it, and which many do not show.",
    "take it out of the template or the styles: src/cheatsheet/templates/newsletter/",
)
LOADED = re.compile(
    r"""(?i)(?:\b(?:src|srcset|background|poster|data)\s*=\s*["']?|url\(\s*["']?|@import\s+["']?)"""
    r"""(?!cid:|data:|url\()([^\s"'>)]+)"""
)
FOLDER = PurePath("dist/newsletter")
PLAN = FOLDER / "plan.csv"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would run; an apostrophe before it keeps it words (OWASP, "CSV Injection")."""
SHARPER = 2  # pixels of a drawing in one row for one of the screen: a whole number is not soft
NARROW_PIXELS = 1400  # of one in two rows: a telephone has three of 350 or more, side by side
COLOURS = 24  # of a drawing: six, and what lies between them
Drawings = Mapping[str, Sequence[bytes]]
"""Terms' drawings in one row and in two, as PNG, by slug."""
NO_DRAWINGS: Drawings = {}


@dataclass
class Publication:
    """What was made of the newsletter: each file's bytes, by its name relative to the project.

    The files are written if there are no errors.
    """

    issues: tuple[Issue, ...] = ()
    files: dict[PurePath, bytes] = field(default_factory=dict, repr=False)
    findings: list[Finding] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether the files were written."""
        return bool(self.files) and not has_errors(self.findings)

    @property
    def summary(self) -> str:
        """A line for each file that was made of an issue, or one for many issues."""
        if not self.ok:
            return f"Nothing was written: {count_findings(self.findings)}."
        files, issues = list(self.files), self.issues
        if len(issues) == 1:
            return "\n".join(file.as_posix() for file in files)
        days = f", from {issues[0].day} to {issues[-1].day}" if issues[0].day else ""
        return f"{files[0].parent.as_posix()}: {len(issues)} issues, {len(files)} files{days}"

    @property
    def facts(self) -> dict[str, list[str]]:
        """The files that were written, for JSON."""
        return {"files": [file.as_posix() for file in self.files if self.ok]}


def publish(project: Path, name: str | None, start: date | None = None) -> Publication:
    """Make the issue with a slug or number, or all of them and, with a start, their plan.

    `start` is the Tuesday of the first issue. Raises UnknownIssueError and NotATuesdayError.
    """
    clear_leftovers(project / FOLDER.parent)
    glossary, findings = proofread(project)
    publication = Publication(findings=findings)
    if glossary is None or has_errors(findings):
        return publication
    findings.extend(_missing_settings(glossary))
    if has_errors(findings):
        return publication
    issues = list_issues(glossary, start)
    publication.issues = tuple(issues if name is None else [find_issue(issues, name)])
    styles, style_findings = read_mail_styles(project, issue_letters(glossary))
    findings.extend(style_findings)
    if styles is not None and not has_errors(findings):  # the drawings have the same fonts
        drawings, drawing_findings = _draw(project, glossary, publication.issues, styles.measure)
        findings.extend(drawing_findings)
        publication.files = make_files(glossary, publication.issues, styles, drawings)
        hidden = [*_hidden(glossary, publication.issues, styles)]
        checked = check_files(glossary, publication.issues, publication.files)
        findings.extend(hidden or told_once(checked))
        if name is None and start:
            publication.files[PLAN] = make_plan(publication.issues)
    if publication.ok:
        files = {file.name: data for file, data in publication.files.items()}
        write = replace_folder if name is None else add_to_folder
        write(project / FOLDER, files)
    return publication


def make_files(
    glossary: Glossary,
    issues: Sequence[Issue],
    styles: MailStyles,
    drawings: Drawings = NO_DRAWINGS,
) -> dict[PurePath, bytes]:
    """Return the Markdown and the mail of issues, by file."""
    renderer = IssueRenderer(glossary, styles.width, styles.measure)
    files = {}
    for issue in issues:
        drawn = drawings.get(issue.term.slug, ())
        html = renderer.html(issue, CONTENT_IDS if drawn else ())
        html = styles.inlined(html, issue.term.category)
        mail = make_mail(issue, renderer.text(issue), html, drawn)
        files[FOLDER / f"{issue.stem}.md"] = renderer.markdown(issue).encode()
        files[FOLDER / f"{issue.stem}.eml"] = mail
    return files


def _hidden(glossary: Glossary, issues: Sequence[Issue], styles: MailStyles) -> Iterator[Finding]:
    """Yield a finding for each declaration that hides words of an issue, as a mail, from all."""
    renderer = IssueRenderer(glossary, styles.width, styles.measure)
    pages = ((issue.term.slug, renderer.html(issue)) for issue in issues)
    yield from find_hidden(glossary, pages, Cascade(styles.files, SCREEN), ISSUE)


def issue_letters(glossary: Glossary) -> Iterator[str]:
    """Yield what the words of all issues are written with."""
    yield from (text for _, _, text in glossary.texts())
    yield glossary.labels.model_dump_json()


def _missing_settings(glossary: Glossary) -> Iterator[Finding]:
    """Yield a finding for each field that a newsletter needs and that the settings do not have."""
    for name in ("newsletter", "writer", "site"):
        if not getattr(glossary.book, name):
            message = f"there is no `{name}`"
            yield SETTINGS.finding(message, glossary.place("book.yaml"), how_to_add(name))


def _draw(
    project: Path, glossary: Glossary, issues: Sequence[Issue], measure: int
) -> tuple[Drawings, list[Finding]]:
    """Return the drawings of issues; none, and why, if those of one shape cannot be made.

    `measure` is the width at which one in one row is shown, in CSS pixels.
    """
    terms = [issue.term for issue in issues]
    drawings: dict[str, list[bytes]] = {}
    for shape, pixels in zip(MAILED, (SHARPER * measure, NARROW_PIXELS), strict=True):
        images, findings = draw_pictures(project, glossary, terms, pixels / shape.width, shape)
        if findings:
            return NO_DRAWINGS, findings
        for slug, image in images.items():
            drawings.setdefault(slug, []).append(small_png(image, COLOURS))
    return drawings, []


def check_files(
    glossary: Glossary, issues: Sequence[Issue], files: dict[PurePath, bytes]
) -> Iterator[Finding]:
    """Yield a finding for each word of the files that is not the manuscript's, or is missing.

    And for what a mail loads, which must all come along with it.
    """
    publisher = Publisher(glossary.book.site, glossary.labels)
    for issue in issues:
        for form, file, text, subject in _forms(issue, files):
            place = Place(file.as_posix())
            if form == HTML:
                for address in dict.fromkeys(LOADED.findall(text)):
                    yield LOADS.finding(f"it loads `{address}`", place)
                yield from hidden_drawings(files[file], text, place)
            published = read_bytes(text.encode(), file.as_posix(), publisher)
            published.fields |= {"subject": subject} if subject else {}
            yield from compare_fields(glossary, issue.term.slug, form, published, ISSUE)
            yield from lacking_lines(glossary, issue, form, text, place)


def make_plan(issues: Sequence[Issue]) -> bytes:
    """Return the plan as a table for spreadsheets (RFC 4180): number, day, term, subject, file.

    A cell that would be a formula is made words.
    """

    def cell(text: str) -> str:
        return f"'{text}" if text.startswith(FORMULA) else text

    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["issue", "date", "term", "subject", "file"])
    for issue in issues:
        term = issue.term
        words = (cell(term.name), cell(term.subject))
        writer.writerow([term.issue, issue.day, *words, f"{issue.stem}.md"])
    return table.getvalue().encode()


def _forms(
    issue: Issue, files: Mapping[PurePath, bytes]
) -> Iterator[tuple[str, PurePath, str, str]]:
    """Yield each form of an issue: its name, file and text, and a mail's subject."""
    markdown, mail = FOLDER / f"{issue.stem}.md", FOLDER / f"{issue.stem}.eml"
    yield MARKDOWN, markdown, files[markdown].decode(), ""
    message = message_from_bytes(files[mail], policy=SMTP)
    for form, kind in ((PLAIN, "plain"), (HTML, "html")):
        part = message.get_body((kind,))
        yield form, mail, part.get_content() if part else "", str(message["Subject"])
