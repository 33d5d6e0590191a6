"""What every issue says besides its term: a form that lacks a line or a link of it is found."""

import re
from collections.abc import Iterator
from html import unescape

from cheatsheet.book.templates import inside_a_sentence
from cheatsheet.findings import Finding, Place, error
from cheatsheet.model.glossary import Glossary, Term
from cheatsheet.model.labels import put
from cheatsheet.newsletter.issues import Issue
from cheatsheet.reader.words import squash

LINE = error(
    "newsletter-line",
    "An issue lacks what every issue has: a line, the link in it, or its drawing.",
    "print it in src/cheatsheet/templates/newsletter/, by its label",
)
MARKDOWN, PLAIN, HTML = ("newsletter", "mail (plain)", "mail (html)")
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
IMAGE = re.compile(r'<img\b[^>]*?\balt="([^"]*)"[^>]*>')
MARKUP = re.compile(r"<style\b.*?</style>|<[^>]*>", re.DOTALL)
CARRIED = re.compile(rb"(?im)^Content-ID: <([^>]+)>")


def hidden_drawings(mail: bytes, html: str, place: Place) -> Iterator[Finding]:
    """Yield a finding for each picture that comes along with a mail and that its HTML lacks."""
    for name in CARRIED.findall(mail):
        if f'src="cid:{name.decode()}"' not in html:
            yield LINE.finding(f"the {HTML} does not show `cid:{name.decode()}`", place)


def lacking_lines(
    glossary: Glossary, issue: Issue, form: str, text: str, place: Place
) -> Iterator[Finding]:
    """Yield a finding for each line that a form of an issue lacks; its letters are compared.

    A line may be part of another, as who signs is of the greeting: it stands there once more, and
    is not lacking where the other is.
    """
    lines = [*_lines(glossary, issue, form)]
    if form == HTML:
        lines += [*_mail_lines(issue.term, is_drawn="<img" in text)]
        text = unescape(MARKUP.sub("", IMAGE.sub(r"\1", LINK.sub(r"\2 \1 ", text))))
    letters, wanted = squash(text), [squash(line) for _, line in lines]
    for name, line in sorted(dict(lines).items(), key=lambda one: -len(one[1])):
        own = squash(line)
        if letters.count(own) < sum(one.count(own) for one in wanted):
            wanted.remove(own)
            yield LINE.finding(f'the {form} lacks `{name}`: "{line}"', place)


def _mail_lines(term: Term, *, is_drawn: bool) -> Iterator[tuple[str, str]]:
    """Yield what the HTML of a mail says of its term by itself."""
    yield "subject", term.subject
    yield from [("tagline", term.tagline)] * 2  # in a list of mails, and under the title
    if term.picture and is_drawn:
        yield "picture.alt", term.picture.alt  # one of its two copies may have none


def _lines(glossary: Glossary, issue: Issue, form: str) -> Iterator[tuple[str, str]]:
    """Yield the labels that stand in a form of an issue, each as it is printed there."""
    book, letter, offer = glossary.book, glossary.labels.newsletter, glossary.labels.offer

    def link(words: str, address: str | None) -> str:
        between = letter.address if form == PLAIN else "{words} {address}"
        return put(between, words=words, address=address)

    yield "newsletter.hello", put(letter.hello, writer=book.writer)
    if issue.previous:
        yield "newsletter.last_week", put(letter.last_week, name=issue.previous.name)
    yield "newsletter.opening", letter.opening
    if form != HTML:  # there the name is the title alone
        yield "newsletter.this_week", put(letter.this_week, name=issue.term.name)
    if issue.following:
        yield "newsletter.next_week", put(letter.next_week, name=issue.following.name)
    yield "newsletter.signed", put(letter.signed, writer=book.writer)
    yield "newsletter.forward", put(letter.forward, sign_up=link(letter.sign_up, book.site))
    if book.shop and form != MARKDOWN:
        title = inside_a_sentence(book.title) if glossary.is_english else book.title
        name = "get_for" if book.price else "get"
        words = put(getattr(offer, name), title=title, price=book.price)
        yield "offer.want", put(offer.want, count=book.terms)
        yield f"offer.{name}", link(words, book.shop)
        if form == HTML:
            yield "offer.has", offer.has
