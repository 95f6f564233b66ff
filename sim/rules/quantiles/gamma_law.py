"""The gamma quantile, and the terms of Poisson and gamma laws that it needs.

Loader (2000) is "Fast and accurate computation of binomial probabilities", DLMF the Digital Library
of Mathematical Functions.
"""

from __future__ import annotations

import math

from sim.rules.quantiles.continuous import normal
from sim.rules.rule import rule

HALF_LOG_TWO_PI = 0.9189385332046728


@rule
def stirling_error(x: float) -> float:
    """What Stirling's formula lacks of log(Gamma(x + 1)), x >= 10, to 1e-15: DLMF 5.11.1."""
    s = 1.0 / (x * x)
    tail = (1.0 / 1188.0 - s * (691.0 / 360360.0)) * s
    return (1.0 / 12.0 - s * (1.0 / 360.0 - s * (1.0 / 1260.0 - s * (1.0 / 1680.0 - tail)))) / x


@rule
def log_gamma(x: float) -> float:
    """log(Gamma(x)), x > 0, by shifting x to 10 or more. Error 1e-15 of max(1, |result|) or so."""
    product = x
    while x < 10.0:
        x += 1.0
        product *= x
    stirling = (x + 0.5) * math.log(x) - x + HALF_LOG_TWO_PI
    return stirling + stirling_error(x) - math.log(product)


@rule
def deviance(x: float, mean: float) -> float:
    """Poisson deviance x * log(x / mean) + mean - x without cancellation: Loader (2000), bd0."""
    difference = x - mean
    if abs(difference) > 0.1 * (x + mean):
        return x * math.log(x / mean) - difference
    v = difference / (x + mean)
    total = difference * v
    power = 2.0 * x * v
    for j in range(3, 40, 2):
        power *= v * v
        if total + power / j == total:
            break
        total += power / j
    return total


@rule
def poisson_term(k: float, mean: float) -> float:
    """Poisson probability of k, also for real k >= 0; relative error 1e-14: Loader (2000)."""
    if k < 10.0:
        return math.exp(k * math.log(mean) - mean - log_gamma(k + 1.0))
    return math.exp(-stirling_error(k) - deviance(k, mean) - HALF_LOG_TWO_PI) / math.sqrt(k)


@rule
def gamma(u: float, shape: float) -> float:
    """Gamma quantile of scale 1 (multiply by a scale for its unit); 0 if shape <= 0.

    Wilson and Hilferty (1931) start, Halley steps on the regularised incomplete gamma function.
    Relative error under 1e-12 for shapes 0.05 to 1000 and u from 1e-9 to 1 - 1e-9.

    >>> round(gamma(0.5, 20.0), 6)
    19.667672
    """
    if shape <= 0.0:
        return 0.0
    x = _gamma_start(u, shape)
    for _ in range(40):
        front = poisson_term(shape, x) * shape
        if x < shape + 1.0:
            excess = front * gamma_series(shape, x) - u
        else:
            excess = (1.0 - u) - front * _gamma_fraction(shape, x)
        step = excess / front * x
        step /= 1.0 - 0.5 * max(-1.0, min(1.0, step * ((shape - 1.0) / x - 1.0)))
        x = max(0.1 * x, x - step)
        if abs(step) < 1e-7 * x:
            break
    return x


@rule
def _gamma_start(u: float, shape: float) -> float:
    """First guess of the gamma quantile: Wilson-Hilferty, or the power law near zero."""
    cube_root = 1.0 - 1.0 / (9.0 * shape) + normal(u) / (3.0 * math.sqrt(shape))
    if shape > 0.5 and cube_root > 0.3:
        return shape * cube_root * cube_root * cube_root
    return math.exp((math.log(u) + log_gamma(shape + 1.0)) / shape)


@rule
def gamma_series(shape: float, x: float) -> float:
    """P(shape, x) * Gamma(shape) * exp(x) / x ** shape, for x < shape + 1: DLMF 8.11.4."""
    term = 1.0 / shape
    total = term
    while total + term > total:
        shape += 1.0
        term *= x / shape
        total += term
    return total


@rule
def _gamma_fraction(shape: float, x: float) -> float:
    """Q(shape, x) * Gamma(shape) * exp(x) / x ** shape, for x >= shape + 1: DLMF 8.9.2, Lentz."""
    b = x + 1.0 - shape
    c = 1e300
    d = 1.0 / b
    h = d
    for i in range(1, 500):
        b += 2.0
        d = 1.0 / (b - i * (i - shape) * d)
        c = b - i * (i - shape) / c
        h *= c * d
        if abs(c * d - 1.0) < 1e-15:
            break
    return h
