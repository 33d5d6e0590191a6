"""A drawing's text → all that is wrong with it."""

from collections.abc import Iterable
from functools import lru_cache

from cheatsheet.drawings.drawing import HEAVY, SYNTAX, UNSAFE, parse_drawing
from cheatsheet.drawings.labels import LabelFonts
from cheatsheet.drawings.measuring import measure
from cheatsheet.drawings.painting import check_transforms, painted
from cheatsheet.drawings.vocabulary import VALUE, check_vocabulary
from cheatsheet.findings import Finding

UNDRAWABLE = {rule.code for rule in (SYNTAX, HEAVY, UNSAFE, VALUE)}


@lru_cache(maxsize=512)
def check_drawing(
    file: str, text: str, fonts: LabelFonts | None, width_mm: float | None
) -> tuple[Finding, ...]:
    """Return the findings of the drawing in a file, a path relative to the project.

    It is measured in the labels' fonts, for a print `width_mm` wide; without one of these it is
    not measured.
    """
    drawing = parse_drawing(file, text)
    if drawing.root is None:
        return drawing.findings
    findings = list(check_vocabulary(drawing.root))
    if not _lacks_value(findings):
        findings.extend(check_transforms(drawing.root))
    if fonts and width_mm and not _lacks_value(findings):
        findings.extend(measure(list(painted(drawing.root)), fonts, width_mm))
    return tuple(findings)


def _lacks_value(findings: Iterable[Finding]) -> bool:
    """Tell whether an attribute has a value that nothing can be measured with: a word, a link."""
    return any(finding.code in {VALUE.code, UNSAFE.code} for finding in findings)


def is_drawable(file: str, text: str) -> bool:
    """Tell whether the drawing in a file can be drawn in spite of what is wrong with it."""
    findings = check_drawing(file, text, None, None)
    return UNDRAWABLE.isdisjoint(finding.code for finding in findings)
