"""The glossary as a website: a page a term, an index with a search, link previews, a feed.

Needs the finished book: its pages are in the link previews, and its words must be the site's.
"""

from cheatsheet.web.making import Site, make_site
from cheatsheet.web.site import FOLDER, SiteBuild, build_site

__all__ = ["FOLDER", "Site", "SiteBuild", "build_site", "make_site"]
