"""Texts become HTML: references, curly quotes, and nothing that was meant as text."""

import re
from dataclasses import replace

import pytest

from cheatsheet.book.html import HtmlRenderer, template_names
from cheatsheet.book.typography import Typographer
from cheatsheet.model.sections import make_sections, number_pages
from cheatsheet.stylesheets import names_in
from conftest import Bench, Built


def render_compost(garden: Bench) -> str:
    glossary = garden.glossary()
    sections = make_sections(glossary)
    compost = next(section for section in sections if section.id == "term-compost")
    return HtmlRenderer(glossary, sections, {}).render(compost, number_pages(sections, {}))


def render_with(bench: Bench, kind: str, tokens: dict[str, str]) -> str:
    glossary = bench.glossary()
    sections = make_sections(glossary)
    section = next(one for one in sections if one.kind == kind)
    return HtmlRenderer(glossary, sections, tokens).render(section, number_pages(sections, {}))


def test_a_rule_for_references_is_no_mistake_where_no_page_has_one(garden: Bench) -> None:
    shown = names_in(render_compost(garden))
    assert {".reference", ".reference-page"} <= shown & template_names()


@pytest.mark.parametrize(
    ("height", "name"), [("80mm", "column"), ("30mm", "long"), ("auto", "column"), ("", "column")]
)
def test_contents_that_a_column_does_not_hold_flow_on(
    height: str, name: str, built_garden: Built
) -> None:
    tokens = {"--contents-column-height": height, "--line-contents": "12pt"}
    html = render_with(built_garden.bench, "contents", tokens)
    assert ("contents-long" in html) == (name == "long")
    assert html.count(f'class="contents-{name}"') == (1 if name == "long" else 2)


def test_a_road_into_another_part_ends_at_words_that_say_page(book: Built) -> None:
    html = render_with(book.bench, "map", {"--map-columns": "2", "--map-borders": "closed"})
    ends = re.findall(r'class="map-abroad category-[a-z-]+" data-number="([^"]*)"', html)
    assert ends
    assert all(re.fullmatch(r"p\. \d+", end) for end in ends)


def test_more_terms_have_smaller_tiles_on_the_cover(built_garden: Built) -> None:
    tokens = {"--cover-step": "10mm", "--cover-tiles-height": "10mm", "--cover-tile-gap": "2mm"}
    assert "--cover-step" not in render_with(built_garden.bench, "cover", tokens)
    tokens["--cover-tiles-height"] = "5mm"
    html = render_with(built_garden.bench, "cover", tokens)
    assert "--cover-step: 5.0mm;" in html
    assert "--cover-tile-gap: 1.0mm;" in html


@pytest.mark.parametrize(("terms", "rows"), [(12, 12), (40, 16)])
def test_the_rows_of_an_opener_share_its_height_as_long_as_they_can_be_read(
    terms: int, rows: int, built_garden: Built
) -> None:
    glossary = built_garden.bench.glossary()
    first = glossary.categories[0].id
    kept = [term for term in glossary.terms if term.category == first]
    more = range(terms - len(kept))
    copies = [kept[0].model_copy(update={"slug": f"copy-{number}"}) for number in more]
    grown = replace(glossary, terms=(*glossary.terms, *copies))
    sections = make_sections(grown)
    opener = next(section for section in sections if section.kind == "category")
    html = HtmlRenderer(grown, sections, {}).render(opener, number_pages(sections, {}))
    assert f"--rows: {rows} " in html
    assert html.count('<li class="row">') == terms


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ('"Don\'t," she said.', "\u201cDon\u2019t,\u201d she said."),
        ("a \"quoted 'inner' text\"", "a \u201cquoted \u2018inner\u2019 text\u201d"),
        ("the '90s, dogs' bowls", "the \u201990s, dogs\u2019 bowls"),
        ("the '60s-'70s of rock 'n' roll", "the \u201960s-\u201970s of rock \u2019n\u2019 roll"),
        ("'Tis 'em, '\u2018no\u2019'", "\u2019Tis \u2019em, \u2018\u2018no\u2019\u2019"),
        ("[[mulch|GPT]]'s 'own' '90s", "GPT\u2019s \u2018own\u2019 \u201990s"),
        ("it's 'fine' 'cause I'm", "it\u2019s \u2018fine\u2019 \u2019cause I\u2019m"),
        ("noise \u2014 like snow", "noise \u2014 like snow"),
        ("a *star* and _under_", "a *star* and _under_"),
        ("(c) and +- stay", "(c) and +- stay"),
        ("<b>bold</b> & co", "&lt;b&gt;bold&lt;/b&gt; &amp; co"),
        ("{{ 7*7 }} {% raw %}", "{{ 7*7 }} {% raw %}"),
        ("&copy; https://x.example", "&amp;copy; https://x.example"),
        ("[[mulch|ground]] cover", "ground cover"),
    ],
)
def test_a_text_is_printed_as_it_is_meant(built_garden: Built, written: str, printed: str) -> None:
    assert Typographer(built_garden.bench.glossary()).words(written) == printed


def test_markup_and_templates_in_a_term_are_text(garden: Bench) -> None:
    garden.replace(
        "content/terms/compost.yaml",
        "Nobody gets it right",
        "<script>alert(1)</script> {{ 7*7 }} {% include 'x' %} nobody gets it right",
    )
    html = render_compost(garden)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} {% include" in html
    assert "<script" not in html
    assert "49" not in html


def test_a_reference_is_a_link_that_prints_its_page(garden: Bench) -> None:
    html = render_compost(garden)
    assert (
        '<a class="reference" href="#term-mulch" title="Mulch, page 3">mulch '
        '<span class="reference-page">(p.\u00a03)</span></a>'
    ) in html


def test_a_reference_without_words_prints_the_name(garden: Bench) -> None:
    garden.replace("content/terms/compost.yaml", "[[mulch|mulch]]", "[[mulch]]")
    assert ">Mulch <span" in render_compost(garden)


def test_every_section_says_its_language_and_title(garden: Bench) -> None:
    glossary = garden.glossary()
    sections = make_sections(glossary)
    renderer = HtmlRenderer(glossary, sections, {})
    for section in sections:
        html = renderer.render(section, number_pages(sections, {}))
        assert '<html lang="en-US" class=' in html
        assert "<title>Twelve Words for Your Garden: What the neighbors mean</title>" in html


@pytest.mark.parametrize(
    ("text", "end"),
    [
        (
            "Wait until May 12, 2027 or so.",
            "until May\N{NO-BREAK SPACE}12,\N{NO-BREAK SPACE}2027 or so.",
        ),
        ("Frost comes in March 2027.", "in March\N{NO-BREAK SPACE}2027."),
        ("It may 3 times fail.", "may 3 times fail."),
        ("Sow by Mayday 3.", "by Mayday 3."),
    ],
)
def test_a_date_is_held_together(text: str, end: str, garden: Bench) -> None:
    glossary = garden.glossary()
    sections = make_sections(glossary)
    compost = next(section for section in sections if section.id == "term-compost")
    assert compost.term
    compost = replace(compost, term=compost.term.model_copy(update={"why": text}))
    html = HtmlRenderer(glossary, sections, {}).render(compost, number_pages(sections, {}))
    assert f"{end}</p>" in html
