"""Quantiles of whole numbers: the smallest k with P(X <= k) >= u."""

from __future__ import annotations

import math

from sim.rules.quantiles.continuous import normal
from sim.rules.quantiles.gamma_law import gamma_series, poisson_term
from sim.rules.rule import rule


@rule
def binomial(u: float, n: int, probability: float) -> int:
    """Binomial quantile, 0 to `n`, by a search from zero; meant for `n` up to some hundreds.

    Exact unless `u` lies within about 1e-12 (relative) of a step. Terms too small for a float
    are passed over by their logarithm.
    """
    if probability >= 1.0:
        return n
    odds = probability / (1.0 - probability)
    log_term = n * math.log1p(-probability)
    k = 0
    while log_term < -700.0:
        log_term += math.log((n - k) * odds / (k + 1))
        k += 1
    term = math.exp(log_term)
    total = term
    while total < u and k < n:
        term *= (n - k) * odds / (k + 1)
        k += 1
        total += term
    return k


@rule
def poisson(u: float, mean: float) -> int:
    """Poisson quantile, a count; 0 if mean <= 0. Tested for means up to 1e5.

    Exact unless `u` lies within about 1e-12 (relative) of a step. Giles (2016), ACM Trans. Math.
    Softw. 42(1): normal expansion and bound of its error; where the bound leaves the whole
    number open, in the tails and for small quantiles, sums of exact terms decide.

    >>> poisson(0.5, 3.2), poisson(0.999, 1000.0)
    (3, 1099)
    """
    if mean <= 0.0:
        return 0
    if mean < 10.0:
        return _poisson_from_none(u, mean)
    w = normal(u)
    root = math.sqrt(mean)
    guess = mean + root * w + (2.0 + w * w) * (1.0 / 6.0) * (1.0 - w / (12.0 * root))
    if guess < 10.0:
        return _poisson_from_none(u, mean)
    k = int(guess)
    error = (0.025 + w * w * (0.0125 + 0.00625 * w * w)) / mean
    if abs(w) < 3.0 and error < guess - k < 1.0 - error:
        return k
    term = poisson_term(k, mean)
    if u < 0.5:
        return _poisson_walk(u, mean, k, term, term * _poisson_series(k, mean))
    return _poisson_walk(u, mean, k, term, 1.0 - term * mean * gamma_series(k + 1.0, mean))


@rule
def _poisson_from_none(u: float, mean: float) -> int:
    """Poisson quantile by steps from 0, whose probability is e^-mean."""
    none = math.exp(-mean)
    return _poisson_walk(u, mean, 0, none, none)


@rule
def _poisson_walk(u: float, mean: float, k: int, term: float, total: float) -> int:
    """Poisson quantile by single steps from k, where P(X = k) is term, P(X <= k) is total."""
    while k > 0 and total - term >= u:
        total -= term
        term *= k / mean
        k -= 1
    term *= mean / (k + 1)
    while total < u and total + term > total:
        k += 1
        total += term
        term *= mean / (k + 1)
    return k


@rule
def _poisson_series(k: int, mean: float) -> float:
    """P(X <= k) / P(X = k), summed downwards: for k not far above the mean."""
    term = 1.0
    total = 1.0
    for j in range(k, 0, -1):
        term *= j / mean
        total += term
        if total + term == total:
            break
    return total
