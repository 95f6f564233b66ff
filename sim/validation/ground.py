"""Section 1.5: ground gained on a front, E[gain a day] = ε ḡ p, in 20,000 runs (VT-19)."""

from __future__ import annotations

from sim.rules.front import success
from sim.sample import outcome
from sim.validation.made import world
from sim.validation.row import Row, sampled
from sim.validation.runs import REPLICATES, run
from sim.validation.targets import VT

DAYS = 20
ENGAGEMENTS, GAIN, AREA, STRENGTH = 3.0, 2.0, 1e6, 10_000


def rows() -> list[Row]:
    """Mean gain a day at three force ratios, and one with counter-gains."""
    found = [_gain(ratio, p, 0.0) for ratio, p in ((1, ".4569"), (2, ".6017"), (5, ".7662"))]
    return [*found, _gain(1, ".4569", 0.5)]


def _gain(ratio: int, published: str, counter: float) -> Row:
    """ε 3 a day, ḡ 2 km²; with ḡ_c the expectation is ε (ḡp - ḡ_c(1-p))."""
    changes = {"forces.blue.strength": ratio * STRENGTH, "fronts.line.counter_gain": counter}
    gains = (outcome(run("front", DAYS, changes), "area_end") - AREA) / DAYS
    p, chance = float(published), success(world(), float(ratio))
    value, expected = (ENGAGEMENTS * (GAIN * q - counter * (1.0 - q)) for q in (p, chance))
    error = float(gains.std(ddof=1)) / REPLICATES**0.5
    name = f"km² a day at FR {ratio}, ε 3, ḡ 2, ḡ_c {counter:g}"
    return sampled(VT[19], name, f"{value:.4f}", float(gains.mean()), error, expected)
