"""A drawing's text → all that is wrong with it."""

from cheatsheet.findings import Finding
from cheatsheet.picture.drawing import parse_drawing
from cheatsheet.picture.measuring import Fonts, measure
from cheatsheet.picture.painting import painted
from cheatsheet.picture.vocabulary import VALUE, check_vocabulary


def check_drawing(file: str, text: str, fonts: Fonts, width_mm: float) -> list[Finding]:
    """Return the findings of the drawing in a file, a path relative to the project.

    It is measured in the labels' fonts, for a print `width_mm` wide; without fonts it is not
    measured.
    """
    drawing = parse_drawing(file, text)
    if drawing.root is None:
        return list(drawing.findings)
    findings = list(check_vocabulary(drawing.root))
    if fonts and not any(finding.code == VALUE.code for finding in findings):
        findings.extend(measure(list(painted(drawing.root)), fonts, width_mm))
    return findings
