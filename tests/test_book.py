"""The book's order, its page numbers, and its lists."""

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest

from cheatsheet.book.columns import AGAIN, HEAD, index_columns
from cheatsheet.book.neighbourhood import Country, MapCell, Road, map_countries
from cheatsheet.book.pairing import lines_of_side, pair_pages
from cheatsheet.book.specimen import small_tokens
from cheatsheet.model.collation import sort_key
from cheatsheet.model.glossary import Term
from cheatsheet.model.pairs import Side
from cheatsheet.model.sections import (
    IndexEntry,
    cover_columns,
    cover_rows,
    list_acronyms,
    list_index,
    list_pairs,
    make_sections,
    named_side,
    number_pages,
    sides_on_page,
    to_roman,
)
from conftest import Bench, Built


def english(words: str) -> tuple[int, ...]:
    return sort_key(words, "en-US")


def test_each_section_has_an_id_of_its_own(book: Built) -> None:
    ids = [section.id for section in make_sections(book.bench.glossary())]
    assert len(ids) == len(set(ids))


def test_sections_stand_in_reading_order(garden: Bench) -> None:
    kinds = [section.kind for section in make_sections(garden.glossary())]
    assert kinds[:4] == ["cover", "how_to_read", "contents", "category"]
    assert kinds[-4:] == ["acronyms", "pairs", "index", "colophon"]
    assert kinds.count("term") == 12


def test_numbers_follow_the_pages_and_begin_again_after_the_front_matter(garden: Bench) -> None:
    sections = make_sections(garden.glossary())
    starts = number_pages(sections, {"contents": 2, "term-compost": 3})
    assert [starts[s.id].folio for s in sections[:6]] == ["i", "ii", "iii", "1", "2", "5"]
    assert starts["term-mulch"].page == 9


@pytest.mark.parametrize(
    ("number", "roman"),
    [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (90, "xc"), (1999, "mcmxcix")],
)
def test_front_matter_counts_in_roman_numerals(number: int, roman: str) -> None:
    assert to_roman(number) == roman


def test_the_index_has_every_name_alias_and_covered_word(garden: Bench) -> None:
    entries = [entry for _, group in list_index(garden.glossary()) for entry in group]
    words = {entry.words: entry.term.slug for entry in entries}
    assert words["Compost"] == words["leaf mold"] == "compost"
    assert words["vermicompost"] == "worm-bin"
    assert [e.words for e in entries] == sorted((e.words for e in entries), key=english)


def test_the_index_is_grouped_by_initial(garden: Bench) -> None:
    initials = [initial for initial, _ in list_index(garden.glossary())]
    assert initials == sorted(set(initials))


def test_acronyms_come_from_full_forms(garden: Bench) -> None:
    listed = list_acronyms(garden.glossary())
    assert [(initial, letters, words) for initial, own in listed for letters, words, _ in own] == [
        ("I", "IPM", "Integrated Pest Management"),
        ("P", "pH", "Potential of Hydrogen"),
    ]


def test_a_pair_stands_once_under_the_category_of_its_first_term(garden: Bench) -> None:
    listed = list_pairs(garden.glossary())
    keys = [(one.key, other.key) for _, pairs in listed for one, other in pairs]
    assert [category.id for category, _ in listed] == ["soil", "sowing", "care"]
    assert ("compost", "mulch") in keys
    assert ("mulch", "compost") not in keys
    assert ("ipm", "Doing Nothing") in keys
    assert len(keys) == len(set(keys)) == 10


def test_the_index_has_the_letters_of_the_decoder(garden: Bench) -> None:
    glossary = garden.glossary()
    entries = {(e.words, e.term.slug) for _, group in list_index(glossary) for e in group}
    listed = list_acronyms(glossary)
    decoded = {(letters, term.slug) for _, own in listed for letters, _, term in own}
    assert decoded
    assert decoded <= entries


def test_the_sizes_of_a_page_that_is_shown_small_are_as_small() -> None:
    tokens = {
        "--size": "10pt",
        "--edge": "-2mm 4.5mm auto",
        "--rail": "var(--size)",
        "--weight": "700",
        "--tab": "#3f4fa3",
        "--specimen-width": "120mm",
    }
    small = {"--size": "5pt", "--edge": "-1mm 2.25mm auto", "--rail": "var(--size)"}
    assert small_tokens(tokens, 0.5) == small


def test_a_page_has_the_other_sides_of_a_terms_pairs_and_never_its_own(
    garden: Bench,
) -> None:
    glossary = garden.glossary()
    shown = {
        term.slug: [side.key for side in sides_on_page(glossary, term)] for term in glossary.terms
    }
    assert shown["compost"] == ["mulch", "worm-bin"]
    assert shown["mulch"] == ["compost"]
    assert shown["ipm"] == ["Doing Nothing"]


@pytest.mark.parametrize(
    ("slug", "line", "name"),
    [
        ("compost", "Compost goes into the ground.", "Compost"),
        ("worm-bin", "A worm bin has tenants.", "A worm bin"),
        ("ipm", "Integrated pest management looks first.", "Integrated pest management"),
        ("compost", "L'compost est noir.", "L'compost"),
        ("compost", "Compost's best friend is a worm.", "Compost"),
        ("compost", "Composting takes a year.", "Compost"),
        ("compost", "Nobody has ever seen compost run.", "Compost"),
        ("Plant Food", "Plant food: it comes in a bag.", "Plant food"),
        ("worm-bin", "Worms do the work.", "Worms"),
        ("worm-bin", "Your own worms are tenants.", "Your own worms"),
        ("ipm", "A pest is looked at first.", "IPM"),
        ("Tea of Compost", "A pinch of salt is no use.", "Tea of Compost"),
    ],
)
def test_a_sentence_that_begins_with_the_name_is_not_printed_after_it(
    slug: str, line: str, name: str, garden: Bench
) -> None:
    words, rest = named_side(garden.glossary(), Side(slug, line, ()))
    assert words == name
    assert words + rest == line or rest == f": {line}"
    assert not rest.lstrip().casefold().startswith(f"{name} ".casefold())


def test_a_project_without_pairs_has_no_section_of_them(garden: Bench) -> None:
    (garden.folder / "content/pairs.yaml").unlink()
    assert "pairs" not in {section.kind for section in make_sections(garden.glossary())}
    assert garden.lint() == []


def test_words_of_any_spelling_stand_where_a_reader_looks_for_them() -> None:
    words = ["3D", "100", "Adz", "Ægis", "Afar", "Åse", "Đakovo", "Eddy", "item", "\u0131b"]
    words += ["Lamp", "Łódź", "Luna", "Mask", "µ-law", "Must", "Odd", "Œuvre", "Off", "π", "Zebra"]
    assert sorted({*words}, key=english) == words


@pytest.mark.parametrize(
    ("words", "initial"),
    [
        ("Łódź", "L"),
        ("Æon", "A"),
        ("Œuvre", "O"),
        ("µ-law", "M"),
        ("\u0131o", "I"),
        ("100", "0"),
        ("Ø", "O"),
    ],
)
def test_an_alias_stands_under_the_letter_that_it_is_taken_for(
    words: str, initial: str, garden: Bench
) -> None:
    garden.replace("content/terms/compost.yaml", "aliases: []", f'aliases: ["{words}"]')
    found = [
        letter for letter, group in list_index(garden.glossary()) for e in group if e.words == words
    ]
    assert [letter[0] for letter in found] == [initial]


def test_names_that_differ_by_case_alone_are_printed_once(garden: Bench) -> None:
    garden.replace("content/terms/compost.yaml", "aliases: []", "aliases: [compost, COMPOST, Heap]")
    entries = [e.words for _, group in list_index(garden.glossary()) for e in group]
    assert [words for words in entries if words.lower() == "compost"] == ["Compost"]
    assert "Heap" in entries


@pytest.mark.parametrize(("count", "columns"), [(6, 12), (75, 12), (120, 12), (121, 13), (750, 30)])
def test_the_covers_tiles_take_no_more_room_than_there_is(
    count: int, columns: int, garden: Bench
) -> None:
    terms = [garden.glossary().terms[0]] * count
    assert cover_columns(terms, (), 10) == columns
    assert cover_rows(terms, (), columns) * 12 <= 10 * columns
    assert cover_columns(terms, (), 0) == 12  # styles that name no room


def test_the_map_has_each_term_once_under_its_category(garden: Bench) -> None:
    glossary = garden.glossary()
    for country in map_countries(glossary, 5, are_open=True):
        own = {cell.term.slug for cell in country.cells}
        assert own == {term.slug for term in glossary.in_category(country.category)}


@pytest.mark.slow_but_first
@pytest.mark.parametrize("columns", [2, 3, 5, 10])
def test_a_country_of_the_map_is_as_many_rows_as_its_terms_need(book: Built, columns: int) -> None:
    for country in map_countries(book.bench.glossary(), columns, are_open=True):
        assert 0 <= country.rows * columns - len(country.cells) < columns


@pytest.mark.parametrize("are_open", [True, False])
def test_the_map_joins_relatives_and_what_is_mixed_up(book: Built, *, are_open: bool) -> None:
    glossary = book.bench.glossary()
    confused = {frozenset(side.key for side in pair) for pair in glossary.pairs}
    for one, other, road in _roads(map_countries(glossary, 5, are_open=are_open), 5):
        assert road.is_confused == (frozenset((one.slug, other.slug)) in confused)
        assert road.is_confused or other.slug in one.related or one.slug in other.related
        assert are_open or one.category == other.category


def test_every_term_of_the_book_has_a_road_on_the_map(book: Built) -> None:
    countries = map_countries(book.bench.glossary(), 5, are_open=True)
    ends = [{one.slug, other.slug} for one, other, _ in _roads(countries, 5)]
    assert len(set().union(*ends)) == sum(len(country.cells) for country in countries)
    assert {"attention", "transformer"} in ends


@pytest.mark.slow_but_first
@pytest.mark.parametrize("columns", [2, 3, 5, 10])
def test_a_country_that_lacks_one_term_has_a_free_cell_beside_one(
    book: Built, columns: int
) -> None:
    for country in map_countries(book.bench.glossary(), columns, are_open=True):
        missing = country.rows * columns - len(country.cells)
        sides = [cell.free for cell in country.cells if cell.free]
        assert len(sides) == (missing == 1)


def test_one_may_walk_far_on_the_map(book: Built) -> None:
    """Roads join the terms of the book to few groups, and what is named first where it can be."""
    ends = [
        {one.slug, other.slug}
        for one, other, _ in _roads(map_countries(book.bench.glossary(), 5, are_open=True), 5)
    ]
    groups: list[set[str]] = []
    for pair in ends:
        met = [group for group in groups if group & pair]
        groups = [group for group in groups if group not in met] + [pair.union(*met)]
    assert len(groups) <= 6
    assert {"deep-learning", "machine-learning"} in ends
    assert {"gpt", "large-language-model"} in ends


def test_a_term_without_a_road_names_a_relative_in_another_part(book: Built) -> None:
    countries = map_countries(book.bench.glossary(), 2, are_open=False)
    ends = {end.slug for one, other, _ in _roads(countries, 2) for end in (one, other)}
    cells = [cell for country in countries for cell in country.cells]
    assert {cell.term.slug for cell in cells if cell.abroad} == {
        cell.term.slug for cell in cells
    } - ends
    assert all(not cell.abroad or cell.abroad in cell.term.related for cell in cells)


@pytest.mark.slow
def test_roads_across_borders_are_worth_more(book: Built) -> None:
    roads = [*_roads(map_countries(book.bench.glossary(), 5, are_open=True), 5)]
    assert sum(one.category != other.category for one, other, _ in roads) >= 9


def _roads(countries: list[Country], columns: int) -> Iterator[tuple[Term, Term, Road]]:
    """Yield the roads of a map with the terms at their ends; each leads to a term."""
    at: dict[tuple[int, int], MapCell] = {}
    first = 0
    for country in countries:
        places = ((n % columns, first + n // columns) for n in range(country.rows * columns))
        for cell in country.cells:
            place = next(places)
            at[next(places) if cell.free == "before" else place] = cell
            if cell.free == "after":
                next(places)
        first += country.rows
    for (column, row), cell in at.items():
        for road in cell.roads:
            place = (column + 1, row) if road.way == "right" else (column, row + 1)
            yield cell.term, at[place].term, road


@pytest.mark.slow_but_first
@pytest.mark.timeout(60)
@pytest.mark.parametrize("seed", [7, 10, 15])
def test_a_map_settles_though_relatives_do_not_name_each_other(book: Built, seed: int) -> None:
    chance, glossary = random.Random(seed), book.bench.glossary()  # noqa: S311 - no secret
    slugs = [term.slug for term in glossary.terms]
    terms = [
        term.model_copy(update={"related": chance.sample([s for s in slugs if s != term.slug], 4)})
        for term in glossary.terms
    ]
    countries = map_countries(replace(glossary, terms=tuple(terms)), 3, are_open=True)
    named = [cell.term.slug for country in countries for cell in country.cells]
    assert sorted(named) == sorted(slugs)


SIZES = {"line": 10.0, "padding": 4.0, "head": 20.0, "letters": 50.0, "highest": 40.0}


def _lines(entry: IndexEntry) -> int:
    """Return how many lines an entry takes of 31 letters, of which 27 are as wide in bold."""
    return 2 if len(entry.words) > (27 if entry.is_name else 31) else 1


@pytest.mark.slow_but_first
@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize("rows", [12, 30, 60])
def test_the_index_stands_in_its_columns_in_order(book: Built, columns: int, rows: int) -> None:
    index = list_index(book.bench.glossary())
    pages = index_columns(index, columns, (rows - 5, rows), 31)
    filled = [column for page in pages for column in page]
    entries = [entry for column in filled for part in column for entry in part.entries]
    assert entries == [entry for _, group in index for entry in group]
    for number, column in enumerate(filled):
        room = rows - 5 if number < columns else rows
        taken = sum(HEAD + AGAIN * part.goes_on + sum(map(_lines, part.entries)) for part in column)
        assert taken <= room
    assert all(len(page) == columns for page in pages[:-1])


def test_a_name_in_bold_takes_two_lines_of_the_index_sooner_than_other_words(book: Built) -> None:
    term = book.bench.glossary().terms[0].model_copy(update={"name": "n" * 29})
    pages = {
        letter: index_columns([("N", [IndexEntry(letter * 29, term)] * 6)], 1, (10, 10), 31)
        for letter in "no"
    }
    assert (len(pages["o"]), len(pages["n"])) == (1, 2)


def test_a_letter_of_the_index_that_goes_on_in_the_next_column_says_so(book: Built) -> None:
    pages = index_columns(list_index(book.bench.glossary()), 3, (20, 20), 31)
    parts = [part for page in pages for column in page for part in column]
    seen: set[str] = set()
    for part in parts:
        assert part.goes_on == (part.letter in seen)
        seen.add(part.letter)
    assert sum(part.goes_on for part in parts) > 1


@pytest.mark.parametrize("count", [5, 9, 10, 19])
def test_no_entry_of_the_index_stands_alone_in_a_column(book: Built, count: int) -> None:
    term = book.bench.glossary().terms[0]
    entries = [IndexEntry(f"{n:02}", term) for n in range(count)]
    pages = index_columns([("N", entries)], 1, (9, 9), 31)
    filled = [part.entries for page in pages for column in page for part in column]
    assert [entry for part in filled for entry in part] == entries
    assert all(len(part) > 1 for part in filled)


def test_an_index_without_entries_has_no_columns() -> None:
    assert index_columns([], 3, (20, 20), 31) == []


@pytest.mark.slow_but_first
@pytest.mark.parametrize("room", [100.0, 300.0, 500.0, 700.0])
def test_pairs_fill_their_pages_and_no_more(book: Built, room: float) -> None:
    glossary = book.bench.glossary()
    named, parts = partial(named_side, glossary), list_pairs(glossary)
    pages = list(pair_pages(parts, named, SIZES | {"room": room, "first": room - 60}))
    assert [part for page in pages for part in page.parts] == parts
    for number, page in enumerate(pages):
        rows = sum(len(own) for _, own in page.parts)
        least = rows * (SIZES["line"] + SIZES["padding"]) + len(page.parts) * SIZES["head"]
        assert len(page.parts) == 1 or least <= (room if number else room - 60)


@pytest.mark.slow_but_first
@pytest.mark.parametrize("highest", [40.0, 20.0])
def test_rows_of_pairs_are_equally_high_on_a_page_and_end_at_its_foot(
    book: Built, highest: float
) -> None:
    glossary, sizes = book.bench.glossary(), SIZES | {"room": 700.0, "first": 640.0}
    named, parts = partial(named_side, glossary), list_pairs(glossary)
    pages = pair_pages(parts, named, sizes | {"highest": highest})
    for number, page in enumerate(pages):
        sides = [list(map(named, pair)) for _, pairs in page.parts for pair in pairs]
        lines = [max(lines_of_side(*side, sizes["letters"]) for side in pair) for pair in sides]
        used = sum(max(page.row, 4 + 10 * high) for high in lines) + 20 * len(page.parts)
        left = (640 if number == 0 else 700) - used
        assert left == pytest.approx(0) if page.row < highest else left >= 0


@pytest.mark.parametrize(
    ("name", "rest", "lines"),
    [
        ("Machine learning", " picks up a skill from examples.", 1),
        ("Fine-tuning", " is a shorter course for a particular job.", 1),
        ("Computer vision", " looks at a picture and reports back.", 2),
        ("A team", " of AI agents passes work from one to the next.", 2),
        ("Attention", " i" * 200, 6),
    ],
)
def test_a_sentence_takes_as_many_lines_as_its_letters_are_wide(
    name: str, rest: str, lines: int
) -> None:
    assert lines_of_side(name, rest, 45) == lines


def test_without_room_pairs_are_one_page_that_flows(book: Built) -> None:
    glossary = book.bench.glossary()
    parts = list_pairs(glossary)
    pages = pair_pages(parts, partial(named_side, glossary), SIZES | {"room": 0.0, "first": 0.0})
    assert [(page.parts, page.row) for page in pages] == [(parts, 0)]


def test_the_index_has_no_two_words_of_the_same_letters_for_a_term(book: Built) -> None:
    entries = [entry for _, group in list_index(book.bench.glossary()) for entry in group]
    letters = [
        (entry.term.slug, entry.words.casefold().replace("-", "").replace(" ", ""))
        for entry in entries
    ]
    assert len(letters) == len(set(letters))
