"""Pages and newsletters that were published → the fields of a term, and its file."""

from cheatsheet.importer.decoding import normal
from cheatsheet.importer.fields import Published
from cheatsheet.importer.headings import Publisher
from cheatsheet.importer.importing import Imported, import_files, read_bytes

__all__ = ["Imported", "Published", "Publisher", "import_files", "normal", "read_bytes"]
