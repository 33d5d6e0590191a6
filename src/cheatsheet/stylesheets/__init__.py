"""Style sheets: read from styles/, what they declare, and mistakes in them. Needs no renderer."""

from cheatsheet.stylesheets.calculations import find_unsolvable
from cheatsheet.stylesheets.categories import find_missing_looks
from cheatsheet.stylesheets.causes import (
    blamed,
    place_of_variable,
    places_of_colour,
    places_of_crowding,
    places_of_fading,
    places_of_moving,
    places_of_shrinking,
    places_of_spacing,
)
from cheatsheet.stylesheets.declared import (
    asked_addresses,
    book_colours,
    declared_faces,
    declared_families,
    declared_tokens,
    pixels_of,
    resolve_token,
)
from cheatsheet.stylesheets.nodes import variable_names
from cheatsheet.stylesheets.reading import (
    CARD,
    MAIL,
    POST,
    READERS,
    SITE,
    read_style_sheets,
    read_styles,
)
from cheatsheet.stylesheets.selectors import find_unmatched, names_in
from cheatsheet.stylesheets.sheet import StyleFile

__all__ = [
    "CARD",
    "MAIL",
    "POST",
    "READERS",
    "SITE",
    "StyleFile",
    "asked_addresses",
    "blamed",
    "book_colours",
    "declared_faces",
    "declared_families",
    "declared_tokens",
    "find_missing_looks",
    "find_unmatched",
    "find_unsolvable",
    "names_in",
    "pixels_of",
    "place_of_variable",
    "places_of_colour",
    "places_of_crowding",
    "places_of_fading",
    "places_of_moving",
    "places_of_shrinking",
    "places_of_spacing",
    "read_style_sheets",
    "read_styles",
    "resolve_token",
    "variable_names",
]
