"""The structure tree of a book: what is marked is owned, and no element is there for nothing."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary

from cheatsheet.pdf.tags import HOLDERS
from conftest import Built


@pytest.fixture
def root(book: Built) -> Iterator[Any]:
    """The catalog of the real book."""
    with pikepdf.open(io.BytesIO(book.build.data)) as pdf:
        yield pdf.Root


def owned(root: Any) -> Iterator[tuple[int, Any]]:
    """Yield each number of marked content with the element that the parent tree says."""
    numbers = list(root.StructTreeRoot.ParentTree.Nums)
    for owners in numbers[1::2]:
        if isinstance(owners, Array):
            yield from ((number, owner) for number, owner in enumerate(owners) if owner is not None)


def kids_of(element: Any) -> list[Any]:
    """Return the elements in an element."""
    return [kid for kid in element.K if isinstance(kid, Dictionary) and "/S" in kid]


def elements(root: Any) -> Iterator[Any]:
    """Yield every element of the tree."""
    waiting = list(root.StructTreeRoot.K)
    while waiting:
        yield (element := waiting.pop())
        waiting += kids_of(element)


def test_what_is_marked_is_in_the_element_that_the_parent_tree_says(root: Any) -> None:
    found, reached = list(owned(root)), {element.objgen for element in elements(root)}
    assert len(found) > 5000
    for number, owner in found:
        assert owner.objgen in reached
        assert number in [kid for kid in owner.K if isinstance(kid, int)]


def test_every_element_knows_the_one_around_it(root: Any) -> None:
    for element in elements(root):
        assert all(kid.P.objgen == element.objgen for kid in kids_of(element))


def test_page_numbers_are_artifacts_at_the_foot_of_their_pages(book: Built) -> None:
    """ISO 14289-1, 7.8."""
    drawn = [page.Contents.read_bytes() for page in pikepdf.open(io.BytesIO(book.build.data)).pages]
    artifact = b"/Artifact\n<</Type /Pagination/Subtype /Footer>>"
    assert [page.count(artifact) for page in drawn] == [0, *[1] * (len(drawn) - 1)]


def test_text_stands_in_its_paragraph_without_an_element_between_that_says_nothing(
    root: Any,
) -> None:
    needless = [
        owner
        for _, owner in owned(root)
        if owner.S == "/Span"
        and owner.P.S in HOLDERS
        and owner.keys() == {"/K", "/P", "/Pg", "/S", "/Type"}
    ]
    assert not needless


def test_a_link_holds_its_annotation_and_its_words(root: Any) -> None:
    links = {owner.objgen: owner for _, owner in owned(root) if owner.S == "/Link"}
    assert len(links) > 1000
    for link in links.values():
        annotations = [kid for kid in link.K if isinstance(kid, Dictionary) and "/Obj" in kid]
        assert [kid.Obj.Subtype for kid in annotations] == ["/Link"]
