"""Slips in templates: each is found at its line, by every command that renders one."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path, PurePath
from threading import Event

import pytest
from click.testing import CliRunner

from cheatsheet.book import html, templates
from cheatsheet.book.markup import slip_in
from cheatsheet.build import watching
from cheatsheet.build.builder import Builder
from cheatsheet.build.checking import check_built
from cheatsheet.build.watching import rebuild_on_save
from cheatsheet.cli import main
from cheatsheet.layout import records
from cheatsheet.system.reading import TEMPLATES
from conftest import ROOT, Bench, codes, only

EPUB = "epub: {date: '2027-01-05', accessibility: All of it can be read aloud.}\n"
JSON_LD = '<script type="application/ld+json">{} {}</script>'
SLIP = "{{ 1 / 0 }}"
SAYS = "ZeroDivisionError: division by zero"


@pytest.fixture
def slip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str | None], int]:
    """Return what adds a line to a copy of a template and returns its number; None removes it."""
    folder = tmp_path / "src/cheatsheet/templates"
    shutil.copytree(TEMPLATES, folder)
    for module in (templates, html, records, watching):
        monkeypatch.setattr(module, "TEMPLATES", folder)
    monkeypatch.setattr(records, "CODE", folder.parent)

    def add(template: str, line: str | None) -> int:
        file = folder / template
        if line is None:
            file.unlink()
            return 0
        lines = [*file.read_text(encoding="utf-8").splitlines(), line]
        file.write_bytes("\n".join(lines).encode("latin-1", "replace"))
        return len(lines)

    return add


def answer(bench: Bench, *command: str) -> str:
    """Run a command that must fail, and return what it says."""
    result = CliRunner().invoke(main, ["-C", str(bench.folder), *command])
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit), result.exception
    return result.output


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{% if %}", "Expected an expression"),
        ("{# never closed", "Missing end of comment tag"),
        ("{{ nothing.at.all }}", "'nothing' is undefined"),
        ("{{ book.colour }}", "has no attribute 'colour'"),
        ("{{ 'x' | shout }}", "No filter named 'shout'"),
        ("{% include 'nowhere.html' %}", "there is no template `nowhere.html`"),
        ("{% for word in 3 %}{% endfor %}", "'int' object is not iterable"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "maximum recursion depth exceeded"),
        ("{{ 'a long word' | truncate(2) }}", "AssertionError: "),
        ("{% for n in range(10**9) %}{% endfor %}", "OverflowError: Range too big"),
        ("{{ cycler() }}", "at least one item has to be provided"),
        ("{ term.name }}", "`{ term.name }` would be printed as it stands"),
        (
            "{{ term.why | words }} {{ term.why | words }}",
            "`{{ term.why | words }}` stands there tw",
        ),
        ("{ % if term %}", "`%}` would be printed as it stands"),
        ("{{ labels.newsletter.hello | put(wrter='Al') }}", "the label asks for `writer`, which"),
        ("term.name | words", "`term.name | words` would be printed as it stands"),
        ("So put(term.name) is", "`put(term.name) is` would be printed as it stands"),
        ("{{ term.name | replace('a, 'b') }}", "is not closed"),
        ("{{ nothing | words }}", "a name in this line has no value"),
        (SLIP, SAYS),
    ],
)
def test_a_slip_is_found_at_its_line(
    line: str, says: str, garden: Bench, slip: Callable[[str, str | None], int]
) -> None:
    at = slip("newsletter/issue.txt.j2", line)
    said = answer(garden, "newsletter", "compost")
    place = f"src/cheatsheet/templates/newsletter/issue.txt.j2:{at}: error: Compost: "
    assert said.startswith(place)
    assert says in said
    assert "[build-template]" in said
    assert not (garden.folder / "dist/newsletter").exists()


@pytest.mark.slow_but_first
@pytest.mark.parametrize(
    ("template", "command"),
    [
        ("book/section.html.j2", ["build"]),
        ("newsletter/issue.html.j2", ["newsletter", "compost"]),
        ("newsletter/issue.md.j2", ["newsletter", "compost"]),
        ("book/pictures.html.j2", ["newsletter", "compost"]),
        ("web/page.html.j2", ["web"]),
        ("web/card.html.j2", ["web"]),
        ("web/sitemap.xml.j2", ["web"]),
        ("web/icon.svg.j2", ["web"]),
    ],
)
def test_every_command_says_where_a_template_is_wrong(
    template: str,
    command: list[str],
    web_garden: Bench,
    slip: Callable[[str, str | None], int],
) -> None:
    at = slip(template, SLIP)
    said = json.loads(answer(web_garden, *command, "--format", "json"))
    finding = next(one for one in said["findings"] if one["code"] == "build-template")
    assert (finding["file"], finding["line"]) == (f"src/cheatsheet/templates/{template}", at)
    assert finding["message"].endswith(SAYS)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("<p>Words", "`<p>` is never closed"),
        ("<!-- note --<p>Words</p>", "`<!--` is not closed with `-->`"),
        ('<p class="a" CLASS="b">Words</p>', "`<p>` has `class` twice"),
        ("<p>Words</p>>", "`</p>` has a `<` or `>` too many"),
        ("<<p>Words</p>", "`<p>` has a `<` or `>` too many"),
        ('<div class="a"/>', "`<div>` is"),
        ("<div><p>Words</div>", "`<p>` is not closed before `</div>`"),
        ("<p>Words</p></tr>", "`</tr>` closes nothing"),
        ("<p <b>Words</b></p>", "`<p` is not closed with `>`"),
        ('<p clas="x">Words</p>', "`<p>` has no attribute `clas`; did you mean `class`?"),
        ('<p class=x">Words</p>', 'a quote in `<p class=x">` is not closed'),
        ("<p>Words&nbps;</p>", "`&nbps;` is no character of HTML"),
    ],
)
@pytest.mark.parametrize("template", ["newsletter/issue.html.j2", "book/section.html.j2"])
def test_a_tag_that_does_not_fit_is_found_in_its_template(
    template: str, line: str, says: str, garden: Bench, slip: Callable[[str, str | None], int]
) -> None:
    at = slip(template, line)
    command = ["newsletter", "1"] if "newsletter" in template else ["build"]
    said = answer(garden, *command)
    assert f"src/cheatsheet/templates/{template}:{at}: error: " in said
    assert says in said
    assert said.count("error: ") == 1


@pytest.mark.parametrize(
    "html",
    [
        '<p title="a > \'b" data-clas=x hidden aria-hiden=\'true\' epub:tipe="y" x-clas>x</p>',
        '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg><img srcset=/a/b.png loading="lazy">',
        "<!-- <p clas='x'> -->",
        '<svg><stop offset="1"/><use transform="a"/><marker refX="1" markerWidth="2"/></svg>',
        "<details ontoggle='x'><table><tr><td nowrap>x</td></tr></table></details>",
        "<p>1 < 2, a >> b</p><pre> > </pre>",
        "<p foo>x</p>",  # is not like `for`
    ],
)
def test_attributes_that_there_are_are_no_slips(html: str) -> None:
    assert slip_in(html, "page.html.j2") is None


@pytest.mark.slow_but_first
@pytest.mark.parametrize(
    "line",
    [
        "Contents | map | index",
        "first | last",
        "3 term(s)",
        "<style>@media print{.mail{width:100%}}</style>",
    ],
)
def test_words_that_are_like_a_tags_are_printed_as_they_are_meant(
    line: str, garden: Bench, slip: Callable[[str, str | None], int]
) -> None:
    slip("book/section.html.j2", f"<p hidden>{{{{ term }}}}</p> {line}")
    assert "build-template" not in codes(garden.build().findings)


def test_quotes_of_a_word_processor_are_a_slip_in_a_tag_alone() -> None:
    found = slip_in("<p class=\u201ca\u201d>Words</p>", "page.html.j2")
    assert found
    assert "has curly quotes" in found.says
    assert slip_in('<p class="a">\u201cWords\u201d</p>', "page.html.j2") is None


@pytest.mark.parametrize(
    ("line", "part", "says"),
    [
        ("{{ term.nam }}", "{{ words.name }}", "issue.html.j2:{at}: error: Compost: '"),
        ("{{ part(nothing) }}", "{{ words }}", "issue.html.j2:{at}: error: Compost: 'nothing' is"),
        ("{{ part() }}", "<P>Words</p></i>", "part.html.j2:2: error: Compost: `</i>` closes"),
        ("{{ part() }}", "<p>Words</i>", "`<p>` is open since {folder}/part.html.j2:2 ["),
        ("<p>{{ part() }}</i>", "Words", "newsletter/issue.html.j2:{at}: error: Compost: `</i>`"),
    ],
)
def test_a_slip_is_found_in_the_template_that_has_it(
    line: str, part: str, says: str, garden: Bench, slip: Callable[[str, str | None], int]
) -> None:
    folder = garden.folder.parent / "src/cheatsheet/templates/newsletter"
    macro = f"{{% macro part(words=1) %}}\n{part}\n{{% endmacro %}}\n"
    (folder / "part.html.j2").write_text(macro, encoding="utf-8")
    (folder / "a.html.j2").write_text(f"</html>\n{part}\n<p>Words</i>\n\n", encoding="utf-8")
    at = slip("newsletter/issue.html.j2", f'{{% from "part.html.j2" import part %}}{line}')
    said = answer(garden, "newsletter", "compost")
    assert says.format(at=at, folder="src/cheatsheet/templates/newsletter") in said
    assert said.count("error: ") == 1


@pytest.mark.slow_but_first
@pytest.mark.parametrize("template", ["epub/nav.xhtml.j2", "epub/package.opf.j2"])
def test_xml_that_is_none_is_found_in_its_template(
    template: str, cold_garden: Bench, slip: Callable[[str, str | None], int]
) -> None:
    shutil.copytree(ROOT / "styles/epub", cold_garden.folder / "styles/epub")
    shutil.copy(ROOT / "styles/tokens.css", cold_garden.folder / "styles/tokens.css")
    cold_garden.append("content/book.yaml", EPUB)
    at = slip(template, "<p>Words&nbps;</p>")
    said = answer(cold_garden, "build", "epub")
    assert f"src/cheatsheet/templates/{template}:{at}: error: " in said
    assert said.count("error: ") == 1


@pytest.mark.parametrize("template", ["epub/section.html.j2", "epub/package.opf.j2"])
def test_an_epub_says_where_a_template_is_wrong(
    template: str, garden: Bench, slip: Callable[[str, str | None], int]
) -> None:
    shutil.copytree(ROOT / "styles/epub", garden.folder / "styles/epub")
    shutil.copy(ROOT / "styles/tokens.css", garden.folder / "styles/tokens.css")
    garden.append("content/book.yaml", EPUB)
    at = slip(template, SLIP)
    said = answer(garden, "build", "epub")
    assert f"src/cheatsheet/templates/{template}:{at}: error: " in said
    assert SAYS in said


def test_a_template_that_is_gone_or_no_text_is_said(
    garden: Bench, slip: Callable[[str, str | None], int]
) -> None:
    at = slip("newsletter/issue.md.j2", "caf\u00e9")
    said = answer(garden, "newsletter", "compost")
    assert f"issue.md.j2:{at}: error: Compost: the byte 0xe9 is no UTF-8" in said
    slip("newsletter/issue.md.j2", None)
    assert "there is no template `issue.md.j2`" in answer(garden, "newsletter", "compost")


@pytest.mark.slow_but_first
@pytest.mark.parametrize(
    ("template", "line", "says"),
    [
        ("web/page.html.j2", "</div>", "page.html.j2:{at}: error: `</div>` closes nothing"),
        ("web/page.html.j2", "<div>", "page.html.j2:{at}: error: `<div>` is never closed"),
        ("web/page.html.j2", '<a href="https://[x">x</a>', "`https://[x` leads nowhere"),
        ("web/page.html.j2", JSON_LD, "its JSON-LD cannot be read: Extra data"),
        ("web/sitemap.xml.j2", "<url>", "sitemap.xml.j2:{at}: error: `<url>` is never closed"),
        ("web/icon.svg.j2", "</x>", "icon.svg.j2:{at}: error: `</x>` closes nothing"),
        ("web/page.html.j2", "<!-- {{ glossary.terms[0].takeaway }} -->", "is in "),
        ("web/page.html.j2", '<br data-x="{{ glossary.terms[0].takeaway }}">', "is in "),
        ("web/icon.svg.j2", "<!-- {{ glossary.terms[0].takeaway }} -->", "is in icon.svg"),
    ],
)
def test_a_site_that_is_not_well_formed_is_not_written(
    template: str,
    line: str,
    says: str,
    web_garden: Bench,
    slip: Callable[[str, str | None], int],
) -> None:
    at = slip(template, line)
    said = answer(web_garden, "web")
    assert says.replace("{at}", str(at)) in said
    assert said.count("error: ") == 1 or "web-paid" in said  # a finding for each page that has it
    assert not (web_garden.folder / "dist/web").exists()


@pytest.mark.parametrize("text", ["", "{# The page of a term. #}\n"])
def test_an_emptied_template_is_told(
    text: str, garden: Bench, slip: Callable[[str, str | None], int]
) -> None:
    slip("book/term_page.html.j2", None)
    (garden.folder.parent / "src/cheatsheet/templates/book/term_page.html.j2").write_text(
        text, encoding="utf-8"
    )
    said = answer(garden, "build")
    assert "book/term_page.html.j2:1: error: " in said
    assert "it has nothing in it" in said
    assert said.count("error: ") == 1


def test_a_template_without_what_links_lead_to_is_told(
    garden: Bench, slip: Callable[[str, str | None], int]
) -> None:
    slip("book/term.html.j2", None)
    text = '{% extends "section.html.j2" %}\n{% block body %}{% endblock %}\n'
    (garden.folder.parent / "src/cheatsheet/templates/book/term.html.j2").write_text(
        text, encoding="utf-8"
    )
    garden.append("styles/look.css", ".picture-none, h2 span { display: none; }\n")
    said = answer(garden, "build")
    assert "book/term.html.j2: error: " in said
    assert 'nothing has `id="term-' in said
    assert said.count("error: ") == 1


@pytest.mark.parametrize(
    ("css", "code", "at"),
    [
        ("p { colr: red }", "css-style", 22),
        ("p { color: blu }", "css-style", 22),
        ("p { color: red", "css-unclosed", 20),
        ("p { color: red; } }", "css-syntax", 36),
        ("@page { szie: 1mm }", "css-style", 26),
    ],
)
def test_a_slip_in_a_templates_style_sheet_is_told_at_its_line(
    css: str, code: str, at: int, garden: Bench, slip: Callable[[str, str | None], int]
) -> None:
    slip("book/map.html.j2", "")
    file = garden.folder.parent / "src/cheatsheet/templates/book/map.html.j2"
    begin = "{% block data_styles %}\n"
    text = file.read_text(encoding="utf-8")
    line = text[: text.index(begin)].count("\n") + 2
    file.write_text(text.replace(begin, f"{begin}    {{# x #}}      {css}\n"), encoding="utf-8")
    finding = only(garden.build().findings, code)
    assert str(finding.place) == f"src/cheatsheet/templates/book/map.html.j2:{line}:{at}"


def test_a_slip_that_python_finds_is_told_with_its_file(
    garden: Bench, slip: Callable[[str, str | None], int]
) -> None:
    slip("newsletter/issue.txt.j2", "{{ put(a=1, a=2) }}")
    said = answer(garden, "newsletter", "compost")
    file = "src/cheatsheet/templates/newsletter/issue.txt.j2"
    assert said.startswith(f"{file}: error: Compost: keyword argument repeated: a [")


@pytest.mark.parametrize(
    "line",
    [
        '<img src="https://www.example/pixel.gif" alt="">',
        "<img src=//www.example/pixel.gif>",
        '<p style="background: url(https://www.example/a.png)">x</p>',
        '<table background="a.png"></table>',
    ],
)
def test_a_mail_that_loads_something_is_not_written(
    line: str, garden: Bench, slip: Callable[[str, str | None], int]
) -> None:
    slip("newsletter/issue.html.j2", line)
    assert "[newsletter-loads]" in answer(garden, "newsletter", "compost")


@pytest.mark.slow
def test_an_address_of_the_sitemap_is_a_page(
    web_garden: Bench, slip: Callable[[str, str | None], int], tmp_path: Path
) -> None:
    slip("web/sitemap.xml.j2", None)
    sitemap = "<urlset><url><loc>{{ book.site }}/nowhere/</loc></url></urlset>"
    slip("web/404.html.j2", "")
    (tmp_path / "src/cheatsheet/templates/web/sitemap.xml.j2").write_text(sitemap, encoding="utf-8")
    assert "/nowhere/` leads nowhere [web-link]" in answer(web_garden, "web")


def test_what_is_no_text_is_said(garden: Bench, slip: Callable[[str, str | None], int]) -> None:
    slip("newsletter/issue.txt.j2", r"{{ '\ud800' }}")
    said = answer(garden, "newsletter", "compost")
    assert said.startswith("src/cheatsheet/templates/newsletter/issue.txt.j2: error: ")
    assert "can't encode character" in said


@pytest.mark.slow
def test_a_file_beside_the_templates_does_no_harm(
    garden: Bench, slip: Callable[[str, str | None], int]
) -> None:
    slip("newsletter/issue.md.j2", "caf\u00e9")  # not for the book
    garden.append("styles/look.css", ".nothing-has-this-name { color: black }\n")
    finding = only(garden.build().findings, "css-unmatched")
    assert "nothing-has-this-name" in finding.message


@pytest.mark.slow
def test_a_book_that_was_built_with_other_templates_is_not_sold(
    garden: Bench, slip: Callable[[str, str | None], int]
) -> None:
    book = garden.build().pdf
    assert book
    assert check_built(garden.folder, book, "print") == []
    slip("book/section.html.j2", "<!-- another template -->")
    finding = only(check_built(garden.folder, book, "print"), "pdf-stale")
    assert "before the last change" in finding.message
    assert not garden.build().unchanged


@pytest.mark.slow
def test_a_saved_template_is_built_at_once(
    builder: Builder, garden: Bench, slip: Callable[[str, str | None], int]
) -> None:
    stop = Event()
    rebuilds = rebuild_on_save(builder, garden.folder, "print", stop)
    assert next(rebuilds).build.ok
    at = slip("book/section.html.j2", SLIP)
    rebuild = next(rebuilds)
    stop.set()
    assert {PurePath(file).name for file in rebuild.saved} == {"section.html.j2"}
    assert only(rebuild.build.findings, "build-template").place.line == at


def test_a_text_without_an_end_is_a_finding(
    garden: Bench,
    slip: Callable[[str, str | None], int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(templates, "MOST_TEXT", 100_000)  # it takes no time to get there
    loops = "{% for n in range(99999) %}{% for m in range(99) %}x{% endfor %}{% endfor %}"
    slip("newsletter/issue.txt.j2", loops)
    said = answer(garden, "newsletter", "compost")
    assert "it makes more than 100,000 characters" in said
