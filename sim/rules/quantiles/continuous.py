"""Quantiles of normal and other continuous distributions, and of yes or no."""

from __future__ import annotations

import math

from sim.rules.rule import rule


@rule
def normal(u: float) -> float:
    """Standard normal quantile, no unit. Wichura (1988), AS 241, PPND16; relative error 1e-15."""
    q = u - 0.5
    if abs(q) <= 0.425:
        return q * _normal_centre(0.180625 - q * q)
    tail = _normal_tail(math.sqrt(-math.log(min(u, 1.0 - u))))
    return tail if q > 0.0 else -tail


@rule
def _normal_centre(r: float) -> float:
    """AS 241 for |u - 1/2| <= 0.425, r = 0.180625 - (u - 1/2) squared."""
    a = 2509.0809287301226727 * r + 33430.575583588128105
    a = (a * r + 67265.770927008700853) * r + 45921.953931549871457
    a = (a * r + 13731.693765509461125) * r + 1971.5909503065514427
    a = (a * r + 133.14166789178437745) * r + 3.387132872796366608
    b = 5226.495278852854561 * r + 28729.085735721942674
    b = (b * r + 39307.89580009271061) * r + 21213.794301586595867
    b = (b * r + 5394.1960214247511077) * r + 687.1870074920579083
    return a / ((b * r + 42.313330701600911252) * r + 1.0)


@rule
def _normal_tail(r: float) -> float:
    """AS 241 outside the centre, r = sqrt(-log(tail probability)); two ranges, split at 5."""
    if r <= 5.0:
        r -= 1.6
        a = 7.7454501427834140764e-4 * r + 0.0227238449892691845833
        a = (a * r + 0.24178072517745061177) * r + 1.27045825245236838258
        a = (a * r + 3.64784832476320460504) * r + 5.7694972214606914055
        a = (a * r + 4.6303378461565452959) * r + 1.42343711074968357734
        b = 1.05075007164441684324e-9 * r + 5.475938084995344946e-4
        b = (b * r + 0.0151986665636164571966) * r + 0.14810397642748007459
        b = (b * r + 0.68976733498510000455) * r + 1.6763848301838038494
        return a / ((b * r + 2.05319162663775882187) * r + 1.0)
    r -= 5.0
    a = 2.01033439929228813265e-7 * r + 2.71155556874348757815e-5
    a = (a * r + 0.0012426609473880784386) * r + 0.026532189526576123093
    a = (a * r + 0.29656057182850489123) * r + 1.7848265399172913358
    a = (a * r + 5.4637849111641143699) * r + 6.6579046435011037772
    b = 2.04426310338993978564e-15 * r + 1.4215117583164458887e-7
    b = (b * r + 1.8463183175100546818e-5) * r + 7.868691311456132591e-4
    b = (b * r + 0.0148753612908506148525) * r + 0.13692988092273580531
    return a / ((b * r + 0.59983220655588793769) * r + 1.0)


@rule
def lognormal(u: float, median: float, log_sd: float) -> float:
    """Lognormal quantile, in the unit of `median`: median * exp(log_sd * z), to 1e-14."""
    return median * math.exp(log_sd * normal(u))


@rule
def exponential(u: float, mean: float) -> float:
    """Exponential quantile, in the unit of `mean`: -mean * log(1 - u). Relative 1e-15."""
    return -mean * math.log1p(-u)


@rule
def weibull(u: float, shape: float, scale: float) -> float:
    """Weibull quantile, in the unit of `scale`: scale * (-log(1 - u)) ** (1 / shape), to 1e-14."""
    return scale * math.exp(math.log(-math.log1p(-u)) / shape)


@rule
def uniform_between(u: float, low: float, high: float) -> float:
    """Uniform quantile, in the unit of the bounds: low + u * (high - low)."""
    return low + u * (high - low)


@rule
def loguniform(u: float, low: float, high: float) -> float:
    """Loguniform quantile, in the unit of the bounds (both > 0): low * (high / low) ** u."""
    return low * math.exp(u * math.log(high / low))


@rule
def triangular(u: float, low: float, mode: float, high: float) -> float:
    """Triangular quantile, in the unit of low <= mode <= high. Error 1e-15 of the bounds."""
    width = high - low
    if u * width < mode - low:
        return low + math.sqrt(u * width * (mode - low))
    return high - math.sqrt((1.0 - u) * width * (high - mode))


@rule
def bernoulli(u: float, probability: float) -> bool:
    """Whether an event of the given probability happens: u < probability."""
    return u < probability


@rule
def within_a_day(u: float, hazard: float) -> bool:
    """Whether what has a constant hazard (a day) happens within one: u < 1 − e^(−hazard).

    That is never above the hazard itself, which most draws are, so that they need no exponential.
    """
    return u < hazard and u < -math.expm1(-hazard)
