"""The book's order, its page numbers, and its lists."""

import pytest

from cheatsheet.book import (
    list_acronyms,
    list_index,
    list_pairs,
    make_sections,
    number_pages,
    sort_key,
    to_roman,
)
from conftest import Bench, Built


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
    assert [e.words for e in entries] == sorted((e.words for e in entries), key=sort_key)


def test_the_index_is_grouped_by_initial(garden: Bench) -> None:
    initials = [initial for initial, _ in list_index(garden.glossary())]
    assert initials == sorted(set(initials))


def test_acronyms_come_from_full_forms(garden: Bench) -> None:
    letters = [(letters, words) for letters, words, _ in list_acronyms(garden.glossary())]
    assert letters == [
        ("IPM", "Integrated Pest Management"),
        ("pH", "Potential of Hydrogen"),
    ]


def test_each_term_has_its_confused_pair(garden: Bench) -> None:
    glossary = garden.glossary()
    pairs = {term.slug: (other, name) for term, other, name, _ in list_pairs(glossary)}
    assert pairs["compost"] == (glossary.by_slug["mulch"], "Mulch")
    assert pairs["ipm"] == (None, "doing nothing")
    assert len(pairs) == 12
