"""The metadata: title, author, language, and that the file is tagged."""

from collections.abc import Iterator

from cheatsheet.checks.asked import Asked
from cheatsheet.checks.reading import Reading
from cheatsheet.findings import Finding, error

INFORMATION = error(
    "meta-information",
    "The file does not say its title, author or language, or is not tagged.",
    "these come from content/book.yaml through templates/book/section.html.j2",
)


def information_is_there(pdf: Reading, asked: Asked) -> Iterator[Finding]:
    """Yield a finding for each piece of information that is missing or another."""
    book = asked.glossary.book
    wanted = {
        "title": f"{book.title}: {book.subtitle}",
        "author": book.author,
        "language": book.language,
        "tagged": "True",
        "shows title": "True",
    }
    for name, value in wanted.items():
        found = pdf.information[name]
        if found != value:
            yield INFORMATION.finding(f'{name} is "{found}", and should be "{value}"')


CHECKS = (information_is_there,)
