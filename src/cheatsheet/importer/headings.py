"""The words by which the published forms are known: headings, titles, and their fixed sentences."""

import re
from dataclasses import dataclass
from functools import cached_property

from cheatsheet.importer.decoding import normal
from cheatsheet.model.base import PLACEHOLDER
from cheatsheet.model.labels import Labels
from cheatsheet.model.references import without_references

LABEL = re.compile(r"(?P<label>[^:]{1,40}):(?:\s+(?P<text>.+))?")
WEB_ADDRESS = re.compile(r"https://\S+")

LONGEST = 400  # characters that a fixed sentence cannot have
NAME = r".{1,80}(?<![.!?])"  # "Dr. Jo", "AI 2.0", "Mary Ann O'Neil": it ends no sentence
WORDS = {"author": ".{1,40}", "price": ".{1,40}", "count": r"\d+"}
GROUPS = {"newsletter": "(?P<letter>.{1,60})", "issue": r"(?P<issue>\d{1,6})"}
ADDRESS = r"( ?: \S+)?"  # behind what is a link where there are links
NO_LETTERS = re.compile(r"\([^)]*\)|[^\w ]|[\d_]")


@dataclass(frozen=True)
class Publisher:
    """Whose pages and newsletters are read: the address of the site, and the words on all of them.

    What the newsletter and the page say besides the term is the same in each, but for names.
    """

    site: str
    labels: Labels

    @cached_property
    def _fields(self) -> dict[str, str]:
        """The field that stands under each heading."""
        term, issue = self.labels.term, self.labels.newsletter
        headings = {
            "tldr": (term.tldr, issue.quick),
            "plain": (term.plain, issue.deeper),
            "why": (term.why, issue.why),
            "nerd": (term.nerd, issue.nerd),
            "try_it": (term.try_it, issue.try_it),
            "go_deeper": (issue.go_deeper,),
            "related": (term.related, self.labels.web.related),
            "subject": (issue.subject,),
        }
        return {_plain(one): field for field, several in headings.items() for one in several}

    @cached_property
    def issue_title(self) -> re.Pattern[str]:
        """A newsletter's title; its `name` is None where it ends before the term's."""
        number = _pattern(self.labels.newsletter.number, **GROUPS)
        return re.compile(rf"{number}(?: (?P<name>.+))?")

    @cached_property
    def this_week(self) -> re.Pattern[str]:
        """What names the term of an issue."""
        return re.compile(_pattern(self.labels.newsletter.this_week, name="(?P<name>.+)"))

    @cached_property
    def term_page(self) -> re.Pattern[str]:
        """What leads from an issue to the page of its term."""
        return re.compile(f"(🔗 )?{_pattern(self.labels.newsletter.page)}{ADDRESS}")

    @cached_property
    def _fixed(self) -> tuple[re.Pattern[str], ...]:
        """The fixed sentences."""
        issue, web, offer = self.labels.newsletter, self.labels.web, self.labels.offer
        want = _pattern(offer.want)
        sign_up = re.escape(normal(issue.sign_up))
        patterns = (
            _pattern(issue.hello),
            f"({_pattern(issue.last_week)} )?{_pattern(issue.opening)}",
            _pattern(issue.next_week),
            _pattern(issue.signed),
            rf"{_pattern(issue.forward, sign_up=sign_up)}( ?: \S+|\.)",
            _pattern(web.weekly),
            _pattern(web.weekly_is),
            want,
            _pattern(offer.has),
            f"({want} )?({_pattern(offer.get)}|{_pattern(offer.get_for)}){ADDRESS}",
        )
        return tuple(map(re.compile, patterns))

    def field_of(self, heading: str) -> str | None:
        """Return the field that stands under a heading, or None for one that is not known."""
        return self._fields.get(_plain(heading[:80]))

    def is_fixed(self, text: str) -> bool:
        """Tell whether a paragraph is one of the fixed sentences, whatever names stand in it."""
        words = without_references(text)
        return len(words) < LONGEST and any(one.fullmatch(words) for one in self._fixed)


def _plain(heading: str) -> str:
    """Return the words of a heading, without signs, case and the article."""
    return " ".join(NO_LETTERS.sub("", heading.casefold()).split()).removeprefix("the ")


def _pattern(label: str, **values: str) -> str:
    """Return the pattern of a label, as an import reads it, with patterns for its placeholders."""
    parts = PLACEHOLDER.split(normal(label))
    found = {"writer": NAME, "name": NAME, "title": NAME, **WORDS, **values}
    return "".join(found[part] if at % 2 else re.escape(part) for at, part in enumerate(parts))
