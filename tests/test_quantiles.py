"""Quantile functions: against SciPy's, monotone, and the same bits when compiled."""

from __future__ import annotations

import inspect
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import special, stats

from sim.rules import quantiles as q
from sim.rules.rule import RULES

RNG = np.random.default_rng(20240619)
INNER = np.concatenate(
    [RNG.random(400), 10 ** RNG.uniform(-9, -1, 150), 1 - 10 ** RNG.uniform(-9, -1, 150)]
)
EDGES = np.array([2.0**-53, 1e-15, 1e-12, 1 - 1e-12, 1 - 2.0**-53])
GRID = np.concatenate([INNER, EDGES])

CONTINUOUS = {
    "normal": (GRID, (), stats.norm(), 1e-13),
    "lognormal": (GRID, (120.0, 0.5), stats.lognorm(0.5, scale=120.0), 1e-12),
    "exponential": (GRID, (30.0,), stats.expon(scale=30.0), 1e-14),
    "weibull": (GRID, (0.687, 290.7), stats.weibull_min(0.687, scale=290.7), 1e-13),
    "uniform_between": (GRID, (-2.0, 5.0), stats.uniform(-2.0, 7.0), 1e-14),
    "loguniform": (GRID, (0.1, 50.0), stats.loguniform(0.1, 50.0), 1e-13),
    "triangular": (GRID, (2.0, 3.0, 9.0), stats.triang(1 / 7, 2.0, 7.0), 1e-14),
}


@pytest.mark.parametrize("name", CONTINUOUS)
def test_continuous_quantiles_agree_with_scipy(name):
    us, parameters, reference, accuracy = CONTINUOUS[name]
    ours = [getattr(q, name)(u, *parameters) for u in us.tolist()]
    np.testing.assert_allclose(ours, reference.ppf(us), rtol=accuracy, atol=1e-15)


@pytest.mark.parametrize("shape", [0.05, 0.5, 1.0, 1.5, 3, 9.5, 10.0, 20, 37.2, 60, 100.0, 1000.0])
def test_gamma_agrees_with_scipy(shape):
    ours = [q.gamma(u, shape) for u in INNER.tolist()]
    np.testing.assert_allclose(ours, stats.gamma.ppf(INNER, shape), rtol=1e-12)


def test_gamma_is_finite_at_the_edges_and_0_without_a_shape():
    assert q.gamma(0.3, 0.0) == 0.0
    for u in EDGES.tolist():
        assert all(0.0 < q.gamma(u, shape) < 2000.0 for shape in (0.5, 1.0, 20.0, 100.0, 1000.0))


def test_log_gamma_agrees_with_scipy():
    xs = np.concatenate([RNG.uniform(0.001, 20, 500), RNG.uniform(20, 1e5, 500)])
    ours = np.array([q.log_gamma(x) for x in xs.tolist()])
    exact = special.gammaln(xs)
    assert np.max(np.abs(ours - exact) / np.maximum(1.0, np.abs(exact))) < 1e-14


def test_triangular_takes_a_mode_on_a_bound_and_no_width():
    assert q.triangular(0.25, 0.0, 0.0, 1.0) == 1.0 - math.sqrt(0.75)
    assert q.triangular(0.25, 0.0, 1.0, 1.0) == 0.5
    assert q.triangular(0.25, 3.0, 3.0, 3.0) == 3.0


def differences(ours: list[int], us: np.ndarray, reference) -> list[tuple[float, int, int]]:
    """(u, ours, SciPy's) where they differ and u is not within 1e-12 (relative) of a step."""
    theirs = reference.ppf(us).astype(int)
    found = []
    for u, a, b in zip(us.tolist(), ours, theirs.tolist(), strict=True):
        steps = reference.cdf(np.arange(min(a, b), max(a, b)))
        if np.any(np.abs(steps - u) > 1e-12 * u):
            found.append((u, a, b))
    return found


MEANS = [1e-9, 0.5, 3.2, 9.99, 10.0, 12.0, 25.0, 60.5, 150.0, 699.0, 1000.0, 12_345.6, 1e5]
DENSE = np.concatenate([GRID, RNG.random(2000)])


@pytest.mark.parametrize("mean", MEANS)
def test_poisson_agrees_with_scipy(mean):
    ours = [q.poisson(u, mean) for u in DENSE.tolist()]
    assert differences(ours, DENSE, stats.poisson(mean)) == []


@pytest.mark.parametrize("mean", [3.2, 11.0, 40.0, 900.0, 30_000.0])
def test_poisson_steps_where_the_distribution_does(mean):
    reference = stats.poisson(mean)
    ks = np.unique(reference.ppf(np.linspace(1e-6, 1 - 1e-6, 200)))
    steps = reference.cdf(ks)
    below, above = steps * (1 - 1e-11), steps * (1 + 1e-11)
    assert [q.poisson(u, mean) for u in below.tolist()] == ks.tolist()
    assert [q.poisson(u, mean) for u in above.tolist()] == (ks + 1).tolist()


def test_poisson_error_bound_holds():
    """The expansion in `poisson` misses Giles' continuous quantile by less than its bound."""
    w = np.linspace(-3, 3, 301)
    for mean in np.geomspace(10, 2e5, 200):
        root = math.sqrt(mean)
        guess = mean + root * w + (2 + w * w) / 6 * (1 - w / (12 * root))
        bound = (0.025 + w * w * (0.0125 + 0.00625 * w * w)) / mean
        inside = guess >= 10
        low = special.gammaincc(guess - bound, mean) - 1e-13
        high = special.gammaincc(guess + bound, mean) + 1e-13
        assert np.all(((low < special.ndtr(w)) & (special.ndtr(w) < high))[inside])


def test_poisson_of_no_mean_is_0():
    assert q.poisson(0.999, 0.0) == q.poisson(0.999, -1.0) == 0


@pytest.mark.parametrize(
    ("n", "p"),
    [(1, 0.5), (10, 0.3), (50, 0.97), (200, 0.5), (300, 0.001), (300, 0.999), (500, 0.9)],
)
def test_binomial_agrees_with_scipy(n, p):
    ours = [q.binomial(u, n, p) for u in DENSE.tolist()]
    assert differences(ours, DENSE, stats.binom(n, p)) == []


def test_certain_and_impossible_trials():
    assert q.binomial(0.7, 0, 0.4) == q.binomial(0.7, 9, 0.0) == 0
    assert q.binomial(0.7, 9, 1.0) == 9
    assert q.bernoulli(0.3, 0.4)
    assert not q.bernoulli(0.4, 0.4)


OPEN = st.floats(2.0**-53, 1 - 2.0**-53)


@settings(deadline=None)
@given(OPEN, OPEN, st.floats(0.5, 100), st.floats(0.01, 1e4), st.floats(0.01, 0.99))
def test_quantiles_do_not_decrease(u, v, shape, mean, p):
    u, v = min(u, v), max(u, v)
    assume(v > u * (1 + 1e-9))
    slack = 1 + 1e-13
    assert q.normal(u) <= q.normal(v) + 1e-13
    assert q.gamma(u, shape) <= q.gamma(v, shape) * slack
    assert q.weibull(u, shape, 1.0) <= q.weibull(v, shape, 1.0) * slack
    assert q.triangular(u, -1.0, p, 1.0) <= q.triangular(v, -1.0, p, 1.0) + 1e-15
    assert q.poisson(u, mean) <= q.poisson(v, mean)
    assert q.binomial(u, 40, p) <= q.binomial(v, 40, p)


def uniforms(rng: np.random.Generator, n: int) -> np.ndarray:
    """Draws of the open interval, half of them far out in a tail."""
    tails = 10 ** rng.uniform(-15.9, -0.3, n)
    return np.select([rng.random(n) < 0.5, rng.random(n) < 0.5], [rng.random(n), tails], 1 - tails)


ARGUMENTS = {
    "u": uniforms,
    "r": lambda rng, n: rng.uniform(0.0, 6.0, n),
    "x": lambda rng, n: 10 ** rng.uniform(-1, 2, n),
    "k": lambda rng, n: rng.integers(0, 200, n),
    "n": lambda rng, n: rng.integers(0, 300, n),
    "shape": lambda rng, n: rng.uniform(0.5, 100, n),
    "probability": lambda rng, n: rng.random(n),
    "mean": lambda rng, n: 10 ** rng.uniform(-1, 3.5, n),
    "low": lambda rng, n: rng.uniform(0.1, 1, n),
    "mode": lambda rng, n: rng.uniform(1, 2, n),
    "high": lambda rng, n: rng.uniform(2, 3, n),
}


@pytest.mark.parametrize("name", q.__all__)
def test_compiled_quantiles_have_the_same_bits(name):
    numba = pytest.importorskip("numba")
    for f in RULES:
        numba.extending.register_jitable(f)
    rng = np.random.default_rng(7)
    f = getattr(q, name)
    named = inspect.signature(f).parameters
    columns = [ARGUMENTS.get(p, ARGUMENTS["low"])(rng, 20_000).tolist() for p in named]
    compiled = numba.njit(f)
    unequal = [row for row in zip(*columns, strict=True) if compiled(*row) != f(*row)]
    assert unequal == []
