"""What the preview shows, without a browser: what is stale, what is wrong, and where it stands."""

import asyncio
import gzip
import itertools
import os
import struct
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import pairwise
from pathlib import Path, PurePath

import pytest

from cheatsheet.findings import Place
from cheatsheet.layout import edition_build
from cheatsheet.model.references import without_references
from cheatsheet.preview import pictures as pictures_module
from cheatsheet.preview.baseline import Baseline, reopen_baseline
from cheatsheet.preview.marks import phrases_at
from cheatsheet.preview.pictures import Pictures
from cheatsheet.preview.state import PreviewState
from cheatsheet.preview.update import Update, Workers
from cheatsheet.reader.raster import TALLEST, WIDEST, OpenPdf
from cheatsheet.stylesheets import StyleFile
from cheatsheet.system.bounded import Bounds
from conftest import Bench, Built
from hostile import FILES, PAGE, one_page
from test_publish_sample import add_sample

COMPOST = "content/terms/compost.yaml"
SECTION = "term-compost"


class Preview:
    """A state, and what brings it up to date as the session does, without a browser."""

    def __init__(self, bench: Bench, workers: Workers, edition: str = "print") -> None:
        self.bench = bench
        self.workers = workers
        self.state = PreviewState(edition)
        self.shown: list[str] = []

    def update(self, *in_view: str, patience: int = 10_000) -> None:
        """Update what is shown; it is cancelled after so many news."""
        with ThreadPoolExecutor(1) as thread:  # a browser's tests leave an event loop in this one
            thread.submit(asyncio.run, self._update(in_view, patience)).result()

    async def _update(self, in_view: Sequence[str], patience: int) -> None:
        self.state.begin(self.state.generation + 1)
        before = dict(self.state.shown)
        news = itertools.count(1)
        self.shown = []

        def notify() -> None:
            new = [s for s, shown in self.state.shown.items() if before.get(s) != shown]
            self.shown += [section for section in new if section not in self.shown]
            if next(news) == patience:
                task.cancel()

        pictures = Pictures()
        folder, state = self.bench.folder, self.state
        update = Update(
            folder, self.workers, state, pictures, lambda: in_view, notify, lambda: None, no_switch
        )
        task = asyncio.create_task(update.run())
        with suppress(asyncio.CancelledError):
            await task


def no_switch(edition: str) -> None:
    raise AssertionError(edition)


@pytest.fixture(scope="module")
def shared_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workers]:
    """Workers with a store of their own, for all tests of this file."""
    workers = Workers(tmp_path_factory.mktemp("workers"))
    yield workers
    workers.close()


@pytest.fixture
def preview(garden: Bench, shared_workers: Workers) -> Preview:
    """The garden's whole book, up to date."""
    preview = Preview(garden, shared_workers)
    preview.update()
    return preview


def test_a_whole_book_is_current(preview: Preview) -> None:
    assert preview.state.is_current
    assert preview.state.findings == ()
    assert [page["folio"] for page in preview.state.pages()][:5] == ["i", "ii", "iii", "1", "2"]
    assert preview.state.book == preview.bench.build(cache=False).data


@pytest.mark.slow
def test_after_a_save_all_is_stale_until_it_is_known_to_be_the_same(preview: Preview) -> None:
    preview.bench.replace(COMPOST, "Nobody gets it right", "Few get it right")
    preview.state.begin(2)
    assert all(page["stale"] for page in preview.state.pages())
    preview.update(SECTION)
    assert preview.shown == [SECTION]
    assert preview.state.is_current


@pytest.mark.slow
def test_a_worker_that_fails_at_the_link_is_told_and_the_next_save_is_shown(
    preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview.bench.replace(COMPOST, "Nobody gets it right", "Few get it right")
    with monkeypatch.context() as broken:
        broken.setattr("cheatsheet.preview.update.link", os._exit)  # which has no such arguments
        preview.update(SECTION)
    assert {finding.code for finding in preview.state.findings} == {"build-unchecked"}
    preview.update(SECTION)
    assert preview.state.is_current
    assert preview.state.findings == ()


@pytest.mark.slow
def test_a_worker_that_fails_at_the_lint_takes_no_page_away(
    preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview.bench.replace(COMPOST, "Nobody gets it right", "Few get it right")
    monkeypatch.setattr("cheatsheet.preview.update.lint_glossary", os._exit)  # as above
    preview.update(SECTION)
    assert {finding.code for finding in preview.state.findings} == {"build-unchecked"}
    assert preview.state.book == preview.bench.build(cache=False).data


@pytest.mark.slow
def test_what_is_in_view_comes_first_and_nothing_is_laid_out_twice(preview: Preview) -> None:
    preview.bench.append("styles/look.css", "h1 { color: #2c5e1b; }\n")
    preview.update("index", SECTION)
    assert set(preview.shown[:2]) == {"index", SECTION}
    assert sorted(preview.shown) == sorted(preview.state.shown)


@pytest.mark.slow
def test_a_save_leaves_the_rest_and_the_next_update_goes_on(preview: Preview) -> None:
    preview.bench.append("styles/look.css", "h1 { color: #2c5e1c; }\n")
    preview.update(SECTION, patience=3)
    assert not preview.state.is_current
    assert [page["section"] for page in preview.state.pages() if page["stale"]]
    preview.update(SECTION)
    assert preview.state.is_current


@pytest.mark.slow
def test_pages_may_print_old_numbers_until_it_is_known_how_many_there_are(
    garden: Bench, shared_workers: Workers
) -> None:
    preview = Preview(garden, shared_workers, "pocket")
    preview.update()
    assert preview.state.is_current
    garden.replace(COMPOST, "Nobody gets", "And so on and on. " * 30 + "Nobody gets")
    preview.update("cover", SECTION, patience=2)
    assert all(page["stale"] for page in preview.state.pages())
    preview.update()
    assert preview.state.is_current


@pytest.mark.slow
def test_a_sample_has_the_whole_books_numbers_though_it_lacks_pages(
    garden: Bench, shared_workers: Workers
) -> None:
    add_sample(garden)
    garden.append("styles/look.css", ".pairs-table td { padding-bottom: 90mm }\n")  # it lacks them
    whole, sample = Preview(garden, shared_workers), Preview(garden, shared_workers, "sample")
    whole.update()
    sample.update()
    folios = [
        {page["section"]: page["folio"] for page in preview.state.pages() if not page["index"]}
        for preview in (whole, sample)
    ]
    assert folios[0]["index"] == folios[1]["index"]
    sample.update("index", "offer")
    assert sample.shown == []
    assert sample.state.is_current


@pytest.mark.slow
def test_a_section_that_is_taken_out_of_a_sample_is_gone(
    garden: Bench, shared_workers: Workers
) -> None:
    add_sample(garden)
    sample = Preview(garden, shared_workers, "sample")
    sample.update()
    garden.replace("content/book.yaml", "[acronyms, pairs", "[index, acronyms, pairs")
    sample.update()
    assert sample.state.is_current
    assert "index" not in sample.state.shown


@pytest.mark.slow
def test_nothing_is_laid_out_that_is_on_the_screen_already(preview: Preview) -> None:
    preview.update(SECTION, "cover")
    assert preview.shown == []


def test_an_error_leaves_the_pages_and_says_where(preview: Preview) -> None:
    preview.bench.replace(COMPOST, "difficulty: 1", "difficulty: 9")
    preview.update(SECTION)
    state = preview.state.state()
    assert state["broken"]
    assert len(state["pages"]) == 22
    finding = state["findings"][0]
    assert finding["file"] == COMPOST
    assert state["pages"][finding["shows"]]["section"] == SECTION


@pytest.mark.slow
def test_what_the_linker_finds_is_said_and_the_next_save_is_shown(preview: Preview) -> None:
    before = preview.bench.read("styles/look.css")
    preview.bench.append("styles/look.css", ".heading { display: none; }")
    preview.update(SECTION)
    assert "bind-target" in {finding["code"] for finding in preview.state.state()["findings"]}
    preview.bench.write("styles/look.css", before)
    preview.update(SECTION)
    assert not preview.state.state()["findings"]


def test_a_reference_to_a_term_that_there_is_not_is_said_as_lint_says_it(preview: Preview) -> None:
    preview.bench.replace(COMPOST, "Nobody gets it right", "Nobody gets [[mulsh]] right")
    preview.update(SECTION)
    (finding,) = preview.state.findings
    assert finding.code == "refs-dangling"
    assert finding.place.file == COMPOST


def test_a_term_that_is_too_long_is_found_while_it_is_in_view(preview: Preview) -> None:
    preview.bench.replace(COMPOST, "Nobody gets", "And so on and on. " * 90 + "Nobody gets")
    preview.update(SECTION, patience=2)
    assert "fit-overflow" in {finding.code for finding in preview.state.findings}


@pytest.mark.slow
def test_a_finding_about_a_category_is_on_its_own_page(preview: Preview) -> None:
    tools = "  - id: tools\n    name: Tools\n    purpose: Later\n"
    preview.bench.append("content/categories.yaml", tools)
    preview.update()
    state = preview.state
    pages = list(state.pages())
    found = [f for f in state.findings if f.place.file == "content/categories.yaml"]
    shows = [state.page_of(finding, pages) for finding in found]
    assert [pages[n or 0]["section"] for n in shows] == ["category-tools"]


def test_a_drawing_belongs_to_its_terms_page(preview: Preview) -> None:
    drawing, state = "content/pictures/compost.svg", preview.state
    assert state.sections_of([drawing, "styles/look.css"]) == [SECTION]
    preview.bench.replace(drawing, "<svg ", '<svg onload="x()" ')
    preview.update()
    found = [finding for finding in state.findings if finding.place.file == drawing]
    assert found
    assert {state.section_of(finding) for finding in found} == {SECTION}


def test_a_term_without_its_drawing_is_shown_and_found(preview: Preview) -> None:
    (preview.bench.folder / "content/pictures/compost.svg").unlink()
    preview.update(SECTION)
    assert SECTION in preview.shown
    assert "picture-missing" in {finding.code for finding in preview.state.findings}


def test_a_broken_drawing_is_found_once(preview: Preview) -> None:
    preview.bench.replace("content/pictures/compost.svg", "</svg>", "")
    preview.update(SECTION)
    assert {finding.code for finding in preview.state.findings} == {"picture-syntax"}


def test_a_slip_in_a_templates_style_sheet_is_told_where_it_is(
    preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    slip = StyleFile(PurePath("src/map.html.j2"), "\np { colr: red }")
    monkeypatch.setattr(edition_build, "template_styles", lambda: [slip])
    preview.update()
    assert [str(f.place) for f in preview.state.findings] == ["src/map.html.j2:2:5"]


@pytest.mark.slow
def test_a_bad_colour_is_found_at_each_update(preview: Preview) -> None:
    main = "styles/main.css"
    preview.bench.append(main, "h1 { color: var(--own); } :root { --own: grene; }\n")
    for _ in range(2):
        preview.update(SECTION)
        assert {f.code for f in preview.state.findings} == {"css-style"}


@pytest.mark.parametrize(
    ("line", "column", "longest"),
    [
        ("takeaway: Compost is patience.", 1, "Compost is patience."),
        ('  - "It\'s \\"done\\" now"', 5, None),
        ("plain: See [[mulch|the mulch]] first.", 8, "See the mulch first."),
        ("tldr: One two three four five six seven eight nine ten", 7,
         "One two three four five six seven eight"),
    ],
)  # fmt: skip
def test_a_place_is_sought_by_the_words_that_the_book_prints(
    line: str, column: int, longest: str | None, tmp_path: Path
) -> None:
    (tmp_path / "term.yaml").write_text(f"{line}\n", encoding="utf-8")
    phrases = phrases_at(tmp_path, Place("term.yaml", 1, column), without_references)
    assert phrases
    assert longest is None or phrases[0] == longest
    assert all(len(a) > len(b) for a, b in pairwise(phrases))


def test_a_place_in_a_drawing_is_sought_by_its_label(tmp_path: Path) -> None:
    (tmp_path / "term.svg").write_text('<svg>\n  <text x="1">Brown leaves</text>\n</svg>\n')
    assert phrases_at(tmp_path, Place("term.svg", 2, 3), str) == ["Brown leaves", "Brown"]


def test_a_place_in_a_style_sheet_is_not_sought(tmp_path: Path) -> None:
    assert phrases_at(tmp_path, Place("styles/look.css", 1, 1), str) == []


def compared(path: Path) -> tuple[Baseline, bytes | None, Pictures]:
    """Return a PDF as a baseline, its first page drawn, and the pictures it is among."""

    async def draw() -> tuple[Baseline, bytes | None, Pictures]:
        pictures = Pictures()
        baseline = await reopen_baseline(pictures, path, None)
        assert baseline
        try:
            return baseline, await pictures.picture(baseline.key, 0, 300), pictures
        finally:
            pictures.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, draw()).result()


def test_a_good_pdf_is_drawn_in_a_process_of_its_own(built_garden: Built) -> None:
    baseline, picture, pictures = compared(built_garden.pdf)
    assert (baseline.problem, pictures.problems) == ("", {})
    assert gzip.decompress(picture or b"").startswith(b"BM")
    assert baseline.starts["term-compost"] == 4


@pytest.mark.slow
def test_a_pdf_of_forms_in_forms_is_not_compared_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures_module, "BOUNDS", Bounds(seconds=3, megabytes=700))
    path = tmp_path / "evil.pdf"
    path.write_bytes(FILES["forms in forms"]())
    baseline, picture, pictures = compared(path)
    assert picture is None
    assert "it takes more than" in pictures.problems[baseline.key]


@pytest.mark.parametrize("sides", [b"1 2000", b"2000 1", b"0.001 99", b"1 1000000000"])
def test_a_page_of_any_shape_is_a_picture_of_bounded_size(sides: bytes) -> None:
    page = OpenPdf(one_page(PAGE.replace(b"99 99", sides)))
    picture = gzip.decompress(page.draw(0, 5_000))
    width, height = struct.unpack_from("<ii", picture, 18)
    assert 0 < width <= WIDEST
    assert 0 < -height <= TALLEST
    assert page.look(0)


@pytest.mark.parametrize(
    ("data", "says"), [(b"junk", "it is no PDF"), (None, "it is a device or a pipe")]
)
def test_what_cannot_be_opened_is_said_to_be_so(
    data: bytes | None, says: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.pdf"
    if data is None:
        os.mkfifo(path)
    else:
        path.write_bytes(data)
    assert says in compared(path)[0].problem
