"""What publishers' programs make of a term's page or a newsletter comes back, or is refused."""

import base64
import os
import time
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from cheatsheet.importer import Imported, import_files
from cheatsheet.importer.importing import slug_of_name
from conftest import Bench, codes, only
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
<h1 class="gh-article-title is-title">Compost</h1><p class="gh-article-excerpt">Old news</p></header>
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
    assert found["tagline"] == "Old news"
    assert all(words in left_out(imported) for words in lost)
    assert set(imported.changed) == {"tldr", "why"}
