"""Published pages and newsletters come back into the terms, and nothing is lost in silence."""

import html
import json
import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from cheatsheet.importer import Imported, Publisher, import_files, read_bytes
from cheatsheet.importer.decoding import MAX_BYTES, decode
from cheatsheet.model.glossary import Term
from conftest import ROOT, TESTS, Bench, codes, labels_in, only

PAGE = TESTS / "seeds/term-page.txt"
ISSUE = TESTS / "seeds/newsletter.md"
DIFFUSION = "content/terms/diffusion-model.yaml"
COMPOST = "content/terms/compost.yaml"
SITE = "https://garden.example"

# A newsletter about a garden's term, as short as one can be; line 3 is the subject line.
SHORT = """# Garden Notes #1: Compost

**Subject line:** What the worms know

**The quick version:** Old peels become new soil. Like a second chance.
"""


@pytest.fixture
def project(tmp_path: Path) -> Bench:
    """The book's settings without a term."""
    bench = Bench(tmp_path / "project")
    for file in ("content/book.yaml", "content/labels.yaml"):
        bench.write(file, (ROOT / file).read_text(encoding="utf-8"))
    return bench


def values(bench: Bench, file: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(bench.read(file))
    return loaded


def as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def take(bench: Bench, *texts: str | bytes, dry_run: bool = False) -> list[Imported]:
    """Import texts into a project."""
    paths = []
    for number, text in enumerate(texts):
        paths.append(bench.folder / f"published-{number}")
        paths[-1].write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(import_files(bench.folder, paths, dry_run=dry_run))


def page_of(term: Term, **parts: str) -> str:
    """Return a term's page as the site has it: the seed's headings, with semantic tags."""
    paragraphs = "".join(f"<p>{html.escape(p)}</p>\n" for p in term.plain)
    return f"""<!DOCTYPE html>
<html lang="en-US"><head><meta charset="utf-8"><title>A title that is not the term's</title>
<link rel="canonical" href="{parts.get("address", "https://speaknerd.ai/terms/" + term.slug)}">
<script type="application/ld+json">{{"name": "not text"}}</script></head>
<body><header><a href="/">SpeakNerd</a></header><nav><a href="/terms/rag">RAG</a></nav>
<main><article>
<header><h1>{html.escape(term.name)}</h1><p>{html.escape(term.tagline)}</p></header>
<section><h2>TL;DR</h2><p>{html.escape(term.tldr)}</p></section>
<section><h2>The Plain English Version</h2>
{paragraphs}{parts.get("extra", "")}</section>
<section><h2>Why Should You Care?</h2><p>{html.escape(term.why)}</p></section>
<section><h2>The Nerd Version (if you dare)</h2><p>{html.escape(term.nerd)}</p></section>
<section><h2>Related terms</h2><ul>{parts.get("related", "")}</ul></section>
</article>
<div><h2><a href="/">Like this? Get one every week.</a></h2>
<p>Every Tuesday, one AI concept explained in plain English. Free forever.</p>
<p>Want all 75 terms in one PDF? <a href="/">Grab the SpeakNerd Cheat Sheet — $9</a></p></div>
</main><footer>Small print</footer></body></html>
"""


@pytest.fixture(scope="module")
def diffusion() -> Term:
    text = (ROOT / DIFFUSION).read_text(encoding="utf-8")
    return Term(slug="diffusion-model", **yaml.safe_load(text))


# --- What the two published forms hold


def test_the_owners_newsletter_comes_back_word_for_word(project: Bench, diffusion: Term) -> None:
    (imported,) = import_files(project.folder, [ISSUE], dry_run=False)
    assert imported.ok
    found = values(project, DIFFUSION)
    for name in imported.changed:
        assert as_tuple(found[name]) == getattr(diffusion, name)
    assert imported.changed == (
        "name", "issue", "tldr", "plain", "why", "nerd", "try_it", "subject", "go_deeper",
    )  # fmt: skip


def test_mojibake_is_mended_and_told_with_its_lines(project: Bench) -> None:
    (imported,) = import_files(project.folder, [ISSUE], dry_run=True)
    assert codes(imported.findings) == {"import-mojibake"}
    lines = [finding.place.line for finding in imported.findings]
    broken = ISSUE.read_text(encoding="utf-8").splitlines()
    assert lines == [n for n, line in enumerate(broken, 1) if "â" in line or "ð" in line]
    assert '"ðŸ”—" was broken and is now "🔗"' in {f.message for f in imported.findings}


def test_the_mended_lines_are_those_that_are_read() -> None:
    lines, findings = decode(
        "Caf\u00c3\u00a9 \u00e2\u20ac\u201d *Caf\u00e9*\nx\n".encode(), "old.md"
    )
    assert lines == ["Café — *Café*", "x", ""]
    assert len(findings) == 1


def test_the_owners_term_page_comes_back_word_for_word(project: Bench, diffusion: Term) -> None:
    (imported,) = import_files(project.folder, [PAGE], dry_run=False)
    assert imported.findings == []
    assert imported.changed == ("name", "tagline", "tldr", "plain", "why", "nerd")
    found = values(project, DIFFUSION)
    assert all(as_tuple(found[n]) == getattr(diffusion, n) for n in imported.changed)


def test_both_forms_fill_one_file(project: Bench) -> None:
    first, second = import_files(project.folder, [ISSUE, PAGE], dry_run=False)
    assert second.changed == ("tagline",)
    assert "tagline" in first.missing
    assert second.missing == ("category", "difficulty", "takeaway", "picture")


def test_what_was_published_is_what_the_book_has() -> None:
    for imported in import_files(ROOT, [ISSUE, PAGE], dry_run=True):
        assert imported.ok
        assert imported.changed == ()
        assert imported.difference == ""


def test_a_page_of_the_site_comes_back_with_its_related_terms(
    project: Bench, diffusion: Term
) -> None:
    related = '<li><a href="/terms/gan/">GAN</a></li><li><a href="../rag/">RAG</a></li>'
    (imported,) = take(project, page_of(diffusion, related=related))
    assert imported.findings == []
    found = values(project, DIFFUSION)
    assert found["related"] == ["gan", "rag"]
    for name in ("name", "tagline", "tldr", "plain", "why", "nerd"):
        assert as_tuple(found[name]) == getattr(diffusion, name)


def test_a_link_to_a_term_is_a_reference(project: Bench, diffusion: Term) -> None:
    extra = '<p>See <a href="https://speaknerd.ai/terms/rag/">how it looks\nthings up</a>.</p>'
    take(project, page_of(diffusion, extra=extra))
    assert values(project, DIFFUSION)["plain"][-1] == "See [[rag|how it looks things up]]."


def test_entities_and_smart_characters_are_normalised(garden: Bench) -> None:
    tldr = "It&rsquo;s \u201cold\u201d\u00a0soil&nbsp;now\u200b... Fin&eacute;"
    take(garden, f"Compost\nOld news\nTL;DR\n{tldr}\n")
    assert values(garden, COMPOST)["tldr"] == 'It\'s "old" soil now… Finé'


def test_related_names_are_found_in_the_project(garden: Bench) -> None:
    text = "Compost\nOld news\nRelated terms\nMulch, Worm Bin\npH\nMoon Soil\n"
    (imported,) = take(garden, text)
    assert values(garden, COMPOST)["related"] == ["mulch", "worm-bin", "ph"]
    assert "Moon Soil" in only(imported.findings, "import-unplaced").message


@pytest.mark.parametrize("subject", ["Subject line 12", "The Nerd Corner", "Go deeper!"])
def test_what_follows_a_label_is_its_text_whatever_heading_it_could_be(
    subject: str, garden: Bench
) -> None:
    take(garden, SHORT.replace("What the worms know", subject))
    assert f"subject: {subject}\n" in garden.read(COMPOST)
    assert "Old peels become new soil" in garden.read(COMPOST)


# --- What is not lost in silence


@pytest.mark.parametrize(
    ("more", "line", "says"),
    [
        ("\nA word from our sponsor.\n", 7, "sponsor"),
        ("\n## Reader Mail\n\nDear Steve\n", 7, "Reader Mail"),
        ("\n## Reader Mail\n\nDear Steve\n", 9, "Dear Steve"),
        ("\n*P.S. My dog had puppies.*\n", 7, "puppies"),
        ("\n## This Week's Term: Mulch\n", 7, "Mulch"),
        ("\n**Subject line:** Again\n", 7, "Subject line"),
    ],
)
def test_what_has_no_field_is_told_with_its_line(
    more: str, line: int, says: str, garden: Bench
) -> None:
    (imported,) = take(garden, SHORT + more)
    found = [f for f in imported.findings if f.code == "import-unplaced" and says in f.message]
    assert [finding.place.line for finding in found] == [line]
    assert "What the worms know" in garden.read(COMPOST)


@pytest.mark.parametrize(
    ("markup", "says"),
    [
        ("[a shop](https://shop.example/x)", "the link to https://shop.example/x"),
        ("![a worm](worm.png)", "the picture worm.png"),
        ("*really*", 'the emphasis on "really"'),
        ("`soil()`", 'the form of the code "soil()"'),
    ],
)
def test_what_a_text_cannot_hold_is_told(markup: str, says: str, garden: Bench) -> None:
    (imported,) = take(garden, SHORT + f"\n## The Nerd Corner\n\nIt is {markup} so.\n")
    finding = only(imported.findings, "import-left-out")
    assert says in finding.message
    assert finding.place.line == 9


def test_references_stay_on_their_words_and_a_lost_one_is_told(garden: Bench) -> None:
    plain = values(garden, COMPOST)["plain"]
    assert "[[mulch|mulch]]" in plain[1]
    changed = [plain[0], "Now look at the mulch again.", plain[2]]
    text = "Compost\nOld news\nThe Plain English Version\n" + "\n".join(changed) + "\n"
    (imported,) = take(garden, text)
    assert values(garden, COMPOST)["plain"][1] == "Now look at the [[mulch|mulch]] again."
    assert codes(imported.findings) == set()
    (imported,) = take(garden, text.replace("mulch", "straw"))
    assert "led to `mulch`" in only(imported.findings, "import-reference").message


# --- What happens to the term's file


def test_only_what_differs_changes_comments_and_order_stay(garden: Bench) -> None:
    garden.replace(COMPOST, "subject:", "# The owner likes this one.\nsubject:")
    garden.replace(COMPOST, "tldr: >-", "tldr: >- # said aloud")
    before = garden.read(COMPOST).splitlines()
    (imported,) = take(garden, SHORT)
    after = garden.read(COMPOST).splitlines()
    assert imported.changed == ("tldr", "subject")
    gone = [line for line in before if line not in after]
    new = [line for line in after if line not in before]
    assert [line.split(":")[0] for line in gone] == ["  Compost in one breath", "subject"]
    assert new == [
        "  Old peels become new soil. Like a second chance.",
        "subject: What the worms know",
    ]
    assert "tldr: >- # said aloud" in after
    assert "-subject:" in imported.difference
    assert "+subject: What the worms know" in imported.difference


def test_a_dry_run_shows_and_writes_nothing(garden: Bench) -> None:
    before = garden.read(COMPOST)
    (imported,) = take(garden, SHORT, dry_run=True)
    assert imported.changed == ("tldr", "subject")
    assert "+subject: What the worms know" in imported.difference
    assert garden.read(COMPOST) == before
    take(garden, SHORT.replace("Compost", "Leaf Mold"), dry_run=True)
    assert not (garden.folder / "content/terms/leaf-mold.yaml").exists()


def test_missing_fields_are_marked_and_stop_a_build(garden: Bench) -> None:
    (imported,) = take(garden, SHORT.replace("Compost", "Leaf Mold"))
    file = "content/terms/leaf-mold.yaml"
    text = garden.read(file)
    assert text.startswith("# yaml-language-server: $schema=../term.schema.json\nname: Leaf Mold\n")
    for name in imported.missing:
        assert f"\n{name}:" in text
        marked = text[: text.index(f"\n{name}:")].splitlines()[-1]
        assert marked.startswith("# To be written: ")
    found = [f for f in garden.lint() if f.place.file == file and f.code.startswith("fields-")]
    assert {f.message.split("`")[1].split(".")[0].split("[")[0] for f in found} == {
        *imported.missing
    }


def test_a_mark_goes_when_its_field_comes(garden: Bench) -> None:
    leaf = SHORT.replace("Compost", "Leaf Mold")
    take(garden, leaf, leaf + "\n## The Nerd Corner\n\nHumus, mostly.\n")
    text = garden.read("content/terms/leaf-mold.yaml")
    assert "\nnerd: >-\n  Humus, mostly.\n" in text
    assert "65-90 words for readers who know" not in text


def test_a_files_own_errors_come_first_and_nothing_changes(garden: Bench) -> None:
    garden.append(COMPOST, "name: Twice\n")
    before = garden.read(COMPOST)
    (imported,) = take(garden, SHORT)
    assert codes(imported.findings) == {"yaml-duplicate-key"}
    assert garden.read(COMPOST) == before


def test_a_file_that_splicing_would_break_is_left_to_the_writer(garden: Bench) -> None:
    without = {name: value for name, value in values(garden, COMPOST).items() if name != "subject"}
    garden.write(COMPOST, json.dumps(without))  # JSON is YAML
    before = garden.read(COMPOST)
    (imported,) = take(garden, SHORT)
    assert codes(imported.findings) == {"import-by-hand"}
    assert garden.read(COMPOST) == before


def test_a_folder_that_is_no_project_gets_no_terms(tmp_path: Path) -> None:
    (imported,) = take(Bench(tmp_path), SHORT)
    assert codes(imported.findings) == {"file-unreadable"}
    assert not (tmp_path / "content").exists()


# --- What was not meant to be imported


@pytest.mark.parametrize(
    ("raw", "code", "says"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "import-file", "binary"),
        (SHORT.encode("utf-16-le"), "import-encoding", "the file is UTF-16, not UTF-8"),
        (SHORT.encode("utf-32"), "import-encoding", "the file is UTF-32, not UTF-8"),
        (SHORT.encode("utf-32-be"), "import-encoding", "the file is UTF-32, not UTF-8"),
        (b"\x00\x00\x00\x18ftypmp42", "import-file", "binary"),
        (b"# Garden Notes #1: \n\n**The quick version:** x\n", "import-form", "name should stand"),
        (SHORT.encode("utf-16")[:-1], "import-encoding", "UTF-16"),
        (SHORT.replace("peels", "p\u00e9els").encode("latin-1"), "import-encoding", "0xe9"),
        (b"# x" + b"x" * MAX_BYTES, "import-file", "more than 2,097,152"),
        (SHORT.encode() + b"\n## The Nerd Corner\n\n" + b"x" * 30_000, "import-length", "30,000"),
        (b"Compost\nx\nTL;DR\n" + b"x" * 30_000, "import-length", "30,000"),
        (b"", "import-form", "no term"),
        (b"\n\n\n", "import-form", "no term"),
        (b"Dear diary, today I saw a worm.\nIt was long.\n", "import-form", "no term"),
        (b"<p>" + b"<div>" * 40_000, "import-form", "too deep"),
        (SHORT.encode() + b"\n- a\n" * 2_000, "import-form", "2,003 paragraphs"),
        (("\u00e2\u20ac\u201d\n" * 9_000).encode(), "import-encoding", "more than 1,000 lines"),
        (b"<h1>x</h1>" + b"<a <p " * 20_000, "import-form", "no term"),
        (b"<nav><h1>Compost</h1><h2>TL;DR</h2><p>x</p>", "import-form", "no term"),
        (b"# Garden Notes #1: ???\n\n**The quick version:** x\n", "import-slug", "no slug"),
        (b"<h1>con</h1><h2>TL;DR</h2><p>x</p>", "import-slug", "no slug"),
    ],
)
def test_a_hostile_file_is_refused_and_changes_nothing(
    raw: bytes, code: str, says: str, garden: Bench
) -> None:
    before = {path: path.read_bytes() for path in (garden.folder / "content/terms").iterdir()}
    (imported,) = take(garden, raw)
    assert not imported.ok
    assert says in only(imported.findings, code).message
    assert all(len(finding.message) < 200 for finding in imported.findings)
    after = {path: path.read_bytes() for path in (garden.folder / "content/terms").iterdir()}
    assert after == before


@pytest.mark.skipif(os.name != "posix", reason="devices are files of POSIX")
def test_a_device_is_no_file(garden: Bench) -> None:
    (imported,) = import_files(garden.folder, [Path(os.devnull)], dry_run=False)
    assert "not a file" in only(imported.findings, "import-file").message


def test_a_picture_alone_in_a_paragraph_is_told_and_sets_no_field(garden: Bench) -> None:
    why = values(garden, COMPOST)["why"]
    (imported,) = take(garden, SHORT + "\n## Why This Matters\n\n![](worm.png)\n")
    assert "worm.png" in only(imported.findings, "import-left-out").message
    assert values(garden, COMPOST)["why"] == why


def test_a_link_to_another_sites_page_gives_no_slug(garden: Bench) -> None:
    link = "- [Read the full Garden Club term page](https://evil.example/terms/evil)\n"
    (imported,) = take(garden, SHORT + "\n## Go Deeper\n\n" + link)
    assert str(imported.target) == COMPOST
    assert "evil.example" in only(imported.findings, "import-left-out").message


def test_the_place_of_a_wrong_byte_is_its_line(garden: Bench) -> None:
    (imported,) = take(garden, SHORT.replace("peels", "p\u00e9els").encode("latin-1"))
    assert imported.findings[0].place.line == 5


@pytest.mark.parametrize(
    "element",
    [
        "<script>alert(1)</script>",
        "<SCRIPT >alert(1)</SCRIPT >",
        '<iframe src="https://evil.example">alert(1)</iframe>',
        '<object data="x">alert(1)</object>',
        '<img src="x" onerror="alert(1)">',
    ],
)
def test_a_script_in_a_page_is_left_out_and_told(
    element: str, project: Bench, diffusion: Term
) -> None:
    (imported,) = take(project, page_of(diffusion, extra=f"<p>Last words.{element}</p>"))
    assert "is left out" in only(imported.findings, "import-left-out").message
    assert values(project, DIFFUSION)["plain"][-1] == "Last words."
    assert "alert" not in project.read(DIFFUSION)


@pytest.mark.parametrize(
    "address",
    [
        "https://speaknerd.ai/terms/../../../evil",
        "https://evil.example/terms/evil",
        "javascript:alert(1)//terms/evil",
        "https://[",
        "https://speaknerd.ai/terms/",
    ],
)
def test_an_address_that_is_no_terms_is_not_a_files_name(
    address: str, project: Bench, diffusion: Term
) -> None:
    (imported,) = take(project, page_of(diffusion, address=address))
    assert imported.target is not None
    assert imported.target.as_posix() == DIFFUSION


def test_html_in_a_text_is_text_that_lint_refuses(garden: Bench) -> None:
    take(garden, SHORT + "\n## The Nerd Corner\n\nIt's <script>alert(1)</script> soil.\n")
    assert "<script>alert(1)</script>" in values(garden, COMPOST)["nerd"]
    assert "text-markup" in codes(garden.lint())


def test_a_template_in_a_text_stays_a_text(garden: Bench) -> None:
    take(garden, SHORT + "\n## The Nerd Corner\n\nIt's {{ 7*7 }} and !!python/object:x.\n")
    assert values(garden, COMPOST)["nerd"] == "It's {{ 7*7 }} and !!python/object:x."


def test_a_good_file_beside_a_bad_one_is_imported(garden: Bench) -> None:
    bad, good = take(garden, b"\0", SHORT)
    assert (bad.ok, good.ok) == (False, True)
    assert values(garden, COMPOST)["subject"] == "What the worms know"


def test_windows_line_ends_and_a_byte_order_mark_are_no_text(garden: Bench) -> None:
    raw = b"\xef\xbb\xbf" + SHORT.replace("\n", "\r\n").encode()
    assert take(garden, raw)[0].changed == ("tldr", "subject")


def test_a_page_read_twice_is_read_alike(diffusion: Term) -> None:
    raw, publisher = page_of(diffusion).encode(), Publisher(SITE, labels_in("en"))
    assert read_bytes(raw, "x", publisher) == read_bytes(raw, "x", publisher)


def test_a_language_that_is_left_out_is_one_finding(garden: Bench) -> None:
    garden.replace("content/book.yaml", "language: en-US", "language:")
    (imported,) = take(garden, "Mulch")
    assert [finding.place.file for finding in imported.findings] == ["content/book.yaml"]
