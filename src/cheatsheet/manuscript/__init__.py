"""YAML files → Glossary, with every problem gathered as file:line:column. Alone knows YAML."""

from cheatsheet.manuscript.labels import (
    blank_labels,
    language_finding,
    load_labels,
    spoken_languages,
)
from cheatsheet.manuscript.loading import (
    load_glossary,
    load_partly,
    outdated_count,
    pairs_schema,
    term_file,
    term_schema,
)
from cheatsheet.manuscript.moving import rename_term
from cheatsheet.manuscript.new_term import write_new_term
from cheatsheet.manuscript.term_files import TermFiles, missing_fields

__all__ = [
    "TermFiles",
    "blank_labels",
    "language_finding",
    "load_glossary",
    "load_labels",
    "load_partly",
    "missing_fields",
    "outdated_count",
    "pairs_schema",
    "rename_term",
    "spoken_languages",
    "term_file",
    "term_schema",
    "write_new_term",
]
