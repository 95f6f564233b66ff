"""The timeline of one run: a lane for each actor, an event at its date, the main ones in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import fill
from typing import Any

from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from sim.question.story import Line
from sim.report.context import Context
from sim.report.figures.style import HALO, INK, OKABE_ITO, PALE, dates, sheet, styled
from sim.report.wording import listed

TREATIES = "Treaties"
GROUPS = {
    "treaties and duties": (
        "o", 0, "treaty signed", "ratification step", "treaty in force", "notice given",
        "treaty ended", "institutions changed", "casus foederis", "honour decided",
        "obligation called", "obligation met", "obligation met late", "obligation met in part",
        "obligation refused", "voluntary aid", "consultation",
    ),
    "fighting begins, widens or ends": (
        "*", 1, "front opened", "line restored", "initiative passed", "entered the war",
        "settlement", "collapse", "war broke out", "joined a further war",
    ),
    "soldiers": (
        "^", 2, "expedition ordered", "first departure", "contingent arrived",
        "contingent on the line", "contingent off the line", "expedition home",
    ),
    "steps up and down": ("D", 3, "step up", "step down"),
    "goods and reports": (
        "s", 4, "first goods arrived", "consignment lost", "first report of troops",
    ),
}  # fmt: skip
"""Marker, place among the Okabe-Ito colours, and kinds of each group of events."""

IN_WORDS = {
    "treaty signed": "signed",
    "treaty in force": "in force",
    "treaty ended": "ended",
    "front opened": "fighting begins, {target}",
    "line restored": "line restored",
    "entered the war": "enters the war",
    "settlement": "settles, {target}",
    "collapse": "gives up, {target}",
    "war broke out": "attacks {target}",
    "joined a further war": "joins a further war",
    "expedition ordered": "expedition ordered",
    "first departure": "first soldiers leave",
    "obligation refused": "duty not met",
    "first report of troops": "reports troops",
}
"""Kinds that bear words in the figure. Of steps, each new highest one bears its rung."""

WIDTH, ROW, LETTER = 11.0, 0.24, 0.072
"""Inches: of the figure, of one row of words, of a letter of size 8."""


@dataclass(frozen=True)
class Placed:
    """Words of an event and the row above the lane's line in which they have room."""

    when: float
    words: str
    row: int
    left: bool


@styled
def timeline(
    lines: Sequence[Line], context: Context, title: str, subtitle: str, first: date, last: date
) -> tuple[Figure, str]:
    """The figure and its alternative text. Times run from first to last."""
    return _draw(lines, context, title, subtitle, first, last), _alternative(lines, title)


def _draw(
    lines: Sequence[Line], context: Context, title: str, subtitle: str, first: date, last: date
) -> Figure:
    lanes = {name: [line for line in lines if _lane(line) == name] for name in _names(lines)}
    start, end = _number(first), _number(last)
    words = {name: _placed(lane, start, end) for name, lane in lanes.items()}
    heights = [1 + max((one.row + 1 for one in words[name]), default=0) for name in lanes]
    figure = sheet(WIDTH, ROW * sum(heights) + 0.6, title, subtitle, context)
    axes = figure.subplots()
    for name, bottom in zip(lanes, _floors(heights)):
        _draw_lane(axes, lanes[name], words[name], bottom)
    axes.set(xlim=(start, end), ylim=(-0.6, sum(heights)))
    axes.set_yticks(_floors(heights), [fill(name, 18) for name in lanes])
    axes.tick_params(axis="y", length=0, labelsize=9)
    axes.spines["left"].set_visible(False)
    dates(axes, context)
    axes.legend(
        handles=_keys(), loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=len(GROUPS),
        frameon=False, fontsize=8, handletextpad=0.2, columnspacing=1.2, borderaxespad=0.2,
    )  # fmt: skip
    return figure


def _floors(heights: Sequence[int]) -> list[float]:
    """Where the line of each lane stands, the first lane on top."""
    return [float(sum(heights[place + 1 :])) for place in range(len(heights))]


def _names(lines: Sequence[Line]) -> list[str]:
    """The lanes, the one with the most in words on top, treaties first of all."""
    main = [line.kind in IN_WORDS or line.kind == "step up" for line in lines]
    order: dict[str, int] = {}
    for line, tells in zip(lines, main):
        order[_lane(line)] = order.get(_lane(line), 0) + tells
    return sorted(order, key=lambda name: (name != TREATIES, -order[name], name))


def _lane(line: Line) -> str:
    return line.actor or TREATIES


def _number(day: date) -> float:
    return float(date2num(day))  # type: ignore[no-untyped-call]


def _placed(lane: Sequence[Line], start: float, end: float) -> list[Placed]:
    """Words in the lowest row that is free, to the left of their event near the right edge."""
    a_day = (WIDTH - 1.8) / (end - start)
    free: list[float] = []
    found = []
    for when, words in _in_words(lane):
        width = (len(words) + 2) * LETTER / a_day
        left = when + width > end
        begin = when - width if left else when
        row = next((row for row, until in enumerate(free) if until <= begin), len(free))
        free[row : row + 1] = [begin + width]
        found.append(Placed(when, words, row, left))
    return found


def _in_words(lane: Sequence[Line]) -> list[tuple[float, str]]:
    """When and what of the events that bear words, in time; a report only the first time."""
    found: list[tuple[float, str]] = []
    highest: dict[str, float] = {}
    for line in lane:
        if line.kind == "step up" and line.amount > highest.get(line.target, -1.0):
            highest[line.target] = line.amount
            rung = line.sentence.rpartition(", to ")[2]
            found.append((_number(line.date), f"{rung}, {line.target}"))
        elif line.kind in IN_WORDS:
            found.append((_number(line.date), IN_WORDS[line.kind].format(target=line.target)))
    return found


def _draw_lane(axes: Axes, lane: Sequence[Line], words: Sequence[Placed], bottom: float) -> None:
    axes.axhline(bottom, color="#cccccc", lw=0.8, zorder=0)
    for marker, place, *kinds in GROUPS.values():
        when = [_number(line.date) for line in lane if line.kind in kinds]
        size, above = (11, 4) if marker == "*" else (6, 3)
        if when:
            axes.plot(
                when, [bottom] * len(when), str(marker), color=OKABE_ITO[int(place)], ms=size,
                mec="white", mew=0.5, clip_on=False, zorder=above,
            )  # fmt: skip
    for one in words:
        axes.plot([one.when] * 2, [bottom + 0.15, bottom + one.row + 0.45], color=PALE, lw=0.5)
        axes.annotate(
            one.words, (one.when, bottom + one.row + 0.62), (-1 if one.left else 1, 0),
            textcoords="offset points", size=8, va="center", color=INK, path_effects=HALO,
            ha="right" if one.left else "left",
        )  # fmt: skip


def _keys() -> list[Any]:
    return [
        Line2D([], [], marker=str(marker), ls="", color=OKABE_ITO[int(place)], label=name)
        for name, (marker, place, *_) in GROUPS.items()
    ]


def _alternative(lines: Sequence[Line], title: str) -> str:
    """What the picture shows, for who cannot see it."""
    main = [line for line in lines if line.kind in IN_WORDS and line.kind != "step up"]
    names = [name for name in _names(lines) if name != TREATIES]
    told = "; ".join(f"{line.date}: {line.sentence}" for line in main[:40])
    return (
        f"{title}. {len(lines)} events on a line of time, in lanes for {listed(names)}. "
        f"In words: {told}."
    )
