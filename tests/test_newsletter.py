"""The newsletter: in the owner's form, exact to the character, as Markdown and as a mail."""

import csv
import io
import re
import shutil
from base64 import b64decode
from dataclasses import dataclass, replace
from datetime import date
from email import message_from_bytes
from email.policy import SMTP
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import ftfy
import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops

from cheatsheet.findings import NOWHERE
from cheatsheet.importer import Publisher, import_files, normal, read_bytes
from cheatsheet.importer.parity import ISSUE
from cheatsheet.layout import pictures
from cheatsheet.layout.pictures import MAILED, Shape
from cheatsheet.manuscript import load_glossary
from cheatsheet.model.glossary import Glossary
from cheatsheet.newsletter import (
    Issue,
    NotATuesdayError,
    Publication,
    UnknownIssueError,
    list_issues,
    publish,
)
from cheatsheet.newsletter.issues import find_issue
from cheatsheet.newsletter.mail import MailStyles, read_mail_styles
from cheatsheet.newsletter.obligations import (
    HTML,
    MARKDOWN,
    PLAIN,
    hidden_drawings,
    lacking_lines,
)
from cheatsheet.newsletter.publishing import (
    FOLDER,
    PLAN,
    check_files,
    issue_letters,
    make_files,
    make_plan,
)
from cheatsheet.pdf.making import make_alone
from cheatsheet.pdf.rules import ENGINE
from cheatsheet.stylesheets import StyleFile
from conftest import ROOT, TESTS, Bench, Built, alt_of, codes, copy_project, labels_in, only
from test_design import contrast

PUBLISHER = Publisher("https://garden.example", labels_in("en"))

TUESDAY = date(2027, 1, 5)


@dataclass(frozen=True)
class Year:
    """All issues of the real book, made and written into a copied project."""

    bench: Bench
    glossary: Glossary
    made: Publication

    def read(self, name: str) -> bytes:
        return (self.bench.folder / FOLDER / name).read_bytes()


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    bench = copy_project(ROOT, tmp_path_factory.mktemp("year"))
    made = publish(bench.folder, None, TUESDAY)
    glossary, _ = load_glossary(bench.folder)
    assert glossary is not None
    return Year(bench, glossary, made)


ThreeIssues = tuple[Glossary, Issue, dict[str, str]]


@pytest.fixture(scope="module")
def three_issues(built_garden: Built) -> ThreeIssues:
    """The garden's second issue, between two others, and its text in each form."""
    glossary, _ = load_glossary(built_garden.bench.folder)
    styles, _ = read_mail_styles(built_garden.bench.folder)
    assert glossary
    assert styles
    issue = find_issue(list_issues(glossary), "mulch")
    files = make_files(glossary, [issue], styles, {"mulch": (b"1", b"2")})
    markdown, mail = files.values()
    bodies = {kind: mail_of(mail).get_body((kind,)).get_content() for kind in ("plain", "html")}
    return (
        glossary,
        issue,
        {MARKDOWN: markdown.decode(), PLAIN: bodies["plain"], HTML: bodies["html"]},
    )


def mail_of(raw: bytes) -> Any:
    return message_from_bytes(raw, policy=SMTP)


def html_of(raw: bytes) -> str:
    return str(mail_of(raw).get_body(("html",)).get_content())


def shown_in(year: Year, stem: str) -> str:
    """Return the words of an issue's mail that a font of letters shows."""
    text = mail_of(year.read(f"{stem}.eml")).get_body(("plain",)).get_content()
    return str(text).replace("\r", "")


def drawings_of(raw: bytes) -> list[bytes]:
    """Return the pictures that a mail brings along: its drawing in one row, and in two."""
    _, *drawings = mail_of(raw).get_body(("related",)).iter_parts()
    assert [one["Content-ID"] for one in drawings] == ["<drawing@issue>", "<narrow@issue>"]
    assert {one.get_content_disposition() for one in drawings} == {"inline"}
    return [bytes(one.get_content()) for one in drawings]


def test_no_issue_has_a_sentence_of_a_pair_which_are_for_sale(year: Year) -> None:
    lines = [words for pair in year.glossary.pairs for words in (side.line for side in pair)]
    assert len(lines) > 120
    for issue in year.made.issues:
        text = year.read(f"{issue.stem}.md").decode()
        assert not [line for line in lines if line in text]


# --- The owner's form


def test_the_owners_issue_is_made_to_the_character(year: Year) -> None:
    seed = (TESTS / "seeds/newsletter.md").read_bytes().decode()
    assert year.read("28-diffusion-model.md").decode() == ftfy.fix_encoding(seed)


def test_all_issues_are_made_and_nothing_is_found_in_them(year: Year) -> None:
    assert year.made.findings == []
    assert len(year.made.issues) == 75
    written = {path.name for path in (year.bench.folder / FOLDER).iterdir()}
    stems = {f"{term.issue:02}-{term.slug}" for term in year.glossary.terms}
    assert written == {f"{s}.md" for s in stems} | {f"{s}.eml" for s in stems} | {"plan.csv"}


def test_all_issues_come_back_as_they_were(year: Year, tmp_path: Path) -> None:
    empty = Bench(tmp_path)
    empty.write("content/book.yaml", year.bench.read("content/book.yaml"))
    files = [year.bench.folder / FOLDER / f"{issue.stem}.md" for issue in year.made.issues]
    for issue, imported in zip(
        year.made.issues, import_files(tmp_path, files, dry_run=False), strict=True
    ):
        assert imported.findings == []
        assert imported.target is not None
        assert imported.target.name == f"{issue.term.slug}.yaml"
        assert set(imported.changed) == set(ISSUE)
    for imported in import_files(year.bench.folder, files, dry_run=True):
        assert (imported.changed, imported.findings) == ((), [])


def test_what_came_back_has_the_same_references(year: Year) -> None:
    publisher = Publisher(year.glossary.book.site, year.glossary.labels)
    for issue in year.made.issues:
        raw = year.read(f"{issue.stem}.md")
        published = read_bytes(raw, "issue.md", publisher)
        assert {name: getattr(issue.term, name) for name in ISSUE} == published.fields


def test_the_first_and_the_last_issue_have_no_dangling_neighbour(year: Year) -> None:
    first, last = year.made.issues[0], year.made.issues[-1]
    mails = [html_of(year.read(f"{one.stem}.eml")) for one in (first, last)]
    texts = [year.read(f"{one.stem}.md").decode() for one in (first, last)]
    for opening, closing in (mails, texts):
        assert "Last week" not in opening
        assert "Next week" in opening
        assert "Last week" in closing
        assert "Next week" not in closing
        assert "None" not in opening + closing
    assert "here.\n\nThis week, let's talk" in year.read(f"{first.stem}.md").decode()
    assert "---\n\n*— Steve*\n" in year.read(f"{last.stem}.md").decode()


def test_each_issue_names_its_neighbours(year: Year) -> None:
    for before, issue in zip(year.made.issues, year.made.issues[1:], strict=False):
        here, there = (year.read(f"{i.stem}.md").decode() for i in (issue, before))
        assert f"Last week we covered **{before.term.name}**." in here
        assert f"*Next week: **{issue.term.name}** — " in there


@pytest.mark.parametrize(
    "words",
    [
        "2 * 3 * 4 and *this* and **that**",
        "_under_ snake_case __init__",
        "a [link](https://x.example) and ![x](y) and [[not]",
        "`code` and a back\\slash and \\* both",
        "<b>bold</b> & &amp; &lt; AT&T",
        "# no heading",
        "1. no list",
        "23) no list",
        "- no list",
        "+ no list",
        "> no quote",
        "~~~ no fence",
        "https://x.example/a_b_c",
        "quotes \"inside\" and 'these'",
    ],
)
def test_signs_of_markdown_in_a_text_are_printed_and_come_back(words: str, garden: Bench) -> None:
    glossary = garden.glossary()
    term = glossary.by_slug["compost"].model_copy(update={"why": words, "go_deeper": (words,)})
    changed = replace(glossary, terms=(term, *glossary.terms[1:]))
    styles, _ = read_mail_styles(garden.folder)
    assert styles is not None
    issues = list_issues(changed)[:1]
    files = make_files(changed, issues, styles)
    found = list(check_files(changed, issues, files))
    # A text's reader knows entities and bullets by their look alone.
    assert [f for f in found if "(plain)" not in f.message] == []


# --- The mail


class Links(HTMLParser):
    """Gathers addresses and tags of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.tags: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [v or "" for k, v in attrs if k in {"href", "src", "background"}]


def test_a_mail_opens_as_a_draft_with_its_subject_and_two_parts(year: Year) -> None:
    mail = mail_of(year.read("28-diffusion-model.eml"))
    assert mail["Subject"] == "From TV static to masterpiece in 50 steps"
    assert mail["X-Unsent"] == "1"
    assert mail.get_content_type() == "multipart/alternative"
    text, shown = mail.iter_parts()
    assert text.get_content_type() == "text/plain"
    assert shown.get_content_type() == "multipart/related"
    parts = [part.get_content_type() for part in shown.iter_parts()]
    assert parts == ["text/html", "image/png", "image/png"]
    assert mail.defects == []
    assert mail["Date"].datetime.date() == date(2027, 7, 13)


def test_a_mail_links_to_https_alone_and_loads_nothing(year: Year) -> None:
    for issue in year.made.issues:
        links = Links(html_of(year.read(f"{issue.stem}.eml")))
        others = [address for address in links.addresses if not address.startswith("cid:")]
        assert {*links.addresses} - {*others} == {"cid:drawing@issue", "cid:narrow@issue"}
        assert all(address.startswith("https://speaknerd.ai") for address in others)
        assert year.glossary.address(issue.term) in others
        assert links.tags.isdisjoint({"script", "link", "form", "iframe", "video", "svg"})


def test_a_mail_brings_the_terms_drawing_along_with_its_words(year: Year) -> None:
    seen = set()
    for issue in year.made.issues:
        raw = year.read(f"{issue.stem}.eml")
        drawings = drawings_of(raw)
        sizes = [Image.open(io.BytesIO(drawing)).size for drawing in drawings]
        assert sizes == [(1072, 268), (1400, 1015)]
        seen |= {*drawings}
        alts = re.findall(r'<img [^>]*alt="([^"]+)"', html_of(raw))
        assert [normal(unescape(alt)) for alt in alts] == [normal(alt_of(issue.term))] * 2
    assert len(seen) == 2 * 75


def test_a_mail_has_one_line_for_the_book_and_none_without_a_shop(garden: Bench) -> None:
    line = "Want all 12 terms in one PDF? Grab Twelve Words for Your Garden"
    for cut, tail in (
        ("", " — $2"),
        ("price: $2\n", ""),
        ("shop: https://garden.example/shop\n", None),
    ):
        if cut:
            garden.replace("content/book.yaml", cut, "")
        made = publish(garden.folder, "compost")
        assert made.findings == []
        mail = mail_of(made.files[FOLDER / "01-compost.eml"])
        text, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
        assert ("Want all" in text) == ("Want all" in html) == (tail is not None)
        assert ("A page each, to read offline" in html) == (tail is not None)
        assert ('class="button"' in html) == (tail is not None)
        assert tail is None or f"{line}{tail}: https://garden.example/shop" in text
        assert "None" not in text + html


def test_a_mail_says_its_tagline_under_the_name_and_an_import_leaves_it(year: Year) -> None:
    publisher = Publisher(year.glossary.book.site, year.glossary.labels)
    for issue in year.made.issues:
        html = html_of(year.read(f"{issue.stem}.eml"))
        shown = re.findall(r'<p class="tagline"[^>]*>(.*?)</p>', html)
        assert [normal(unescape(words)) for words in shown] == [normal(issue.term.tagline)]
        published = read_bytes(html.encode(), "issue.html", publisher)
        assert (published.findings, "tagline" in published.fields) == ([], False)


def test_a_mail_says_the_name_as_its_title_and_in_no_heading_again(year: Year) -> None:
    for issue in year.made.issues:
        html = html_of(year.read(f"{issue.stem}.eml"))
        headings = re.findall(r"<h([12])\b[^>]*>(.*?)</h\1>", html)
        named = [level for level, words in headings if unescape(words).endswith(issue.term.name)]
        assert named == ["1"]


def test_a_drawing_begins_where_the_title_and_the_text_do(year: Year) -> None:
    for issue in year.made.issues[:3]:
        for drawing in drawings_of(year.read(f"{issue.stem}.eml"))[:1]:
            with Image.open(io.BytesIO(drawing)) as image:
                shown = image.convert("RGB")
            ground = Image.new("RGB", shown.size, shown.getpixel((0, 0)))
            box = ImageChops.difference(shown, ground).getbbox()
            assert box is not None
            assert box[0] < 12
            assert box[2] > shown.width - 12


def test_a_mail_has_its_styles_in_its_elements(year: Year) -> None:
    for issue in year.made.issues:
        html = html_of(year.read(f"{issue.stem}.eml"))
        sheets = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
        assert len(sheets) == 2
        for sheet in sheets:
            assert re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}", "", sheet).strip() == ""
        assert "prefers-color-scheme: dark" in sheets[0]
        assert len(sheets[0]) < 8192  # Gmail reads no sheet that is longer, and none after it
        assert "max-width: 600px" in html
        assert 'width="600"' in html
        assert "var(" not in html
        assert "--" not in html
        assert all(" style=" in tag for tag in re.findall(r"<(?:p|h1|h2|li)\b[^>]*>", html))


def test_a_mail_carries_the_books_fonts_with_the_letters_of_all_issues(year: Year) -> None:
    html = html_of(year.read("28-diffusion-model.eml"))
    carried = re.findall(r"font-family: (.*?);.*?url\(.data:font/woff2;base64,([^\"]+)", html)
    names = [name.strip('"') for name, _ in carried]
    assert names == ["Vollkorn", "Vollkorn", "Bricolage Grotesque", "IBM Plex Mono"]
    shown = {ord(letter) for issue in year.made.issues for letter in shown_in(year, issue.stem)}
    for _, data in carried:
        with TTFont(io.BytesIO(b64decode(data))) as font:
            assert shown - {ord("\n")} <= font.getBestCmap().keys()
    assert len(html.encode()) < 102_000  # Gmail cuts off a longer one


def test_a_mail_without_fonts_of_its_own_has_one_sheet(garden: Bench) -> None:
    made = publish(garden.folder, "compost")
    assert "font-face" not in html_of(made.files[FOLDER / "01-compost.eml"])


def test_a_font_that_cannot_be_read_is_found(garden: Bench) -> None:
    garden.write("fonts/junk/LICENSE", "free")
    garden.write("fonts/junk/Junk.ttf", "junk")
    face = '@font-face { font-family: Junk; src: url("../../fonts/junk/Junk.ttf"); }\n'
    garden.append("styles/newsletter/main.css", face)
    assert "no font" in only(publish(garden.folder, "compost").findings, "css-font").message


def test_a_font_that_is_not_there_is_found(garden: Bench) -> None:
    face = '@font-face { font-family: V; src: url("../fonts/vollkorn/Vollkorn-Regular.ttf"); }\n'
    garden.append("styles/newsletter/main.css", face)
    finding = only(publish(garden.folder, "compost").findings, "file-unreadable")
    assert finding.place.file == "styles/fonts/vollkorn/Vollkorn-Regular.ttf"


def test_fonts_that_are_in_no_folder_are_said_once(garden: Bench) -> None:
    face = '@font-face { font-family: V; src: url("../../fonts/vollkorn/Vollkorn-Bold.ttf"); }\n'
    garden.append("styles/newsletter/main.css", face)
    fonts = garden.folder / "fonts"
    fonts.unlink() if fonts.is_symlink() else shutil.rmtree(fonts)
    assert codes(publish(garden.folder, "compost").findings) == {"file-unreadable"}


def test_a_mail_has_the_colours_of_its_category(year: Year) -> None:
    styles, _ = read_mail_styles(ROOT)
    assert styles is not None
    for issue in year.made.issues:
        html = html_of(year.read(f"{issue.stem}.eml"))
        assert styles.tokens[f"--category-{issue.term.category}-tab"] in html


def test_a_mails_lines_are_short_enough_and_ascii(year: Year) -> None:
    for issue in year.made.issues:
        raw = year.read(f"{issue.stem}.eml")
        assert raw.isascii()
        assert max(map(len, raw.split(b"\r\n"))) <= 78
        assert raw.count(b"\n") == raw.count(b"\r\n")


def test_the_same_manuscript_gives_the_same_bytes(year: Year) -> None:
    styles, _ = read_mail_styles(ROOT, issue_letters(year.glossary))
    assert styles is not None
    issues = list_issues(year.glossary, TUESDAY)[:3]
    drawings = {issue.term.slug: drawings_of(year.read(f"{issue.stem}.eml")) for issue in issues}
    for file, data in make_files(year.glossary, issues, styles, drawings).items():
        assert data == year.made.files[file]


def test_a_mail_without_a_plan_has_no_date(garden: Bench) -> None:
    made = publish(garden.folder, "compost")
    assert [file.name for file in made.files] == ["01-compost.md", "01-compost.eml"]
    assert mail_of(made.files[FOLDER / "01-compost.eml"])["Date"] is None


@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        ("--ink", "--mail-paper"),
        ("--link", "--mail-paper"),
        ("--ink-soft", "--mail-paper"),
        ("--mail-dark-ink", "--mail-dark-paper"),
        ("--mail-dark-ink", "--mail-dark-box"),
        ("--mail-dark-link", "--mail-dark-paper"),
        ("--mail-dark-link", "--mail-dark-box"),
        ("--mail-dark-ink-soft", "--mail-dark-paper"),
    ],
)
def test_a_mail_can_be_read_in_light_and_in_dark(ink: str, paper: str) -> None:
    styles, _ = read_mail_styles(ROOT)
    assert isinstance(styles, MailStyles)
    assert contrast(styles.tokens[ink], styles.tokens[paper]) >= 4.5


def test_links_on_a_tint_can_be_read() -> None:
    styles, _ = read_mail_styles(ROOT)
    assert isinstance(styles, MailStyles)
    for name, tint in styles.tokens.items():
        if re.fullmatch("--category-.*-tint", name):
            assert contrast(styles.tokens["--link"], tint) >= 4.5


# --- The plan


def test_the_plan_has_a_tuesday_for_each_issue(year: Year) -> None:
    table = list(csv.DictReader(io.StringIO(year.read(PLAN.name).decode())))
    assert [int(row["issue"]) for row in table] == list(range(1, 76))
    days = [date.fromisoformat(row["date"]) for row in table]
    assert days[0] == TUESDAY
    assert {day.strftime("%A") for day in days} == {"Tuesday"}
    assert len(set(days)) == 75
    for row, day in zip(table, days, strict=True):
        mail = mail_of(year.read(row["file"].replace(".md", ".eml")))
        assert mail["Date"].datetime.date() == day


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_the_plan_has_no_formula_for_a_spreadsheet(sign: str, garden: Bench) -> None:
    issue = list_issues(garden.glossary(), TUESDAY)[0]
    formula = f"{sign}HYPERLINK(1)"
    term = issue.term.model_copy(update={"name": formula, "subject": formula})
    (row,) = csv.DictReader(io.StringIO(make_plan([replace(issue, term=term)]).decode()))
    assert (row["term"], row["subject"]) == (f"'{formula}", f"'{formula}")


@pytest.mark.parametrize("day", [date(2027, 1, 4), date(2027, 1, 6), date(2027, 1, 10)])
def test_a_start_that_is_no_tuesday_is_answered_with_the_next_one(day: date, garden: Bench) -> None:
    with pytest.raises(NotATuesdayError, match=r"the next Tuesday is 2027-01-(05|12)"):
        list_issues(garden.glossary(), day)


@pytest.mark.parametrize("day", [date(9999, 12, 28), date(9999, 12, 31)])
def test_a_plan_that_leads_past_the_calendar_is_refused(day: date, garden: Bench) -> None:
    with pytest.raises(NotATuesdayError):
        list_issues(garden.glossary(), day)


def test_a_slug_may_begin_with_a_nought(year: Year) -> None:
    issue = find_issue(year.made.issues, "28")
    other = replace(issue, term=issue.term.model_copy(update={"slug": "0-day"}))
    assert find_issue([other], "0-day") is other


@pytest.mark.parametrize("name", ["28", "#28", "028", "diffusion-model"])
def test_an_issue_has_a_number_and_a_slug(name: str, year: Year) -> None:
    assert find_issue(year.made.issues, name).term.slug == "diffusion-model"


def test_an_unknown_issue_is_answered_with_the_nearest(garden: Bench) -> None:
    issues = list_issues(garden.glossary())
    with pytest.raises(UnknownIssueError, match="did you mean `compost`"):
        find_issue(issues, "compots")
    with pytest.raises(UnknownIssueError, match="the numbers go from 1 to 12"):
        find_issue(issues, "99")


def test_a_number_that_no_term_has_leaves_no_week_empty(garden: Bench) -> None:
    garden.replace("content/terms/mulch.yaml", "issue: 2\n", "issue: 20\n")
    issues = list_issues(garden.glossary(), TUESDAY)
    assert [issue.term.issue for issue in issues][-1] == 20
    assert issues[-1].previous == issues[-2].term
    assert [issue.day for issue in issues[:2]] == [TUESDAY, date(2027, 1, 12)]


# --- What is wrong


def test_a_variable_without_a_value_is_found_in_its_line(garden: Bench) -> None:
    garden.append("styles/newsletter/main.css", ".body { color: var(--leef); }\n")
    made = publish(garden.folder, "compost")
    (finding,) = made.findings
    assert finding.code == "css-variable"
    assert str(finding.place) == "styles/newsletter/main.css:4:20"
    assert not (garden.folder / FOLDER).exists()


def test_a_variable_without_a_value_for_the_whole_mail_is_found_in_its_line(garden: Bench) -> None:
    garden.append("styles/newsletter/main.css", ".x { --own: red; }\n.y { color: var(--own); }\n")
    (finding,) = publish(garden.folder, "compost").findings
    assert str(finding.place) == "styles/newsletter/main.css:5:13"


@pytest.mark.slow
def test_a_style_that_hides_words_of_all_mails_is_one_finding_at_its_line(garden: Bench) -> None:
    css = "p, li { visibility: hidden; }\n@media print { .preheader { display: none } }\n"
    garden.append("styles/newsletter/main.css", css)
    (finding,) = publish(garden.folder, None).findings
    assert finding.code == "parity-hidden"
    assert str(finding.place) == "styles/newsletter/main.css:4:9"


def test_a_mail_needs_a_width_in_pixels(garden: Bench) -> None:
    garden.replace("styles/newsletter/main.css", "600px", "auto")
    assert "600px" in only(publish(garden.folder, "compost").findings, "css-style").message


def test_a_project_without_the_mails_styles_says_so(garden: Bench) -> None:
    (garden.folder / "styles/newsletter/main.css").unlink()
    assert codes(publish(garden.folder, "compost").findings) == {"css-file"}


def test_an_error_in_the_manuscript_comes_first(garden: Bench) -> None:
    garden.replace("content/terms/compost.yaml", "tagline:", "tagine:")
    made = publish(garden.folder, "compost")
    assert not made.ok
    assert made.files == {}
    assert "fields-unknown" in codes(made.findings)


def test_nothing_is_written_when_a_word_is_lost(
    garden: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The owner renamed a heading in a template, and the import does not know it."""
    field_of = Publisher.field_of

    def forgets(publisher: Publisher, heading: str) -> str | None:
        return None if heading == "The Nerd Corner" else field_of(publisher, heading)

    monkeypatch.setattr(Publisher, "field_of", forgets)
    made = publish(garden.folder, "compost")
    assert codes(made.findings) == {"parity-go-deeper", "parity-nerd"}  # and no words that are none
    assert not made.ok
    assert not (garden.folder / FOLDER).exists()


@pytest.mark.parametrize(
    ("form", "cut", "label"),
    [
        (MARKDOWN, "Hey — Rose here.", "newsletter.hello"),
        (MARKDOWN, "*— Rose*", "newsletter.signed"),
        (MARKDOWN, "# This Week's Term: Mulch", "newsletter.this_week"),
        (PLAIN, "Last week we covered Compost. ", "newsletter.last_week"),
        (PLAIN, "Next week: pH", "newsletter.next_week"),
        (PLAIN, ": https://garden.example/shop", "offer.get_for"),
        (HTML, "A page each, to read offline", "offer.has"),
        (HTML, ' href="https://garden.example/shop"', "offer.get_for"),
        (HTML, ' href="https://garden.example"', "newsletter.forward"),
        (HTML, "<title>The week we talked about Mulch</title>", "subject"),
        (HTML, "A blanket for the bed", "tagline"),
    ],
)
def test_a_line_that_an_issue_lacks_is_found(
    form: str, cut: str, label: str, three_issues: ThreeIssues
) -> None:
    glossary, issue, forms = three_issues
    assert [*lacking_lines(glossary, issue, form, forms[form], NOWHERE)] == []
    assert cut in forms[form]
    broken = forms[form].replace(cut, "", 1)
    (found,) = lacking_lines(glossary, issue, form, broken, NOWHERE)
    assert found.message.startswith(f"the {form} lacks `{label}`: ")


def test_a_drawing_that_a_mail_carries_and_does_not_show_is_found(year: Year) -> None:
    raw = year.read("28-diffusion-model.eml")
    assert [*hidden_drawings(raw, html_of(raw), NOWHERE)] == []
    (found,) = hidden_drawings(raw, html_of(raw).replace("cid:narrow@issue", ""), NOWHERE)
    assert found.message == "the mail (html) does not show `cid:narrow@issue`"


@pytest.mark.parametrize("price", ["9 €", "US$ 9.50", "CHF 9.–", "99 kr."])  # noqa: RUF001 - as it is written
@pytest.mark.parametrize("title", ["AI 2.0, Explained", "The Garden"])
def test_a_fixed_sentence_is_known_whatever_the_book_is_called_and_costs(
    title: str, price: str
) -> None:
    assert PUBLISHER.is_fixed(f"Want all 75 terms in one PDF? Grab {title} — {price}")
    assert PUBLISHER.is_fixed(
        f"Want all 75 terms in one PDF? Grab {title} — {price}: https://a.example"
    )
    assert not PUBLISHER.is_fixed("Grab your phone and ask it.")


def test_a_title_with_an_ampersand_is_in_the_mail_as_it_is(garden: Bench) -> None:
    garden.replace("content/book.yaml", "Twelve Words for Your Garden", "Beds & <Borders>")
    made = publish(garden.folder, "compost")
    assert not [one for one in made.findings if one.code == "newsletter-line"]
    html = html_of(next(data for file, data in made.files.items() if file.suffix == ".eml"))
    assert "Beds &amp; &lt;Borders&gt;" in html
    assert "&amp;amp;" not in html


@pytest.mark.parametrize("writer", ["Dr. Jo", "Mary Ann O'Neil", "rose", "J. R. Hartley"])
def test_who_signs_may_have_any_name(writer: str) -> None:
    assert PUBLISHER.is_fixed(f"Hey — {writer} here.")
    assert PUBLISHER.is_fixed(f"— {writer}")


@pytest.mark.parametrize("failing", MAILED)
def test_a_drawing_that_cannot_be_made_is_a_finding_and_nothing_is_written(
    failing: Shape, garden: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(project: Path, styles: list[StyleFile], html: str) -> Any:
        if failing.styles in styles:
            return None, [ENGINE.finding("it ran out of memory")]
        return make_alone(project, styles, html)

    monkeypatch.setattr(pictures, "make_alone", make)
    made = publish(garden.folder, "compost")
    assert [f.message for f in made.findings] == ["it ran out of memory"]
    assert (made.ok, (garden.folder / FOLDER).exists()) == (False, False)


def test_drawings_are_not_made_with_styles_that_cannot_be_read(garden: Bench) -> None:
    garden.append("styles/look.css", "p { width: calc(1px / 0); }")
    made = publish(garden.folder, "compost")
    assert [f.code for f in made.findings if f.severity == "error"] == ["css-limit"]
    assert not (garden.folder / FOLDER).exists()
