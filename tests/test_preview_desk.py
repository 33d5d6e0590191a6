"""What is on the desk, without a browser: what is stale, what is wrong, and where it stands."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from cheatsheet.composition import Composer
from cheatsheet.findings import Place
from cheatsheet.preview.benches import BookBench, ViewBench
from cheatsheet.preview.desk import Desk
from cheatsheet.preview.marks import phrases_at
from cheatsheet.preview.messages import (
    Answer,
    Bound,
    Broken,
    Job,
    Judged,
    Planned,
    Proofed,
    Surveyed,
)
from cheatsheet.preview.worker import SupersededError
from conftest import Bench
from test_publish_sample import add_sample

COMPOST = "content/terms/compost.yaml"
SECTION = "term-compost"


class Told:
    """A line that keeps what is told; a job is superseded after so many answers."""

    def __init__(self, patience: int = 10_000) -> None:
        self.answers: list[Answer] = []
        self._patience = patience

    def check(self) -> None:
        if len(self.answers) >= self._patience:
            raise SupersededError

    def tell(self, answer: Answer) -> None:
        self.check()
        self.answers.append(answer)

    def pause(self, _: float) -> None:
        self.check()


def put(desk: Desk, answers: Sequence[Answer]) -> None:
    """Put a worker's answers on a desk."""
    for answer in answers:
        match answer:
            case Planned():
                desk.take_plan(answer)
            case Proofed():
                desk.take_proof(answer, "early")
            case Surveyed():
                desk.take_survey(answer)
            case Bound():
                desk.take_book(answer, "whole")
            case Judged():
                desk.take_judgement(answer)
            case Broken():
                desk.take_trouble(answer)
            case _:
                pass


def work(bench: ViewBench | BookBench, desk: Desk, *wanted: str) -> list[Answer]:
    """Have a job done, and put its answers on the desk."""
    told = Told()
    shown = {name: shown.digest for name, shown in desk.shown.items()}
    bench.work(Job(desk.generation, desk.edition, wanted, shown, desk.counts), told)  # type: ignore[arg-type]
    put(desk, told.answers)
    return told.answers


@pytest.fixture
def desk(garden: Bench) -> Desk:
    """A desk with the garden's whole book."""
    desk = Desk("print")
    work(BookBench(garden.folder), desk)
    work(ViewBench(garden.folder), desk)
    return desk


def test_a_whole_book_is_current(desk: Desk) -> None:
    assert desk.is_current
    assert desk.findings == ()
    assert [page["folio"] for page in desk.pages()][:5] == ["i", "ii", "iii", "1", "2"]


def test_after_a_save_all_is_stale_until_it_is_known_to_be_the_same(
    desk: Desk, garden: Bench
) -> None:
    desk.saved(2)
    assert all(page["stale"] for page in desk.pages())
    garden.replace(COMPOST, "Nobody gets it right", "Few get it right")
    view = ViewBench(garden.folder)
    answers = work(view, desk, SECTION)
    assert [list(a.pages) for a in answers if isinstance(a, Proofed)] == [[SECTION]]
    assert not any(page["stale"] for page in desk.pages())
    assert not desk.is_current  # its page is not from the whole book
    work(BookBench(garden.folder), desk)
    assert desk.is_current


def test_a_section_out_of_view_that_changed_is_known_to_be_stale(desk: Desk, garden: Bench) -> None:
    desk.saved(2)
    garden.replace(COMPOST, "Nobody gets it right", "Few get it right")
    work(ViewBench(garden.folder), desk, "cover")
    assert [page["section"] for page in desk.pages() if page["stale"]] == [SECTION]


def test_both_workers_lay_out_what_is_stale_and_nothing_twice(desk: Desk, garden: Bench) -> None:
    desk.saved(2)
    garden.append("styles/look.css", "h1 { color: #2c5e1b; }\n")
    shown = {name: shown.digest for name, shown in desk.shown.items()}
    view, book = Told(), Told()
    job = Job(2, "print", (SECTION,), shown, desk.counts)
    ViewBench(garden.folder).work(job, view)  # type: ignore[arg-type]
    BookBench(garden.folder).work(job, book)  # type: ignore[arg-type]
    proofs = [answer for told in (view, book) for answer in told.answers if type(answer) is Proofed]
    put(desk, [answer for answer in view.answers if type(answer) is not Proofed])
    put(desk, proofs)
    laid_out = [section for proof in proofs for section in proof.pages]
    assert laid_out[0] == SECTION
    assert sorted(laid_out) == sorted(desk.shown)
    assert not any(page["stale"] for page in desk.pages())
    assert not desk.is_current  # the book is not bound yet


def test_pages_may_print_old_numbers_until_it_is_known_how_many_there_are(
    desk: Desk, garden: Bench
) -> None:
    desk.edition = "pocket"
    work(BookBench(garden.folder), desk)
    assert desk.is_current
    desk.saved(2)
    garden.replace(COMPOST, "Nobody gets", "And so on and on. " * 30 + "Nobody gets")
    work(ViewBench(garden.folder), desk, "cover", SECTION)
    assert all(page["stale"] for page in desk.pages())
    work(BookBench(garden.folder), desk)
    assert desk.is_current


def test_a_sample_has_the_whole_books_numbers_though_it_lacks_pages(garden: Bench) -> None:
    add_sample(garden)
    garden.append("styles/look.css", ".pairs-table td { padding-bottom: 90mm }\n")  # it lacks them
    desk = Desk("sample")
    work(ViewBench(garden.folder), desk)
    work(BookBench(garden.folder), desk)
    glossary = garden.glossary()
    book = Composer(garden.folder)
    whole = book.lay_out(book.set_up(glossary, "print"), lambda *_: None)
    folios = {page["section"]: page["folio"] for page in desk.pages() if not page["index"]}
    assert folios["index"] == str(whole.numbers["index"].number)
    desk.saved(2)
    answers = work(ViewBench(garden.folder), desk, "index", "offer")
    assert not any(isinstance(answer, Proofed) for answer in answers)
    assert not any(page["stale"] for page in desk.pages())


def test_a_section_that_is_taken_out_of_a_sample_is_gone(garden: Bench) -> None:
    add_sample(garden)
    desk = Desk("sample")
    work(BookBench(garden.folder), desk)
    work(ViewBench(garden.folder), desk)
    garden.replace("content/book.yaml", "[acronyms, pairs", "[index, acronyms, pairs")
    desk.saved(2)
    work(ViewBench(garden.folder), desk)
    work(BookBench(garden.folder), desk)
    assert desk.is_current
    assert "index" not in desk.shown


def test_nothing_is_laid_out_that_is_on_the_screen_already(desk: Desk, garden: Bench) -> None:
    answers = work(ViewBench(garden.folder), desk, SECTION, "cover")
    assert not any(isinstance(answer, Proofed) for answer in answers)


def test_a_superseded_job_stops_where_it_is(garden: Bench) -> None:
    told = Told(patience=2)
    with pytest.raises(SupersededError):
        ViewBench(garden.folder).work(Job(1, "print", ("cover", "index")), told)  # type: ignore[arg-type]
    assert [type(answer) for answer in told.answers] == [Planned, Proofed]


def test_an_error_leaves_the_pages_and_says_where(desk: Desk, garden: Bench) -> None:
    garden.replace(COMPOST, "difficulty: 1", "difficulty: 9")
    desk.saved(2)
    work(ViewBench(garden.folder), desk, SECTION)
    state = desk.state()
    assert state["broken"]
    assert len(state["pages"]) == 22
    finding = state["findings"][0]
    assert finding["file"] == COMPOST
    assert state["pages"][finding["shows"]]["section"] == SECTION


def test_a_term_that_is_too_long_is_found_while_it_is_in_view(desk: Desk, garden: Bench) -> None:
    desk.saved(2)
    garden.replace(COMPOST, "Nobody gets", "And so on and on. " * 90 + "Nobody gets")
    work(ViewBench(garden.folder), desk, SECTION)
    assert "fit-overflow" in {finding.code for finding in desk.findings}


def test_a_finding_about_a_category_is_on_its_own_page(desk: Desk, garden: Bench) -> None:
    desk.saved(2)
    garden.append("content/categories.yaml", "  - id: tools\n    name: Tools\n    purpose: Later\n")
    work(ViewBench(garden.folder), desk)
    pages = list(desk.pages())
    found = [f for f in desk.findings if f.place.file == "content/categories.yaml"]
    shows = [desk.page_of(finding, pages) for finding in found]
    assert [pages[n or 0]["section"] for n in shows] == ["category-tools"]


def test_a_drawing_belongs_to_its_terms_page(desk: Desk, garden: Bench) -> None:
    drawing = "content/pictures/compost.svg"
    assert desk.sections_of([drawing, "styles/look.css"]) == [SECTION]
    desk.saved(2)
    garden.replace(drawing, "<svg ", '<svg onload="x()" ')
    work(ViewBench(garden.folder), desk)
    found = [finding for finding in desk.findings if finding.place.file == drawing]
    assert found
    assert {desk.section_of(finding) for finding in found} == {SECTION}


def test_a_term_without_its_drawing_is_shown_and_found(desk: Desk, garden: Bench) -> None:
    desk.saved(2)
    (garden.folder / "content/pictures/compost.svg").unlink()
    answers = work(ViewBench(garden.folder), desk, SECTION)
    assert any(isinstance(answer, Proofed) for answer in answers)
    assert "picture-missing" in {finding.code for finding in desk.findings}


def test_a_bad_colour_is_found_while_it_is_in_view_and_in_the_whole_book(
    desk: Desk, garden: Bench
) -> None:
    garden.append("styles/main.css", "h1 { color: var(--own); } :root { --own: grene; }\n")
    view, book = ViewBench(garden.folder), BookBench(garden.folder)
    for generation in (2, 3):
        desk.saved(generation)
        work(view, desk, SECTION)
        assert [f.code for f in desk.findings] == ["css-style"]
        work(book, desk)
        assert [f.code for f in desk.findings] == ["css-style"]


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
    phrases = phrases_at(tmp_path, Place("term.yaml", 1, column))
    assert phrases
    assert longest is None or phrases[0] == longest
    assert all(len(a) > len(b) for a, b in pairwise(phrases))


def test_a_place_in_a_drawing_is_sought_by_its_label(tmp_path: Path) -> None:
    (tmp_path / "term.svg").write_text('<svg>\n  <text x="1">Brown leaves</text>\n</svg>\n')
    assert phrases_at(tmp_path, Place("term.svg", 2, 3)) == ["Brown leaves", "Brown"]


def test_a_place_in_a_style_sheet_is_not_sought(tmp_path: Path) -> None:
    assert phrases_at(tmp_path, Place("styles/look.css", 1, 1)) == []
