"""A page's HTML → what stands in it: links, and every word, also those that nobody sees."""

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

VOID = {"br", "hr", "img", "input", "link", "meta", "source"}
UNSEEN = {"head", "script", "style"}
BLOCKS = {"article", "div", "footer", "form", "h1", "h2", "header", "li", "main", "nav", "p"}
BLOCKS |= {"section", "ul"}


class PageReading(HTMLParser):
    """What stands in an HTML page.

    `links` are the addresses of its links, `loads` those of what it loads, `later` those that a
    browser loads only when they come into view; `ids` its anchors.
    `told` is what its head tells, by name, and its heading, by `h1`.
    `visible` is all text that is shown, and `hidden` what else is said: the values of attributes,
    comments, and the strings of its JSON-LD. `faults` are what is wrong with that, each with its
    line from 1; the templates hold the tags.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.loads: list[str] = []
        self.later: set[str] = set()
        self.ids: set[str] = set()
        self.told: dict[str, str] = {}
        self.hidden: list[str] = []
        self.faults: list[tuple[str, int]] = []
        self._shown: list[str] = []
        self._instead: list[str] = []  # what a picture loads in its image's place
        self._open: list[tuple[str, dict[str, str]]] = []
        self._ended: set[str] = set()  # the page's title is its first, and none of a drawing
        self.feed(html)
        self.close()

    @property
    def visible(self) -> str:
        """The text that is shown, with one space wherever there is white space or a new block."""
        return " ".join("".join(self._shown).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element's attributes."""
        attributes = {name: value or "" for name, value in attrs}
        self._note(tag, attributes)
        if tag in BLOCKS:
            self._shown.append(" ")
        if tag not in VOID:
            self._open.append((tag, attributes))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that ends where it begins."""
        self._note(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element of a name, and what is left open in it."""
        names = [name for name, _ in self._open]
        self._ended |= {tag} - ({"title"} if "svg" in names else set())
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]
        if tag in BLOCKS:
            self._shown.append(" ")

    def handle_data(self, data: str) -> None:
        """Note a text: whether it is shown, or what is in its JSON."""
        names = {tag for tag, _ in self._open}
        for tag in {"title", "h1"} & names - self._ended if "svg" not in names else ():
            self.told[tag] = self.told.get(tag, "") + data
        if self._open and self._open[-1][1].get("type") == "application/ld+json":
            try:
                self.told["JSON-LD"] = " ".join(sorted(strings_in(json.loads(data))))
                self.hidden.append(self.told["JSON-LD"])
            except ValueError as problem:
                self.faults.append((f"its JSON-LD cannot be read: {problem}", self.getpos()[0]))
        elif not any(tag in UNSEEN or "hidden" in attrs for tag, attrs in self._open):
            self._shown.append(data)
        else:
            self.hidden.append(data)

    def handle_comment(self, data: str) -> None:
        """Note a comment or an instruction, which everybody may read."""
        self.hidden.append(data)

    handle_pi = handle_comment

    def handle_decl(self, decl: str) -> None:
        """Note a declaration."""
        self.told[decl.partition(" ")[0].lower()] = decl
        self.hidden.append(decl)

    def _note(self, tag: str, attributes: dict[str, str]) -> None:
        """Note where an element leads to, what it loads, and what it says."""
        self.ids |= {attributes["id"]} if "id" in attributes else set()
        self.hidden.extend(attributes.values())
        if tag == "meta":
            name = attributes.get("name") or attributes.get("property") or "charset"
            value = attributes.get("content") or attributes.get("charset", "")
            self.told[name] = value.rpartition("charset=")[2] if name == "charset" else value
        elif tag == "link" and attributes.get("rel") == "canonical":
            self.told["canonical"] = attributes.get("href", "")
        elif tag == "a":
            self.links.append(attributes.get("href", ""))
        elif tag == "link":
            self.loads.append(attributes.get("href", ""))
        elif tag == "source":
            self._instead.append(attributes.get("srcset", ""))
        elif "src" in attributes:
            loads = [*self._instead, attributes["src"]]
            self._instead.clear()
            self.loads.extend(loads)
            self.later |= {*loads} if attributes.get("loading") == "lazy" else set()


def strings_in(value: Any) -> Iterator[str]:
    """Yield every string in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings_in(item)
