"""The structure tree as WeasyPrint writes it, without the elements that say nothing.

What stands in the margins is none of the text: page numbers and running heads are artifacts.

WeasyPrint puts each piece of text into a Span of its own: they are four in ten of a book's objects,
and every program that reads the file reads them all. What such an element holds belongs just as
well to the one around it (ISO 32000-1, 14.7.4.2).
"""

from collections.abc import Iterator
from typing import Any

from cheatsheet.pdf.frames import PT_PER_PX

EMPTY_KINDS = frozenset({"/Span", "/NonStruct"})
OWN_KEYS = frozenset({"Type", "S", "K", "Pg", "P"})  # more would say something of what it holds
HOLDERS = frozenset(
    ("/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/LBody", "/Lbl", "/TD", "/TH", "/Link")
)  # of text itself: groups hold elements only (14.8.4.2)


def simplify_tags(pdf: Any) -> None:
    """Remove the elements of a PDF (pydyf) that say nothing; what they hold stays in its order.

    They stay among its objects, where nothing leads to them: pydyf counts those wrongly that are
    freed. A linked book does not have them.
    """
    elements = {one.reference: one for one in pdf.objects if _is(one, "/StructElem")}
    owners: dict[bytes, bytes] = {}
    for reference, element in reversed(elements.items()):  # what is inside comes later
        around = elements.get(element["P"])
        if around and _is_needless(element, around):
            at = around["K"].index(reference)
            around["K"][at : at + 1] = element["K"]
            for kid in element["K"]:
                if kid in elements:
                    elements[kid]["P"] = around.reference
            owners[reference] = around.reference
    _move_contents(pdf, owners)
    _set_margins_apart(pdf, elements, owners)
    _write_inside(pdf, elements)


def _is(item: Any, kind: str) -> bool:
    """Tell whether an object is a dictionary of a type."""
    return isinstance(item, dict) and item.get("Type") == kind


def _is_needless(element: Any, around: Any) -> bool:
    """Tell whether what an element holds may belong to the one around it.

    Marked content is known by its number on its element's page.
    """
    says_nothing = element["S"] in EMPTY_KINDS and element.keys() <= OWN_KEYS
    may_hold = around["S"] in HOLDERS | EMPTY_KINDS and around["Pg"] == element["Pg"]
    return says_nothing and may_hold


def _move_contents(pdf: Any, owners: dict[bytes, bytes]) -> None:
    """Note in the parent tree what the marked content belongs to now (14.7.4.4)."""
    for _, owned in _pairs(_parent_tree(pdf)):
        if isinstance(owned, list):
            owned[:] = (_owner(reference, owners) for reference in owned)


def _parent_tree(pdf: Any) -> list[Any]:
    """Return the numbers and values of the parent tree, in turn."""
    root = next(one for one in pdf.objects if _is(one, "/StructTreeRoot"))
    tree = next(one for one in pdf.objects if one.reference == root["ParentTree"])
    numbers: list[Any] = tree["Nums"]
    return numbers


def _pairs(numbers: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Yield each number of a tree with its value (ISO 32000-1, 7.9.7)."""
    return zip(numbers[::2], numbers[1::2], strict=True)


def _set_margins_apart(pdf: Any, elements: dict[bytes, Any], owners: dict[bytes, bytes]) -> None:
    """Mark page numbers and running heads as artifacts (ISO 14289-1, 7.8).

    WeasyPrint gives them elements that nothing leads to; those with links in them stay as they are.
    """
    led_to = {kid for element in elements.values() for kid in element["K"] if kid in elements}
    led_to |= owners.keys()
    apart = {
        reference
        for reference, element in elements.items()
        if element["P"] in elements
        and reference not in led_to
        and all(isinstance(kid, int) for kid in element["K"])
    }
    objects = {one.reference: one for one in pdf.objects}
    pages = {one["StructParents"]: one for one in pdf.objects if _is(one, "/Page")}
    for key, owned in _pairs(_parent_tree(pdf)):
        if isinstance(owned, list):
            numbers = {number for number, reference in enumerate(owned) if reference in apart}
            drawn = objects[pages[key]["Contents"]].stream if numbers else []
            for number in _mark_artifacts(drawn, numbers, pages[key]["MediaBox"]):
                owned[number] = "null"


def _mark_artifacts(drawn: list[Any], numbers: set[int], box: list[float]) -> Iterator[int]:
    """Mark contents of a page, known by their numbers, as artifacts; yield the numbers found.

    `drawn` are the operators of a page that begins at its head, whose media box is in pt.
    """
    middle = (box[3] - box[1]) / 2 / PT_PER_PX
    for at, item in enumerate(drawn):
        if isinstance(item, dict) and item.get("MCID") in numbers:
            matrix = next((one for one in drawn[at:] if _is_text_matrix(one)), b"0 0 0 0 0 0 Tm")
            place = "/Header" if float(matrix.split()[5]) < middle else "/Footer"
            number = item["MCID"]
            drawn[at - 1] = "/Artifact"
            item.clear()
            item |= {"Type": "/Pagination", "Subtype": place}
            yield number


def _is_text_matrix(item: Any) -> bool:
    """Tell whether an operator says where text begins (ISO 32000-1, 9.4.2)."""
    return isinstance(item, bytes) and item.endswith(b" Tm")


def _owner(reference: bytes, owners: dict[bytes, bytes]) -> bytes:
    """Return the element that is left of those around each other."""
    while reference in owners:
        reference = owners[reference]
    return reference


def _write_inside(pdf: Any, elements: dict[bytes, Any]) -> None:
    """Write the references to annotations into the elements that hold them."""
    references = {one.reference: one for one in pdf.objects if _is(one, "/OBJR")}
    for element in elements.values():
        element["K"][:] = (references.get(kid, kid) for kid in element["K"])
