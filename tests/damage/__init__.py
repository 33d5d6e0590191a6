"""Ways to damage a good PDF, with the rules that must say so, and changes that no rule minds."""

from damage import content, file, lines, links, pages, sample, visible
from damage.tools import CHANGES, DAMAGES, Change, table

__all__ = [
    "CHANGES",
    "DAMAGES",
    "Change",
    "content",
    "file",
    "lines",
    "links",
    "pages",
    "sample",
    "table",
    "visible",
]
