"""EV-2: the logit of Leeds & Anac 2005 on 137 alliance cases, refitted by Newton's method."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, xlogy

from sim.validation.data import read
from sim.validation.row import Row, exact

TARGET = "EV-2 Leeds & Anac"
COLUMNS = {
    "milinst": ("institutionalisation", "-.709, .298", ".815, .516"),
    "formal": ("formality", "-.929, .359", ".859, .487"),
    "chcap2d": ("capability change", "-1.547, .516", ".852, .550"),
    "dinstch2": ("institution change", "-1.460, .604", ".793, .471"),
    "origtar1": ("original target", "-1.359, .480", ".824, .546"),
}
"""Words, coefficient and standard error, P at the column's least and greatest value."""

Vector = NDArray[np.float64]


def rows() -> list[Row]:
    """Coefficients, fit, and the effect of each column from its least to its greatest value."""
    cells = read("leeds_anac_2005_cells")
    x = np.column_stack([np.ones(len(cells)), cells[list(COLUMNS)]]).astype(float)
    y, n = cells["honor3"].to_numpy(float), cells["cases"].to_numpy(float)
    b, error = logit(x, y, n)
    p = expit(x @ b)
    likelihood = float(n @ (xlogy(y, p) + xlogy(1.0 - y, 1.0 - p)))
    correct = 100.0 * float(n @ ((p > 0.5) == y)) / n.sum()
    found = [exact(TARGET, "constant, s.e.", "3.691, .639", (b[0], error[0]))]
    for place, (name, published, _) in enumerate(COLUMNS.values(), 1):
        found.append(exact(TARGET, f"{name}, s.e.", published, (b[place], error[place])))
    found += [
        exact(TARGET, "log likelihood", "-57.345", likelihood),
        exact(TARGET, "correctly predicted, %", "81.75", correct),
        exact(TARGET, "share honoured", ".679", float(n @ y) / n.sum()),
    ]
    mean = n @ x / n.sum()
    for place, (name, _, published) in enumerate(COLUMNS.values(), 1):
        effect = _effect(x, b, mean, place)
        found.append(exact(TARGET, f"P at least and greatest {name}", published, effect))
    return found


def logit(x: Vector, y: Vector, n: Vector) -> tuple[Vector, Vector]:
    """Coefficients and standard errors of a logit on cells (k, p) with outcomes y and n cases."""
    b = np.zeros(x.shape[1])
    for _ in range(25):
        p = expit(x @ b)
        information = (x * (n * p * (1.0 - p))[:, None]).T @ x
        b = b + np.linalg.solve(information, x.T @ (n * (y - p)))
    return b, np.sqrt(np.diag(np.linalg.inv(information)))


def _effect(x: Vector, b: Vector, mean: Vector, place: int) -> tuple[float, float]:
    """P with one column at its least and greatest value, the others at their means."""
    low, high = mean.copy(), mean.copy()
    low[place], high[place] = x[:, place].min(), x[:, place].max()
    return float(expit(low @ b)), float(expit(high @ b))
