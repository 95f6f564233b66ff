"""The differences of a comparison with their intervals: a panel an outcome, a row a point."""

from __future__ import annotations

from textwrap import fill

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.comparison.compare import Comparison
from sim.comparison.words import Both, Row, at_words, rows, sides, told
from sim.report.figures.style import INK, OKABE_ITO, PALE, sheet, styled
from sim.report.wording import sentence_case

MOST_PANELS, MOST_ROWS = 6, 24
WIDTH, ROW, LETTERS = 2.5, 0.42, 32


@styled
def picture(found: Comparison, context: Both) -> Figure:
    """B - A with 95 % intervals; the line at zero is no difference."""
    panels = panels_of(found, context)
    pairs = found.pairs[:MOST_ROWS]
    a, b = sides(found)
    subtitle = f"A: {a}; B: {b}; dots: B - A, lines: 95 % intervals, filled dot: the "
    subtitle += "interval leaves out no difference; scales differ"
    if len(found.pairs) > len(pairs):
        subtitle += f"; {len(found.pairs) - len(pairs)} more points are in comparison.csv"
    width, height = 2.2 + WIDTH * len(panels), 0.9 + ROW * len(pairs)
    title = "Paired differences" if found.luck.shared else "Differences"
    figure = sheet(width, height, title, subtitle, context)
    grid = figure.subplots(1, len(panels), sharey=True, squeeze=False)[0]
    for axes, (title, content) in zip(grid, panels.items()):
        _panel(axes, content)
        axes.set_title(fill(sentence_case(title), LETTERS), size=9)
        axes.set_xlabel("B - A")
    grid[0].set_yticks(range(len(pairs)), [at_words(pair) or "B - A" for pair in pairs])
    return figure


def panels_of(found: Comparison, context: Both) -> dict[str, list[Row]]:
    """The rows of the first few measures, by their words."""
    table: dict[str, list[Row]] = {}
    for pair in found.pairs[:MOST_ROWS]:
        for name, one in pair.contrasts.items():
            for row in rows(name, one, found.kinds[name], context):
                table.setdefault(f"{row.words}, {row.unit}", []).append(row)
    return dict(list(table.items())[:MOST_PANELS])


def described(found: Comparison, context: Both) -> str:
    """The picture in words, for who cannot see it."""
    a, b = sides(found)
    said = [
        f"{title}: {told(content[0].apart)}" + (" at the first point" if len(content) > 1 else "")
        for title, content in panels_of(found, context).items()
    ]
    return f"Differences between {a} and {b} with 95 % intervals. {'; '.join(said)}."


def _panel(axes: Axes, content: list[Row]) -> None:
    """Dots with intervals around the line of no difference."""
    axes.axvline(0, color=PALE, lw=1)
    for place, row in enumerate(content):
        one = row.apart
        face = OKABE_ITO[0] if one.is_clear else "white"
        axes.plot([one.low, one.high], [place, place], color=INK, lw=1.4)
        axes.plot(one.value, place, "o", ms=7, color=OKABE_ITO[0], mfc=face, zorder=3)
    axes.grid(axis="x", color="#e6e6e6", lw=0.7)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    axes.margins(x=0.12)
    axes.set_ylim(len(content) - 0.5, -0.5)
    axes.locator_params(axis="x", nbins=4)
