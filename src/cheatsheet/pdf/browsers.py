"""The renderer's word on style sheets that it never sees: those of browsers and of mail."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cheatsheet.findings import Finding
from cheatsheet.pdf.properties import PROPERTIES
from cheatsheet.pdf.rules import STYLE
from cheatsheet.stylesheets import StyleFile
from cheatsheet.stylesheets.browsers import Renderer, not_understood


def browser_findings(styles: Iterable[StyleFile]) -> Iterator[Finding]:
    """Yield a finding for each declaration and selector that is certainly wrong."""
    for said, place, hint in not_understood(styles, Renderer(PROPERTIES, _accepts)):
        yield STYLE.finding(said, place, hint)


def _accepts(name: str, value: Sequence[Any]) -> bool:
    """Tell whether the renderer understands a property's value."""
    from weasyprint.css import validation  # noqa: PLC0415 - only a slip needs it

    judge = validation.EXPANDERS.get(name, validation.validate_non_shorthand)
    try:
        return bool(list(judge(value, name, "")))
    except Exception:  # noqa: BLE001 - at some slips the renderer fails
        return False
