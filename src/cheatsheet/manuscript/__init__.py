"""YAML files → Glossary, with every problem gathered as file:line:column. Alone knows YAML."""

from cheatsheet.manuscript.loading import load_glossary, term_schema
from cheatsheet.manuscript.new_term import write_new_term

__all__ = ["load_glossary", "term_schema", "write_new_term"]
