"""The same words everywhere: each difference between a term and what was made of it has a code."""

import re
from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP
from pathlib import PurePath

import pytest

from cheatsheet.findings.complaints import told_once
from cheatsheet.importer import Publisher, read_bytes
from cheatsheet.importer.parity import (
    ISSUE,
    PAGE,
    RULES,
    compare_fields,
    compare_text,
)
from cheatsheet.model.glossary import Glossary
from cheatsheet.model.sections import term_id
from cheatsheet.newsletter import Issue, list_issues
from cheatsheet.newsletter.mail import read_mail_styles
from cheatsheet.newsletter.publishing import FOLDER, check_files, make_files
from cheatsheet.reader.opening import read_pdf
from cheatsheet.reader.pypdf_view import PypdfView
from conftest import Bench, Built, codes, only

MARKDOWN, MAIL = FOLDER / "01-compost.md", FOLDER / "01-compost.eml"
Files = dict[PurePath, bytes]


@pytest.fixture
def compost(garden: Bench) -> tuple[Glossary, Issue, Files]:
    glossary = garden.glossary()
    styles, _ = read_mail_styles(garden.folder)
    assert styles is not None
    issue = list_issues(glossary)[0]
    return glossary, issue, make_files(glossary, [issue], styles)


CHANGES = [
    (" #1: Compost", " #2: Compost", "parity-issue"),
    (": Compost\n", ": Dirt\n", "parity-name"),
    ("**Subject line:** ", "**Subject line:** Re: ", "parity-subject"),
    ("in one breath", "in two breaths", "parity-tldr"),
    ("sooner or later", "sooner", "parity-plain"),
    ("a weekend in June", "a weekend in July", "parity-why"),
    ("Go outside", "Stay inside", "parity-try-it"),
    ("for beginners", "for dummies", "parity-go-deeper"),
    ("several seasons", "a season", "parity-nerd"),
    ("/terms/compost", "/terms/mulch", "parity-address"),
    ("## Why This Matters", "Buy my book.\n\n## Why This Matters", "parity-plain"),
    ("## Why This Matters", "## Sponsors\n\n## Why This Matters", "parity-extra"),
]


@pytest.mark.parametrize(("old", "new", "code"), CHANGES, ids=[c[2] for c in CHANGES])
def test_a_change_in_the_markdown_has_its_code(
    old: str, new: str, code: str, compost: tuple[Glossary, Issue, Files]
) -> None:
    glossary, issue, files = compost
    text = files[MARKDOWN].decode()
    assert old in text
    files[MARKDOWN] = text.replace(old, new).encode()
    findings = list(check_files(glossary, [issue], files))
    assert code in codes(findings)
    assert all("newsletter" in finding.message for finding in findings)


@pytest.mark.parametrize("kind", ["plain", "html"])
@pytest.mark.parametrize(("old", "new", "code"), CHANGES[3:9], ids=[c[2] for c in CHANGES[3:9]])
def test_a_change_in_either_part_of_the_mail_has_its_code(
    old: str, new: str, code: str, kind: str, compost: tuple[Glossary, Issue, Files]
) -> None:
    glossary, issue, files = compost
    mail = message_from_bytes(files[MAIL], policy=SMTP)
    part = mail.get_body((kind,))
    assert part is not None
    subtype = part.get_content_subtype()
    part.set_content(part.get_content().replace(old, new), subtype=subtype)
    files[MAIL] = mail.as_bytes()
    finding = only(list(check_files(glossary, [issue], files)), code)
    assert f"mail ({kind})" in finding.message
    assert str(finding.place).startswith("content/terms/compost.yaml:")


def test_a_difference_is_shown_with_its_words(compost: tuple[Glossary, Issue, Files]) -> None:
    glossary, issue, files = compost
    files[MARKDOWN] = files[MARKDOWN].replace(b"a weekend in June", b"a weekend in July")
    (finding,) = check_files(glossary, [issue], files)
    assert re.search(r'has "July\." for "June\.", after \d+ words', finding.message)


def test_a_mails_subject_is_the_terms(compost: tuple[Glossary, Issue, Files]) -> None:
    glossary, issue, files = compost
    files[MAIL] = files[MAIL].replace(b"Subject: ", b"Subject: Re: ")
    assert codes(list(check_files(glossary, [issue], files))) == {"parity-subject"}


def test_a_file_that_lost_everything_is_found(compost: tuple[Glossary, Issue, Files]) -> None:
    glossary, issue, files = compost
    files[MARKDOWN] = b""
    found = codes(list(check_files(glossary, [issue], files)))
    assert found >= {f"parity-{name.replace('_', '-')}" for name in ISSUE}


def test_a_page_is_held_to_the_same_words(garden: Bench) -> None:
    glossary = garden.glossary()
    term = glossary.by_slug["compost"]
    address = f'<link rel="canonical" href="{glossary.address(term)}/">'
    plain = "".join(f"<p>{text}</p>" for text in term.plain)
    page = (
        f"{address}<main><h1>{term.name}</h1><p>{term.tagline}</p><h2>TL;DR</h2><p>{term.tldr}</p>"
        f"<h2>The Plain English Version</h2>{plain}<h2>Why Should You Care?</h2><p>{term.why}</p>"
        f"<h2>The Nerd Version (if you dare)</h2><p>{term.nerd}</p></main>"
    )
    site = Publisher(glossary.book.site, glossary.labels)
    good = read_bytes(page.encode(), "index.html", site)
    assert list(compare_fields(glossary, "compost", "page", good, PAGE)) == []
    bad = read_bytes(page.replace(term.tagline, "Old news").encode(), "index.html", site)
    assert codes(list(compare_fields(glossary, "compost", "page", bad, PAGE))) == {"parity-tagline"}


def text_of(pdf: PypdfView, slug: str) -> str:
    return pdf.text(pdf.destinations[term_id(slug)].page)


def test_the_pdf_is_held_to_the_same_words(built_garden: Built) -> None:
    glossary = built_garden.bench.glossary()
    with read_pdf(built_garden.build.data) as pdf:
        assert isinstance(pdf, PypdfView)
        for term in glossary.terms:
            text = text_of(pdf, term.slug)
            assert list(compare_text(glossary, term.slug, "PDF", text, (*PAGE, "try_it"))) == []
        changed = glossary.by_slug["compost"].model_copy(update={"why": "Because I say so."})
        other = replace(glossary, terms=(changed,))
        findings = list(compare_text(other, "compost", "PDF", text_of(pdf, "compost"), PAGE))
    assert codes(findings) == {"parity-why"}


def test_what_a_template_does_to_all_terms_is_told_once() -> None:
    many = [RULES["why"].finding(f"`why` of {name}: it is gone") for name in "abcdefg"]
    few = [RULES["tldr"].finding(f"`tldr` of {name}: it is gone") for name in "ab"]
    first, *others = told_once([*many, *few])
    assert first.message == "`why` of a: it is gone; and 6 more like it"
    assert others == few
