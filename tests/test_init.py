"""A new project: it builds at once, in its language, on its paper, with nothing of another book."""

import errno
import json
import os
import re
import shlex
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
from click.testing import CliRunner

from cheatsheet.build.builder import Builder
from cheatsheet.build.last import Build
from cheatsheet.cli import main
from cheatsheet.findings import Place
from cheatsheet.lint.proofreading import proofread
from cheatsheet.manuscript import spoken_languages, write_new_term
from cheatsheet.manuscript.starter import PAPERS, make_project, making, write_project
from cheatsheet.model.base import PLACEHOLDER
from cheatsheet.model.examples import EXAMPLES
from cheatsheet.model.glossary import Book
from cheatsheet.model.selling import Edition
from cheatsheet.reader.opening import read_pdf
from cheatsheet.reader.pypdf_view import PypdfView
from cheatsheet.stylesheets import find_missing_looks, read_styles
from cheatsheet.system.reading import NO_TARGET
from cheatsheet.system.writing import write_files
from conftest import ROOT, Bench, Built, codes, labels_in, only

BOTH = [
    ("en-US", "Letter"),
    ("de", "A4"),
    ("de", "A5"),
    ("fr", "A5"),
    ("es", "slide"),
    ("de", "slide"),
]
# The styles that have something of the project's own.
OWN = {"styles/tokens.css", "styles/components/tab.css", "styles/main.css", "styles/paper.css"}
COMMENTED = re.compile(r"(?m)^( *)# ([a-z_]+:(?: .*[^:])?)$")
COLOURS = ("#3f4fa3", "#eceef8")


def started(folder: Path, language: str = "de", paper: str = "A4") -> Bench:
    assert write_project(folder, language, "Wein von A bis Z", paper) == []
    return Bench(folder)


@cache
def files_of(language: str, paper: str) -> dict[str, bytes]:
    return make_project(language, "Wein", paper)


@pytest.fixture(
    scope="module",
    params=[BOTH[0], *(pytest.param(one, marks=pytest.mark.slow) for one in BOTH[1:])],
    ids="-".join,
)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    language, paper = request.param
    bench = started(tmp_path_factory.mktemp("new") / "wein", language, paper)
    return Built(bench, bench.build())


def every_text(build: Build) -> str:
    """Return all words of a PDF: those that are shown, and those that are read aloud or listed."""
    with read_pdf(build.data) as pdf:
        assert isinstance(pdf, PypdfView)
        shown = [pdf.text(page) for page in range(1, pdf.pages + 1)]
        said = [
            *pdf.info.values(),
            *(tag.alternative for tag in pdf.tags),
            *(entry.title for entry in pdf.outline),
        ]
        return "\n".join((*shown, *said, *(link.description for link in pdf.links)))


def english_words(language: str) -> Iterator[str]:
    """Yield what only the English labels say."""
    english, own = (str(labels_in(one).model_dump()) for one in ("en", language))
    for group in labels_in("en").model_dump().values():
        for label in group.values():
            for words in [label] if isinstance(label, str) else label:
                for part in map(str.strip, PLACEHOLDER.split(words)[::2]):
                    if re.search(r"[A-Za-z]{3}", part) and part in english and part not in own:
                        yield part


def test_a_new_project_builds_and_nothing_is_found(built: Built) -> None:
    assert built.build.findings == []
    assert built.build.ok


def test_a_book_has_the_words_of_its_language_and_no_english_one(built: Built) -> None:
    language = built.bench.glossary().book.language
    text, labels = every_text(built.build), labels_in(language[:2])
    assert labels.term.levels[1] in text
    assert labels.page.described.partition("{page}")[0].rpartition(" ")[0][-4:] in text
    if language != "en-US":
        words = list(english_words(language))
        assert "How Steep" in words
        assert [one for one in words if re.search(rf"\b{re.escape(one)}\b", text)] == []


def test_a_book_says_its_language_and_has_its_paper(built: Built) -> None:
    book = built.bench.glossary().book
    with read_pdf(built.build.data) as pdf:
        assert isinstance(pdf, PypdfView)
        assert pdf.language == book.language
        size = book.editions["print"].page_size
        assert [round(side * 25.4 / 72, 1) for side in pdf.sizes[0]] == [size.width, size.height]


def test_what_a_term_is_mixed_up_with_stands_under_its_heading(built: Built) -> None:
    """On A5, the parts beside a term's text stand in two columns, which a heading ends none of."""
    glossary = built.bench.glossary()
    heading = glossary.labels.term.pairs.casefold()
    found = 0
    with read_pdf(built.build.data) as pdf:
        assert isinstance(pdf, PypdfView)
        for term in glossary.terms:
            others = [other.line for _, other in glossary.pairs_by_slug[term.slug]]
            ends = [" ".join(line.split()[-2:]).casefold() for line in others]
            page = pdf.destinations[f"term-{term.slug}"].page
            width, height = pdf.sizes[page - 1]
            halves = [(0, 0, width / 2, height), (width / 2, 0, width, height)]
            for half in (pdf.rendering.words_in(page, one).casefold() for one in halves):
                if heading in half:
                    found += 1
                    assert any(end in half for end in ends), page
    assert found == len(glossary.terms)


@pytest.mark.parametrize("language", sorted(spoken_languages()))
def test_the_examples_are_in_every_language_of_the_labels(tmp_path: Path, language: str) -> None:
    bench = started(tmp_path / "new", language)
    assert bench.lint() == []
    assert {term.slug for term in bench.glossary().terms} == {"compost", "mulch", "rotation"}
    assert bench.glossary().book.language == language


def test_the_styles_and_fonts_are_those_of_the_repository() -> None:
    files = files_of("en", "A4")
    for name in (one for one in files if one.startswith(("styles/", "fonts/"))):
        if name not in OWN:
            assert files[name] == (ROOT / name).read_bytes()
    for family in (ROOT / "fonts").iterdir():
        assert files[f"fonts/{family.name}/LICENSE"]
    assert files["styles/paper.css"] == (ROOT / "styles/papers/a4.css").read_bytes()


def test_a_project_names_nothing_that_only_the_repository_has() -> None:
    files = files_of("de", "A4")
    for name in (one for one in files if one.endswith((".md", ".yaml", ".css"))):
        text = files[name].decode()
        assert not re.search(r"\bmake [a-z]+`|src/cheatsheet", text), name
        for target in re.findall(r"\]\(([^):]+)\)", text):
            assert f"styles/{target}" in files, name


def test_nothing_is_of_the_categories_of_another_book() -> None:
    ids = re.findall(r"- id: (\S+)", (ROOT / "content/categories.yaml").read_text("utf-8"))
    for name, data in files_of("en", "A4").items():
        if name.endswith((".css", ".yaml")):
            assert not [one for one in ids if one in data.decode()], name


def test_hyphens_are_set_where_words_are_long() -> None:
    assert b"hyphens: auto;" in files_of("de", "A4")["styles/base.css"]
    assert files_of("en", "A4")["styles/base.css"] == (ROOT / "styles/base.css").read_bytes()


def test_editors_have_their_schemas_and_git_and_ci_their_files() -> None:
    files = files_of("fr", "A4")
    for name in ("term", "pairs"):
        own = json.loads(files[f"content/{name}.schema.json"])
        assert own == json.loads((ROOT / f"content/{name}.schema.json").read_text("utf-8"))
    assert b"dist/" in files[".gitignore"]
    assert b"cheatsheet build --format github" in files[".github/workflows/build.yml"]
    assert b'pip install "$CHEATSHEET"' in files[".github/workflows/build.yml"]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert codes(write_project(tmp_path, "de", "Wein", "A4")) == {"run-folder"}
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    assert codes(write_project(tmp_path / "notes.txt", "de", "Wein", "A4")) == {"run-folder"}


def test_what_is_no_folder_is_said_to_be_none_and_a_link_stays(tmp_path: Path) -> None:
    taken, nowhere, link = tmp_path / "taken", tmp_path / "nowhere", tmp_path / "link"
    os.mkfifo(taken)
    nowhere.symlink_to("gone")
    link.symlink_to(tmp_path / "empty")
    (tmp_path / "empty").mkdir()
    for folder, why in ((taken, "this is not a folder"), (nowhere, NO_TARGET)):
        assert only(write_project(folder, "de", "Wein", "A4"), "run-folder").message == why
    assert write_project(link, "de", "Wein", "A4") == []
    assert nowhere.is_symlink()
    assert link.is_symlink()
    assert (tmp_path / "empty/content/book.yaml").is_file()


@pytest.mark.parametrize("folder", ["file/x", "file/x/y", "file/x/y/z"])
def test_a_folder_in_what_is_none_is_said_to_be_in_none(folder: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = CliRunner().invoke(main, ["init", str(tmp_path / folder)])
    assert result.output == "Error: file: Not a directory; nothing was changed\n"


@pytest.mark.parametrize("where", [".", "../wein"])
def test_an_empty_folder_is_filled_and_stays_the_one_that_a_shell_stands_in(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "wein"
    folder.mkdir(mode=0o700)
    before = folder.stat()
    monkeypatch.chdir(folder)
    assert write_project(Path(where), "de", "Wein", "A4") == []
    assert {path.name for path in folder.iterdir()} == {
        *(".github", ".gitignore", "content", "fonts", "styles"),
    }
    after = folder.stat()
    assert (after.st_ino, after.st_mode) == (before.st_ino, before.st_mode)
    assert Bench(folder).lint() == []


def test_a_project_that_cannot_be_written_leaves_an_empty_folder_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: Path, files: Mapping[str, bytes]) -> None:
        write_files(folder, dict(islice(files.items(), len(files) // 2)))
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(making, "write_files", refuse)
    with pytest.raises(OSError, match="No space left"):
        write_project(tmp_path, "de", "Wein", "A4")
    assert list(tmp_path.iterdir()) == []


def test_a_language_from_right_to_left_is_refused(tmp_path: Path) -> None:
    assert codes(write_project(tmp_path / "new", "he", "Yayin", "A4")) == {"labels-direction"}
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("language", "hint"),
    [
        ("DE", "did you mean `de`?"),
        ("pt_BR.UTF-8", "did you mean `pt-BR`?"),
        ("zh-hans", "did you mean `zh-Hans`?"),
        ("german", "de, fr-CA"),
        ("", "de, fr-CA"),
    ],
)
def test_a_language_that_is_no_tag_is_refused_with_the_right_one(
    tmp_path: Path, language: str, hint: str
) -> None:
    finding = only(write_project(tmp_path / "new", language, "Wein", "A4"), "run-language")
    assert hint in finding.hint
    assert not (tmp_path / "new").exists()


def test_another_language_has_one_file_to_fill_in(tmp_path: Path) -> None:
    bench = started(tmp_path / "new", "it")
    found = [one for one in bench.lint() if one.code == "labels-missing"]
    lines = bench.read("content/labels.yaml").splitlines()
    plain = next(one for one in found if "`term.plain`" in one.message)
    assert lines[(plain.place.line or 0) - 1] == "  plain:  # The Plain English Version"
    assert {one.place.file for one in found} == {"content/labels.yaml"}
    assert len(found) == len(re.findall(r"(?m)^  \w+:", bench.read("content/labels.yaml")))


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ('Gärten: "klein" & groß', "garten-klein-gross"),
        ("# Kein Kommentar", "kein-kommentar"),
        ("ワイン", "book"),
        ("{terms}", "terms"),
    ],
)
def test_a_title_is_written_as_it_is_given(tmp_path: Path, title: str, stem: str) -> None:
    assert write_project(tmp_path / "new", "de", title, "A4") == []
    book = Bench(tmp_path / "new").glossary().written
    assert book
    assert (book.title, book.stem) == (title, stem)


def test_a_folder_whose_name_is_not_utf_8_gives_a_title(tmp_path: Path) -> None:
    folder = tmp_path / "vin\udcff"
    assert CliRunner().invoke(main, ["init", str(folder)]).exit_code == 0
    assert 'title: "Vin\N{REPLACEMENT CHARACTER}"' in (folder / "content/book.yaml").read_text(
        "utf-8"
    )


def test_the_command_says_what_to_do_next(tmp_path: Path) -> None:
    folder = tmp_path / "mein-wein"
    ran = CliRunner().invoke(main, ["init", str(folder), "--language", "de", "--page-size", "a5"])
    assert ran.exit_code == 0, ran.output
    assert "build" in ran.output
    assert "content/book.yaml" in ran.output
    assert Bench(folder).glossary().book.title == "Mein wein"
    assert Bench(folder).glossary().book.editions["print"].page_size.width == PAPERS["A5"].width
    assert "labels.yaml" not in ran.output
    again = CliRunner().invoke(main, ["init", str(folder), "--format", "json"])
    assert again.exit_code == 1
    assert json.loads(again.stdout)["findings"][0]["code"] == "run-folder"


def test_the_command_says_what_to_translate(tmp_path: Path) -> None:
    folder = tmp_path / "il mio vino"
    ran = CliRunner().invoke(main, ["init", str(folder), "--language", "it"])
    said = " ".join(ran.output.split())
    assert "first translate content/labels.yaml" in said
    assert f"`cheatsheet -C '{folder}' lint`" in said


@pytest.mark.parametrize("promised", [None, 3, 4])
def test_a_new_term_is_counted_where_the_book_promises_a_number(
    tmp_path: Path, promised: int | None
) -> None:
    bench = started(tmp_path / "new")
    if promised:
        bench.replace("content/book.yaml", "# terms: 3", f"terms: {promised}")
    ran = CliRunner().invoke(main, ["-C", str(bench.folder), "new", "hummus"])
    said = "Set `terms` in content/book.yaml to 4." in " ".join(ran.output.split())
    assert said == (promised == 3)


def test_every_category_needs_colours_where_one_had_some(tmp_path: Path) -> None:
    """Of two categories with new ids, each is asked for what the old ones had."""
    bench = started(tmp_path / "new")
    styles, findings = read_styles(bench.folder, "print")
    assert findings == []
    assert [*find_missing_looks(styles, {"soil": Place(), "beds": Place()})] == []
    first, second = find_missing_looks(styles, {"pate": Place(), "four": Place()})
    assert "`--category-pate-tab`, `--category-pate-tint`, `.category-pate`" in first.message
    lines = re.search(r":root \{.*\}$", second.hint)
    assert lines
    bench.append("styles/tokens.css", lines[0])
    (first,) = find_missing_looks(
        read_styles(bench.folder, "print")[0], {"pate": Place(), "four": Place()}
    )
    assert "pate" in first.message


@pytest.mark.parametrize(
    ("line", "needs"),
    [
        ("web", {"site", "web"}),
        ("newsletter compost", {"newsletter", "writer", "site"}),
        ("stamp --name Ada --email ada@example.org --order 7 -o copies", {"stamp"}),
        ("kit", {"sample"}),
    ],
)
def test_a_command_that_needs_more_settings_names_each_with_an_example(
    line: str, needs: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = started(tmp_path / "new")
    monkeypatch.chdir(bench.folder)
    ran = CliRunner().invoke(main, [*shlex.split(line), "--format", "json"])
    assert ran.exit_code == 1
    found = json.loads(ran.stdout)["findings"]
    for name in needs:
        (one,) = [one for one in found if f"`{name}`" in one["message"]]
        assert one["file"] == "content/book.yaml"
        assert EXAMPLES[name] in one["hint"]
    assert not (bench.folder / "dist").exists()
    assert not (bench.folder / "copies").exists()


@pytest.mark.parametrize("edition", ["sample", "epub"])
def test_an_edition_that_can_be_added_is_asked_for_with_an_example(
    edition: str, tmp_path: Path
) -> None:
    bench = started(tmp_path / "new")
    ran = CliRunner().invoke(main, ["-C", str(bench.folder), "build", edition])
    assert ran.exit_code == 2
    assert f"there is no edition `{edition}`" in ran.output
    assert EXAMPLES[edition] in ran.output.replace("\n", " ")


def test_the_examples_of_settings_can_be_used_as_they_stand(tmp_path: Path) -> None:
    bench = started(tmp_path / "new")
    lines = [line for name, line in EXAMPLES.items() if name not in {"sample", "newsletter"}]
    bench.append("content/book.yaml", "\n".join(["", *lines, ""]))
    sample = EXAMPLES["sample"].replace("first-term", "compost")
    bench.replace("content/book.yaml", "editions:\n", f"editions:\n  {sample}\n")
    assert bench.lint() == []
    assert bench.glossary().book.editions["sample"].sample
    assert bench.glossary().book.epub


@pytest.mark.slow_but_first
@pytest.mark.parametrize(
    ("language", "paper", "title"),
    [
        ("de", "A5", "Wein"),
        ("fr", "A4", "Le vin, la bière, le cidre et tous les mots qui vont avec"),
        ("es", "A5", "El vino"),
    ],
)
def test_all_editions_build_when_their_lines_are_taken_in(
    tmp_path: Path, language: str, paper: str, title: str
) -> None:
    bench = Bench(tmp_path / "new")
    assert write_project(bench.folder, language, title, paper) == []
    taken = re.sub(COMMENTED, r"\1\2", bench.read("content/book.yaml"))
    without = r"(?m)^ *(?:pages|terms|kilobytes|sent|newsletter|writer):.*\n"
    bench.write("content/book.yaml", re.sub(without, "", taken))
    with Builder(bench.folder) as builder:
        builds = builder.build_all()
    assert [build.edition for build in builds] == ["print", "ink", "sample", "epub", "epub-sample"]
    assert [finding for build in builds for finding in build.findings] == []


@pytest.mark.parametrize("language", sorted(spoken_languages()))
def test_the_settings_that_are_commented_out_are_all_there_are_and_can_be_used(
    tmp_path: Path, language: str
) -> None:
    bench = started(tmp_path / "new", language, "A5")
    text = bench.read("content/book.yaml")
    given = re.sub(COMMENTED, r"\1\2", text)
    for setting in {*Book.model_fields, *Edition.model_fields}:
        assert re.search(rf"(?m)^ *{setting}:|[{{ ]{setting}: ", given), setting
    bench.write("content/book.yaml", given)
    found = [one for one in bench.lint() if one.place.file == "content/book.yaml"]
    assert codes(found) <= {"plan-sent"}  # no term is an issue of the newsletter yet


def test_a_new_term_has_no_fields_of_a_newsletter_that_is_not_there(tmp_path: Path) -> None:
    bench = started(tmp_path / "new")
    write_new_term(bench.folder, "hummus")
    text = bench.read("content/terms/hummus.yaml")
    assert "tldr:" in text
    assert not re.search(r"(?m)^(issue|subject|go_deeper):", text)


@pytest.mark.slow
def test_a_book_with_nothing_that_can_be_left_out_leaves_no_hole(tmp_path: Path) -> None:
    """No pictures, no pairs, no colophon: only terms, how to read them, contents and index."""
    bench = started(tmp_path / "new")
    for path in (bench.folder / "content/pictures").iterdir():
        path.unlink()
    (bench.folder / "content/pairs.yaml").unlink()
    for slug in ("compost", "mulch", "rotation"):
        text = bench.read(f"content/terms/{slug}.yaml")
        bench.write(f"content/terms/{slug}.yaml", text.partition("picture:")[0])
    book = bench.read("content/book.yaml")
    for part in ("pairs", "colophon"):
        book = re.sub(rf"(?ms)^  {part}:\n.*?(?=^  \w|\Z)", "", book)
    bench.write("content/book.yaml", book)
    build = bench.build()
    assert build.findings == []
    assert build.pages == 3 + 2 + 3 + 1
    text = every_text(build)
    with read_pdf(build.data) as pdf:
        assert isinstance(pdf, PypdfView)
        words = pdf.text(2).split()
        assert all(str(n) in words for n in range(1, 10))  # each part of the small page has a note
        assert all(words.count(str(n)) >= 2 for n in (6, 7, 8))  # and the rail's are under it
        assert "10" not in words
    labels = labels_in("de")
    assert labels.term.pairs not in text
    assert labels.key.picture not in text


def with_categories(bench: Bench, number: int) -> None:
    """Give a project so many categories, the last ones without terms, with colours."""
    tokens = rules = listed = ""
    for n in range(3, number + 1):
        listed += f"  - id: part-{n}\n    name: Teil {n}\n    purpose: Noch leer\n"
        tab, tint = COLOURS
        tokens += f"  --category-part-{n}-tab: {tab};\n  --category-part-{n}-tint: {tint};\n"
        rules += f".category-part-{n} {{ --tab: {tab}; --tint: {tint}; }}\n"
    bench.append("content/categories.yaml", listed)
    bench.append("styles/tokens.css", f":root {{\n{tokens}}}\n{rules}")


@pytest.mark.slow_but_first
@pytest.mark.parametrize("paper", ["A4", "A5"])
def test_a_book_may_have_twelve_categories(tmp_path: Path, paper: str) -> None:
    bench = started(tmp_path / "new", "de", paper)
    with_categories(bench, 12)
    bench.replace("content/terms/rotation.yaml", "category: beds", "category: part-12")
    build = bench.build()
    assert codes(build.findings) <= {"plan-category-empty", "pages-sparse"}
    assert build.ok


@pytest.mark.slow
def test_a_book_may_have_one_category_and_not_thirteen(tmp_path: Path) -> None:
    bench = started(tmp_path / "new")
    one = bench.read("content/categories.yaml").partition("  - id: beds")[0]
    bench.replace("content/terms/rotation.yaml", "category: beds", "category: soil")
    bench.write("content/categories.yaml", one)
    build = bench.build()
    assert build.ok
    assert {finding.message for finding in build.findings} == {"no page has `.category-beds`"}
    with_categories(bench, 14)
    finding = only(bench.lint(), "fields-value")
    assert finding.message == "`categories` may have 12 at most, and has 13"
    assert finding.place == Place("content/categories.yaml", 3, 3)


def test_a_program_that_has_lost_its_styles_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "HERE", tmp_path / "a/b/c/d/e")
    monkeypatch.setattr(making, "_texts", lambda _: [("book.yaml", "")])
    monkeypatch.setattr(making, "COMMON", {})
    ran = CliRunner().invoke(main, ["init", str(tmp_path / "new")])
    assert ran.exit_code == 1
    assert "the program's own styles: No such file" in ran.output
    assert not (tmp_path / "new").exists()


def test_files_are_the_same_each_time(tmp_path: Path) -> None:
    write_files(tmp_path, make_project("de", "Wein", "A4"))
    assert make_project("de", "Wein", "A4") == files_of("de", "A4")


@pytest.mark.slow
def test_the_tutorial_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "docs/tutorial.md").read_text(encoding="utf-8")
    init, build, new, lint = re.findall(r"(?m)^    cheatsheet ((?:init|-C|new|lint).*)$", text)
    (term, pair, category), (drawing,), (look,) = (
        re.findall(rf"(?s)```{form}\n(.*?)```", text) for form in ("yaml", "xml", "css")
    )
    colour, own = re.findall(r"(?m)^    (--category-soil-tab: .*|category: .*)$", text)

    def run(line: str) -> str:
        ran = CliRunner().invoke(main, shlex.split(line))
        assert ran.exit_code == 0, ran.output
        return ran.output

    monkeypatch.chdir(tmp_path)
    run(init)
    assert "3 terms" in run(build)
    assert "dist/wein-von-a-bis-z.pdf" in text.replace("wein/dist", "dist")
    monkeypatch.chdir(tmp_path / "wein")
    run(new)
    bench = Bench(tmp_path / "wein")
    bench.write("content/terms/terroir.yaml", term)
    bench.write("content/pictures/terroir.svg", drawing)
    assert "Terroir is in no pair [pairs-none]" in run(lint)
    bench.append("content/pairs.yaml", pair)
    assert bench.lint() == []
    tokens = re.sub(r"--category-soil-tab: .*", colour, bench.read("styles/tokens.css"), count=1)
    bench.write("styles/tokens.css", f"{tokens}\n{look}")
    bench.append("content/categories.yaml", category)
    bench.replace("content/terms/terroir.yaml", "category: soil", own)
    built = run("build")
    assert "4 terms" in built
    assert "warning" not in built


@pytest.mark.parametrize(
    ("title", "written", "stem"),
    [
        ("2027", "2027", "2027"),
        ("null", "null", "null"),
        (
            "Le c\u0153ur de l\u2019\u0153uvre",
            "Le c\u0153ur de l'\u0153uvre",
            "le-coeur-de-l-oeuvre",
        ),
        ("\u0141\u00f3d\u017a \u201eheute\u201c", '\u0141\u00f3d\u017a "heute"', "lodz-heute"),
    ],
)
def test_a_title_is_a_text_whatever_it_looks_like(
    title: str, written: str, stem: str, tmp_path: Path
) -> None:
    result = CliRunner().invoke(main, ["init", str(tmp_path / "new"), "--title", title])
    assert result.exit_code == 0
    glossary, findings = proofread(tmp_path / "new")
    assert findings == []
    assert glossary
    assert (glossary.book.title, glossary.book.stem) == (written, stem)


@pytest.mark.parametrize("title", ["Wein \U0001f377", "{x} y", "x" * 300])
def test_a_title_that_no_manuscript_may_have_is_refused_at_once(title: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["init", str(tmp_path / "new"), "--title", title])
    assert result.exit_code == 1
    assert result.output.count("[run-title]") == 1
    assert not (tmp_path / "new").exists()


def test_a_language_that_yaml_would_misread_is_a_language(tmp_path: Path) -> None:
    bench = started(tmp_path / "vin", "no")
    assert codes(bench.lint()) == {"labels-missing"}  # it is to be translated
