"""The free sample: what it shows, where its links lead, and that it gives nothing paid away."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest
from pypdf.generic import (
    DecodedStreamObject,
    NameObject,
    TextStringObject,
)

from cheatsheet.checks import ExpectedBook, check_pdf
from cheatsheet.reader.opening import read_pdf
from cheatsheet.reader.pypdf_view import PypdfView
from conftest import Bench, Built, changed, codes, only

SHOP = "https://garden.example/shop"
PRICE = "2 \N{EURO SIGN}"  # no page, though it ends like one
SAMPLE = """\
  sample:
    page_size: {width: 148, height: 210}
    pages: 10
    sample:
      terms: [compost, mulch]
      without: [acronyms, pairs, colophon]
      line: Two words of twelve are free.
      offer:
        title: The Other Ten
        paragraphs:
          - The rest is in the book.
web:
"""
COMPOST_PAGE = 4  # 0-based
# Words of a page that the garden's sample does not have.
PAID = "Because Frost Date is the difference between a garden and a yard."
FREE = "Because Compost is the difference between a garden and a yard."

Damage = Callable[[Any], None]


def add_sample(garden: Bench) -> Bench:
    garden.replace("content/book.yaml", "web:\n", SAMPLE)
    garden.replace("content/book.yaml", "price: $2\n", f"price: {PRICE}\n")
    garden.write(
        "styles/editions/sample.css", ".to-offer { position: fixed; top: -9mm; left: 0 }\n"
    )
    return garden


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, make_garden: Callable[[Path], Bench]) -> Built:
    bench = add_sample(make_garden(tmp_path_factory.mktemp("sample") / "garden"))
    return Built(bench, bench.build("sample"))


@pytest.fixture(scope="module")
def expected(sample: Built) -> ExpectedBook:
    return sample.bench.expected("sample")


@pytest.fixture(scope="module")
def real_sample(book: Built) -> Built:
    return Built(book.bench, book.bench.build("sample"))


def numbers(data: bytes) -> dict[str, str]:
    """Return the page label of every destination."""
    with read_pdf(data) as pdf:
        assert isinstance(pdf, PypdfView)
        return {name: pdf.labels[target.page - 1] for name, target in pdf.destinations.items()}


def test_the_garden_in_the_tests_still_has_the_words_that_they_look_for(sample: Built) -> None:
    folder = sample.bench.folder / "content/terms"
    text = {
        path.stem: " ".join(path.read_text(encoding="utf-8").split()) for path in folder.iterdir()
    }
    assert PAID in text["frost-date"]
    assert FREE in text["compost"]


def test_a_sample_has_the_chosen_terms_and_no_others(sample: Built) -> None:
    assert sample.build.findings == []
    there = numbers(sample.build.data)
    assert {name for name in there if name.startswith("term-")} == {"term-compost", "term-mulch"}
    assert {"contents", "index", "offer"} <= there.keys()
    assert not {"pairs", "acronyms", "colophon"} & there.keys()


def test_its_pages_have_the_numbers_of_the_whole_book(sample: Built, built_garden: Built) -> None:
    whole, part = numbers(built_garden.build.data), numbers(sample.build.data)
    assert {name: whole[name] for name in part if name != "offer"} == {
        name: number for name, number in part.items() if name != "offer"
    }
    assert int(part["index"]) > sample.build.pages


def test_the_real_sample_is_built_and_numbered_like_the_real_book(
    real_sample: Built, book: Built
) -> None:
    assert real_sample.build.findings == []
    whole, part = numbers(book.build.data), numbers(real_sample.build.data)
    assert all(whole[name] == number for name, number in part.items() if name != "offer")
    assert sum(name.startswith("term-") for name in part) == 6


@pytest.mark.slow
def test_the_contents_and_the_index_print_every_number_of_the_book(
    real_sample: Built, book: Built
) -> None:
    whole = numbers(book.build.data)
    with read_pdf(real_sample.build.data) as pdf:
        assert isinstance(pdf, PypdfView)
        contents = " ".join(pdf.text(pdf.destinations["contents"].page).split())
    for term in book.bench.glossary().terms:
        assert f"{whole[f'term-{term.slug}']} {term.name}" in contents.replace("\u2019", "'")


def test_links_to_what_it_lacks_lead_to_the_shop_and_say_so(
    sample: Built, built_garden: Built
) -> None:
    with read_pdf(sample.build.data) as pdf:
        assert isinstance(pdf, PypdfView)
        shop = [link for link in pdf.links if link.uri == SHOP]
        inside = {link.name for link in pdf.links if link.name}
    assert {link.page for link in shop} == set(range(1, 11))
    assert any(link.words.startswith("Pruning") for link in shop)
    assert inside <= numbers(sample.build.data).keys()
    reader = pypdf.PdfReader(io.BytesIO(sample.build.data))
    said = {
        annotation.get_object().get("/Contents")
        for page in reader.pages
        for annotation in page.get("/Annots", [])
    }
    page = numbers(built_garden.build.data)["term-pruning"]
    assert f"Pruning, page {page} of the full book" in said


def in_the_xmp(writer: Any) -> None:
    stream = DecodedStreamObject()
    stream.set_data(writer.root_object["/Metadata"].get_data() + PAID.encode())
    writer.root_object[NameObject("/Metadata")] = writer._add_object(stream)  # noqa: SLF001 - pypdf has no public way


def first_tag(writer: Any) -> Any:
    objects = writer._objects  # noqa: SLF001 - see above
    return next(one for one in objects if isinstance(one, dict) and one.get("/S") == "/P")


def in_a_tags_other_words(writer: Any) -> None:
    words = TextStringObject("\u201c" + PAID.upper())
    first_tag(writer)[NameObject("/ActualText")] = words


def in_the_outline(writer: Any) -> None:
    writer.root_object["/Outlines"]["/First"][NameObject("/Title")] = TextStringObject(PAID)


def in_a_links_words(writer: Any) -> None:
    link = writer.pages[2]["/Annots"][0].get_object()
    link[NameObject("/Contents")] = TextStringObject(PAID)


def in_an_attachment(writer: Any) -> None:
    writer.add_attachment("draft.txt", PAID.encode())


def in_words_that_are_not_drawn(writer: Any) -> None:
    """Set words in one of the page's fonts, in a form that no page draws."""
    fonts = writer.pages[COMPOST_PAGE]["/Resources"]["/Font"]
    name, font = next(iter(fonts.items()))
    map_ = font.get_object()["/ToUnicode"].get_data().decode()
    pairs = re.findall(r"<(\w{4})> <(\w{4})>", map_.partition("beginbfchar")[2])
    codes = {chr(int(letter, 16)): code for code, letter in pairs}
    words = "".join(codes[letter] for letter in PAID if letter in codes)
    form = DecodedStreamObject()
    form.set_data(f"BT {name} 9 Tf <{words}> Tj ET".encode())
    form.update(
        {NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form")}
    )
    writer._add_object(form.flate_encode())  # noqa: SLF001 - see above


LEAKS: list[Damage] = [
    in_the_xmp,
    in_a_tags_other_words,
    in_the_outline,
    in_a_links_words,
    in_an_attachment,
    in_words_that_are_not_drawn,
]


@pytest.mark.parametrize("leak", LEAKS)
def test_a_paid_sentence_is_found_wherever_it_hides(
    leak: Damage, sample: Built, expected: ExpectedBook
) -> None:
    found = check_pdf(changed(sample.build.data, leak), expected).findings
    paid = next(finding for finding in found if finding.code == "sample-paid")
    assert str(paid.place).startswith("content/terms/frost-date.yaml:")


def test_a_paid_sentence_after_the_end_of_the_file_is_found(
    sample: Built, expected: ExpectedBook
) -> None:
    found = check_pdf(sample.build.data + b"\n% " + PAID.encode(), expected).findings
    assert "sample-paid" in codes(found)


def test_a_paid_term_that_is_printed_is_found(sample: Built, expected: ExpectedBook) -> None:
    assert expected.edition.sample
    less = expected.edition.sample.model_copy(update={"terms": ("compost",)})
    expected = replace(expected, edition=expected.edition.model_copy(update={"sample": less}))
    places = {
        finding.place.file
        for finding in check_pdf(sample.build.data, expected).findings
        if finding.code == "sample-paid"
    }
    assert "content/terms/mulch.yaml" in places
    assert "content/terms/compost.yaml" not in places


def test_the_whole_book_is_not_a_sample(built_garden: Built, expected: ExpectedBook) -> None:
    found = check_pdf(built_garden.build.data, expected).findings
    files = {str(finding.place.file) for finding in found if finding.code == "sample-paid"}
    assert (
        sum(file.endswith(".yaml") for file in files) == 10 + 1
    )  # the terms that are not in it, and the pairs
    assert sum(file.endswith(".svg") for file in files) == 3  # the others have too few words


def test_a_number_of_another_edition_of_the_book_is_found(
    sample: Built, expected: ExpectedBook
) -> None:
    terms = tuple(term for term in expected.glossary.terms if term.slug != "ph")
    fewer = replace(expected, glossary=replace(expected.glossary, terms=terms))
    found = [f for f in check_pdf(sample.build.data, fewer).findings if f.code == "sample-number"]
    assert any("should say" in finding.message for finding in found)


def test_a_chosen_term_that_does_not_exist_is_a_finding(garden: Bench) -> None:
    add_sample(garden).replace("content/book.yaml", "[compost, mulch]", "[compost, mulhc]")
    finding = only(garden.lint(), "refs-dangling")
    assert finding.place.file == "content/book.yaml"
    assert finding.hint == "did you mean `mulch`?"


@pytest.mark.slow
def test_a_sample_without_shop_and_price_leads_to_the_site(garden: Bench) -> None:
    add_sample(garden)
    garden.replace("content/book.yaml", f"price: {PRICE}\n", "")
    garden.replace("content/book.yaml", "shop: https://garden.example/shop\n", "")
    build = garden.build("sample")
    assert build.findings == []
    with read_pdf(build.data) as pdf:
        assert isinstance(pdf, PypdfView)
        links = {link.uri for link in pdf.links}
    assert "https://garden.example" in links
    assert "https://garden.example/shop" not in links
