"""The styles' sizes → the same made small, for a page that is shown on another."""

import re
from collections.abc import Mapping

LENGTH = re.compile(r"(?<![\w.#-])(-?\d*\.?\d+)(mm|pt)\b")
OWN = "--specimen-"  # the sizes of what stands around the small page


def small_tokens(tokens: Mapping[str, str], scale: float) -> dict[str, str]:
    """Return the tokens that hold lengths, each times a scale, but those of the specimen itself.

    Those that refer to others are among them, for a token has the value of where it is declared.
    A page that is laid out with them has the lines of the page that it shows, and takes the room
    that it has: a transform would leave it the room of the large one.
    """

    def small(length: re.Match[str]) -> str:
        return f"{float(length[1]) * scale:.4g}{length[2]}"

    found = {name: value for name, value in tokens.items() if not name.startswith(OWN)}
    made = {name: LENGTH.sub(small, value) for name, value in found.items()}
    return {n: value for n, value in made.items() if value != found[n] or "var(" in value}
