"""The manuscript: what is loaded, in which order, and what a new term's file holds."""

import json
import os
import re
import shutil
import time
from pathlib import Path, PurePath
from typing import Any, cast

import pytest

from cheatsheet.build.rules import with_causes
from cheatsheet.drawings import blank_drawing
from cheatsheet.manuscript import (
    TermFiles,
    load_glossary,
    pairs_schema,
    rename_term,
    term_schema,
    write_new_term,
)
from cheatsheet.manuscript.yaml_reader import parse_yaml
from cheatsheet.newsletter.fonts import carried_fonts
from cheatsheet.pdf.making import SectionMaker, make_alone
from cheatsheet.pdf.pool import WorkerPool
from cheatsheet.pdf.section import read_style_set
from cheatsheet.pdf.store import Store
from cheatsheet.stylesheets import read_style_sheets, read_styles
from conftest import ROOT, TESTS, Bench, Built, codes, only

SEED = (TESTS / "seeds/term-page.txt").read_text(encoding="utf-8").splitlines()
ISSUE = (TESTS / "seeds/newsletter.md").read_text(encoding="utf-8")


SOURCES = """sources:
  mulch:
    - {claim: It lies there., source: A book, checked: "2026-11-01"}
"""


def test_the_owners_diffusion_model_is_word_for_word(book: Built) -> None:
    term = book.bench.glossary().by_slug["diffusion-model"]
    assert [term.name, term.tagline, "TL;DR", term.tldr] == SEED[:4]
    assert ["The Plain English Version", *term.plain] == SEED[4:8]
    assert ["Why Should You Care?", term.why] == SEED[8:10]
    assert ["The Nerd Version (if you dare)", term.nerd] == SEED[10:12]
    fixed = ISSUE.encode("cp1252", errors="ignore").decode("utf-8", errors="ignore")
    assert term.try_it in fixed
    assert all(f"- {line}\n" in fixed for line in term.go_deeper)
    assert f"**Subject line:** {term.subject}\n" in fixed
    assert f"#{term.issue}: {term.name}" in fixed


def test_the_schema_for_editors_is_fresh() -> None:
    for name, schema in (("term", term_schema()), ("pairs", pairs_schema())):
        written = (ROOT / f"content/{name}.schema.json").read_text(encoding="utf-8")
        assert written == schema, "run: make schema"


def test_the_schema_describes_every_field() -> None:
    properties = json.loads(term_schema())["properties"]
    assert all(field.get("description") for field in properties.values())


@pytest.mark.parametrize("path", sorted((ROOT / "content/terms").iterdir()), ids=lambda p: p.stem)
def test_each_term_opens_with_the_editors_schema_line(path: Path) -> None:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    assert first == "# yaml-language-server: $schema=../term.schema.json"


def test_terms_stand_by_category_and_newsletter_number(garden: Bench) -> None:
    slugs = [term.slug for term in garden.glossary().terms]
    assert slugs[:4] == ["compost", "mulch", "ph", "worm-bin"]
    assert slugs[-1] == "ipm"


def test_all_problems_are_gathered_in_one_run_and_ordered_by_place(garden: Bench) -> None:
    garden.replace("content/terms/compost.yaml", "tagline:", "tagine:")
    garden.replace("content/terms/compost.yaml", "difficulty: 1", "difficulty: no")
    garden.replace("content/terms/mulch.yaml", "issue: 2", "issue: two")
    garden.replace("content/book.yaml", "price:", "prize:")
    glossary, findings = load_glossary(garden.folder)
    assert glossary is None
    assert [str(f.place) for f in findings] == sorted(str(f.place) for f in findings)
    assert {f.place.file for f in findings} == {
        "content/book.yaml",
        "content/terms/compost.yaml",
        "content/terms/mulch.yaml",
    }


def test_a_misspelt_field_is_told_once(garden: Bench) -> None:
    garden.replace("content/terms/compost.yaml", "tagline:", "tagine:")
    _, findings = load_glossary(garden.folder)
    assert [finding.message for finding in findings] == ["unknown field `tagine`"]


def test_a_link_that_leads_out_of_the_project_is_not_read(garden: Bench, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text(garden.read("content/terms/compost.yaml"), encoding="utf-8")
    term = garden.folder / "content/terms/compost.yaml"
    term.unlink()
    term.symlink_to(outside)
    findings = garden.lint()
    assert codes(findings) == {"file-unreadable"}
    assert "leads out of the project" in findings[0].message


@pytest.mark.parametrize("folder", ["content/terms", "content/pictures"])
def test_a_folder_that_leads_out_of_the_project_is_not_listed(
    folder: str, cold_garden: Bench, tmp_path: Path
) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/Secret name.yaml").touch()
    shutil.rmtree(cold_garden.folder / folder)
    (cold_garden.folder / folder).symlink_to(tmp_path / "outside")
    _, findings = load_glossary(cold_garden.folder)
    message = f"`{folder}` is a link that leads out of the project folder"
    assert only(findings, "file-unreadable").message == message
    assert "Secret" not in str(findings)


def test_a_folder_that_is_no_project_says_what_is_missing(tmp_path: Path) -> None:
    glossary, findings = load_glossary(tmp_path)
    assert glossary is None
    assert {f.place.file for f in findings} >= {"content/book.yaml", "content/categories.yaml"}


def test_a_place_in_a_long_text_is_the_line_of_the_words(garden: Bench) -> None:
    place = garden.glossary().place("compost", ("plain", 1), "[[mulch")
    line = garden.read("content/terms/compost.yaml").splitlines()[(place.line or 0) - 1]
    assert line[(place.column or 0) - 1 :].startswith("[[mulch|")


def test_a_new_terms_file_says_what_belongs_in_each_field(garden: Bench) -> None:
    file, findings = write_new_term(garden.folder, "raised-bed")
    assert not findings
    text = garden.read(file.as_posix())
    assert text.startswith("# yaml-language-server: $schema=../term.schema.json\n")
    assert "\nname: Raised Bed\n" in text
    assert "# 3-6 words, sentence case, no full stop\ntagline:" in text
    assert garden.read("content/pictures/raised-bed.svg") == blank_drawing()


def test_a_new_term_leaves_a_drawing_that_is_there_already(garden: Bench) -> None:
    drawing = garden.read("content/pictures/compost.svg")
    garden.write("content/pictures/raised-bed.svg", drawing)
    write_new_term(garden.folder, "raised-bed")
    assert garden.read("content/pictures/raised-bed.svg") == drawing


def test_a_new_terms_file_is_good_once_it_is_filled_in(garden: Bench) -> None:
    write_new_term(garden.folder, "raised-bed")
    file = "content/terms/raised-bed.yaml"
    blank = {f.message for f in garden.lint() if f.place.file == file}
    assert any("tagline" in message for message in blank)
    for name in ("category", "tagline", "subject"):
        garden.replace(file, f"\n{name}:", f"\n{name}: {'care' if name == 'category' else 'words'}")
    for name in ("tldr", "why", "nerd", "try_it"):
        garden.replace(file, f"\n{name}: >-\n  ", f"\n{name}: >-\n  Words.")
    garden.replace(file, "  - >-\n    ", "  - >-\n    Words.")
    garden.replace(file, "go_deeper:\n  - ", "go_deeper:\n  - Words")
    garden.replace(file, "\ntakeaway:", "\ntakeaway: Words.")
    alt = "A box without a lid stands on the lawn, full of soil to its edge."
    garden.replace(file, "  alt:", f"  alt: {alt}")
    assert codes(garden.lint()) <= {
        "plan-terms",
        "plan-issue",
        "refs-orphan",
        "picture-missing",
        "pairs-none",
    }


def test_a_new_term_overwrites_nothing(garden: Bench) -> None:
    before = garden.read("content/terms/compost.yaml")
    _, findings = write_new_term(garden.folder, "compost")
    assert codes(findings) == {"slug-exists"}
    assert garden.read("content/terms/compost.yaml") == before


@pytest.mark.parametrize(
    ("slug", "hint"),
    [
        ("../evil", "did you mean `evil`?"),
        ("Compost", "did you mean `compost`?"),
        ("Überraschung", "did you mean `uberraschung`?"),
        ("a--b", "did you mean `a-b`?"),
        ("Con", "Windows keeps this name for a device"),
        ("", "at most 60 lower-case letters"),
        ("-", "at most 60 lower-case letters"),
        ("терм", "at most 60 lower-case letters"),
        ("a" * 61, "at most 60 lower-case letters"),
    ],
)
def test_a_new_term_has_a_slug_for_a_name(slug: str, hint: str, garden: Bench) -> None:
    _, findings = write_new_term(garden.folder, slug)
    assert only(findings, "slug-name").hint.startswith(hint)
    assert not (garden.folder / "content/evil.yaml").exists()


@pytest.mark.parametrize(
    "day", ["2026-13-01", "2026-02-30", "20261124", "2026-W48-2", "2026-11-24T12:00", "Tuesday"]
)
def test_a_day_that_is_none_is_told_in_its_line(day: str, garden: Bench) -> None:
    sent = f"sent:\n- {{issue: 1, day: '{day}'}}\nterms: 12"
    garden.replace("content/book.yaml", "terms: 12", sent)
    finding = only(garden.lint(), "fields-value")
    assert finding.message == f"`sent[1].day` should be a day such as 2027-01-05, and is `{day}`"
    assert finding.place.line == garden.read("content/book.yaml").split("\n").index("sent:") + 2


def test_a_day_of_release_that_is_none_is_told_in_its_line(garden: Bench) -> None:
    epub = "epub: {date: '2026-02-30', accessibility: 'It can be read aloud.'}\nterms: 12"
    garden.replace("content/book.yaml", "terms: 12", epub)
    finding = only(garden.lint(), "fields-value")
    assert "`epub.date` should be a day such as 2027-01-05" in finding.message


def test_a_size_is_a_number(garden: Bench) -> None:
    garden.replace("content/book.yaml", "width: 148", "width: true")
    assert only(garden.lint(), "fields-value").place.line


TERM = "content/terms/compost.yaml"
SETTINGS = ["book.yaml", "labels.yaml", "pairs.yaml", "sources.yaml", "style.yaml", "words.txt"]
SLOW_S = 8.0  # of a processor; each takes less than 2 s on a machine that has nothing else to do


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("".join(f"unknown{n}: x\n" for n in range(1_000)), "unknown field `unknown0`"),
        ("".join(f"taglin{n}: x\n" for n in range(1_000)), "unknown field `taglin0`"),
        ("x: " + "[" * 100_000, "more than 8 levels deep"),
        ("x: " + "{a: " * 50_000 + "}" * 50_000, "more than 8 levels deep"),
        ("a: 1\n" * 30_000, "the field `a` stands on line 40 already"),
        (
            "x0: &x0 [a]\n" + "".join(f"x{n + 1}: &x{n + 1} [*x{n}, *x{n}]\n" for n in range(9)),
            "&x0",
        ),
        ("".join(f"x{n}: *x\n" for n in range(10_000)), "`*x` is an alias"),
        ("x: " + "a" * 240_000, "unknown field `x`"),
        ("x: " + "a" * 1_000_000, "bytes, more than 262,144"),
        ('x: "' + "a\n" * 100_000, "a quote opened here is never closed"),
        ("? [a]\n: b\n" * 10_000, "a list or mapping cannot be a field"),
    ],
)
def test_a_file_that_is_slow_to_read_is_answered_soon_and_in_few_lines(
    text: str, says: str, garden: Bench
) -> None:
    garden.append(TERM, text)
    start = time.process_time()
    _, findings = load_glossary(garden.folder)
    assert time.process_time() - start < SLOW_S
    assert says in findings[0].message
    assert len(findings) <= 102
    assert {finding.place.file for finding in findings} == {TERM}


def test_of_a_thousand_unknown_fields_a_hundred_are_named(garden: Bench) -> None:
    garden.append(TERM, "".join(f"unknown{n}: x\n" for n in range(1_000)))
    *named, rest = load_glossary(garden.folder)[1]
    assert len(named) == 100
    assert rest.message == "900 more like it"
    assert rest.place == named[-1].place


@pytest.mark.parametrize(
    "file",
    [
        TERM,
        "content/book.yaml",
        "content/categories.yaml",
        "content/pictures/compost.svg",
        "content/words.txt",
        "content/style.yaml",
        "content/pairs.yaml",
        "content/sources.yaml",
    ],
)
@pytest.mark.parametrize("kind", ["pipe", "folder", "device"])
def test_a_manuscript_file_that_is_no_file_is_not_waited_for(
    kind: str, file: str, garden: Bench
) -> None:
    path = garden.folder / file
    path.unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("/dev/zero")
    glossary, findings = load_glossary(garden.folder)
    assert file in {finding.place.file for finding in findings}
    assert glossary is None


@pytest.mark.parametrize("file", [TERM, *(f"content/{name}" for name in SETTINGS)])
@pytest.mark.parametrize("to_itself", [True, False])
def test_a_link_to_itself_or_to_nothing_is_a_finding(
    to_itself: bool,  # noqa: FBT001 - a parameter of the test
    file: str,
    garden: Bench,
) -> None:
    (garden.folder / file).unlink(missing_ok=True)
    (garden.folder / file).symlink_to(Path(file).name if to_itself else "not-mounted/it.yaml")
    finding = only(load_glossary(garden.folder)[1], "file-unreadable")
    assert ("symbolic links" if to_itself else "a link to something") in finding.message
    assert finding.place.file == file


def test_a_folder_of_drawings_that_is_a_link_to_nothing_is_a_finding(garden: Bench) -> None:
    (garden.folder / "content/pictures").rename(garden.folder / "unmounted")
    (garden.folder / "content/pictures").symlink_to("not-mounted")
    finding = only(load_glossary(garden.folder)[1], "file-unreadable")
    assert (finding.place.file, "a link" in finding.message) == ("content/pictures", True)


def test_a_new_term_has_the_next_issue_and_its_neighbours_name_it_back(garden: Bench) -> None:
    before = garden.read("content/terms/mulch.yaml")
    file, findings = write_new_term(garden.folder, "raised-bed", ["mulch", "ph"])
    assert not findings
    text = garden.read(file.as_posix())
    assert "\nname: Raised Bed\n" in text
    assert "\nissue: 13\n" in text
    assert "\nrelated:\n  - mulch\n  - ph\n" in text
    last = before.index("picture:")
    assert garden.read("content/terms/mulch.yaml") == (
        before[:last] + "  - raised-bed\n" + before[last:]
    )
    assert "refs-one-way" not in codes(garden.lint())


def test_a_new_term_with_a_neighbour_that_is_not_there_changes_nothing(garden: Bench) -> None:
    _, findings = write_new_term(garden.folder, "raised-bed", ["mulch", "comopst"])
    assert [finding.hint for finding in findings] == ["did you mean `compost`?"]
    assert not (garden.folder / "content/terms/raised-bed.yaml").exists()
    assert "raised-bed" not in garden.read("content/terms/mulch.yaml")


@pytest.mark.parametrize("related", ["compost", "{compost: ph}", "[compost, 3]"])
def test_a_neighbour_whose_related_is_no_list_of_slugs_is_not_changed(
    related: str, garden: Bench
) -> None:
    file = "content/terms/mulch.yaml"
    garden.write(
        file, re.sub(r"(?m)^related:\n(?:  .*\n)+", f"related: {related}\n", garden.read(file))
    )
    before = garden.read(file)
    _, (finding,) = write_new_term(garden.folder, "raised-bed", ["mulch"])
    assert finding.place.file == file
    assert garden.read(file) == before
    assert not (garden.folder / "content/terms/raised-bed.yaml").exists()


def test_one_run_says_all_that_a_new_term_lacks_in_all_files(garden: Bench) -> None:
    write_new_term(garden.folder, "raised-bed")
    garden.replace("content/terms/raised-bed.yaml", "related: []", "related: [mulch]")
    assert codes(garden.lint()) == {
        "fields-value",
        "pairs-none",
        "picture-missing",
        "plan-terms",
        "refs-one-way",
        "refs-orphan",
    }


def test_a_slug_longer_than_a_slug_may_be_is_a_finding(garden: Bench) -> None:
    garden.write(f"content/terms/{'a' * 61}.yaml", garden.read("content/terms/mulch.yaml"))
    assert "slug-name" in codes(garden.lint())


def test_three_hundred_terms_are_parsed_once(garden: Bench) -> None:
    text = garden.read("content/terms/mulch.yaml")
    for number in range(300):
        garden.write(f"content/terms/mulch-{number}.yaml", text)
    parse_yaml.cache_clear()
    load_glossary(garden.folder)
    load_glossary(garden.folder)
    assert parse_yaml.cache_info().misses <= 316


@pytest.mark.parametrize("given", ["leaf-mold.yaml", "content/terms/leaf-mold.yaml"])
def test_a_files_name_for_a_slug_is_answered_with_the_slug(given: str, garden: Bench) -> None:
    _, (finding,) = write_new_term(garden.folder, given)
    assert finding.hint == "did you mean `leaf-mold`?"


def test_what_is_no_drawing_in_the_place_of_a_new_terms_is_said_to_be_none(garden: Bench) -> None:
    (garden.folder / "content/pictures/worm.svg").symlink_to("nowhere")
    _, findings = write_new_term(garden.folder, "worm", ["compost"])
    assert only(findings, "file-unreadable").place.file == "content/pictures/worm.svg"
    assert not (garden.folder / "content/terms/worm.yaml").exists()
    assert "- worm\n" not in garden.read("content/terms/compost.yaml")


def test_a_page_of_a_term_that_there_is_not_is_found_where_it_is_to_be_shown(garden: Bench) -> None:
    garden.replace(
        "content/book.yaml", "web:\n", "web:\n  gets: [{line: Soil, page: term-mulsh}]\n"
    )
    finding = only(garden.lint(), "refs-dangling")
    assert finding.message == "there is no term `mulsh`"
    assert str(finding.place).startswith("content/book.yaml:21:")


@pytest.mark.parametrize("new", ["ground-cover", "no", "12"])
def test_a_renamed_term_takes_its_drawing_and_all_references_along(new: str, garden: Bench) -> None:
    garden.append("content/book.yaml", "paths:\n  title: Ways\n  intro: One.\n  paths:\n")
    garden.append("content/book.yaml", "    - {id: a, name: A, line: B, steps: [{slug: mulch, ")
    garden.append("content/book.yaml", "why: It lies there.}]}\n")
    garden.write("content/sources.yaml", SOURCES)
    shown = "web:\n  gets: [{line: Soil, page: 'term-mulch'}, {line: More, page: term-mulch}]\n"
    garden.replace("content/book.yaml", "web:\n", shown)
    drawing = garden.read("content/pictures/mulch.svg")
    before = codes(garden.lint())
    done = rename_term(garden.folder, "mulch", new)
    assert not done.findings
    assert "term-mulch" not in garden.read("content/book.yaml")
    assert codes(garden.lint()) == before
    assert garden.read(f"content/pictures/{new}.svg") == drawing
    texts = [path.read_text("utf-8") for path in (garden.folder / "content").rglob("*.yaml")]
    assert not [text for text in texts if "[[mulch" in text or "- mulch\n" in text]
    assert f"[[{new}|mulch]]" in garden.read("content/terms/compost.yaml")


def test_renaming_goes_on_where_a_person_or_an_interruption_left_it(garden: Bench) -> None:
    terms = garden.folder / "content/terms"
    (terms / "mulch.yaml").rename(terms / "ground-cover.yaml")
    assert [(f.code, f.place.file) for f in garden.lint()] == [
        ("refs-renamed", "content/terms/ground-cover.yaml")
    ]
    assert not rename_term(garden.folder, "mulch", "ground-cover").findings
    assert garden.lint() == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("mulch", "compost", "slug-exists"),
        ("mulhc", "cover", "file-unreadable"),
        ("mulch", "mulch", "slug-name"),
        ("mulch", "Ground Cover", "slug-name"),
        ("mulch", "../mulch", "slug-name"),
    ],
)
def test_a_renaming_that_cannot_be_changes_nothing(
    old: str, new: str, code: str, garden: Bench
) -> None:
    before = {path: path.read_bytes() for path in garden.folder.rglob("*") if path.is_file()}
    assert code in codes(rename_term(garden.folder, old, new).findings)
    assert before == {p: p.read_bytes() for p in garden.folder.rglob("*") if p.is_file()}


def test_a_deleted_term_is_one_finding_that_lists_what_still_names_it(garden: Bench) -> None:
    (garden.folder / "content/terms/mulch.yaml").unlink()
    (finding,) = garden.lint()
    for place in ("compost.yaml:34, 18", "ipm.yaml:34, 18", "content/pairs.yaml:4", "its drawing"):
        assert place in finding.hint


def test_an_orphan_that_has_nothing_to_do_with_a_deleted_term_is_told(garden: Bench) -> None:
    (garden.folder / "content/terms/mulch.yaml").unlink()
    before = garden.lint()
    espalier = garden.read("content/terms/espalier.yaml").replace("espalier", "topiary")
    garden.write("content/terms/topiary.yaml", espalier.replace("Espalier", "Topiary"))
    orphans = [f.place.file for f in garden.lint() if f.code == "refs-orphan"]
    assert "refs-orphan" not in codes(before)
    assert orphans == ["content/terms/topiary.yaml"]


def test_a_slip_beside_a_deleted_term_is_a_finding_of_its_own(garden: Bench) -> None:
    (garden.folder / "content/terms/mulch.yaml").unlink()
    compost = garden.read("content/terms/compost.yaml")
    garden.write("content/terms/compost.yaml", compost.replace("[[mulch|", "[[mulsh|"))
    found = garden.lint()
    assert [f.message.partition(",")[0] for f in found if f.code == "refs-dangling"] == [
        "there is no term `mulsh`",
        "there is no term `mulch`",
    ]


@pytest.mark.parametrize(
    "name", ["mulch.yml", "Mulch.yaml", "mulch.YAML", " mulch.yaml", "mulch.yaml.txt", "mulch"]
)
def test_a_term_whose_file_has_another_name_is_one_finding(name: str, garden: Bench) -> None:
    path = garden.folder / "content/terms/mulch.yaml"
    path.rename(path.with_name(name))
    (finding,) = garden.lint()
    assert (finding.code, finding.hint) == ("slug-name", "rename it to mulch.yaml")


@pytest.mark.parametrize("name", ["Copy of mulch.yaml", "mulch copy.yaml", "mulch (1).yaml"])
def test_a_copy_of_a_terms_file_may_be_taken_away(name: str, garden: Bench) -> None:
    garden.write(f"content/terms/{name}", garden.read("content/terms/mulch.yaml"))
    (finding,) = garden.lint()
    assert finding.code == "slug-name"
    assert finding.hint.startswith("take it away, if it is a copy; or rename it to ")


def test_a_misspelt_field_of_an_issue_is_one_finding(garden: Bench) -> None:
    garden.replace("content/terms/mulch.yaml", "subject:", "subjct:")
    (finding,) = garden.lint()
    assert (finding.code, finding.hint) == ("fields-unknown", "did you mean `subject`?")


def test_fields_that_are_missing_are_one_finding(garden: Bench) -> None:
    garden.write("content/terms/mulch.yaml", "name: Mulch\n")
    (finding,) = [one for one in garden.lint() if one.code == "fields-missing"]
    assert finding.message == (
        "the fields `category`, `difficulty`, `tagline`, `tldr`, `plain`, `why`, `nerd`, "
        "`try_it`, `takeaway` are missing"
    )
    assert str(finding.place) == "content/terms/mulch.yaml:1:1"


def test_a_name_of_two_terms_is_told_with_both(garden: Bench) -> None:
    garden.replace("content/terms/mulch.yaml", "name: Mulch", "name: Compost")
    finding = only(garden.lint(), "plan-name")
    said = f"{finding.place} {finding.message}"
    assert "content/terms/mulch.yaml" in said
    assert "content/terms/compost.yaml" in said


@pytest.mark.parametrize("instead", [(), ("content/terms", "a file")])
def test_a_project_without_the_folder_of_its_terms_is_one_finding(
    instead: tuple[str, ...], garden: Bench
) -> None:
    shutil.rmtree(garden.folder / "content/terms")
    if instead:
        garden.write(*instead)
    found = [f for f in garden.lint() if f.code != "picture-name"]
    assert [str(f.place) for f in found] == ["content/terms"]
    assert "folder" in found[0].message


@pytest.mark.parametrize("file", ["content/pictures", "content/words.txt"])
def test_what_cannot_be_read_is_one_finding_and_not_one_for_each_that_needs_it(
    file: str, garden: Bench
) -> None:
    path = garden.folder / file
    if path.is_dir():
        shutil.rmtree(path)
    os.mkfifo(path)
    assert [(f.code, f.place.file) for f in garden.lint()] == [("file-unreadable", file)]


def test_without_the_settings_no_term_is_begun_or_imported(garden: Bench) -> None:
    garden.append("content/book.yaml", "a: [")
    file, findings = write_new_term(garden.folder, "raised-bed")
    assert {finding.place.file for finding in findings} == {"content/book.yaml"}
    assert not (garden.folder / file).exists()
    book = garden.folder / "content/book.yaml"
    book.unlink()
    book.symlink_to("not-mounted/book.yaml")
    for found in (TermFiles(garden.folder).findings, write_new_term(garden.folder, "ph")[1]):
        assert "a link to something" in only(found, "file-unreadable").message


@pytest.mark.parametrize(
    ("text", "says", "at"),
    [
        ("a: [", "`[` is a sign of YAML, and is never closed", "x.yaml:1:4"),
        ("a: [x, {b: \n", "`{` is a sign of YAML, and is never closed", "x.yaml:1:8"),
        ("a: {b: [x]}\nc: [, x]\n", "a value is missing between brackets", "x.yaml:2:5"),
    ],
)
def test_a_bracket_that_a_writer_has_just_opened_is_found(text: str, says: str, at: str) -> None:
    finding = only(parse_yaml(Path("x.yaml"), text).findings, "yaml-syntax")
    assert finding.message.startswith(says)
    assert str(finding.place) == at


@pytest.mark.parametrize(
    ("text", "says", "at"),
    [
        ("name:Token\nother: y\n", "no space stands after the colon", "x.yaml:1:1"),
        ("name Token\nother: y\n", "a field has no colon", "x.yaml:1:1"),
        ("a: b\nname Token\nother: y\n", "a field has no colon", "x.yaml:2:1"),
        ("a:\n  - b:c\n    d: e\n", "no space stands after the colon", "x.yaml:2:5"),
        ("a:\n  - b\n  -c\n  - d\n", "no space stands after the `-`", "x.yaml:3:3"),
        ("name\uff1aToken\nother: y\n", "`\uff1a` is not the colon `:`", "x.yaml:1:1"),
        ("A Title\n# a remark\nname: x\n", "a field has no colon", "x.yaml:1:1"),
        ("a: b\ntakeaway Waste\n", "a field has no colon", "x.yaml:2:1"),
        ("tldr: One\n  goes\n  on: here\n", '": " stands in a text', "x.yaml:3:5"),
        ("a: >-\n\t{terms} x\nb: c\n", "a tab stands where only spaces may", "x.yaml:2:1"),
        ("a:\n\xa0\xa0b: c\n", "U+00A0 (NO-BREAK SPACE) stands where", "x.yaml:2:1"),
        ("a: b\n<<<<<<< HEAD\nb: c\n", "`<<<<<<<` is a mark of git's", "x.yaml:2:1"),
        ("a: b\nc: 'd\n\n", "a quote opened here is never closed", "x.yaml:2:4"),
        ("a:\n  -id: b\n    c: d\n", "no space stands after the `-`", "x.yaml:2:3"),
        ("a:\n  -id: b\n  - id: c\n", "no space stands after the `-`", "x.yaml:2:3"),
        ("a:\n  - id: b\n  -id: c\n", "no space stands after the `-`", "x.yaml:3:3"),
        ("a: b\n  c: d\n", "the line begins in column 3, its neighbours in column 1", "x.yaml:2:3"),
        ("a: 'b'\n c: d\n", "the line begins in column 2, its neighbours in", "x.yaml:2:2"),
        ("a:\n  b: c\n d: e\n", "the line begins in column 2, its neighbours in", "x.yaml:3:2"),
        ("a: >\n   b\n  c\n", "the line begins in column 3, its neighbours in", "x.yaml:3:3"),
        ("a:\n  - b\n  c: d\n", "a field stands among items", "x.yaml:3:3"),
        ("a: b\n- c\n", "an item stands among fields", "x.yaml:2:1"),
        ("a:\n  - # b\n  - c\n", "an item is only a comment", "x.yaml:2:4"),
        ("%TAG ! x\na: b\n", "`%TAG` is a mark of YAML's own", "x.yaml:1:1"),
        ("a: b\n%YAML 1.2\nb: c\n", "`%YAML` is a mark of YAML's own", "x.yaml:2:1"),
        ("a: b\n...\nb: c\n", "`...` is a mark of YAML's own", "x.yaml:2:1"),
        ("a: b\n=======\nb: c\n", "`=======` is a mark of git's", "x.yaml:2:1"),
        ("a: b\n||||||| base\nb: c\n", "`|||||||` is a mark of git's", "x.yaml:2:1"),
        ("a: >-\xa0\n  b\n", "U+00A0 (NO-BREAK SPACE) stands where", "x.yaml:1:6"),
        ("a:\xa0b\nc: d\n", "U+00A0 (NO-BREAK SPACE) stands where", "x.yaml:1:3"),
        ("\u200ba: b\n", "U+200B (ZERO WIDTH SPACE) stands where", "x.yaml:1:1"),
        ("a: b\n\ufeffc: d\n", "U+FEFF (ZERO WIDTH NO-BREAK SPACE) cannot be seen", "x.yaml:2:1"),
        ("a: !!str b\n", "`!!str` is a tag", "x.yaml:1:4"),
        ("a: ?\nb: c\n", "`?` begins with ?", "x.yaml:1:4"),
        ("a: [b]]\nc: d\n", "YAML cannot go on at `]`", "x.yaml:1:7"),
    ],
)
def test_what_keeps_a_text_from_being_yaml_is_told_where_it_stands(
    text: str, says: str, at: str
) -> None:
    (finding,) = parse_yaml(Path("x.yaml"), text).findings
    assert finding.message.startswith(says)
    assert str(finding.place) == at


@pytest.mark.parametrize("end", ["", "\n", "\n\n", " {", ": [a, ", ": 'b", ": |\n", "\n- ", "\n? "])
def test_no_finding_stands_behind_the_last_line(end: str) -> None:
    text = f"a: b\nc{end}"
    for finding in parse_yaml(Path("x.yaml"), text).findings:
        assert (finding.place.line or 1) <= len(text.splitlines())


@pytest.mark.parametrize("related", ["related: mulch, ipm", "related: [Mulch]", "related: []", ""])
def test_wrong_references_of_one_term_are_no_fault_of_all_that_it_should_name(
    related: str, cold_garden: Bench
) -> None:
    text = cold_garden.read("content/terms/compost.yaml")
    cold_garden.write("content/terms/compost.yaml", re.sub(r"(?ms)^related:.*?(?=^\w)", "", text))
    cold_garden.append("content/terms/compost.yaml", f"{related}\n")
    (finding,) = [f for f in cold_garden.lint() if f.code in {"fields-value", "refs-one-way"}]
    assert finding.place.file == "content/terms/compost.yaml"


def test_a_category_that_is_gone_is_one_finding_and_not_one_for_each_of_its_terms(
    cold_garden: Bench,
) -> None:
    text = cold_garden.read("content/categories.yaml")
    cold_garden.write("content/categories.yaml", text[: text.index("  - id: care")])
    finding = only(cold_garden.lint(), "fields-category")
    assert finding.message == "there is no category `care`, and 4 terms are in it"


@pytest.mark.parametrize("value", ["[a, b]", "{a: b}"])
def test_a_category_that_is_no_text_is_one_finding(value: str, cold_garden: Bench) -> None:
    file = "content/terms/compost.yaml"
    text = re.sub("(?m)^category: .*", f"category: {value}", cold_garden.read(file))
    cold_garden.write(file, text)
    (finding,) = cold_garden.lint()
    assert "`category` should be a text" in finding.message
    assert finding.place.file == file


def test_a_category_that_was_renamed_is_told_where_it_is_listed(cold_garden: Bench) -> None:
    cold_garden.replace("content/categories.yaml", "id: care", "id: tending")
    finding = only(cold_garden.lint(), "fields-category")
    assert finding.message == (
        "there is no category `care`, and 4 terms are in it; no term is in `tending`"
    )
    place = cold_garden.read("content/categories.yaml").split("\n").index("  - id: tending") + 1
    assert str(finding.place) == f"content/categories.yaml:{place}:9"
    assert finding.hint.startswith("if you renamed it, also do so in the terms: content/terms/")


def test_a_list_in_one_line_says_how_a_list_is_written(cold_garden: Bench) -> None:
    text = cold_garden.read(TERM)
    cold_garden.write(TERM, re.sub(r"(?m)^related:\n(?:  .*\n)+", "related: mulch, ph\n", text))
    assert 'after "- "' in only(cold_garden.lint(), "fields-value").hint


def test_what_cannot_be_read_is_not_counted(cold_garden: Bench) -> None:
    cold_garden.replace("content/categories.yaml", "purpose: ", "purpose: More than 3 claims, ")
    cold_garden.write("content/sources.yaml", "sources: [")
    assert {f.place.file for f in cold_garden.lint()} == {"content/sources.yaml"}


@pytest.mark.parametrize("name", ["Mulch.svg", "mulch.SVG", "mulch.png", " mulch.svg"])
def test_a_drawing_whose_file_has_another_name_is_one_finding(
    name: str, cold_garden: Bench
) -> None:
    path = cold_garden.folder / "content/pictures/mulch.svg"
    path.rename(path.with_name(name))
    (finding,) = cold_garden.lint()
    assert finding.code == "picture-name"
    assert "mulch.svg" in finding.hint


def test_a_renamed_term_is_known_by_what_it_calls_related(cold_garden: Bench) -> None:
    for term in ("espalier", "ph", "pruning", "thinning", "seed-tape", "worm-bin", "frost-date"):
        cold_garden.replace(
            f"content/terms/{term}.yaml", "why: >-\n  ", "why: >-\n  [[mulch|Mulch]]. "
        )
    path = cold_garden.folder / "content/terms/mulch.yaml"
    path.rename(path.with_name("mulching.yaml"))
    assert only(cold_garden.lint(), "refs-renamed").hint.startswith(
        "run `cheatsheet rename mulch mulch"
    )


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("name: Compost", "name: 2026", "put it in quotes: '2026'"),
        ("name: Compost", "name: true", "put it in quotes: 'true'"),
        ("difficulty: 1", "difficulty: '1'", "take the quotes away: 1"),
        ("difficulty: 1", "difficulty: '01'", "take the quotes away: 1"),
    ],
)
def test_a_value_that_only_quotes_make_wrong_says_so(
    old: str, new: str, hint: str, cold_garden: Bench
) -> None:
    cold_garden.replace("content/terms/compost.yaml", old, new)
    assert only(cold_garden.lint(), "fields-value").hint == hint


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("terms: 12", "terms: 012", 'write 12, or "012", in quotes'),
        ("terms: 12", "terms: 12.0", 'write 12, or "12.0", in quotes'),
        ("width: 148", "width: 148,5", "write a point before decimals: `.5`, not `,5`"),
        ("width: 148", "width: '148,5'", "take the quotes away: 148.5"),
    ],
)
def test_a_number_that_is_not_written_as_one_says_how(
    old: str, new: str, hint: str, cold_garden: Bench
) -> None:
    cold_garden.replace("content/book.yaml", old, new)
    assert [finding.hint for finding in cold_garden.lint()] == [hint]


@pytest.mark.parametrize(
    ("opening", "says"),
    [("why: >-\n  A\t", "type a space"), ("why: |\n  ", "begin the text with `>-`")],
)
def test_a_tab_and_a_line_break_in_a_text_are_not_to_be_deleted(
    opening: str, says: str, cold_garden: Bench
) -> None:
    cold_garden.replace("content/terms/compost.yaml", "why: >-\n  ", opening)
    assert says in only(cold_garden.lint(), "text-invisible").hint


def test_an_emoji_that_no_font_has_is_one_finding(cold_garden: Bench) -> None:
    cold_garden.write("content/style.yaml", "{}\n")
    cold_garden.replace("content/terms/compost.yaml", "Leftovers on", "Leftovers \U0001f331 on")
    found = codes(cold_garden.lint())
    assert "text-font" in found
    assert "style-emoji" not in found


def test_styles_that_are_not_there_do_not_leave_labels_unmeasured_too(cold_garden: Bench) -> None:
    shutil.rmtree(cold_garden.folder / "styles")
    styles, findings = read_styles(cold_garden.folder, "print")
    assert [(f.message, str(f.place)) for f in findings] == [
        ("`styles`: there is no such folder", "styles")
    ]
    assert "picture-unmeasured" not in codes(cold_garden.lint())
    assert styles == []


def test_a_variable_without_its_colon_is_told_at_its_line_and_once(cold_garden: Bench) -> None:
    look = "styles/look.css"
    cold_garden.replace(look, "--picture-sans-serif:", "--picture-sans-serif")
    (finding,) = (one for one in cold_garden.lint() if one.place.file == look)
    assert finding.message.startswith("`--picture-sans-serif")
    assert finding.message.endswith("is no rule and no declaration")
    assert finding.place.line == 1
    assert "picture-unmeasured" not in codes(cold_garden.lint())
    assert with_causes([finding], [finding]) == [finding]


def test_fonts_in_a_folder_outside_are_one_finding(cold_garden: Bench) -> None:
    styles, _ = read_styles(cold_garden.folder, "print")
    fonts = cold_garden.folder / "fonts"
    fonts.rename(cold_garden.folder.parent / "outside")
    fonts.symlink_to("../outside")
    refused = set(read_style_set(cold_garden.folder, styles).refused.values())
    assert refused == {"`fonts`: `fonts` is a link that leads out of the project folder"}


def test_a_document_whose_styles_no_worker_can_read_is_one_finding(
    cold_garden: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(workers: int) -> WorkerPool:
        pool = WorkerPool(workers)
        pool.close()  # it refuses all, as where there is no room for temporary files
        return pool

    monkeypatch.setattr("cheatsheet.pdf.making.WorkerPool", closed)
    styles, _ = read_styles(cold_garden.folder, "print")
    file, (finding,) = make_alone(cold_garden.folder, styles, "<p>Compost</p>")
    assert (file, finding.code) == (None, "layout-engine")


@pytest.mark.parametrize("instead", ["", "a file"])
def test_fonts_that_are_in_no_folder_are_one_finding(instead: str, cold_garden: Bench) -> None:
    styles, _ = read_styles(cold_garden.folder, "print")
    fonts = cold_garden.folder / "fonts"
    fonts.unlink() if fonts.is_symlink() else shutil.rmtree(fonts)
    if instead:
        cold_garden.write("fonts", instead)
    refused = read_style_set(cold_garden.folder, styles)
    (finding,) = SectionMaker(Store(None), cast("Any", None)).style_findings(refused)
    why = "this is not a folder" if instead else "there is no such folder"
    assert finding.message == f"`fonts`: {why}"
    assert finding.place.file == "styles/fonts.css"


def test_a_variable_without_a_value_is_told_once(cold_garden: Bench) -> None:
    used = "p { color: var(--nowhere); }\nh1 { color: var(--nowhere); }\n"
    cold_garden.append("styles/main.css", used)
    _, findings = read_styles(cold_garden.folder, "print")
    assert only(findings, "css-variable").place.file == "styles/main.css"


def test_a_sheet_of_variables_that_is_empty_is_one_finding(cold_garden: Bench) -> None:
    used = "".join(f"p {{ color: var(--nowhere-{n}); }}\n" for n in range(20))
    cold_garden.append("styles/main.css", used)
    _, findings = read_styles(cold_garden.folder, "print")
    assert "gives 20 variables a value" in only(findings, "css-variable").message


def test_a_font_that_no_system_can_name_breaks_nothing_off(cold_garden: Bench) -> None:
    name = "a" * 300
    face = f'@font-face {{ font-family: A; src: url("../fonts/{name}.ttf"); }}\n'
    cold_garden.append("styles/main.css", face)
    styles, _ = read_styles(cold_garden.folder, "print")
    (why,) = read_style_set(cold_garden.folder, styles).refused.values()
    assert "too long" in why


def test_a_mail_without_the_folder_of_its_fonts_is_one_finding(tmp_path: Path) -> None:
    styles, _ = read_style_sheets(ROOT, PurePath("styles/newsletter/main.css"))
    css, (finding,) = carried_fonts(tmp_path, styles, [])
    assert (css, finding.message) == ("", "`fonts`: there is no such folder")


@pytest.mark.parametrize("target", ["not-mounted/mulch", "mulch"])
def test_a_link_that_leads_nowhere_is_no_term_that_is_missing(target: str, garden: Bench) -> None:
    term, drawing = (
        garden.folder / f"content/{one}" for one in ("terms/mulch.yaml", "pictures/mulch.svg")
    )
    for link in (term, drawing):
        link.unlink()
        link.symlink_to(f"{target}{link.suffix}")
    for findings in (
        rename_term(garden.folder, "mulch", "bark").findings,
        TermFiles(garden.folder).read("mulch")[2],
    ):
        assert {(one.code, one.place.file) for one in findings} == {
            ("file-unreadable", "content/terms/mulch.yaml")
        }
        assert "link" in findings[0].message
    term.unlink()
    _, (finding,) = write_new_term(garden.folder, "mulch")
    assert finding.place.file == "content/pictures/mulch.svg"
    assert drawing.is_symlink()
    term.write_text("name: Mulch\n", encoding="utf-8")
    assert not rename_term(garden.folder, "mulch", "bark").findings
    assert drawing.with_name("bark.svg").is_symlink()


@pytest.mark.parametrize("kind", ["outside", "file", "loop"])
@pytest.mark.parametrize("name", ["terms", "pictures"])
def test_a_folder_that_is_none_or_leads_out_is_named_and_not_written_to(
    name: str, kind: str, garden: Bench, tmp_path: Path
) -> None:
    folder, outside = garden.folder / "content" / name, tmp_path / "outside"
    folder.rename(outside)
    before = sorted(outside.iterdir())
    if kind == "file":
        folder.write_text("in the way", encoding="utf-8")
    else:
        folder.symlink_to(outside if kind == "outside" else name)
    found = [
        write_new_term(garden.folder, "raised-bed")[1],
        write_new_term(garden.folder, "raised-bed", ["mulch"])[1],
        rename_term(garden.folder, "mulch", "bark").findings,
    ]
    if name == "terms":
        found.append(TermFiles(garden.folder).findings)
    for findings in found:
        assert [(one.code, one.place.file) for one in findings] == [
            ("file-unreadable", f"content/{name}")
        ]
    assert sorted(outside.iterdir()) == before
