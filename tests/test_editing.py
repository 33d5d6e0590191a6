"""A term's file changed field by field: what is not changed stays byte for byte."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from cheatsheet.manuscript.editing import edited_term, filled_term
from conftest import ROOT, Bench, codes

TERMS = sorted((ROOT / "content/terms").iterdir())
LONG = " ".join(f"word{n}" for n in range(60))
TRAPS = [
    "no",
    "1.10",
    "012",
    "12:30",
    "C# note #1",
    "a: b",
    "- x",
    "'x",
    '"',
    "@x",
    "~",
    "# x",
    "é",
]


def as_yaml(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def changed(text: str, **fields: Any) -> dict[str, Any]:
    """Set fields in YAML and return what it says then."""
    loaded: dict[str, Any] = yaml.safe_load(edited_term(text, fields))
    return loaded


@pytest.mark.parametrize("path", TERMS[::15], ids=lambda path: path.stem)
@pytest.mark.parametrize(
    "field", ["name", "issue", "tagline", "tldr", "plain", "subject", "go_deeper", "related"]
)
def test_one_field_changes_and_no_other_line(path: Path, field: str) -> None:
    text = path.read_text(encoding="utf-8")
    old = yaml.safe_load(text)
    new: Any = {"issue": 99, "plain": ("One.", LONG), "go_deeper": ("x",), "related": ("a", "b")}
    value = new.get(field, LONG)
    after = edited_term(text, {field: value})
    assert yaml.safe_load(after) == old | {field: as_yaml(value)}
    start, end = _field_lines(text, field)
    lines = text.splitlines()
    assert after.startswith("\n".join(lines[:start]))
    assert after.endswith("\n".join(["", *lines[end:]]) + "\n")


def _field_lines(text: str, field: str) -> tuple[int, int]:
    """Return the 0-based lines of a field: its first, and the first after it."""
    lines = text.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"{field}:"))
    after = (n for n, line in enumerate(lines) if n > start and line[:1].isalpha())
    return start, next(after, len(lines))


@pytest.mark.parametrize("path", TERMS, ids=lambda path: path.stem)
def test_a_field_set_to_what_it_says_says_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    old = yaml.safe_load(text)
    fields = {name: tuple(v) if isinstance(v, list) else v for name, v in old.items()}
    del fields["also_covers"], fields["picture"]
    for name in ("acronyms", "exceptions"):
        fields.pop(name, None)
    assert changed(text, **fields) == old


@pytest.mark.parametrize("value", TRAPS)
@pytest.mark.parametrize("field", ["tagline", "go_deeper", "tldr"])
def test_what_yaml_would_misread_is_quoted(value: str, field: str, garden: Bench) -> None:
    file = "content/terms/compost.yaml"
    fields: Any = {field: (value,) if field == "go_deeper" else value}
    garden.write(file, edited_term(garden.read(file), fields))
    term = garden.glossary().by_slug["compost"]
    assert getattr(term, field) == fields[field]


@pytest.mark.parametrize(
    "written",
    [
        "why: Old words.",
        "why: 'Old words.'  # said",
        'why: "Old\n  words."',
        "why: Old\n  words.",
        "why: |\n  Old\n  words.",
        "why: >\n  Old words.\n\n",
        "why: >-  # said\n  Old words.",
        "why: >-\n  ",
        "why:",
        "why: # said",
        "why: ''",
    ],
)
def test_a_text_is_set_in_whatever_style_it_was_written(written: str) -> None:
    text = f"name: X\n{written}\n# The end.\nnerd: Y\n"
    after = edited_term(text, {"why": "New words."})
    assert yaml.safe_load(after) == {"name": "X", "why": "New words.", "nerd": "Y"}
    assert after.endswith("# The end.\nnerd: Y\n")
    assert after.count("# said") == written.count("# said")


@pytest.mark.parametrize(
    "written",
    [
        "related: [a, b]",
        "related: []  # none yet",
        "related:",
        "related: # none yet",
        "related:\n  - a",
        "related:\n- a\n- b\n- c\n- d",
        "related:\n  # first\n  - a # one\n  # second\n  - b\n",
    ],
)
@pytest.mark.parametrize("value", [("x",), ("x", "y", "z")])
def test_a_list_is_set_in_whatever_style_it_was_written(
    written: str, value: tuple[str, ...]
) -> None:
    text = f"name: X\n{written}\n# The end.\nnerd: Y\n"
    after = edited_term(text, {"related": value})
    assert yaml.safe_load(after) == {"name": "X", "related": list(value), "nerd": "Y"}
    assert after.endswith("# The end.\nnerd: Y\n")


def test_comments_between_the_items_of_a_list_stay() -> None:
    text = "plain:\n  # a scene\n  - >-\n    One.\n  # the mechanism\n  - >-\n    Two.\n"
    after = edited_term(text, {"plain": ("One.", "Zwei.", "Three.")})
    assert after == text.replace("Two", "Zwei") + "  - >-\n    Three.\n"


def test_a_new_field_stands_where_the_model_has_it() -> None:
    text = "name: X # said\n# about the plan\nissue: 1\nnerd: Y\n"
    after = edited_term(text, {"related": ("a",), "why": "W.", "tldr": "D.", "tagline": "T"})
    order = ["name", "issue", "tagline", "tldr", "why", "nerd", "related"]
    assert list(yaml.safe_load(after)) == order
    assert after.startswith("name: X # said\n# about the plan\nissue: 1\ntagline: T\n")


def test_a_file_without_a_last_line_break_takes_a_new_field() -> None:
    assert changed("name: X", nerd="Y") == {"name": "X", "nerd": "Y"}


def test_a_new_terms_file_is_read_as_it_was_filled(garden: Bench) -> None:
    text = filled_term({"name": "No: Yes", "issue": 13, "plain": ("One.", LONG), "related": ("a",)})
    loaded = yaml.safe_load(text)
    assert (loaded["name"], loaded["issue"]) == ("No: Yes", 13)
    assert loaded["plain"] == ["One.", LONG]
    assert loaded["related"] == ["a"]
    garden.write("content/terms/yes.yaml", text)
    assert "fields-value" in codes(garden.lint())
    assert max(map(len, text.splitlines())) <= 100


def test_a_text_that_became_a_field_of_its_own_is_set_like_any_other() -> None:
    text = "plain:\n  - Compost: it is soil\n  - x\ntagline:\n  a: b\n"
    assert changed(text, plain=("p", "q"), tagline="t") == {"plain": ["p", "q"], "tagline": "t"}
