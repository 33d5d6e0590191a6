"""The words by which the published forms are known: headings, titles, and their fixed sentences."""

import re

from cheatsheet.glossary import without_references

HEADINGS = {
    "tldr": "tldr",
    "quick version": "tldr",
    "plain english version": "plain",
    "deeper version": "plain",
    "why should you care": "why",
    "why this matters": "why",
    "nerd version": "nerd",
    "nerd corner": "nerd",
    "try it yourself": "try_it",
    "go deeper": "go_deeper",
    "related terms": "related",
    "subject line": "subject",
}
LIST_FIELDS = {"plain", "go_deeper", "related"}

ISSUE_TITLE = re.compile(r"(?P<letter>.{1,60}) #(?P<issue>\d{1,6}): (?P<name>.+)")
THIS_WEEK = re.compile(r"This Week's Term: (?P<name>.+)")
LABEL = re.compile(r"(?P<label>[^:]{1,40}):(?:\s+(?P<text>.+))?")
TERM_PAGE = re.compile(r"(🔗 )?Read the full .{1,40} term page(: \S+)?")
WEB_ADDRESS = re.compile(r"https://\S+")

LONGEST = 400  # characters that a fixed sentence cannot have
NAME = r".{1,80}(?<![.!?])"  # "Dr. Jo", "AI 2.0", "Mary Ann O'Neil": it ends no sentence
# What the newsletter and the page say besides the term: the same in each, but for names.
FIXED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"Hey — {NAME} here\.",
        (
            rf"(Last week we covered {NAME}\. )?This week, let's talk about something you've "
            r"probably heard but maybe never fully understood\."
        ),
        rf"Next week: {NAME} — we'll break down what it means and why you should care\.",
        rf"— {NAME}",
        (
            r"P\.S\. Know someone who'd find this useful\? Forward this email\. "
            r"They can sign up here(: \S+|\.)"
        ),
        r"Like this\? Get one every week\.",
        r"Every Tuesday, one AI concept explained in plain English\. Free forever\.",
        r"Want all \d+ terms in one PDF\?",
        rf"(Want all \d+ terms in one PDF\? )?Grab (the )?{NAME}( — .{{1,40}})?(: \S+)?",
    )
)


def field_of(heading: str) -> str | None:
    """Return the field that stands under a heading, or None for a heading that is not known."""
    words = re.sub(r"\([^)]*\)|[^a-z ]", "", heading[:80].casefold()).strip()
    return HEADINGS.get(words.removeprefix("the "))


def is_fixed(text: str) -> bool:
    """Tell whether a paragraph is one of the fixed sentences, whatever names stand in it."""
    words = without_references(text)
    return len(words) < LONGEST and any(pattern.fullmatch(words) for pattern in FIXED)
