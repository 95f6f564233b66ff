"""A comparison in words: what A and B are, whose luck they share, and what changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isinf, isnan

from sim.comparison.compare import Comparison, Pair
from sim.comparison.contrast import PROBABILITY, TIME, Contrast, Estimate
from sim.comparison.sides import Side
from sim.report.context import NEVER_A_FORECAST, Context
from sim.report.wording import held_words, lever_words, number, unit_words, value_label

READING = (
    "reading: differences are B - A, in brackets their 95 % interval (sampling error only: how "
    "wrong the model may be is not in it); of many intervals one in twenty leaves out no "
    "difference by chance."
)
MOST_SETTINGS = 12


@dataclass(frozen=True)
class Both(Context):
    """The declarations behind two studies, whose footer names both."""

    other: str = ""

    @property
    def footer(self) -> str:
        """The line that stands under every figure and table."""
        studies = f"study {self.digest[:8]}"
        if self.other != self.digest:
            studies = f"studies {self.digest[:8]} (A) and {self.other[:8]} (B)"
        return f"{NEVER_A_FORECAST} Data cut-off {self.cutoff}. {self.runs:,} runs · {studies}"


@dataclass(frozen=True)
class Row:
    """One measure of an outcome in A and B, in the unit of a table: shares in runs of 100."""

    words: str
    unit: str
    a: float
    b: float
    apart: Estimate


def sides(found: Comparison) -> tuple[str, str]:
    """A and B in a few words: their levers where these differ, else their folders."""
    if found.matched.compared:
        return tuple(  # type: ignore[return-value]
            ", ".join(
                f"{lever_words(name)} {value_label(values[side])}"
                for name, values in found.matched.compared.items()
            )
            for side in (0, 1)
        )
    return folder(found.a), folder(found.b)


def folder(side: Side) -> str:
    """The name of the folder of a side's study."""
    return side.study.folder.resolve().name


def opening(found: Comparison) -> list[str]:
    """What A and B are, whether their luck is shared, and what else differs."""
    names = sides(found)
    said = [
        f"{letter}  {name}   ({side.study.folder})"
        for letter, name, side in zip("AB", names, (found.a, found.b))
    ]
    return [*said, *luck(found), *settings(found)]


def luck(found: Comparison) -> Iterator[str]:
    """Whether it is paired, over how many replicates, and what was left out."""
    n = max((one.n_a for pair in found.pairs for one in pair.contrasts.values()), default=0)
    why = found.luck.why
    if found.luck.shared:
        yield f"Paired by replicate ({why}): {n:,} futures lived twice at each point."
    else:
        yield f"Not paired: {why}. So no single future can be said to have changed."
    saved = [one.saved for pair in found.pairs for one in pair.contrasts.values()]
    known = [times for times in saved if not isnan(times)]
    if known:
        least, most = (f"{times:,.1f}" for times in (min(known), max(known)))
        yield f"Pairing cuts the variance of a difference of means {least} to {most} times."
    left = {
        "replicates that only one side has": found.unused,
        "points that only one side has": found.matched.alone,
        "runs that failed, or whose fellow did": found.failed,
    }
    out = [f"{count:,} {what}" for what, count in left.items() if count]
    if out:
        yield f"Left out: {', '.join(out)}."


def settings(found: Comparison) -> Iterator[str]:
    """The settings that differ; a warning when these are more than what is compared."""
    if not found.differing:
        return
    if len(found.differing) + bool(found.matched.compared) > 1:
        yield "Warning: no difference below is due to one setting alone, for these differ too:"
    else:
        yield "What differs:"
    yield from (f"  {line}" for line in found.differing[:MOST_SETTINGS])
    if len(found.differing) > MOST_SETTINGS:
        yield f"  and {len(found.differing) - MOST_SETTINGS} more, in comparison.md"


def rows(name: str, one: Contrast, kind: str, context: Context) -> Iterator[Row]:
    """The measures of an outcome: its share in 100, its mean, or both for a time."""
    words = named(name, context)
    if one.share is not None:
        yield Row(
            words,
            "in 100" if kind == PROBABILITY else "comes, in 100",
            100 * one.came_a,
            100 * one.came_b,
            in_100(one.share),
        )
    if one.mean is not None:
        unit = next((o.unit for o in context.outcomes if o.name == name), "")
        yield Row(
            words,
            f"mean {'' if kind == TIME else unit_words(unit)}".strip(),
            one.a,
            one.b,
            one.mean,
        )


def named(name: str, context: Context) -> str:
    """An outcome in words that stand alone."""
    kept = "obligations " if name.startswith("obligations_") else ""
    return f"{kept}{context.words(name)}"


def in_100(share: Estimate) -> Estimate:
    """A share as runs in 100."""
    return Estimate(100 * share.value, 100 * share.low, 100 * share.high)


def told(one: Estimate) -> str:
    """An estimate with its interval.

    >>> told(Estimate(2.5, -1.0, 6.0)), told(Estimate(3.0, float("nan"), float("nan")))
    ('+2.5 (-1 to +6)', '+3')
    """
    if isnan(one.value):
        return "–"
    ends = "" if isnan(one.low) or isnan(one.high) else f" ({sign(one.low)} to {sign(one.high)})"
    return sign(one.value) + ends


def sign(value: float) -> str:
    """A number with its sign; none for zero. `inf`: a time that moves to never.

    >>> sign(2.0), sign(0.0), sign(-float("inf"))
    ('+2', '0', '-inf')
    """
    if isinf(value):
        return f"{value:+}"
    return f"{'+' if value > 0 else ''}{number(value)}"


def sentences(found: Comparison, context: Context) -> Iterator[str]:
    """One sentence an outcome, at the point where it differs most."""
    for name, kind in found.kinds.items():
        pair = max(found.pairs, key=lambda pair: _size(pair.contrasts[name]))
        where = f"{held_words(pair.at)}: ".capitalize() if len(found.pairs) > 1 else ""
        text = sentence(named(name, context), pair.contrasts[name], kind)
        yield f"{where}{text}" if where else text[:1].upper() + text[1:]


def sentence(words: str, one: Contrast, kind: str) -> str:
    """What changed for one outcome, future by future where these are the same."""
    if kind == PROBABILITY and one.futures is None and one.share is not None:
        return f"{words}: {told(in_100(one.share))} runs in 100."
    if one.futures is not None:
        f = one.futures
        came = "" if kind == PROBABILITY else "that day comes "
        text = (
            f"{words}: {came}in {f.only_a:,} of {f.n:,} futures under A only, in {f.only_b:,} "
            f"under B only, in {f.both:,} under both and in {f.neither:,} under neither"
        )
        if one.mean is not None and f.both:
            text += f"; where under both, its mean moves by {told(one.mean)}"
        return f"{text}."
    futures = "futures" if one.paired else "pairs of a run of A and one of B"
    mean = "" if one.mean is None else f", and its mean changes by {told(one.mean)}"
    return (
        f"{words}: higher under B in {100 * one.higher.value:.0f} of 100 {futures} "
        f"(equal ones count half){mean}."
    )


def _size(one: Contrast) -> float:
    """How far apart, in standard errors or so, to choose a point to tell."""
    best = one.share or one.mean
    return abs(best.value) if best is not None and not isnan(best.value) else 0.0


def at_words(pair: Pair) -> str:
    """Where a pair of points stands."""
    words = [f"{lever_words(name)} {value_label(value)}" for name, value in pair.at.items()]
    return ", ".join(words)
