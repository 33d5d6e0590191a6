"""Which declaration of the style sheets an element of a page heeds: the cascade (CSS Cascade 4)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import tinycss2
from cssselect2 import ElementWrapper, Matcher, SelectorError, compile_selector_list

from cheatsheet.findings import Place
from cheatsheet.stylesheets.nodes import place_of
from cheatsheet.stylesheets.sheet import StyleFile

HIDING = {"display": {"none"}, "visibility": {"hidden", "collapse"}}
PAPER, SCREEN = frozenset({"print", "all"}), frozenset({"screen", "all"})
CLIPPING = {"overflow", "clip", "clip-path"}
NAMES = re.compile(r"[.#]?[a-zA-Z_][\w-]*")
SUBJECT = re.compile(r"[^\s>+~]*$")  # of a selector: what it is about stands last
STATE = re.compile(r":(?!is\()[\w-]+(?:\(.*\))?")  # of an element, as it is at some time
SOMETIMES = {"supports", "container", "layer", "scope", "starting-style"}

Rule = tuple[str, tuple[Any, ...], bool]
"""A selector, the declarations of its block, and whether they hold at any time."""


class Cascade:
    """Style sheets, ready to be matched with elements.

    Rules in @media count where all the words of its question are among `media`; else, and in the
    other rules with a condition, they hold now and then, and nothing is said of them.
    """

    def __init__(self, styles: Iterable[StyleFile], media: frozenset[str]) -> None:
        self._matcher, self._hiding = Matcher(), Matcher()
        rules = [(style, rule) for style in styles for rule in _rules(style, media)]
        self._revealed = {name for _, rule in rules for name in _revealed(*rule)}
        for style, (selector, declarations, is_sure) in rules:
            try:
                compiled = compile_selector_list(selector) if is_sure else ()
            except (SelectorError, AttributeError):  # which others tell
                continue
            for one in compiled:
                self._matcher.add_selector(one, (style, declarations))
                if any(map(_hides, declarations)) and self._is_for_good(selector, declarations):
                    self._hiding.add_selector(one, None)

    def heeded(self, element: ElementWrapper) -> dict[str, tuple[Any, Place]]:
        """Return by property which declaration an element itself heeds, and its place."""
        heeded: dict[str, tuple[Any, Place]] = {}
        for _, _, pseudo, (style, declarations) in self._matcher.match(element):
            for one in declarations if pseudo is None else ():
                before = heeded.get(one.lower_name)
                if not (before and before[0].important and not one.important):
                    heeded[one.lower_name] = one, place_of(style, one)
        return heeded

    def hidden(self, html: str) -> tuple[str, str, dict[Place, list[str]]]:
        """Return a page's words, those that are shown, and by declaration those that it hides.

        What is clipped too is for those who hear a page; what another rule shows, is hidden now
        and then. Neither is hidden.
        """
        root = document(html)
        for unseen in list(root.etree_element.iter("head", "script", "style", "template")):
            unseen.drop_tree()
        hidden: dict[Place, list[Any]] = {}
        for one in root.iter_subtree():
            for declaration, place in self.heeded(one).values() if self._hiding.match(one) else ():
                if _hides(declaration):
                    hidden.setdefault(place, []).append(one.etree_element)
        words = {
            place: [one.text_content() for one in elements] for place, elements in hidden.items()
        }
        whole = root.etree_element.text_content()
        for one in (one for elements in hidden.values() for one in elements):
            one.clear(keep_tail=True)
        return whole, root.etree_element.text_content(), words

    def _is_for_good(self, selector: str, declarations: Iterable[Any]) -> bool:
        """Tell whether what is hidden is so at any time, and for everybody."""
        names = {one.lower_name for one in declarations}
        is_so = STATE.search(selector) is None and self._revealed.isdisjoint(_subjects(selector))
        return is_so and names.isdisjoint(CLIPPING)

    def removing(self, element: ElementWrapper) -> Place | None:
        """Return which declaration takes an element off the page: its own, or one around it.

        What is `position: running()` is printed in margins (CSS Generated Content for Paged Media,
        1.2).
        """
        for one in (element, *reversed(element.ancestors)):
            for name, (declaration, place) in self.heeded(one).items():
                said = {getattr(node, "lower_value", node.type) for node in declaration.value}
                if (name == "display" and "none" in said) or (
                    name == "position" and "function" in said
                ):
                    return place
        return None


def element_of(html: str, name: str) -> ElementWrapper:
    """Return the element of a page that has an id."""
    return next(one for one in document(html).iter_subtree() if one.id == name)


def document(html: str) -> ElementWrapper:
    """Return a page's outermost element."""
    from lxml.html import XHTMLParser, document_fromstring, xhtml_to_html  # noqa: PLC0415 - slow

    if not html.startswith("<?xml"):
        return ElementWrapper.from_html_root(document_fromstring(html))
    root = document_fromstring(html.encode(), parser=XHTMLParser(resolve_entities=False))
    xhtml_to_html(root)
    return ElementWrapper.from_html_root(root)


def _hides(declaration: Any) -> bool:
    """Tell whether a declaration hides an element."""
    says = {getattr(node, "lower_value", "") for node in declaration.value}
    return not says.isdisjoint(HIDING.get(declaration.lower_name, ()))


def _revealed(selector: str, declarations: Iterable[Any], is_sure: bool) -> Iterator[str]:  # noqa: FBT001 - a rule
    """Yield what a rule is about that shows something, but not at any time or everywhere."""
    shows = any(one.lower_name in HIDING and not _hides(one) for one in declarations)
    if shows and not (is_sure and NAMES.fullmatch(selector.strip())):
        yield from _subjects(selector)


def _subjects(selector: str) -> Iterator[str]:
    """Yield the names of what the selectors of a list are about: of `ul .a`, it is `.a`."""
    for one in selector.split(","):
        yield from NAMES.findall(SUBJECT.findall(STATE.sub("", one).strip())[0])


@lru_cache(maxsize=256)  # a warm process asks for the same sheets again and again
def _rules(style: StyleFile, media: frozenset[str]) -> tuple[Rule, ...]:
    """Return the rules of a style sheet, nested ones after those around them."""
    return tuple(_in_nodes(tinycss2.parse_stylesheet(style.text), media, ""))


def _in_nodes(
    nodes: Sequence[Any], media: frozenset[str], outer: str, *, is_sure: bool = True
) -> Iterator[Rule]:
    """Yield the rules among some nodes; `outer` is the selector that they are nested in."""
    if outer:
        yield outer, tuple(node for node in nodes if node.type == "declaration"), is_sure
    for node in nodes:
        if node.type not in {"qualified-rule", "at-rule"} or not node.content:
            continue
        inner, held = tinycss2.parse_blocks_contents(node.content), is_sure
        if node.type == "qualified-rule":
            yield from _in_nodes(inner, media, _nested(node, outer), is_sure=held)
        elif node.lower_at_keyword in SOMETIMES | {"media"}:
            asked = set(tinycss2.serialize(node.prelude).lower().split())
            held = held and node.lower_at_keyword == "media" and media.issuperset(asked)
            yield from _in_nodes(inner, media, outer, is_sure=held)


def _nested(rule: Any, outer: str) -> str:
    """Return the selector of a rule that is nested in another (CSS Nesting 1, 3)."""
    prelude: str = tinycss2.serialize(rule.prelude)
    whole = f":is({outer})"
    if not outer:
        return prelude
    if "&" in prelude:
        return prelude.replace("&", whole)
    is_child = prelude.lstrip()[:1] in {">", "+", "~"}
    return f"{whole} {prelude}" if is_child else f"{whole} :is({prelude})"
