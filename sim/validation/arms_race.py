"""Section 1.4: Richardson's arms race, by the project's rule of tension and on his own budgets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.rules.entities import Relation
from sim.rules.escalation import next_tension
from sim.validation.data import read
from sim.validation.made import made, world
from sim.validation.row import MEMORY, Row, exact
from sim.validation.targets import VT

TARGET = VT[11]
EACH_ITS_OWN = (
    "the rule called with each side's own coefficients; a scenario has one reaction and one "
    "fatigue for all states"
)


@dataclass(frozen=True)
class Race:
    """x' = ky - αx + g, y' = lx - βy + h."""

    k: float
    l: float  # noqa: E741
    alpha: float
    beta: float
    g: float
    h: float

    def equilibrium(self) -> tuple[float, float]:
        """The closed form of the point at which neither tension moves."""
        spare = self.alpha * self.beta - self.k * self.l
        x = (self.k * self.h + self.beta * self.g) / spare
        return x, (self.l * self.g + self.alpha * self.h) / spare

    def path(self, x: float, y: float, days: int) -> list[tuple[float, float]]:
        """Tensions day by day, both read in the morning, by rule `next_tension`."""
        one = world(params={"reaction": self.k, "fatigue": self.alpha})
        other = world(params={"reaction": self.l, "fatigue": self.beta})
        found = [(x, y)]
        for _ in range(days):
            mine = made(Relation, tension=x, grievance=self.g)
            theirs = made(Relation, tension=y, grievance=self.h)
            x, y = next_tension(mine, one, y), next_tension(theirs, other, x)
            found.append((x, y))
        return found


def rows() -> list[Row]:
    """Equilibria, eigenvalues, and the regression on the budgets of 1909-13."""
    stable = Race(0.5, 0.4, 0.8, 0.7, 2.0, 3.0)
    published = "8.055556, 8.888889"
    found = [
        exact(
            TARGET, "x*, y* of (.5, .4, .8, .7, 2, 3), closed form", published, stable.equilibrium()
        ),
        exact(
            TARGET,
            "the same, 400 days of the rule",
            published,
            stable.path(0.0, 0.0, 400)[-1],
            EACH_ITS_OWN,
        ),
        exact(
            TARGET,
            "eigenvalues of (.5, .4, .8, .7, 2, 3)",
            "-0.3, -1.2",
            _values(stable),
            EACH_ITS_OWN,
        ),
        exact(TARGET, "eigenvalues of (.9, .9, .5, .5, 1, 1)", "0.4, -1.4", _values(_unstable())),
        _own(),
    ]
    return found + _history()


def _unstable() -> Race:
    return Race(0.9, 0.9, 0.5, 0.5, 1.0, 1.0)


def _values(race: Race) -> list[float]:
    """Eigenvalues of the rule's daily change, from one day at three points; larger first."""
    (x0, y0), (x1, y1), (x2, y2) = (
        race.path(x, y, 1)[1] for x, y in ((10.0, 10.0), (11.0, 10.0), (10.0, 11.0))
    )
    jacobian = np.array([[x1 - x0, x2 - x0], [y1 - y0, y2 - y0]]) - np.eye(2)
    return sorted((float(value) for value in np.linalg.eigvals(jacobian).real), reverse=True)


def _own() -> Row:
    """The rule at its own parameters: x* = (kh + αg) / (α² - k²)."""
    params = world().params
    k, alpha = params.reaction, params.fatigue
    race = Race(k, k, alpha, alpha, 0.005, 0.003)
    x, y = race.equilibrium()
    name = "x*, y* of the rule's own k, α with g=.005, h=.003"
    return exact(TARGET, name, f"{x:.6f}, {y:.6f}", race.path(0.0, 0.0, 4_000)[-1])


def _history() -> list[Row]:
    """Yearly change of the four budgets on the mean of the two years (Arms and Insecurity)."""
    sums = read("richardson_1909_1913").drop(columns="year").sum(axis=1).to_numpy(float)
    middle, change = (sums[1:] + sums[:-1]) / 2.0, np.diff(sums)
    slope, constant = np.polyfit(middle, change, 1)
    explained = float(np.corrcoef(middle, change)[0, 1] ** 2)
    years = "199.2, 204.8, 214.9, 238.7, 289.0"
    return [
        exact(TARGET, "budgets of four powers 1909-13, £m", years, sums.tolist(), MEMORY),
        exact(TARGET, "Richardson's slope", "0.73", float(slope), MEMORY),
        exact(TARGET, "slope, R² recomputed", ".7310, .9991", (float(slope), explained)),
        exact(TARGET, "goodwill, £m (x-intercept)", "194.91", float(-constant / slope)),
        # His 194 is the intercept cut, not rounded.
        exact(
            TARGET, "Richardson's goodwill, £m", "194", float(np.floor(-constant / slope)), MEMORY
        ),
    ]
