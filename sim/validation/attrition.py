"""Section 1.1: the deterministic Lanchester family, by the project's own rule as a daily rate.

Conventions: x' = -(losses of x), a the loss rate inflicted on x by a unit of y, b on y by a unit of
x. Rule C7 gives x' = -a x (y/x)^w and y' = -b y (x/y)^w with a as `loss_rate` and b by exposure.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from sim.rules import streams
from sim.rules.combat import HOLDER, OPPONENT, burden, expected_losses
from sim.rules.deployment import LINE
from sim.rules.draws import uniform
from sim.rules.entities import Force, Front
from sim.rules.quantiles import gamma
from sim.validation.made import made, world
from sim.validation.row import Row, exact, missing
from sim.validation.targets import VT

SCALE = 2**120
"""Power is a whole number of thousandths in a run; here fine enough to leave no step."""
SQUARE = (
    (1_000, 800, 0.01, 0.01, "600.0000, 109.8612", "924.8708, 703.8366"),
    (1_000, 800, 0.02, 0.01, "374.1657, 98.5175", "849.4828, 707.6797"),
    (10_000, 15_000, 0.005, 0.003, "12845.2326, 147.5387", "9257.3134, 14711.1764"),
    (54_000, 21_500, 0.0544, 0.0106, "23317.3350, 61.7439", "43755.6931, 16343.7022"),
)
"""x0, y0, a, b; survivors and duration; x and y on day 10."""
FAMILY = (
    (0.0, 180.0, "41860.580, 17482.448", "2064.732367", ""),
    (0.25, 180.0, "44930.847, 15310.371", ".388436761", "16764.791"),
    (0.5, 180.0, "48178.195, 12267.292", "120.000", "40000.000"),
    (0.75, 180.0, "51495.571, 7727.522", "33698.5105", "50156.393"),
    (1.0, 100.0, "", "9.0e6", "54772.256"),
)
"""w, day, x and y on it, the invariant on it, survivors if fought to the end."""
REINFORCED = (
    (0.01, 0.01, 5.0, 2.0, "944.91472, 569.98532", "5500"),
    (0.02, 0.01, 10.0, 0.0, "905.90932, 518.32609", "8200"),
)
"""a, b, soldiers who join x and y a day, x and y on day 30 from (1000, 800), the invariant."""
LINEAR = (
    (1_000, 800, 1e-5, 1e-5, "579.68427", "379.68427"),
    (1_000, 800, 2e-5, 1e-5, "313.25212", "456.62606"),
    (500, 500, 1e-5, 1e-5, "333.33333", "333.33333"),
)
"""x0, y0, a, b; x and y on day 100 under area fire on both sides."""
MIXED = (
    ("(200, 1000, 1e-4, .5), survivors of x", "100"),
    ("(100, 1000, 1e-4, .3), survivors of y", "632.4555"),
    ("(100, 1000, 1e-4, .5)", "draw"),
)
"""x0, y0, a, b of a guerrilla under area fire."""
SAME_PATH = (
    "at w = .5 losses are in the linear law's ratio a : b whatever the strengths, so that both "
    "sides pass through the same pairs of strengths; the pace is another"
)
NO_AREA_FIRE = (
    "the rule is of degree 1 in the two strengths, as Helmbold's family is: losses that also grow "
    "with the density of the target (degree 2) have no parameter, because no source at hand gives "
    "one for armies"
)
NO_MIXED = (
    "x' = -axy, y' = -bx needs area fire on one side only: neither the pace nor the ratio of "
    "losses belongs to Helmbold's family"
)

Vector = NDArray[np.float64]


class Duel:
    """Two forces on one front whose losses are what rules `burden` and `expected_losses` say."""

    def __init__(self, a: float, b: float, w: float) -> None:
        params = {"loss_rate": a, "helmbold": w}
        self.world = world(params=params)
        self.front = made(Front, activity=1.0)
        self.sides = (
            made(Force, side=HOLDER, status=LINE, exposure=1.0),
            made(Force, side=OPPONENT, status=LINE, exposure=b / a),
        )

    def losses(self, x: float, y: float) -> Vector:
        """Mean losses a day of both sides; the day's luck, of mean 1, is divided out."""
        front = self.front
        front.power_holder, front.power_opponent = int(x * SCALE), int(y * SCALE)
        self.sides[HOLDER].strength, self.sides[OPPONENT].strength = x, y
        front.burden_holder = burden(front, self.world, HOLDER) / self._fortune(HOLDER)
        front.burden_opponent = burden(front, self.world, OPPONENT) / self._fortune(OPPONENT)
        return np.array([expected_losses(side, self.world, front) for side in self.sides])

    def _fortune(self, side: int) -> float:
        shape = self.world.params.overdispersion
        u = uniform(self.world.clock, streams.DAY_OF_BATTLE, self.front.tag, side)
        return float(gamma(u, shape) / shape)

    def at(
        self, x: float, y: float, day: float, joining: tuple[float, float] = (0.0, 0.0)
    ) -> Vector:
        """Strengths on a day, in continuous time, with soldiers `joining` each day."""

        def change(_: float, now: Vector) -> Vector:
            return np.array(joining) - self.losses(*now)

        path = solve_ivp(change, (0.0, day), (x, y), "DOP853", rtol=1e-12, atol=1e-9)
        return np.asarray(path.y[:, -1])

    def end(self, x: float, y: float, loser: int) -> tuple[float, float]:
        """Survivors and duration when the loser is destroyed, in steps of the loser's logarithm."""
        start = math.log((x, y)[loser])

        def along(log: float, now: Vector) -> Vector:
            pair = (now[0], math.exp(log)) if loser == OPPONENT else (math.exp(log), now[0])
            losses = self.losses(*pair)
            own = losses[loser] / pair[loser]
            return np.array([losses[1 - loser] / own, -1.0 / own])

        begin = ((x, y)[1 - loser], 0.0)
        span = (start, start - 60.0)
        path = solve_ivp(along, span, begin, "DOP853", rtol=1e-12, atol=1e-9)
        return float(path.y[0, -1]), float(path.y[1, -1])

    def down_to(self, x: float, y: float, left: float) -> float:
        """x when y has fallen to `left`, along the path that the losses of both sides trace."""

        def along(other: float, now: Vector) -> Vector:
            losses = self.losses(now[0], other)
            return np.array([losses[HOLDER] / losses[OPPONENT]])

        path = solve_ivp(along, (y, left), (x,), "DOP853", rtol=1e-12, atol=1e-9)
        return float(path.y[0, -1])

    def stepped(self, x: float, y: float, steps: int, length: float = 1.0) -> Vector:
        """Strengths after simultaneous steps of `length` days: the mean path of a run."""
        now = np.array([x, y], dtype=float)
        for _ in range(steps):
            now = now - length * self.losses(*now)
        return now


def rows() -> list[Row]:
    """Square, linear, mixed and logarithmic law, Helmbold's family, reinforcement, the step."""
    found = [row for case in SQUARE for row in _square(*case)]
    found += [row for case in LINEAR for row in _linear(*case)]
    found += [missing(VT[3], f"mixed law {name}", text, NO_MIXED) for name, text in MIXED]
    log = Duel(0.01, 0.01, 0.0).at(1_000.0, 800.0, 30.0)[0]
    found.append(exact(VT[4], "log law (w=0), x(30)", "740.818221", log))
    found += [row for case in FAMILY for row in _helmbold(*case)]
    found += [row for case in REINFORCED for row in _reinforced(*case)]
    return [*found, _order(), *_daily_step()]


def _linear(x: float, y: float, a: float, b: float, x_left: str, y_left: str) -> tuple[Row, Row]:
    """What the linear law shares with w = .5, the path bx - ay, and what it does not, the pace."""
    case = f"linear law ({x:g}, {y:g}, {a:g}, {b:g})"
    now = Duel(a, b, 0.5).down_to(x, y, float(y_left))
    return (
        exact(VT[2], f"{case}: x when y is {y_left}", x_left, now, SAME_PATH),
        missing(VT[2], f"{case}: day on which they are so", "100", NO_AREA_FIRE),
    )


def _square(x: float, y: float, a: float, b: float, end: str, tenth: str) -> tuple[Row, Row]:
    case = f"square law ({x:g}, {y:g}, {a:g}, {b:g})"
    duel = Duel(a, b, 1.0)
    loser = OPPONENT if b * x * x > a * y * y else HOLDER
    return (
        exact(VT[1], f"{case}: survivors, duration", end, duel.end(x, y, loser)),
        exact(VT[1], f"{case}: x, y at t=10", tenth, duel.at(x, y, 10.0).tolist()),
    )


def _reinforced(
    a: float, b: float, join_x: float, join_y: float, both: str, constant: str
) -> tuple[Row, Row]:
    case = f"reinforced (1000, 800, {a:g}, {b:g}, {join_x:g}, {join_y:g})"
    x, y = Duel(a, b, 1.0).at(1_000.0, 800.0, 30.0, (join_x, join_y))
    value = b * (x - join_y / b) ** 2 - a * (y - join_x / a) ** 2
    return (
        exact(VT[6], f"{case}: x, y at t=30", both, (float(x), float(y))),
        exact(VT[6], f"{case}: invariant", constant, float(value)),
    )


def invariant(w: float, a: float, b: float, x: float, y: float) -> float:
    """What Helmbold's family keeps constant."""
    if w == 0.0:
        return math.log(x) / a - math.log(y) / b
    return float(b * x ** (2.0 * w) - a * y ** (2.0 * w))


def _helmbold(w: float, day: float, both: str, constant: str, survivors: str) -> list[Row]:
    a, b, x, y = 0.002, 0.003, 60_000.0, 30_000.0
    duel = Duel(a, b, w)
    now = duel.at(x, y, day)
    found = []
    if both:
        found.append(exact(VT[5], f"Helmbold w={w:g}: x, y at t={day:g}", both, now.tolist()))
    value = invariant(w, a, b, float(now[0]), float(now[1]))
    found.append(exact(VT[5], f"Helmbold w={w:g}: invariant at t={day:g}", constant, value))
    if survivors:
        left = duel.end(x, y, OPPONENT)[0]
        found.append(exact(VT[5], f"Helmbold w={w:g}: survivors", survivors, left))
    return found


def _order() -> Row:
    """Order of the error of the step, from steps of 1/4 and 1/8 of a day."""
    duel = Duel(0.002, 0.003, 0.5)
    goal = duel.at(60_000.0, 30_000.0, 180.0)[0]
    errors = [duel.stepped(60_000.0, 30_000.0, 180 * n, 1.0 / n)[0] - goal for n in (4, 8)]
    order = math.log2(errors[0] / errors[1])
    return exact(VT[25], "order of convergence by dt-halving, w=.5", "1.00", order)


def _daily_step() -> list[Row]:
    """The exact mean of the daily step, and its error against continuous time (VT-9, VT-25)."""
    case = (60_000.0, 30_000.0)
    duel = Duel(0.004, 0.0015, 1.0)
    days = duel.stepped(*case, 180)
    percent = []
    for steps, length in ((180, 1.0), (25, 7.0), (6, 30.0)):
        goal = duel.at(*case, steps * length)[0]
        percent.append(100.0 * (duel.stepped(*case, steps, length)[0] / goal - 1.0))
    goal = duel.at(*case, 180.0)[0]
    name = "(60000, 30000, .004, .0015), t=180"
    return [
        exact(VT[9], f"daily step, x, y {name}", "43596.846633, 16224.753549", days.tolist()),
        exact(VT[9], f"continuous x {name}", "43620.4", goal),
        exact(
            VT[25],
            "error of 180 days, 25 weeks, 6 months of 30 days, in steps, %",
            "-.05, -.37, -1.7",
            percent,
        ),
    ]
