"""The words of the program: whole in each language, and the project's own where it has some."""

# ruff: noqa: RUF001 - quotation marks are what is tested

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

import pytest
from click.testing import CliRunner
from markupsafe import Markup

from cheatsheet.book.typography import Typographer
from cheatsheet.cli import main
from cheatsheet.findings import Place
from cheatsheet.importer import Publisher
from cheatsheet.lint import lint_glossary
from cheatsheet.manuscript import load_labels
from cheatsheet.manuscript.yaml_reader import read_yaml
from cheatsheet.model.apostrophes import doubtful_quote
from cheatsheet.model.base import PLACEHOLDER
from cheatsheet.model.collation import initial, sort_key
from cheatsheet.model.glossary import Glossary
from cheatsheet.model.labels import FOLDER, month_in_words, put
from cheatsheet.model.sections import list_index
from cheatsheet.newsletter import publish
from cheatsheet.reader.words import printed_number, reference_page, squash, without_number
from cheatsheet.system.reading import TEMPLATES
from conftest import TESTS, Bench, codes, labels_in, only

STYLES = re.compile(r"\{% (block data|macro \w+)_styles.*?\{% end(block|macro) %\}", re.DOTALL)
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
ELEMENT = re.compile(r"<(style|script).*?</\1>|<[^>]*>|&\w+;", re.DOTALL)
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
BOOK = (TESTS / "garden/content/book.yaml").read_text(encoding="utf-8")
NARROW, NO_BREAK = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


def strings(value: Any) -> Iterator[str]:
    """Yield each string in labels."""
    if isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings(one)
    else:
        yield str(value)


def in_language(garden: Bench, language: str) -> Glossary:
    garden.replace("content/book.yaml", "language: en-US", f"language: {language}")
    return garden.glossary()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_of_the_package_has_every_label_and_its_placeholders(language: str) -> None:
    english = read_yaml(FOLDER, PurePath("en.yaml")).value
    read = read_yaml(FOLDER, PurePath(f"{language}.yaml"))
    assert read.findings == []
    assert english
    assert read.value
    assert {group: list(labels) for group, labels in read.value.items()} == {
        group: list(labels) for group, labels in english.items()
    }
    for group, labels in english.items():
        for name, words in labels.items():
            here = read.value[group][name]
            both = [sorted(PLACEHOLDER.findall(" ".join(strings(w)))) for w in (words, here)]
            assert both[0] == both[1], f"{group}.{name}"


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_a_language_of_the_package_says_nothing_in_english(language: str) -> None:
    english, here = (labels_in(one).model_dump() for one in ("en", language))
    same = {
        f"{group}.{name}"
        for group, labels in english.items()
        for name, words in labels.items()
        if here[group][name] == words and re.search(r"[A-Za-z]{2}", PLACEHOLDER.sub("", str(words)))
    }
    assert same <= {"page.reference", "page.described", "epub.page"}, same  # `page` is French too


def test_no_template_has_words_of_its_own() -> None:
    """What stands between the tags of a template comes from the manuscript or the labels."""
    for path in TEMPLATES.rglob("*.j2"):
        text = STYLES.sub(" ", path.read_text(encoding="utf-8"))
        text = JINJA.sub(" ", text)
        said = re.findall(r'(?:alt|title|aria-label)="([^"]*)"', text)
        shown = ELEMENT.sub(" ", text) if path.suffixes[0] in {".html", ".md", ".txt"} else ""
        assert not re.search(r"[A-Za-z]{3}", " ".join((shown, *said))), path.name


def test_a_project_changes_single_labels(garden: Bench) -> None:
    garden.write("content/labels.yaml", "term:\n  plain: In Other Words\n")
    labels = garden.glossary().labels
    assert labels.term.plain == "In Other Words"
    assert labels.term.why == "Why Should You Care?"


def test_an_unknown_label_is_told_with_the_nearest_one(garden: Bench) -> None:
    garden.write("content/labels.yaml", "term:\n  plane: In Other Words\n")
    finding = only(garden.lint(), "fields-unknown")
    assert finding.place == Place("content/labels.yaml", 2, 3)
    assert finding.hint == "did you mean `plain`?"


def test_each_label_that_is_missing_is_told_with_its_english_words(garden: Bench) -> None:
    garden.replace("content/book.yaml", "language: en-US", "language: it")
    english = read_yaml(FOLDER, PurePath("en.yaml")).value or {}
    every = {f"{group}.{name}" for group, labels in english.items() for name in labels}
    text = "term:\n  plain: In parole semplici\n"
    garden.write("content/labels.yaml", text)
    found = [finding for finding in garden.lint() if finding.code == "labels-missing"]
    told = {finding.message.split("`")[1]: finding for finding in found}
    assert told.keys() == every - {"term.plain"}
    assert len(found) == len(told)
    assert told["term.why"].message.endswith("in English: Why Should You Care?")
    assert told["term.why"].place == Place("content/labels.yaml", 2, 3)
    assert told["web.find"].place == Place("content/book.yaml", 5, 11)


def test_a_language_is_complete_with_labels_of_the_projects_own(garden: Bench) -> None:
    garden.replace("content/book.yaml", "language: en-US", "language: it")
    garden.write("content/labels.yaml", (FOLDER / "es.yaml").read_text(encoding="utf-8"))
    assert garden.glossary().labels == labels_in("es")


def test_labels_of_a_wrong_kind_are_findings(garden: Bench) -> None:
    garden.write("content/labels.yaml", "signs: none\nterm:\n  levels: [Easy]\n")
    assert codes(garden.lint()) == {"fields-value"}


@pytest.mark.parametrize("language", ["ar", "he-IL", "fa", "ur", "yi", "az-Arab", "ku-Hebr-IQ"])
def test_a_language_from_right_to_left_is_refused_once(language: str) -> None:
    findings: list[Any] = []
    assert load_labels(TESTS, language, Place("content/book.yaml", 5, 11), findings) is None
    assert only(findings, "labels-direction").place == Place("content/book.yaml", 5, 11)


@pytest.mark.parametrize("language", ["ur-Latn", "ks-Deva", "fr", "arn"])
def test_a_language_from_left_to_right_is_not_refused(language: str) -> None:
    findings: list[Any] = []
    load_labels(TESTS, language, Place(), findings)
    assert "labels-direction" not in codes(findings)


@pytest.mark.parametrize(
    ("language", "written", "printed"),
    [
        ("de", "\"Das 'eine' geht's\", sagte er.", "„Das ‚eine‘ geht’s“, sagte er."),
        ("fr", '"L\'eau" : vraiment ?', f"«{NARROW}L’eau{NARROW}»{NO_BREAK}: vraiment{NARROW}?"),
        ("fr", "le \"mot 'dit' ainsi\"", f"le «{NARROW}mot “dit” ainsi{NARROW}»"),
        ("es", "¿\"Sí\" o 'no'?", "¿«Sí» o “no”?"),
        ("en", '"It\'s the \'90s"', "“It’s the ’90s”"),
    ],
)  # fmt: skip
def test_quotes_apostrophes_and_spaces_are_the_languages(
    garden: Bench, language: str, written: str, printed: str
) -> None:
    assert Typographer(in_language(garden, language)).words(written) == printed


@pytest.mark.parametrize(
    ("language", "written", "held"),
    [
        ("en", "in March 2026, or May 3, 2027", ["March 2026", "May 3, 2027"]),
        ("de", "am 3. März 2026, im Mai", ["3. März 2026"]),
        ("fr", "le 1er mars 2026", ["1er mars 2026"]),
        ("es", "el 3 de marzo de 2026", ["de marzo de 2026"]),
    ],
)
def test_a_date_does_not_break(garden: Bench, language: str, written: str, held: list[str]) -> None:
    html = Typographer(in_language(garden, language)).linked(written, lambda _: ("", "", ""))
    assert all(date.replace(" ", NO_BREAK) in html for date in held)


@pytest.mark.parametrize(
    ("language", "month"),
    [("en", "March 2026"), ("de", "März 2026"), ("fr", "mars 2026"), ("es", "marzo de 2026")],
)
def test_a_month_is_written_as_in_the_language(language: str, month: str) -> None:
    assert month_in_words(labels_in(language), "2026-03-14") == month


def test_the_page_of_a_reference_is_read_by_its_label() -> None:
    assert printed_number(f"Wein (S.{NO_BREAK}12)", "(S. {page})") == "12"
    assert without_number("Wein (S. 12)", "(S. {page})") == "wein"
    assert printed_number("Wein xii", "(S. {page})") == "xii"
    assert reference_page("(pág. {page})").sub("", "vino (pág. 3).") == "vino ."
    assert printed_number("Wein", "(S. {page})") is None


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", ["Achse", "Ähre", "Boden", "Öl", "Ort", "Straße", "Strauch", "Übersicht"]),
        ("es", ["nube", "ñandú", "oso"]),
        ("sv", ["zon", "ål", "ängel", "öl"]),
        ("fr", ["cote", "côte", "coteau", "élan", "eux"]),
    ],
)
def test_words_are_sorted_as_in_the_language(language: str, words: list[str]) -> None:
    assert sorted({*words}, key=lambda word: sort_key(word, language)) == words


def test_a_letter_of_the_languages_own_has_a_place_in_the_index() -> None:
    assert [initial("ñandú", one) for one in ("es", "es-MX", "en")] == ["Ñ", "Ñ", "N"]
    assert [initial(word, "de") for word in ("Ähre", "3 Liter", "Öl")] == [
        "A",
        "0\N{EN DASH}9",
        "O",
    ]


def test_the_index_of_a_book_is_sorted_by_its_language(garden: Bench) -> None:
    garden.replace("content/terms/compost.yaml", "name: Compost", "name: Ñame")
    letters = [letter for letter, _ in list_index(in_language(garden, "es"))]
    assert "Ñ" in letters


def test_rules_of_english_are_not_tried_on_another_language(garden: Bench) -> None:
    garden.write("content/words.txt", "")
    garden.write("content/style.yaml", "grade: 1\n")
    garden.replace("content/terms/compost.yaml", "subject: ", "subject: Xyzzyx ")
    english = codes(lint_glossary(garden.glossary()))
    assert {"style-grade", "spell-word"} <= english
    assert not {"style-grade", "spell-word"} & codes(lint_glossary(in_language(garden, "de")))


def test_no_report_says_that_a_rule_of_english_was_tried(garden: Bench) -> None:
    for language, said in (("en-US", True), ("de", False)):
        garden.write("content/book.yaml", re.sub("language: .*", f"language: {language}", BOOK))
        ran = CliRunner().invoke(main, ["lint", "-C", str(garden.folder), "--format", "junit"])
        assert ("spell-word" in ran.stdout) is said
        assert "text-spaces" in ran.stdout


def test_a_space_before_a_sign_is_right_where_the_language_has_it(garden: Bench) -> None:
    garden.replace("content/terms/compost.yaml", "subject: ", "subject: Quoi ? ")
    assert "text-spaces" in codes(lint_glossary(garden.glossary()))
    assert "text-spaces" not in codes(lint_glossary(in_language(garden, "fr")))


def test_an_apostrophe_of_another_language_is_not_doubted() -> None:
    assert doubtful_quote("l'eau d'ici", english=False) is None
    assert doubtful_quote("5' lang", english=False) is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_publisher_knows_the_headings_of_its_language(language: str) -> None:
    labels = labels_in(language)
    publisher = Publisher("https://a.example", labels)
    assert publisher.field_of(labels.newsletter.quick) == "tldr"
    assert publisher.field_of(f"## {labels.term.nerd}") == "nerd"
    assert publisher.is_fixed(labels.newsletter.hello.replace("{writer}", "Dr. Jo"))
    assert squash(labels.term.plain) != squash(labels.newsletter.deeper)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_issue_in_any_language_is_read_back_word_for_word(garden: Bench, language: str) -> None:
    in_language(garden, language)
    made = publish(garden.folder, "compost")
    assert made.findings == []
    assert made.ok


def test_a_label_with_html_in_it_is_html() -> None:
    strong = Markup("<strong>Compost</strong>")
    assert put("Peas & {name}", name=strong) == "Peas &amp; <strong>Compost</strong>"
    assert put("Peas & {name}", name="<b>") == "Peas & <b>"
