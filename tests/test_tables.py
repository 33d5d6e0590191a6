"""The tables of fields and of section kinds: what stands in no row, and what a row promises."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from cheatsheet.book import html, templates
from cheatsheet.checks import ExpectedBook, check_pdf
from cheatsheet.checks.obligations import OBLIGATIONS, Obligation
from cheatsheet.model.glossary import Term, TermText
from cheatsheet.model.publicity import SiteField
from cheatsheet.model.section_kinds import SECTION_KINDS, Part, SectionKind
from cheatsheet.model.style_guide import Prose as Styled
from cheatsheet.model.term_fields import (
    TERM_FIELDS,
    FieldUse,
    Printed,
    Prose,
    hold_to_table,
    prose_fields,
)
from cheatsheet.system.reading import TEMPLATES
from conftest import ROOT, Bench, Built, codes, only

SHED = """{% extends "section.html.j2" %}
{% from "parts.html.j2" import heading, page_link %}
{% block body %}
{{ heading(section) }}
{% for term in glossary.terms[:MOST] %}
{% set id = term_id(term.slug) %}
<p>{{ page_link(id, term.name, folio(id), described(id)) }}</p>
{% endfor %}
{% endblock %}
"""


class TermOfYore(Term):
    """A term with a field that no template prints."""

    history: str = "Romans piled it by the gate."


def test_a_field_without_a_row_is_refused() -> None:
    with pytest.raises(TypeError, match="history"):
        hold_to_table({*TermText.model_fields, "history"})


@pytest.mark.slow_but_first
@pytest.mark.parametrize("printed", [Printed.RUNNING, Printed.BESIDE])
def test_a_field_that_its_row_prints_and_no_template_is_missed_once(
    printed: Printed, built_garden: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(TERM_FIELDS, "history", FieldUse(printed))
    expected = built_garden.bench.expected()
    assert "terms-text" not in codes(check_pdf(built_garden.build.data, expected).findings)
    terms = tuple(TermOfYore(**term.model_dump()) for term in expected.glossary.terms)
    glossary = replace(expected.glossary, terms=terms)
    missed = ExpectedBook(glossary, expected.edition, expected.styles)
    missing = only(check_pdf(built_garden.build.data, missed).findings, "terms-text")
    assert missing.message.endswith(f"; and {len(terms) - 1} more like it")


@pytest.mark.slow_but_first
@pytest.mark.parametrize(("most", "missed"), [(12, set()), (5, {"links-missing"})])
def test_a_section_kind_that_prints_5_of_12_terms_is_missed(
    most: int, missed: set[str], garden: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "templates"
    shutil.copytree(TEMPLATES, folder)
    (folder / "book/shed.html.j2").write_text(SHED.replace("MOST", str(most)), encoding="utf-8")
    for module in (templates, html):
        monkeypatch.setattr(module, "TEMPLATES", folder)
    monkeypatch.setitem(SECTION_KINDS, "shed", SectionKind(Part.BACK, lambda _: "The Shed"))
    row = Obligation(terms=lambda glossary, _: [(term, term.name) for term in glossary.terms])
    monkeypatch.setitem(OBLIGATIONS, "shed", row)
    found = check_pdf(garden.build(cache=False).data, garden.expected()).findings
    assert codes(found) & {"links-missing"} == missed, [f.message for f in found]


def test_each_section_kind_has_a_template() -> None:
    files = {path.name for path in (TEMPLATES / "book").iterdir()}
    assert {f"{kind}.html.j2" for kind in SECTION_KINDS} <= files


def test_the_settings_name_fields_of_the_table() -> None:
    page = {name for name, use in TERM_FIELDS.items() if use.page and not use.free}
    assert set(get_args(SiteField)) == page | {"related", "picture"}
    assert set(get_args(Styled)) == {*prose_fields(Prose.LINE), "pairs"}
    schema = json.loads((ROOT / "content/term.schema.json").read_text(encoding="utf-8"))
    assert schema["properties"].keys() == TERM_FIELDS.keys()
