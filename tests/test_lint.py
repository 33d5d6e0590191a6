"""The rules of the text beyond their cases: the project's own style, and what they cost."""

import subprocess
import sys

import pytest

from cheatsheet.lint.readability import reading_grade
from cheatsheet.manuscript.moving import rename_term
from conftest import ROOT, Bench, Built, codes, only

COMPOST = "content/terms/compost.yaml"
EXCEPTION = "exceptions:\n  text-ellipsis: The gardener trails off here.\n"
WITHOUT_LIBRARIES = """
import sys
from pathlib import Path
from cheatsheet.lint.proofreading import proofread
proofread(Path(sys.argv[1]))
assert not {"spellchecker", "pyphen", "weasyprint"} & sys.modules.keys()
"""


def test_a_project_without_a_style_or_a_word_list_has_no_such_rules(garden: Bench) -> None:
    garden.replace(COMPOST, "Take the seeds.", "Utilize the sedes! Why not? Take it — NOW.")
    assert codes(garden.lint()) == set()


def test_what_such_a_project_does_not_need_is_not_loaded(garden: Bench) -> None:
    command = [sys.executable, "-c", WITHOUT_LIBRARIES, str(garden.folder)]
    subprocess.run(command, check=True)  # noqa: S603 - this interpreter, and the text above


@pytest.mark.slow
def test_the_owners_term_keeps_to_the_house_style(book: Built) -> None:
    term = book.bench.glossary().by_slug["diffusion-model"]
    assert not term.exceptions
    assert not [f for f in book.bench.lint() if "diffusion-model" in str(f.place)]


def test_an_exception_is_for_one_term_and_one_rule(garden: Bench) -> None:
    garden.replace(COMPOST, "Leftovers on", "Leftovers ... **on**")
    garden.replace("content/terms/mulch.yaml", "A blanket", "A ... blanket")
    garden.append(COMPOST, EXCEPTION)
    found = {(f.place.file, f.code) for f in garden.lint()}
    assert found == {(COMPOST, "text-markup"), ("content/terms/mulch.yaml", "text-ellipsis")}


def test_an_exception_is_not_printed(garden: Bench) -> None:
    garden.append(COMPOST, EXCEPTION)
    assert all("trails off" not in text for _, text in garden.glossary().by_slug["compost"].texts())


@pytest.mark.slow
def test_an_exception_from_an_error_of_the_text_lets_the_book_be_built(garden: Bench) -> None:
    garden.replace(COMPOST, "with a trowel.", "with a trowel")
    assert codes(garden.build().findings) == {"text-full-stop"}
    garden.append(COMPOST, "exceptions:\n  text-full-stop: It is the name of a song.\n")
    assert garden.build().ok


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("The cat sat on the mat. The dog ran to the cat.", -1.5),
        ("Denoising probabilistic representations necessitate computational infrastructure.", 36),
    ],
)
def test_the_reading_grade_tells_easy_from_hard(text: str, grade: float) -> None:
    assert reading_grade(text) == pytest.approx(grade, abs=1)


def test_a_text_without_words_has_a_reading_grade() -> None:
    assert reading_grade("…") < 0


def test_the_word_list_is_sorted_and_has_each_word_once() -> None:
    head, *words = (ROOT / "content/words.txt").read_text(encoding="utf-8").splitlines()
    assert head.startswith("# ")
    assert words == sorted(set(words), key=str.casefold)


@pytest.mark.parametrize(
    ("words", "column_text"),
    [
        ("pot", "pot of soup. Nobody"),  # not in "compost" or "potato"
        ("the first year", "the first"),  # over the end of a line
        ("look at mulch when", "look at [[mulch|mulch]] when"),  # through a reference
        ("nowhere in it", "Every potato"),  # not there: the value's start
    ],
)
def test_a_place_is_where_the_words_stand(words: str, column_text: str, garden: Bench) -> None:
    garden.replace(COMPOST, "Every garden", "Every potato")
    garden.replace(COMPOST, "  - >-\n    Every", "  - Every")
    location = ("plain", 1 if "mulch" in words else 0)
    place = garden.glossary().place("compost", location, words)
    line = garden.read(COMPOST).splitlines()[(place.line or 0) - 1]
    assert line[(place.column or 0) - 1 :].startswith(column_text)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("[[mulch|mulch]]", "[[mulch", "refs-form"),
        ("[[mulch|mulch]]", "[[mulch|mulch]", "refs-form"),
        ("[[mulch|mulch]]", "[[]]", "refs-form"),
        ("[[mulch|mulch]]", "[[ mulsh ]]", "refs-dangling"),
        ("  - worm-bin", "  - worm-bins", "refs-dangling"),
    ],
)
def test_a_slip_in_a_reference_is_one_finding(old: str, new: str, code: str, garden: Bench) -> None:
    garden.replace(COMPOST, old, new)
    assert [finding.code for finding in garden.lint()] == [code]


def test_an_unfinished_reference_is_found_where_it_stands(garden: Bench) -> None:
    garden.replace(COMPOST, "write the date on", "find [[ph|out on")
    (finding,) = garden.lint()
    assert str(finding.place) == f"{COMPOST}:19:20"
    assert "`[[ph`" in finding.message


def test_words_in_other_letters_are_one_finding_a_text(garden: Bench) -> None:
    garden.write("content/words.txt", "# The list\nNerdy\n")
    garden.replace(COMPOST, "Leftovers on their way back", "Привет мир, сад")
    (finding,) = [one for one in garden.lint() if one.place.line == 10 and "compost" in str(one)]
    assert (finding.code, str(finding.place)) == ("spell-word", f"{COMPOST}:10:10")
    assert "nor are 2 more" in finding.message


def test_a_labels_misspelt_colour_is_one_finding(garden: Bench) -> None:
    label = '<text x="20" y="30" text-anchor="middle" fill="blak">heap</text></svg>'
    garden.replace("content/pictures/compost.svg", "</svg>", label)
    found = {one.code for one in garden.lint() if one.place.file == "content/pictures/compost.svg"}
    assert "picture-colour" in found
    assert "picture-contrast" not in found


def test_a_list_of_words_that_was_emptied_is_one_finding(garden: Bench) -> None:
    garden.write("content/words.txt", "")
    garden.replace(COMPOST, "Leftovers on their way back", "A wqa wqb wqc wqd wqe wqf wqg")
    garden.replace(COMPOST, "write the date on", " ".join(f"zq{c}x" for c in "abcdefghijklmn"))
    (finding,) = [one for one in garden.lint() if one.code == "spell-word"]
    assert str(finding.place) == "content/words.txt"
    assert "that are not in the dictionary" in finding.message


def test_words_that_no_font_has_are_not_looked_up(garden: Bench) -> None:
    garden.write("content/words.txt", "# The list\nNerdy\n")
    garden.replace(COMPOST, "Leftovers on their way back", "שלום עולם של מילים")
    (finding,) = [one for one in garden.lint() if one.place.line == 10 and "compost" in str(one)]
    assert finding.code == "text-font"


def test_an_element_is_told_once_and_not_for_each_of_its_tags(garden: Bench) -> None:
    garden.replace(COMPOST, "Leftovers on their way back", "<b>Leftovers</b> on <i>their way back")
    found = [finding.message for finding in garden.lint() if finding.code == "text-markup"]
    assert [message.partition('" would')[0] for message in found] == ['"<b>Leftovers</b>', '"<i>']


def test_an_unknown_related_term_is_the_one_finding(garden: Bench) -> None:
    garden.replace("content/terms/mulch.yaml", "related:\n  - compost", "related:\n  - xyz")
    assert [f.code for f in garden.lint() if f.code.startswith("refs-")] == ["refs-dangling"]


@pytest.mark.parametrize("slug", ["book", "labels", "pairs", "claims", "categories", "sources"])
def test_a_term_may_be_called_as_another_file_is(slug: str, garden: Bench) -> None:
    garden.write("content/labels.yaml", "term:\n  plain: In plain words\n")
    assert rename_term(garden.folder, "mulch", slug).findings == []
    assert garden.lint() == []
    file = f"content/terms/{slug}.yaml"
    garden.replace(file, "tldr: >-\n", "tldr: >-\n  A {sign} of it.\n")
    assert only(garden.lint(), "text-markup").place.file == file
