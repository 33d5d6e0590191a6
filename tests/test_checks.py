"""Each check of the PDF is seen to fail: a good PDF is damaged, and the right rule says so."""

import io
from collections.abc import Callable
from typing import Any

import pypdf
import pytest
from pypdf.generic import (
    ArrayObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from cheatsheet.build import check_file
from cheatsheet.checks import Asked, check_pdf
from cheatsheet.checks.reading import Reading, read_pdf
from cheatsheet.checks.words import printed_number, squash
from cheatsheet.findings import RULES
from conftest import Bench, Built, codes

# The functions that damage a PDF take a writer as Any: pypdf types every value as an object.
Damage = Callable[[Any], None]
COMPOST_PAGE = 4  # 0-based


def links(writer: Any, page: int) -> list[Any]:
    return [annotation.get_object() for annotation in writer.pages[page]["/Annots"]]


def related(writer: Any) -> Any:
    """Return the first related link of the Compost page."""
    return next(a for a in links(writer, COMPOST_PAGE) if a.get("/Dest") == "term-mulch")


def external(writer: Any) -> Any:
    return next(a for a in links(writer, COMPOST_PAGE) if "/A" in a)


def drop_page(writer: Any) -> None:
    writer.remove_page(COMPOST_PAGE)


def resize_page(writer: Any) -> None:
    writer.pages[COMPOST_PAGE].mediabox.right = 100


def drop_labels(writer: Any) -> None:
    del writer.root_object["/PageLabels"]


def drop_destination(writer: Any) -> None:
    names = writer.root_object["/Names"]["/Dests"]["/Names"]
    at = names.index("term-compost")
    del names[at : at + 2]


def move_destination(writer: Any) -> None:
    names = writer.root_object["/Names"]["/Dests"]["/Names"]
    names[names.index("term-compost") + 1][3] = FloatObject(300)


def swap_destinations(writer: Any) -> None:
    names = writer.root_object["/Names"]["/Dests"]["/Names"]
    one, two = names.index("term-compost") + 1, names.index("term-mulch") + 1
    names[one], names[two] = names[two], names[one]


def blank_page(writer: Any) -> None:
    writer.pages[COMPOST_PAGE][NameObject("/Contents")] = writer.pages[0]["/Contents"]


def retarget(writer: Any) -> None:
    related(writer)[NameObject("/Dest")] = TextStringObject("term-ph")


def kill_target(writer: Any) -> None:
    related(writer)[NameObject("/Dest")] = TextStringObject("nowhere")


def drop_links(writer: Any) -> None:
    del writer.pages[COMPOST_PAGE]["/Annots"]


def change_address(writer: Any) -> None:
    external(writer)["/A"][NameObject("/URI")] = TextStringObject("http://garden.example")


def run_a_program(writer: Any) -> None:
    external(writer)["/A"][NameObject("/S")] = NameObject("/Launch")


def run_a_script(writer: Any) -> None:
    external(writer)["/A"][NameObject("/S")] = NameObject("/JavaScript")


def move_rectangle_off_page(writer: Any) -> None:
    related(writer)[NameObject("/Rect")] = ArrayObject(map(NumberObject, (9000, 10, 9090, 20)))


def move_rectangle_over_nothing(writer: Any) -> None:
    related(writer)[NameObject("/Rect")] = ArrayObject(map(NumberObject, (1, 1, 9, 9)))


def drop_outline_entry(writer: Any) -> None:
    first = writer.root_object["/Outlines"]["/First"]
    writer.root_object["/Outlines"][NameObject("/First")] = first["/Next"]


def move_outline_entry(writer: Any) -> None:
    first = writer.root_object["/Outlines"]["/First"]
    first[NameObject("/Dest")] = first["/Next"]["/Dest"]


def font_descriptor(writer: Any) -> Any:
    font = next(iter(writer.pages[0]["/Resources"]["/Font"].values())).get_object()
    return font["/DescendantFonts"][0].get_object()["/FontDescriptor"]


def unembed_font(writer: Any) -> None:
    del font_descriptor(writer)["/FontFile2"]


def rename_font(writer: Any) -> None:
    font = next(iter(writer.pages[0]["/Resources"]["/Font"].values())).get_object()
    font[NameObject("/BaseFont")] = NameObject("/ABCDEF+Comic-Sans")


def drop_language(writer: Any) -> None:
    del writer.root_object["/Lang"]


def change_title(writer: Any) -> None:
    writer.add_metadata({"/Title": "Untitled"})


def untag(writer: Any) -> None:
    del writer.root_object["/MarkInfo"]


def encrypt(writer: Any) -> None:
    writer.encrypt("secret")


DAMAGES: dict[Damage, str] = {
    drop_page: "pages-count",
    resize_page: "pages-size",
    drop_labels: "pages-label",
    drop_destination: "terms-lost",
    move_destination: "terms-heading",
    swap_destinations: "terms-order",
    blank_page: "terms-text",
    retarget: "links-number",
    kill_target: "links-dead",
    drop_links: "links-contents",
    change_address: "links-unexpected",
    run_a_program: "links-kind",
    run_a_script: "links-kind",
    move_rectangle_off_page: "links-rectangle",
    move_rectangle_over_nothing: "links-rectangle",
    drop_outline_entry: "outline-entries",
    move_outline_entry: "outline-entries",
    unembed_font: "fonts-embedded",
    rename_font: "fonts-declared",
    drop_language: "meta-information",
    change_title: "meta-information",
    untag: "meta-information",
}


@pytest.fixture(scope="session")
def asked(built_garden: Built) -> Asked:
    return built_garden.bench.asked()


def damaged(data: bytes, damage: Damage) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    damage(writer)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


@pytest.mark.parametrize(("damage", "code"), DAMAGES.items(), ids=str)
def test_a_damage_is_caught_by_its_rule(
    damage: Damage, code: str, built_garden: Built, asked: Asked
) -> None:
    assert code in codes(check_pdf(damaged(built_garden.build.data, damage), asked).findings)


def test_a_rewritten_but_undamaged_pdf_has_no_findings(built_garden: Built, asked: Asked) -> None:
    rewritten = damaged(built_garden.build.data, lambda _: None)
    assert check_pdf(rewritten, asked).findings == []


@pytest.mark.parametrize("code", ["links-missing", "links-address"])
def test_dropped_links_are_missed(code: str, built_garden: Built, asked: Asked) -> None:
    data = damaged(built_garden.build.data, drop_links)
    assert code in codes(check_pdf(data, asked).findings)


def test_every_rule_of_the_pdf_is_seen_to_fail() -> None:
    groups = {"pdf", "pages", "terms", "links", "outline", "fonts", "meta"}
    tried = {*DAMAGES.values(), "links-missing", "links-address", "pdf-open", "pdf-file"}
    assert {code for code, rule in RULES.items() if rule.group in groups} == tried


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"not a PDF", b"%PDF-1.7\n" + b"\0" * 999])
def test_what_is_not_a_pdf_is_a_finding(data: bytes, asked: Asked) -> None:
    assert codes(check_pdf(data, asked).findings) == {"pdf-open"}


def test_an_encrypted_pdf_is_a_finding(built_garden: Built, asked: Asked) -> None:
    data = damaged(built_garden.build.data, encrypt)
    assert codes(check_pdf(data, asked).findings) == {"pdf-open"}


def test_a_pdf_of_another_manuscript_is_not_the_book(built_garden: Built, book: Built) -> None:
    found = codes(check_pdf(built_garden.build.data, book.bench.asked()).findings)
    assert {"pages-count", "pages-size", "terms-lost", "meta-information"} <= found


def test_the_real_books_links_are_all_looked_at(book: Built) -> None:
    counts = book.build.checked.counts
    glossary = book.bench.glossary()
    assert counts["pages"] == book.build.pages
    assert counts["destinations"] == counts["outline"]
    assert counts["links"] > 10 * len(glossary.terms)


def test_each_internal_link_is_over_its_words(built_garden: Built) -> None:
    with read_pdf(built_garden.build.data) as pdf:
        assert isinstance(pdf, Reading)
        contents = [link for link in pdf.links if link.page == 3]
        assert [link.words for link in contents][:3] == [
            "How to Use This ii",
            "Soil 1",
            "Compost 2",
        ]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Compost 12", "12"),
        ("the heap (p. 12)", "12"),
        ("Contents iv", "iv"),
        ("Natural", None),
        ("Web 2.0", None),
        ("C3PO", None),
        ("12", "12"),
    ],
)
def test_a_printed_number_is_read_from_a_links_words(words: str, number: str | None) -> None:
    assert printed_number(words) == number


def test_typeset_and_written_words_compare_equal() -> None:
    assert squash("\u201cDon\u2019t\u201d \u2014 dif\u2010 fusion") == squash(
        '"Don\'t" - diffusion'
    )


def test_the_check_of_a_file_takes_the_edition_from_its_name(garden: Bench) -> None:
    garden.build("pocket")
    assert check_file(garden.folder, garden.folder / "dist/garden-words-pocket.pdf").findings == []
    assert codes(check_file(garden.folder).findings) == {"pdf-file"}
