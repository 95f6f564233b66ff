"""Text, tables and figures as a notebook or a prompt shows them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from matplotlib.figure import Figure

from sim.report.figures.style import styled
from sim.report.lines import Lines
from sim.report.summary import markdown


@dataclass(frozen=True)
class Picture:
    """A figure with its words: shows itself as SVG in a notebook, without pyplot.

    figure is the matplotlib figure, for whoever wants to change it.
    """

    name: str
    words: str
    figure: Figure

    @property
    def svg(self) -> str:
        """The figure as SVG, named for screen readers."""
        text = drawn(self.figure)
        label = escape(self.words, quote=True)
        style = "max-width: 100%; height: auto"
        named = f'<svg role="img" aria-label="{label}" style="{style}" '
        return text.replace("<svg ", named, 1)

    def save(self, path: str) -> None:
        """Write the figure; the ending of the name says how (.svg, .png, .pdf)."""
        self.figure.savefig(path)

    def __repr__(self) -> str:
        """The words."""
        return f"Picture of {self.words}   (shows itself in a notebook; .save('NAME.png'))"

    def _repr_html_(self) -> str:
        return f"<div>{self.svg}</div>"


@styled
def drawn(figure: Figure) -> str:
    """A figure as an SVG element."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    text = buffer.getvalue().decode("utf-8")
    return text[text.index("<svg ") :]


def html(parts: Iterable[str]) -> str:
    """Parts of a page, one after the other."""
    return "\n".join(parts)


def paragraph(text: str) -> str:
    """A paragraph."""
    return f"<p>{escape(text)}</p>"


def listing(lines: Iterable[str]) -> str:
    """Lines one below the other, as they are."""
    return f"<pre>{escape(chr(10).join(lines))}</pre>"


def table(lines: Lines) -> str:
    """A table in HTML under its title."""
    head = _row("th", lines.header)
    body = "".join(_row("td", row) for row in lines.rows)
    title = f"<caption>{escape(lines.title)}</caption>"
    return f"<table>{title}<thead>{head}</thead><tbody>{body}</tbody></table>"


def _row(tag: str, cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"


def page(parts: Iterable[str | Lines]) -> str:
    """Sentences and tables in Markdown."""
    return "\n\n".join(markdown(part) if isinstance(part, Lines) else part for part in parts)
