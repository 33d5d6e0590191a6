"""The tree of tags: every element with its role, its parent, and what it holds of the pages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from cheatsheet.reader.objects import listed, mapping, resolved, text_in

# The standard structure types (ISO 32000-1, 14.8.4).
STANDARD = frozenset(
    [
        *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI"),
        *("Index", "NonStruct", "Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6"),
        *("L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot"),
        *("Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot"),
        *("Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form"),
    ]
)


@dataclass(eq=False)
class Tag:
    """An element of the tree.

    `kind` is its own type and `role` the standard one that it stands for, both without a slash.
    `contents` are what it holds of the pages: (number of the page's object, or 0; number of the
    marked content, or the object itself). `attributes` are its own and its classes', own first.
    """

    node: DictionaryObject
    kind: str
    role: str
    parent: "Tag | None" = None
    kids: list["Tag"] = field(default_factory=list)
    contents: list[tuple[int, Any]] = field(default_factory=list)
    attributes: list[DictionaryObject] = field(default_factory=list)

    @cached_property
    def language(self) -> str:
        """The language that it says, or the nearest element around it; "" if none does."""
        own = text_in(self.node.get("/Lang"))
        return own or (self.parent.language if self.parent else "")

    @property
    def alternative(self) -> str:
        """The text that stands for it; "" if it has none."""
        return self.text("/Alt", "/ActualText")

    @property
    def is_silent(self) -> bool:
        """Whether it says of itself that it stands for no text."""
        return "/ActualText" in self.node and not self.alternative

    def attribute(self, key: str) -> Any:
        """Return the first value of an attribute, or None (ISO 32000-1, 14.7.5)."""
        return next((resolved(one[key]) for one in self.attributes if key in one), None)

    def text(self, *keys: str) -> str:
        """Return the first text that is not empty of the given keys."""
        return next(filter(None, (text_in(self.node.get(key)).strip() for key in keys)), "")


def read_tags(root: DictionaryObject) -> list[Tag]:
    """Return the elements below a structure tree's root, in reading order, each once."""
    roles = _roles(root)
    classes = mapping(root.get("/ClassMap"))
    found: list[Tag] = []
    seen: set[int] = set()
    pending: list[tuple[Any, Tag | None, int]] = [(root.get("/K"), None, 0)]
    while pending:
        item, parent, page = pending.pop()
        item = resolved(item)
        if isinstance(item, ArrayObject):
            pending.extend((kid, parent, page) for kid in reversed(item))
        elif isinstance(item, DictionaryObject) and "/S" in item:
            if id(item) not in seen:
                seen.add(id(item))
                tag = _tag(item, parent, roles)
                tag.attributes = list(_attributes(item, classes))
                found.append(tag)
                pending.append((item.get("/K"), tag, _page(item) or page))
        elif parent is not None and item is not None:
            parent.contents.append(_content(item, page))
    return found


def read_owners(root: DictionaryObject) -> dict[Any, Any]:
    """Return the parent tree of a structure tree's root: what stands there by its key (7.9.7)."""
    found: dict[Any, Any] = {}
    pending, seen = [root.get("/ParentTree")], set[int]()
    while pending:
        node = mapping(pending.pop())
        if id(node) not in seen:
            seen.add(id(node))
            pending.extend(listed(node.get("/Kids")))
            numbers = listed(node.get("/Nums"))
            found.update(zip(numbers[::2], numbers[1::2], strict=False))
    return found


def _tag(node: DictionaryObject, parent: Tag | None, roles: Mapping[str, str]) -> Tag:
    """Return an element as a tag, which joins its parent's kids."""
    kind = _name(node.get("/S"))
    tag = Tag(node, kind, standard_role(kind, roles), parent)
    if parent:
        parent.kids.append(tag)
    return tag


def _attributes(node: DictionaryObject, classes: DictionaryObject) -> Iterator[DictionaryObject]:
    """Yield an element's attributes, and those of its classes."""
    named = [classes.get(str(name)) for name in _each(node.get("/C"))]
    for value in (node.get("/A"), *named):
        yield from filter(None, map(mapping, _each(value)))


def _each(value: Any) -> list[Any]:
    """Return the entries of an array, or what stands there without one."""
    return listed(value) or [value]


def _content(item: Any, page: int) -> tuple[int, Any]:
    """Return marked content, or an object of a page, that an element holds (14.7.4)."""
    if not isinstance(item, DictionaryObject):
        return page, item
    return _page(item) or page, resolved(item.get("/MCID", item.get("/Obj")))


def _page(node: DictionaryObject) -> int:
    """Return the number of the page's object that an element names, or 0."""
    reference = node.raw_get("/Pg") if "/Pg" in node else None
    return reference.idnum if isinstance(reference, IndirectObject) else 0


def standard_role(kind: str, roles: Mapping[str, str]) -> str:
    """Return the standard type that a type stands for; the last one there is, if it is in a ring.

    A standard type stands for itself.
    """
    met = {kind}
    while kind not in STANDARD and roles.get(kind) and roles[kind] not in met:
        kind = roles[kind]
        met.add(kind)
    return kind


def faulty_roles(root: DictionaryObject) -> dict[str, str]:
    """Return what is wrong with each mapping of a standard type, or in a ring (14.7.3), by type."""
    roles, faults = _roles(root), dict[str, str]()
    for kind in sorted(roles):
        role = standard_role(kind, roles)
        if kind in STANDARD:
            faults[kind] = f"is standard, and mapped to {roles[kind]}"
        elif roles.get(role) and role not in STANDARD:
            faults[kind] = "is mapped in a ring"
    return faults


def _roles(root: DictionaryObject) -> dict[str, str]:
    """Return which type each type of a structure tree's own is mapped to."""
    return {name[1:]: _name(target) for name, target in mapping(root.get("/RoleMap")).items()}


def _name(value: Any) -> str:
    """Return a name without its slash."""
    return str(resolved(value)).removeprefix("/")
