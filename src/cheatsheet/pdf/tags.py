"""The structure tree as WeasyPrint writes it, without the elements that say nothing.

WeasyPrint puts each piece of text into a Span of its own: they are four in ten of a book's objects,
and every program that reads the file reads them all. What such an element holds belongs just as
well to the one around it (ISO 32000-1, 14.7.4.2).
"""

from typing import Any

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
            _replace(around["K"], reference, element["K"])
            for kid in element["K"]:
                if kid in elements:
                    elements[kid]["P"] = around.reference
            owners[reference] = around.reference
    _move_contents(pdf, owners)
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


def _replace(kids: list[Any], old: Any, new: list[Any]) -> None:
    """Put others in an element's place among the kids of the one around it."""
    at = kids.index(old)
    kids[at : at + 1] = new


def _move_contents(pdf: Any, owners: dict[bytes, bytes]) -> None:
    """Note in the parent tree what the marked content belongs to now (14.7.4.4)."""
    root = next(one for one in pdf.objects if _is(one, "/StructTreeRoot"))
    tree = next(one for one in pdf.objects if one.reference == root["ParentTree"])
    for owned in tree["Nums"]:
        if isinstance(owned, list):
            owned[:] = (_owner(reference, owners) for reference in owned)


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
