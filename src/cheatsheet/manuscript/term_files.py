"""The terms' files as they stand, to be changed field by field: what an import works on."""

from collections.abc import Mapping
from os.path import lexists
from pathlib import Path, PurePath
from typing import Any

from cheatsheet.findings import Finding, Place, error
from cheatsheet.manuscript.editing import WANTED, Fields, edited_term, filled_term
from cheatsheet.manuscript.fields import WRONG
from cheatsheet.manuscript.labels import load_labels
from cheatsheet.manuscript.loading import BOOK, TERMS, term_file, term_files
from cheatsheet.manuscript.yaml_reader import parse_yaml, read_yaml
from cheatsheet.model.glossary import TermText
from cheatsheet.model.labels import Labels
from cheatsheet.system.reading import closed_folders, read_text
from cheatsheet.system.writing import write_atomically

BY_HAND = error(
    "import-by-hand",
    "A term's file is written in a form that a program cannot change without a loss.",
    "change its fields by hand",
)


class TermFiles:
    """The terms' files of a project, and what is to be written into them.

    `findings` say why this is no project; `site` is its address, `labels` are the words of its
    language, and `names` has the slugs of its terms by their names without case.
    """

    def __init__(self, project: Path) -> None:
        self._project = project
        self._texts: dict[str, str] = {}
        self.site, self.labels, self.findings = _read_settings(project)
        self.names = {} if self.findings else dict(self._read_names())

    def _read_names(self) -> list[tuple[str, str]]:
        """Return the (name without case, slug) of each term that can be read."""
        files = [read_yaml(self._project, file) for file in term_files(self._project, [])]
        named = [(file.value, PurePath(file.source.file).stem) for file in files if file.value]
        return [(str(value.get("name")).casefold(), slug) for value, slug in named]

    def read(self, slug: str) -> tuple[str, dict[str, Any], list[Finding]]:
        """Return a term's YAML and values as they are to be; empty where there is no file yet.

        Findings say why a file that is there cannot be read.
        """
        file, findings = term_file(slug), list[Finding]()
        if slug in self._texts:
            text = self._texts[slug]
        elif lexists(self._project / file):
            text, findings = read_text(self._project, file)
        else:
            return "", {}, []
        parsed = parse_yaml(file, text)
        return text, parsed.value or {}, findings or parsed.findings

    def change(self, slug: str, fields: Fields) -> tuple[str, list[Finding]]:
        """Set fields of a term, in its file or in a new one, and return its new YAML.

        What was set is read again and compared: a finding says that it is not what was asked for.
        """
        file = term_file(slug)
        text, values, _ = self.read(slug)
        changed = edited_term(text, fields) if text else filled_term(fields)
        wanted = values | {k: list(v) if isinstance(v, tuple) else v for k, v in fields.items()}
        read = parse_yaml(file, changed)
        if text and read.value != wanted:
            return text, [BY_HAND.finding("the file cannot be changed", Place(file.as_posix()))]
        self._texts[slug] = changed
        self.names[str(wanted["name"]).casefold()] = slug
        return changed, []

    def write(self, slug: str) -> None:
        """Write what was set of a term. Raises OSError; then it is not set any more."""
        try:
            write_atomically(self._project / term_file(slug), self._texts[slug].encode())
        except OSError:
            del self._texts[slug]
            raise


def missing_fields(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that a term needs and that are not there, or empty."""
    fields = filter(WANTED.__contains__, TermText.model_fields)
    return tuple(name for name in fields if _is_empty(values.get(name)))


def _is_empty(value: Any) -> bool:
    """Tell whether a value says nothing, itself or in all of its parts."""
    parts = list(value.values()) if isinstance(value, dict) else value
    return not any(parts) if isinstance(parts, list) else not parts


def _read_settings(project: Path) -> tuple[str, Labels | None, list[Finding]]:
    """Return the site's address and the labels by the book's settings, or findings without them."""
    book = read_yaml(project, BOOK)
    if book.value is None:
        return "", None, book.findings
    if closed := closed_folders(project, TERMS):
        return "", None, closed
    values = {name: book.value.get(name) for name in ("site", "language")}
    values["site"] = values["site"] or ""
    findings = [
        WRONG.finding(f"`{name}` should be a text", book.source.place((name,)))
        for name, value in values.items()
        if not isinstance(value, str)
    ]
    if findings:
        return "", None, findings
    place = book.source.place(("language",))
    labels = load_labels(project, str(values["language"]), place, findings)
    return str(values["site"]), labels, findings
