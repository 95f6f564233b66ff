"""The figures of a study by their kind, as `sim.report.figures` draws them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from matplotlib.figure import Figure

from sim.errors import nearest, usage_error
from sim.python.shown import Picture
from sim.report.context import Context
from sim.report.figures import FAMILIES
from sim.study.store import Study

Family = Callable[[Study, Context], Iterator[tuple[str, Figure]]]


def kinds() -> dict[str, Family]:
    """Each kind of figure with what draws it, named after its module."""
    return {family.__module__.rpartition(".")[2]: family for family in FAMILIES}


def picture(study: Study, context: Context, kind: str, outcome: str) -> Picture:
    """The first figure of a kind, or that of an outcome; of any kind when none is named."""
    known = kinds()
    if kind and kind not in known:
        near = nearest(kind, known)
        hint = f"did you mean '{near}'? " if near else ""
        raise usage_error(
            f"there is no kind of figure '{kind}'", path="plot",
            hint=f"{hint}kinds: {', '.join(known)}",
        )  # fmt: skip
    seen = []
    for family in [known[kind]] if kind else known.values():
        for name, figure in family(study, context):
            if not outcome or outcome in name:
                return Picture(name, words(figure, name), figure)
            seen.append(name)
    what = f"'{kind}'" if kind else "any kind"
    has = f"it has: {', '.join(seen)}" if seen else "it may need more levers that vary, or another"
    of = f" of '{outcome}'" if outcome else ""
    raise usage_error(f"this study has no figure of {what}{of}", path="plot", hint=has)


def words(figure: Figure, name: str) -> str:
    """Title and subtitle of a figure: what it shows, for who cannot see it."""
    said = [text.get_text().replace("\n", " ") for text in figure.texts[:2]]
    return ". ".join(said) or name.replace("_", " ")
