"""Arrows from one row of a drawing to the next: what stands beside them, and where they stand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cheatsheet.drawings.arrows import upright, with_bends
from cheatsheet.drawings.cutting import Thing, Turning
from cheatsheet.drawings.geometry import around

TURN = 13.0  # units: an arrow between two rows
TURN_GAP = 22.4  # units between two rows with a line of arrows
LINE = 17.0  # units from one line of them to the next
ASIDE = 9.0  # units from the middle of one, where there are two; and from it to its words
BESIDE, ABOVE = 8.0, 4.0  # units from one with bends to the next: its upright parts, its level one
SLACK = 0.01  # what rounding may add up to, in units
PEN = 'stroke-width="1.2" stroke-linecap="round" stroke-linejoin="round"'
Span = tuple[float, float]


@dataclass(frozen=True)
class Turn:
    """An arrow under a row: its colour, whether it leads down, and the label that stands by it."""

    colour: str
    is_down: bool
    label: Thing | None = None


@dataclass(frozen=True)
class Turns:
    """The arrows under a row, in lines, and what they join: from where to where across a drawing.

    A line ends with the arrow that has a label, so that every label is beside its own.
    """

    lines: Sequence[Sequence[Turn]] = ()
    upper: Span = (0.0, 0.0)
    lower: Span = (0.0, 0.0)

    @property
    def parting(self) -> float:
        """The units between two rows that they need."""
        return TURN_GAP + LINE * (len(self.lines) - 1)

    @property
    def height(self) -> float:
        """The units that their lines take."""
        return TURN + LINE * (len(self.lines) - 1)

    @property
    def labels(self) -> set[Thing]:
        """The labels beside them."""
        return {one.label for line in self.lines for one in line if one.label}

    @property
    def width(self) -> float:
        """The units that the widest line takes."""
        return max((_line_width(line) for line in self.lines), default=0.0)

    @property
    def may_bend(self) -> bool:
        """Whether they are arrows alone, which can lead from one side of a page to the other."""
        return len(self.lines) == 1 and not self.labels

    @property
    def narrow(self) -> float:
        """The units that the most arrows in a line take, without words."""
        return max((2 * ASIDE * len(line) for line in self.lines), default=0.0)


def turns_of(turning: Iterable[Turning], things: Sequence[Thing]) -> Turns:
    """Return the arrows of a flow that turn, each colour once in each direction.

    The label of an arrow is the one thing that is in its group besides. `things` are all of a
    drawing.
    """
    turning = list(turning)
    found: dict[tuple[str, bool], Turn] = {}
    for one in turning:
        mates = [thing for thing in things if thing.group == one.thing.group]
        others = [thing for thing in mates if thing is not one.thing]
        label = others[0] if len(others) == 1 and others[0].is_label else None
        colour = one.arrow.colour
        found.setdefault((colour, one.is_down), Turn(colour, one.is_down, label))
    ordered = sorted(found.values(), key=lambda t: (t.label is not None, not t.is_down, t.colour))
    if not ordered:
        return Turns()
    upper = around(one.since if one.is_down else one.to for one in turning)
    lower = around(one.to if one.is_down else one.since for one in turning)
    return Turns(list(_in_lines(ordered)), (upper[0], upper[2]), (lower[0], lower[2]))


def arrow_svg(x: float, y: float, colour: str, *, is_down: bool) -> str:
    """Return an arrow between two rows as SVG, its middle at a point."""
    d = upright(x, y - TURN / 2, y + TURN / 2, is_down=is_down)
    return f'<path d="{d}" fill="none" stroke="{colour}" {PEN}/>'


def bent_svg(line: Sequence[Turn], ends: Span, y: float) -> str:
    """Return a line of arrows as SVG that lead from above to below, each with two bends.

    `ends` is where they begin above and where they end below, across, y the middle of their height.
    One lies in the other, so that none crosses another.
    """
    parts, inwards = "", ABOVE if ends[1] < ends[0] else -ABOVE
    for n, one in enumerate(line):
        step = n - (len(line) - 1) / 2
        above, below = (x + BESIDE * step for x in ends)
        level = y + inwards * step
        d = with_bends((above, y - TURN / 2), level, (below, y + TURN / 2), is_down=one.is_down)
        parts += f'<path d="{d}" fill="none" stroke="{one.colour}" {PEN}/>'
    return parts


def ends_of(upper: Span, lower: Span, room: float, middle: float) -> Span:
    """Return where arrows begin above and end below: both in the middle, if they join spans there.

    They do if they have `room` in each; where they do not, they lead from amid one to the other.
    """
    near = room / 2 - SLACK
    if all(start + near <= middle <= end - near for start, end in (upper, lower)):
        return middle, middle
    return sum(upper) / 2, sum(lower) / 2


def meeting(upper: Span, lower: Span, slack: Span, room: float, middle: float) -> Span:
    """Return how far to move a lower row, and where arrows stand, so that they join two spans.

    They need `room`, and stand in the middle, or amid what meets beside it. The row can be moved by
    what is in `slack`: to the left (below 0), and to the right. Where the two do not meet, the
    lower one is moved under the middle of the upper one as far as it can be, and they stand there;
    where that is not enough, it is not moved, and `ends_of` says where they lead.
    """
    if min(upper[1], lower[1]) - max(upper[0], lower[0]) >= room:
        start, end = max(upper[0], lower[0]), min(upper[1], lower[1])
        reaches = start + room / 2 <= middle <= end - room / 2
        return 0.0, middle if reaches else (start + end) / 2
    axis = sum(upper) / 2
    move = min(max(axis - sum(lower) / 2, slack[0]), slack[1])
    start, end = max(upper[0], lower[0] + move), min(upper[1], lower[1] + move)
    if end - start < room - SLACK:
        return 0.0, middle
    return move, min(max(axis, start + room / 2), end - room / 2)


def _in_lines(turns: Iterable[Turn]) -> Iterator[list[Turn]]:
    """Yield arrows in lines, each of which ends with a label or is the last."""
    line: list[Turn] = []
    for one in turns:
        line.append(one)
        if one.label:
            yield line
            line = []
    if line:
        yield line


def _line_width(line: Sequence[Turn]) -> float:
    """Return the units that a line of arrows takes, with its words."""
    words = (one.label.box[2] - one.label.box[0] for one in line if one.label)
    return 2 * ASIDE * len(line) + sum(words)
