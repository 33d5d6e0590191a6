"""What can be seen: every run of text as it is drawn, judged by its pixels, size and box."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import takewhile

from cheatsheet.checks.expected import ExpectedBook
from cheatsheet.checks.finished import section_pages
from cheatsheet.checks.report import book_check
from cheatsheet.findings import Finding, Place, Rule, error
from cheatsheet.findings.complaints import and_more
from cheatsheet.model.sections import Section
from cheatsheet.reader.pypdf_view import PypdfView
from cheatsheet.reader.runs import Colour, Rectangle, Run, luminance
from cheatsheet.stylesheets import (
    StyleFile,
    blamed,
    places_of_colour,
    places_of_crowding,
    places_of_fading,
    places_of_shrinking,
)

SEEN = 1.3  # contrast of the clearest pixel with what is around it, in letters that are drawn
READABLE = 3.0  # contrast of large text (WCAG 2.2, 1.4.3): nothing in a book may have less
SMALLEST_PT = 2.5  # the annotated page of "How to Read" has the smallest text of the real book
JUDGED_PT = 5.0  # smaller letters have too few pixels at 72 dpi
COVERED = 0.35  # of the way from the background to the colour that the clearest pixel must go
DIMMEST, FULLEST = 0.12, 0.65  # of the way, in a part of a run; the real book has 0.22 and 0.29
CROSSED = 0.45  # of the lower run's height that two runs may share, and of the narrower's width
SHOWN = 30  # letters
COVERED_WHOLLY, COVERED_PARTLY = (
    "is covered by something else",
    "is partly covered by something else",
)

UNSEEN = error(
    "visible-text",
    "Text is printed that cannot be seen.",
    "look at its color, its opacity, and what is drawn over it",
)
FAINT = error(
    "visible-contrast",
    "Text has too little contrast with what is behind it.",
    "take a darker or a lighter color in styles/tokens.css: a contrast of 3 at least, better 4.5",
)
TINY = error(
    "visible-size",
    "Text is printed too small to be read.",
    "look for a scale, a font size or a unit in the styles that is not meant",
)
CROSSING = error(
    "visible-overlap",
    "Text is printed over other text.",
    "look at line heights, positions and widths in the styles",
)


@book_check(UNSEEN, FAINT, TINY, CROSSING)
def text_can_be_read(pdf: PypdfView, expected: ExpectedBook) -> Iterator[Finding]:
    """Yield a finding for each way in which text cannot be read: the first run that has it."""
    found: dict[tuple[Rule, str], list[tuple[Section, int, Run]]] = defaultdict(list)
    for section, pages in section_pages(pdf, expected):
        for page in pages:
            runs = pdf.rendering.runs(page)
            covered = pdf.rendering.covered(page)
            for rule, fault, run in (*_faults(runs, covered), *_crossings(runs)):
                found[rule, fault].append((section, page, run))
    for (rule, fault), (first, *others) in found.items():
        section, page, run = first
        words = pdf.words_in(page, run.box)[:SHOWN]
        message = f'{section.title}: "{words}" {fault}{and_more(len(others))}'
        yield rule.finding(message, *blamed(_causes(rule, fault, run, expected.styles), page))


def _causes(rule: Rule, fault: str, run: Run, styles: Sequence[StyleFile]) -> list[Place]:
    """Return where style sheets may say what is wrong with a run."""
    if rule is TINY:
        return places_of_shrinking(styles)
    if rule is CROSSING:
        return places_of_crowding(styles)
    if run.is_drawn and contrast(run.colour, run.background) < READABLE:
        return places_of_colour(styles, run.colour)
    fading = [] if _is_seen(run) else places_of_fading(styles)
    is_over = fault in {COVERED_WHOLLY, COVERED_PARTLY}  # which is so of what is transparent, too
    return places_of_crowding(styles) if is_over and not fading else fading


def _faults(runs: Sequence[Run], covered: Sequence[Rectangle]) -> Iterator[tuple[Rule, str, Run]]:
    """Yield the runs that are too small, too faint, or not there; with the rule and what is so."""
    for run in runs:
        if run.size_pt < SMALLEST_PT:
            yield TINY, f"is {run.size_pt:.1f} pt high", run
        elif run.size_pt < JUDGED_PT:
            continue
        elif not _is_seen(run):
            yield UNSEEN, f"is not to be seen on {_name(run.background)}", run
        elif contrast(run.colour, run.background) < READABLE:
            ratio = contrast(run.colour, run.background)
            pair = f"{_name(run.colour)} on {_name(run.background)}"
            yield FAINT, f"is {pair}, a contrast of {ratio:.1f}", run
        elif _way(run.clearest, run) < COVERED * _way(run.colour, run):
            yield UNSEEN, COVERED_WHOLLY, run
        elif _is_cut(run) or any(_shares(run.box, part) for part in covered):
            yield UNSEEN, COVERED_PARTLY, run


def _is_seen(run: Run) -> bool:
    """Tell whether letters are drawn in another colour than what is behind them."""
    return run.is_drawn and contrast(run.clearest, run.background) >= SEEN


def _is_cut(run: Run) -> bool:
    """Tell whether something is drawn over a part of a run: it shows no ink, or nothing else."""
    return run.dimmest < DIMMEST or run.fullest > FULLEST


def _shares(box: Rectangle, part: Rectangle) -> bool:
    """Tell whether the middle of what is covered is in a run's box."""
    across, up = (part[0] + part[2]) / 2, (part[1] + part[3]) / 2
    return box[0] <= across <= box[2] and box[1] <= up <= box[3]


def _way(colour: Colour, run: Run) -> float:
    """Return how far a colour is from what is behind a run."""
    return abs(luminance(colour) - luminance(run.background))


def _crossings(runs: Sequence[Run]) -> Iterator[tuple[Rule, str, Run]]:
    """Yield the runs that stand over others."""
    upper = sorted(runs, key=lambda run: -run.box[3])
    for number, one in enumerate(upper, 1):
        for other in takewhile(lambda run: run.box[3] > one.box[1], upper[number:]):  # noqa: B023 - used at once
            across = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
            down = other.box[3] - max(one.box[1], other.box[1])
            is_wide = across > CROSSED * min(one.width, other.width)
            if is_wide and down > CROSSED * min(one.height, other.height):
                yield CROSSING, "stands over other text", one


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, contrast ratio)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _name(colour: Colour) -> str:
    """Return a colour as CSS writes it."""
    return "#{:02x}{:02x}{:02x}".format(*colour)
