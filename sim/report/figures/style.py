"""One look for all figures: fonts, colours that everybody can tell apart, title and footer."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from textwrap import fill
from typing import Any

import matplotlib
import matplotlib.patheffects as effects
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.colors import to_hex
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.figure import Figure

from sim.report.context import Context
from sim.report.wording import day_words
from sim.study import files

STYLE: Any = {
    "font.family": ["DejaVu Sans", "sans-serif"],
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#777777",
    "axes.labelcolor": "#333333",
    "axes.titlelocation": "left",
    "axes.titlesize": 11,
    "xtick.color": "#333333",
    "ytick.color": "#333333",
    "svg.fonttype": "none",
    "svg.hashsalt": "casus",
    "path.simplify": True,
}
OKABE_ITO = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
INK, PALE = "#222222", "#666666"
LETTERS, SMALL_LETTERS = 13.2, 16.5
HALO = [effects.withStroke(linewidth=3, foreground="white")]
DPI = 150

styled = matplotlib.rc_context(STYLE)


def sheet(width: float, height: float, title: str, subtitle: str, context: Context) -> Figure:
    """An empty figure with title and footer; height (inches) is that of the plots between."""
    subtitle = fill(subtitle, int(width * LETTERS))
    footer = fill(context.footer, int(width * SMALL_LETTERS))
    top = 0.55 + 0.17 * (1 + subtitle.count("\n"))
    bottom = 0.24 + 0.13 * (1 + footer.count("\n"))
    whole = height + top + bottom
    figure = Figure(figsize=(width, whole), dpi=DPI, facecolor="white")
    rect = (0.005, bottom / whole, 0.985, height / whole)
    figure.set_layout_engine("constrained", rect=rect, wspace=0.04)
    left, up = 0.12 / width, 1 / whole
    figure.text(left, 1 - 0.12 * up, title, size=14, weight="bold", va="top", color=INK)
    figure.text(left, 1 - 0.43 * up, subtitle, size=9.5, va="top", color=PALE)
    figure.text(left, 0.08 * up, footer, size=7.5, va="bottom", color=PALE)
    return figure


def steps(n: int, last: float = 0.88) -> list[str]:
    """So many steps of cividis in order, none too pale to see on white."""
    colours = matplotlib.colormaps["cividis"]
    return [to_hex(colours(last * place / max(n - 1, 1))) for place in range(n)]


def ink_on(colour: Sequence[float]) -> str:
    """Black or white, whichever reads better on a colour."""
    red, green, blue = colour[:3]
    return "black" if 0.299 * red + 0.587 * green + 0.114 * blue > 0.46 else "white"


def beside(axes: Axes, handles: Sequence[Artist]) -> None:
    """A legend of rungs beside the panel, the topmost first."""
    axes.legend(
        handles=handles[::-1],
        loc="center left",
        bbox_to_anchor=(1.0, 0.5),
        frameon=False,
        fontsize=9,
        labelcolor=INK,
        handlelength=1.1,
        handleheight=1.1,
    )


def dates(axes: Axes, context: Context, *, on_colour: bool = False) -> None:
    """Dates along the bottom and a line where the public record was cut off, if that is on them.

    On coloured ground the line is edged in white and stands without its note.
    """
    locator = AutoDateLocator(minticks=3, maxticks=7)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    form = ConciseDateFormatter(locator, show_offset=False)  # type: ignore[no-untyped-call]
    form.zero_formats[2] = "%b\n%Y"
    axes.xaxis.set_major_formatter(form)
    cutoff = float(date2num(context.cutoff))  # type: ignore[no-untyped-call]
    first, last = axes.get_xlim()
    if not first <= cutoff <= last:
        return
    axes.axvline(cutoff, color=INK, lw=1.1, ls=(0, (4, 3)), zorder=2)
    if on_colour:
        axes.axvline(cutoff, color="white", lw=2.2, zorder=1.9)
    else:
        words = f"record ends\n{cutoff_words(context)}"
        place: Any = {"xycoords": axes.get_xaxis_transform(), "textcoords": "offset points"}
        axes.annotate(
            words, (cutoff, 0.99), (5, 0), va="top", size=8, color=INK, path_effects=HALO, **place
        )


def cutoff_words(context: Context) -> str:
    """The day on which the public record was cut off."""
    return day_words(context.cutoff)


@styled
def save(figure: Figure, folder: Path, name: str) -> list[Path]:
    """Write PNG and SVG; the same figure gives the same bytes on one installation."""
    _settle(figure)
    png, svg = io.BytesIO(), io.BytesIO()
    # The canvases' own methods: Figure.savefig would draw everything once more to lay it out.
    FigureCanvasAgg(figure).print_png(png, metadata={"Software": None})  # type: ignore[no-untyped-call]
    FigureCanvasSVG(figure).print_svg(svg, metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]
    written = []
    for kind, buffer in (("png", png), ("svg", svg)):
        path = folder / f"{name}.{kind}"
        files.write_bytes(path, buffer.getvalue())
        written.append(path)
    return written


def _settle(figure: Figure) -> None:
    """Lay the figure out once; places are rounded, for the solver's last bits are not fixed."""
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.execute(figure)
        figure.set_layout_engine("none")
    for axes in figure.axes:
        left, bottom, width, height = (round(part, 6) for part in axes.get_position().bounds)
        axes.set_position((left, bottom, width, height))
