"""The map of the terms: every related pair once, and the same drawing from the same data."""

from cheatsheet.termmap import draw_category, draw_map
from conftest import Bench, Built


def test_each_related_pair_has_one_curve(garden: Bench) -> None:
    glossary = garden.glossary()
    pairs = {frozenset((term.slug, slug)) for term in glossary.terms for slug in term.related}
    assert len(draw_map(glossary).curves) == len(pairs)


def test_the_columns_hold_all_terms_in_book_order(book: Built) -> None:
    glossary = book.bench.glossary()
    drawn = draw_map(glossary)
    assert (*drawn.left, *drawn.right) == glossary.terms
    assert drawn.rows == len(drawn.left) == 38


def test_a_categorys_map_has_its_own_pairs_alone(garden: Bench) -> None:
    glossary = garden.glossary()
    soil = glossary.in_category(glossary.categories[0])
    assert [curve.category for curve in draw_category(soil).curves] == ["soil"] * 3


def test_a_curve_begins_and_ends_at_its_terms_rows(garden: Bench) -> None:
    curve = draw_map(garden.glossary()).curves[0]
    assert curve.path.startswith("M0 0.5C")
    assert curve.path.endswith(" 0 1.5")
