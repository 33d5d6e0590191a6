"""YAML files → Glossary, with every problem gathered as file:line:column. Alone knows YAML."""

from cheatsheet.manuscript.loading import is_slug, load_glossary, pairs_schema, term_schema
from cheatsheet.manuscript.new_term import write_new_term
from cheatsheet.manuscript.term_files import TermFiles, missing_fields, term_file

__all__ = [
    "TermFiles",
    "is_slug",
    "load_glossary",
    "missing_fields",
    "pairs_schema",
    "term_file",
    "term_schema",
    "write_new_term",
]
