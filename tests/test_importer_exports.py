"""What publishers' programs make of a term's page or a newsletter comes back, or is refused."""

# ruff: noqa: E501, RUF001 - exports have long lines, and letters that look alike

import base64
import os
import time
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
import yaml

from cheatsheet.importer import Imported, import_files
from cheatsheet.importer.blocks import Block
from cheatsheet.importer.title import can_be_tagline
from cheatsheet.manuscript.slugs import slug_of_name
from conftest import ROOT, Bench, codes, only
from test_importer import COMPOST, SHORT, take, values

TLDR = "Old peels become new soil. Like a second chance."
WHY = "Because bins are full."
SECTIONS = f"<h2>TL;DR</h2><p>{TLDR}</p><h2>Why Should You Care?</h2><p>{WHY}</p>"

# Each export in the form that its maker gives it, with the parts around the text that it has there.
SUBSTACK = f"""<div class="captioned-image-container"><figure><a class="image-link image2" href="https://
substackcdn.example/w.png"><div class="image2-inset"><picture><source type="image/webp"/><img
src="https://substackcdn.example/w.png" alt="A worm" class="sizing-normal"/></picture></div></a>
<figcaption class="image-caption">A worm at work</figcaption></figure></div>
<p>Hey — Ann here.</p>
<h2>This Week's Term: Compost</h2>
<p><strong>The quick version:</strong> {TLDR}</p>
<div class="subscription-widget-wrap-editor" data-component-name="SubscribeWidgetToDOM"><div
class="subscription-widget show-subscribe"><div class="preamble"><p class="cta-caption">Thanks for
reading!</p></div><form class="subscription-widget-subscribe"><input type="email"/></form></div></div>
<h2>Why This Matters</h2>
<p>Because bins are full<a class="footnote-anchor" data-component-name="FootnoteAnchorToDOM"
id="footnote-anchor-1" href="#footnote-1" target="_self">1</a>.</p>
<p class="button-wrapper"><a class="button primary" href="https://x.example/subscribe">Subscribe</a></p>
<div class="footnote" data-component-name="FootnoteToDOM"><a id="footnote-1"
href="#footnote-anchor-1" class="footnote-number" contenteditable="false">1</a><div
class="footnote-content"><p>Ask any city.</p></div></div>
"""
BEEHIIV = f"""<!DOCTYPE html><html><head><title>Garden Notes #1: Compost</title></head>
<body><div style="display:none;max-height:0px;overflow:hidden;">What the worms know &#8199;&#847; &#8199;&#847;</div>
<table role="none" width="100%" border="0" cellspacing="0" cellpadding="0"><tr><td>
<table role="none" class="rw"><tr><td class="j"><p>November 10, 2026 | <a href="https://x.example/p/1">Read
Online</a></p></td></tr></table>
<h1 style="text-align:left;">Garden Notes #1: Compost</h1>
<table role="none"><tr><td class="dd" align="left"><p><b>The quick version:</b> {TLDR}</p></td></tr>
<tr><td class="dd"><h2><b>Why This Matters</b></h2></td></tr>
<tr><td class="dd"><p>{WHY}</p></td></tr></table>
</td></tr></table></body></html>"""
GHOST = f"""<!DOCTYPE html><html lang="en"><head><title>Compost</title>
<meta property="og:site_name" content="Garden Notes"><meta property="og:title" content="Compost"></head>
<body class="post-template"><div class="viewport"><header id="gh-navigation" class="gh-navigation"><div
class="gh-navigation-brand"><a class="gh-navigation-logo" href="https://garden.example">Garden
Notes</a></div></header>
<main class="gh-main"><article class="gh-article post"><header class="gh-article-header">
<h1 class="gh-article-title is-title">Compost</h1><p class="gh-article-excerpt">Leftovers on their way back</p></header>
<section class="gh-content is-body"><h2 id="tldr">TL;DR</h2><p>{TLDR}</p>
<figure class="kg-card kg-image-card kg-card-hascaption"><img src="w.png" class="kg-image" alt="A worm"
loading="lazy"><figcaption><span style="white-space: pre-wrap;">A worm</span></figcaption></figure>
<div class="kg-card kg-callout-card kg-callout-card-blue"><div class="kg-callout-emoji">💡</div></div>
<h2 id="why">Why Should You Care?</h2><p>{WHY}</p>
<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="https://x.example"><div
class="kg-bookmark-content"><div class="kg-bookmark-title">Worms</div></div></a></figure>
</section></article></main><footer class="gh-footer">Powered by a ghost</footer></div></body></html>"""
MAILCHIMP = f"""<!doctype html><html xmlns:v="urn:schemas-microsoft-com:vml"><head><!-- NAME: 1 COLUMN -->
<!--[if gte mso 15]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->
<title>What the worms know</title><style type="text/css">p{{margin:10px 0}} .mcnPreviewText{{
display:none !important;}} @media only screen and (max-width:480px){{.mcnTextContent{{display:none}}}}</style></head>
<body><!--*|IF:MC_PREVIEW_TEXT|*--><!--[if !gte mso 9]><!----><span class="mcnPreviewText"
style="visibility:hidden; mso-hide:all;">A second chance</span><!--<![endif]--><!--*|END:IF|*-->
<center><table id="bodyTable"><tr><td id="bodyCell"><table class="templateContainer"><tr><td id="templateBody">
<table class="mcnTextBlock"><tbody class="mcnTextBlockOuter"><tr><td class="mcnTextContent">
<h1>Garden Notes #1: Compost</h1><h2>TL;DR</h2>{TLDR}<br>&nbsp;<br><strong>Why This Matters</strong><br>
{WHY}</td></tr></tbody></table>
<table class="mcnButtonBlock"><tr><td><a class="mcnButton" href="https://x.example">Buy a bin</a></td></tr></table>
</td></tr></table></td></tr></table></center></body></html>"""
WORDPRESS = f"""<!DOCTYPE html><html><head><title>Compost &#8211; The Garden Club</title></head>
<body class="post-template-default single"><header id="masthead" class="site-header"><h1
class="site-title"><a href="https://club.example/" rel="home">The Garden Club</a></h1>
<p class="site-description">Dig in</p></header>
<div id="content"><h2 class="entry-title">Compost</h2><div class="entry-content">
<!-- wp:heading --><h2 class="wp-block-heading">TL;DR</h2><!-- /wp:heading -->
<!-- wp:paragraph --><p>{TLDR}</p><!-- /wp:paragraph -->
<h2 class="wp-block-heading">Why Should You Care?</h2><p>Because bins are full<sup data-fn="f1"
class="fn"><a href="#f1" id="f1-link">1</a></sup>.</p>
<figure class="wp-block-pullquote"><blockquote><p>Full!</p></blockquote></figure>
<ol class="wp-block-footnotes"><li id="f1">Ask any city. <a href="#f1-link">↩︎</a></li></ol>
<div class="sharedaddy"><h3>Share this:</h3></div></div></div>
<footer>Proudly powered</footer></body></html>"""
NOTION = f"""<html><head><meta charset="utf-8"/><title>Compost</title><style>.checkbox-on {{ x: y }}</style></head><body><article
id="2e4c" class="page sans"><header><h1 class="page-title" dir="auto">Compost</h1><p
class="page-description" dir="auto"></p><table class="properties"><tbody><tr class="property-row"><th><span
class="icon">x</span>Status</th><td><span class="selected-value">Done</span></td></tr><tr><th>Tags</th><td>soil</td>
</tr></tbody></table></header><div class="page-body"><div style="display:contents" dir="auto"><h2 id="a"
class=""><strong>TL;DR</strong></h2></div><p id="b" class="">{TLDR}</p><h2 id="c" class="">Why Should You
Care?</h2><p id="d">{WHY}</p><hr id="e"/><figure class="callout"><div style="font-size:1.5em"><span
class="icon">💡</span></div></figure></div></article></body></html>"""
GOOGLE_DOCS = f"""<html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type"><style
type="text/css">@import url('https://x.example/f');ol{{margin:0}}.c4{{color:#000;font-weight:400}}.c9{{
text-decoration:line-through}}.title{{font-size:26pt}}</style></head><body class="c2 doc-content"><p
class="c5 title" id="h.1"><span class="c4">Compost</span></p><h2 class="c6"><span class="c4">TL;DR</span></h2>
<p class="c1"><span class="c4">{TLDR}</span><span class="c9"> Or not.</span></p><h2><span>Why Should You
Care?</span></h2><p class="c1"><span class="c4">{WHY}</span></p></body></html>"""
WORD = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv=Content-Type
content="text/html; charset=windows-1252"><title>compost draft</title><style><!-- p.MsoNormal {{margin:0}} --></style>
</head><body lang=EN-US><div class=WordSection1><p class=MsoTitle>Compost<o:p></o:p></p>
<h2>TL;DR<o:p></o:p></h2><p class=MsoNormal>{TLDR.replace("Like", "<o:p></o:p>Like")}<o:p>&nbsp;</o:p></p>
<h2>Why Should You Care?</h2><p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>1.<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>{WHY}</p></div></body></html>"""

EXPORTS = {
    "substack": (SUBSTACK, {"the footnote mark", "a footnote", "a sign-up box", "a button"}),
    "beehiiv": (BEEHIIV, set()),
    "ghost": (GHOST, {"a picture", "the caption", "a box about another page"}),
    "mailchimp": (MAILCHIMP, {"a button"}),
    "wordpress": (WORDPRESS, {"the footnote mark", "a footnote", "a quotation", "share buttons"}),
    "notion": (NOTION, {"a table of 2 rows"}),
    "google-docs": (GOOGLE_DOCS, {'the struck-out text "Or not."'}),
    "word": (WORD, {"the form of a list"}),
}


def left_out(imported: Imported) -> str:
    return "\n".join(f.message for f in imported.findings if f.code == "import-left-out")


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_comes_back_and_says_what_is_left_out(name: str, garden: Bench) -> None:
    text, lost = EXPORTS[name]
    (imported,) = take(garden, text)
    assert str(imported.target) == COMPOST
    found = values(garden, COMPOST)
    assert (found["name"], found["tldr"], found["why"]) == ("Compost", TLDR, WHY)
    assert found["tagline"] == "Leftovers on their way back"
    assert all(words in left_out(imported) for words in lost)
    assert set(imported.changed) == {"tldr", "why"}


# --- Which form a file has


def mail(html: str = "", text: str = "", **headers: str) -> bytes:
    """Return a mail as mail programs save it."""
    message = EmailMessage(policy=SMTP)
    for name, value in {
        "Subject": "What the worms know",
        "From": "ann@x.example",
        **headers,
    }.items():
        message[name] = value
    message.set_content(text or "Nothing here.")
    if html:
        message.add_alternative(html, subtype="html", cte="base64")
    return message.as_bytes()


def test_a_mails_html_is_read_and_its_subject_is_the_subject_line(garden: Bench) -> None:
    (imported,) = take(garden, mail(BEEHIIV))
    assert set(imported.changed) == {"tldr", "why", "subject"}
    assert values(garden, COMPOST)["subject"] == "What the worms know"
    assert all(finding.place.line is None for finding in imported.findings)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_mail_of_plain_text_alone_is_read(newline: str, garden: Bench) -> None:
    text = f"Garden Notes #1: Compost\n\nTL;DR\n\n{TLDR}\n"
    raw = mail(text=text).replace(b"\r\n", newline.encode())
    (imported,) = take(garden, raw)
    assert set(imported.changed) == {"tldr", "subject"}


@pytest.mark.parametrize("added", ["Fwd: ", "Re: Fw: ", "[Test] "])
def test_what_a_mail_program_adds_to_the_subject_is_left_out_and_told(
    added: str, garden: Bench
) -> None:
    (imported,) = take(garden, mail(BEEHIIV, Subject=f"{added}What the worms know"))
    assert values(garden, COMPOST)["subject"] == "What the worms know"
    assert added.strip() in left_out(imported)


def test_a_page_that_a_browser_saved_as_a_mail_has_no_subject(garden: Bench) -> None:
    (imported,) = take(garden, mail(GHOST, From="<Saved by Blink>"))
    assert set(imported.changed) == {"tldr", "why"}


def test_an_unknown_character_set_is_named(garden: Bench) -> None:
    mail = f"Subject: Compost\nMIME-Version: 1.0\nContent-Type: text/html; charset=x-klingon\n\n{SECTIONS}"
    (imported,) = take(garden, mail)
    assert only(imported.findings, "import-mail").message == (
        "the mail is broken (unknown encoding: x-klingon)"
    )


def test_an_attachment_is_told(garden: Bench) -> None:
    message = EmailMessage()
    message["Subject"], message["To"] = "News", "all@x.example"
    message.set_content(BEEHIIV, subtype="html")
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="worms.pdf")
    (imported,) = take(garden, message.as_bytes())
    assert "worms.pdf" in left_out(imported)


def test_front_matter_names_the_term_and_what_is_not_read_of_it_is_told(garden: Bench) -> None:
    matter = "---\ntitle: 'Compost'\ndate: 2026-11-10\ntags:\n  - soil\nsubject: \"Worms\"\n---\n\n"
    (imported,) = take(garden, f"{matter}## TL;DR\n\n{TLDR}\n")
    assert set(imported.changed) == {"tldr", "subject"}
    assert "`date`" in left_out(imported)


def test_headings_may_be_underlined(garden: Bench) -> None:
    text = f"Compost\n=======\n\nTL;DR\n-----\n\n{TLDR}\n\nWhy This Matters\n---\n\n{WHY}\n"
    assert set(take(garden, text)[0].changed) == {"tldr", "why"}


def test_headings_may_be_bold_lines(garden: Bench) -> None:
    text = f"# Compost\n\n**TL;DR**\n{TLDR}\n\n**Why This Matters**\n\n{WHY}\n"
    assert set(take(garden, text)[0].changed) == {"tldr", "why"}


def test_a_comment_before_markdown_is_no_page(garden: Bench) -> None:
    (imported,) = take(garden, f"<!-- draft -->\n\n{SHORT}")
    assert set(imported.changed) == {"tldr", "subject"}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_byte_order_mark_says_the_encoding(encoding: str, garden: Bench) -> None:
    (imported,) = take(garden, SHORT.replace("peels", "péels").encode(encoding))
    assert "péels" in values(garden, COMPOST)["tldr"]
    assert imported.findings == []


def test_html_may_say_that_it_is_windows_1252(garden: Bench) -> None:
    take(garden, WORD.replace("Old peels", "“Old” péels").encode("cp1252"))
    assert values(garden, COMPOST)["tldr"].startswith('"Old" péels')


def test_old_line_ends_are_line_ends(garden: Bench) -> None:
    assert set(take(garden, SHORT.replace("\n", "\r"))[0].changed) == {"tldr", "subject"}


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b'{"posts": [{"title": "Compost"}]}', "JSON"),
        (b"<?xml version='1.0'?><rss><channel><title>Compost</title></channel></rss>", "XML"),
        (b"<!-- generator --><rss><title>Compost</title></rss>", "XML"),
        (b"PK\x03\x04\x00\x00", "ZIP"),
        (b"%PDF-1.7\n", "PDF"),
        (b"{\\rtf1 Compost}", "RTF"),
        (b"Subject: Compost\nOld news\nTL;DR\nx\n", "a name and a tagline"),
        (f"Menu\nHome\nCompost\nTL;DR\n{TLDR}".encode(), "3 lines stand above"),
        (f"<p>Compost</p>{SECTIONS}".encode(), "no heading with the term's name"),
        (f"<h1>Garden Club</h1><h1>Compost</h1>{SECTIONS}".encode(), '"Garden Club", "Compost"'),
        (f"<h1>Garden Club</h1><h2>Compost</h2>{SECTIONS}".encode(), "could be the name"),
        (f"# Mulch\n\n# Compost\n\n## TL;DR\n\n{TLDR}\n".encode(), "could be the name"),
        (mail(" "), "no text"),
        (b"Subject: x\nContent-Type: text/html; charset=nope\n\n<h1>x</h1>", "broken"),
        (b"Subject: " + b"x " * 9_000 + b"\nFrom: a@x.example\n\nx", "a header of"),
        (b"<h1>x</h1><p " + b"".join(b"a%d=b " % n for n in range(30_000)), "two tags"),
        (f"<h1>Compost</h1>{SECTIONS}".encode() + b"<br>" * 60_000, "50,000 tags"),
        (SHORT.encode() + b"> x\n" * 20_000, "characters of text"),
        (SHORT.encode("utf-32"), "UTF-32"),
        (mail("<h1>Compost</h1>").replace(b"Nothing", b"\0\0"), "no term"),
        (b"From: a@x.example\nSubject: x\nContent-Type: text/html\n\n<p>a\0b", "binary"),
        (b"<p>TL;DR</p><p>x</p>", "no name stands above"),
        (b"<h1>Compost</h1><h2>TL;DR</h2>" + b"<b>" * 5_000 + b"lost", "too deep"),
    ],
)
def test_what_is_not_recognised_is_refused(raw: bytes, says: str, garden: Bench) -> None:
    before = {path: path.read_bytes() for path in (garden.folder / "content/terms").iterdir()}
    (imported,) = take(garden, raw)
    assert not imported.ok
    assert says in "\n".join(finding.message for finding in imported.findings)
    after = {path: path.read_bytes() for path in (garden.folder / "content/terms").iterdir()}
    assert after == before


@pytest.mark.skipif(os.name != "posix", reason="devices and pipes are files of POSIX")
def test_a_device_and_a_pipe_are_refused_at_once(garden: Bench, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    link = tmp_path / "link.md"
    link.symlink_to("/dev/zero")
    for imported in import_files(garden.folder, [pipe, link, Path("/dev/zero")], dry_run=False):
        assert "not a file" in only(imported.findings, "import-file").message


# --- Whose name it is


@pytest.mark.parametrize(
    "above",
    [
        '<h1 class="site-title"><a href="/">The Garden Club</a></h1><h2>Compost</h2>',
        '<div class="logo"><a href="https://club.example"><b>The Garden Club</b></a></div><h1>Compost</h1>',
        "<title>Compost | The Garden Club</title><h1>The Garden Club</h1><h1>Compost</h1>",
        '<meta property="og:title" content="Compost"><h1>The Garden Club</h1><h3>Compost</h3>',
        "<h1>The Garden Club</h1><article><h2>Compost</h2>",
    ],
)
def test_a_page_does_not_take_its_name_from_its_site(above: str, garden: Bench) -> None:
    (imported,) = take(garden, above + SECTIONS)
    assert str(imported.target) == COMPOST
    assert set(imported.changed) == {"tldr", "why"}


@pytest.mark.parametrize(
    "line",
    ["By Ann Leaf", "November 3, 2026", "5 min read", "View in browser", "Status: Done",
     "Everything you must know, in one long sentence. And another one."],
)  # fmt: skip
def test_a_byline_is_no_tagline(line: str, garden: Bench) -> None:
    (imported,) = take(garden, f"<h1>Compost</h1><p>{line}</p>{SECTIONS}")
    assert "tagline" not in imported.changed
    assert line[:20] in only(imported.findings, "import-unplaced").message


def test_no_tagline_of_the_book_looks_like_a_byline() -> None:
    files = sorted((ROOT / "content/terms").iterdir())
    taglines = [yaml.safe_load(file.read_text(encoding="utf-8"))["tagline"] for file in files]
    assert [line for line in taglines if not can_be_tagline(Block(1, line))] == []


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Naïve Bayes", "naive-bayes"), ("Gödel Machine", "godel-machine"),
        ("Straße", "strasse"), ("Bø & Ærø", "bo-aero"), ("Don’t Care", "dont-care"),
        ("k-Nearest  Neighbors", "k-nearest-neighbors"), ("GPT_4", "gpt-4"), ("ﬁne", "fine"),
    ],
)  # fmt: skip
def test_a_slug_has_the_letters_of_its_name(name: str, slug: str) -> None:
    assert slug_of_name(name) == slug


@pytest.mark.parametrize("name", ["Компост", "Compost 堆肥", "λ-Calculus"])
def test_a_name_in_other_letters_gives_no_slug_of_what_is_left(name: str, garden: Bench) -> None:
    (imported,) = take(garden, f"<h1>{name}</h1>{SECTIONS}")
    assert codes(imported.findings) == {"import-slug"}


def test_a_slug_of_another_term_is_refused(garden: Bench) -> None:
    garden.replace(COMPOST, "name: Compost", "name: Compost++")
    before = garden.read(COMPOST)
    (imported,) = take(garden, f"<h1>Compost</h1>{SECTIONS}")
    assert "another term, Compost++" in only(imported.findings, "import-slug").message
    assert garden.read(COMPOST) == before


# --- What cannot be seen, and what changes the meaning

HIDING = [
    "display:none", "DISPLAY : NONE !important", "visibility:hidden", "visibility:collapse",
    "font-size:0", "font-size:0px;color:#333", "font-size:1px", "max-height:0", "max-height:0px;overflow:hidden",
    "height:0;overflow:hidden", "width:1px;height:1px;overflow:hidden", "opacity:0", "opacity:0.0",
    "mso-hide:all", "color:transparent", "color:rgba(0,0,0,0)", "color:#fff;background:white",
    "color:#FFFFFF;background-color:rgb(255, 255, 255)", "text-indent:-9999px",
    "position:absolute;left:-9999px", "clip:rect(0 0 0 0);position:absolute", "clip-path:inset(50%)",
]  # fmt: skip


@pytest.mark.parametrize("style", HIDING)
@pytest.mark.parametrize("where", ["element", "sheet", "around"])
def test_a_hidden_preheader_is_no_text(style: str, where: str, garden: Bench) -> None:
    preheaders = {
        "element": f'<h1 style="{style}">A second chance</h1>',
        "sheet": f"<style>p {{}} .pre, #x {{{style}}}</style><h1 class='a pre'>A second chance</h1>",
        "around": f'<div style="{style}"><h1><b>A second chance</b></h1></div>',
    }
    (imported,) = take(garden, f"<body>{preheaders[where]}<h1>Compost</h1>{SECTIONS}")
    assert imported.findings == []
    assert set(imported.changed) == {"tldr", "why"}


@pytest.mark.parametrize("attribute", ["hidden", 'hidden="until-found"', 'aria-hidden="true"'])
def test_an_attribute_hides_too(attribute: str, garden: Bench) -> None:
    (imported,) = take(garden, f"<h1 {attribute}>A second chance</h1><h1>Compost</h1>{SECTIONS}")
    assert set(imported.changed) == {"tldr", "why"}


@pytest.mark.parametrize(
    "around",
    [
        '<div style="font-size:0"><div style="font-size:16px">{}</div></div>',
        '<table bgcolor="#ffffff"><tr><td bgcolor="#000000" style="color:#ffffff">{}</td></tr></table>',
        '<div style="visibility:hidden"><div style="visibility:visible">{}</div></div>',
        '<style>@media (max-width:600px) {{.wide {{display:none}}}}</style><div class="wide">{}</div>',
        '<div style="color:#fff;background:#fff url(dark.png)">{}</div>',
        '<div style="max-height:0;overflow:visible;font-size:small">{}</div>',
    ],
)
def test_what_can_be_seen_is_read(around: str, garden: Bench) -> None:
    (imported,) = take(garden, around.format(f"<h1>Compost</h1>{SECTIONS}"))
    assert set(imported.changed) == {"tldr", "why"}


@pytest.mark.parametrize(
    ("nerd", "lost"),
    [("<b>Bold</b> at its start.", 1), ("Here <b>in</b> it.", 1), ("<b>In short:</b> soil.", 0)],
)
def test_emphasis_that_is_no_label_is_told(nerd: str, lost: int, garden: Bench) -> None:
    page = f"<h1><b>Compost</b></h1>{SECTIONS}<h2><b>The Nerd Version</b></h2><p>{nerd}</p>"
    (imported,) = take(garden, page)
    assert str(left_out(imported)).count("the emphasis of <b>") == lost


def test_what_is_hidden_in_a_text_is_told(garden: Bench) -> None:
    page = f"<h1>Compost</h1>{SECTIONS}<p style='display:none'>Only for {{name}}</p>"
    (imported,) = take(garden, page)
    assert 'the hidden text "Only for {name}"' in left_out(imported)


NERD = "<h1>Compost</h1><h2>The Nerd Version</h2><p>It has {} in it.</p>"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("10<sup>12</sup> cells", "10¹² cells"), ("CO<sub>2</sub>", "CO₂"),
        ("m<span style='vertical-align:super'>2</span>", "m²"), ("the 4<sup>th</sup> bin", "the 4th bin"),
        ("Bin<sup>TM</sup>", "Bin™"), ("a&#8203; b&zwnj;\u00a0\u2060 c", "a b c"),
        ("so&shy;il", "soil"), ("a<o:p></o:p>b", "ab"), ("<q>soil</q>", '"soil"'),
        ("soil<sup><a href='#fn1'>1</a></sup>", "soil"), ("soil<a href='#_ftn1'>[1]</a>", "soil"),
        ("soil<a href='https://x.example/p#footnote-2'>2</a>", "soil"),
        ("<a href=''>3</a> bins", "3 bins"), ("<a>3</a> bins", "3 bins"),
        ("<a href='#top'>three bins</a>", "three bins"), ("<a href=' '>3</a> bins", "3 bins"),
        ("<a href='.'>3</a> bins", "3 bins"), ("<a href='/terms/'>3</a> bins", "3 bins"),
        ("<a href='https://garden.example/terms/mulch?utm_source=x'>mulch</a>", "[[mulch|mulch]]"),
        ("<a href='http://www.garden.example/terms/mulch/#x'>mulch</a>", "[[mulch|mulch]]"),
    ],
)  # fmt: skip
def test_a_text_keeps_its_meaning(html: str, text: str, garden: Bench) -> None:
    take(garden, NERD.format(html))
    assert values(garden, COMPOST)["nerd"] == f"It has {text} in it."


@pytest.mark.parametrize(
    ("html", "text", "says"),
    [
        ("10<sup>-3</sup>", "10^-3", 'the superscript "-3"'), ("x<sub>i</sub>", "x_i", 'the subscript "i"'),
        ("old <del>new</del> soil", "old soil", 'struck-out text "new"'),
        ("old <s>new</s> soil", "old soil", 'struck-out text "new"'),
        ("old <strike>new</strike> soil", "old soil", 'struck-out text "new"'),
        ("old <span style='text-decoration: line-through'>new</span> soil", "old soil", '"new"'),
        ("soil <math><mi>x</mi></math>", "soil", "a formula"),
        ("soil<sup><a href='#fn1'>1</a></sup>", "soil", 'the footnote mark "1"'),
        ("<ruby>土<rt>tsuchi</rt></ruby>", "土", "the reading of a word"),
        ("an <img src=w.png alt='A worm'> image", "an image", "a picture"),
    ],
)  # fmt: skip
def test_what_is_lost_is_told(html: str, text: str, says: str, garden: Bench) -> None:
    (imported,) = take(garden, NERD.format(html))
    assert values(garden, COMPOST)["nerd"] == f"It has {text} in it."
    assert says in left_out(imported)


@pytest.mark.parametrize(
    ("markup", "text", "says"),
    [
        ("10<sup>12</sup>", "10¹²", ""), ("old ~~new~~ soil", "old soil", '"new"'),
        ("old <del>new</del> soil", "old soil", '"new"'), ("a line<br>broken", "a line broken", ""),
        ("![A worm](w.png) soil", "soil", "w.png"), ("soil[^1]", "soil", 'footnote mark "1"'),
        ("[](#a)soil", "soil", ""), ("[3](#a) bins", "bins", "footnote mark"),
    ],
)  # fmt: skip
def test_markdown_keeps_its_meaning_or_says_what_is_lost(
    markup: str, text: str, says: str, garden: Bench
) -> None:
    note = "\n\n[^1]: Ask any city.\n"
    page = f"# Compost\n\n## The Nerd Corner\n\nIt has {markup} in it.{note * ('^1' in markup)}\n"
    (imported,) = take(garden, page)
    assert values(garden, COMPOST)["nerd"] == f"It has {text} in it."
    assert says in left_out(imported)


TABLE = "<table><tr><th>Bin</th><th>Days</th></tr><tr><td>Hot</td><td>30</td></tr></table>"
PIPES = "| Bin | Days |\n|---|---|\n| Hot | 30 |"


@pytest.mark.parametrize("text", [NERD.format("soil") + TABLE, f"{SHORT}\n{PIPES}\n"])
def test_a_table_is_no_paragraph_and_told(text: str, garden: Bench) -> None:
    (imported,) = take(garden, text)
    assert "a table" in left_out(imported)
    assert codes(imported.findings) == {"import-left-out"}


@pytest.mark.parametrize(
    ("items", "says"),
    [
        ("<ol><li>Cut</li><li>Wait</li></ol>", "the numbering of a list"),
        ("<ul><li><p>Cut</p></li><li>Wait</li></ul>", "the form of a list"),
        ("<blockquote>Cut</blockquote><p>Wait</p>", "the form of a quotation"),
    ],
)
def test_a_list_in_a_text_is_told_once(items: str, says: str, garden: Bench) -> None:
    page = f"<h1>Compost</h1><h2>The Plain English Version</h2>{items}"
    (imported,) = take(garden, page)
    assert values(garden, COMPOST)["plain"] == ["Cut", "Wait"]
    assert says in only(imported.findings, "import-left-out").message


def test_what_follows_a_list_of_links_is_not_of_it(garden: Bench) -> None:
    page = (
        "<h1>Compost</h1><h2>Go Deeper</h2><ul><li>Search for bins</li></ul>"
        "<p>You are receiving this because you signed up.</p>"
    )
    (imported,) = take(garden, page)
    assert values(garden, COMPOST)["go_deeper"] == ["Search for bins"]
    assert "receiving" in only(imported.findings, "import-unplaced").message


def test_a_heading_that_comes_twice_is_no_paragraph(garden: Bench) -> None:
    text = "Compost\nOld news\nThe Plain English Version\nOne.\nTL;DR\nTwo.\nTL;DR\nThree.\n"
    (imported,) = take(garden, text)
    assert values(garden, COMPOST)["plain"] == ["One."]
    told = [f.message for f in imported.findings if f.code == "import-unplaced"]
    assert told == ['"TL;DR" has no field', '"Three." has no field']


@pytest.mark.parametrize("element", ["b", "div", "p", "table", "sup", "a", "li", "h1"])
def test_a_page_of_one_element_again_and_again_takes_no_time(element: str, garden: Bench) -> None:
    start = time.monotonic()
    take(garden, (f"<{element}>x" * 45_000).encode())
    assert time.monotonic() - start < 10


def test_pictures_in_a_page_are_no_text(garden: Bench) -> None:
    picture = base64.b64encode(b"x" * 1_000_000).decode()
    page = f"<h1>Compost</h1>{SECTIONS}<p><img src='data:image/png;base64,{picture}'></p>"
    (imported,) = take(garden, page)
    assert left_out(imported) == "a picture is left out"
