"""A new book in an empty folder: settings, three terms with drawings, styles, fonts."""

from cheatsheet.manuscript.starter.making import PAPERS, TITLE, make_project, write_project

__all__ = ["PAPERS", "TITLE", "make_project", "write_project"]
