"""The site: the owner's page word for word, all pages, what machines read, what is kept back."""

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from fontTools.ttLib import TTFont
from PIL import Image

from browser import npm_file
from cheatsheet.cli import main
from cheatsheet.findings import Finding
from cheatsheet.importer import Publisher, import_files, read_bytes
from cheatsheet.importer.parity import find_hidden
from cheatsheet.model.glossary import Glossary
from cheatsheet.reader.opening import read_pdf
from cheatsheet.reader.pypdf_view import PypdfView
from cheatsheet.reader.words import squash
from cheatsheet.stylesheets.matching import SCREEN, Cascade
from cheatsheet.system.reading import TEMPLATES
from cheatsheet.web import Site, build_site, make_site
from cheatsheet.web.checks import MOST_BYTES, check_site
from cheatsheet.web.pages import make_pages, summary
from cheatsheet.web.reading import PageReading
from cheatsheet.web.rendering import SiteRenderer, given_pages
from cheatsheet.web.styling import Look, make_look
from conftest import ROOT, TESTS, Bench, Built, BuiltSite, alt_of, codes, only

BUTTON = "Grab the SpeakNerd Cheat Sheet — $9"
DIFFUSION = "terms/diffusion-model/index.html"
COMPOST = "terms/compost/index.html"
CURLY = "\u2018\u2019\u201c\u201d"
SOURCES = "sources/index.html"
LOST = "\nGenerative AI\nText-to-Image\nText-to-Video\nGAN"
COMPOST_FILE = "content/terms/compost.yaml"
Files = dict[str, bytes]


@dataclass(frozen=True)
class GardenSite:
    """A small site with the glossary and the PDF that it was made from."""

    glossary: Glossary
    site: Site
    pdf: bytes


def words(text: str) -> str:
    """Return a text with one space wherever there is white space."""
    return " ".join(text.split())


def owners_page() -> str:
    """Return the owner's page of diffusion-model, with the related terms that it lost."""
    seed = (TESTS / "seeds/term-page.txt").read_text(encoding="utf-8")
    assert seed.count("\nRelated terms\n") == 1
    return words(seed.replace("\nRelated terms", f"\nRelated terms{LOST}"))


def straight(text: str) -> str:
    """Return a text with the quotes that the owner's page had: the site sets curly ones."""
    return text.translate(str.maketrans(CURLY, "''\"\""))


def pixels_of(image: Image.Image) -> Iterator[tuple[int, int, int]]:
    """Yield the pixels of a picture in RGB."""
    data = image.tobytes()
    yield from zip(data[::3], data[1::3], data[2::3], strict=True)


def size_of(svg: bytes) -> tuple[float, float]:
    """Return the width and height of an SVG in its units."""
    root = ET.fromstring(svg)  # noqa: S314 - the book's own
    return float(root.attrib["width"]), float(root.attrib["height"])


def read(site: Site, file: str) -> PageReading:
    return PageReading(site.files[file].decode())


def data_of(site: Site, file: str) -> dict[str, object]:
    """Return a page's JSON-LD."""
    html = site.files[file].decode()
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    return dict(json.loads(found))


def test_the_owners_page_is_there_to_the_character(website: BuiltSite) -> None:
    shown = read(website.site, DIFFUSION).visible
    assert straight(shown) == owners_page()
    assert shown.count(CURLY[1]) > 3
    assert not set("'\"") & set(shown)


def test_the_real_site_has_a_page_for_each_term_and_nothing_to_mend(
    website: BuiltSite, book: Built
) -> None:
    slugs = [term.slug for term in book.bench.glossary().terms]
    pages = {file for file in website.site.files if file.endswith(".html")}
    assert pages == {"index.html", "404.html", SOURCES, *(f"terms/{s}/index.html" for s in slugs)}
    assert len(slugs) == 75
    assert website.site.findings == []


def test_every_page_has_the_parts_of_the_owners_page_in_its_order(
    website: BuiltSite, book: Built
) -> None:
    headings = [
        "TL;DR",
        "The Plain English Version",
        "Why Should You Care?",
        "The Nerd Version (if you dare)",
        "Related terms",
        "Like this? Get one every week.",
    ]
    glossary = book.bench.glossary()
    for term in glossary.terms:
        html = website.site.files[f"terms/{term.slug}/index.html"].decode()
        found = re.findall(r"<h2[^>]*>(?:<a[^>]*>)?(.*?)(?:</a>)?</h2>", html)
        assert found == headings
        shown = straight(words(PageReading(html).visible))
        texts = [term.name, term.tagline, term.tldr, *term.plain, term.why, term.nerd]
        places = [shown.find(words(glossary.without_references(text))) for text in texts]
        assert -1 not in places
        assert places == sorted(places)


def test_the_first_page_has_every_term_once_under_its_category(
    website: BuiltSite, book: Built
) -> None:
    html = website.site.files["index.html"].decode()
    listed = re.findall(r'<li[^>]*><img class="motif"[^>]*><a href="/terms/([^"]+)/"', html)
    assert listed == [term.slug for term in book.bench.glossary().terms]


def test_the_sources_are_public_with_every_claim_and_nothing_else(
    website: BuiltSite, book: Built
) -> None:
    glossary = book.bench.glossary()
    page, first = read(website.site, SOURCES), f"terms/{glossary.terms[0].slug}/index.html"
    claims = [claim for claims in glossary.claims.values() for claim in claims]
    assert len(claims) > 400
    shown = straight(page.visible)
    for claim in claims:
        assert straight(words(claim.claim)) in shown
        assert straight(words(claim.source)) in shown
        assert claim.note is None or straight(words(claim.note)) not in shown
    assert page.ids >= {term.slug for term in glossary.terms}
    assert f"/sources/#{glossary.terms[0].slug}" in read(website.site, first).links


def test_addresses_are_canonical(website: BuiltSite) -> None:
    html = website.site.files[DIFFUSION].decode()
    address = "https://speaknerd.ai/terms/diffusion-model/"  # as a host serves a folder
    assert f'<link rel="canonical" href="{address}">' in html
    assert f'<meta property="og:url" content="{address}">' in html
    picture = f"{address}card.png"
    assert f'<meta property="og:image" content="{picture}">' in html
    assert "https://speaknerd.ai/" in website.site.files["index.html"].decode()


def test_a_term_is_a_defined_term_of_schema_org(website: BuiltSite, book: Built) -> None:
    term = book.bench.glossary().by_slug["diffusion-model"]
    data = data_of(website.site, DIFFUSION)
    assert data["@type"] == "DefinedTerm"
    assert (data["name"], data["description"]) == (term.name, term.tldr)
    assert data["url"] == "https://speaknerd.ai/terms/diffusion-model/"
    assert data["alternateName"] == ["diffusion"]
    terms = data["inDefinedTermSet"]
    assert isinstance(terms, dict)
    assert terms["@type"] == data_of(website.site, "index.html")["@type"] == "DefinedTermSet"


def test_the_sitemap_has_every_page_but_the_one_of_unknown_addresses(website: BuiltSite) -> None:
    root = ET.fromstring(website.site.files["sitemap.xml"])  # noqa: S314 - our own file
    found = [element.text or "" for element in root.iter() if element.tag.endswith("}loc")]
    assert len(found) == len(set(found)) == 77
    assert all(address.startswith("https://speaknerd.ai/") for address in found)
    assert "Sitemap: https://speaknerd.ai/sitemap.xml" in website.site.files["robots.txt"].decode()
    assert '<meta name="robots" content="noindex">' in website.site.files["404.html"].decode()


def feed_of(site: Site) -> ET.Element:
    return ET.fromstring(site.files["feed.xml"])  # noqa: S314 - our own file


def test_the_feed_announces_no_issue_that_was_not_sent(garden_site: GardenSite) -> None:
    assert feed_of(garden_site.site).findall("channel/item") == []


def test_the_feed_has_the_issues_that_were_sent_with_their_days_the_latest_first(
    strange_site: GardenSite,
) -> None:
    feed = feed_of(strange_site.site)
    said = [
        [element.findtext(name) for name in ("title", "link", "pubDate")]
        for element in feed.iter("item")
    ]
    assert said == [
        [
            "Garden Notes #2: Mulch",
            "https://garden.example/terms/mulch/",
            "Tue, 01 Dec 2026 12:00:00 GMT",
        ],
        [
            "Garden Notes #1: Compost",
            "https://garden.example/terms/compost/",
            "Tue, 24 Nov 2026 12:00:00 GMT",
        ],
    ]
    assert feed.findtext("channel/lastBuildDate") == said[0][2]


def test_a_link_preview_has_the_name_on_the_categorys_colour_over_the_drawing(
    website: BuiltSite,
) -> None:
    cards = {name: data for name, data in website.site.files.items() if name.endswith("card.png")}
    assert len(cards) == len({hashlib.sha256(data).digest() for data in cards.values()}) == 76
    for data in cards.values():
        with Image.open(io.BytesIO(data)) as image:
            assert image.size == (1200, 630)
    with Image.open(io.BytesIO(cards["terms/diffusion-model/card.png"])) as image:
        picture = image.convert("RGB")
    assert picture.getpixel((1150, 20)) == (168, 36, 107)  # the category's colour
    drawing = picture.crop((40, 304, 1160, 584)).convert("L").histogram()
    assert sum(drawing[230:]) > sum(drawing) * 0.4  # paper
    assert sum(drawing[:60]) > sum(drawing) * 0.02  # lines


def test_a_link_preview_shows_no_words_that_are_for_sale(garden_site: GardenSite) -> None:
    glossary = garden_site.glossary
    assert glossary.book.web
    renderer = SiteRenderer(glossary, glossary.book.web, Look({}, frozenset(), {}), (), {})
    pages = [page for page in make_pages(glossary) if page.term]
    shown = squash(PageReading(renderer.cards(pages, {})).visible)
    for term in glossary.terms:
        assert squash(f"{term.name}{term.tagline}") in shown
        for text in (term.takeaway, term.try_it, term.why):
            assert squash(glossary.without_references(text)) not in shown


def test_the_books_link_preview_has_its_cover(website: BuiltSite) -> None:
    with Image.open(io.BytesIO(website.site.files["card.png"])) as image:
        cover = image.convert("RGB").crop((640, 60, 960, 400))
    colours = {(value // 32, other // 32, last // 32) for value, other, last in pixels_of(cover)}
    assert len(colours) > 40  # of the cover's tiles, and what lies between them


PUBLISHED = ["LICENSE", "bricolage-grotesque-latin-800-normal.woff2"]
PUBLISHED = [f"fonts/bricolage-grotesque/{name}" for name in PUBLISHED] + ["styles/icons/leaf.svg"]
"""What is beside the texts of a site, as files of the project."""


@pytest.mark.parametrize("file", PUBLISHED)
@pytest.mark.parametrize("what", ["link", "pipe", "junk"])
def test_what_a_site_has_of_the_project_is_a_file_of_the_project(
    what: str, file: str, web_garden: Bench, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    path = web_garden.folder / file
    path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    if what == "link":
        path.symlink_to(tmp_path / "secret")
    elif what == "pipe":
        os.mkfifo(path)
    else:
        path.write_bytes(b"junk")
    look, findings = make_look(web_garden.folder, ["Compost"])
    says = {"link": "leads out of the project", "pipe": "not a file", "junk": "no font"}[what]
    if what == "junk" and path.suffix != ".woff2":
        assert findings == []
    else:
        code = "css-font" if what == "junk" else "file-unreadable"
        assert says in only(findings, code).message
        assert b"secret" not in look.files.values()


@pytest.mark.parametrize(
    "address", ["texture.png", "https://cdn.example/x.woff2", "../../fonts/none.ttf", "http://[x"]
)
def test_a_site_asks_for_nothing_that_it_does_not_have(address: str, web_garden: Bench) -> None:
    web_garden.append("styles/web/base.css", f'h1 {{ background: url("{address}"); }}\n')
    finding = only(make_look(web_garden.folder, ["Compost"])[1], "web-loads")
    assert finding.message == f"`{address}` is no font in fonts/"
    assert finding.place.file == "styles/web/base.css"


def hidden_on_the_site(bench: Bench, css: str) -> list[str]:
    """Return where the site's styles hide words of terms' pages, after some CSS."""
    bench.append("styles/web/base.css", css + "\n")
    glossary = bench.glossary()
    look, _ = make_look(bench.folder, ["Compost"])
    assert glossary.book.web
    renderer = SiteRenderer(glossary, glossary.book.web, look, (), {})
    pages = [(one.term.slug, renderer.page(one)) for one in make_pages(glossary) if one.term]
    fields = ["tagline", *glossary.book.web.shows]
    return [
        str(one.place) for one in find_hidden(glossary, pages, Cascade(look.styles, SCREEN), fields)
    ]


@pytest.mark.parametrize(
    ("css", "column"),
    [
        (".term-tagline { display: none }", 17),
        ("p { color: red; visibility: hidden !important } p { display: block }", 17),
        ("main { & p { display: none } }", 14),
        (".term .term-tagline { display: none }", 23),
        (".term-tagline { display: block } .term-tagline { display: none }", 50),
        ("html { display: none }", 8),
        ("@media screen { p { display: none } }", 21),
        ("@media all { .term-tagline { display: none } }", 30),
    ],
)
def test_a_style_that_hides_what_a_page_is_to_show_is_told_once(
    css: str, column: int, web_garden: Bench
) -> None:
    lines = web_garden.read("styles/web/base.css").count("\n")
    assert hidden_on_the_site(web_garden, css) == [f"styles/web/base.css:{lines + 1}:{column}"]


@pytest.mark.parametrize(
    "css",
    [
        "@media print { p { display: none } }",
        "@media (max-width: 20em) { p { display: none } }",
        ".term-tagline { display: none } .wide .term-tagline { display: block }",
        ".term-tagline { display: none } @media screen { .term-tagline { display: block } }",
        ".term-tagline { visibility: hidden } .term-tagline:is(*) { visibility: visible }",
        "p { visibility: hidden; overflow: hidden; }",
        "p:hover, .foot, .locator, nav { display: none }",
        "p { display: none } p { display: block !important }",
        ".term-tagline:not(:target) { display: none }",
        "body:not(:has(#nerd:target)) .term-tagline { display: none }",
        "p { display: none } @supports (display: grid) { p { display: block } }",
        "p { display: none } @container (width > 10em) { p { display: block } }",
        "p { display: none } @layer x { p { display: block } }",
        "p { display: none } @media screen { p { display: block } }",
        ".term-tagline { display: none } article:hover > .term-tagline { display: block }",
    ],
)
def test_what_is_hidden_now_and_then_or_shown_elsewhere_is_not_told(
    css: str, web_garden: Bench
) -> None:
    assert hidden_on_the_site(web_garden, css) == []


def test_the_sites_style_sheet_has_its_fonts_and_all_its_rules(web_garden: Bench) -> None:
    face = '@font-face { font-family: Z; src: url("../../fonts/vollkorn/Vollkorn-Regular.ttf"); }\n'
    rules = 'h6::before { content: "/*" } h5 { color: red } h4::before { content: "*/" }\n'
    tokens = ':root { --unused: "a;b"; --tab: blue; } h3 { color: var(--tab) }\n'
    web_garden.append("styles/web/base.css", face + rules + tokens)
    look, findings = make_look(web_garden.folder, ["Compost"])
    css = look.files["style.css"].decode()
    assert findings == []
    assert ".." not in css
    assert "h5{color:red}" in css
    assert 'h6::before{content:"/*"}' in css
    assert 'b"' not in css


def test_fonts_are_woff2_with_every_character_of_the_site_and_their_licence(
    website: BuiltSite,
) -> None:
    files = website.site.files
    fonts = [name for name in files if name.endswith(".woff2")]
    shown = {
        c for name in files if name.endswith(".html") for c in read(website.site, name).visible
    }
    assert len(fonts) == 8
    for name in fonts:
        font = TTFont(io.BytesIO(files[name]))
        assert font.flavor == "woff2"
        assert f"{Path(name).parent.as_posix()}/LICENSE" in files
        if "Vollkorn" in name:
            assert {ord(c) for c in shown} <= font.getBestCmap().keys()
    css = files["style.css"].decode()
    assert sorted(re.findall(r'url\("/([^"]+)"\)', css)) == sorted(fonts)
    assert css.count("font-display:swap") == 8
    first = files["index.html"].decode()
    ahead = re.findall(r'<link rel="preload" href="/([^"]+)" as="font"', first)
    assert sorted(ahead) == sorted(name for name in fonts if "bricolage" in name)


def test_every_style_sheet_and_template_of_the_site_is_used() -> None:
    main = (ROOT / "styles/web/main.css").read_text(encoding="utf-8")
    names = {path.name for path in (ROOT / "styles/web").iterdir()} - {"main.css"}
    assert names == set(re.findall(r'@import "([\w-]+\.css)";', main))
    source = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "src").rglob("*.py"))
    source += "".join(p.read_text(encoding="utf-8") for p in (TEMPLATES / "web").iterdir())
    for path in (TEMPLATES / "web").iterdir():
        kind = path.name.partition(".")[0]
        assert path.name in source or f'kind="{kind}"' in source or f'"{kind}"' in source


def test_the_first_page_is_light(website: BuiltSite) -> None:
    files = website.site.files
    loads = [path.strip("/") for path in read(website.site, "index.html").loads]
    later = {path.strip("/") for path in read(website.site, "index.html").later}
    assert {"style.css", "search.js", "pages.webp"} <= set(loads) - later
    folders = ("drawings/", "icons/", "motifs/", "pages/")
    assert {name for name in later if not name.startswith(folders)} == {"cover.png"}
    at_once = {"index.html", *(one for one in loads if "fonts/" not in one)} - {"feed.xml"} - later
    assert sum(len(files[name]) for name in at_once) <= MOST_BYTES


def test_the_first_page_has_a_drawing_for_each_category_with_its_words(
    website: BuiltSite, book: Built
) -> None:
    glossary = book.bench.glossary()
    html = website.site.files["index.html"].decode()
    shown = re.findall(r'<img class="drawing" src="/drawings/([^"]+).svg" alt="([^"]+)"', html)
    example, *terms = [glossary.by_slug[slug.removesuffix("-strip")] for slug, _ in shown]
    assert f'<a href="/terms/{example.slug}/">For example: {example.name}</a>' in html
    assert summary(glossary, example) in straight(read(website.site, "index.html").visible)
    assert [term.category for term in terms] == [one.id for one in glossary.categories]
    for term, (slug, alt) in zip((example, *terms), shown, strict=True):
        assert straight(unescape(alt)) == alt_of(term)
        width, height = size_of(website.site.files[f"drawings/{slug}.svg"])
        assert (width <= 336, height <= 84) == (True, True)
        assert slug == term.slug + ("-strip" if term != example else "")


def test_a_narrow_screen_has_each_drawing_in_two_rows(website: BuiltSite, book: Built) -> None:
    files = website.site.files
    for term in book.bench.glossary().terms:
        narrow = f"drawings/{term.slug}-narrow.svg"
        width, height = size_of(files[narrow])
        assert width < 2.5 * height
        size = f'width="{round(4 * width)}" height="{round(4 * height)}"'
        page = files[f"terms/{term.slug}/index.html"].decode()
        assert f'<source media="(max-width: 40rem)" srcset="/{narrow}" {size}>' in page


def test_the_first_page_has_the_motif_of_each_drawing_and_related_terms_have_theirs(
    website: BuiltSite, book: Built
) -> None:
    files, terms = website.site.files, book.bench.glossary().terms
    motifs = {f"motifs/{term.slug}.svg" for term in terms}
    assert {name for name in files if name.startswith("motifs/")} == motifs
    assert {files[name].count(b"<text") for name in motifs} == {0}
    first = files["index.html"].decode()
    assert re.findall(r'<li[^>]*><img class="motif" src="/motifs/(.*?).svg"', first) == [
        term.slug for term in terms
    ]
    for term in terms:
        page = files[f"terms/{term.slug}/index.html"].decode()
        assert re.findall(r'src="/motifs/(.*?).svg"', page) == list(term.related)


def test_a_drawing_needs_no_font_and_has_the_colours_of_the_night(website: BuiltSite) -> None:
    drawings = {name: data for name, data in website.site.files.items() if "drawings/" in name}
    assert len(drawings) == 2 * 75 + 8
    for data in drawings.values():
        root = ET.fromstring(data)  # noqa: S314 - the book's own
        assert not [one for one in root.iter() if one.tag.endswith("}text")]
        assert b"prefers-color-scheme:dark" in data
        assert b"var(" not in data


def test_the_first_page_sells_with_price_shop_and_sample(website: BuiltSite) -> None:
    page = website.site.files["index.html"].decode()
    offer = page[page.index('class="offer"') : page.index('class="search"')]
    assert f'href="https://speaknerd.ai">{BUTTON}</a>' in offer
    assert 'href="/speaknerd-cheat-sheet-sample.pdf">Free sample of 6 terms</a>' in offer
    assert website.site.files["speaknerd-cheat-sheet-sample.pdf"].startswith(b"%PDF")
    claims = website.site.files[SOURCES].count(b'class="claim"')
    checked = f"Facts checked, November 2026: {claims} claims, each with its source"
    assert f'<a href="/sources/">{checked}</a>' in offer
    with Image.open(io.BytesIO(website.site.files["pages.webp"])) as image:
        assert image.mode == "RGBA"
        assert image.getchannel("A").getpixel((2, 2)) == 0


def test_the_first_page_shows_pages_of_the_sample_and_says_what_one_gets(
    website: BuiltSite, book: Built
) -> None:
    glossary = book.bench.glossary()
    page, shown = (
        website.site.files["index.html"].decode(),
        read(website.site, "index.html").visible,
    )
    given = given_pages(glossary)
    pages = re.findall(
        r'<a href="/speaknerd-cheat-sheet-sample.pdf"><img src="/pages/(.*?).webp"', page
    )
    assert pages == ["term-vibe-coding", "map", "paths"]
    for name in pages:
        assert straight(f'alt="{given[name]}, a page of {glossary.book.title}"') in straight(page)
        with Image.open(io.BytesIO(website.site.files[f"pages/{name}.webp"])) as image:
            assert f'width="{image.width}" height="{image.height}"' in page
    assert glossary.book.web
    web = glossary.book.web
    named = [text for point in web.gets for text in (point.name, point.line)]
    assert "A map" in named
    for text in (web.adds, web.yours, web.free, "What the $9 book adds", *named):
        assert text
        assert text in straight(shown)


@pytest.mark.parametrize("page", ["term-thinning", "pairs", "offer", "nothing"])
def test_a_page_that_the_sample_lacks_is_not_shown(
    page: str, web_garden: Bench, built_garden: Built
) -> None:
    shown = f"web:\n  gets: [{{line: Soil, page: cover}}, {{line: Much more, page: {page}}}]\n"
    web_garden.replace("content/book.yaml", "web:\n", shown)
    sample = "{terms: [compost], without: [pairs], line: Free, offer: {title: More}}"
    web_garden.replace("content/book.yaml", "  pocket:\n", f"  pocket:\n    sample: {sample}\n")
    site = make_site(web_garden.folder, web_garden.glossary(), built_garden.build.data)
    finding = only(list(site.findings), "web-page")
    assert finding.message == f"`{page}` is not in it"
    assert str(finding.place).startswith("content/book.yaml:")
    assert site.files == {}


def test_a_terms_page_has_its_drawing_and_leads_to_the_book(
    website: BuiltSite, book: Built
) -> None:
    glossary = book.bench.glossary()
    assert glossary.book.web
    for term in glossary.terms:
        page = website.site.files[f"terms/{term.slug}/index.html"].decode()
        assert f'src="/drawings/{term.slug}.svg"' in page
        assert page.count(f'aria-label="{BUTTON}" data-words="{BUTTON}"') == 1
        assert page.count(f'href="{glossary.book.shop}">{BUTTON}</a>') == 1
        adds = f'class="call-adds" data-words="{glossary.book.web.adds}"'
        assert straight(unescape(page)).count(adds) == 1
        assert f'data-words="{glossary.book.web.page_adds}"' in straight(unescape(page))


def test_a_terms_page_leads_to_those_beside_it_and_says_where_it_stands(
    website: BuiltSite, book: Built
) -> None:
    terms = book.bench.glossary().terms
    for at, term in enumerate(terms):
        page = website.site.files[f"terms/{term.slug}/index.html"].decode()
        steps = re.findall(r'<a class="step step-(\w+) [^"]*" href="/terms/([^"/]+)/"', page)
        beside = {"before": at - 1, "after": at + 1}
        assert steps == [(way, terms[n].slug) for way, n in beside.items() if 0 <= n < len(terms)]
        assert f'data-words="{at + 1} of 75"' in page
        kin = sum(other.category == term.category for other in terms) - 1
        assert (page.count('class="tile-current"'), page.count('class="tile-kin"')) == (1, kin)


def test_without_price_shop_and_sample_there_is_no_hole(strange_site: GardenSite) -> None:
    for name in ("index.html", COMPOST):
        page = strange_site.site.files[name].decode()
        assert "None" not in page
        assert "as a PDF" not in page
        assert "call-book" not in page
        assert "masthead-buy" not in page
        assert "term-picture" not in page
    first = strange_site.site.files["index.html"].decode()
    assert not any(name in first for name in ("offer-ways", "offer-adds", 'class="inside"'))


@pytest.mark.skipif(shutil.which("java") is None, reason="needs Java")
def test_every_page_is_valid_html_and_css(website: BuiltSite) -> None:
    jar = npm_file("vnu-jar/build/dist/vnu.jar")
    done = subprocess.run(  # noqa: S603
        [shutil.which("java") or "", "-jar", jar, "--skip-non-html", website.folder],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


SENT = """sent:
- {issue: 1, day: '2026-11-24'}
- {issue: 2, day: '2026-12-01'}
terms: 12"""
NASTY = '</script><script>alert("x")</script> {{ 7*7 }} & <b>soup</b>. Like it.'


def cards_alone(bench: Bench, book: Built) -> list[Finding]:
    """Return what is wrong with the cards of a garden whose tokens were changed."""
    return list(make_site(bench.folder, bench.glossary(), book.build.data).findings)


@pytest.mark.slow
def test_a_card_says_when_a_name_is_too_long_for_it(web_garden: Bench, built_garden: Built) -> None:
    web_garden.replace("styles/previews/tokens.css", "--card-name: 120px", "--card-name: 220px")
    findings = cards_alone(web_garden, built_garden)
    assert '"Hardening Off" is too long for its card' in {f.message for f in findings}


@pytest.mark.parametrize("token", ["--card-fan-left: 468px", "--card-width: 1200px"])
def test_a_card_needs_a_size_and_a_place_for_the_fan(
    token: str, web_garden: Bench, built_garden: Built
) -> None:
    name = token.partition(":")[0]
    web_garden.replace("styles/previews/tokens.css", token, f"{name}: 40em")
    finding = only(cards_alone(web_garden, built_garden), "web-card")
    assert name in finding.message


@pytest.mark.slow
def test_a_link_preview_is_as_large_as_the_styles_say(
    web_garden: Bench, built_garden: Built
) -> None:
    web_garden.replace("styles/previews/tokens.css", "--card-width: 1200px", "--card-width: 1260px")
    site = make_site(web_garden.folder, web_garden.glossary(), built_garden.build.data)
    assert '<meta property="og:image:width" content="1260">' in site.files[COMPOST].decode()
    with Image.open(io.BytesIO(site.files["card.png"])) as image:
        assert image.size == (1260, 630)


@pytest.fixture(scope="module")
def garden_site(
    tmp_path_factory: pytest.TempPathFactory, make_web_garden: Callable[[Path], Bench]
) -> GardenSite:
    """The garden book's site; for tests that damage a copy."""
    return made(make_web_garden(tmp_path_factory.mktemp("web") / "garden"))


@pytest.fixture(scope="module")
def strange_site(
    tmp_path_factory: pytest.TempPathFactory, make_web_garden: Callable[[Path], Bench]
) -> GardenSite:
    """A garden with markup in a text, whose site shows only the TL;DR and the plain version."""
    bench = make_web_garden(tmp_path_factory.mktemp("strange") / "garden")
    bench.replace("content/book.yaml", "[tldr, plain, why, nerd, related]", "[tldr, plain]")
    bench.replace("content/book.yaml", "terms: 12", SENT)
    bench.replace("content/book.yaml", "price: $2\n", "")
    bench.replace("content/book.yaml", "shop: https://garden.example/shop\n", "")
    text = bench.read(COMPOST_FILE)
    start, end = text.index("tldr: >-"), text.index("plain:")
    bench.write(COMPOST_FILE, f"{text[:start]}tldr: >-\n  {NASTY}\n{text[end:]}")
    return made(bench)


def made(bench: Bench) -> GardenSite:
    """Build a garden and its site."""
    build = bench.build()
    return GardenSite(
        bench.glossary(), make_site(bench.folder, bench.glossary(), build.data), build.data
    )


def judged(garden: GardenSite, change: str = "") -> list[Finding]:
    """Return the findings of a garden's site after a change of a file: `name|old|new`."""
    files = dict(garden.site.files)
    if change:
        name, old, new = change.split("|")[:3]
        assert old in files[name].decode()
        files[name] = files[name].decode().replace(old, new).encode()
    with read_pdf(garden.pdf) as book:
        assert isinstance(book, PypdfView)
        return list(check_site(files, garden.glossary, book))


def test_the_gardens_site_has_nothing_to_mend(garden_site: GardenSite) -> None:
    assert garden_site.site.findings == []
    assert judged(garden_site) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (f"{COMPOST}|you do a little|you do a lot", "parity-tldr"),
        (f"{COMPOST}|Why Should You Care?|Who Cares?", "parity-why"),
        (f'{COMPOST}|href="/terms/mulch/"|href="/terms/thinning/"', "parity-related"),
        (f"{COMPOST}|</main>|<p>And so on.</p></main>", "parity-extra"),
        (f"{COMPOST}|</main>|<p>Compost is patience with a trowel.</p></main>", "web-paid"),
        (f"{COMPOST}|</main>|<p>Compost goes into the ground and feeds it.</p></main>", "web-paid"),
        (f'{COMPOST}|</main>|<p title="Compost is patience with a trowel."></p>', "web-paid"),
        (
            "feed.xml|</title>|</title>Read it on the bench. The number after a word is its page.",
            "web-paid",
        ),
        (f'{COMPOST}|href="/terms/mulch/"|href="/terms/mulsh/"', "web-link"),
        ('index.html|href="#soil"|href="#soul"', "web-link"),
        ('index.html|src="/search.js"|src="/find.js"', "web-link"),
        (f'{COMPOST}|</main>|<source srcset="/a.png"><img src="/icon.svg"></main>', "web-link"),
        ('index.html|src="/search.js"|src="https://cdn.example/search.js"', "web-link"),
        (f'{COMPOST}|href="/terms/mulch/"|href="javascript:alert(1)"', "web-link"),
        (f'{COMPOST}|href="/style.css"|href="/icon.svg"', "web-link"),
        (f"index.html|</main>|{'compost ' * 12000}</main>", "web-weight"),
        ('index.html|href="/terms/mulch/"|href="/"', "web-unnamed"),
        ("sitemap.xml|/terms/mulch/|/", "web-unnamed"),
        ('index.html|<script src="/search.js" defer></script>||', "web-unnamed"),
        (f"{COMPOST}|<!DOCTYPE html>||", "web-lacks"),
        (f'{COMPOST}|<meta charset="utf-8">||', "web-lacks"),
        (f'{COMPOST}|<meta name="viewport"|<meta name="view"', "web-lacks"),
        (f"{COMPOST}|<title>Compost|<title>Mulch", "web-lacks"),
        (f'{COMPOST}|property="og:title" content="Compost"|property="og:title"', "web-lacks"),
        (f'{COMPOST}|"DefinedTerm"|"Term"', "web-lacks"),
        (f'{COMPOST}|href="/feed.xml"|href="/"', "web-lacks"),
        (f'{COMPOST}|href="https://garden.example/shop"|href="/"', "web-lacks"),
        ("index.html|<h1|<h2", "web-lacks"),
        ("feed.xml|<language>en-us</language>||", "web-lacks"),
    ],
)
def test_damage_to_the_site_is_found(change: str, code: str, garden_site: GardenSite) -> None:
    assert code in codes(judged(garden_site, change))


@pytest.mark.parametrize(
    "change",
    [
        "index.html|</main>|<svg><title>Star</title><path d='M0 0'/></svg></main>",
        "index.html|</main>|<h1>More</h1></main>",
        'index.html|<meta charset="utf-8">|<meta http-equiv="x" content="a/b; charset=utf-8">',
    ],
)
def test_what_a_page_may_have_besides_is_not_told(change: str, garden_site: GardenSite) -> None:
    assert "web-lacks" not in codes(judged(garden_site, change))


@pytest.mark.slow
def test_a_paid_text_among_the_sources_is_found(web_garden: Bench, built_garden: Built) -> None:
    takeaway = "Compost is patience with a trowel."
    for claim in ("It grows.", takeaway):
        source = "source: Seen\n      checked: '2026-11-22'"
        text = f"sources:\n  compost:\n    - claim: {claim}\n      {source}\n"
        web_garden.write("content/sources.yaml", text)
        site = make_site(web_garden.folder, web_garden.glossary(), built_garden.build.data)
        assert ("web-paid" in codes(list(site.findings))) == (claim == takeaway)
        assert claim in read(site, SOURCES).visible


def test_a_finding_names_the_field_and_its_line(
    garden_site: GardenSite,
) -> None:
    change = f"{COMPOST}|you do a little|you do a lot"
    finding = only(judged(garden_site, change), "parity-tldr")
    assert finding.message.startswith('`tldr` of Compost: the page has "lot')
    assert str(finding.place).startswith("content/terms/compost.yaml:11:")


def test_a_book_of_another_text_is_found(garden_site: GardenSite, garden: Bench) -> None:
    garden.replace(COMPOST_FILE, "you do a little", "you do a lot")
    other = replace(garden_site, glossary=garden.glossary())
    change = f"{COMPOST}|you do a little|you do a lot"
    finding = only(judged(other, change), "parity-tldr")
    assert finding.message == "`tldr` of Compost: the PDF does not have it, or not whole"


def test_what_the_owner_does_not_show_is_nowhere(strange_site: GardenSite) -> None:
    assert strange_site.site.findings == []
    glossary = strange_site.glossary
    publisher = Publisher(glossary.book.site, glossary.labels)
    page = read_bytes(strange_site.site.files[COMPOST], COMPOST, publisher)
    assert set(page.fields) == {"name", "tagline", "tldr", "plain"}
    why = next(term.why for term in glossary.terms if term.slug == "compost")
    assert "web-paid" in codes(judged(strange_site, f"{COMPOST}|</main>|<p>{why}</p></main>"))


def test_markup_in_a_text_is_text(strange_site: GardenSite) -> None:
    html = strange_site.site.files[COMPOST].decode()
    assert html.count("<script") == 1
    assert " ".join(NASTY.split()) in straight(read(strange_site.site, COMPOST).visible)
    assert data_of(strange_site.site, COMPOST)["description"] == NASTY
    ET.fromstring(strange_site.site.files["feed.xml"])  # noqa: S314 - our own file


def written(folder: Path) -> Files:
    """Return the files in a folder, by path."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.slow
def test_two_builds_are_the_same_bytes_and_a_stale_page_goes(web_garden: Bench) -> None:
    result = CliRunner().invoke(main, ["-C", str(web_garden.folder), "web"])
    assert result.exit_code == 0, result.output
    assert re.fullmatch(r"dist/web: 14 pages, \d+ files, \d+\.\d MB\n", result.output)
    folder = web_garden.folder / "dist/web"
    first = written(folder)
    web_garden.write("dist/web/terms/dodo/index.html", "a term that was deleted")
    build = build_site(web_garden.folder)
    assert written(folder) == first
    assert (build.pages, build.files) == (14, len(first))
    assert sorted(path.name for path in folder.parent.iterdir()) == ["garden-words.pdf", "web"]


def test_a_site_with_errors_leaves_the_last_one_as_it_was(web_garden: Bench) -> None:
    web_garden.write("dist/web/index.html", "the last site")
    web_garden.replace("content/terms/compost.yaml", "tagline:", "tagine:")
    assert not build_site(web_garden.folder).ok
    assert web_garden.read("dist/web/index.html") == "the last site"


@pytest.mark.slow_but_first
@pytest.mark.parametrize(("stage", "code"), [("web", "web-write"), ("check", "fields-missing")])
def test_a_site_of_a_project_that_changes_meanwhile_is_not_made(
    web_garden: Bench, stage: str, code: str
) -> None:
    """It would be of two texts: the book of the old one, the pages of the new one."""
    change = {"web": ("slow pot", "large pot"), "check": ("tagline:", "# tagline:")}[stage]

    def save(_: str, now: str, *_more: object) -> None:
        if now == stage and change[0] in web_garden.read("content/terms/compost.yaml"):
            web_garden.replace("content/terms/compost.yaml", *change)

    build = build_site(web_garden.folder, save)
    assert (codes(build.findings), build.ok) == ({code}, False)
    assert not (web_garden.folder / "dist/web").exists()


def test_a_book_without_a_site_says_what_to_add(garden: Bench, built_garden: Built) -> None:
    text = garden.read("content/book.yaml")
    garden.write("content/book.yaml", re.sub(r"(?s)web:\n.*?(?=matter:)", "", text))
    site = make_site(garden.folder, garden.glossary(), built_garden.build.data)
    assert codes(list(site.findings)) == {"web-settings"}
    assert site.files == {}


@pytest.mark.slow
def test_a_project_without_the_sites_styles_is_answered_with_their_file(garden: Bench) -> None:
    result = CliRunner().invoke(main, ["-C", str(garden.folder), "web", "--format", "json"])
    assert result.exit_code == 1
    report = json.loads(result.output)
    assert (report["ok"], report["folder"]) == (False, None)
    assert {finding["code"] for finding in report["findings"]} == {"css-file"}
    assert {finding["file"] for finding in report["findings"]} == {
        "styles/previews/card.css",
        "styles/web/main.css",
    }
    assert not (garden.folder / "dist/web").exists()


def test_a_book_without_a_print_edition_has_no_site(garden: Bench) -> None:
    garden.replace("content/book.yaml", "  print:\n", "  plain:\n")
    result = CliRunner().invoke(main, ["-C", str(garden.folder), "web"])
    assert result.exit_code == 2
    assert "there is no edition `print`" in result.output


def test_the_lock_file_of_npm_has_hashes_and_names_no_registry() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    packages = [package for name, package in json.loads(text)["packages"].items() if name]
    for package in packages:
        package.pop("funding", None)  # the pages of those who made it
    assert "://" not in json.dumps(packages)
    assert all("integrity" in package for package in packages)


def test_an_import_of_all_pages_changes_nothing(book: Built, website: BuiltSite) -> None:
    pages = sorted(website.folder.glob("terms/*/index.html"))
    imported = list(import_files(book.bench.folder, pages, dry_run=True))
    assert len(imported) == 75
    assert [(one.source, one.changed, one.findings) for one in imported if one.changed] == []
    assert [one.source for one in imported if one.findings or not one.ok] == []
